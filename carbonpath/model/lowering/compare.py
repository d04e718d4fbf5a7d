"""Compares two models coefficient by coefficient: the two paths of the same rules must agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .linear import member_name

if TYPE_CHECKING:
    from .linear import LinearModel
    from .tables import Floats

SHOWN = 10  # differences named before the rest is counted


def differences(one: LinearModel, other: LinearModel, tolerance: float = 1e-9) -> list[str]:
    """Return what differs by more than a relative tolerance; empty where the models agree."""
    if list(one.columns) != list(other.columns) or list(one.rows) != list(other.rows):
        return ["the models have different families"]
    if one.matrix.shape != other.matrix.shape:
        return [f"the matrices have shapes {one.matrix.shape} and {other.matrix.shape}"]
    found = _entries(one, other, tolerance) + _bounds(one, other, tolerance)
    for what in ("cost", "col_lower", "col_upper", "integer"):
        for j in _apart(getattr(one, what), getattr(other, what), tolerance):
            found.append(f"{what} of {member_name(*one.column_at(j))}")
    for name, operator in one.quantities.items():
        found += _operators(name, operator, other.quantities[name], tolerance)
    if len(_apart(np.array([one.cost_constant]), np.array([other.cost_constant]), tolerance)):
        found.append(f"constant cost: {one.cost_constant} and {other.cost_constant}")
    return found if len(found) <= SHOWN else [*found[:SHOWN], f"and {len(found) - SHOWN} more"]


def _entries(one: LinearModel, other: LinearModel, tolerance: float) -> list[str]:
    return [
        f"{member_name(*one.row_at(i))}, {member_name(*one.column_at(j))}: {a!r} and {b!r}"
        for i, j, a, b in _cells(one.matrix, other.matrix, tolerance)
    ]


def _operators(name: str, one: Any, other: Any, tolerance: float) -> list[str]:
    found = [
        f"{member_name(name, one.index.key(i))}, column {j}: {a!r} and {b!r}"
        for i, j, a, b in _cells(one.matrix, other.matrix, tolerance)
    ]
    for i in _apart(one.constant, other.constant, tolerance):
        found.append(f"constant of {member_name(name, one.index.key(i))}")
    return found


def _cells(one: Any, other: Any, tolerance: float) -> list[tuple[int, int, float, float]]:
    """Return row, column and both values of the cells that differ."""
    gap = abs(one - other).tocoo()
    scale = abs(one).maximum(abs(other))
    rows, columns = gap.coords
    wide = gap.data > tolerance * np.asarray(scale[rows, columns]).ravel()
    return [(i, j, float(one[i, j]), float(other[i, j])) for i, j in zip(
        rows[wide].tolist(), columns[wide].tolist(), strict=True)]  # fmt: skip


def _bounds(one: LinearModel, other: LinearModel, tolerance: float) -> list[str]:
    """Compare row bounds; of a row without coefficients only whether it can hold counts."""
    empty = np.diff(one.matrix.indptr) == 0
    found = []
    for what in ("row_lower", "row_upper"):
        for i in _apart(getattr(one, what), getattr(other, what), tolerance):
            if not empty[i]:
                found.append(f"{what} of {member_name(*one.row_at(i))}")
    for i in np.flatnonzero(empty & (_holds(one) != _holds(other))).tolist():
        found.append(f"whether {member_name(*one.row_at(i))} can hold")
    return found


def _holds(model: LinearModel) -> Any:
    return (model.row_lower <= 0) & (model.row_upper >= 0)


def _apart(one: Floats, other: Floats, tolerance: float) -> list[int]:
    same = np.isclose(
        one.astype(float), other.astype(float), rtol=tolerance, atol=tolerance, equal_nan=True
    )
    return [int(i) for i in np.flatnonzero(~same)]
