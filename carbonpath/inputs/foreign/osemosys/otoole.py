"""Reads otoole data: a folder of CSV files or a workbook, with otoole's configuration file.

Layout: otoole documentation, "Data formats": one table per set or parameter; CSV tables are long
with a VALUE column, sheets are wide with the years as columns; names over 31 characters are
shortened to `short_name` on sheets.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from carbonpath.errors import InputError
from carbonpath.inputs.foreign.osemosys.data import VALUE, OsemosysData, empty_sets
from carbonpath.inputs.foreign.osemosys.mathprog import unknown
from carbonpath.inputs.foreign.osemosys.names import DIMENSIONS, REPEATED, RESULTS, SETS, SHORT

Row = tuple[str, ...]


@dataclass
class Draft:
    """What has been read so far, and what is wrong with it."""

    sets: dict[str, Row] = field(default_factory=empty_sets)
    parameters: dict[str, pd.DataFrame] = field(default_factory=dict)
    defaults: dict[str, float] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    slips: list[str] = field(default_factory=list)
    """Problems that leave the rest readable."""


def read_otoole(path: Path, config: Path | None = None) -> OsemosysData:
    """Return the data of an otoole CSV folder or .xlsx workbook.

    `config` defaults to config.yaml beside or inside `path`.

    Raises
    ------
    InputError
        With every table and cell that could not be read. Unknown tables and repetitions are among
        the data's `problems`.
    """
    draft = Draft()
    entries = _configuration(path, config, draft)
    tables = list(_sheets(path) if path.is_file() else _csv_files(path))
    names = {**SHORT, **{str(e.get("short_name", name)): name for name, e in entries.items()}}
    others = []
    for place, table_name, rows in tables:
        if (name := names.get(table_name, table_name)) in SETS:
            draft.sets[name] = _members(draft, place, name, rows)
    for place, table_name, rows in tables:
        name = names.get(table_name, table_name)
        if name in DIMENSIONS:
            draft.parameters[name] = _parameter(draft, place, name, rows[0], rows[1:])
        elif entries.get(name, {}).get("type") == "param":
            others.extend([name] if rows[1:] else [])
        elif name not in (REPEATED, *RESULTS, *SETS) and name not in entries:
            draft.slips.append(f"{place}: {unknown('table', name, (*SETS, *DIMENSIONS))}")
    if draft.problems:
        raise InputError(draft.problems, code="E802")
    return OsemosysData(
        draft.sets, draft.parameters, draft.defaults, tuple(others), tuple(draft.slips)
    )


def _members(draft: Draft, place: str, name: str, rows: list[Row]) -> Row:
    """The members of a set; the first row may be a heading, and a column may number them."""
    heading = rows[0][-1].upper() in ("VALUE", name)
    members = tuple(row[-1] for row in rows[heading:] if row[-1] != "")
    for member in dict.fromkeys(m for m in members if members.count(m) > 1):
        draft.slips.append(f"{place}: {member} stands there {members.count(member)} times")
    return members


def _configuration(path: Path, config: Path | None, draft: Draft) -> Mapping[str, Any]:
    folder = path if path.is_dir() else path.parent
    places = [config] if config else [folder / "config.yaml", folder.parent / "config.yaml"]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise InputError(
            f"{path}: no otoole configuration; put config.yaml beside the data or name it",
            code="E803",
        )
    entries = yaml.safe_load(found.read_text(encoding="utf-8"))
    if not isinstance(entries, dict) or not all(isinstance(e, dict) for e in entries.values()):
        raise InputError(
            f"{found}: not an otoole configuration: an entry for each table", code="E802"
        )
    for name, entry in entries.items():
        if entry.get("type") == "param" and name in DIMENSIONS and entry.get("default") is not None:
            draft.defaults[name] = float(entry["default"])
    return entries


Table = tuple[str, str, list[Row]]
"""Where a table stands, its name, and its rows with the heading."""


def _csv_files(folder: Path) -> Iterator[Table]:
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = [tuple(cell.strip() for cell in row) for row in csv.reader(stream) if row]
        if rows:
            yield path.name, path.stem, rows


def _sheets(path: Path) -> Iterator[Table]:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        rows = [tuple(_text(cell) for cell in row) for row in sheet.iter_rows(values_only=True)]
        rows = [row for row in rows if any(row)]
        if rows:
            yield f"{path.name} sheet {sheet.title!r}", sheet.title, rows


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _parameter(
    draft: Draft, place: str, name: str, header: Row, rows: Iterable[Row]
) -> pd.DataFrame:
    """Return the long table of a parameter, from long or wide rows."""
    dims = DIMENSIONS[name]
    labels = [_partner(dims, column) for column in header]
    frame = pd.DataFrame(list(rows), columns=labels, dtype=object)
    frame = frame.loc[:, [label != "" for label in labels]].fillna("")
    if "REGION" in dims and "REGION" not in frame.columns and len(draft.sets["REGION"]) == 1:
        frame["REGION"] = draft.sets["REGION"][0]
    if VALUE not in frame.columns:
        keep = [column for column in dims if column in frame.columns]
        across = next((column for column in dims if column not in keep), dims[-1])
        wide = [column for column in frame.columns if column not in dims]
        frame = frame.melt(keep, wide, var_name=across, value_name=VALUE)
    missing = [column for column in dims if column not in frame.columns]
    if missing:
        _explain_missing(draft, place, name, missing, empty=frame.empty)
        return pd.DataFrame(columns=[*dims, VALUE])
    frame = frame[frame[VALUE] != ""]
    numbers = pd.to_numeric(frame[VALUE], errors="coerce")
    bad = numbers.isna().to_numpy()
    draft.problems.extend(
        f"{place} row {row + 2}: {frame[VALUE].iloc[row]!r} is not a number"
        for row in bad.nonzero()[0]
    )
    twice = frame.duplicated(list(dims)).to_numpy()
    draft.slips.extend(
        f"{place} row {row + 2}: {', '.join(frame[list(dims)].iloc[row])} is given already"
        for row in twice.nonzero()[0]
    )
    frame = frame.assign(**{VALUE: numbers})[[*dims, VALUE]]
    return frame[~twice].reset_index(drop=True)


def _partner(dims: Row, column: str) -> str:
    """Name VALUE, modes and the second REGION column of a trade route as the formulation does."""
    if column.upper() == VALUE:
        return VALUE
    if column.upper() in {"MODEOFOPERATION", "MODE OF OPERATION"}:
        return "MODE_OF_OPERATION"
    if "_REGION" in dims and column in {"_REGION", "REGION.1", "RREGION"}:
        return "_REGION"
    return column


def _explain_missing(
    draft: Draft, place: str, name: str, missing: list[str], *, empty: bool
) -> None:
    """An empty table may lack columns; a table with rows may not."""
    if not empty:
        draft.problems.append(f"{place}: {name} has no column {', '.join(missing)}")
