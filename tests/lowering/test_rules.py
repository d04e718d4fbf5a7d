"""Every form a rule may take gives the same coefficients lowered to arrays and row by row."""

from typing import Any

import numpy as np
import pytest

from carbonpath.model.lowering import LoweringError
from carbonpath.model.lowering.compare import differences
from tests.lowering.systems import solvable, system

QUANTITIES: dict[str, tuple[str, Any]] = {
    "a variable": ("runs", lambda x, d, r, t, p, s: x.activity[r, t, p, s]),
    "a constant": ("totals", lambda x, d, r, p: 3),
    "data alone": ("totals", lambda x, d, r, p: d.demand[r, p] / 2),
    "a sum of data": ("totals", lambda x, d, r, p: sum(d.cost[t] for t in d.techs[r])),
    "a sum of constants": ("totals", lambda x, d, r, p: sum(2 for t in d.techs[r])),
    "an empty sum for one region": (
        "totals",
        lambda x, d, r, p: sum(x.activity[r, t, p, "day"] + 1 for t in d.storage[r]),
    ),
    "a product with a sum of data": (
        "runs",
        lambda x, d, r, t, p, s: sum(d.cost[u] for u in d.techs[r]) * x.activity[r, t, p, s],
    ),
    "a factor before a sum": (
        "totals",
        lambda x, d, r, p: d.demand[r, p] * sum(x.activity[r, t, p, "day"] for t in d.techs[r]),
    ),
    "a sum within a sum": (
        "totals",
        lambda x, d, r, p: sum(
            d.cost[t] * sum(d.share[s] * x.activity[r, t, p, s] for s in d.slices)
            for t in d.techs[r]
        ),
    ),
    "a sum over two joins": (
        "totals",
        lambda x, d, r, p: sum(
            d.share[s] * x.activity[r, t, p, s] for t in d.techs[r] for s in d.slices
        ),
    ),
    "members of two letters": (
        "totals",
        lambda x, d, r, p: sum(x.capacity[r, t, v] for t, v in d.served[r, p]),
    ),
    "a label used in another dimension": (
        "later",
        lambda x, d, r, t, p: x.capacity[r, t, p] + x.capacity[r, t, d.previous[p]],
    ),
    "a lookup in data and in a variable": (
        "later",
        lambda x, d, r, t, p: d.length[d.previous[p]] * x.activity[r, t, d.previous[p], "day"],
    ),
    "a lookup in a sum": (
        "totals",
        lambda x, d, r, p: sum(x.activity[r, "wind", p, d.other[s]] / d.share[s] for s in d.slices),
    ),
    "concrete labels": (
        "totals",
        lambda x, d, r, p: d.cost["coal"] * x.activity["north", "coal", p, "day"] + d.cap,
    ),
    "a join of concrete labels": (
        "nothing",
        lambda x, d: sum(x.activity["south", t, "2020", "day"] for t in d.techs["south"]),
    ),
    "an empty join of concrete labels": (
        "nothing",
        lambda x, d: sum(x.activity["north", t, "2020", "day"] for t in d.storage["north"]),
    ),
    "a scalar variable": ("nothing", lambda x, d: 2 * x.cap_miss - d.cap),
    "signs": (
        "runs",
        lambda x, d, r, t, p, s: -(x.activity[r, t, p, s] - 2) * 3 / d.share[s] - (-x.cap_miss),
    ),
    "the same variable twice": (
        "runs",
        lambda x, d, r, t, p, s: x.activity[r, t, p, s] + 0.5 * x.activity[r, t, p, s],
    ),
    "arithmetic on data": (
        "technologies",
        lambda x, d, r, t: (d.cost[t] + 2 * d.factor[t] - -d.cost[t] / 4 + 1) * x.cap_miss,
    ),
    "a constant in a sum": (
        "totals",
        lambda x, d, r, p: sum(d.cost[t] - x.activity[r, t, p, "day"] for t in d.techs[r]) / 2,
    ),
    "terms that cancel": (
        "totals",
        lambda x, d, r, p: (
            0.1 * x.cap_miss + 0.2 * x.cap_miss - 0.3 * x.cap_miss + x.activity[r, "wind", p, "day"]
        ),
    ),
    "a coefficient of zero": (
        "runs",
        lambda x, d, r, t, p, s: d.factor[t] * x.activity[r, t, p, s] + x.cap_miss,
    ),
}


@pytest.mark.parametrize("name", QUANTITIES)
def test_both_paths_agree_on_a_quantity(name: str) -> None:
    """The lowered matrix and constants equal what Pyomo expands, and so do uses of the quantity."""
    index, rule = QUANTITIES[name]
    space = system(strict=True)
    space.quantity("found", index, rule)
    space.quantity("twice", index, lambda x, d, *key: 2 * member(x.found, key) + 1)
    space.constraint("held", index, lambda x, d, *key: member(x.twice, key) + x.cap_miss <= 9)
    assert differences(space.matrix(), space.expanded().matrix()) == []


def test_variables_may_be_declared_after_rules() -> None:
    """A quantity lowered when there were fewer columns is used by a row when there are more."""
    space = system(strict=True)
    space.quantity("made", "totals", lambda x, d, r, p: 2 * x.activity[r, "wind", p, "day"])
    space.constraint("early", "totals", lambda x, d, r, p: x.made[r, p] <= 3)
    space.variable("late", "totals")
    space.constraint("row", "totals", lambda x, d, r, p: x.made[r, p] + x.late[r, p] <= 5)
    model = space.matrix()
    assert model.matrix.shape == (8, 29)
    assert model.quantities["made"].matrix.shape == (4, 29)
    assert differences(model, space.expanded().matrix()) == []


