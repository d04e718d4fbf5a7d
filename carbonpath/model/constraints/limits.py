"""ONE rule for every upper, lower, fixed, share, growth and soft limit, and for history.

    total(subject) [+ shortfall]  <=, >=, ==  value
    total(subject) [+ shortfall]  <=, >=, ==  value * total(of) + seed

A limit's rows are sums over rows of a quantity: one row for each period it has a value for and for
each group it keeps apart. With `lag` 1 the total `of` is that of the period before, and factor and
seed are compounded over the years between; with `lag` BASE_YEAR it is that of the base year. A soft
limit has a shortfall with a price, discounted like a cost. Mode `history` fixes a statistical year;
mode `track` makes no row and is evaluated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

from carbonpath.errors import ModelError
from carbonpath.model.declare import cost
from carbonpath.model.selection import Selection
from carbonpath.system.finance import compound
from carbonpath.system.index import matches
from carbonpath.system.parameter import Codes
from carbonpath.system.system import ALL_PERIODS, BASE_YEAR, STEP, EnergySystem, Limit

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Triplets = tuple[Places, Places, Floats]
"""Rows, columns and weights of matrix entries."""
COLUMNS = ("label", "id", "period", "group", "region", "mode", "sense", "factor", "constant",
           "price", "has_of")  # fmt: skip
EVERY, NEVER = -1, -2
"""In place of the code of a period: the whole horizon; a year that the system does not have."""
Subjects = Mapping[str, tuple[str, Codes]]
"""For each quantity or variable its letters and the codes of its rows."""


@cost(over="soft_rows", zh="未达标惩罚")
def shortfall_penalty(x, d, l):  # noqa: E741 - the letter of limit rows
    """What missing a soft limit costs in a year.

    shortfall_penalty[l] = shortfall_price[l] * shortfall[l]
    """
    return d.shortfall_price[l] * x.shortfall[l]


@dataclass(frozen=True)
class LimitRows:
    """Every row of every limit, tracked ones too.

    `table` has one row each: label, id, period, group, mode, sense, factor, constant, price.
    `subject` and `of` hold for each quantity the matrix that sums its rows.
    """

    table: pd.DataFrame
    subject: Mapping[str, sp.csr_array]
    of: Mapping[str, sp.csr_array]

    def rows(self, *modes: str) -> npt.NDArray[np.intp]:
        """Return the places of the rows of some modes."""
        return np.flatnonzero(self.table["mode"].isin(modes))

    def parts(self, places: npt.NDArray[np.intp]) -> dict[str, sp.csr_array]:
        """Return subject - factor x of, for each quantity, on some rows."""
        factor = sp.diags_array(self.table["factor"].to_numpy(dtype=float))
        found = {name: matrix[places] for name, matrix in self.subject.items()}
        for name, matrix in self.of.items():
            weighed = (factor @ matrix).tocsr()[places]
            found[name] = found[name] - weighed if name in found else -weighed
        return {name: matrix for name, matrix in found.items() if matrix.nnz}

    def bounds(self, places: npt.NDArray[np.intp]) -> tuple[Floats, Floats]:
        """Return lower and upper bounds of some rows."""
        rows = self.table.iloc[places]
        constant = rows["constant"].to_numpy(dtype=float)
        lower = np.where(rows["sense"] == "<=", -np.inf, constant)
        upper = np.where(rows["sense"] == ">=", np.inf, constant)
        return lower, upper


@dataclass
class _Collection:
    """Columns of the table and matrix entries while limits are read one after another."""

    selection: Selection
    table: dict[str, list[object]] = field(default_factory=lambda: {name: [] for name in COLUMNS})
    subject: dict[str, list[Triplets]] = field(default_factory=dict)
    of: dict[str, list[Triplets]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.table["id"])


class _Entries(NamedTuple):
    """The selected rows of a quantity: place, code of the period, number of the group, weight."""

    column: Places
    period: Places
    group: Places
    weight: Floats


def limit_rows(system: EnergySystem, subjects: Subjects) -> LimitRows:
    """Return the rows of all limits; every limit that selects nothing is named."""
    found = _Collection(Selection(system))
    problems: list[str] = []
    for limit in system.limits:
        problems += _add(found, system, subjects, limit)
    if problems:
        raise ModelError(problems, code="E404")
    table = pd.DataFrame(found.table, columns=list(COLUMNS))
    return LimitRows(
        table,
        {name: _matrix(parts, len(table), subjects[name]) for name, parts in found.subject.items()},
        {name: _matrix(parts, len(table), subjects[name]) for name, parts in found.of.items()},
    )


def _matrix(parts: list[Triplets], rows: int, subject: tuple[str, Codes]) -> sp.csr_array:
    row, column, weight = (np.concatenate(part) for part in zip(*parts, strict=True))
    return sp.csr_array((weight, (row, column)), shape=(rows, len(subject[1])))


def _add(found: _Collection, system: EnergySystem, subjects: Subjects, limit: Limit) -> list[str]:
    """Add the rows of one limit; return what is wrong with it."""
    name = limit.origin or limit.id
    if unknown := [q for q in (limit.quantity, limit.of) if q and q not in subjects]:
        return [f"{name}: limit {limit.id!r} names the unknown quantity {unknown[0]!r}"]
    if limit.mode == "soft" and limit.sense == "==":
        return [f"{name}: soft limit {limit.id!r} must be <= or >=, not =="]
    selection = found.selection
    subject = _entries(selection, subjects[limit.quantity], limit.where, limit)
    of = _entries(selection, subjects[limit.of], limit.of_where, limit) if limit.of else None
    if not len(subject.column) and limit.mode not in ("track", "history"):
        return [f"{name}: limit {limit.id!r} selects no part of {limit.quantity!r}"]
    periods = [p for p in limit.values if not (limit.lag and p == system.labels["p"][0])]
    groups = np.unique(np.concatenate([part.group for part in (subject, of) if part is not None]))
    rows = np.arange(len(periods) * max(len(groups), 1)).reshape(len(periods), -1) + len(found)
    _describe(found.table, system, limit, periods, selection.group_names(groups, limit.each))
    filled = _place(subject, _codes(system, periods), groups, rows)
    found.subject.setdefault(limit.quantity, []).append(filled)
    if of is not None:
        earlier = [_lagged(system, limit, period) for period in periods]
        entries = _place(of, _codes(system, earlier), groups, rows)
        found.of.setdefault(limit.of, []).append(entries)
    return _impossible(found, limit, np.setdiff1d(rows, filled[0]))


def _entries(
    selection: Selection,
    subject: tuple[str, Codes],
    where: Mapping[str, tuple[str, ...]],
    limit: Limit,
) -> _Entries:
    """Return every selected row of a quantity with its period, group and weight."""
    letters, codes = subject
    column = np.flatnonzero(selection.rows(letters, codes, where))
    codes = codes[column]
    system = selection.system
    letter = "p" if "p" in letters else "v"
    place, weight = codes[:, letters.index(letter)], np.ones(len(column))
    period = _codes(system, system.labels[letter])[place]
    if set(limit.values) == {ALL_PERIODS}:
        if limit.weighted:
            years = {label: found.years for label, found in system.time.period.items()}
            weight = np.array([years.get(label, 0) for label in system.labels[letter]])[place]
        period = np.full(len(column), EVERY)
    return _Entries(column, period, selection.groups(letters, codes, limit.each), weight)


def _codes(system: EnergySystem, labels: Sequence[str]) -> Places:
    """Return the code of each period or vintage; EVERY for the whole horizon, else NEVER."""
    known = {label: code for code, label in enumerate(system.labels["v"])}
    codes = {**known, ALL_PERIODS: EVERY}
    return np.array([codes.get(label, NEVER) for label in labels], dtype=np.int64)


def _lagged(system: EnergySystem, limit: Limit, period: str) -> str:
    """Return the period whose total `of` enters the row of a period."""
    earlier = {
        0: period,
        1: system.time.previous_period.get(period, ""),
        STEP: system.time.previous_period.get(period, ""),
        BASE_YEAR: system.labels["p"][0],
    }
    return earlier[limit.lag]


def _place(entries: _Entries, periods: Places, groups: Places, rows: Places) -> Triplets:
    """Return row, column and weight of each entry; one total may enter the rows of many periods."""
    entry, place = matches(entries.period, periods)
    row = rows[place, np.searchsorted(groups, entries.group[entry])]
    return row, entries.column[entry], entries.weight[entry].astype(float)


def _describe(
    table: dict[str, list[object]],
    system: EnergySystem,
    limit: Limit,
    periods: Sequence[str],
    groups: Sequence[tuple[str, ...]],
) -> None:
    """Describe the rows of a limit: factor on `of`, constant, price of a shortfall."""
    for period in periods:
        value = limit.values[period]
        factor, constant = (value, limit.seed) if limit.of else (0.0, value)
        if limit.lag == 1:
            gap = int(period) - int(system.time.previous_period[period])
            factor, constant = compound(value, limit.seed, gap)
        price = limit.price.get(period, limit.price.get(ALL_PERIODS, 0.0))
        for group in groups or [()]:
            region = dict(zip(limit.each, group, strict=False)).get("region", "")
            label = "|".join([limit.id, period, *group])
            row = (label, limit.id, period, group, region, limit.mode, limit.sense, factor,
                   constant, price, bool(limit.of))  # fmt: skip
            for name, cell in zip(COLUMNS, row, strict=True):
                table[name].append(cell)


def _impossible(found: _Collection, limit: Limit, idle: Places) -> list[str]:
    """Name the hard rows that nothing can fulfil because they select nothing."""
    if limit.mode in ("track", "soft") or limit.of:
        return []
    name = limit.origin or limit.id
    problems = []
    for row in idle.tolist():
        wanted = float(str(found.table["constant"][row]))
        low, high = limit.sense in (">=", "==") and wanted > 0, limit.sense == "<=" and wanted < 0
        if low or high:
            problems.append(
                f"{name}: {limit.id!r} wants {limit.quantity} {limit.sense} {wanted:g} in "
                f"{found.table['period'][row] or 'the horizon'} but selects nothing that exists "
                "there"
            )
    return problems
