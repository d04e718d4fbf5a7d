"""Finds every fault of a Temoa database before anything is made of it, in the database's words.

What must hold: a table that is read has its columns; names are those of the tables that list them;
numbers are numbers, and where a negative one means nothing, not negative; no row comes twice.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from carbonpath.scenario.amounts import FIRST_YEAR, LAST_YEAR
from carbonpath.spec.nearest import hint

Row = Mapping[str, Any]
_LIMIT, _SHARE = "region period tech_or_group operator", "region period sub_group super_group"
_GROWTH, _VINTAGE = "region tech_or_group operator rate seed", "region tech vintage"
COLUMNS: Mapping[str, str] = {
    "region": "region", "technology": "tech flag", "commodity": "name flag",
    "time_period": "period flag", "time_season": "season sequence",
    "time_of_day": "tod sequence", "time_season_sequential": "seas_seq season sequence",
    "time_segment_fraction": "season tod", "metadata": "element value",
    "metadata_real": "element value",
    "efficiency": "region input_comm tech vintage output_comm efficiency",
    "efficiency_variable": "region season tod input_comm tech vintage output_comm efficiency",
    "existing_capacity": f"{_VINTAGE} capacity", "lifetime_tech": "region tech lifetime",
    "lifetime_process": f"{_VINTAGE} lifetime",
    "lifetime_survival_curve": "region period tech vintage fraction",
    "capacity_to_activity": "region tech c2a", "cost_invest": f"{_VINTAGE} cost",
    "cost_fixed": "region period tech vintage cost",
    "cost_variable": "region period tech vintage cost",
    "cost_emission": "region period emis_comm cost", "loan_rate": f"{_VINTAGE} rate",
    "loan_lifetime_process": f"{_VINTAGE} lifetime",
    "capacity_factor_tech": "region season tod tech factor",
    "capacity_factor_process": "region season tod tech vintage factor",
    "demand": "region period commodity demand",
    "demand_specific_distribution": "region period season tod demand_name dsd",
    "storage_duration": "region tech duration",
    "limit_storage_level_fraction": "region season tod tech operator fraction",
    "emission_activity": "region emis_comm input_comm tech vintage output_comm activity",
    "emission_embodied": f"{_VINTAGE} emis_comm value",
    "emission_end_of_life": f"{_VINTAGE} emis_comm value",
    "end_of_life_output": f"{_VINTAGE} output_comm value",
    "construction_input": f"{_VINTAGE} input_comm value",
    "limit_activity": f"{_LIMIT} activity", "limit_capacity": f"{_LIMIT} capacity",
    "limit_new_capacity": "region vintage tech_or_group operator new_cap",
    "limit_emission": "region period emis_comm operator value",
    "limit_resource": "region tech_or_group operator cum_act",
    "limit_activity_share": f"{_SHARE} operator share",
    "limit_capacity_share": f"{_SHARE} operator share",
    "limit_new_capacity_share": "region vintage sub_group super_group operator share",
    "limit_annual_capacity_factor": "region tech_or_group output_comm operator factor",
    "limit_seasonal_capacity_factor": "region season tech_or_group operator factor",
    "limit_tech_input_split": "region period input_comm tech operator proportion",
    "limit_tech_output_split": "region period tech output_comm operator proportion",
    "limit_tech_input_split_annual": "region period input_comm tech operator proportion",
    "limit_tech_output_split_annual": "region period tech output_comm operator proportion",
    "limit_growth_capacity": _GROWTH, "limit_degrowth_capacity": _GROWTH,
    "limit_growth_new_capacity": _GROWTH, "limit_degrowth_new_capacity": _GROWTH,
    "limit_growth_new_capacity_delta": _GROWTH, "limit_degrowth_new_capacity_delta": _GROWTH,
    "tech_group": "group_name", "tech_group_member": "group_name tech",
    "linked_tech": "primary_region primary_tech emis_comm driven_tech",
    "planning_reserve_margin": "region margin",
    "capacity_credit": "region period tech vintage credit",
    "reserve_capacity_derate": "region season tech vintage factor",
    "rps_requirement": "region period tech_group requirement",
    "ramp_up_hourly": "region tech rate", "ramp_down_hourly": "region tech rate",
}  # fmt: skip
"""The columns of each table that is read; what is neither a name nor a year is a number."""
LISTED_IN: Mapping[str, tuple[str, ...]] = {
    "tech": ("technology",), "primary_tech": ("technology",), "driven_tech": ("technology",),
    "tech_or_group": ("technology", "tech_group_member", "tech_group"),
    "sub_group": ("technology", "tech_group_member", "tech_group"),
    "super_group": ("technology", "tech_group_member", "tech_group"),
    "tech_group": ("technology", "tech_group_member", "tech_group"),
    "input_comm": ("commodity",), "output_comm": ("commodity",), "emis_comm": ("commodity",),
    "commodity": ("commodity",), "demand_name": ("commodity",),
    "season": ("time_season", "time_segment_fraction"), "tod": ("time_of_day",),
    "period": ("time_period",), "vintage": ("time_period",),
}  # fmt: skip
"""The tables that list what a column may name."""
NAMED_BY: Mapping[str, str] = {
    "technology": "tech", "commodity": "name", "tech_group": "group_name",
    "tech_group_member": "group_name", "time_season": "season", "time_segment_fraction": "season",
    "time_of_day": "tod", "time_period": "period", "time_season_sequential": "seas_seq",
}  # fmt: skip
SINGLE: Mapping[str, tuple[str, ...]] = {"season": ("S",), "tod": ("D",)}
"""What a season or a time of day is called where no table lists them."""
PLACES, YEARS = ("region", "primary_region"), ("period", "vintage")
WORDS: Mapping[str, tuple[str, ...]] = {"operator": ("le", "ge", "e")}
FLAGS: Mapping[str, tuple[str, ...]] = {
    "technology": ("p", "pb", "ps"), "time_period": ("e", "f"),
    "commodity": ("s", "p", "a", "d", "e", "w", "wa", "wp"),
}  # fmt: skip
FLAGGED: Mapping[tuple[str, str], str] = {
    ("demand", "commodity"): "d", ("demand_specific_distribution", "demand_name"): "d",
    **{(t, "emis_comm"): "e" for t in ("cost_emission", "emission_activity", "limit_emission",
                                       "emission_embodied", "emission_end_of_life")},
}  # fmt: skip
"""What flag a commodity bears in some columns."""
PLAIN = ("demand", "demand_specific_distribution", "cost_emission", "planning_reserve_margin",
         "linked_tech", "rps_requirement")  # fmt: skip
"""Tables of regions, not of exchanges between them."""
TEXTS = ("element", "name", "seas_seq", "group_name")
MAY_BE_EMPTY = ("seed", "rate", "hours")
PERHAPS = ("period", "hours", "segment_fraction", "num_days", "segfrac", "vintage")
"""Columns that some drafts of the schema have; looked at where they are."""
NUMBERS = ("DB_MINOR", "days_per_period", "global_discount_rate", "default_loan_rate")
"""Settings of metadata and metadata_real that are read."""
RATES, MOST = ("global_discount_rate", "default_loan_rate"), 0.5
"""Rates a year, and what is above any of them."""
MAY_BE_EMPTY_IN: Mapping[str, tuple[str, ...]] = {
    "limit_annual_capacity_factor": ("vintage", "output_comm"),
    "limit_storage_level_fraction": ("vintage", "period"),
    "metadata": ("value",), "metadata_real": ("value",),
}  # fmt: skip
ABOVE_ZERO = ("lifetime", "c2a")
NOT_NEGATIVE = ("efficiency", "demand", "dsd", "duration", "fraction", "factor", "segment_fraction",
                "hours", "num_days", "segfrac")  # fmt: skip
FREE = ("metadata", "metadata_real")
"""Tables whose values are looked at when they are needed."""
LONG = 8
"""As many rows with the same fault are counted, not listed."""


@dataclass(frozen=True)
class Checked:
    """Finds the faults of the tables of a database."""

    tables: Mapping[str, Sequence[Row]]

    def faults(self) -> list[str]:
        """Every fault; the same one in several rows is told once."""
        found = list(self._regions())
        for table, columns in COLUMNS.items():
            rows = self.tables.get(table, ())
            if rows:
                found += self._table(table, columns.split(), rows)
        found += self._settings()
        if not found:
            found += [*self._exchange(), *self._horizon()]
        return found

    def _table(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> Iterator[str]:
        needed = list(columns)
        if table == "time_season" and not self.tables.get("time_segment_fraction"):
            needed.append("segment_fraction")
        missing = [column for column in needed if column not in rows[0]]
        for column in missing:
            yield f"{table}: column {column} is missing; the table has {', '.join(rows[0])}"
        present = [*needed, *(c for c in PERHAPS if c in rows[0])]
        for column in dict.fromkeys(c for c in present if c not in missing):
            yield from self._column(table, column, rows)
        if not missing:
            yield from _repeated(table, rows)

    def _column(self, table: str, column: str, rows: Sequence[Row]) -> Iterator[str]:
        """Check each cell of a column; rows with the same fault are told together."""
        fault_of = self._check(table, column)
        places: dict[str, list[int]] = {}
        for number, row in enumerate(rows, 1):
            if fault := fault_of(row[column]):
                places.setdefault(fault, []).append(number)
        for fault, numbers in places.items():
            more = f" and {len(numbers) - 1} more" if len(numbers) > 1 else ""
            yield f"{table}: row {numbers[0]}{more}: {column} {fault}"

    def _check(self, table: str, column: str) -> Callable[[Any], str]:
        """Return what says the fault of a cell, or nothing."""
        empty = column in (*MAY_BE_EMPTY, *MAY_BE_EMPTY_IN.get(table, ()))
        if column in TEXTS or table in FREE or (table, column) == ("region", "region"):
            return lambda cell: "is empty; fill it" if cell is None and not empty else ""
        if column in PLACES:
            return lambda cell: self._place(table, cell)
        if column == "flag":
            return lambda cell: _unknown(column, cell, FLAGS[table])
        if column in YEARS:
            return lambda cell: "" if cell is None and empty else self._year(table, cell)
        known = WORDS.get(column) or self._names(table, column)
        if flag := FLAGGED.get((table, column)):
            flags = {row.get("name"): row.get("flag") for row in self.tables.get("commodity", ())}
            return lambda cell: _unknown(column, cell, known) or (
                "" if flags[cell] == flag
                else f"{cell!r} has flag {flags[cell]} in commodity, not {flag}"
            )  # fmt: skip
        if known or column in LISTED_IN:
            return lambda cell: "" if cell is None and empty else _unknown(column, cell, known)
        return lambda cell: "" if cell is None and empty else _number(table, column, cell)

    @cached_property
    def _listed(self) -> dict[tuple[str, ...], list[str]]:
        return {}

    def _names(self, table: str, column: str) -> Sequence[str]:
        """What a column may name."""
        tables = LISTED_IN.get(column, ())
        if column == "season" and table == "limit_storage_level_fraction":
            tables = (*tables, "time_season_sequential")
        if tables and table in tables:
            return [str(row[column]) for row in self.tables[table] if row.get(column) is not None]
        if tables not in self._listed:
            self._listed[tables] = [
                str(row[NAMED_BY[name]])
                for name in tables
                for row in self.tables.get(name, ())
                if row.get(NAMED_BY[name]) is not None
            ]
        return self._listed[tables] or SINGLE.get(column, ())

    def _year(self, table: str, cell: Any) -> str:
        """Say what is wrong with a year; survival curves may name any."""
        if not isinstance(cell, int):
            return f"is {cell!r}; write a year"
        known = self._names(table, "period")
        if table == "time_period" and not FIRST_YEAR <= cell <= LAST_YEAR:
            return f"{cell} is out of range; write {FIRST_YEAR} to {LAST_YEAR}"
        if table in ("time_period", "lifetime_survival_curve") or str(cell) in known:
            return ""
        return f"{cell} is not in time_period; add it there or delete the row"

    @cached_property
    def _own(self) -> list[str]:
        return [str(row["region"]) for row in self.tables.get("region", ()) if "region" in row]

    def _regions(self) -> Iterator[str]:
        for name in self._own:
            if name == "global" or set(name) & set("-+"):
                yield (
                    f"region: {name!r} cannot name a region: - stands between the regions of an "
                    "exchange, + in groups, and global means all; give it another name"
                )

    def _place(self, table: str, cell: Any) -> str:
        """Say what is wrong with a region, a pair of them or, in limits, a group of them."""
        if cell is None:
            return "is empty; name a region"
        name, grouped = str(cell), table.startswith("limit_")
        if grouped and name == "global":
            return ""
        for part in name.split("+") if grouped else [name]:
            ends = part.split("-")
            unknown = [end for end in ends if end not in self._own]
            if unknown:
                return f"{name!r}: {unknown[0]!r} is not in region; {hint(unknown[0], self._own)}"
            if len(ends) > 2 or (len(ends) == 2 and ends[0] == ends[1]):
                return f"{name!r} is no pair of regions; write FROM-TO"
            if len(ends) == 2 and table in PLAIN:
                return f"{name!r} is a pair of regions; name one region"
            if len(ends) == 2 and part not in self._joined:
                return f"{part!r}: nothing goes from {ends[0]} to {ends[1]} in efficiency"
        return ""

    @cached_property
    def _joined(self) -> frozenset[str]:
        rows = self.tables.get("efficiency", ())
        return frozenset(str(row.get("region")) for row in rows)

    def _settings(self) -> Iterator[str]:
        """The settings that are read are numbers."""
        for table in FREE:
            for row in self.tables.get(table, ()):
                name, value = row.get("element"), row.get("value")
                fault = _number(table, str(name), value) if name in NUMBERS else ""
                if fault and value is not None:
                    yield f"{table}: value of {name} {fault}"

    def _horizon(self) -> Iterator[str]:
        """What exists is older than what is optimised."""
        years = {row["period"]: row["flag"] for row in self.tables.get("time_period", ())}
        first = min((year for year, flag in years.items() if flag == "f"), default=LAST_YEAR)
        for year in sorted(y for y, flag in years.items() if flag == "e" and y >= first):
            yield f"time_period: {year} has flag e, but {first} before it has flag f"

    def _exchange(self) -> Iterator[str]:
        """A technology between regions is marked so, and has one capacity both ways."""
        for row in self.tables.get("technology", ()):
            both = [name for name in ("unlim_cap", "annual") if row.get(name)]
            if row["flag"] == "ps" and both:
                yield f"technology: {row['tech']} has flag ps, so it cannot have {both[0]}"
        marked = {
            row["tech"]: bool(row.get("exchange")) for row in self.tables.get("technology", ())
        }
        told = set[tuple[str, bool]]()
        for row in self.tables.get("efficiency", ()):
            tech, pair = row["tech"], "-" in str(row["region"])
            if tech in marked and pair != marked[tech] and (tech, pair) not in told:
                told.add((tech, pair))
                wrong = (
                    "is a pair of regions, but technology does not mark it exchange"
                    if pair
                    else "is no pair of regions, but technology marks it exchange"
                )
                yield f"efficiency: region {row['region']} of {tech} {wrong}"
        stock = {
            (str(row["region"]), row["tech"], row["vintage"]): row["capacity"]
            for row in self.tables.get("existing_capacity", ())
        }
        for (region, tech, vintage), capacity in stock.items():
            source, _, target = region.partition("-")
            back = stock.get((f"{target}-{source}", tech, vintage), capacity)
            if source < target and back != capacity:
                yield (
                    f"existing_capacity: {tech} {vintage} has {capacity} from {source} to {target} "
                    f"and {back} back; a line has one capacity both ways"
                )


def _unknown(column: str, cell: Any, known: Sequence[str]) -> str:
    """Say that a name is not among those known."""
    if cell is None:
        return "is empty; fill it or delete the row"
    if str(cell) in known:
        return ""
    tables = " or ".join(t for t in LISTED_IN.get(column, ()) if t != "tech_group_member")
    where = f"is not in {tables}" if tables else "is not known"
    return f"{str(cell)!r} {where}; {hint(str(cell), known)}"


def _number(table: str, column: str, cell: Any) -> str:
    """Say why a cell is not a number that can be meant."""
    if cell is None:
        return "is empty; fill it or delete the row"
    try:
        value = float(cell)
    except (TypeError, ValueError):
        return f"is {cell!r}; write a number"
    if not math.isfinite(value):
        return f"is {value}; write a finite number"
    if column in ABOVE_ZERO and value <= 0:
        return f"is {value:g}; it must be above zero"
    if (table == "loan_rate" and column == "rate") or column in RATES:
        return "" if abs(value) < MOST else f"is {value:g}; a rate is a share, like 0.05"
    bound = column in NOT_NEGATIVE or (table, column) == ("existing_capacity", "capacity")
    return f"is {value:g}; it must not be negative" if bound and value < 0 else ""


def _repeated(table: str, rows: Sequence[Row]) -> Iterator[str]:
    """Rows of the same names and years: which one holds is not said."""
    words = (*LISTED_IN, *PLACES, *WORDS, *TEXTS)
    keys = [column for column in rows[0] if column in words and column != "flag"]
    if table == "technology":
        keys = ["tech"]
    if not keys:
        return
    first: dict[tuple[Any, ...], int] = {}
    again: list[tuple[int, int]] = []
    for number, row in enumerate(rows, 1):
        key = tuple(row[column] for column in keys)
        if first.setdefault(key, number) != number:
            again.append((number, first[key]))
    for number, before in again[:LONG]:
        what = ", ".join(str(rows[number - 1][column]) for column in keys)
        yield f"{table}: row {number} repeats row {before} ({what}); keep one"
    if len(again) > LONG:
        yield f"{table}: {len(again) - LONG} more rows repeat others"
