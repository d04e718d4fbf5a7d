"""Stores that go on over the horizon, rates of charging, reserves, demand at any time, trade."""

from pathlib import Path
from typing import Any

import pytest

from carbonpath.system.system import EnergySystem
from tests.reference.small import dataset
from tests.reference.small import run as imported
from tests.systems import DAY_AND_NIGHT, HERE, Run, make

POWER = {"kind": "energy", "time_level": "annual"}
LAKE = {"kind": "stored", "time_level": "annual", "cycle": "horizon"}
YEARS = (2021, 2022)


def lake_system(cheap: float = 5.0, **changes: Any) -> EnergySystem:
    """A lake that holds 10 and starts with 4; 3 are wanted in each of two years, imports cost 5."""
    technologies = {
        "lake": {"flows": {}, "role": "storage", "capacity_unit": "GW", "holds": {"water": 1.0},
                 "stock": {"2021": 10.0, "2022": 10.0}, "storage_start": 4.0, **changes},
        "turbine": {"flows": {"power": 1.0, "water": -1.0}},
        "pump": {"flows": {"power": -1.0, "water": 1.0}},
        "import": {"flows": {"power": 1.0}, "variable_cost": {"2021": cheap, "2022": 5.0}},
    }  # fmt: skip
    weights = {(year, "end", "annual"): 1.0 for year in ("2021", "2022")}
    return make(
        technologies, {"power": POWER, "water": LAKE}, {"power": 3.0}, YEARS,
        checkpoints=("end",), parameters={"level_weight": weights},
    )  # fmt: skip


def lake(cheap: float = 5.0, **changes: Any) -> Run:
    """Solve the lake."""
    return Run(lake_system(cheap, **changes))


def battery_system() -> EnergySystem:
    """Power is made by day, 1 is wanted by night; a quarter of the battery's size stays."""
    power = {"kind": "energy", "time_level": "slice"}
    battery = {
        "flows": {"in": {"power": -1.0, "charge": 1.0}, "out": {"power": 1.0, "charge": -1.0}},
        "time_level": "slice", "capacity_unit": "GW", "capacity_to_activity": 1000.0,
        "holds": {"charge": 1.0}, "investment_cost": 365.0, "lifetime": 1.0, "hurdle_rate": 0.0,
        "minimum_level": 0.25,
    }  # fmt: skip
    sun = {
        "flows": {"power": 1.0}, "time_level": "slice", "capacity_unit": "GW",
        "capacity_to_activity": 1.0, "stock": {"2021": 10.0},
        "capacity_factor": {"day": 1.0, "night": 0.0},
    }  # fmt: skip
    stored = {"kind": "stored", "time_level": "slice", "cycle": "day"}
    return make(
        {"battery": battery, "sun": sun}, {"power": power, "charge": stored},
        {("power", "2021", "night"): 1.0}, nodes=DAY_AND_NIGHT,
    )  # fmt: skip


def reserve_system() -> EnergySystem:
    """10 a year, 6 of it in the half year of day, with a reserve of 20 %."""
    plant = {
        "flows": {"power": 1.0}, "time_level": "slice", "capacity_unit": "GW",
        "capacity_to_activity": 1.0, "investment_cost": 2.0, "lifetime": 1.0, "hurdle_rate": 0.0,
        "reserve_credit": 1.0,
    }  # fmt: skip
    return make(
        {"plant": plant}, {"power": {"kind": "energy", "time_level": "slice"}},
        {("power", "2021", "day"): 6.0, ("power", "2021", "night"): 4.0}, nodes=DAY_AND_NIGHT,
        parameters={"reserve_requirement": {(HERE, "power", "2021"): 1.2}},
    )  # fmt: skip


def anytime_system() -> EnergySystem:
    """3 by day and 2 at any time; days cost 5, nights 1."""

    def plant(at: str, cost: float) -> dict[str, Any]:
        return {
            "flows": {"power": 1.0}, "time_level": "slice", "capacity_unit": "GW",
            "capacity_to_activity": 1.0, "stock": {"2021": 20.0}, "variable_cost": cost,
            "capacity_factor": {"day": float(at == "day"), "night": float(at == "night")},
        }  # fmt: skip

    power = {"kind": "energy", "time_level": "slice", "surplus": "free"}
    return make(
        {"sun": plant("day", 5.0), "wind": plant("night", 1.0)}, {"power": power},
        {("power", "2021", "day"): 3.0}, nodes=DAY_AND_NIGHT,
        parameters={"yearly_demand": {(HERE, "power", "2021"): 2.0}},
    )  # fmt: skip


def dual(run: Run, name: str, place: int = 0) -> float:
    """Return the dual of a row of a family; rows are kept as <=, so what binds is negative."""
    return float(run.solution.row_duals[run.built.linear.rows[name].start + place])


