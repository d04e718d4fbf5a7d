"""A scenario or a result as a flat list of values, each with its origin: for show and diff."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from carbonpath.run import Options
    from carbonpath.scenario import Scenario

NOT_COMPARED = ("file", "line", "folder", "was", "note", "source", "quality", "because")
SETTINGS = ("dataset", "knowledge", "innovation", "options", "horizon", "solve")


@dataclass(frozen=True)
class Value:
    """One value: where it belongs, what it is, which file and line set it."""

    table: str
    key: str
    value: str
    unit: str
    origin: str

    def as_json(self) -> dict[str, str]:
        """Return the value as plain data."""
        return asdict(self)


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
    from carbonpath import open_results

    results = open_results(folder)
    found = [
        Value("options", name, str(value), "", str(folder))
        for name, value in {
            **results.manifest.get("choices", {}),
            **_options(results.manifest),
        }.items()
    ]
    for name in ("values", "limits"):
        frame = results.tables.get(name)
        if frame is not None and len(frame):
            keys = [c for c in frame.columns if c not in ("value", "unit", "origin", *NOT_COMPARED)]
            origin = (
                frame["origin"].astype(str).tolist() if "origin" in frame else [""] * len(frame)
            )
            found += _rows(name, keys, frame, origin)
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
        shown = new or old
        rows.append(
            {
                "table": key[0],
                "key": key[1],
                "first": old.value if old else "",
                "second": new.value if new else "",
                "unit": shown.unit if shown else "",
                "origin": shown.origin if shown else "",
            }
        )
    return rows


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
        yield Value("scenario", ".".join(path), _plain(value), "", scenario.place(*path))


def _rows(
    table: str, keys: Sequence[str], frame: "pd.DataFrame", origin: Sequence[str]
) -> Iterator[Value]:
    """One value for each row; a table without a value column shows all it has."""
    others = [
        str(c) for c in frame.columns if c not in (*keys, "value", "unit", "origin", *NOT_COMPARED)
    ]
    for row, place in zip(frame.to_dict("records"), origin, strict=True):
        key = " ".join(f"{name}={_plain(row[name])}" for name in keys if _given(row.get(name)))
        rest = " ".join(f"{name}={_plain(row[name])}" for name in others if _given(row.get(name)))
        value = " ".join(text for text in (_plain(row.get("value", "")), rest) if text)
        yield Value(table, key, value, str(row.get("unit", "")), place)


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
