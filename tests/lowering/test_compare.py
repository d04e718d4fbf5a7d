"""The comparison that guards the fast path sees every kind of difference."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_array

from carbonpath.model.lowering import LinearModel
from carbonpath.model.lowering.compare import differences
from tests.lowering.systems import solvable, system


def changed(values: Any, at: int, by: float) -> Any:
    """Return a vector with one entry moved."""
    found = np.array(values, float)
    found[at] += by
    return found


def other_coefficient(model: LinearModel) -> LinearModel:
    """Return the model with one coefficient moved."""
    matrix = model.matrix
    data = changed(matrix.data, 2, 1e-6)
    return replace(model, matrix=csr_array((data, matrix.indices, matrix.indptr), matrix.shape))


def other_operator(model: LinearModel) -> LinearModel:
    """Return the model with one constant of a quantity moved."""
    operator = model.quantities["miss_cost"]
    moved = replace(operator, constant=operator.constant + 1)
    return replace(model, quantities={**model.quantities, "miss_cost": moved})


CHANGES: dict[str, tuple[Any, str]] = {
    "a coefficient": (other_coefficient, "balance(north,2020), activity(north,wind,2020,day): 0.4"),
    "a constant": (other_operator, "constant of miss_cost"),
    "a cost": (lambda m: replace(m, cost=changed(m.cost, 24, 1)), "cost of cap_miss"),
    "a column bound": (
        lambda m: replace(m, col_upper=changed(m.col_upper, 0, 1)),
        "col_upper of activity(north,coal,2020,day)",
    ),
    "a row bound": (
        lambda m: replace(m, row_lower=changed(m.row_lower, 1, 1)),
        "row_lower of balance(north,2030)",
    ),
    "the constant cost": (
        lambda m: replace(m, cost_constant=15.0),
        "constant cost: 14.0 and 15.0",
    ),
    "a family": (lambda m: replace(m, rows={}), "the models have different families"),
    "the shape": (lambda m: replace(m, matrix=m.matrix[:3]), "the matrices have shapes"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_difference_is_named(name: str) -> None:
    """One change gives one sentence that says where."""
    change, message = CHANGES[name]
    model = solvable(strict=True).matrix()
    found = differences(model, change(model))
    assert len(found) == 1
    assert found[0].startswith(message)


def test_whether_an_empty_row_can_hold_is_a_difference() -> None:
    """Bounds of rows without coefficients differ in form; what counts is whether 0 is inside."""
    space = system(strict=True)
    space.constraint("row", "totals", lambda x, d, r, p: d.demand[r, p] <= 6)
    model = space.matrix()
    assert differences(model, replace(model, row_lower=model.row_lower - 100)) == [
        "whether row(south,2020) can hold",
        "whether row(south,2030) can hold",
    ]


def test_many_differences_are_counted() -> None:
    """Ten are named."""
    model = solvable(strict=True).matrix()
    found = differences(model, replace(model, cost=model.cost + 1))
    assert len(found) == 11
    assert found[-1] == "and 15 more"
