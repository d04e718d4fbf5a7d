"""Brings the drafts of schema version 4 to one layout.

Early drafts give some tables by period that later ones give once for all, name a season in each
period, and give the share of each time slice instead of a season's share and the hours of the day.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from carbonpath.errors import InputError

Row = Mapping[str, Any]
Tables = dict[str, Sequence[Row]]
ONCE = {
    "capacity_factor_tech": ("region", "season", "tod", "tech"),
    "capacity_factor_process": ("region", "season", "tod", "tech", "vintage"),
    "efficiency_variable": (
        "region", "season", "tod", "input_comm", "tech", "vintage", "output_comm",
    ),
    "reserve_capacity_derate": ("region", "season", "tech", "vintage"),
    "limit_seasonal_capacity_factor": ("region", "season", "tech_or_group", "operator"),
    "limit_storage_level_fraction": ("region", "season", "tod", "tech", "operator"),
}  # fmt: skip
"""Tables that hold in all periods, and what names a row of each."""
VALUES = ("factor", "efficiency", "fraction")
NEW_NAMES = {
    "limit_annual_capacity_factor": {"tech": "tech_or_group"},
    "limit_seasonal_capacity_factor": {"tech": "tech_or_group"},
    "limit_new_capacity": {"period": "vintage"},
    "limit_new_capacity_share": {"period": "vintage"},
}
"""Columns that bear another name in early drafts."""
SHARE_TOLERANCE = 1e-3


def in_one_layout(
    tables: Mapping[str, Sequence[Row]], periods: Sequence[int], days: float
) -> Tables:
    """Return the tables as the latest draft has them; what cannot be said there is named."""
    found, problems = dict(tables), list[str]()
    for name, keys in ONCE.items():
        if found.get(name):
            found[name] = _once(name, found[name], keys, periods, problems)
    _time(found, periods, days, problems)
    if problems:
        raise InputError(problems)
    return found


def renamed(name: str, rows: Sequence[Row]) -> Sequence[Row]:
    """Return the rows of a table with the names of columns that the latest draft has."""
    names = NEW_NAMES.get(name, {})
    if not rows or not names.keys() - {"tech"} & rows[0].keys() | names.keys() & rows[0].keys():
        return rows
    return [{names.get(key, key): cell for key, cell in row.items()} for row in rows]


def _once(
    name: str, rows: Sequence[Row], keys: Sequence[str], periods: Sequence[int],
    problems: list[str],
) -> Sequence[Row]:  # fmt: skip
    """Leave the period out of rows that are the same in all of them."""
    if "period" not in rows[0]:
        return rows
    value = next(column for column in VALUES if column in rows[0])
    kept: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        if row["period"] is not None and int(row["period"]) not in periods:
            continue
        key = tuple(row.get(column) for column in keys)
        first = kept.setdefault(key, row)
        if first[value] != row[value]:
            problems.append(
                f"{name}: {', '.join(map(str, key))} is {first[value]:g} in {first['period']} and "
                f"{row[value]:g} in {row['period']}; only one value for all periods is read"
            )
    return [{k: c for k, c in row.items() if k != "period"} for row in kept.values()]


def _time(tables: Tables, periods: Sequence[int], days: float, problems: list[str]) -> None:
    """Turn shares of time slices by period into slices of one year."""
    for name in ("time_season", "time_season_sequential"):
        if tables.get(name) and "period" in tables[name][0]:
            tables[name] = _of_one_period(name, tables[name], periods, problems)
    sequence = tables.get("time_season_sequential")
    if sequence and "num_days" in sequence[0]:
        tables["time_season_sequential"] = [
            {**row, "segment_fraction": float(row["num_days"]) / days} for row in sequence
        ]
    parts = tables.get("time_segment_fraction")
    if not parts:
        return
    column = "segment_fraction" if "segment_fraction" in parts[0] else "segfrac"
    first = _of_one_period("time_segment_fraction", parts, periods, problems)
    tables["time_segment_fraction"] = [{**row, "share": float(row[column])} for row in first]
    shares: dict[str, float] = {}
    for row in tables["time_segment_fraction"]:
        shares[row["season"]] = shares.get(row["season"], 0.0) + row["share"]
    seasons = tables.get("time_season") or [
        {"season": name, "sequence": place} for place, name in enumerate(shares)
    ]
    tables["time_season"] = [
        {**row, "segment_fraction": shares.get(row["season"], 0.0)} for row in seasons
    ]


def _of_one_period(
    name: str, rows: Iterable[Row], periods: Sequence[int], problems: list[str]
) -> Sequence[Row]:
    """Return the rows of the first period; those of the others must be the same."""
    by_period: dict[int, list[Row]] = {}
    for row in rows:
        if int(row["period"]) in periods:
            own = {key: cell for key, cell in row.items() if key != "notes"}
            by_period.setdefault(int(row["period"]), []).append(own)
    if not by_period:
        problems.append(f"{name}: no row is of a period that is optimised ({periods[0]}, ...)")
        return []
    plain = {
        period: [{key: cell for key, cell in row.items() if key != "period"} for row in own]
        for period, own in by_period.items()
    }
    first = next(iter(plain))
    for period, rows_of_it in plain.items():
        if _without_place(rows_of_it) != _without_place(plain[first]):
            problems.append(f"{name}: {period} differs from {first}; only one year is read")
    return plain[first]


def _without_place(rows: Sequence[Row]) -> list[tuple[tuple[str, str], ...]]:
    """Rows without their running number, to compare two periods."""
    return sorted(
        tuple(sorted((key, str(cell)) for key, cell in row.items() if key != "sequence"))
        for row in rows
    )