def test_what_a_lake_holds_goes_on_to_the_next_year() -> None:
    """6 are wanted, 4 are there: 2 are imported for 10. One more at the start saves 5.

    level_goes_on, held_level
    """
    run = lake()
    assert run.cost == pytest.approx(10)
    assert dual(run, "level_goes_on") == pytest.approx(-5)
    taken = run.activity("turbine") - run.activity("pump")
    assert run.value("year_level", 2022) == pytest.approx(4 - taken)
    assert run.value("held_level", 2022) == pytest.approx(0, abs=1e-9)


def test_a_share_of_the_lake_stays() -> None:
    """A tenth of 10 stays: 3 are used, 3 imported for 15 (carried_level_above_minimum)."""
    run = lake(minimum_level=0.1)
    assert run.cost == pytest.approx(15)
    assert dual(run, "carried_level_above_minimum", 1) == pytest.approx(-5)


def test_the_lake_holds_no_more_than_its_size() -> None:
    """At 1 in 2021 one buys for 2022 too: 6 are wanted and 4 are there, 2 are bought for 2.

    With room for 2.5 at the end of 2021 of the 3 wanted in 2022 a half is bought then for 2.5, and
    1.5 in 2021 (3 + 2.5 - 4) for 1.5: in all 4 (carried_level_within_size).
    """
    assert lake(cheap=1.0).cost == pytest.approx(2)
    small = lake(cheap=1.0, stock={"2021": 2.5, "2022": 2.5})
    assert small.cost == pytest.approx(4)
    assert dual(small, "carried_level_within_size") == pytest.approx(-4)


def test_a_lake_is_emptied_no_faster_than_it_can_be() -> None:
    """1 a year at most, 4 are imported for 20 (discharging_within_limit, gross_use)."""
    run = lake(discharge_limit=1.0)
    assert run.cost == pytest.approx(20)
    assert run.value("gross_use", commodity="water") == pytest.approx(1)
    assert dual(run, "discharging_within_limit") == pytest.approx(-5)


def test_a_lake_is_filled_no_faster_than_it_can_be() -> None:
    """An empty lake, import at 1 in 2021, 2 may be stored: 5 for 1, 1 for 5.

    charging_within_limit, gross_output
    """
    run = lake(cheap=1.0, storage_start=0.0, charge_limit=2.0)
    assert run.cost == pytest.approx(10)
    assert run.value("gross_output", commodity="water") == pytest.approx(2)
    assert dual(run, "charging_within_limit") == pytest.approx(-4)


def test_a_battery_keeps_its_least_level() -> None:
    """Power is made by day, 1 is wanted by night; a quarter of the size stays, so 4/3 are built.

    Over a year of 365 nights each takes 1/365; the battery holds a night's 1/365 in 3/4 of its
    size: 4/3 / 365, at 365 each: 4/3 (level_above_minimum).
    """
    run = Run(battery_system())
    assert run.cost == pytest.approx(4 / 3)
    assert run.value("total_capacity", technology="battery") == pytest.approx(4 / 3 / 365)


def test_capacity_covers_production_and_reserve() -> None:
    """10 a year, 6 of it in the half year of day: a rate of 12, with 20 % more 14.4 at 2 each.

    capacity_covers_reserve, reserve_supply; without the requirement 12 would do.
    """
    run = Run(reserve_system())
    assert run.cost == pytest.approx(28.8)
    assert run.value("reserve_supply") == pytest.approx(14.4)
    rows = [dual(run, "capacity_covers_reserve", n) for n in (0, 1)]
    assert sorted(rows) == pytest.approx([-4, 0], abs=1e-9)


def test_some_demand_may_be_met_at_any_time() -> None:
    """3 by day and 2 at any time; days cost 5, nights 1: 17 (year_meets_demand, worth 1)."""
    run = Run(anytime_system())
    assert run.cost == pytest.approx(17)
    assert dual(run, "year_meets_demand") == pytest.approx(1)
    assert float(run.results["demand"].sum()) == pytest.approx(5)


def test_trade_loses_on_its_way(tmp_path: Path) -> None:
    """A makes power at 1 and wants 4, B at 5 and wants 9; of what A sends a tenth is lost.

    A sends 10, makes 14 and costs 14; power is worth 1 in A and 1 / 0.9 in B.
    """
    run = imported(
        dataset(
            {"YEAR": "2020", "REGION": "A B", "TIMESLICE": "year", "FUEL": "power",
             "TECHNOLOGY": "plant", "MODE_OF_OPERATION": "1"},
            {"YearSplit": {"year 2020": 1}, "OutputActivityRatio": {"* plant power 1 *": 1},
             "VariableCost": {"A plant 1 *": 1, "B plant 1 *": 5}, "DiscountRate": {"*": 0},
             "SpecifiedAnnualDemand": {"A power *": 4, "B power *": 9},
             "SpecifiedDemandProfile": {"* power year *": 1},
             "TradeRoute": {"A B power *": 1, "B A power *": 0.9}},
        ), tmp_path,
    )  # fmt: skip
    assert run.cost == pytest.approx(14)
    assert run.value("total_activity", 2020, region="A", technology="plant") == pytest.approx(14)
    for region, worth in (("A", 1.0), ("B", 1 / 0.9)):
        assert run.value("commodity_price", 2020, region=region) == pytest.approx(worth)
