"""Writes imported data as a dataset folder and a scenario that runs it."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from carbonpath.errors import EnvironmentFault
from carbonpath.spec.tables import BY_NAME

SECTOR = "imported"
SOURCE = "imported"
TRACED = {"source": SOURCE, "quality": "derived"}
MARK = ".imported"
"""A file in folders that an import wrote, and that a later import may therefore replace."""
Row = Mapping[str, object]


@dataclass(frozen=True)
class Told:
    """What became of one thing in the data: imported, approximated, or not supported."""

    name: str
    status: str
    how: str


IMPORTED, APPROXIMATED, UNSUPPORTED = "imported", "approximated", "not supported"
PAGE = "import.md"
"""The page in a dataset's folder that says where each part of the data went."""
HEADINGS = {
    UNSUPPORTED: "Not supported: the results leave this out",
    APPROXIMATED: "Taken with a remark",
    IMPORTED: "Imported as it is",
}


@dataclass
class Draft:
    """A dataset in the making: rows by table, settings, and what is to be told."""

    dataset: dict[str, Any] = field(default_factory=dict)
    scenario: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)

    def add(self, table: str, **cells: object) -> None:
        """Append one row; rows of tables that want a source get that of the import."""
        traced = TRACED if "source" in BY_NAME[table].columns and table != "sources" else {}
        self.tables.setdefault(table, []).append({**traced, **cells})

    def series(self, table: str, values: Mapping[str, float], **cells: object) -> None:
        """Append a series: one row if it is the same in all years, else one for each year."""
        if len(set(values.values())) == 1:
            self.add(table, value=next(iter(values.values())), **cells)
            return
        for year, value in values.items():
            self.add(table, period=year, value=value, **cells)

    def tell(self, name: str, status: str, how: str) -> None:
        """Note what became of something, once."""
        told = Told(name, status, how)
        if told not in self.told:
            self.told.append(told)


MONEY = {"zh": "数据来源的货币", "en": "money of the source"}
"""What the money of imported data is called where nobody says what it is."""


def name_money(draft: Draft, name: str | None) -> None:
    """Name the money of a dataset: one name, or Chinese and English with | between them."""
    if name:
        zh, _, en = (part.strip() for part in name.partition("|"))
        draft.dataset["currency"] = {"zh": zh or en, "en": en or zh}


class Names:
    """Turns foreign names into ids: what an id may not hold becomes '_', and each is unique."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self.taken = set(reserved)
        self.changed: dict[str, str] = {}

    def id(self, name: str, suffix: str = "") -> str:
        """Return a new id for a name; the suffix serves where the name is taken."""
        plain = re.sub(r"[^A-Za-z0-9_.\-]", "_", name)
        plain = plain if re.match(r"[A-Za-z0-9]", plain) else f"x{plain}"
        found, number = plain, 1
        while found in self.taken:
            number += 1
            found = f"{plain}{suffix or f'_{number}'}"
            plain, suffix = (found, "") if suffix else (plain, "")
        self.taken.add(found)
        if found != name:
            self.changed[name] = found
        return found


def write_folder(draft: Draft, folder: Path, scenario: Path) -> None:
    """Write every table, dataset.yaml, sector.yaml and the scenario; replace an earlier import."""
    own = folder / MARK
    if folder.exists() and any(folder.iterdir()) and not own.exists():
        raise EnvironmentFault(
            f"{folder}: holds other data; name another folder with -o", code="E821"
        )
    if scenario.exists() and not own.exists():
        raise EnvironmentFault(
            f"{scenario}: exists; name another folder with -o, or move it", code="E821"
        )
    sector = folder / "sectors" / SECTOR
    for place in (folder, sector):
        place.mkdir(parents=True, exist_ok=True)
        for old in place.glob("*.csv"):
            old.unlink()
    own.write_text("written by carbonpath import\n", encoding="utf-8", newline="\n")
    _yaml(folder / "dataset.yaml", draft.dataset)
    _yaml(sector / "sector.yaml", {"label": {"zh": "导入", "en": "Imported"}, "order": 1})
    for name, rows in draft.tables.items():
        home = sector if BY_NAME[name].place in ("sector", "both") else folder
        (home / f"{name}.csv").write_text(_csv(name, rows), encoding="utf-8", newline="")
    page = mapping(draft.told, str(draft.dataset["title"]["en"]), scenario)
    (folder / PAGE).write_text(page, encoding="utf-8", newline="\n")
    scenario.parent.mkdir(parents=True, exist_ok=True)
    _yaml(scenario, draft.scenario)


def _csv(name: str, rows: Sequence[Row]) -> str:
    """The text of a table; columns that no row fills are left out."""
    used = {column for row in rows for column, cell in row.items() if cell not in ("", None)}
    columns = [column for column in BY_NAME[name].columns if column in used]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column, "")) for column in columns])
    return text.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def _yaml(path: Path, content: Mapping[str, Any]) -> None:
    text = yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=False, width=100)
    path.write_text(text, encoding="utf-8", newline="\n")


def mapping(told: Sequence[Told], title: str, scenario: Path) -> str:
    """Return a page of what became of each part of the data, what needs care first."""
    lines = [f"# {title}", "", f"Run it with `carbonpath run scenarios/{scenario.name}`.", ""]
    for status, heading in HEADINGS.items():
        rows = sorted((entry.name, entry.how) for entry in told if entry.status == status)
        if rows:
            lines += [f"## {heading}", "", "| in the data | here |", "|---|---|"]
            lines += [f"| `{name}` | {how.replace('|', chr(92) + '|')} |" for name, how in rows]
            lines.append("")
    return "\n".join(lines)