def member(family: Any, key: tuple[Any, ...]) -> Any:
    """Return a member of a family; one without letters is its own member."""
    return family[key] if key else family


COMPARISONS: dict[str, tuple[Any, str]] = {
    "<=": (lambda a, c: a <= c, "upper"),
    ">=": (lambda a, c: a >= c, "lower"),
    "==": (lambda a, c: a == c, "both"),
    "number first <=": (lambda a, c: c <= a, "lower"),
    "number first >=": (lambda a, c: c >= a, "upper"),
    "number first ==": (lambda a, c: c == a, "both"),
}


@pytest.mark.parametrize("name", COMPARISONS)
def test_a_comparison_becomes_row_bounds(name: str) -> None:
    """2 * activity + 1 against demand: coefficient 2, bound demand - 1, on the side it was written.

    Demand of the north in 2020 is 5, so the bound is 4.
    """
    compare, side = COMPARISONS[name]
    space = system(strict=True)
    space.constraint(
        "row", "totals",
        lambda x, d, r, p: compare(2 * x.activity[r, "wind", p, "day"] + 1, d.demand[r, p]),
    )  # fmt: skip
    model = space.matrix()
    assert set(model.matrix.data) == {2.0}
    assert model.row_lower[0] == (-np.inf if side == "upper" else 4.0)
    assert model.row_upper[0] == (np.inf if side == "lower" else 4.0)
    assert differences(model, space.expanded().matrix()) == []


def test_variables_on_both_sides_stay_as_written() -> None:
    """Left less right is compared with the constants; the left side keeps its sign."""
    space = system(strict=True)
    space.constraint(
        "row", "later",
        lambda x, d, r, t, p: x.capacity[r, t, p] + 1 <= 3 * x.capacity[r, t, d.previous[p]],
    )  # fmt: skip
    model = space.matrix()
    row = model.matrix[[0], :].toarray().ravel()
    values = dict(zip(model.column_names(), row, strict=True))
    assert values["capacity(north,coal,2030)"] == 1
    assert values["capacity(north,coal,2020)"] == -3
    assert model.row_upper[0] == -1
    assert differences(model, space.expanded().matrix()) == []


def test_a_whole_system_agrees() -> None:
    """Quantities of quantities, ready-made rows, costs and weights agree on both paths."""
    space = solvable(strict=True)
    space.rows(
        "shares", "nothing",
        {"output": [[1.0, 0, -0.5, 0]], "activity": np.eye(1, 16), "emissions": [[1.0] * 4]},
        -np.inf, 8.0,
    )  # fmt: skip
    model = space.matrix()
    assert differences(model, space.expanded().matrix()) == []
    assert model.cost_constant == 14.0
    assert model.cost[model.columns["cap_miss"].slice] == [200.0]


def test_ready_made_rows_carry_the_constants_of_quantities() -> None:
    """2 * (activity + 3) <= 10 is the row 2 * activity <= 4."""
    space = system(strict=True)
    space.quantity("found", "nothing", lambda x, d: x.activity["north", "coal", "2020", "day"] + 3)
    space.rows("row", "nothing", {"found": [[2.0]]}, -np.inf, 10.0)
    model = space.matrix()
    assert model.row_upper.tolist() == [4.0]
    assert model.matrix.toarray()[0, 0] == 2.0
    assert str(space.row("row", ())).endswith("<=  10.0")


def test_a_sum_without_members_is_zero_on_both_paths() -> None:
    """The north has no storage: its row is empty and says 0 <= 5, which holds."""
    space = system(strict=True)
    space.constraint(
        "row", "totals",
        lambda x, d, r, p: sum(x.activity[r, t, p, "day"] for t in d.storage[r]) <= 5,
    )  # fmt: skip
    model = space.matrix()
    assert np.diff(model.matrix.indptr).tolist() == [0, 0, 1, 1]
    assert differences(model, space.expanded().matrix()) == []


def test_an_empty_row_that_cannot_hold_is_kept_for_the_diagnosis() -> None:
    """0 >= demand breaks; both paths keep a row that no solver can satisfy."""
    space = system(strict=True)
    space.constraint(
        "row", "totals",
        lambda x, d, r, p: sum(x.activity[r, t, p, "day"] for t in d.storage[r]) >= d.demand[r, p],
    )  # fmt: skip
    model, slow = space.matrix(), space.expanded().matrix()
    assert differences(model, slow) == []
    assert (model.row_lower[:2] > 0).all()
    assert (slow.row_lower[:2] > 0).all()
    with pytest.raises(LoweringError, match=r"row\(north,2020\): cannot hold"):
        space.expand()


def test_an_index_without_rows_gives_an_empty_family() -> None:
    """A family over no rows has no rows, and its rule is still lowered."""
    space = system(strict=True)
    space.over("never", "rt")
    space.variable("nowhere", "never")
    space.constraint("row", "never", lambda x, d, r, t: x.nowhere[r, t] <= d.cost[t])
    model = space.matrix()
    assert model.matrix.shape == (0, 25)
    assert differences(model, space.expanded().matrix()) == []
