"""Terms of one family, and their sum as a sparse matrix over columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import scipy.sparse as sp

if TYPE_CHECKING:
    from collections.abc import Callable

    from .frames import Frame
    from .locate import Codes
    from .space import Space
    from .tables import Floats, Mask

    Take: TypeAlias = Callable[[Any], Any]

RESIDUE = 1e-12  # of the summed magnitudes: a smaller coefficient is what rounding left
SUSPECT = 1e-9  # a coefficient below this is worth asking whether rounding left it


@dataclass(frozen=True)
class Term:
    """One coefficient for each cell of a frame; the arrays broadcast to its shape."""

    shape: tuple[int, int]
    rows: tuple[Codes, Codes]  # their sum is the row
    in_order: bool  # whether the cells are the rows, one by one
    found: Codes  # 1 + the member of the variable or quantity
    factor: Any

    @property
    def size(self) -> int:
        """Number of cells."""
        return self.shape[0] * self.shape[1]


class Triplets:
    """Terms for each variable or quantity that a family refers to, and constants."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._terms: dict[str, list[Term]] = {}
        self._constant = np.zeros(rows)

    def add(self, name: str, frame: Frame, found: Codes, factor: Any) -> None:
        """Add one term for each cell of a frame."""
        term = Term(frame.shape, frame.rows, frame.outer is None, found, factor)
        self._terms.setdefault(name, []).append(term)

    def add_constant(self, frame: Frame, values: Any) -> None:
        """Add a constant for each cell of a frame."""
        if frame.outer is None:
            grid = self._constant.reshape(frame.shape)
            grid += values
            return
        block, place = frame.rows
        cells = np.broadcast_to(block + place, frame.shape).ravel()
        given = np.broadcast_to(np.asarray(values, float), frame.shape).ravel()
        self._constant += np.bincount(cells, given, self._rows)

    def over(self, space: Space) -> tuple[Any, Floats]:
        """Return coefficients over columns and constants; quantities are multiplied out."""
        parts = self._parts(space, exact)
        matrix = self._summed(space, parts, exact)
        constant = self._constant
        for name, part in parts.items():
            constant = constant + part @ space.quantities[name].block.constant
        return self._cleaned(matrix, space, bool(parts)), constant

    def _cleaned(self, matrix: Any, space: Space, multiplied: bool) -> Any:
        """Return the matrix without zeros, and without what rounding left of cancelling terms."""
        cells = sum(term.size for terms in self._terms.values() for term in terms)
        if multiplied or matrix.nnz < cells:
            size = np.abs(matrix.data)
            limit = max(SUSPECT, RESIDUE * size.max(initial=0.0))
            if size.min(initial=1.0) < limit:
                magnitudes = self._summed(space, self._parts(space, np.abs), np.abs)
                _drop_residues(matrix, size < limit, magnitudes)
        elif np.count_nonzero(matrix.data) < matrix.nnz:
            matrix.eliminate_zeros()
        return matrix

    def _parts(self, space: Space, take: Take) -> dict[str, Any]:
        """Return coefficients over the members of each quantity."""
        return {
            name: csr([(terms, 0)], (self._rows, len(space.index_of(name))), take)
            for name, terms in self._terms.items()
            if name in space.quantities
        }

    def _summed(self, space: Space, parts: dict[str, Any], take: Take) -> Any:
        """Return the sum of all terms over columns, or of their magnitudes."""
        variables = space.variables
        direct = sorted(
            ((t, variables[n].start) for n, t in self._terms.items() if n in variables),
            key=lambda group: group[1],
        )
        pieces = [part @ take(space.operator(name).matrix) for name, part in parts.items()]
        if direct or not pieces:
            pieces.insert(0, csr(direct, (self._rows, space.width), take))
        matrix = pieces[0]
        for piece in pieces[1:]:
            matrix = matrix + piece
        if parts:
            matrix.sort_indices()
        return matrix


def exact(values: Any) -> Any:
    """Return values as they are; the other way to take them is by magnitude."""
    return values


def csr(groups: list[tuple[list[Term], int]], shape: tuple[int, int], take: Take) -> Any:
    """Return the sum of terms; each group has the first of its columns with it."""
    terms = [(term, start) for group, start in groups for term in group]
    if all(term.in_order for term, _ in terms):
        return _side_by_side(terms, shape, take, len(groups) < len(terms))
    size = sum(term.size for term, _ in terms)
    rows, columns = np.empty(size, np.int32), np.empty(size, np.int32)
    values, at = np.empty(size), 0
    for term, start in terms:
        cells = slice(at, at + term.size)
        at += term.size
        np.add(*term.rows, out=rows[cells].reshape(term.shape))
        np.add(term.found, np.int32(start - 1), out=columns[cells].reshape(term.shape))
        values[cells].reshape(term.shape)[...] = take(term.factor)
    return sp.csr_array((values, (rows, columns)), shape=shape)


def _side_by_side(
    terms: list[tuple[Term, int]], shape: tuple[int, int], take: Take, doubled: bool
) -> Any:
    """Return the sum of terms that have one cell for each row: no sorting is needed."""
    width = len(terms)
    columns, values = np.empty((shape[0], width), np.int32), np.empty((shape[0], width))
    for j, (term, start) in enumerate(terms):
        np.add(term.found, np.int32(start - 1), out=columns[:, j].reshape(term.shape))
        values[:, j].reshape(term.shape)[...] = take(term.factor)
    pointers = np.arange(0, shape[0] * width + 1, max(width, 1), dtype=np.int32)
    if width == 0:
        pointers = np.zeros(shape[0] + 1, np.int32)
    matrix = sp.csr_array((values.ravel(), columns.ravel(), pointers), shape=shape)
    if doubled:
        matrix.sum_duplicates()
    return matrix


def _drop_residues(matrix: Any, suspects: Mask, magnitudes: Any) -> None:
    """Drop zeros and what rounding left of terms that cancel."""
    at = np.flatnonzero(suspects)
    rows = np.searchsorted(matrix.indptr, at, side="right") - 1
    summed = np.asarray(magnitudes[rows, matrix.indices[at]]).ravel()
    matrix.data[at[np.abs(matrix.data[at]) <= RESIDUE * summed]] = 0.0
    matrix.eliminate_zeros()
