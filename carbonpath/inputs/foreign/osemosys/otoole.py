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
from carbonpath.inputs.foreign.osemosys.names import DIMENSIONS, SETS

Row = tuple[str, ...]


@dataclass
class Draft:
    """What has been read so far, and what is wrong with it."""

    sets: dict[str, Row] = field(default_factory=empty_sets)
    parameters: dict[str, pd.DataFrame] = field(default_factory=dict)
    defaults: dict[str, float] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_otoole(path: Path, config: Path | None = None) -> OsemosysData:
    """Return the data of an otoole CSV folder or .xlsx workbook.

    `config` defaults to config.yaml beside or inside `path`.

    Raises
    ------
    InputError
        With every table and cell that could not be read.
    """
    draft = Draft()
    entries = _configuration(path, config, draft)
    tables = _sheets(path) if path.is_file() else _csv_files(path)
    names = {_sheet_name(name, entry): name for name, entry in entries.items()}
    for place, table_name, header, rows in tables:
        name = names.get(table_name, table_name)
        if name in SETS:
            draft.sets[name] = tuple(row[-1] for row in rows if row and row[-1] != "")
        elif name in DIMENSIONS:
            draft.parameters[name] = _parameter(draft, place, name, header, rows)
        elif entries.get(name, {}).get("type") != "result":
            draft.problems.append(f"{place}: {name!r} is not part of the published formulation")
    if draft.problems:
        raise InputError(draft.problems, code="E802")
    return OsemosysData(draft.sets, draft.parameters, draft.defaults)


def _configuration(path: Path, config: Path | None, draft: Draft) -> Mapping[str, Any]:
    folder = path if path.is_dir() else path.parent
    places = [config] if config else [folder / "config.yaml", folder.parent / "config.yaml"]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise InputError(
            f"{path}: no otoole configuration; put config.yaml beside the data or name it",
            code="E803",
        )
    entries: Mapping[str, Any] = yaml.safe_load(found.read_text(encoding="utf-8"))
    for name, entry in entries.items():
        if entry.get("type") == "param" and name in DIMENSIONS and "default" in entry:
            draft.defaults[name] = float(entry["default"])
    return entries


def _sheet_name(name: str, entry: Mapping[str, Any]) -> str:
    return str(entry.get("short_name", name))


def _csv_files(folder: Path) -> Iterator[tuple[str, str, Row, list[Row]]]:
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = [tuple(cell.strip() for cell in row) for row in csv.reader(stream) if row]
        if rows:
            yield path.name, path.stem, rows[0], rows[1:]


def _sheets(path: Path) -> Iterator[tuple[str, str, Row, list[Row]]]:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        rows = [tuple(_text(cell) for cell in row) for row in sheet.iter_rows(values_only=True)]
        rows = [row for row in rows if any(row)]
        if rows:
            yield f"{path.name} sheet {sheet.title!r}", sheet.title, rows[0], rows[1:]


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
    labels = tuple(_partner(dims, header, column) for column in header)
    frame = pd.DataFrame(list(rows), columns=list(labels), dtype=object)
    if VALUE not in frame.columns:
        keep = [column for column in dims if column in frame.columns]
        wide = [column for column in frame.columns if column not in dims]
        frame = frame.melt(keep, wide, var_name="YEAR", value_name=VALUE)
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
    return frame.assign(**{VALUE: numbers})[[*dims, VALUE]].reset_index(drop=True)


def _partner(dims: Row, header: Row, column: str) -> str:
    """Name the second REGION column of a trade route as the formulation does."""
    if "_REGION" in dims and column in {"_REGION", "REGION.1", "RREGION"}:
        return "_REGION"
    return column


def _explain_missing(
    draft: Draft, place: str, name: str, missing: list[str], *, empty: bool
) -> None:
    """An empty table may lack columns; a table with rows may not."""
    if not empty:
        draft.problems.append(f"{place}: {name} has no column {', '.join(missing)}")
