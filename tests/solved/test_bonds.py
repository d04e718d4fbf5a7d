"""What binds technologies to each other: static margins, links, curtailment, by-products, ramps."""

import pytest

from tests.systems import DAY_AND_NIGHT, Run, make

POWER = {"kind": "energy", "time_level": "slice"}
YEARLY = {"time_level": "slice", "capacity_unit": "GW", "capacity_to_activity": 1.0,
          "lifetime": 1.0, "hurdle_rate": 0.0}  # fmt: skip


def test_a_static_margin_is_a_commodity_of_capacity():
    """6 of power by day and 4 by night, each slice half a year; reserves of 20 %.

    A plant costs 2 a year and counts in full, standby 0.6 and counts half. 6 by day need 12 GW of
    plants, which give 6 of the 7.2 of reserve; 4.8 GW of standby give the rest: 24 + 2.88.
    One more PJ by day: 2 GW of plant (4) that give 1 of the 1.2 it needs, 0.2 / 0.25 GW of standby
    (0.48): 4.48. A unit of reserve costs 0.6 / 0.25 = 2.4 by day, and nothing by night.
    """
    plant = {**YEARLY, "flows": {"power": 1.0, "reserve": -1.2}, "investment_cost": 2.0,
             "standing": {"reserve": 1.0}}  # fmt: skip
    standby = {**YEARLY, "flows": {}, "investment_cost": 0.6, "standing": {"reserve": 0.5}}
    run = Run(
        make({"plant": plant, "standby": standby},
             {"power": POWER, "reserve": {**POWER, "surplus": "free"}},
             {("power", "2021", "day"): 6.0, ("power", "2021", "night"): 4.0}, nodes=DAY_AND_NIGHT)
    )  # fmt: skip
    assert run.value("total_capacity", technology="plant") == pytest.approx(12)
    assert run.value("total_capacity", technology="standby") == pytest.approx(4.8)
    assert run.cost == pytest.approx(26.88)
    assert run.dual("supply_meets_demand", "power", "day") == pytest.approx(4.48)
    assert run.dual("supply_covers_demand", "reserve", "day") == pytest.approx(2.4)
    assert run.dual("supply_covers_demand", "reserve", "night") == pytest.approx(0)


def test_a_linked_technology_runs_as_the_first_one_emits():
    """Each power binds 0.9 of CO2, which a synthesis must make into fuel at 2, wanted or not.

    10 of power: 10 + 9 x 2 = 28; one more costs 1 + 1.8. A unit of the link must be taken: -2.
    """
    plant = {"flows": {"power": 1.0, "link": 0.9}, "variable_cost": 1.0}
    works = {"flows": {"link": -1.0, "fuel": 1.0}, "variable_cost": 2.0}
    run = Run(
        make({"plant": plant, "works": works},
             {"power": "energy", "link": "energy", "fuel": {"kind": "energy", "surplus": "free"}},
             {"power": 10.0})
    )  # fmt: skip
    assert run.activity("works") == pytest.approx(9)
    assert run.cost == pytest.approx(28)
    assert run.value("commodity_price", commodity="power") == pytest.approx(2.8)
    assert run.value("commodity_price", commodity="link") == pytest.approx(-2)


def test_what_is_not_wanted_is_curtailed():
    """2 GW of wind make at most 1 by day and 0.5 by night; 0.6 and 0.9 are wanted.

    0.4 by day are curtailed, gas makes 0.4 by night at 10. Power is worth nothing by day and 10 by
    night; another unit of what wind may make by night would save 10.
    """
    wind = {"flows": {"power": 1.0}, "time_level": "slice", "capacity_unit": "GW",
            "capacity_to_activity": 1.0, "stock": {"2021": 2.0},
            "capacity_factor": {"day": 1.0, "night": 0.5}}  # fmt: skip
    gas = {"flows": {"power": 1.0}, "time_level": "slice", "variable_cost": 10.0}
    run = Run(
        make({"wind": wind, "gas": gas}, {"power": POWER},
             {("power", "2021", "day"): 0.6, ("power", "2021", "night"): 0.9}, nodes=DAY_AND_NIGHT)
    )  # fmt: skip
    assert run.activity("wind", time_slice="day") == pytest.approx(0.6)
    assert run.cost == pytest.approx(4)
    assert run.dual("supply_meets_demand", "day") == pytest.approx(0)
    assert run.dual("supply_meets_demand", "night") == pytest.approx(10)
    assert run.dual("activity_within_capacity", "night") == pytest.approx(-10)


@pytest.mark.parametrize(("heat", "boiler", "prices"), [(4.0, 0.0, (1, 0)), (12.0, 2.0, (-2, 3))])
def test_a_flexible_plant_lets_its_by_product_go(heat, boiler, prices):
    """Each power comes with one of heat, which may be let go; 10 of power are wanted at 1 each.

    4 of heat: 6 go, heat is worth nothing and power 1. 12 of heat: a boiler makes 2 at 3; heat is
    worth 3, and power, which brings heat along, 1 - 3.
    """
    plant = {"flows": {"power": 1.0, "heat": 1.0}, "variable_cost": 1.0}
    other = {"flows": {"heat": 1.0}, "variable_cost": 3.0}
    run = Run(
        make({"plant": plant, "boiler": other},
             {"power": "energy", "heat": {"kind": "energy", "surplus": "free"}},
             {"power": 10.0, "heat": heat})
    )  # fmt: skip
    assert run.activity("boiler") == pytest.approx(boiler)
    assert run.cost == pytest.approx(10 + 3 * boiler)
    found = [run.value("commodity_price", commodity=c) for c in ("power", "heat")]
    assert found == pytest.approx(list(prices))


def test_output_falls_more_slowly_than_it_rises():
    """1 GW may rise 5 % of itself an hour and fall 2 %; day and night are 12 h apart.

    15 by day, 2 by night wanted: by night it makes at least 15 - 0.24 x 15.768 = 11.2157, and a
    heater takes the surplus. At 1 per PJ 26.2157. One more by day costs 1 then and 1 by night,
    one more by night nothing. A rate of output less by night would save half a PJ.
    """
    plant = {"flows": {"power": 1.0}, "time_level": "slice", "variable_cost": 1.0,
             "capacity_unit": "GW", "capacity_to_activity": 31.536, "stock": {"2021": 1.0},
             "ramp_rate": 0.05, "ramp_down_rate": 0.02}  # fmt: skip
    heater = {"flows": {"power": -1.0}, "time_level": "slice", "role": "sink"}
    demand = {("power", "2021", "day"): 15.0, ("power", "2021", "night"): 2.0}
    run = Run(
        make({"plant": plant, "heater": heater}, {"power": POWER}, demand, nodes=DAY_AND_NIGHT)
    )
    assert run.activity("plant", time_slice="night") == pytest.approx(11.21568)
    assert run.cost == pytest.approx(26.21568)
    assert run.dual("supply_meets_demand", "day") == pytest.approx(2)
    assert run.dual("supply_meets_demand", "night") == pytest.approx(0)
    assert run.dual("output_falls_within_ramp_rate", "night", "day") == pytest.approx(-0.5)
