"""Operation: time levels, shapes, availability, loads, ramps, stores, balances."""

import pytest

from carbonpath.system.time import ROOT, Node
from tests.systems import DAY_AND_NIGHT, TWO_SEASONS, Run, cap, make

POWER = {"kind": "energy", "time_level": "slice", "carrier": "electricity"}
HEAT = {"kind": "energy", "time_level": "season"}
GAS = {"flows": {"power": 1.0}, "time_level": "slice", "variable_cost": 10.0}
SOLAR = {
    "flows": {"power": 1.0}, "time_level": "slice", "variable_cost": 1.0, "capacity_unit": "GW",
    "capacity_to_activity": 31.536, "stock": {"2021": 1.0},
    "capacity_factor": {"day": 1.0, "night": 0.0},
}  # fmt: skip
BATTERY = {
    "role": "storage", "time_level": "slice", "capacity_unit": "GW", "stock": {"2021": 1.0},
    "capacity_to_activity": 31.536, "holds": {"charge": 0.009},
    "flows": {"in": {"power": -1.0, "charge": 0.9}, "out": {"power": 1.0, "charge": -1.0}},
}  # fmt: skip


def stored(cycle, level):
    return {"kind": "stored", "time_level": level, "cycle": cycle}


def test_a_capacity_factor_bounds_each_slice():
    """1 GW of sun makes at most 15.768 PJ by day and none by night; 40 PJ are wanted evenly.

    Gas makes 4.232 by day and 20 by night. One more PJ costs 10 in either, and a GW of sun
    would save 15.768 x 9.
    """
    run = Run(make({"sun": SOLAR, "gas": GAS}, {"power": POWER}, {"power": 40.0},
                   nodes=DAY_AND_NIGHT))  # fmt: skip
    assert run.activity("sun", time_slice="day") == pytest.approx(15.768)
    assert run.activity("gas", time_slice="day") == pytest.approx(4.232)
    assert run.activity("gas", time_slice="night") == pytest.approx(20)
    prices = run.results["electricity_price"].sel(time_slice=["day", "night"]).values.ravel()
    assert prices == pytest.approx([10, 10])


def test_a_battery_carries_day_to_night_on_every_day_alike():
    """10 PJ evenly. A store of 0.009 PJ is filled on each of 365 days: 3.285 PJ for the night.

    Filling at 90 % takes 3.65 of sun (1 each); gas makes the remaining 1.715 (10 each).
    One more PJ of store would save (10 - 1 / 0.9) x 365.
    """
    run = Run(
        make({"sun": SOLAR, "gas": GAS, "battery": BATTERY},
             {"power": POWER, "charge": stored("day", "slice")}, {"power": 10.0},
             nodes=DAY_AND_NIGHT)
    )  # fmt: skip
    assert run.activity("battery", mode="out", time_slice="night") == pytest.approx(3.285)
    assert run.activity("battery", mode="in", time_slice="day") == pytest.approx(3.65)
    assert run.activity("gas") == pytest.approx(1.715)
    assert run.value("storage_level", commodity="charge", time_slice="day") == pytest.approx(0.009)
    assert run.value("storage_level", commodity="charge", time_slice="night") == pytest.approx(0)
    assert run.cost == pytest.approx(5 + 3.65 + 17.15)
    family = run.built.linear.rows["level_within_size"]
    duals = run.solution.row_duals[family.slice]
    assert -duals.sum() == pytest.approx((10 - 1 / 0.9) * 365)


def test_a_store_loses_by_the_hour():
    """1 % an hour over 12 hours of night leave 0.99^12 = 0.8864; so does the day before.

    With 0.009 PJ at the end of the day, 0.009 x 0.8864 x 365 = 2.912 PJ reach the night's end
    if they are discharged then: the level at the night's end is what is left.
    """
    run = Run(
        make({"sun": SOLAR, "gas": GAS, "battery": {**BATTERY, "storage_loss": 0.01}},
             {"power": POWER, "charge": stored("day", "slice")}, {"power": 10.0},
             nodes=DAY_AND_NIGHT)
    )  # fmt: skip
    assert run.activity("battery", mode="out") == pytest.approx(0.009 * 0.99**12 * 365)


