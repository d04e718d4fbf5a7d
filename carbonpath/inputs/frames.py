"""Tables while they are read: text cells with file and line, then typed columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from carbonpath.inputs.problems import place
from carbonpath.spec.tables import Table

FILE, LINE, FOLDER, WAS = "file", "line", "folder", "was"
PLACED = (FILE, LINE, FOLDER, WAS)
"""Columns every table has besides its own: where a row stands, the sector folder it belongs to,
and, for a row that a scenario changed, where it stood before."""
DOUBTFUL = "doubtful"
"""Added when cells are checked: a row whose other cells cannot be trusted; it was told already."""
UNREAD = "\0"
"""The cells of a required column that a file does not have: told once, for the header."""
Frame = pd.DataFrame
Frames = Mapping[str, Frame]


@dataclass(frozen=True)
class Rows:
    """Some rows of one file: columns of text cells, and the line of each row."""

    table: str
    file: str
    folder: str
    cells: Mapping[str, list[str]]
    lines: list[int]


def frame(table: Table, parts: Iterable[Rows]) -> Frame:
    """Join the rows of all files of a table; absent columns are empty, defaults are filled in."""
    parts = list(parts)
    columns: dict[str, list[str]] = {
        column: [cell for part in parts for cell in _column(part, column)]
        for column in table.columns
    }
    data = pd.DataFrame(columns, dtype=object)
    for column, default in table.defaults.items():
        data[column] = data[column].where(data[column] != "", default)
    data[FILE] = pd.Series([part.file for part in parts for _ in part.lines], dtype=object)
    data[LINE] = pd.Series([line for part in parts for line in part.lines], dtype="int64")
    data[FOLDER] = pd.Series([part.folder for part in parts for _ in part.lines], dtype=object)
    data[WAS] = pd.Series([""] * len(data), dtype=object)
    return data


def _column(part: Rows, column: str) -> list[str]:
    return part.cells.get(column) or [""] * len(part.lines)


def origin(file: str, line: int, was: str = "") -> str:
    """Return where a row stands, and where it stood before a scenario changed it."""
    return f"{place(file, line)} (was {was})" if was else place(file, line)


def origins(data: Frame) -> list[str]:
    """Return the origin of every row."""
    return [
        origin(file, line, was)
        for file, line, was in zip(data[FILE], data[LINE], data[WAS], strict=True)
    ]


def texts(data: Frame, column: str) -> list[str]:
    """Return the cells of a column of text."""
    cells: list[str] = data[column].tolist()
    return cells


def written(data: Frame, rows: Sequence[int], cells: Mapping[str, object]) -> Frame:
    """Return a copy with new cells in some rows: one for all, or a list with one for each."""
    result = data.copy()
    for column, new in cells.items():
        column_cells = data[column].tolist()
        for position, row in enumerate(rows):
            column_cells[row] = new[position] if isinstance(new, list) else new
        result[column] = pd.Series(column_cells, index=data.index, dtype=data[column].dtype)
    return result


def joined(data: Frame, rows: Sequence[Mapping[str, object]]) -> Frame:
    """Append rows; absent cells are empty."""
    if not rows:
        return data
    columns = {
        column: pd.Series([row.get(column, "") for row in rows], dtype=data[column].dtype)
        for column in data.columns
    }
    return pd.concat([data, pd.DataFrame(columns)], ignore_index=True)


def chosen(data: Frame, keep: Sequence[bool]) -> Frame:
    """Return the rows to keep, counted anew."""
    return data[pd.Series(list(keep), index=data.index, dtype=bool)].reset_index(drop=True)


def row_of(data: Frame, row: int) -> dict[str, Any]:
    """Return one row by position as a plain mapping."""
    return {str(column): data[column].tolist()[row] for column in data.columns}


def at(data: Frame, rows: Iterable[int], column: str = "") -> Iterator[str]:
    """Yield the place of rows by position, with the column if one is given."""
    files, lines = data[FILE].to_numpy(), data[LINE].to_numpy()
    for row in rows:
        where = place(files[row], int(lines[row]))
        yield f"{where}, column {column!r}" if column else where
