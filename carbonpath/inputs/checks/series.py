"""Time series: complete, of one rule, and growing by factors only where they are positive."""

from collections.abc import Iterator, Sequence

import numpy as np

from carbonpath.inputs.check import check, warn
from carbonpath.inputs.frames import DOUBTFUL, Frame, at, texts
from carbonpath.inputs.series import missing_years
from carbonpath.inputs.tables import Tables
from carbonpath.spec.columns import ABSENT
from carbonpath.spec.parameters import BY_NAME as PARAMETERS
from carbonpath.spec.parameters import YEARS_GIVEN
from carbonpath.spec.tables import BY_NAME

COMPLETE = (
    "flows",
    "parameters",
    "elasticities",
    "accounting",
    "drivers",
    "demands",
    "prices",
    "reserves",
)
"""Tables whose series must cover the horizon; limits hold where they are given."""
SHOWN = 6
USUAL = ("", ABSENT, "main", "here", "activity")
"""Cells that need not be said."""


def series_keys(table: str) -> list[str]:
    """Return the columns that name a series of a table."""
    return [key for key in BY_NAME[table].keys if key not in ("period", "when")]


def trusted(data: Frame, keys: Sequence[str]) -> Frame:
    """Leave out the series of which some row is doubtful."""
    if not data[DOUBTFUL].any():
        return data
    number = data.groupby(list(keys), sort=False).ngroup()
    return data[~number.isin(number[data[DOUBTFUL]])].reset_index(drop=True)


@check
def series_cover_the_horizon(tables: Tables) -> Iterator[str]:
    """Without `between` a series gives every year of the horizon."""
    for table in COMPLETE:
        data, keys = _plain(tables, table), series_keys(table)
        for row, years in missing_years(data, keys, tables.periods).items():
            needed = _needed(data, table, row, years, tables.dataset.base_year)
            if needed:
                where = next(at(data, [row]))
                yield (
                    f"{where}: {_series_name(data, keys, row)} has no value for {_listed(needed)}; "
                    "add rows, or set 'between' to linear, geometric or hold"
                )


def _plain(tables: Tables, table: str) -> Frame:
    """Leave out series that are doubtful anyway, and demands that follow a driver."""
    data = trusted(tables[table], series_keys(table))
    if table == "demands":
        data = data[data["driver"] == ""]
    if table == "flows":
        own = data["per"].isin(["activity", "new_capacity"]) & (data["between"] != "only")
        data = data[own]
    if table == "parameters":
        free = data["parameter"].isin(YEARS_GIVEN) | (data["between"] == "only")
        data = data[~free]
    return data.reset_index(drop=True)


def _needed(data: Frame, table: str, row: int, years: list[int], base_year: int) -> list[int]:
    """Leave out the base year for what is only built later, and for elasticities."""
    later = table in ("elasticities", "prices")
    if table == "parameters":
        spec = PARAMETERS.get(texts(data, "parameter")[row])
        later = spec is not None and "p" not in spec.dims
    return [year for year in years if not (later and year <= base_year)]


def _series_name(data: Frame, keys: Sequence[str], row: int) -> str:
    cells = [data[key].tolist()[row] for key in keys]
    return " ".join(str(cell) for cell in cells if cell not in USUAL)


def _listed(years: Sequence[int]) -> str:
    more = f" and {len(years) - SHOWN} more years" if len(years) > SHOWN else ""
    return ", ".join(map(str, years[:SHOWN])) + more


@check
def series_have_one_rule(tables: Tables) -> Iterator[str]:
    """The rows of a series agree on `between`, and have years unless it is one constant row."""
    for table in (*COMPLETE, "limits"):
        keys = series_keys(table)
        data = trusted(tables[table], keys)
        if data.empty:
            continue
        number = data.groupby(keys, sort=False).ngroup().to_numpy()
        first: dict[int, int] = {}
        between, years = texts(data, "between"), data["period"].tolist()
        for row, series in enumerate(number.tolist()):
            other = first.setdefault(series, row)
            if between[other] != between[row]:
                yield _clash(data, row, other, "between", between)
            elif (years[other] == ABSENT) != (years[row] == ABSENT):
                where = next(at(data, [row], "period"))
                yield (
                    f"{where}: {_series_name(data, keys, row)} has rows with and without a period; "
                    "give every row a year, or keep one row without"
                )


def _clash(data: Frame, row: int, other: int, column: str, cells: Sequence[str]) -> str:
    where, before = next(at(data, [row], column)), next(at(data, [other]))
    return f"{where}: {cells[row]!r}, but {cells[other]!r} in {before}; write one rule for a series"


@check
def geometric_series_are_positive(tables: Tables) -> Iterator[str]:
    """Values between which to grow by a factor are above zero."""
    for table in (*COMPLETE, "limits"):
        data = tables[table]
        if data.empty:
            continue
        bad = (data["between"] == "geometric") & (data["value"] <= 0)
        for where in at(data, np.flatnonzero(bad.to_numpy()).tolist(), "value"):
            yield f"{where}: geometric filling needs values above zero; write linear or hold"


@warn
def years_are_in_the_horizon(tables: Tables) -> Iterator[str]:
    """A bound given for one year is given for a year of the horizon, or it says nothing."""
    data, periods = tables["parameters"], set(tables.periods)
    last = max(periods, default=0)
    bounds = data["parameter"].isin([name for name in YEARS_GIVEN if name != "build_floor"])
    alone = (data["between"] == "") & (data["period"] != ABSENT) & (data["period"] <= last)
    rows = np.flatnonzero((bounds & alone & ~data["period"].isin(periods)).to_numpy()).tolist()
    for where in at(data, rows, "period"):
        yield f"{where}: not a period of this horizon, so the bound is not used"
