"""The lines of a file that a problem is about, with a caret under the place."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from carbonpath.errors import Coded

BEFORE = 2
"""Lines shown before the one that is meant."""
LONGEST = 100
"""Characters of a line that are shown."""
PLACE = re.compile(r"([\w./-]+\.yaml):([0-9]+)(?::([0-9]+))?: ")
WORD = re.compile(r"[^\s:,\]}]+|.")


def with_excerpts(problems: Iterable[str], *folders: Path) -> list[str]:
    """Give each problem that names a line of a YAML file in one of the folders that line."""
    return [Coded(problem, excerpt=excerpt(problem, *folders)) for problem in problems]


def excerpt(problem: str, *folders: Path) -> str:
    """Return the line a problem names, with two before it; nothing if there is no such line."""
    match = PLACE.match(problem)
    path = next((folder / match[1] for folder in folders if (folder / match[1]).is_file()), None) \
        if match else None  # fmt: skip
    if match is None or path is None:
        return ""
    lines = path.read_text(encoding="utf-8-sig", errors="replace").split("\n")
    at = int(match[2])
    if not 1 <= at <= len(lines):
        return ""
    size = len(str(at))
    shown = [
        f"  {number:>{size}} | {_cut(lines[number - 1])}".rstrip()
        for number in range(max(1, at - BEFORE), at + 1)
    ]
    if match[3]:
        shown.append(f"  {'':>{size}} | {_caret(lines[at - 1], int(match[3]))}")
    return "\n".join(shown)


def _cut(line: str) -> str:
    line = line.rstrip("\r")
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _caret(line: str, column: int) -> str:
    """Return carets under the word at a column; Chinese characters are two places wide."""
    word = WORD.match(line, column - 1)
    size = _width(word[0]) if word and column <= LONGEST else 1
    return " " * _width(line[: column - 1][:LONGEST]) + "^" * max(size, 1)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
