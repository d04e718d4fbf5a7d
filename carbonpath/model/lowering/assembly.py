"""Puts the lowered families together into one LinearModel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import scipy.sparse as sp

from .linear import Family, LinearModel, Operator

if TYPE_CHECKING:
    from .space import Space
    from .tables import Floats


def assemble(space: Space) -> LinearModel:
    """Return the model of everything declared so far."""
    rows, start = {}, 0
    for family in space.constraints.values():
        rows[family.name] = Family(family.name, family.index, start)
        start += len(family.index)
    operators = {name: space.operator(name) for name in space.quantities}
    cost, constant, weights = _objective(space, operators)
    variables = list(space.variables.values())
    families = list(space.constraints.values())
    return LinearModel(
        columns={v.name: Family(v.name, v.index, v.start) for v in variables},
        rows=rows,
        quantities={
            name: Operator(space.quantities[name].index, block.matrix, block.constant)
            for name, block in operators.items()
        },
        matrix=stacked([family.matrix for family in families], space.width),
        row_lower=_joined([family.lower for family in families]),
        row_upper=_joined([family.upper for family in families]),
        col_lower=_joined([v.lower for v in variables]),
        col_upper=_joined([v.upper for v in variables]),
        cost=cost,
        cost_constant=constant,
        integer=_joined([v.integer for v in variables]).astype(bool),
        objective=weights,
    )


def _objective(space: Space, operators: Any) -> tuple[Floats, float, dict[str, Floats]]:
    cost, constant, weights = np.zeros(space.width), 0.0, {}
    for name, given in space.weights.items():
        block = operators[name]
        weight = np.broadcast_to(np.asarray(given, float), (len(block.constant),))
        weights[name] = weight
        cost += block.matrix.T @ weight
        constant += float(block.constant @ weight)
    return cost, constant, weights


def stacked(matrices: list[Any], width: int) -> Any:
    """Return matrices one above the other; their columns may be the first of `width`."""
    if not matrices:
        return sp.csr_array((0, width))
    pointers, start = [np.zeros(1, np.int32)], 0
    for matrix in matrices:
        pointers.append(matrix.indptr[1:] + start)
        start += matrix.nnz
    rows = sum(matrix.shape[0] for matrix in matrices)
    data = np.concatenate([matrix.data for matrix in matrices])
    indices = np.concatenate([matrix.indices for matrix in matrices])
    return sp.csr_array((data, indices, np.concatenate(pointers)), shape=(rows, width))


def _joined(parts: list[Any]) -> Any:
    return np.concatenate(parts) if parts else np.zeros(0)
