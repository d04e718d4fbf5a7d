"""Finds the rows of a code table, for whole columns of keys at once.

Columns of keys may have any shapes that broadcast; the answer has the shape they broadcast to, so
that a key known for a block of rows is sought once for the block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

Codes: TypeAlias = NDArray[np.int32]

SMALL = 1 << 14  # look-up arrays up to this size are never split further
THIN = 32  # cells of a look-up array for each row of the table, at most
SOUGHT = 1 << 14  # rows among which the end of the first block is sought


class Locator:
    """Letters are merged into small look-up arrays, level by level.

    Position 0 of every level stands for "no such key", so a missing key needs no branch.
    """

    def __init__(self, codes: Codes, sizes: Sequence[int]) -> None:
        self._sizes = tuple(sizes)
        self.levels: list[
            tuple[int, int, _Dense | _Sorted]
        ] = []  # first letter, one after the last
        rows = len(codes)
        limit = max(SMALL, 2 * rows)
        at, heads, count = 0, np.zeros(rows, np.int64), 0
        while at < len(self._sizes):
            stop, span = at + 1, self._sizes[at]
            while stop < len(self._sizes) and max(count, 1) * span * self._sizes[stop] <= limit:
                span *= self._sizes[stop]
                stop += 1
            cells = heads * span + self._merge([codes[:, j] for j in range(at, stop)], at)
            kind = _Dense if (count + 1) * span <= max(SMALL, THIN * rows) else _Sorted
            level = kind(cells, (count + 1) * span, last=stop == len(self._sizes))
            self.levels.append((at, stop, level))
            at, count = stop, level.count
            heads = level.take(cells).astype(np.int64)
        self.duplicates = rows > (count if self.levels else 1)

    def _merge(self, columns: Sequence[Any], at: int) -> Any:
        merged = columns[0]
        for j, column in enumerate(columns[1:], at + 1):
            merged = merged * np.int32(self._sizes[j]) + column
        return merged

    def find(self, columns: Sequence[Codes]) -> Codes:
        """Return 1 + the row of each key, 0 where there is none; every column holds valid codes."""
        found: Any = None
        for at, stop, level in self.levels:
            cell = self._merge(columns[at:stop], at)
            if found is not None:
                span = int(np.prod(self._sizes[at:stop]))
                cell = found * (np.int64 if level.wide else np.int32)(span) + cell
            found = level.take(cell)
        return np.ones((1, 1), np.int32) if found is None else np.asarray(found, np.int32)


class _Dense:
    """Cells in use numbered from 1, on the last level by their row, in an array over all cells."""

    def __init__(self, cells: NDArray[Any], size: int, last: bool) -> None:
        self.wide = size >> 31 > 0
        self._ids = np.zeros(size, np.int32)
        used = np.zeros(0 if last else size, bool)
        if not last:
            used[cells] = True
        places = cells if last else np.flatnonzero(used)
        self._ids[places] = np.arange(1, len(places) + 1, dtype=np.int32)
        self.count = int(np.count_nonzero(self._ids))

    def take(self, cells: Any) -> Codes:
        """Return the numbers of cells, 0 for one that is not in use."""
        found: Codes = self._ids.take(cells)
        return found


class _Sorted:
    """The same for few cells among very many: their places are sought."""

    def __init__(self, cells: NDArray[Any], size: int, last: bool) -> None:
        self.wide = True
        self._cells, first = np.unique(cells, return_index=True)
        self.count = len(self._cells)
        self._ids = (first if last else np.arange(self.count)).astype(np.int32) + np.int32(1)

    def take(self, cells: Any) -> Codes:
        """Return the numbers of cells, 0 for one that is not in use."""
        if not self.count:
            return np.zeros(np.shape(cells), np.int32)
        near = np.minimum(np.searchsorted(self._cells, cells), self.count - 1)
        return np.where(self._cells[near] == cells, self._ids[near], np.int32(0))


class BlockLocator:
    """For tables whose rows are blocks: in each, the last letter runs through the same labels."""

    def __init__(self, codes: Codes, sizes: Sequence[int], span: int) -> None:
        self._heads = Locator(codes[::span, :-1], sizes[:-1])
        self._span = np.int32(span)
        self._inner = np.zeros(sizes[-1], np.int32)
        self._inner[codes[:span, -1]] = np.arange(1, span + 1, dtype=np.int32)
        self.duplicates = self._heads.duplicates or np.count_nonzero(self._inner) < span

    def find(self, columns: Sequence[Codes]) -> Codes:
        """Return 1 + the row of each key, 0 where there is none; every column holds valid codes."""
        head, inner = self._heads.find(columns[:-1]), self._inner.take(columns[-1])
        found: Codes = (head - np.int32(1)) * self._span + inner
        if head.size and inner.size and not (head.min() and inner.min()):
            return np.where((head > 0) & (inner > 0), found, np.int32(0))
        return found


def block_length(codes: Codes) -> int:
    """Return how many rows a block has in which only the last letter runs; 1 without blocks."""
    rows, letters = codes.shape
    if letters < 2 or rows < 4:
        return 1
    firsts = (codes[:SOUGHT, j] != codes[0, j] for j in range(letters - 1))
    span = min(int(changed.argmax()) or rows for changed in firsts)
    if span in (1, rows) or rows % span:
        return 1
    blocks = [codes[:, j].reshape(-1, span) for j in range(letters)]
    inner = blocks.pop()
    if (inner != inner[0]).any() or any((block != block[:, :1]).any() for block in blocks):
        return 1
    return span
