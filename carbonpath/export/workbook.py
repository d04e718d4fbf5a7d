"""Sheets as an .xlsx file in which a text is only ever a text, never a formula or a link."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import chain, islice
from typing import Any

Value = str | float | int | bool | None
Row = Sequence[Value]

MOST_ROWS = 1_048_576
"""Rows of a sheet; what is longer goes on in a further sheet."""
NAME_LENGTH = 31
MOST_CHARACTERS = 32_767
FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f']")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
SIGNIFICANT = 10
WIDEST, NARROWEST, SEEN_FOR_WIDTH = 36, 10, 60
HEAD_COLOUR = "E8ECF1"


@dataclass(frozen=True)
class Sheet:
    """A table of the workbook: rows of headings that stay in view, then rows of values.

    `labels` is the number of columns on the left that stay in view too.
    """

    name: str
    meaning: str
    head: Sequence[Row]
    rows: Sequence[Row]
    labels: int = 1


def workbook(sheets: Sequence[Sheet], index_head: Sequence[Row]) -> bytes:
    """Return a workbook: the lines of `index_head`, an index of the sheets, then the sheets."""
    parts = [part for sheet in sheets for part in divided(sheet)]
    names = sheet_names(["index", *(part.name for part in parts)])
    listed = [[name, part.meaning] for name, part in zip(names[1:], parts, strict=True)]
    index = Sheet("index", "", [*index_head, ["sheet", "content"]], listed, labels=0)
    return saved(zip(names, [index, *parts], strict=True))


def saved(sheets: Iterable[tuple[str, Sheet]]) -> bytes:
    """Return a workbook of sheets under the names given."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, sheet in sheets:
        put(book, name, sheet)
    filled = BytesIO()
    book.save(filled)
    return filled.getvalue()


def divided(sheet: Sheet, most: int = MOST_ROWS) -> list[Sheet]:
    """Return a sheet, or several with the same head where it has more rows than a sheet holds."""
    room = most - len(sheet.head)
    starts = range(0, max(len(sheet.rows), 1), room)
    return [
        Sheet(sheet.name, sheet.meaning, sheet.head, sheet.rows[at : at + room], sheet.labels)
        for at in starts
    ]


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Return names that a workbook accepts: short, without forbidden signs, each once."""
    taken: set[str] = set()
    names = []
    for text in wanted:
        plain = FORBIDDEN_IN_NAMES.sub("_", CONTROL.sub("", text)).strip() or "sheet"
        name, number = plain[:NAME_LENGTH], 1
        while name.casefold() in taken:
            number += 1
            ending = f"~{number}"
            name = plain[: NAME_LENGTH - len(ending)] + ending
        taken.add(name.casefold())
        names.append(name)
    return names


def put(book: Any, name: str, sheet: Sheet) -> None:
    """Write a sheet with its head and its labels frozen."""
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(name)
    page.freeze_panes = f"{get_column_letter(sheet.labels + 1)}{len(sheet.head) + 1}"
    for at, width in enumerate(widths(sheet), 1):
        page.column_dimensions[get_column_letter(at)].width = width
    for row in sheet.head:
        page.append([cell(page, value, heading=True) for value in row])
    for row in sheet.rows:
        page.append([cell(page, value) for value in row])


def widths(sheet: Sheet) -> list[int]:
    """Return the width of each column from what stands in its first rows."""
    found: dict[int, int] = {}
    for row in islice(chain(sheet.head, sheet.rows), SEEN_FOR_WIDTH):
        for at, value in enumerate(row):
            found[at] = max(found.get(at, NARROWEST), room(value))
    return [min(found[at] + 2, WIDEST) for at in sorted(found)]


def room(value: Value) -> int:
    """Return the width of a value; Chinese signs are twice as wide."""
    text = f"{value:.6g}" if isinstance(value, float) else str("" if value is None else value)
    return sum(1 if ord(sign) < 0x2E80 else 2 for sign in text)  # noqa: PLR2004


def cell(page: Any, value: Value, *, heading: bool = False) -> Any:
    """Return a cell; texts are written as texts whatever they begin with."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    made = WriteOnlyCell(page, value=plain_value(value))
    if isinstance(made.value, str):
        made.data_type = "s"
        made.quotePrefix = made.value[:1] in tuple("=+-@\t\r")
    if heading:
        made.font = Font(bold=True)
        made.fill = PatternFill("solid", fgColor=HEAD_COLOUR)
        made.alignment = Alignment(wrap_text=True, vertical="top")
    return made


def plain_value(value: Value) -> Value:
    """Return what a cell can hold: a missing number is empty, a text has no control characters."""
    if isinstance(value, float):
        if math.isnan(value):
            return None
        return float(f"{value:.{SIGNIFICANT}g}") if math.isfinite(value) else str(value)
    return CONTROL.sub("", value)[:MOST_CHARACTERS] if isinstance(value, str) else value
