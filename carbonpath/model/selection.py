"""Which rows of a quantity a limit selects, and how they fall into groups kept apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

import numpy as np
import numpy.typing as npt

from carbonpath.errors import ModelError
from carbonpath.spec.dimensions import BY_NAME as DIMENSION
from carbonpath.system.parameter import Codes
from carbonpath.system.system import EnergySystem

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]
TECHNOLOGY_ATTRIBUTES = ("role", "group", "primary", "state_listed")
COMMODITY_ATTRIBUTES = ("kind", "carrier")
SECTOR = "sector"
"""An attribute of technologies, and of commodities where a quantity has no technology."""


@dataclass(frozen=True)
class Selection:
    """What the rows of quantities are selected and kept apart by; each list is made once."""

    system: EnergySystem
    _names: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _masks: dict[tuple[str, str, tuple[str, ...]], Mask] = field(default_factory=dict)
    _ranks: dict[tuple[str, str], Places] = field(default_factory=dict)
    _sorted: dict[str, list[str]] = field(default_factory=dict)

    def rows(self, letters: str, codes: Codes, where: Mapping[str, Sequence[str]]) -> Mask:
        """Return which rows of a quantity match every pattern list."""
        keep = np.ones(len(codes), dtype=bool)
        for key, patterns in where.items():
            letter = _letter_of(key, letters)
            keep &= self._matching(key, letter, tuple(patterns))[codes[:, letters.index(letter)]]
        return keep

    def groups(self, letters: str, codes: Codes, each: Sequence[str]) -> Places:
        """Return for each row the number of its group; equal names have equal numbers.

        Numbers are in the order of the names; `group_names` gives those back.
        """
        found = np.zeros(len(codes), dtype=np.int64)
        for key in each:
            letter = _letter_of(key, letters)
            ranks = self._ranked(key, letter)[codes[:, letters.index(letter)]]
            found = found * len(self._distinct(key)) + ranks
        return found

    def group_names(self, numbers: Places, each: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the names that a group keeps apart, for each number."""
        columns: list[list[str]] = []
        for key in reversed(each):
            names = self._distinct(key)
            numbers, ranks = np.divmod(numbers, len(names))
            columns.insert(0, [names[rank] for rank in ranks])
        return list(zip(*columns, strict=True)) if columns else [()] * len(numbers)

    def _along(self, key: str, letter: str) -> list[str]:
        """Return the value of a dimension or attribute for each label of a letter."""
        if (key, letter) not in self._names:
            tables = {"t": self.system.technologies, "c": self.system.commodities}
            self._names[key, letter] = (
                list(self.system.labels.get(letter, ()))
                if key in DIMENSION
                else [str(value) for value in tables[letter][key]]
            )
        return self._names[key, letter]

    def _matching(self, key: str, letter: str, patterns: tuple[str, ...]) -> Mask:
        """Return which labels of a letter match one of the patterns."""
        if (key, letter, patterns) not in self._masks:
            names = self._along(key, letter)
            fitting = set(patterns)  # a plain name is its own pattern
            for pattern in fitting - set(names):
                fitting |= {name for name in names if fnmatchcase(name, pattern)}
            self._masks[key, letter, patterns] = np.array([name in fitting for name in names], bool)
        return self._masks[key, letter, patterns]

    def _distinct(self, key: str) -> list[str]:
        """Return every name that groups of a key may have, sorted."""
        if key not in self._sorted:
            letters = "tc" if key == SECTOR else _letter_of(key, "")
            names = {name for letter in letters for name in self._along(key, letter)}
            self._sorted[key] = sorted(names)
        return self._sorted[key]

    def _ranked(self, key: str, letter: str) -> Places:
        """Return for each label of a letter the place of its name among the sorted ones."""
        if (key, letter) not in self._ranks:
            place = {name: rank for rank, name in enumerate(self._distinct(key))}
            ranks = [place[name] for name in self._along(key, letter)]
            self._ranks[key, letter] = np.array(ranks, dtype=np.int64)
        return self._ranks[key, letter]


def _letter_of(key: str, letters: str) -> str:
    """Return the letter that a dimension or attribute belongs to.

    Example: for `sector` over "rtp" the letter t. Without letters only the key is asked.
    """
    if key in DIMENSION:
        letter = DIMENSION[key].letter
    elif key in TECHNOLOGY_ATTRIBUTES or (key == SECTOR and "t" in letters):
        letter = "t"
    elif key in COMMODITY_ATTRIBUTES or key == SECTOR:
        letter = "c"
    else:
        raise ModelError(
            f"{key!r} is neither a dimension nor an attribute to select by", code="E406"
        )
    if letters and letter not in letters:
        raise ModelError(f"a quantity over {letters!r} cannot be selected by {key!r}", code="E406")
    return letter


def selected(
    system: EnergySystem, letters: str, codes: Codes, where: Mapping[str, Sequence[str]]
) -> Mask:
    """Return which rows of a quantity match every pattern list."""
    return Selection(system).rows(letters, codes, where)