def test_a_season_store_carries_summer_to_winter():
    """Sun heat of 0.7 at 20: 7 in summer, 0.2 x 7 = 1.4 in winter; 5 are wanted in each.

    The 2 left over in summer are kept for winter; the boiler makes 1.6 at 3 each: 4.8. Heat kept
    in summer is worth the 3 that it saves in winter.
    """
    sun = {
        "flows": {"heat": 1.0}, "time_level": "season", "capacity_unit": "GW",
        "capacity_to_activity": 20.0, "stock": {"2021": 0.7},
        "capacity_factor": {"summer": 1.0, "winter": 0.2},
    }  # fmt: skip
    pit = {
        "role": "storage", "time_level": "season", "capacity_unit": "GW", "stock": {"2021": 1.0},
        "capacity_to_activity": 100.0, "holds": {"warmth": 50.0},
        "flows": {"in": {"heat": -1.0, "warmth": 1.0}, "out": {"heat": 1.0, "warmth": -1.0}},
    }  # fmt: skip
    boiler = {"flows": {"heat": 1.0}, "time_level": "season", "variable_cost": 3.0}
    run = Run(
        make({"sun": sun, "pit": pit, "boiler": boiler},
             {"heat": HEAT, "warmth": stored("year", "season")}, {"heat": 10.0},
             nodes=TWO_SEASONS)
    )  # fmt: skip
    assert run.activity("boiler") == pytest.approx(1.6)
    levels = run.results["storage_level"].sel(commodity="warmth", period=2021)
    rise = levels.sel(time_slice="summer") - levels.sel(time_slice="winter")
    assert float(rise.squeeze()) == pytest.approx(2)
    assert run.cost == pytest.approx(4.8)
    prices = [run.dual("supply_meets_demand", season) for season in ("summer", "winter")]
    assert prices == pytest.approx([3, 3])


def test_a_finer_technology_adds_up_into_an_annual_commodity():
    """Power by day and night takes annual fuel: 10 of power take 25 of fuel, at 2 each."""
    plant = {"flows": {"power": 1.0, "fuel": -2.5}, "time_level": "slice"}
    supply = {"flows": {"fuel": 1.0}, "variable_cost": 2.0}
    run = Run(make({"plant": plant, "supply": supply}, {"power": POWER, "fuel": "energy"},
                   {"power": 10.0}, nodes=DAY_AND_NIGHT))  # fmt: skip
    assert run.value("net_output", commodity="fuel") == pytest.approx(0)
    assert run.value("output", technology="supply") == pytest.approx(25)


def test_an_annual_service_takes_electricity_along_its_shape():
    """10 of light a year take 80 % of their power by day: 8 of sun, 2 of gas at night.

    One more unit of light costs 0.8 x 1 + 0.2 x 10 = 2.8.
    """
    lamp = {"flows": {"light": 1.0, "power": -1.0}}
    run = Run(
        make({"sun": SOLAR, "gas": GAS, "lamp": lamp}, {"power": POWER, "light": "service"},
             {"light": 10.0}, nodes=DAY_AND_NIGHT,
             shapes={("lamp", "power"): {"day": 0.8, "night": 0.2}})
    )  # fmt: skip
    assert run.activity("sun") == pytest.approx(8)
    assert run.activity("gas") == pytest.approx(2)
    assert run.value("commodity_price", commodity="light") == pytest.approx(2.8)
    assert run.value("slice_use", time_slice="day") == pytest.approx(8)
    assert run.value("final_electricity") == pytest.approx(10)


def test_availability_bounds_the_year_of_a_slice_technology():
    """1 GW at 80 % makes at most 25.2288 PJ a year, though no slice is full: 15.768 at most."""
    plant = {**SOLAR, "capacity_factor": 1.0, "availability": 0.8}
    run = Run(make({"plant": plant, "gas": GAS}, {"power": POWER}, {"power": 30.0},
                   nodes=DAY_AND_NIGHT))  # fmt: skip
    assert run.activity("plant") == pytest.approx(0.8 * 31.536)


def test_availability_bounds_an_annual_technology():
    """5 of capacity at 90 % make 4.5; the rest is dear."""
    plant = {"flows": {"heat": 1.0}, "capacity_unit": "GW", "capacity_to_activity": 1.0,
             "stock": {"2021": 5.0}, "availability": 0.9}  # fmt: skip
    dear = {"flows": {"heat": 1.0}, "variable_cost": 7.0}
    run = Run(make({"plant": plant, "dear": dear}, {"heat": "service"}, {"heat": 10.0}))
    assert run.activity("plant") == pytest.approx(4.5)
    assert run.value("commodity_price", commodity="heat") == pytest.approx(7)


def test_minimum_load_runs_in_every_slice_and_minimum_use_over_the_year():
    """A dear plant of 0.2 GW runs at 50 % of each slice: 1.5768 by day and by night.

    Another runs for 25 % of its year: 0.25 x 0.1 x 31.536 = 0.7884, whenever it likes.
    """
    must = {**SOLAR, "variable_cost": 90.0, "stock": {"2021": 0.2}, "capacity_factor": 1.0,
            "minimum_load": 0.5}  # fmt: skip
    some = {**SOLAR, "variable_cost": 95.0, "stock": {"2021": 0.1}, "capacity_factor": 1.0,
            "minimum_use": 0.25}  # fmt: skip
    run = Run(make({"must": must, "some": some, "gas": GAS}, {"power": POWER}, {"power": 30.0},
                   nodes=DAY_AND_NIGHT))  # fmt: skip
    assert run.activity("must", time_slice="day") == pytest.approx(1.5768)
    assert run.activity("must", time_slice="night") == pytest.approx(1.5768)
    assert run.activity("some") == pytest.approx(0.7884)


