"""The rows over which a template is evaluated: those of an index, or of a sum within it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import LoweringError, NotLowerable
from .templates import LookupItem, is_index, is_plain, parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .tables import Codes, Index, Join, Key, Lookup, Table
    from .templates import JoinItem

SHOWN = 3  # missing keys named in a message


class Frame:
    """Rows with a column of label codes for each symbol bound so far.

    A frame inside a sum has one row for each member of each outer row; `source` holds the outer
    rows, never falling. Codes of outer symbols are gathered when they are first asked for.
    """

    def __init__(self, size: int, outer: Frame | None = None, source: Codes | None = None) -> None:
        self.size = size
        self.outer = outer
        self.source = source
        self._codes: dict[int, tuple[str, Any]] = {}
        self._anchor: tuple[Index, tuple[int, ...]] | None = outer._anchor if outer else None
        self._rows: Codes | None = None

    @classmethod
    def over(cls, index: Index, symbols: Sequence[Any]) -> Frame:
        """Return the outermost frame: the rows of an index."""
        frame = cls(len(index))
        frame._bind(symbols, index.letters, index.codes.T)
        frame._anchor = (index, tuple(map(id, symbols)))
        return frame

    def within(self, item: JoinItem, symbols: Sequence[Any]) -> Frame:
        """Return the frame of a sum: one row for each member of the join at each row."""
        join: Join = parts(item)[0]
        found = self.find(join, parts(item)[1])
        lengths = join.lengths[found]
        stops = np.cumsum(lengths, dtype=np.int32)
        size = int(stops[-1]) if len(stops) else 0
        source = np.repeat(np.arange(self.size, dtype=np.int32), lengths)
        member = np.arange(size, dtype=np.int32)
        member += np.repeat(join.starts[found] - stops + lengths, lengths)
        frame = Frame(size, self, source)
        columns = [column[member] for column in join.members.T]
        frame._bind(symbols, join.member_letters, columns)
        return frame

    def _bind(self, symbols: Sequence[Any], letters: Sequence[str], columns: Any) -> None:
        for symbol, letter, column in zip(symbols, letters, columns, strict=True):
            self._codes[id(symbol)] = (letter, column)

    @property
    def rows(self) -> Codes:
        """The row of the family that each row of the frame belongs to."""
        if self._rows is None:
            if self.outer is None or self.source is None:
                self._rows = np.arange(self.size, dtype=np.int32)
            elif self.outer.outer is None:
                self._rows = self.source
            else:
                self._rows = self.outer.rows[self.source]
        return self._rows

    def code(self, symbol: Any) -> tuple[str, Any]:
        """Return the letter and the codes of a symbol."""
        if id(symbol) not in self._codes:
            if self.outer is None:
                raise NotLowerable("a sum runs over something else than joins")
            letter, column = self.outer.code(symbol)
            self._codes[id(symbol)] = (letter, column[self.source])
        return self._codes[id(symbol)]

    def find(self, table: Table, labels: Sequence[Any]) -> Codes:
        """Return 1 + the row of a table at each row of the frame, 0 where it has no such key."""
        if self._anchor == (table, tuple(map(id, labels))):
            return self.rows + np.int32(1)
        absent: Any = None
        columns = []
        for letter, label in zip(table.letters, labels, strict=True):
            column, certain = self._column(table, letter, label)
            if not certain and np.min(column, initial=0) < 0:
                absent = column < 0 if absent is None else absent | (column < 0)
                column = np.maximum(column, 0)
            columns.append(column)
        found = table.locator.find(columns, self.size)
        return found if absent is None else np.where(absent, np.int32(0), found)

    def existing(self, what: str, table: Table, labels: Sequence[Any]) -> Codes:
        """Return the row of a table at each row of the frame; a missing key is an error."""
        if self._anchor == (table, tuple(map(id, labels))):
            return self.rows
        found = self.find(table, labels)
        if self.size and found.min() == 0:
            raise self.missing(what, table, labels, found)
        return found - np.int32(1)

    def missing(
        self, what: str, table: Table, labels: Sequence[Any], found: Codes
    ) -> LoweringError:
        """Return the error that names the first keys that a table does not have."""
        rows = np.flatnonzero(found == 0)
        keys = dict.fromkeys(self._key(table, labels, int(row)) for row in rows[:1000])
        shown = "; ".join(f"{what}[{', '.join(map(str, key))}]" for key in list(keys)[:SHOWN])
        more = f" and {len(keys) - SHOWN} more" if len(keys) > SHOWN else ""
        return LoweringError(f"{shown}{more}: nothing is given for this key")

    def _key(self, table: Table, labels: Sequence[Any], row: int) -> Key:
        key = []
        for label in labels:
            if is_plain(label):
                key.append(label)
                continue
            letter, column = self._symbol(table, label)
            key.append(table.labels.labels[letter][np.broadcast_to(column, (self.size,))[row]])
        return tuple(key)

    def _symbol(self, table: Table, label: Any) -> tuple[str, Any]:
        """Return the letter and codes of a symbolic label."""
        if is_index(label):
            return self.code(label)
        if not isinstance(label, LookupItem):
            raise NotLowerable(f"arithmetic on labels in a subscript of {table.name}")
        lookup: Lookup = parts(label)[0]
        rows = self.existing(f"d.{lookup.name}", lookup, parts(label)[1])
        return lookup.to_letter, lookup.to_codes[rows + 1]

    def _column(self, table: Table, letter: str, label: Any) -> tuple[Any, bool]:
        """Return the codes of one subscript, and whether all are certain to exist."""
        if is_plain(label):
            return np.int32(table.labels.code(letter, label)), False
        given, column = self._symbol(table, label)
        if given == letter:
            return column, True
        return table.labels.translation(given, letter)[column], False
