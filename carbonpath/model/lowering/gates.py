"""What a matrix must pass before any solver sees it.

A solver calls a model optimal although a coefficient is NaN, and drops coefficients below 1e-9
without a word, so that a cap in the wrong unit vanishes. Nothing of the kind leaves this package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import LoweringError
from .expansion import Expansion, Recorder
from .linear import member_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .linear import LinearModel
    from .space import Space
    from .tables import Floats, Key

SMALLEST, LARGEST = 1e-9, 1e9  # of a coefficient; below the first a solver drops it
ENDLESS = 1e20  # a solver takes a bound of this size for no bound
WIDE, TOO_WIDE = 1e9, 1e12  # ratio of the largest to the smallest coefficient
SHOWN = 10  # problems of one kind named before the rest is counted
READ_SHOWN = 3  # data named with a problem


def check(model: LinearModel, space: Space) -> tuple[str, ...]:
    """Raise what forbids solving, naming places and data; return what deserves a warning."""
    size = np.abs(model.matrix.data)
    problems = [
        *_some(_coefficients(model, space, size)),
        *_some(_row_bounds(model, space)),
        *_some(_column_bounds(model)),
        *_some(_costs(model, space)),
        *_some(_quantities(model, space)),
    ]
    if problems:
        raise LoweringError(problems)
    return _range(model, size)


def _coefficients(model: LinearModel, space: Space, size: Floats) -> Iterable[str]:
    data = model.matrix.data
    if len(data) == 0 or (size.min() >= SMALLEST and size.max() <= LARGEST):
        return
    for at in np.flatnonzero(~((size >= SMALLEST) & (size <= LARGEST))):
        row, column = _place(model, int(at))
        what = "is not a number" if np.isnan(data[at]) else f"is {data[at]:.6g}"
        yield (
            f"{member_name(*row)}: the coefficient of {member_name(*column)} {what}, "
            f"outside {SMALLEST:g} to {LARGEST:g}{_read(space, row, column)}"
        )


def _row_bounds(model: LinearModel, space: Space) -> Iterable[str]:
    for side, bounds, never in (
        ("lower", model.row_lower, np.inf),
        ("upper", model.row_upper, -np.inf),
    ):
        for i in _bad_bounds(bounds, never):
            row = model.row_at(i)
            yield f"{member_name(*row)}: {side} bound is {bounds[i]:g}{_read(space, row)}"


def _column_bounds(model: LinearModel) -> Iterable[str]:
    for side, bounds, never in (
        ("lower", model.col_lower, np.inf),
        ("upper", model.col_upper, -np.inf),
    ):
        for j in _bad_bounds(bounds, never):
            yield f"{member_name(*model.column_at(j))}: {side} bound is {bounds[j]:g}"


def _bad_bounds(bounds: Any, never: float) -> list[int]:
    size = np.abs(bounds)
    good = (size < ENDLESS) | (bounds == -never)  # NaN is neither
    found: list[int] = np.flatnonzero(~good).tolist()
    return found


def _costs(model: LinearModel, space: Space) -> Iterable[str]:
    if np.isfinite(model.cost.sum()) and np.isfinite(model.cost_constant):
        return
    for name, weights in model.objective.items():
        index = model.quantities[name].index
        for i in np.flatnonzero(~np.isfinite(weights)).tolist():
            yield f"{member_name(name, index.key(i))}: weight in the objective is {weights[i]:g}"


def _quantities(model: LinearModel, space: Space) -> Iterable[str]:
    for name, quantity in model.quantities.items():
        if np.isfinite(quantity.matrix.data.sum()) and np.isfinite(quantity.constant.sum()):
            continue
        entries = quantity.matrix.tocoo()
        for at in np.flatnonzero(~np.isfinite(entries.data)).tolist():
            row = (name, quantity.index.key(int(entries.coords[0][at])))
            column = model.column_at(int(entries.coords[1][at]))
            yield (
                f"{member_name(*row)}: the coefficient of {member_name(*column)} is "
                f"{entries.data[at]:g}{_read(space, row, column)}"
            )
        for i in np.flatnonzero(~np.isfinite(quantity.constant)).tolist():
            row = (name, quantity.index.key(i))
            yield f"{member_name(*row)}: a constant is not finite{_read(space, row)}"


def _range(model: LinearModel, size: Floats) -> tuple[str, ...]:
    if len(size) == 0:
        return ()
    low, high = int(size.argmin()), int(size.argmax())
    ratio = size[high] / size[low]
    if ratio <= WIDE:
        return ()
    ends = [
        f"{model.matrix.data[at]:.3g} at {member_name(*row)}, {member_name(*column)}"
        for at in (low, high)
        for row, column in [_place(model, at)]
    ]
    sentence = f"coefficients span a ratio of {ratio:.1g}, from {ends[0]} to {ends[1]}"
    if ratio > TOO_WIDE:
        raise LoweringError(f"{sentence}: change units so that they span less than {TOO_WIDE:g}")
    return (sentence,)


def _place(model: LinearModel, at: int) -> tuple[tuple[str, Key], tuple[str, Key]]:
    row = int(np.searchsorted(model.matrix.indptr, at, side="right")) - 1
    return model.row_at(row), model.column_at(int(model.matrix.indices[at]))


def _read(space: Space, row: tuple[str, Key], column: tuple[str, Key] | None = None) -> str:
    """Return the data read there: odd values first, else what belongs to row and column."""
    name, key = row
    recorder = Recorder(space)
    expansion = Expansion(space, recorder)
    if name in space.quantities:
        space.quantities[name].rule(expansion, recorder, *key)
    elif space.constraints[name].rule is not None:
        expansion.row(name, key)
    labels = {*key, *(column[1] if column else ())}
    read = [(what, at, value) for (what, at), value in recorder.read.items()]
    chosen = [entry for entry in read if not SMALLEST <= abs(entry[2] or 1.0) <= LARGEST]
    chosen = chosen or [entry for entry in read if labels.issuperset(entry[1])]
    shown = [f"d.{what}[{', '.join(map(str, at))}] = {v:g}" for what, at, v in chosen]
    return f"; read there: {', '.join(shown[:READ_SHOWN])}" if shown else ""


def _some(problems: Iterable[str]) -> list[str]:
    """Return the first problems, and how many more there are."""
    shown: list[str] = []
    more = 0
    for problem in problems:
        if len(shown) < SHOWN:
            shown.append(problem)
        else:
            more += 1
    return [*shown, f"and {more} more of this kind"] if more else shown
