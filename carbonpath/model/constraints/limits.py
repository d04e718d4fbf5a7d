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
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

from carbonpath.errors import ModelError
from carbonpath.model.declare import cost
from carbonpath.model.selection import groups, selected
from carbonpath.system.finance import compound
from carbonpath.system.parameter import Codes
from carbonpath.system.system import ALL_PERIODS, BASE_YEAR, STEP, EnergySystem, Limit

Floats = npt.NDArray[np.float64]
Key = tuple[str, tuple[str, ...]]
"""Period and group of a row."""
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
    """Rows and matrix entries while limits are read one after another."""

    rows: list[dict[str, object]]
    subject: dict[str, list[npt.NDArray[np.float64]]]
    of: dict[str, list[npt.NDArray[np.float64]]]


def limit_rows(system: EnergySystem, subjects: Subjects) -> LimitRows:
    """Return the rows of all limits; every limit that selects nothing is named."""
    found = _Collection([], {}, {})
    problems: list[str] = []
    for limit in system.limits:
        problems += _add(found, system, subjects, limit)
    if problems:
        raise ModelError(problems)
    columns = ["label", "id", "period", "group", "region", "mode", "sense", "factor", "constant",
               "price", "has_of"]  # fmt: skip
    table = pd.DataFrame(found.rows, columns=columns)
    return LimitRows(
        table,
        {name: _matrix(parts, len(table), subjects[name]) for name, parts in found.subject.items()},
        {name: _matrix(parts, len(table), subjects[name]) for name, parts in found.of.items()},
    )


def _matrix(
    parts: list[npt.NDArray[np.float64]], rows: int, subject: tuple[str, Codes]
) -> sp.csr_array:
    row, column, value = np.concatenate(parts).T
    places = (row.astype(np.int64), column.astype(np.int64))
    return sp.csr_array((value, places), shape=(rows, len(subject[1])))


def _add(found: _Collection, system: EnergySystem, subjects: Subjects, limit: Limit) -> list[str]:
    """Add the rows of one limit; return what is wrong with it."""
    name = limit.origin or limit.id
    if unknown := [q for q in (limit.quantity, limit.of) if q and q not in subjects]:
        return [f"{name}: limit {limit.id!r} names the unknown quantity {unknown[0]!r}"]
    if limit.mode == "soft" and limit.sense == "==":
        return [f"{name}: soft limit {limit.id!r} must be <= or >=, not =="]
    subject = _entries(system, subjects[limit.quantity], limit.where, limit)
    of = _entries(system, subjects[limit.of], limit.of_where, limit) if limit.of else None
    keys = _row_keys(system, limit, subject, of)
    if subject.empty and limit.mode not in ("track", "history"):
        return [f"{name}: limit {limit.id!r} selects no part of {limit.quantity!r}"]
    start = len(found.rows)
    place = {key: [start + i] for i, key in enumerate(keys)}
    for period, group in keys:
        found.rows.append(_row(system, limit, period, group))
    _collect(found.subject, limit.quantity, subject, place)
    if of is not None:
        before: dict[Key, list[int]] = {}
        for key, rows in place.items():
            before.setdefault(_lagged(system, limit, key), []).extend(rows)
        _collect(found.of, limit.of, of, before)
    return _impossible(found, limit, place, subject)


def _entries(
    system: EnergySystem,
    subject: tuple[str, Codes],
    where: Mapping[str, tuple[str, ...]],
    limit: Limit,
) -> pd.DataFrame:
    """Return column, period, group and weight of every selected row of a quantity."""
    letters, codes = subject
    column = np.flatnonzero(selected(system, letters, codes, where))
    each = [key for key in limit.each if key != "period"]
    codes = codes[column]
    letter = "p" if "p" in letters else "v"
    periods = np.array(system.labels[letter], dtype=object)[codes[:, letters.index(letter)]]
    weight = np.ones(len(column))
    if set(limit.values) == {ALL_PERIODS}:
        if limit.weighted:
            weight = np.array([system.time.period[p].years for p in periods], dtype=float)
        periods = np.full(len(column), ALL_PERIODS, dtype=object)
    group = groups(system, letters, codes, each)
    return pd.DataFrame({"column": column, "period": periods, "group": group, "weight": weight})


def _row_keys(
    system: EnergySystem, limit: Limit, subject: pd.DataFrame, of: pd.DataFrame | None
) -> list[tuple[str, tuple[str, ...]]]:
    """Return period and group of each row the limit makes."""
    every = subject if of is None or not limit.each else pd.concat([subject, of])
    kinds = sorted(set(every["group"])) or [()]
    first = system.labels["p"][0]
    periods = [p for p in limit.values if not (limit.lag and p == first)]
    return [(period, group) for period in periods for group in kinds]


def _lagged(
    system: EnergySystem, limit: Limit, key: tuple[str, tuple[str, ...]]
) -> tuple[str, tuple[str, ...]]:
    """Return the key under which the total `of` of a row stands."""
    earlier = {
        0: key[0],
        1: system.time.previous_period.get(key[0], ""),
        STEP: system.time.previous_period.get(key[0], ""),
        BASE_YEAR: system.labels["p"][0],
    }
    return earlier[limit.lag], key[1]


def _collect(
    store: dict[str, list[npt.NDArray[np.float64]]],
    name: str,
    entries: pd.DataFrame,
    place: Mapping[Key, Sequence[int]],
) -> None:
    """Add the matrix entries of the rows that exist; one total may enter several rows."""
    columns = (entries[name].tolist() for name in ("period", "group", "column", "weight"))
    table = [
        (row, column, weight)
        for period, group, column, weight in zip(*columns, strict=True)
        for row in place.get((period, group), ())
    ]
    store.setdefault(name, []).append(np.array(table, dtype=float).reshape(-1, 3))


def _row(
    system: EnergySystem, limit: Limit, period: str, group: tuple[str, ...]
) -> dict[str, object]:
    """Describe one row: factor on `of`, constant, price of a shortfall."""
    value = limit.values[period]
    factor, constant = (value, limit.seed) if limit.of else (0.0, value)
    if limit.lag == 1:
        gap = int(period) - int(system.time.previous_period[period])
        factor, constant = compound(value, limit.seed, gap)
    region = dict(zip(limit.each, group, strict=True)).get("region", "")
    return {
        "label": "|".join([limit.id, period, *group]),
        "id": limit.id, "period": period, "group": group, "region": region,
        "mode": limit.mode, "sense": limit.sense, "factor": factor, "constant": constant,
        "price": limit.price.get(period, limit.price.get(ALL_PERIODS, 0.0)),
        "has_of": bool(limit.of),
    }  # fmt: skip


def _impossible(
    found: _Collection,
    limit: Limit,
    place: Mapping[Key, Sequence[int]],
    subject: pd.DataFrame,
) -> list[str]:
    """Name the hard rows that nothing can fulfil because they select nothing."""
    if limit.mode == "track" or limit.of:
        return []
    filled = set(zip(subject["period"], subject["group"], strict=True))
    name = limit.origin or limit.id
    problems = []
    for key, (row, *_) in place.items():
        if key in filled or limit.mode == "soft":
            continue
        wanted = float(str(found.rows[row]["constant"]))
        low, high = limit.sense in (">=", "==") and wanted > 0, limit.sense == "<=" and wanted < 0
        if low or high:
            problems.append(
                f"{name}: {limit.id!r} wants {limit.quantity} {limit.sense} {wanted:g} in "
                f"{key[0] or 'the horizon'} but selects nothing that exists there"
            )
    return problems
