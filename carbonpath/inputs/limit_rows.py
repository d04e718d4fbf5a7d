"""Limits and prices of a scenario as rows of limits.csv and prices.csv, merged by id."""

from collections.abc import Iterable, Mapping
from typing import Any

from carbonpath.inputs.frames import (
    FILE,
    FOLDER,
    LINE,
    WAS,
    Frame,
    chosen,
    joined,
    origins,
    row_of,
    texts,
    written,
)
from carbonpath.inputs.problems import Problems
from carbonpath.scenario import Amount, LimitRow, PriceRow, Scenario
from carbonpath.spec.nearest import hint
from carbonpath.spec.tables import BY_NAME
from carbonpath.strict_yaml import shown

KIND = "changes_match_rows"
SELECTORS = ("technology", "commodity", "sector", "group")
PLAIN = (
    "quantity", "of", "lag", "per", "sense", "between", "seed", "mode", "regime", "source",
    "quality", "because", "note",
)  # fmt: skip
ASSUMED = {"source": "assumption", "quality": "assumed"}
"""Where new values come from if the scenario does not say."""
Row = dict[str, Any]


def limit_rows(data: Frame, scenario: Scenario, problems: Problems) -> Frame:
    """Lay the scenario's limits over the dataset's."""
    for limit in scenario.limits:
        place = scenario.place("limits", limit.id)
        for key in (*limit.where, *limit.of_where):
            if key not in SELECTORS:
                remedy = hint(key, SELECTORS)
                problems.add(KIND, f"{place}: limits cannot select by {shown(key)}; {remedy}")
        data = _merged(data, "limits", limit, _limit_cells(limit), scenario, problems)
    return data


def price_rows(data: Frame, scenario: Scenario, problems: Problems) -> Frame:
    """Lay the scenario's prices over the dataset's."""
    for price in scenario.prices:
        cells = {"commodity": price.of or ""} | _common_cells(price, ("between", *PLAIN[-4:]))
        given = {column: cell for column, cell in cells.items() if cell}
        data = _merged(data, "prices", price, given, scenario, problems)
    return data


def _limit_cells(limit: LimitRow) -> dict[str, str]:
    """Return the cells that a limit of a scenario gives."""
    cells = _common_cells(limit, PLAIN)
    for prefix, where in (("", limit.where), ("of_", limit.of_where)):
        cells |= {f"{prefix}{key}": "|".join(patterns) for key, patterns in where.items()}
    if limit.each is not None:
        cells["each"] = " ".join(limit.each)
    if limit.price is not None:
        number, unit = limit.price
        cells |= {"price": number, "price_unit": unit}
    return cells


def _common_cells(row: LimitRow | PriceRow, columns: Iterable[str]) -> dict[str, str]:
    cells = {
        column: str(value)
        for column in columns
        if (value := getattr(row, column, None)) is not None
    }
    if row.label is not None:
        cells |= {"label_zh": row.label.zh, "label_en": row.label.en}
    return cells


def _merged(
    data: Frame,
    table: str,
    row: LimitRow | PriceRow,
    cells: Mapping[str, str],
    scenario: Scenario,
    problems: Problems,
) -> Frame:
    """Remove, alter or add the rows of one id."""
    place = scenario.place(table, row.id)
    mine = [other == row.id for other in texts(data, "id")]
    rest = chosen(data, [not own for own in mine])
    if row.remove or (row.value is None and not any(mine)):
        written_by_a_parent = row.remove and (table, row.id, "value") in scenario.places
        if not any(mine) and not written_by_a_parent:
            remedy = hint(row.id, set(texts(data, "id")), "give it a 'value' or check the id")
            problems.add(
                KIND, f"{place}: no inherited entry of {table} is {shown(row.id)}; {remedy}"
            )
        return rest
    known = {column: cell for column, cell in cells.items() if column in data}
    if row.value is None:
        return _altered(data, [i for i, own in enumerate(mine) if own], known, place)
    template = row_of(data, mine.index(True)) if any(mine) else _blank(table)
    cells = {**template, **ASSUMED, **known, "id": row.id}
    new = [
        {**cells, **_value_cells(table, row.id, year, amount, scenario)}
        for year, amount in row.value.items()
    ]
    return joined(rest, new)


def _value_cells(
    table: str, name: str, year: int | None, amount: Amount, scenario: Scenario
) -> Row:
    """Return period, value and unit of one year, and the line they stand in."""
    path = (table, name, "value", *((year,) if year is not None else ()))
    file, _, line = scenario.place(*path).rpartition(":")
    return {
        "period": str(year or ""), "value": amount.number, "unit": amount.unit, "when": "",
        "known_since": "", FILE: file, LINE: int(line), WAS: "",
    }  # fmt: skip


def _altered(data: Frame, rows: list[int], cells: Mapping[str, str], place: str) -> Frame:
    """Lay cells over rows that stay."""
    before = origins(data)
    file, _, line = place.rpartition(":")
    stamp = {FILE: file, LINE: int(line), WAS: [before[row] for row in rows]}
    return written(data, rows, {**cells, **stamp})


def _blank(table: str) -> Row:
    """Return a row with defaults only."""
    spec = BY_NAME[table]
    cells = {column: spec.defaults.get(column, "") for column in spec.columns}
    return {**cells, FOLDER: ""}
