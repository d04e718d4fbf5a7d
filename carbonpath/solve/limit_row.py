"""One row of a limit in the matrix: its place, its two totals over columns, what a value means."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from carbonpath.errors import SolveError
from carbonpath.model.build import BuiltModel
from carbonpath.model.lowering import LinearModel
from carbonpath.system.finance import compound
from carbonpath.system.system import EnergySystem, Limit

Places = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Total:
    """A sum over columns: weights @ x[places] + constant."""

    places: Places
    weights: Floats
    constant: float

    def at(self, columns: Floats) -> float:
        """Return the total at a solution."""
        return float(self.weights @ columns[self.places]) + self.constant

    def spread(self, count: int) -> Floats:
        """Return a coefficient for each of all columns."""
        coefficients = np.zeros(count)
        coefficients[self.places] = self.weights
        return coefficients


@dataclass(frozen=True)
class LimitRow:
    """subject  sense  factor * of + constant, both totals over columns.

    `place` counts in the table of limits, `row` in the matrix; `shortfall` is the column of the
    shortfall of a soft limit.
    """

    limit: Limit
    period: str
    group: tuple[str, ...]
    place: int
    row: int
    shortfall: int | None
    factor: float
    constant: float
    subject: Total
    of: Total
    subject_beside_of: Floats
    """What the subject has in the columns of the total `of`."""

    def read_as(self, system: EnergySystem, value: float) -> tuple[float, float]:
        """Return factor and constant of a value of the limit, compounded as its `lag` wants."""
        if not self.limit.of:
            return 0.0, value
        if self.limit.lag != 1:
            return value, self.limit.seed
        gap = int(self.period) - int(system.time.previous_period[self.period])
        return compound(value, self.limit.seed, gap)

    def totals(self, columns: Floats) -> tuple[float, float]:
        """Return the total of the subject and the total `of` at a solution."""
        return self.subject.at(columns), self.of.at(columns)

    def value(self, columns: Floats) -> float:
        """Return what the limit bounds at a solution: the total, or its ratio to the total `of`."""
        subject, of = self.totals(columns)
        return subject / of if self.limit.of else subject


def limit_row(
    built: BuiltModel, name: str, period: str, group: tuple[str, ...] | None = None
) -> LimitRow:
    """Return the row of a limit in a period, of a group if there are several; or a SolveError."""
    table = built.limits.table
    same_group = np.array([group in (None, found) for found in table["group"]], dtype=bool)
    chosen = (table["id"] == name) & (table["period"] == period) & same_group
    places = np.flatnonzero(chosen & table["mode"].isin(["hard", "soft"]))
    if len(places) != 1:
        where = f"limit {name!r} in {period or 'the horizon'}"
        raise SolveError(
            f"the model has {len(places)} rows of {where}; name one group of a limit that acts",
            3,
            code="E506",
        )
    place, model = int(places[0]), built.linear
    entry = table.iloc[place]
    subject, of = (_total(model, part, place) for part in (built.limits.subject, built.limits.of))
    return LimitRow(
        next(limit for limit in built.system.limits if limit.id == name), period,
        entry["group"], place,
        int(_found(model.rows["limits"], place)),  # type: ignore[arg-type]
        _found(model.columns["shortfall"], place),
        float(entry["factor"]), float(entry["constant"]),
        subject, of, subject.spread(model.matrix.shape[1])[of.places],
    )  # fmt: skip


def _found(family: Any, place: int) -> int | None:
    """Return where a limit's row stands in a family over limit rows, None where it does not."""
    at = np.flatnonzero(family.index.codes[:, 0] == place)
    return int(family.start + at[0]) if len(at) else None


def _total(model: LinearModel, parts: Mapping[str, Any], place: int) -> Total:
    """Return one row of the totals of limits."""
    coefficients, constant = np.zeros(model.matrix.shape[1]), 0.0
    for name, matrix in parts.items():
        own = slice(matrix.indptr[place], matrix.indptr[place + 1])
        rows, weights = matrix.indices[own], matrix.data[own]
        if not len(rows):
            continue
        if name in model.columns:
            coefficients[model.columns[name].start + rows] += weights
        else:
            operator = model.quantities[name]
            coefficients += operator.matrix[rows].T @ weights
            constant += float(weights @ operator.constant[rows])
    places = np.flatnonzero(coefficients)
    return Total(places, coefficients[places], constant)
