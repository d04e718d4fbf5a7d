"""The slow, always-correct path: the same rules with concrete labels, expanded by Pyomo.

Pyomo objects are made when they are first asked for, so one row of a large model is cheap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyomo.environ as pyo
import scipy.sparse as sp
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler

from .blocks import EQ, GE, Block, Sense, Variable, orientation
from .tables import Index, Key, missing
from .templates import relation

if TYPE_CHECKING:
    from .blocks import Reference, Rule
    from .space import Space


class ConcreteData:
    """`d` with concrete labels: data are floats, lookups labels, joins lists of members."""

    def __init__(self, space: Space) -> None:
        self._space = space

    def __getattr__(self, name: str) -> Any:
        table = self._space.reference(name)
        return _Reader(table) if table.letters else table.read(())


class _Reader:
    """Subscripts of one table."""

    def __init__(self, table: Reference) -> None:
        self._table = table

    def __getitem__(self, key: Any) -> Any:
        return self._table.read(key)


class Expansion:
    """A Pyomo model that holds the variables and quantities asked for so far."""

    def __init__(self, space: Space) -> None:
        self._space = space
        self.model = pyo.ConcreteModel()
        self._components: dict[str, Any] = {}
        self._columns: dict[int, int] = {}

    def __getattr__(self, name: str) -> Any:
        """Return `x.name`: a family to subscript, or the member itself where it has no letters."""
        index = self._space.index_of(name)
        return _Family(self, name, index) if index.letters else self.member(name, (), 0)

    def member(self, name: str, key: Key, row: int) -> Any:
        """Return the Pyomo variable or named expression of one key."""
        if name not in self._components:
            kind = pyo.Var if name in self._space.variables else pyo.Expression
            self._components[name] = (
                kind(pyo.Any, dense=False) if kind is pyo.Var else kind(pyo.Any)
            )
            self.model.add_component(name, self._components[name])
        component = self._components[name]
        label = pyomo_key(key)
        if label in component:
            return component[label]
        if name in self._space.variables:
            return self._column(component, label, self._space.variables[name], row)
        rule = self._space.quantities[name].rule
        component[label] = rule(self, self._space.concrete, *key)
        return component[label]

    def _column(self, component: Any, label: Any, variable: Variable, row: int) -> Any:
        column = component.add(label)
        column.domain = pyo.Integers if variable.integer[row] else pyo.Reals
        column.setlb(None if np.isneginf(variable.lower[row]) else float(variable.lower[row]))
        column.setub(None if np.isposinf(variable.upper[row]) else float(variable.upper[row]))
        self._columns[id(column)] = variable.start + row
        return column

    def row(self, name: str, key: Key) -> Any:
        """Return one row of a constraint as a Pyomo expression (a bool where nothing varies)."""
        constraint = self._space.constraints[name]
        if constraint.rule is not None:
            return constraint.rule(self, self._space.concrete, *key)
        at = constraint.index.row(key)
        body = sum(self._parts(part, matrix, at) for part, matrix in constraint.parts.items())
        return pyo.inequality(constraint.limits[0][at], body, constraint.limits[1][at])

    def _parts(self, name: str, matrix: Any, at: int) -> Any:
        index = self._space.index_of(name)
        row = matrix[[at], :].tocoo()
        return sum(
            float(value) * self.member(name, index.key(column), column)
            for value, column in zip(row.data, row.coords[1].tolist(), strict=True)
        )

    def quantity_block(self, rule: Rule, index: Index) -> Block:
        """Expand a quantity row by row and compile it."""
        bodies = [rule(self, self._space.concrete, *key) for key in index.listed()]
        return self._compile(bodies, EQ)

    def constraint_block(self, name: str, rule: Rule, index: Index) -> Block:
        """Expand a constraint row by row and compile it."""
        rows = [relation(name, rule(self, self._space.concrete, *key)) for key in index.listed()]
        sense, turned = orientation([row for row in rows if not isinstance(row, bool)], name)
        bodies = [
            _trivial(row, sense)
            if isinstance(row, bool)
            else (row[2] - row[1] if turned else row[1] - row[2])
            for row in rows
        ]
        return self._compile(bodies, sense)

    def _compile(self, bodies: list[Any], sense: Sense) -> Block:
        """Return coefficients and constants of linear expressions, by Pyomo's own compiler."""
        scratch = pyo.ConcreteModel()
        scratch.always = pyo.Var()  # in every row, so that none is trivial to the compiler
        scratch.rows = pyo.Constraint(pyo.Any)
        scratch.cost = pyo.Objective(expr=0.0)
        place = {
            id(scratch.rows.add(i, (0.0, body + scratch.always, 0.0))): i
            for i, body in enumerate(bodies)
        }
        form = LinearStandardFormCompiler().write(scratch, mixed_form=True)
        rows = np.array([place[id(row.constraint)] for row in form.rows], int)
        constant = np.zeros(len(bodies))
        constant[rows] = -np.asarray(form.rhs, float)
        columns = np.array([self._columns.get(id(c), -1) for c in form.columns], int)
        found = form.A.tocoo()
        real = columns[found.col] >= 0
        places = (rows[found.row[real]], columns[found.col[real]])
        shape = (len(bodies), self._space.width)
        matrix = sp.csr_array((found.data[real], places), shape=shape)
        return Block(matrix, constant, sense)


class _Family:
    """Subscripts of one variable or quantity."""

    def __init__(self, expansion: Expansion, name: str, index: Index) -> None:
        self._expansion = expansion
        self._name = name
        self._index = index

    def __getitem__(self, key: Any) -> Any:
        labels = key if isinstance(key, tuple) else (key,)
        row = self._index.row(labels)
        if row < 0:
            raise missing(f"x.{self._name}", labels)
        return self._expansion.member(self._name, labels, row)


def pyomo_key(key: Key) -> Any:
    """Return a key as Pyomo indexes by it: a bare label where there is one letter."""
    return key[0] if len(key) == 1 else (key or None)


def _trivial(holds: bool, sense: Sense) -> float:
    """Return a constant that a row without variables keeps (or breaks, so that it is seen)."""
    if holds:
        return 0.0
    return -1.0 if sense == GE else 1.0
