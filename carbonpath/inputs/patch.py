"""Lays a scenario over the tables: drivers, limits, prices, then its changes one by one."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from carbonpath.inputs.cells import NUMBER
from carbonpath.inputs.frames import (
    FILE,
    FOLDER,
    LINE,
    WAS,
    Frame,
    Frames,
    chosen,
    joined,
    origins,
    row_of,
    texts,
    written,
)
from carbonpath.inputs.limit_rows import limit_rows, price_rows
from carbonpath.inputs.problems import Problems
from carbonpath.scenario import Amount, Change, DriverChange, Scenario
from carbonpath.scenario.amounts import amount, amount_in, years
from carbonpath.spec.nearest import hint
from carbonpath.spec.tables import BY_NAME
from carbonpath.strict_yaml import shown

KIND = "changes_match_rows"
YEARS = ("period", "vintage", "known_since", "year")


def patched(frames: Frames, scenario: Scenario, problems: Problems) -> dict[str, Frame]:
    """Return the tables as the scenario wants them; what matches nothing is a problem."""
    result = dict(frames)
    result["drivers"] = _with_drivers(result["drivers"], scenario, problems)
    result["limits"] = limit_rows(result["limits"], scenario, problems)
    result["prices"] = price_rows(result["prices"], scenario, problems)
    for number, change in enumerate(scenario.changes):
        place = scenario.place("changes", number)
        if change.table in result:
            edit = _Edit(change, place, problems, _sectors(result))
            result[change.table] = edit.apply(result[change.table])
        else:
            remedy = hint(change.table, BY_NAME, "see docs/tables.md")
            problems.add(KIND, f"{place}: no table is called {shown(change.table)}; {remedy}")
    return result


def _sectors(frames: Frames) -> dict[str, str]:
    """Return the sector folder of each technology and commodity."""
    return {
        name: folder
        for table, column in (("commodities", "commodity"), ("technologies", "technology"))
        for name, folder in zip(
            texts(frames[table], column), texts(frames[table], FOLDER), strict=True
        )
    }


def _with_drivers(data: Frame, scenario: Scenario, problems: Problems) -> Frame:
    """Replace or scale driver series; years before the first one given keep the old values."""
    for name, change in scenario.drivers.items():
        place = scenario.place("drivers", name)
        if name not in texts(data, "driver"):
            remedy = hint(name, set(texts(data, "driver")), "see drivers.csv")
            problems.add(KIND, f"{place}: no driver is called {shown(name)}; {remedy}")
        elif change.values is not None:
            data = _with_values(data, name, change, scenario)
        else:
            data = _with_factors(data, name, change, place, problems)
    return data


def _with_values(data: Frame, name: str, change: DriverChange, scenario: Scenario) -> Frame:
    """Put new values in the place of old ones, from the first year given on."""
    values: Mapping[int | None, Amount] = change.values or {}
    first = str(min((year for year in values if year is not None), default=0))
    names, periods, whens = (texts(data, column) for column in ("driver", "period", "when"))
    mine = [other == name for other in names]
    template = row_of(data, mine.index(True))
    between = change.between or template["between"]
    rows = []
    for year, (number, unit) in values.items():
        file, _, line = scenario.place("drivers", name, year or "values").rpartition(":")
        rows.append({
            **template, "period": str(year or ""), "when": "", "value": number, "unit": unit,
            "between": between, "note": change.because, "source": change.source or "assumption",
            "quality": change.quality, "known_since": "", FILE: file, LINE: int(line), WAS: "",
        })  # fmt: skip
    kept = [
        not own or (period != "" and period < first and when == "")
        for own, period, when in zip(mine, periods, whens, strict=True)
    ]
    rest = chosen(data, kept)
    own_rows = [row for row, other in enumerate(texts(rest, "driver")) if other == name]
    return joined(written(rest, own_rows, {"between": between}), rows)


def _with_factors(
    data: Frame, name: str, change: DriverChange, place: str, problems: Problems
) -> Frame:
    """Multiply the values of a driver, all of them or those of some years."""
    for year, factor in (change.scale or {}).items():
        where = {"driver": name} | ({"period": year} if year is not None else {})
        edit = Change(table="drivers", where=where, scale=amount_in(factor, "1"))
        data = _Edit(edit, place, problems).apply(data)
    return data


@dataclass(frozen=True)
class _Edit:
    """One change of one table."""

    change: Change
    place: str
    problems: Problems
    sectors: Mapping[str, str] = field(default_factory=dict)

    def apply(self, data: Frame) -> Frame:
        """Return the table after the change."""
        if self.change.add is not None:
            return self._add(data, self.change.add)
        rows = self._matches(data)
        if not rows:
            return data
        if self.change.drop is not None:
            matched = set(rows) if self.change.drop else set()
            return chosen(data, [row not in matched for row in range(len(data))])
        return self._set(data, rows) if self.change.scale is None else self._scale(data, rows)

    def _matches(self, data: Frame) -> list[int]:
        """Return the rows that `where` selects; no row at all is a problem."""
        unknown = [column for column in self.change.where if column not in self._columns(data)]
        for column in unknown:
            remedy = hint(column, self._columns(data), "see docs/tables.md")
            self._problem(f"table {self.change.table!r} has no column {shown(column)}; {remedy}")
        if unknown:
            return []
        keep = [True] * len(data)
        for column, wanted in self.change.where.items():
            test = _test(column, wanted)
            if isinstance(test, str):
                self._problem(test)
                return []
            known = {text: test.accepts(text) for text in set(texts(data, _column(column)))}
            keep = [k and known[t] for k, t in zip(keep, texts(data, _column(column)), strict=True)]
            if not any(keep):
                self._nothing(column, wanted, known)
                return []
        return [row for row, kept in enumerate(keep) if kept]

    def _columns(self, data: Frame) -> list[str]:
        own = BY_NAME[self.change.table].columns
        return [*own, "sector"] if "sector" not in own else list(own)

    def _nothing(self, column: str, wanted: object, known: Iterable[str]) -> None:
        where = ", ".join(f"{key}: {value}" for key, value in self.change.where.items())
        remedy = hint(str(wanted), [text for text in known if text], f"check {column!r}")
        self._problem(f"no row of table {self.change.table!r} has {where}; {remedy}")

    def _problem(self, sentence: str) -> None:
        self.problems.add(KIND, f"{self.place}: {sentence}")

    def _stamped(self, data: Frame, rows: list[int]) -> Frame:
        """Return a copy whose changed rows name the scenario, and where they stood before."""
        before = origins(data)
        file, _, line = self.place.rpartition(":")
        cells = {WAS: [before[row] for row in rows], FILE: file, LINE: int(line)}
        if self.change.because and "note" in data:
            cells["note"] = self.change.because
        return written(data, rows, cells)

    def _set(self, data: Frame, rows: list[int]) -> Frame:
        """Write new cells: an amount goes to value and unit, a mapping names its columns.

        A new value is an assumption of the scenario unless it names a source itself.
        """
        cells = dict(self._cells(data))
        if "value" in cells and "source" in data:
            cells = {"source": "assumption", "quality": "assumed", **cells}
        return written(self._stamped(data, rows), rows, cells)

    def _cells(self, data: Frame) -> Iterator[tuple[str, str]]:
        new = self.change.set
        if isinstance(new, Mapping):
            yield from self._named_cells(new)
            return
        if "value" not in data:
            self._problem(
                f"table {self.change.table!r} has no values; write 'set: {{column: cell}}'"
            )
            return
        try:
            number, unit = amount(new)
        except ValueError as error:
            self._problem(str(error))
            return
        yield "value", number
        if "unit" in data:
            yield "unit", unit

    def _named_cells(self, cells: Mapping[str, object]) -> Iterator[tuple[str, str]]:
        columns = BY_NAME[self.change.table].columns
        for column, cell in cells.items():
            if column not in columns:
                remedy = hint(str(column), columns)
                self._problem(f"no column is called {shown(column)}; {remedy}")
            elif isinstance(cell, (bool, list, dict)):
                self._problem(f"{column}: {shown(cell)} is no cell; write a text or a number")
            else:
                yield str(column), "" if cell is None else str(cell)

    def _scale(self, data: Frame, rows: list[int]) -> Frame:
        """Multiply values; cells that are no numbers stay and are told later."""
        if "value" not in data:
            self._problem(f"table {self.change.table!r} has no values to scale; use 'set'")
            return data
        factor = self.change.scale or 0.0
        cells = [texts(data, "value")[row] for row in rows]
        scaled = [
            repr(float(cell) * factor) if re.fullmatch(NUMBER, cell) else cell for cell in cells
        ]
        quality = {"quality": "assumed"} if "quality" in data else {}
        return written(self._stamped(data, rows), rows, {"value": scaled, **quality})

    def _add(self, data: Frame, cells: Mapping[str, str]) -> Frame:
        """Append one row; its sector is named, or that of its technology or commodity."""
        table, columns = BY_NAME[self.change.table], self._columns(data)
        unknown = [column for column in cells if column not in columns]
        for column in unknown:
            self._problem(f"no column is called {shown(column)}; {hint(column, columns)}")
        sector = cells.get("sector", "") if "sector" not in table.columns else ""
        if sector and sector not in self.sectors.values():
            known = sorted(set(self.sectors.values()) - {""})
            self._problem(f"no sector is called {shown(sector)}; {hint(sector, known)}")
        elif not unknown:
            file, _, line = self.place.rpartition(":")
            named = (cells.get(column, "") for column in ("technology", "commodity"))
            home = sector or next((self.sectors[n] for n in named if n in self.sectors), "")
            own = {column: cell for column, cell in cells.items() if column in table.columns}
            place = {FILE: file, LINE: int(line), FOLDER: home}
            return joined(data, [{**table.defaults, **own, **place}])
        return data


@dataclass(frozen=True)
class _Test:
    """What a cell must be to match: one of some glob patterns, or a year of some ranges."""

    patterns: tuple[str, ...] = ()
    years: frozenset[str] = frozenset()

    def accepts(self, text: str) -> bool:
        return text in self.years or any(fnmatchcase(text, pattern) for pattern in self.patterns)


def _test(column: str, wanted: object) -> _Test | str:
    """Return the test of one column, or what is wrong with it."""
    if column in YEARS and wanted not in ("", None):
        try:
            return _Test(years=frozenset(str(year) for year in years(wanted)))
        except ValueError as error:
            return f"{column}: {error}"
    entries = wanted if isinstance(wanted, list) else [wanted]
    if any(isinstance(entry, (dict, list, float, bool)) for entry in entries):
        return f"{column}: {shown(wanted)} is no text; write a name or a pattern such as coal_*"
    return _Test(patterns=tuple("" if entry is None else str(entry) for entry in entries))


def _column(column: str) -> str:
    return FOLDER if column == "sector" else column
