"""What the commands print: results on stdout, everything else on stderr."""

import io
import json
import math
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from carbonpath.errors import code_in

SHOWN_PROBLEMS = 20
STDOUT = 1
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
PLACE = re.compile(r"([^:]*\.(?:yaml|csv|xlsx) [^:]*|\S+): ")
"""Where a problem is: a path, with line and column or with row and cell; or the name of a check."""
PLAIN = {"✘": "x", "✔": "+", "→": "->", "·": "-", "≥": ">=", "≤": "<=", "Δ": "d", "…": "...",
         "▽": "(-)", "◇": "(+)", "▲": "^"}  # fmt: skip


def prepare_streams() -> None:
    """Let no character that a console cannot show end a run, and no library write on stdout.

    A library in C may print a banner where only results belong: from now on what it writes to the
    standard output goes nowhere; Python's own output keeps the way it had.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.fileno() == STDOUT:
        sys.stdout = os.fdopen(
            os.dup(STDOUT),
            "w",
            encoding=sys.stdout.encoding,
            errors="replace",
            buffering=1 if sys.stdout.isatty() else -1,
        )
        os.dup2(os.open(os.devnull, os.O_WRONLY), STDOUT)


def clean(text: str, encoding: str | None) -> str:
    """Drop control characters; write symbols in ASCII where the console lacks them."""
    text = CONTROL.sub("", text)
    for symbol, plain in PLAIN.items():
        if symbol in text and not _can_show(symbol, encoding):
            text = text.replace(symbol, plain)
    return text


def _can_show(symbol: str, encoding: str | None) -> bool:
    """Whether a symbol exists in the encoding of a stream."""
    try:
        symbol.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def say(text: str = "") -> None:
    """Print a result."""
    click.echo(clean(text, sys.stdout.encoding))


def say_json(value: Mapping[str, Any]) -> None:
    """Print one JSON object on one line of its own; what is not a number is null."""
    ascii_only = not _can_show("浙", sys.stdout.encoding)
    click.echo(json.dumps(finite(value), ensure_ascii=ascii_only, allow_nan=False))


def finite(value: Any) -> Any:
    """Return plain data with None in the place of NaN and infinity, which JSON lacks."""
    if isinstance(value, Mapping):
        return {str(name): finite(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def note(text: str) -> None:
    """Print a remark on stderr."""
    from rich.console import Console

    Console(stderr=True, markup=False, highlight=False, soft_wrap=True).print(
        clean(text, sys.stderr.encoding)
    )


def complain(problems: Sequence[str]) -> None:
    """Print what is wrong, one line each, and how many more there are."""
    for problem in problems[:SHOWN_PROBLEMS]:
        note(told(problem))
    if len(problems) > SHOWN_PROBLEMS:
        note(f"and {len(problems) - SHOWN_PROBLEMS} more")


def told(problem: str) -> str:
    """Put the code of a problem between where it is and what it is; then the lines of the file."""
    code = code_in(problem)
    if not code:
        return str(problem)
    place = PLACE.match(problem)
    where, what = (place[1], problem[place.end() :]) if place else ("", problem)
    parts = [part for part in (where, code, what) if part]
    return "\n".join(filter(None, ["  ".join(parts), getattr(problem, "excerpt", "")]))


def width(text: str) -> int:
    """How many columns a text takes on a terminal; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def table(rows: Iterable[Sequence[str]], *, indent: int = 0) -> str:
    """Align rows of cells; a column of numbers to the right, all others to the left."""
    lines = [[str(cell) for cell in row] for row in rows]
    columns = list(zip(*lines, strict=True))
    widths = [max(map(width, column)) for column in columns]
    right = [all(map(_numeric, column[1:])) and len(column) > 1 for column in columns]
    return "\n".join(
        " " * indent
        + "  ".join(
            " " * (size - width(cell)) + cell if flush else cell + " " * (size - width(cell))
            for cell, size, flush in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in lines
    )


def _numeric(cell: str) -> bool:
    """Whether a cell holds a number, a percentage or nothing."""
    return re.fullmatch(r"[-+]?[\d,]*\.?\d*(e[-+]?\d+)?\s?%?|-", cell.strip()) is not None


def number(value: float | None, digits: int = 4) -> str:
    """A number for reading: significant digits, thousands apart, '-' for none."""
    if value is None or value != value:
        return "-"
    if value == 0:
        return "0"
    if abs(value) >= 10 ** (digits - 1):
        return f"{value:,.0f}"
    return f"{value:.{digits}g}"
