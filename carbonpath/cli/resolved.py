"""A scenario or a result as a flat list of values, each with its origin: for show and diff."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from carbonpath.run import Options
    from carbonpath.scenario import Scenario

VALUE = "value"
NOT_COMPARED = ("file", "line", "folder", "was", "note", "source", "quality", "because")
KEPT = {"values": ("table", "key"), "limits": ("id",)}
"""Tables that a result keeps of its inputs, with what names a row."""
SETTINGS = ("dataset", "knowledge", "innovation", "options", "horizon", "solve")


@dataclass(frozen=True)
class Value:
    """One value: where it belongs, what it is, which file and line set it."""

    table: str
    key: str
    cells: Mapping[str, str]
    unit: str
    origin: str

    @property
    def value(self) -> str:
        """The value of the row, and what else it says by name."""
        return told(self.cells)

    def as_json(self) -> dict[str, str]:
        """Return the value as plain data."""
        names = ("table", "key", "value", "unit", "origin")
        return {name: getattr(self, name) for name in names}


def of_scenario(path: Path, options: "Options") -> list[Value]:
    """Return every value of a scenario: its settings, then the tables as it sees them."""
    from carbonpath.inputs.frames import origins
    from carbonpath.inputs.load import load_tables
    from carbonpath.run import read
    from carbonpath.spec.tables import TABLES

    scenario = read(path, options)
    tables = load_tables(scenario)
    found = list(_settings(scenario))
    for table in TABLES:
        frame = tables.frames[table.name]
        written = [column for column in frame.columns if column in table.columns]
        found += _rows(table.name, table.keys, frame[written], origins(frame))
    return found


def of_result(folder: Path) -> list[Value]:
    """Return the resolved inputs that a result keeps, and its options."""
    from carbonpath.results.store import read

    results = read(folder)
    chosen = {**results.manifest.get("choices", {}), **_options(results.manifest)}
    found = [
        Value("options", name, {VALUE: str(value)}, "", str(folder))
        for name, value in chosen.items()
    ]
    for name, keys in KEPT.items():
        frame = results.tables.get(name)
        if frame is not None and len(frame):
            known = [key for key in keys if key in frame]
            places = frame["origin"].astype(str) if "origin" in frame else [""] * len(frame)
            found += _rows(name, known, frame, list(places))
    return found


def differences(first: Sequence[Value], second: Sequence[Value]) -> list[dict[str, str]]:
    """Return what differs, in the order of the tables; '' where a side has no such value."""
    before = {(value.table, value.key): value for value in first}
    after = {(value.table, value.key): value for value in second}
    rows = []
    for key in [*before, *(key for key in after if key not in before)]:
        old, new = before.get(key), after.get(key)
        if old and new and (old.value, old.unit) == (new.value, new.unit):
            continue
        rows.append({"table": key[0], "key": key[1], **_apart(old, new)})
    return rows


def _apart(old: Value | None, new: Value | None) -> dict[str, str]:
    """What two values of one key say differently; all of the one there is if there is one."""
    shown = new or old
    origin = {"unit": shown.unit, "origin": shown.origin} if shown else {}
    if old is None or new is None:
        return {"first": old.value if old else "", "second": new.value if new else "", **origin}
    names = [*old.cells, *(name for name in new.cells if name not in old.cells)]
    differing = [n for n in names if old.cells.get(n) != new.cells.get(n)] or [VALUE]
    first, second = (
        {name: value.cells.get(name, "-") for name in differing} for value in (old, new)
    )
    return {"first": told(first), "second": told(second), **origin}


def told(cells: Mapping[str, str]) -> str:
    """Cells as text: the value itself, then the others by name."""
    return " ".join(text if name == VALUE else f"{name}={text}" for name, text in cells.items())


def _options(manifest: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in manifest.get("options", {}).items() if value is not None}


def _settings(scenario: "Scenario") -> Iterator[Value]:
    """What a scenario file says beside tables."""
    for name in SETTINGS:
        yield from _nested(scenario, (name,), getattr(scenario, name))


def _nested(scenario: "Scenario", path: tuple[str, ...], value: Any) -> Iterator[Value]:
    """Follow a setting down to its plain values."""
    if hasattr(value, "model_dump"):
        value = {name: getattr(value, name) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _nested(scenario, (*path, str(name)), inner)
    elif value is not None and value != "":
        cells = {VALUE: _plain(value)}
        yield Value("scenario", ".".join(path), cells, "", scenario.place(*path))


def _rows(
    table: str, keys: Sequence[str], frame: "pd.DataFrame", origin: Sequence[str]
) -> Iterator[Value]:
    """One value for each row; a table without a value column shows all it has."""
    others = [
        str(c) for c in frame.columns if c not in (*keys, VALUE, "unit", "origin", *NOT_COMPARED)
    ]
    for row, place in zip(frame.to_dict("records"), origin, strict=True):
        key = " ".join(f"{name}={_plain(row[name])}" for name in keys if _given(row.get(name)))
        names = [
            name
            for name in (VALUE, *others)
            if name in row and (name == VALUE or _given(row[name]))
        ]
        cells = {name: _plain(row[name]) for name in names}
        yield Value(table, key, cells, str(row.get("unit", "")), place)


def _given(cell: Any) -> bool:
    """Whether a cell holds anything; no year is 0."""
    return cell is not None and cell == cell and cell not in ("", 0)


def _plain(value: Any) -> str:
    """A value as text; a number without needless digits."""
    if isinstance(value, float):
        return "" if value != value else f"{value:.10g}"
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    return str(value)
