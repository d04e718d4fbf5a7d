"""The tables a rule reads, each one row of integer codes per existing key.

Nothing here is a rectangle: a key that does not exist takes no room.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .errors import LoweringError
from .locate import BlockLocator, Codes, Locator, block_length

Floats: TypeAlias = NDArray[np.float64]
Mask: TypeAlias = NDArray[np.bool_]
Key: TypeAlias = tuple[Hashable, ...]

FEW = 64  # concrete reads of a table before its keys are put into a dict


class Labels:
    """The labels of every dimension letter, and the codes that stand for them."""

    def __init__(self, labels: Mapping[str, Sequence[Hashable]]) -> None:
        self.labels = {letter: tuple(given) for letter, given in labels.items()}
        self._codes = {
            letter: {label: code for code, label in enumerate(given)}
            for letter, given in self.labels.items()
        }
        self._translations: dict[tuple[str, str], Codes] = {}
        for letter, codes in self._codes.items():
            if len(codes) != len(self.labels[letter]):
                raise LoweringError(f"dimension {letter!r}: a label is given twice")

    def letters(self, letters: str | Sequence[str]) -> tuple[str, ...]:
        """Return the letters one by one, all of them known."""
        if unknown := [letter for letter in letters if letter not in self.labels]:
            raise LoweringError(f"dimension {unknown[0]!r} has no labels")
        return tuple(letters)

    def size(self, letter: str) -> int:
        """Return the number of labels of a dimension."""
        return len(self.labels[letter])

    def code(self, letter: str, label: Hashable) -> int:
        """Return the code of a label, -1 where the dimension has no such label."""
        return self._codes[letter].get(label, -1)

    def translation(self, source: str, target: str) -> Codes:
        """Return, for each code of one dimension, the code of the same label in another."""
        key = (source, target)
        if key not in self._translations:
            found = [self.code(target, label) for label in self.labels[source]]
            self._translations[key] = np.array(found, np.int32)
        return self._translations[key]

    def key(self, letters: Sequence[str], codes: Sequence[int]) -> Key:
        """Return the labels that a row of codes stands for."""
        return tuple(self.labels[a][c] for a, c in zip(letters, codes, strict=True))


class Table:
    """A named table of keys: rows of codes over some letters, no key twice."""

    unique = True

    def __init__(
        self, name: str, letters: str | Sequence[str], codes: ArrayLike, labels: Labels
    ) -> None:
        self.name = name
        self.labels = labels
        self.letters = labels.letters(letters)
        self.codes = checked_codes(name, self.letters, codes, labels)
        self._reads = 0
        if self.unique and self.locator.duplicates:
            raise LoweringError(f"{name}: key {self._first_duplicate()} is given twice")

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def span(self) -> int:
        """Number of rows in a block, within which only the last letter runs."""
        return block_length(self.codes)

    @cached_property
    def locator(self) -> Locator | BlockLocator:
        """What finds the row of a key."""
        sizes = [self.labels.size(letter) for letter in self.letters]
        if self.span > 1:
            return BlockLocator(self.codes, sizes, self.span)
        return Locator(self.codes, sizes)

    def key(self, row: int) -> Key:
        """Return the labels of one row."""
        return self.labels.key(self.letters, self.codes[row].tolist())

    def listed(self) -> Iterator[Key]:
        """Yield the labels of every row in order."""
        names = [
            np.array([*self.labels.labels[letter], None], object)[column]
            for letter, column in zip(self.letters, self.codes.T, strict=True)
        ]
        return zip(*names, strict=True) if names else iter([()] * len(self))

    @cached_property
    def _rows(self) -> dict[Key, int]:
        return {key: row for row, key in enumerate(self.listed())}

    def row(self, key: Any) -> int:
        """Return the row of one key of labels, -1 where there is none."""
        labels = labels_of(self.name, key, self.letters)
        self._reads += 1
        if self._reads > FEW:
            return self._rows.get(labels, -1)
        codes = [self.labels.code(a, label) for a, label in zip(self.letters, labels, strict=True)]
        if min(codes, default=0) < 0:
            return -1
        return int(self.locator.find([np.full((1, 1), code, np.int32) for code in codes])[0, 0]) - 1

    def _first_duplicate(self) -> Key:
        _, counts = np.unique(self.codes, axis=0, return_counts=True)
        rows, _ = np.unique(self.codes, axis=0, return_counts=True)
        return self.labels.key(self.letters, rows[counts > 1][0].tolist())


class Index(Table):
    """A sparse index set: the rows on which variables, quantities and constraints exist."""


class Data(Table):
    """Numbers over keys. A key that is not given has the default, or is an error."""

    def __init__(
        self,
        name: str,
        letters: str | Sequence[str],
        codes: ArrayLike,
        labels: Labels,
        values: ArrayLike,
        default: float | None = None,
    ) -> None:
        super().__init__(name, letters, codes, labels)
        given = np.broadcast_to(np.asarray(values, np.float64), (len(self),))
        self.default = default
        self.values = np.concatenate([[np.nan if default is None else default], given])
        self.touched = np.zeros(len(self) + 1, bool)  # position 0 stands for a missing key
        self._all_touched = False

    def touch(self, found: Codes) -> None:
        """Note that values are read; found is 1 + row."""
        if not self._all_touched:
            self.touched[found] = True
            self._all_touched = bool(self.touched[1:].all())

    def read(self, key: Any) -> float:
        """Return the value at concrete labels; a missing key without default is an error."""
        row = self.row(key)
        if row < 0 and self.default is None:
            raise missing(self.name, key)
        self.touched[row + 1] = True
        return float(self.values[row + 1])


class Lookup(Table):
    """A label for each key, such as the period before a period."""

    def __init__(
        self,
        name: str,
        letters: str | Sequence[str],
        codes: ArrayLike,
        labels: Labels,
        to_letter: str,
        to_codes: ArrayLike,
    ) -> None:
        super().__init__(name, letters, codes, labels)
        self.to_letter = labels.letters((to_letter,))[0]
        self.to_codes = np.concatenate([[0], np.asarray(to_codes, np.int32)]).astype(np.int32)
        if len(self.to_codes) != len(self) + 1:
            raise LoweringError(f"{name}: needs one target label for each key")

    def read(self, key: Any) -> Hashable:
        """Return the label at concrete labels."""
        row = self.row(key)
        if row < 0:
            raise missing(self.name, key)
        label: Hashable = self.labels.labels[self.to_letter][self.to_codes[row + 1]]
        return label


class Join(Table):
    """Members for each key, for ragged sums; a key without members gives an empty sum."""

    unique = False

    def __init__(
        self,
        name: str,
        letters: str | Sequence[str],
        members: str | Sequence[str],
        codes: ArrayLike,
        labels: Labels,
    ) -> None:
        key, member = labels.letters(letters), labels.letters(members)
        table = checked_codes(name, key + member, codes, labels)
        keys = _merged(table[:, : len(key)], [labels.size(letter) for letter in key])
        if np.any(keys[1:] < keys[:-1]):
            order = np.argsort(keys, kind="stable")
            table, keys = table[order], keys[order]
        new = np.concatenate([np.ones(len(keys[:1]), bool), keys[1:] != keys[:-1]])
        starts = np.flatnonzero(new)
        super().__init__(name, letters, table[starts, : len(key)], labels)
        self.member_letters = member
        self.members: Codes = np.asfortranarray(table[:, len(key) :])
        lengths = np.diff(np.append(starts, len(table)))
        self.starts = np.concatenate([[0], starts]).astype(np.int32)  # position 0: no members
        self.lengths = np.concatenate([[0], lengths]).astype(np.int32)

    @property
    def dimen(self) -> int:
        """Number of labels of one member."""
        return len(self.member_letters)

    def read(self, key: Any) -> list[Any]:
        """Return the members at concrete labels: labels, or tuples of labels."""
        row = self.row(key)
        start = self.starts[row + 1]
        rows = self.members[start : start + self.lengths[row + 1]].tolist()
        found = [self.labels.key(self.member_letters, codes) for codes in rows]
        return found if self.dimen != 1 else [labels[0] for labels in found]


def checked_codes(name: str, letters: Sequence[str], codes: ArrayLike, labels: Labels) -> Codes:
    """Return a table of codes, one column for each letter, every code that of a label."""
    table = np.asfortranarray(codes, dtype=np.int32)
    if not letters and table.size == 0:
        return np.zeros((len(table) if table.ndim == 2 else 1, 0), np.int32)
    if table.size == 0:
        return np.zeros((0, len(letters)), np.int32)
    if table.ndim == 1 and len(letters) == 1:
        table = table[:, None]
    if table.ndim != 2 or table.shape[1] != len(letters):
        raise LoweringError(f"{name}: codes need one column for each of {letters}")
    for column, letter in zip(table.T, letters, strict=True):
        if not 0 <= column.min() <= column.max() < labels.size(letter):
            raise LoweringError(f"{name}: a code of {letter!r} stands for no label")
    return table


def _merged(keys: Codes, sizes: Sequence[int]) -> NDArray[np.int64]:
    """Return one number for each key, in the order of the keys."""
    merged = np.zeros(len(keys), np.int64)
    for j, size in enumerate(sizes):
        if math.prod(sizes[: j + 1]) >> 62:  # too many keys for numbers: count those in use
            merged = np.unique(merged, return_inverse=True)[1].astype(np.int64)
        merged = merged * size + keys[:, j]
    return merged


def labels_of(name: str, key: Any, letters: Sequence[str]) -> tuple[Any, ...]:
    """Return what stands in a subscript, one label for each letter."""
    labels = key if isinstance(key, tuple) else (key,)
    if len(labels) != len(letters):
        raise LoweringError(f"{name}: needs {len(letters)} labels {letters}, has {len(labels)}")
    return labels


def missing(name: str, key: Any) -> LoweringError:
    """Return the error for a key that nothing is given for."""
    labels = key if isinstance(key, tuple) else (key,)
    return LoweringError(f"{name}[{', '.join(map(str, labels))}]: nothing is given for this key")
