"""The codes of problems: what each means and what to do, in both languages (codes.csv).

The first digit names the area: 0 the program, 1 files, 2 scenarios, 3 tables, 4 the matrix,
5 solving, 6 identities, 7 results, 8 other formats, 9 the machine. W marks a warning. A code
keeps its meaning for ever; one that is given up is not used again.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATTERN = re.compile(r"[EW][0-9]{3}")
FAMILIES: Mapping[str, str] = {
    "0": "The program", "1": "Files", "2": "Scenario files", "3": "Tables of a dataset",
    "4": "The matrix", "5": "Solving", "6": "Identities of a solution", "7": "Results",
    "8": "Other formats and new projects", "9": "The machine",
}  # fmt: skip


@dataclass(frozen=True)
class Code:
    """One kind of problem; `name` is the check that finds it, or a word for it."""

    code: str
    name: str
    meaning_zh: str
    meaning_en: str
    remedy_zh: str
    remedy_en: str


@cache
def codes() -> Mapping[str, Code]:
    """Return every code with its meaning, in the order of the register."""
    text = Path(__file__).with_name("codes.csv").read_text(encoding="utf-8")
    return {row["code"]: Code(**row) for row in csv.DictReader(text.splitlines())}


@cache
def code_of(name: str) -> str:
    """Return the code of a kind of problem, known by the name of its check; '' if it has none."""
    return {entry.name: entry.code for entry in codes().values()}.get(name, "")
