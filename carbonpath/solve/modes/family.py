"""Models that differ by numbers only, and linearly: made by addition instead of being built.

If every number of a model is linear in each of some factors and the factors do not multiply each
other, the model at any point is that of the middle plus a slope for each factor times its distance
from the middle. The slopes come from one more build for each factor; `fits` says whether a model
that was built is the one that addition gives, so that nothing rests on a belief about the data.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from carbonpath.model.build import BuiltModel

Floats = npt.NDArray[np.float64]
Name = tuple[str, ...]
Numbers = dict[Name, Floats]
Point = Mapping[str, float]
SIDES = ("row_lower", "row_upper", "col_lower", "col_upper", "cost")
LIMIT_COLUMNS = ("factor", "constant", "price")
PARAMETERS = (
    "capacity_to_activity", "capacity_limit", "capacity_floor", "build_rate", "build_floor",
    "activity_limit", "activity_floor", "kappa", "demand", "yearly_demand",
)  # fmt: skip
"""Parameters that results hold besides the solution."""
DRIVERS = "drivers"
SAME, SMALL = 1e-9, 1e-12
"""Relative and absolute distance at which two numbers are one."""


@dataclass(frozen=True)
class Family:
    """The model of the middle, and how its numbers rise with each factor."""

    middle: Mapping[str, float]
    base: BuiltModel
    numbers: Numbers
    slopes: Mapping[str, Mapping[Name, Floats]]

    def at(self, point: Point) -> BuiltModel:
        """Return the model at a point."""
        found = dict(self.numbers)
        for factor, slope in self.slopes.items():
            distance = point[factor] - self.middle[factor]
            for name, rise in slope.items():
                found[name] = found[name] + distance * rise
        return with_numbers(self.base, found)

    def fits(self, built: BuiltModel, point: Point) -> bool:
        """Whether a model that was built at a point is what addition gives there."""
        if not same_pattern(self.base, built):
            return False
        mine, theirs = numbers_of(self.at(point)), numbers_of(built)
        return mine.keys() == theirs.keys() and all(
            np.allclose(mine[name], theirs[name], rtol=SAME, atol=SMALL, equal_nan=True)
            for name in mine
        )


def family(made: Callable[[Point], BuiltModel], middle: Point, low: Point) -> Family | None:
    """Return the family of models that `made` builds; None if they differ by more than numbers."""
    base = made(middle)
    numbers = numbers_of(base)
    slopes = {}
    for factor in middle:
        built = made({**middle, factor: low[factor]})
        if not same_pattern(base, built):
            return None
        slope = slope_of(numbers, numbers_of(built), low[factor] - middle[factor])
        if slope is None:
            return None
        slopes[factor] = slope
    return Family(dict(middle), base, numbers, slopes)


def slope_of(base: Numbers, other: Numbers, distance: float) -> dict[Name, Floats] | None:
    """Return by how much each number rises per unit of a factor; None if one becomes infinite."""
    found = {}
    for name, before in base.items():
        after = other[name]
        if np.array_equal(before, after, equal_nan=True):
            continue
        finite = np.isfinite(before) & np.isfinite(after)
        if not np.array_equal(before[~finite], after[~finite], equal_nan=True):
            return None
        rise = np.zeros(before.shape)
        rise[finite] = (after[finite] - before[finite]) / distance
        found[name] = rise
    return found


def numbers_of(built: BuiltModel) -> Numbers:
    """Return every number of a model, and of what results hold besides, by name."""
    linear, limits, system = built.linear, built.limits, built.system
    found: Numbers = {name: matrix.data for name, matrix in matrices(built).items()}
    found |= {(name,): getattr(linear, name) for name in SIDES}
    found["cost_constant",] = np.array([linear.cost_constant])
    found |= {("weights", name): weights for name, weights in linear.objective.items()}
    found |= {("constant", name): one.constant for name, one in linear.quantities.items()}
    found |= {("limits", name): limits.table[name].to_numpy(dtype=float) for name in LIMIT_COLUMNS}
    held = [name for name in PARAMETERS if name in system.parameters]
    found |= {("parameter", name): system.parameters[name].values for name in held}
    if DRIVERS in system.tables:
        found["table", DRIVERS] = system.tables[DRIVERS]["value"].to_numpy(dtype=float)
    return found


def same_pattern(one: BuiltModel, other: BuiltModel) -> bool:
    """Whether two models have the same rows, columns and places of entries."""
    mine, theirs = matrices(one), matrices(other)
    return (
        mine.keys() == theirs.keys()
        and list(one.linear.rows) == list(other.linear.rows)
        and not one.linear.integer.any()
        and all(
            mine[name].shape == theirs[name].shape
            and np.array_equal(mine[name].indptr, theirs[name].indptr)
            and np.array_equal(mine[name].indices, theirs[name].indices)
            for name in mine
        )
        and all(
            np.array_equal(one.system.parameters[name].keys, other.system.parameters[name].keys)
            for name in PARAMETERS
            if name in one.system.parameters and name in other.system.parameters
        )
    )


def matrices(built: BuiltModel) -> dict[Name, Any]:
    """Return every matrix of a model by name."""
    found: dict[Name, Any] = {("matrix",): built.linear.matrix}
    for name, operator in built.linear.quantities.items():
        found["quantity", name] = operator.matrix
    for part in ("subject", "of"):
        for name, matrix in getattr(built.limits, part).items():
            found[part, name] = matrix
    return found


def with_numbers(built: BuiltModel, numbers: Numbers) -> BuiltModel:
    """Return a model with other numbers in the same places."""
    linear, limits, system = built.linear, built.limits, built.system
    quantities = {
        name: replace(
            operator,
            matrix=filled(operator.matrix, numbers["quantity", name]),
            constant=numbers["constant", name],
        )
        for name, operator in linear.quantities.items()
    }
    sides: dict[str, Any] = {name: numbers[name,] for name in SIDES}
    model = replace(
        linear,
        **sides,
        matrix=filled(linear.matrix, numbers["matrix",]),
        cost_constant=float(numbers["cost_constant",][0]),
        objective={name: numbers["weights", name] for name in linear.objective},
        quantities=quantities,
    )
    parts = {
        part: {
            name: filled(matrix, numbers[part, name])
            for name, matrix in getattr(limits, part).items()
        }
        for part in ("subject", "of")
    }
    table = limits.table.assign(**{name: numbers["limits", name] for name in LIMIT_COLUMNS})
    given = {
        name: replace(system.parameters[name], values=numbers["parameter", name])
        for name in PARAMETERS
        if name in system.parameters
    }
    tables = dict(system.tables)
    if DRIVERS in tables:
        tables[DRIVERS] = tables[DRIVERS].assign(value=numbers["table", DRIVERS])
    return replace(
        built,
        linear=model,
        limits=replace(limits, table=table, **parts),
        system=replace(system, parameters={**system.parameters, **given}, tables=tables),
    )


def filled(matrix: Any, data: Floats) -> Any:
    """Return a matrix with other entries in the same places."""
    return sp.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)
