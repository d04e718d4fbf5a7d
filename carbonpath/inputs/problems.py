"""Collects everything that is wrong before anything is raised."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from carbonpath.errors import Coded
from carbonpath.spec.codes import code_of

SHOWN = 10
"""Problems of one kind that are listed before the rest are only counted."""
_DIGITS = re.compile(r"(\d+)")


@dataclass
class Problems:
    """Errors and warnings by kind; a kind is the name of the check that found them."""

    errors: dict[str, list[str]] = field(default_factory=dict)
    warnings: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, sentences: str | Iterable[str], *, warning: bool = False) -> None:
        """Note one sentence or several."""
        store = self.warnings if warning else self.errors
        found = [sentences] if isinstance(sentences, str) else list(sentences)
        if found:
            coded = [Coded(sentence, code_of(kind)) for sentence in found]
            store.setdefault(kind, []).extend(coded)

    def listed_errors(self) -> list[str]:
        """Return the errors in the order of files and lines, at most ten of a kind."""
        return _listed(self.errors)

    def listed_warnings(self) -> list[str]:
        """Return the warnings in the order of files and lines, at most ten of a kind."""
        return _listed(self.warnings)

    def __bool__(self) -> bool:
        return bool(self.errors)


def _listed(kinds: dict[str, list[str]]) -> list[str]:
    """Sort each kind by place, cut it, and order the kinds by their first place."""
    groups = [(kind, sorted(set(found), key=_place)) for kind, found in kinds.items()]
    single = [sentence for _, found in groups for sentence in found[:SHOWN]]
    more = [
        Coded(
            f"and {len(found) - SHOWN} more of the kind {kind.replace('_', ' ')!r}", code_of(kind)
        )
        for kind, found in groups
        if len(found) > SHOWN
    ]
    return sorted(single, key=_place) + more


def _place(sentence: str) -> list[tuple[int, str]]:
    """Split a sentence so that line 9 sorts before line 12."""
    parts = _DIGITS.split(sentence)
    return [(int(part), "") if part.isascii() and part.isdigit() else (0, part) for part in parts]


def place(file: str, line: int, plural: str = "") -> str:
    """Return how a message names a place: a line of a table, a row of a sheet, a scenario."""
    if file.endswith(".yaml"):
        return f"{file}:{line}"
    word = "row" if file.endswith("'") else "line"
    return f"{file} {word}{plural} {line}"
