"""Finds and reads the tables of a dataset; every row keeps its file and line."""

import csv
import unicodedata
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path

from carbonpath.errors import ScenarioError
from carbonpath.inputs.frames import UNREAD, Frames, Rows, frame
from carbonpath.inputs.problems import Problems, place
from carbonpath.inputs.workbook import sheets
from carbonpath.spec.nearest import hint
from carbonpath.spec.tables import BY_NAME, TABLES, Table
from carbonpath.strict_yaml import decode

SECTORS = "sectors"
TABLE_ENDINGS = (".csv", ".xlsx")
NOT_TABLES = (".xls", ".xlsm", ".tsv", ".ods")
Grid = list[tuple[int, list[str]]]
"""The non-empty rows of a sheet or file, each with its line."""


def read_tables(folder: Path, problems: Problems) -> Frames:
    """Read every table of a dataset folder and of its sector folders."""
    parts: dict[str, list[Rows]] = {table.name: [] for table in TABLES}
    for rows in _all_rows(folder, problems):
        parts[rows.table].append(rows)
    return {table.name: frame(table, parts[table.name]) for table in TABLES}


def sector_folders(folder: Path) -> list[Path]:
    """Return the sector folders of a dataset, by name."""
    root = folder / SECTORS
    return sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else []


def _all_rows(folder: Path, problems: Problems) -> Iterator[Rows]:
    yield from _folder_rows(folder, "", problems)
    for sector in sector_folders(folder):
        yield from _folder_rows(sector, f"{SECTORS}/{sector.name}/", problems)


def _folder_rows(folder: Path, prefix: str, problems: Problems) -> Iterator[Rows]:
    """Read the tables of one folder; `prefix` is its path inside the dataset."""
    for path in sorted(folder.iterdir()):
        name = f"{prefix}{path.name}"
        if path.suffix.lower() in NOT_TABLES:
            problems.add("files_are_tables", f"{name}: not read; save it as .csv or .xlsx")
        elif path.suffix.lower() in TABLE_ENDINGS and not path.name.startswith(("~", ".")):
            yield from _file_rows(path, name, prefix, problems)


def _file_rows(path: Path, name: str, prefix: str, problems: Problems) -> Iterator[Rows]:
    """Read one file, sheet by sheet."""
    for table_name, where, grid in _grids(path, name, problems):
        table = BY_NAME.get(table_name)
        if table is None:
            remedy = hint(table_name, BY_NAME, "see docs/tables.md for the tables there are")
            problems.add(
                "files_are_tables", f"{where}: no table is called {table_name!r}; {remedy}"
            )
        elif (table.place == "sector") == (not prefix) and table.place != "both":
            home = "a folder of sectors/" if table.place == "sector" else "the dataset's own folder"
            problems.add("files_are_tables", f"{where}: table {table_name!r} belongs in {home}")
        else:
            rows = _rows(table, where, prefix, grid, problems)
            if rows is not None:
                yield rows


def _grids(path: Path, name: str, problems: Problems) -> Iterator[tuple[str, str, Grid]]:
    """Yield table name, place and cells of a CSV file or of each sheet of a workbook."""
    if path.suffix.lower() == ".xlsx":
        yield from sheets(path, name, problems)
        return
    try:
        text = unicodedata.normalize("NFC", decode(path.read_bytes(), name))
        separator = ";" if _is_split_by_semicolons(text) else ","
        if separator == ";":
            problems.add("files_are_readable", _semicolons(name))
        yield path.stem, name, _csv_grid(text, separator)
    except (ScenarioError, csv.Error, OSError) as error:
        problems.add("files_are_readable", _readable(error, name))


def _readable(error: Exception, name: str) -> str:
    if isinstance(error, ScenarioError):
        return str(error)
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return f"{name}: not readable ({reason}); check quotes and permissions"


def _is_split_by_semicolons(text: str) -> bool:
    header = text.split("\n", 1)[0]
    return ";" in header and "," not in header


def _semicolons(name: str) -> str:
    return f"{place(name, 1)}: cells are separated by ';'; save the file as comma-separated"


def _csv_grid(text: str, separator: str) -> Grid:
    """Split CSV text; quoted cells may hold commas and line breaks."""
    reader = csv.reader(StringIO(text, newline=""), strict=True, delimiter=separator)
    grid: Grid = []
    line = 1
    for cells in reader:
        stripped = [cell.strip() for cell in cells]
        if any(stripped):
            grid.append((line, stripped))
        line = reader.line_num + 1
    return grid


def _rows(table: Table, where: str, prefix: str, grid: Grid, problems: Problems) -> Rows | None:
    """Check the header and turn the grid into columns."""
    if not grid:
        problems.add("headers_fit_their_table", f"{where}: the table is empty; it needs a header")
        return None
    header = grid[0][1]
    problems.add("headers_fit_their_table", _header_problems(table, where, *grid[0]))
    good: Grid = []
    for line, cells in grid[1:]:
        if len(cells) == len(header):
            good.append((line, cells))
        else:
            problems.add("rows_fit_their_header", _width_problem(where, line, cells, header))
    columns = {
        column: [cells[position] for _, cells in good]
        for position, column in enumerate(header)
        if column in table.columns
    }
    absent = [column for column in table.required if column not in header]
    columns |= {column: [UNREAD] * len(good) for column in absent}
    folder = prefix.split("/")[1] if prefix else ""
    return Rows(table.name, where, folder, columns, [line for line, _ in good])


def _width_problem(where: str, line: int, cells: list[str], header: list[str]) -> str:
    remedy = (
        "put a text that holds a comma in double quotes"
        if len(cells) > len(header)
        else "add the missing commas"
    )
    return f"{place(where, line)}: {len(cells)} cells under a header of {len(header)}; {remedy}"


def _header_problems(table: Table, where: str, line: int, header: Sequence[str]) -> Iterator[str]:
    """Say which columns are unknown, doubled or missing."""
    at = place(where, line)
    for column in sorted(set(header)):
        if column not in table.columns:
            shown = repr(column) if column else "without a name"
            remedy = hint(column, table.columns, "remove it or see docs/tables.md")
            yield f"{at}: column {shown} is not known in table {table.name!r}; {remedy}"
        elif header.count(column) > 1:
            yield f"{at}: column {column!r} is there {header.count(column)} times; keep one"
    for column in table.required:
        if column not in header:
            yield f"{at}: column {column!r} is missing; table {table.name!r} needs it"
