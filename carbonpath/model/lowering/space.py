"""The one object through which a model is declared: indices, data, variables, rules."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy.sparse as sp

from .assembly import assemble
from .blocks import Block, Constraint, Quantity, Reference, Rule, Variable
from .errors import LoweringError, NotLowerable
from .expansion import Expansion
from .gates import check
from .lower import lower_constraint, lower_quantity
from .tables import Data, Index, Join, Labels, Lookup, Mask

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from numpy.typing import ArrayLike

    from .linear import LinearModel


log = logging.getLogger(__name__)


class Space:
    """Sparse tables over labelled dimensions, and the rules that turn them into a matrix.

    `strict` forbids the slow path: a rule that cannot be lowered to arrays is an error.
    `slow` takes it for every rule.
    """

    def __init__(
        self, labels: Mapping[str, Sequence[Hashable]], strict: bool = False, slow: bool = False
    ) -> None:
        self.labels = Labels(labels)
        self.strict = strict
        self.slow = slow
        self.width = 0  # number of columns so far
        self.indices: dict[str, Index] = {}
        self.references: dict[str, Reference] = {}
        self.variables: dict[str, Variable] = {}
        self.quantities: dict[str, Quantity] = {}
        self.constraints: dict[str, Constraint] = {}
        self.weights: dict[str, Any] = {}
        self.fallbacks: list[str] = []
        self.expansion = Expansion(self)

    def index(self, name: str, letters: str | Sequence[str], codes: ArrayLike) -> Index:
        """Declare a sparse index set: one row of label codes for each member."""
        self._new(name, self.indices)
        self.indices[name] = Index(name, letters, codes, self.labels)
        return self.indices[name]

    def data(
        self,
        name: str,
        letters: str | Sequence[str],
        codes: ArrayLike,
        values: ArrayLike,
        default: float | None = None,
    ) -> Data:
        """Declare numbers `d.name[...]`; a key that is not given is an error or the default."""
        self._new(name, self.references)
        table = Data(name, letters, codes, self.labels, values, default)
        self.references[name] = table
        return table

    def lookup(
        self,
        name: str,
        letters: str | Sequence[str],
        codes: ArrayLike,
        to_letter: str,
        to_codes: ArrayLike,
    ) -> Lookup:
        """Declare labels `d.name[...]`, such as the period before a period."""
        self._new(name, self.references)
        table = Lookup(name, letters, codes, self.labels, to_letter, to_codes)
        self.references[name] = table
        return table

    def join(
        self,
        name: str,
        key_letters: str | Sequence[str],
        member_letters: str | Sequence[str],
        codes: ArrayLike,
    ) -> Join:
        """Declare members for sums `for t, v in d.name[...]`; codes hold key, then member."""
        self._new(name, self.references)
        table = Join(name, key_letters, member_letters, codes, self.labels)
        self.references[name] = table
        return table

    def variable(
        self,
        name: str,
        index: str,
        lower: ArrayLike = 0.0,
        upper: ArrayLike = np.inf,
        integer: bool | Mask = False,
    ) -> Variable:
        """Declare columns `x.name[...]` with bounds for all or for each row of the index."""
        self._new(name, self.variables, self.quantities, self.constraints)
        over = self._index(index)
        shape = (len(over),)
        self.variables[name] = Variable(
            name,
            over,
            self.width,
            np.broadcast_to(np.asarray(lower, float), shape),
            np.broadcast_to(np.asarray(upper, float), shape),
            np.broadcast_to(np.asarray(integer, bool), shape),
        )
        self.width += len(over)
        return self.variables[name]

    def quantity(self, name: str, index: str, rule: Rule) -> Quantity:
        """Declare a named linear expression; later rules use `x.name[...]` like a variable."""
        self._new(name, self.variables, self.quantities, self.constraints)
        over = self._index(index)
        block = self._lowered(name, rule, over, lower_quantity)
        if block is None:
            block = self.expansion.quantity_block(name, rule, over)
        self.quantities[name] = Quantity(name, over, rule, block)
        return self.quantities[name]

    def cost(self, name: str, index: str, rule: Rule) -> Quantity:
        """Declare a quantity that is a cost, of weight 1 unless `objective` weighs it."""
        quantity = self.quantity(name, index, rule)
        self.weights[name] = 1.0
        return quantity

    def objective(self, weights: Mapping[str, ArrayLike]) -> None:
        """Minimise the weighted sum of quantities; a weight is one number or one for each row."""
        for name in weights:
            if name not in self.quantities:
                raise LoweringError(f"objective: {name!r} is not a quantity")
        self.weights |= {name: np.asarray(given, float) for name, given in weights.items()}

    def constraint(self, name: str, index: str, rule: Rule) -> Constraint:
        """Declare rows: the rule returns one comparison; its constants become the row's bounds."""
        self._new(name, self.variables, self.quantities, self.constraints)
        over = self._index(index)
        block = self._lowered(name, rule, over, lower_constraint)
        if block is None:
            block = self.expansion.constraint_block(name, rule, over)
        lower, upper = block.bounds()
        self.constraints[name] = Constraint(name, over, rule, block.matrix, lower, upper)
        return self.constraints[name]

    def rows(
        self,
        name: str,
        index: str,
        parts: Mapping[str, Any],
        lower: ArrayLike,
        upper: ArrayLike,
    ) -> Constraint:
        """Declare ready-made rows: for each variable or quantity a matrix over its members."""
        self._new(name, self.variables, self.quantities, self.constraints)
        over = self._index(index)
        matrix = sp.csr_array((len(over), self.width))
        constant = np.zeros(len(over))
        limits = tuple(np.broadcast_to(np.asarray(b, float), (len(over),)) for b in (lower, upper))
        given = {part: sp.csr_array(entries) for part, entries in parts.items()}
        for part, entries in given.items():
            size = (len(over), len(self.index_of(part)))
            if entries.shape != size:
                raise LoweringError(f"{name}: the matrix over {part!r} must be of shape {size}")
            operator = self.operator(part)
            matrix = matrix + entries @ operator.matrix
            constant += entries @ operator.constant
        self.constraints[name] = Constraint(
            name, over, None, matrix, limits[0] - constant, limits[1] - constant, given, limits
        )
        return self.constraints[name]

    def matrix(self) -> LinearModel:
        """Return the whole model, checked: finite, no coefficient a solver would drop."""
        model = assemble(self)
        notes = check(model, self)
        for note in notes:
            log.warning(note)
        return replace(model, notes=notes)

    def operator(self, name: str) -> Block:
        """Return a variable or quantity as a matrix over all columns so far."""
        if name in self.variables:
            variable = self.variables[name]
            size = len(variable.index)
            places = (np.arange(size), np.arange(variable.start, variable.start + size))
            unit = sp.csr_array((np.ones(size), places), shape=(size, self.width))
            return Block(unit, np.zeros(size))
        block = self.quantities[name].block
        return Block(widened(block.matrix, self.width), block.constant, block.sense)

    def reference(self, name: str) -> Reference:
        """Return data, a lookup or a join."""
        if name not in self.references:
            raise LoweringError(f"d.{name}: no such data, lookup or join")
        return self.references[name]

    def index_of(self, name: str) -> Index:
        """Return the index of a variable or quantity."""
        found = self.variables.get(name) or self.quantities.get(name)
        if found is None:
            raise LoweringError(f"x.{name}: no such variable or quantity")
        return found.index

    def row(self, name: str, labels: Sequence[Hashable]) -> Any:
        """Return one row of a constraint as a Pyomo expression, made on demand."""
        return self.expansion.row(name, tuple(labels))

    def unread(self) -> dict[str, Mask]:
        """Return for each data name which of its values no rule has read."""
        return {
            name: ~table.touched[1:]
            for name, table in self.references.items()
            if isinstance(table, Data)
        }

    def expand(self) -> Any:
        """Return the whole model as a Pyomo model, for any solver that Pyomo knows; slow."""
        return Expansion(self).complete()

    def expanded(self) -> Space:
        """Return the same declarations with every rule expanded row by row by Pyomo."""
        other = Space(self.labels.labels, slow=True)
        other.indices.update(self.indices)
        other.references.update(self.references)
        for variable in self.variables.values():
            other.variables[variable.name] = variable
        other.width = self.width
        for quantity in self.quantities.values():
            other.quantity(quantity.name, quantity.index.name, quantity.rule)
        for family in self.constraints.values():
            if family.rule is not None:
                other.constraint(family.name, family.index.name, family.rule)
            else:
                other.constraints[family.name] = family
        other.weights = dict(self.weights)
        return other

    def _lowered(self, name: str, rule: Rule, index: Index, lower: Any) -> Block | None:
        if self.slow:
            return None
        try:
            block: Block = lower(self, name, rule, index)
        except NotLowerable as reason:
            if self.strict:
                raise LoweringError(f"{name}: cannot be lowered to arrays: {reason}") from reason
            log.warning("%s is expanded row by row: %s", name, reason)
            self.fallbacks.append(name)
            return None
        return block

    def _index(self, name: str) -> Index:
        if name not in self.indices:
            raise LoweringError(f"no index {name!r} is declared")
        return self.indices[name]

    @staticmethod
    def _new(name: str, *registers: Mapping[str, Any]) -> None:
        if any(name in register for register in registers):
            raise LoweringError(f"{name}: declared twice")


def widened(matrix: Any, width: int) -> Any:
    """Return a matrix over the first columns as one over all of them."""
    if matrix.shape[1] == width:
        return matrix
    return sp.csr_array((matrix.data, matrix.indices, matrix.indptr), (matrix.shape[0], width))
