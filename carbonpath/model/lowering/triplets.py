"""Terms of one family, and their sum as a sparse matrix over columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import scipy.sparse as sp

if TYPE_CHECKING:
    from collections.abc import Callable

    from .frames import Frame
    from .space import Space
    from .tables import Codes, Floats, Mask

    Take: TypeAlias = Callable[[Any], Any]

RESIDUE = 1e-12  # of the summed magnitudes: a smaller coefficient is what rounding left
SUSPECT = 1e-9  # a coefficient below this is worth asking whether rounding left it


class Triplets:
    """Rows, members and coefficients for each variable or quantity that a family refers to."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._terms: dict[str, list[tuple[Codes, Codes, Floats]]] = {}
        self._constant = np.zeros(rows)

    def add(self, name: str, frame: Frame, members: Codes, factor: Any) -> None:
        """Add one term for each row of a frame."""
        values = np.broadcast_to(np.asarray(factor, float), (frame.size,))
        self._terms.setdefault(name, []).append((frame.rows, members, values))

    def add_constant(self, frame: Frame, values: Any) -> None:
        """Add a constant for each row of a frame."""
        if frame.outer is None:
            self._constant += values
        else:
            values = np.broadcast_to(np.asarray(values, float), (frame.size,))
            self._constant += np.bincount(frame.rows, values, self._rows)

    def over(self, space: Space) -> tuple[Any, Floats]:
        """Return coefficients over columns and constants; quantities are multiplied out."""
        matrix = self._summed(space, exact)
        constant = self._constant
        for name in self._terms.keys() - space.variables.keys():
            block = space.quantities[name].block
            constant = constant + self._part(name, len(block.constant), exact) @ block.constant
        size = np.abs(matrix.data)
        limit = max(SUSPECT, RESIDUE * size.max(initial=0.0))
        if size.min(initial=1.0) < limit:
            _drop_residues(matrix, size < limit, self._summed(space, np.abs))
        return matrix, constant

    def _summed(self, space: Space, take: Take) -> Any:
        """Return the sum of all terms, or of their magnitudes."""
        direct = []
        products = []
        for name, terms in self._terms.items():
            if name in space.variables:
                start = np.int32(space.variables[name].start)
                direct += [(rows, members + start, take(values)) for rows, members, values in terms]
            else:
                operator = take(space.operator(name).matrix)
                products.append(self._part(name, operator.shape[0], take) @ operator)
        matrix = csr(direct, (self._rows, space.width))
        for product in products:
            matrix = matrix + product
        return matrix

    def _part(self, name: str, members: int, take: Take) -> Any:
        terms = [(rows, at, take(values)) for rows, at, values in self._terms[name]]
        return csr(terms, (self._rows, members))


def exact(values: Any) -> Any:
    """Return values as they are; the other way to take them is by magnitude."""
    return values


def csr(terms: list[tuple[Codes, Codes, Floats]], shape: tuple[int, int]) -> Any:
    """Return the sum of terms; the rows of each term never fall."""
    if not terms:
        return sp.csr_array(shape)
    rows = np.concatenate([term[0] for term in terms])
    columns = np.concatenate([term[1] for term in terms])
    values = np.concatenate([term[2] for term in terms])
    return sp.csr_array((values, (rows, columns)), shape=shape)


def _drop_residues(matrix: Any, suspects: Mask, magnitudes: Any) -> None:
    """Drop zeros and what rounding left of terms that cancel."""
    at = np.flatnonzero(suspects)
    rows = np.searchsorted(matrix.indptr, at, side="right") - 1
    summed = np.asarray(magnitudes[rows, matrix.indices[at]]).ravel()
    matrix.data[at[np.abs(matrix.data[at]) <= RESIDUE * summed]] = 0.0
    matrix.eliminate_zeros()