def test_ramping_ties_neighbouring_slices():
    """1 GW may change by 2 % of itself an hour; the middles of day and night are 12 h apart: 24 %.

    Wanted are 15 PJ by day and 2 by night. The plant is cheap and runs at 15 by day, so at least
    at 15 - 0.24 x 15.768 = 11.2157 by night, where a heater takes the surplus. One more by day
    costs 1 then and 1 by night.
    """
    plant = {**SOLAR, "capacity_factor": 1.0, "ramp_rate": 0.02}
    heater = {"flows": {"power": -1.0}, "time_level": "slice", "role": "sink"}
    run = Run(
        make({"plant": plant, "gas": {**GAS, "variable_cost": 100.0}, "heater": heater},
             {"power": POWER}, {("power", "2021", "day"): 15.0, ("power", "2021", "night"): 2.0},
             nodes=DAY_AND_NIGHT)
    )  # fmt: skip
    assert run.activity("plant", time_slice="day") == pytest.approx(15)
    assert run.activity("plant", time_slice="night") == pytest.approx(15 - 0.24 * 15.768)
    assert run.activity("heater") == pytest.approx(15 - 0.24 * 15.768 - 2)
    assert run.dual("supply_meets_demand", "day") == pytest.approx(2)


def test_ramping_ties_slices_of_one_day_only():
    """Two days of one slice each have no neighbours: 15 and 2 as wanted."""
    nodes = (
        ROOT,
        Node("year", "season", 1.0, 1, "annual"),
        Node("day", "slice", 0.5, 1, "year", "typical", 365.0),
        Node("night", "slice", 0.5, 2, "year", "low", 365.0),
    )
    plant = {**SOLAR, "capacity_factor": 1.0}
    run = Run(
        make({"plant": plant}, {"power": POWER},
             {("power", "2021", "day"): 15.0, ("power", "2021", "night"): 2.0}, nodes=nodes)
    )  # fmt: skip
    assert run.activity("plant", time_slice="night") == pytest.approx(2)


def test_activity_bounds_hold_over_the_year():
    """At most 3 from the cheap one at 1, at least 2 from the dear one at 9, 5 from the third at 4.

    One more of the cheap one saves 3; one less of the dear one 5.
    """
    run = Run(
        make({"cheap": {"flows": {"heat": 1.0}, "variable_cost": 1.0, "activity_limit": 3.0},
              "dear": {"flows": {"heat": 1.0}, "variable_cost": 9.0, "activity_floor": 2.0},
              "third": {"flows": {"heat": 1.0}, "variable_cost": 4.0}},
             {"heat": "service"}, {"heat": 10.0})
    )  # fmt: skip
    found = [run.value("total_activity", technology=t) for t in ("cheap", "dear", "third")]
    assert found == pytest.approx([3, 2, 5])
    assert run.dual("activity_within_limit", "cheap") == pytest.approx(-3)
    assert abs(run.dual("activity_above_floor", "dear")) == pytest.approx(5)


def test_energy_is_not_thrown_away_but_by_products_are():
    """A plant makes 1 of power with 0.5 of heat and 0.2 of ash; 10 of power are wanted, no heat.

    Heat must be taken by a cooler at 2 each; ash is of kind other and is left: cost 10 + 10.
    """
    plant = {"flows": {"power": 1.0, "heat": 0.5, "ash": 0.2}, "variable_cost": 1.0}
    cooler = {"flows": {"heat": -1.0}, "variable_cost": 2.0}
    run = Run(
        make(
            {"plant": plant, "cooler": cooler},
            {"power": "energy", "heat": "energy", "ash": "other"},
            {"power": 10.0},
        )
    )
    assert run.activity("cooler") == pytest.approx(5)
    assert run.cost == pytest.approx(20)
    assert run.value("commodity_price", commodity="heat") == pytest.approx(-2)
    assert run.value("commodity_price", commodity="ash") == pytest.approx(0)


def test_modes_are_chosen_under_a_cap():
    """One boiler burns coal (2.5, CO2 1) or gas (6, CO2 0.4): under a cap of 7 five of each."""
    boiler = {
        "flows": {"on_coal": {"heat": 1.0, "co2": 1.0}, "on_gas": {"heat": 1.0, "co2": 0.4}},
        "variable_cost": {"on_coal": 2.5, "on_gas": 6.0},
    }
    run = Run(make({"boiler": boiler}, {"heat": "service", "co2": "emission"}, {"heat": 10.0},
                   limits=[cap("co2", 7)]))  # fmt: skip
    assert run.activity("boiler", mode="on_gas") == pytest.approx(5)
    assert run.price("co2_cap") == pytest.approx(5.8333, rel=1e-4)
