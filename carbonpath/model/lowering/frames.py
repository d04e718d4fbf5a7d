"""The rows over which a template is evaluated: those of an index, or of a sum within it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import LoweringError, NotLowerable
from .templates import LookupItem, is_index, is_plain, parts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .locate import Codes
    from .tables import Index, Join, Key, Lookup, Table
    from .templates import JoinItem

SHOWN = 3  # missing keys named in a message


class Frame:
    """Cells in a grid: blocks, and the places in a block that only the last letter tells apart.

    Every array belongs to the grid by broadcasting: one value for each cell, for each block, for
    each place, or one for all. So what does not depend on the last letter, often the time slice,
    is computed once for a block. A frame inside a sum has cells for the members of outer cells;
    `carry` brings an outer array there, and is asked for only what the sum's body reads.
    """

    def __init__(self, shape: tuple[int, int], outer: Frame | None = None) -> None:
        self.shape = shape
        self.outer = outer
        self.carry: Callable[[Any], Any] = lambda array: array
        self._codes: dict[int, tuple[str, Any]] = {}
        self._rows: tuple[Codes, Codes] | None = None
        self._anchor: tuple[Index, tuple[int, ...]] | None = outer._anchor if outer else None

    @classmethod
    def over(cls, index: Index, symbols: Sequence[Any]) -> Frame:
        """Return the outermost frame: the rows of an index."""
        span = index.span
        frame = cls((len(index) // span, span))
        last = len(index.letters) - 1
        for j, (symbol, letter) in enumerate(zip(symbols, index.letters, strict=True)):
            column = index.codes[:, j]
            inner = span > 1 and j == last
            frame._codes[id(symbol)] = (
                letter,
                column[None, :span] if inner else column[::span, None],
            )
        frame._anchor = (index, tuple(map(id, symbols)))
        frame._count()
        return frame

    def numbered(self) -> Frame:
        """Return the same frame with its cells counted as the rows of what is lowered."""
        frame = Frame(self.shape, self)
        frame._count()
        return frame

    def _count(self) -> None:
        starts = np.arange(self.shape[0], dtype=np.int32) * np.int32(self.shape[1])
        self._rows = starts[:, None], np.arange(self.shape[1], dtype=np.int32)[None, :]

    def within(self, item: JoinItem, symbols: Sequence[Any]) -> Frame:
        """Return the frame of a sum: the members of the join at each cell."""
        join: Join = parts(item)[0]
        found = self.find(join, parts(item)[1])
        if found.size == 1 and self.shape[1] == 1:
            return self._in_places(join, int(found[0, 0]), symbols)
        if found.shape[1] > 1:
            return self._flat().within(item, symbols)
        return self._in_blocks(join, np.broadcast_to(found, (self.shape[0], 1))[:, 0], symbols)

    def _in_places(self, join: Join, found: int, symbols: Sequence[Any]) -> Frame:
        """Return the frame of a sum whose members are the same for all: they become places."""
        start, length = int(join.starts[found]), int(join.lengths[found])
        frame = Frame((self.shape[0], length), self)
        for symbol, letter, column in zip(
            symbols, join.member_letters, join.members.T, strict=True
        ):
            frame._codes[id(symbol)] = letter, column[None, start : start + length]
        return frame

    def _in_blocks(self, join: Join, found: Codes, symbols: Sequence[Any]) -> Frame:
        """Return the frame of a sum whose members differ: each becomes a block."""
        lengths = join.lengths[found]
        stops = np.cumsum(lengths)
        count = int(stops[-1]) if len(stops) else 0
        source = np.repeat(np.arange(len(found)), lengths)
        member = np.arange(count) + np.repeat(join.starts[found] - stops + lengths, lengths)
        frame = Frame((count, self.shape[1]), self)
        frame.carry = lambda array: array if len(array) == 1 else array.take(source, axis=0)
        for symbol, letter, column in zip(
            symbols, join.member_letters, join.members.T, strict=True
        ):
            frame._codes[id(symbol)] = letter, column.take(member)[:, None]
        return frame

    def _flat(self) -> Frame:
        """Return the same cells with every one a block of its own."""
        frame = Frame((self.shape[0] * self.shape[1], 1), self)
        frame.carry = lambda array: (
            array if array.size == 1 else np.broadcast_to(array, self.shape).reshape(-1, 1)
        )
        return frame

    def brought(self, given: Any, origin: Frame) -> Any:
        """Return a number, or an array of a frame further out, as it is in this one."""
        if self is origin or self.outer is None or not isinstance(given, np.ndarray):
            return given
        return self.carry(self.outer.brought(given, origin))

    @property
    def rows(self) -> tuple[Codes, Codes]:
        """Two arrays whose sum is the row that each cell belongs to."""
        if self._rows is None:
            assert self.outer is not None
            block, place = self.outer.rows
            if self.shape[1] != self.outer.shape[1] and place.size > 1:
                block, place = block + place, np.zeros((1, 1), np.int32)
            self._rows = self.carry(block), self.carry(place)
        return self._rows

    def code(self, symbol: Any) -> tuple[str, Any]:
        """Return the letter and the codes of a symbol."""
        if id(symbol) not in self._codes:
            if self.outer is None:
                raise NotLowerable("a sum runs over something else than joins")
            letter, column = self.outer.code(symbol)
            self._codes[id(symbol)] = letter, self.carry(column)
        return self._codes[id(symbol)]

    def find(self, table: Table, labels: Sequence[Any]) -> Codes:
        """Return 1 + the row of a table at each cell, 0 where it has no such key."""
        if self._anchor == (table, tuple(map(id, labels))):
            block, place = self.rows
            return block + (place + np.int32(1))
        absent: Any = None
        columns = []
        for letter, label in zip(table.letters, labels, strict=True):
            column, certain = self._column(table, letter, label)
            if not certain and column.min(initial=0) < 0:
                absent = column < 0 if absent is None else absent | (column < 0)
                column = np.maximum(column, 0)
            columns.append(column)
        found = table.locator.find(columns)
        return found if absent is None else np.where(absent, np.int32(0), found)

    def existing(self, what: str, table: Table, labels: Sequence[Any]) -> Codes:
        """Return 1 + the row of a table at each cell; a missing key is an error."""
        found = self.find(table, labels)
        if 0 not in self.shape and found.min() == 0:
            raise self.missing(what, table, labels, found)
        return found

    def missing(
        self, what: str, table: Table, labels: Sequence[Any], found: Codes
    ) -> LoweringError:
        """Return the error that names the first keys that a table does not have."""
        cells = np.argwhere(np.broadcast_to(found, self.shape) == 0)[:1000].tolist()
        keys = list(dict.fromkeys(self._key(table, labels, i, j) for i, j in cells))
        shown = "; ".join(f"{what}[{', '.join(map(str, key))}]" for key in keys[:SHOWN])
        more = f" and {len(keys) - SHOWN} more" if len(keys) > SHOWN else ""
        return LoweringError(f"{shown}{more}: nothing is given for this key")

    def _key(self, table: Table, labels: Sequence[Any], i: int, j: int) -> Key:
        key = []
        for label in labels:
            if is_plain(label):
                key.append(label)
                continue
            letter, column = self._symbol(table, label)
            key.append(table.labels.labels[letter][np.broadcast_to(column, self.shape)[i, j]])
        return tuple(key)

    def _symbol(self, table: Table, label: Any) -> tuple[str, Any]:
        """Return the letter and codes of a symbolic label."""
        if is_index(label):
            return self.code(label)
        if not isinstance(label, LookupItem):
            raise NotLowerable(f"arithmetic on labels in a subscript of {table.name}")
        lookup: Lookup = parts(label)[0]
        found = self.existing(f"d.{lookup.name}", lookup, parts(label)[1])
        return lookup.to_letter, lookup.to_codes.take(found)

    def _column(self, table: Table, letter: str, label: Any) -> tuple[Any, bool]:
        """Return the codes of one subscript, and whether all are certain to exist."""
        if is_plain(label):
            return np.full((1, 1), table.labels.code(letter, label), np.int32), False
        given, column = self._symbol(table, label)
        if given == letter:
            return column, True
        return table.labels.translation(given, letter).take(column), False
