"""Terms of one family, and their sum as a sparse matrix over columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import scipy.sparse as sp

if TYPE_CHECKING:
    from .frames import Frame
    from .space import Space
    from .tables import Codes, Floats

RESIDUE = 1e-12  # of the summed magnitudes: a smaller coefficient is what rounding left


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
        direct, constant = [], self._constant
        products = []
        for name, terms in self._terms.items():
            if name in space.variables:
                start = np.int32(space.variables[name].start)
                direct += [(rows, members + start, values) for rows, members, values in terms]
                continue
            block = space.operator(name)
            over = csr(terms, (self._rows, len(block.constant)))
            constant = constant + over @ block.constant
            products.append((over, block.matrix))
        matrix = csr(direct, (self._rows, space.width))
        for over, operator in products:
            matrix = matrix + over @ operator
        return cleaned(matrix), constant


def csr(terms: list[tuple[Codes, Codes, Floats]], shape: tuple[int, int]) -> Any:
    """Return the sum of terms; the rows of each term never fall."""
    if not terms:
        return sp.csr_array(shape)
    rows = np.concatenate([term[0] for term in terms])
    columns = np.concatenate([term[1] for term in terms])
    values = np.concatenate([term[2] for term in terms])
    return sp.csr_array((values, (rows, columns)), shape=shape)


def cleaned(matrix: Any) -> Any:
    """Return a matrix without explicit zeros."""
    if np.count_nonzero(matrix.data) < matrix.nnz:
        matrix.eliminate_zeros()
    return matrix
