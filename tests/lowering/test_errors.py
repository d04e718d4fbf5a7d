"""What is missing or wrong is named with its labels; what cannot be lowered is expanded."""

import logging
from typing import Any

import numpy as np
import pytest

from carbonpath.model.lowering import LoweringError
from carbonpath.model.lowering.compare import differences
from tests.lowering.systems import Small, coded, system

MISSING: dict[str, tuple[str, Any, str]] = {
    "data": (
        "technologies",
        lambda x, d, r, t: d.price[t] * x.cap_miss,
        r"d.price\[wind\]; d.price\[battery\]: nothing is given",
    ),
    "data at a concrete label": (
        "technologies",
        lambda x, d, r, t: d.price["wind"] * x.cap_miss,
        r"price\[wind\]: nothing is given",
    ),
    "data in a sum": (
        "totals",
        lambda x, d, r, p: sum(d.price[t] for t in d.techs[r]) * x.cap_miss,
        r"d.price\[wind\]; d.price\[battery\]: nothing",
    ),
    "a variable": (
        "totals",
        lambda x, d, r, p: x.activity[r, "coal", p, "day"],
        r"x.activity\[south, coal, 2020, day\]; x.activity\[south, coal, 2030, day\]: nothing",
    ),
    "a variable at a label that another dimension lacks": (
        "built",
        lambda x, d, r, t, v: x.activity[r, t, d.odd[v], "day"],
        r"x.activity\[north, coal, pooled, day\]",
    ),
    "a lookup": (
        "totals",
        lambda x, d, r, p: x.activity[r, "wind", d.previous[p], "day"],
        r"d.previous\[2020\]: nothing is given",
    ),
    "a label nobody declared": (
        "totals",
        lambda x, d, r, p: x.activity[r, "fusion", p, "day"],
        r"x.activity\[north, fusion, 2020, day\].* and 1 more: nothing",
    ),
}


@pytest.mark.parametrize("slow", [False, True])
@pytest.mark.parametrize("name", MISSING)
def test_a_missing_key_is_named(name: str, slow: bool) -> None:
    """Neither path takes a key that nothing is given for as zero."""
    index, rule, message = MISSING[name]
    space = system(strict=True, slow=slow)
    space.given("price", "t", {"coal": 1.0})
    space.lookup("odd", "v", coded("v", [("2020",), ("2030",)]), "v", [0, 1])
    expected = "nothing is given" if slow else message
    with pytest.raises(LoweringError, match=expected):
        space.quantity("found", index, rule)


def test_no_more_than_three_missing_keys_are_named() -> None:
    """Three keys and a count are enough to see what is missing."""
    space = system(strict=True)
    space.given("price", "rtp", {("north", "coal", "2020"): 1.0})
    with pytest.raises(LoweringError, match="and 4 more"):
        space.quantity("found", "runs", lambda x, d, r, t, p, s: d.price[r, t, p] * x.cap_miss)


def test_a_default_stands_for_missing_keys_only_where_it_is_declared() -> None:
    """The factor of wind is not given and 0 by default, that of coal is 0.9."""
    space = system(strict=True)
    found = space.quantity("found", "technologies", lambda x, d, r, t: d.factor[t] + 0 * x.cap_miss)
    assert found.block.constant.tolist() == [0.9, 0.0, 0.0, 0.0]


def test_a_default_also_stands_where_a_label_is_of_another_dimension() -> None:
    """No vintage is called as a period before 2020 is: the default counts on both paths."""
    space = system(strict=True)
    space.over("vintages", "v", ("pooled",), ("2030",))
    space.given("weight", "p", {"2030": 4.0}, default=1.5)
    space.quantity("found", "vintages", lambda x, d, v: d.weight[v] * x.cap_miss)
    model = space.matrix()
    assert sorted(model.quantities["found"].matrix.data) == [1.5, 4.0]
    assert differences(model, space.expanded().matrix()) == []


