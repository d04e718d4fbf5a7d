"""Reads the sheets of an .xlsx workbook as text cells."""

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from carbonpath.inputs.problems import Problems

MAX_UNPACKED = 200_000_000
"""Bytes of an unpacked workbook; a larger one is taken for a mistake or an attack."""
MAX_RATIO = 200
REMARKS = ("notes", "readme")
"""Sheets that are not tables."""
Sheet = tuple[str, str, list[tuple[int, list[str]]]]


def sheets(path: Path, name: str, problems: Problems) -> Iterator[Sheet]:
    """Yield table name, place and the non-empty rows of each sheet."""
    problem = _unsafe(path)
    if problem:
        problems.add("files_are_readable", f"{name}: {problem}")
        return
    from openpyxl import load_workbook  # half a second, and only for those who use Excel
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, OSError) as error:
        problems.add(
            "files_are_readable", f"{name}: not readable as a workbook ({error}); save it again"
        )
        return
    for sheet in book.worksheets:
        if sheet.title.lower() not in REMARKS:
            rows = enumerate(sheet.iter_rows(values_only=True), 1)
            grid = [(line, [_text(cell) for cell in cells]) for line, cells in rows]
            yield sheet.title, f"{name} sheet {sheet.title!r}", _trimmed(grid)
    book.close()


def _unsafe(path: Path) -> str:
    """Say why a file cannot be a workbook that is safe to unpack."""
    try:
        with ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (BadZipFile, OSError):
        return "no workbook, or protected by a password; save it as plain .xlsx"
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(path.stat().st_size, 1):
        return "the workbook unpacks to a suspicious size; save its sheets as .csv"
    return ""


def _trimmed(grid: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Drop empty rows, and empty columns to the right of the header."""
    filled = [(line, cells) for line, cells in grid if any(cells)]
    width = max((i + 1 for i, cell in enumerate(filled[0][1]) if cell), default=0) if filled else 0
    return [(line, (cells + [""] * width)[: max(width, _used(cells))]) for line, cells in filled]


def _used(cells: list[str]) -> int:
    return max((i + 1 for i, cell in enumerate(cells) if cell), default=0)


def _text(cell: object) -> str:
    """Write a cell as text; a date stays visible as one, so that no number is made of it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return repr(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, (datetime, date, time)):
        return f"date {cell.isoformat()}"
    return str(cell).strip()
