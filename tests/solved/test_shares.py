"""Shares of capacity, of what is built and of activity; splits of inputs and outputs; resources."""

import pytest

from carbonpath.system.system import ALL_PERIODS, Limit
from tests.systems import DAY_AND_NIGHT, Run, make, mini

PLANT = {"flows": {"heat": 1.0}, "capacity_unit": "GW", "capacity_to_activity": 1.0,
         "lifetime": 20.0, "hurdle_rate": 0.0}  # fmt: skip
DEAR = {"technology": ("dear",)}


def plants(limit: Limit, **cheap: object) -> Run:
    """10 of heat from a plant that costs 1 a year per GW and one that costs 3, under a limit."""
    technologies = {
        "cheap": {**PLANT, "investment_cost": 20.0, **cheap},
        "dear": {**PLANT, "investment_cost": 60.0},
    }
    return Run(make(technologies, {"heat": "service"}, {"heat": 10.0}, limits=[limit]))


def test_a_share_of_capacity_is_held():
    """At least 30 % of all capacity is dear: 3 and 7, cost 9 + 7; heat costs 0.3 x 3 + 0.7 x 1.

    A unit more of the floor swaps a cheap GW for a dear one: 2.
    """
    run = plants(Limit("s", "total_capacity", ">=", {"2021": 0.3}, DEAR, of="total_capacity"))
    assert run.value("total_capacity", technology="dear") == pytest.approx(3)
    assert run.cost == pytest.approx(16)
    assert run.price("s") == pytest.approx(-2)
    assert run.value("commodity_price") == pytest.approx(1.6)


def test_a_share_of_what_is_built_is_held():
    """4 GW stand; of the 6 that are built half are dear: 3 and 3, cost 12; one more heat: 2."""
    share = Limit("s", "new_capacity", ">=", {"2021": 0.5}, DEAR, of="new_capacity")
    run = plants(share, stock={"2021": 4.0})
    assert run.value("new_capacity", technology="dear") == pytest.approx(3)
    assert run.cost == pytest.approx(12)
    assert run.price("s") == pytest.approx(-2)
    assert run.value("commodity_price") == pytest.approx(2)


def test_a_share_of_activity_is_held():
    """Coal is at most 60 % of all activity: 6 at 2.5 and 4 of gas at 6; a unit more saves 3.5."""
    coal = {"technology": ("coal",)}
    run = Run(
        mini(limits=[Limit("s", "total_activity", "<=", {"2021": 0.6}, coal, of="total_activity")])
    )
    assert run.activity("coal") == pytest.approx(6)
    assert run.price("s") == pytest.approx(3.5)
    assert run.value("commodity_price", commodity="heat") == pytest.approx(0.6 * 2.5 + 0.4 * 6)


SLICED = {"kind": "energy", "time_level": "slice"}


def test_inputs_are_split_in_every_time_slice():
    """Heat of 4 by day, 6 by night, from wood (2 per heat, at 1) or gas (1 per heat, at 3).

    At least half of what is taken in each slice is gas: 2 w = g, so g is two thirds of the heat:
    2.667 by day and 4 by night. Cost 2/3 x 10 x 3 + 1/3 x 10 x 1 = 23.333.
    One more heat costs 7/3; one more unit of the floor by day turns 1/3 of heat to gas: 2/3.
    """
    stove = {"flows": {"wood": {"heat": 1.0}, "gas": {"heat": 1.0}}, "time_level": "slice",
             "variable_cost": {"wood": 1.0, "gas": 3.0},
             "input_need": {"wood": 2.0, "gas": 1.0}}  # fmt: skip
    half = Limit("half", "mode_input", ">=", {"2021": 0.5}, {"mode": ("gas",)}, ("time_slice",),
                 of="mode_input")  # fmt: skip
    demand = {("heat", "2021", "day"): 4.0, ("heat", "2021", "night"): 6.0}
    run = Run(make({"stove": stove}, {"heat": SLICED}, demand, nodes=DAY_AND_NIGHT, limits=[half]))
    assert run.activity("stove", mode="gas", time_slice="day") == pytest.approx(8 / 3)
    assert run.activity("stove", mode="gas", time_slice="night") == pytest.approx(4)
    assert run.cost == pytest.approx(70 / 3)
    prices = [float(x) for x in run.results["limit_price"]]
    assert prices == pytest.approx([-4 / 3, -4 / 3])


