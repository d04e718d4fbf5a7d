"""The slow, always-correct path: the same rules with concrete labels, expanded by Pyomo.

Pyomo objects are made when they are first asked for, so one row of a large model is cheap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyomo.environ as pyo
import scipy.sparse as sp

from .blocks import EQ, GE, Block, Sense, Variable, orientation
from .errors import LoweringError
from .linear import member_name
from .tables import Data, Index, Key, labels_of, missing
from .templates import InvalidConstraintError, relation

if TYPE_CHECKING:
    from .blocks import Reference, Rule
    from .space import Space


RESIDUE = 1e-14  # of the largest coefficient of a row: what rounding leaves
RESERVED = ("dual", "slack", "rc")  # Pyomo's solvers take these for suffixes


class ConcreteData:
    """`d` with concrete labels: data are floats, lookups labels, joins lists of members."""

    def __init__(self, space: Space) -> None:
        self._space = space

    def __getattr__(self, name: str) -> Any:
        table = self._space.reference(name)
        return _Reader(table) if table.letters else table.read(())


class Recorder(ConcreteData):
    """The same, noting every value read: name, labels and value."""

    def __init__(self, space: Space) -> None:
        super().__init__(space)
        self.read: dict[tuple[str, Key], float] = {}

    def __getattr__(self, name: str) -> Any:
        table = self._space.reference(name)
        reader = _Reader(table, self.read if isinstance(table, Data) else None)
        return reader if table.letters else reader[()]


class _Reader:
    """Subscripts of one table."""

    def __init__(self, table: Reference, notes: dict[Any, Any] | None = None) -> None:
        self._table = table
        self._notes = notes

    def __getitem__(self, key: Any) -> Any:
        value = self._table.read(key)
        if self._notes is not None:
            labels = key if isinstance(key, tuple) else (key,)
            self._notes[self._table.name, labels] = value
        return value


class Expansion:
    """A Pyomo model that holds the variables and quantities asked for so far."""

    def __init__(self, space: Space, data: ConcreteData | None = None) -> None:
        self._space = space
        self._data = data or ConcreteData(space)
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
            self._add(name, self._components[name])
        component = self._components[name]
        label = pyomo_key(key)
        if label in component:
            return component[label]
        if name in self._space.variables:
            return self._column(component, label, self._space.variables[name], row)
        rule = self._space.quantities[name].rule
        component[label] = rule(self, self._data, *key)
        return component[label]

    def _add(self, name: str, component: Any) -> None:
        """Add a component; a name that means something to Pyomo gets an underscore."""
        taken = name in RESERVED or hasattr(self.model, name)
        self.model.add_component(f"{name}_" if taken else name, component)

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
            return constraint.rule(self, self._data, *key)
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

    def quantity_block(self, name: str, rule: Rule, index: Index) -> Block:
        """Expand a quantity row by row and compile it."""
        bodies = [rule(self, self._data, *key) for key in index.listed()]
        return self._compile(name, bodies, EQ)

    def constraint_block(self, name: str, rule: Rule, index: Index) -> Block:
        """Expand a constraint row by row and compile it."""
        rows = [relation(name, rule(self, self._data, *key)) for key in index.listed()]
        sense, turned = orientation([row for row in rows if not isinstance(row, bool)], name)
        bodies = [
            _trivial(row, sense)
            if isinstance(row, bool)
            else (row[2] - row[1] if turned else row[1] - row[2])
            for row in rows
        ]
        return self._compile(name, bodies, sense)

    def complete(self) -> Any:
        """Return a Pyomo model of everything, with objective, for any solver Pyomo knows."""
        for name in [*self._space.variables, *self._space.quantities]:
            for row, key in enumerate(self._space.index_of(name).listed()):
                self.member(name, key, row)
        for family in self._space.constraints.values():
            component = pyo.Constraint(pyo.Any)
            self._add(family.name, component)
            for key in family.index.listed():
                self._state(component, family.name, key)
        cost = [
            weight * self.member(name, key, row)
            for name, given in self._space.weights.items()
            for row, (key, weight) in enumerate(self._weighted(name, given))
        ]
        self.model.add_component("total_cost", pyo.Objective(expr=pyo.quicksum(cost)))
        return self.model

    def _state(self, component: Any, name: str, key: Key) -> None:
        expression = self.row(name, key)
        if not isinstance(expression, (bool, np.bool_)):
            component.add(pyomo_key(key), expression)
        elif not expression:
            raise LoweringError(f"{member_name(name, key)}: cannot hold, and nothing in it varies")

    def _weighted(self, name: str, given: Any) -> Any:
        index = self._space.index_of(name)
        weights = np.broadcast_to(np.asarray(given, float), (len(index),)).tolist()
        return zip(index.listed(), weights, strict=True)

    def _compile(self, name: str, bodies: list[Any], sense: Sense) -> Block:
        """Return coefficients and constants of linear expressions, by Pyomo's own compiler."""
        # It loads scipy.stats, 0.4 s and 50 MB: only where it is needed.
        from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler

        scratch = pyo.ConcreteModel()
        scratch.always = pyo.Var()  # in every row, so that none is trivial to the compiler
        scratch.rows = pyo.Constraint(pyo.Any)
        scratch.cost = pyo.Objective(expr=0.0)
        place = {
            id(scratch.rows.add(i, (0.0, body + scratch.always, 0.0))): i
            for i, body in enumerate(bodies)
        }
        try:
            form = LinearStandardFormCompiler().write(scratch, mixed_form=True)
        except InvalidConstraintError as reason:
            raise LoweringError(f"{name}: a rule is not linear") from reason
        rows = np.array([place[id(row.constraint)] for row in form.rows], int)
        constant = np.zeros(len(bodies))
        constant[rows] = -np.asarray(form.rhs, float)
        columns = np.array([self._columns.get(id(c), -1) for c in form.columns], int)
        found = form.A.tocoo()
        real = columns[found.col] >= 0
        places = (rows[found.row[real]], columns[found.col[real]])
        shape = (len(bodies), self._space.width)
        matrix = sp.csr_array((found.data[real], places), shape=shape)
        _drop_residues(matrix)
        return Block(matrix, constant, sense)


class _Family:
    """Subscripts of one variable or quantity."""

    def __init__(self, expansion: Expansion, name: str, index: Index) -> None:
        self._expansion = expansion
        self._name = name
        self._index = index

    def __getitem__(self, key: Any) -> Any:
        labels = labels_of(f"x.{self._name}", key, self._index.letters)
        row = self._index.row(labels)
        if row < 0:
            raise missing(f"x.{self._name}", labels)
        return self._expansion.member(self._name, labels, row)


def pyomo_key(key: Key) -> Any:
    """Return a key as Pyomo indexes by it: a bare label where there is one letter."""
    return key[0] if len(key) == 1 else (key or None)


def _drop_residues(matrix: Any) -> None:
    """Drop what rounding left of terms that cancel: nothing, beside the largest of the row."""
    if matrix.nnz:
        rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
        largest = abs(matrix).max(axis=1).toarray().ravel()
        matrix.data[np.abs(matrix.data) <= RESIDUE * largest[rows]] = 0.0
        matrix.eliminate_zeros()


def _trivial(holds: bool, sense: Sense) -> float:
    """Return a constant that a row without variables keeps (or breaks, so that it is seen)."""
    if holds:
        return 0.0
    return -1.0 if sense == GE else 1.0