UNLOWERABLE: dict[str, tuple[str, Any]] = {
    "a condition on data": (
        "technologies",
        lambda x, d, r, t: 2 * x.cap_miss if d.factor[t] > 0 else x.cap_miss,
    ),
    "a condition on a label": (
        "technologies",
        lambda x, d, r, t: 2 * x.cap_miss if t == "coal" else x.cap_miss,
    ),
    "a filtered sum": (
        "totals",
        lambda x, d, r, p: sum(
            x.activity[r, t, p, "day"] for t in d.techs[r] if d.factor[t] > 0
        ) + x.cap_miss,
    ),  # fmt: skip
    "a loop": (
        "totals",
        lambda x, d, r, p: sum([x.activity[r, t, p, "day"] for t in d.techs[r]]),
    ),
    "a dict": (
        "technologies",
        lambda x, d, r, t: {"coal": 1, "wind": 2, "battery": 3}[t] * x.cap_miss,
    ),
    "a power": ("technologies", lambda x, d, r, t: d.cost[t] ** 2 * x.cap_miss),
    "text of a label": ("totals", lambda x, d, r, p: int(p) * x.cap_miss),
    "arithmetic in a subscript": (
        "technologies",
        lambda x, d, r, t: d.by_number[d.cost[t] * 0 + 1] * x.cap_miss,
    ),
    "arithmetic on a label": ("totals", lambda x, d, r, p: d.length[str(int(p) + 0)] * x.cap_miss),
    "a sum over a plain list": (
        "totals",
        lambda x, d, r, p: sum(x.activity[r, t, p, s] for s in ["day"] for t in d.techs[r]),
    ),
}  # fmt: skip


def numbered(**options: Any) -> Small:
    """Return the system with data over a number, which a label may be as well."""
    space = system(**options)
    space.given("by_number", "n", {1: 2.5, 2: 3.5})
    return space