def refinery(each: tuple[str, ...]) -> Run:
    """A refinery makes petrol or diesel at 1 each; at least 40 % is diesel, which nobody wants."""
    works = {"flows": {"petrol": {"petrol": 1.0}, "diesel": {"diesel": 1.0}},
             "time_level": "slice", "variable_cost": 1.0}  # fmt: skip
    split = Limit("split", "activity", ">=", {"2021": 0.4}, {"mode": ("diesel",)}, each,
                  of="activity")  # fmt: skip
    demand = {("petrol", "2021", "day"): 9.0, ("petrol", "2021", "night"): 3.0}
    free = {**SLICED, "surplus": "free"}
    return Run(
        make({"works": works}, {"petrol": SLICED, "diesel": free}, demand, nodes=DAY_AND_NIGHT,
             limits=[split])
    )  # fmt: skip


def test_outputs_are_split_over_the_year():
    """12 of petrol are 60 %: 8 of diesel, cost 20.

    One more petrol costs 1 / 0.6, and so does one more unit of the floor.
    """
    run = refinery(())
    assert run.activity("works", mode="diesel") == pytest.approx(8)
    assert run.cost == pytest.approx(20)
    assert run.price("split") == pytest.approx(-1 / 0.6)
    price = run.built.linear.rows["supply_meets_demand"].slice
    assert run.solution.row_duals[price] == pytest.approx([1 / 0.6, 1 / 0.6])


def test_outputs_are_split_in_every_time_slice():
    """9 by day are 60 %: 6 of diesel by day, 2 by night; each slice has a price of 1 / 0.6."""
    run = refinery(("time_slice",))
    assert run.activity("works", mode="diesel", time_slice="day") == pytest.approx(6)
    assert run.activity("works", mode="diesel", time_slice="night") == pytest.approx(2)
    assert [float(x) for x in run.results["limit_price"]] == pytest.approx([-1 / 0.6, -1 / 0.6])


MINE = {"technology": ("coal",)}


def test_a_resource_counts_each_period_once():
    """15 of coal over 2021 and the two years to 2023, each period counted once (resource limit).

    A unit saves 3.5 in 2021 and twice in 2023: 10 in 2023, 5 in 2021. 12.5 + 30 + 2 x 25 = 92.5;
    one more would be burnt in 2021.
    """
    mine = Limit("mine", "total_activity", "<=", {ALL_PERIODS: 15.0}, MINE, weighted=False)
    run = Run(mini(periods=(2021, 2023), limits=[mine]))
    assert run.activity("coal", 2021) == pytest.approx(5)
    assert run.activity("coal", 2023) == pytest.approx(10)
    assert run.cost == pytest.approx(92.5)
    assert float(run.results["limit_price"][0]) == pytest.approx(3.5)


def test_activity_over_the_horizon_is_bounded_in_all_its_years():
    """15 of coal in three years (TotalTechnologyModelPeriodActivityUpperLimit): 15 of gas at 6.

    37.5 + 90 = 127.5, and one more saves 3.5.
    """
    mine = Limit("mine", "total_activity", "<=", {ALL_PERIODS: 15.0}, MINE)
    run = Run(mini(periods=(2021, 2023), limits=[mine]))
    assert run.activity("coal", 2021) + 2 * run.activity("coal", 2023) == pytest.approx(15)
    assert run.cost == pytest.approx(127.5)
    assert float(run.results["limit_price"][0]) == pytest.approx(3.5)
