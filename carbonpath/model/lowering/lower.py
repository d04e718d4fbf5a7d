"""The fast path: a rule is called once with symbolic labels and evaluated over whole tables.

Nothing is made for a single row or a single term: every step is one array operation over all
rows of a family, or over all members of a sum within it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .blocks import Block, orientation
from .errors import NotLowerable
from .frames import Frame
from .symbolic import Columns, SymbolicColumns, SymbolicData
from .templates import arguments, kind, parts, relation, summed, templatize, varies
from .triplets import Triplets

if TYPE_CHECKING:
    from collections.abc import Callable

    from .blocks import Rule
    from .space import Space
    from .tables import Data, Floats, Index


def lower_quantity(space: Space, name: str, rule: Rule, index: Index) -> Block:
    """Return the matrix and constants of a quantity."""
    tree, frame = _called(space, rule, index)
    lowering = _Lowering(space, len(index))
    lowering.linear(tree, frame, 1.0)
    return lowering.block()


def lower_constraint(space: Space, name: str, rule: Rule, index: Index) -> Block:
    """Return the matrix and constants of a constraint, compared with zero."""
    tree, frame = _called(space, rule, index)
    compared = relation(name, tree)
    if isinstance(compared, bool):
        raise NotLowerable("the rule compares numbers only")
    sense, turned = orientation([compared], name)
    lowering = _Lowering(space, len(index))
    lowering.linear(compared[1], frame, -1.0 if turned else 1.0)
    lowering.linear(compared[2], frame, 1.0 if turned else -1.0)
    return lowering.block(sense)


def _called(space: Space, rule: Rule, index: Index) -> tuple[Any, Frame]:
    """Call a rule once with symbolic labels."""
    x, d = SymbolicColumns(space), SymbolicData(space)
    tree, symbols = templatize(lambda *labels: rule(x, d, *labels), len(index.letters))
    return tree, Frame.over(index, symbols)


class _Lowering:
    """Collects the terms of one family."""

    def __init__(self, space: Space, rows: int) -> None:
        self._space = space
        self._triplets = Triplets(rows)

    def block(self, sense: Any = "equal") -> Block:
        """Return what was collected, quantities eliminated."""
        matrix, constant = self._triplets.over(self._space)
        return Block(matrix, constant, sense)

    def linear(self, tree: Any, frame: Frame, factor: Any) -> None:
        """Collect the terms of `factor * tree`; a factor is a number or one for each row."""
        if not varies(tree):
            self._triplets.add_constant(frame, factor * self.number(tree, frame))
            return
        step = self._STEPS.get(kind(tree))
        if step is None:
            raise NotLowerable(f"{type(tree).__name__} in a rule")
        step(self, tree, frame, factor)

    def _column(self, tree: Any, frame: Frame, factor: Any) -> None:
        columns: Columns
        columns, labels = parts(tree)
        rows = frame.existing(f"x.{columns.name}", columns.index, labels)
        self._triplets.add(columns.name, frame, rows, factor)

    def _sum(self, tree: Any, frame: Frame, factor: Any) -> None:
        for term in arguments(tree):
            self.linear(term, frame, factor)

    def _sum_over(self, tree: Any, frame: Frame, factor: Any) -> None:
        body, runs = summed(tree)
        inner = frame
        for item, symbols in runs:
            inner = inner.within(item, symbols)
        self.linear(body, inner, inner.brought(factor, frame))

    def _negation(self, tree: Any, frame: Frame, factor: Any) -> None:
        self.linear(arguments(tree)[0], frame, -factor)

    def _product(self, tree: Any, frame: Frame, factor: Any) -> None:
        left, right = arguments(tree)
        if varies(left):
            left, right = right, left
        if varies(left):
            raise NotLowerable("a product of two variables")
        self.linear(right, frame, factor * self.number(left, frame))

    def _division(self, tree: Any, frame: Frame, factor: Any) -> None:
        left, right = arguments(tree)
        if varies(right):
            raise NotLowerable("a division by a variable")
        self.linear(left, frame, factor / self.number(right, frame))

    _STEPS: dict[str, Callable[..., None]] = {
        "column": _column,
        "sum": _sum,
        "sum over": _sum_over,
        "negation": _negation,
        "product": _product,
        "division": _division,
    }

    def number(self, tree: Any, frame: Frame) -> Any:
        """Return the value of a tree without variables: a number, or one for each row."""
        what = kind(tree)
        if what == "number":
            return float(tree)
        if what == "data":
            return self._read(*parts(tree), frame)
        if what == "sum over":
            return self._total(tree, frame)
        step = _ARITHMETIC.get(what)
        if step is None:
            raise NotLowerable(f"{type(tree).__name__} in a rule")
        values = [self.number(argument, frame) for argument in arguments(tree)]
        return step(*values)

    @staticmethod
    def _read(data: Data, labels: Any, frame: Frame) -> Floats:
        found = frame.find(data, labels)
        if data.default is None and 0 not in frame.shape and found.min() == 0:
            raise frame.missing(f"d.{data.name}", data, labels, found)
        data.touch(found)
        values: Floats = data.values.take(found)
        return values

    def _total(self, tree: Any, frame: Frame) -> Floats:
        """Return a sum over data alone."""
        body, runs = summed(tree)
        inner = frame.numbered()
        for item, symbols in runs:
            inner = inner.within(item, symbols)
        block, place = inner.rows
        cells = np.broadcast_to(block + place, inner.shape).ravel()
        values = np.broadcast_to(self.number(body, inner), inner.shape).ravel()
        total: Floats = np.bincount(cells, values, frame.shape[0] * frame.shape[1]).astype(float)
        return total.reshape(frame.shape)


def _add(*values: Any) -> Any:
    total = values[0]
    for value in values[1:]:
        total = total + value
    return total


_ARITHMETIC: dict[str, Callable[..., Any]] = {
    "product": lambda a, b: a * b,
    "division": lambda a, b: a / b,
    "negation": lambda a: -a,
    "sum": _add,
}