@pytest.mark.parametrize("name", UNLOWERABLE)
def test_what_cannot_be_lowered_is_expanded_and_named(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The family is expanded by Pyomo, correct all the same, and the log says so."""
    index, rule = UNLOWERABLE[name]
    space = numbered()
    with caplog.at_level(logging.WARNING):
        space.quantity("found", index, rule)
        space.constraint("held", index, lambda x, d, *key: x.found[key] <= 2 * rule(x, d, *key))
    assert space.fallbacks == ["found", "held"]
    assert [record.message.split(":")[0] for record in caplog.records] == [
        "found is expanded row by row",
        "held is expanded row by row",
    ]
    assert differences(space.matrix(), space.expanded().matrix()) == []


@pytest.mark.parametrize("name", UNLOWERABLE)
def test_strict_forbids_the_slow_path(name: str) -> None:
    """A rule that we ship must lower; with `strict` it is an error otherwise."""
    index, rule = UNLOWERABLE[name]
    space = numbered(strict=True)
    with pytest.raises(LoweringError, match="found: cannot be lowered to arrays"):
        space.quantity("found", index, rule)


@pytest.mark.parametrize("slow", [False, True])
@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (lambda x, d, r, t: x.capacite[r, t] <= 1, "x.capacite: no such variable or quantity"),
        (lambda x, d, r, t: x.cap_miss <= d.costs[t], "d.costs: no such data"),
        (
            lambda x, d, r, t: sum(x.activiti[r, u, "2020", "day"] for u in d.techs[r]) <= 1,
            "x.activiti: no such variable or quantity",
        ),
        (lambda x, d, r, t: x.capacity[r, t] <= 1, "capacity.*needs 3 labels"),
        (lambda x, d, r, t: x.cap_miss <= d.cost[r, t], "cost.*needs 1 labels"),
        (lambda x, d, r, t: x.cap_miss, "a constraint must return one comparison"),
        (lambda x, d, r, t: x.cap_miss < 3, "a constraint must return one comparison"),
    ],
)
def test_a_wrong_rule_is_named(rule: Any, message: str, slow: bool) -> None:
    """Both paths refuse names that do not exist and rules that are not one comparison."""
    with pytest.raises(LoweringError, match=message):
        system(slow=slow).constraint("row", "technologies", rule)


NOT_LINEAR: dict[str, Any] = {
    "a product of two variables": lambda x, d: x.cap_miss * x.cap_miss,
    "a division by a variable": lambda x, d: 1 / x.cap_miss,
    "PowExpression in a rule": lambda x, d: x.cap_miss**2,
}


@pytest.mark.parametrize("reason", NOT_LINEAR)
def test_what_is_not_linear_is_refused_on_both_paths(reason: str) -> None:
    """The fast path says what it met; Pyomo does not lower it either."""
    rule = NOT_LINEAR[reason]
    with pytest.raises(LoweringError, match=f"found: cannot be lowered to arrays: {reason}"):
        system(strict=True).quantity("found", "nothing", rule)
    with pytest.raises(LoweringError, match="found: a rule is not linear"):
        system().quantity("found", "nothing", rule)


def test_rows_of_numbers_only_hold_or_do_not() -> None:
    """Demand is 5 and 6 in the north, 7 and 8 in the south: two rows hold, two cannot."""
    space = system(strict=True)
    space.constraint("row", "totals", lambda x, d, r, p: d.demand[r, p] <= 6)
    model = space.matrix()
    assert (model.row_lower <= 0).tolist() == [True, True, False, False]
    assert differences(model, space.expanded().matrix()) == []


def test_a_rule_that_compares_two_numbers_is_expanded() -> None:
    """The cap of 40 is below 50, whatever the labels: the row is empty and holds."""
    space = system()
    space.constraint("row", "technologies", lambda x, d, r, t: d.cap <= 50)
    assert space.fallbacks == ["row"]
    assert (space.matrix().row_upper >= 0).all()


def test_equations_and_inequalities_do_not_mix() -> None:
    """One family has one kind of comparison."""
    space = system()
    with pytest.raises(LoweringError, match="some rows are equations"):
        space.constraint(
            "row", "technologies",
            lambda x, d, r, t: x.cap_miss == 1 if t == "coal" else x.cap_miss <= 1,
        )  # fmt: skip


DECLARATIONS: dict[str, tuple[Any, str]] = {
    "twice": (lambda s: s.over("runs", "r", ("north",)), "runs: declared twice"),
    "a quantity like a variable": (
        lambda s: s.quantity("activity", "nothing", lambda x, d: 1), "activity: declared twice"),
    "no such index": (lambda s: s.variable("new", "nowhere"), "no index 'nowhere'"),
    "no such letter": (lambda s: s.index("new", "q", [[0]]), "dimension 'q' has no labels"),
    "a key twice": (
        lambda s: s.over("new", "rt", ("north", "coal"), ("south", "coal"), ("north", "coal")),
        r"new: key \('north', 'coal'\) is given twice"),
    "a key of no letters twice": (lambda s: s.over("new", "", (), ()), "given twice"),
    "a code without label": (lambda s: s.index("new", "r", [[2]]), "stands for no label"),
    "a column too many": (lambda s: s.index("new", "r", [[0, 1]]), "one column for each"),
    "a member without label": (lambda s: s.join("new", "r", "t", [[0, 3]]), "stands for no label"),
    "a join without member": (lambda s: s.join("new", "r", "t", [[0], [1]]), "one column for each"),
    "a lookup without target": (
        lambda s: s.lookup("new", "p", [[0], [1]], "p", [0]), "one target label for each key"),
    "a weight for no quantity": (lambda s: s.objective({"activity": 1}), "is not a quantity"),
    "a matrix of the wrong shape": (
        lambda s: s.rows("new", "nothing", {"activity": np.ones((1, 3))}, 0, 1), "of shape"),
    "a label twice": (lambda s: type(s)({"r": ("a", "a")}), "a label is given twice"),
}  # fmt: skip


@pytest.mark.parametrize("name", DECLARATIONS)
def test_a_wrong_declaration_is_refused(name: str) -> None:
    """Names, letters, codes, keys and shapes are checked where they are declared."""
    declare, message = DECLARATIONS[name]
    with pytest.raises(LoweringError, match=message):
        declare(system())
