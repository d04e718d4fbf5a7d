"""What leaves of a vintage, the change of what is built, and flows of capacity by vintage."""

import pytest

from carbonpath.system.system import EnergySystem, Limit
from tests.systems import DAY_AND_NIGHT, Run, make

MILL = {"vintages": "kept", "capacity_unit": "GW", "capacity_to_activity": 1.0}


def scrap_system(**changes) -> EnergySystem:
    """10 GW stand at 6 on average in their last year and then yield 0.5 of scrap each."""
    mill = {
        **MILL, "flows": {"cloth": 1.0}, "stock": {("2010", "2021"): 6.0},
        "start_share": {"2021": 10 / 6}, "end_share": 0.0, "leaving": {"scrap": {"2010": 0.5}},
        **changes,
    }  # fmt: skip
    return make(
        {"mill": mill, "buy": {"flows": {"scrap": 1.0}, "variable_cost": 3.0}},
        {"cloth": "service", "scrap": "material"}, {"cloth": 2.0, "scrap": 7.0},
    )  # fmt: skip


def test_what_leaves_yields_its_material_once():
    """10 x 0.5 = 5 of the 7 of scrap come from the mill: 2 are bought at 3, and one more too."""
    run = Run(scrap_system())
    assert run.value("leaving_capacity", technology="mill") == pytest.approx(10.0)
    assert run.activity("buy") == pytest.approx(2.0)
    assert run.cost == pytest.approx(6.0)
    assert run.value("commodity_price", commodity="scrap") == pytest.approx(3.0)


def test_what_stays_does_not_leave():
    """Of 10 at the start 9 stand at the end: 1 leaves, 0.5 of scrap, and 6.5 are bought."""
    run = Run(scrap_system(end_share={"2021": 1.5}))
    assert run.activity("buy") == pytest.approx(6.5)
    assert run.cost == pytest.approx(19.5)


def test_stock_that_is_gone_when_the_horizon_begins_leaves_in_its_first_period():
    """8 GW stood at the end of the base year and stand no more: 4 of scrap, 3 are bought."""
    mill = {
        **MILL, "flows": {"cloth": 1.0}, "start_share": {"2021": 1.0}, "end_share": 0.0,
        "leaving": {"scrap": {"2010": 0.5}}, "old_stock": {"2010": 8.0},
        "stock": {("2010", "2022"): 0.001},
    }  # fmt: skip
    system = make(
        {"mill": mill, "buy": {"flows": {"scrap": 1.0}, "variable_cost": 3.0}},
        {"scrap": "material", "cloth": {"kind": "energy", "surplus": "any"}},
        {("scrap", "2021"): 7.0}, periods=(2021, 2022),
    )  # fmt: skip
    assert Run(system).activity("buy") == pytest.approx(3.0)


def test_the_change_of_what_is_built_is_limited():
    """Wanted are 1, 2, 6 of what lives a year; builds cost 1 and grow by 1 a year, imports 10.

    So 1, 2, 3 are built and 3 imported: 6 + 30. One more in 2023 saves 9; one more in 2022 is
    built twice and saves 9 once: 9 - 1.
    """
    mill = {
        **MILL, "flows": {"cloth": 1.0}, "investment_cost": 1.0, "lifetime": 1.0,
        "hurdle_rate": 0.0,
    }  # fmt: skip
    years = {str(year): 1.0 for year in (2021, 2022, 2023)}
    system = make(
        {"mill": mill, "buy": {"flows": {"cloth": 1.0}, "variable_cost": 10.0}},
        {"cloth": "service"},
        {("cloth", "2021"): 1.0, ("cloth", "2022"): 2.0, ("cloth", "2023"): 6.0},
        periods=(2021, 2022, 2023),
        limits=(Limit("smooth", "build_change", "<=", years, {"technology": ("mill",)}),),
    )  # fmt: skip
    run = Run(system)
    assert [run.value("build_change", year) for year in (2021, 2022, 2023)] == [1, 1, 1]
    assert run.cost == pytest.approx(36.0)
    assert run.price("smooth", 2023) == pytest.approx(9.0)


def test_capacity_counts_by_its_vintage():
    """Old capacity counts half: 2 GW of it make 1 of 3 wanted, 2 are built at 4, one more too."""
    plant = {
        **MILL, "flows": {"power": 1.0}, "stock": {("2010", "2021"): 2.0}, "lifetime": 1.0,
        "investment_cost": 4.0, "hurdle_rate": 0.0,
        "standing": {"firm": {"2010": 0.5, "2021": 1.0}},
    }  # fmt: skip
    run = Run(make(
        {"plant": plant}, {"power": {"kind": "energy", "surplus": "any"}, "firm": "service"},
        {"firm": 3.0},
    ))  # fmt: skip
    assert run.value("new_capacity", technology="plant") == pytest.approx(2.0)
    assert run.cost == pytest.approx(8.0)
    assert run.value("commodity_price", commodity="firm") == pytest.approx(4.0)


def test_capacity_counts_by_the_time_slice():
    """By night capacity counts half: 3 a year at all times need 6 GW at 4, for the night's sake.

    The mean price is half of that by night, 4 more GW at 4 for 2 more a year: 8.
    """
    plant = {
        **MILL, "flows": {"power": 1.0}, "lifetime": 1.0, "investment_cost": 4.0,
        "hurdle_rate": 0.0, "time_level": "slice",
        "standing": {"firm": {"day": 1.0, "night": 0.5}},
    }  # fmt: skip
    slices = {"kind": "energy", "time_level": "slice"}
    run = Run(make(
        {"plant": plant},
        {"power": {**slices, "surplus": "any"}, "firm": {**slices, "surplus": "free"}},
        {"firm": 3.0}, nodes=DAY_AND_NIGHT,
    ))  # fmt: skip
    assert run.value("new_capacity", technology="plant") == pytest.approx(6.0)
    assert run.value("commodity_price", commodity="firm") == pytest.approx(8.0)
    by_slice = run.results["net_output"].sel(commodity="firm", period=2021).sum("region")
    assert by_slice.sel(time_slice="day").item() == pytest.approx(3.0)
    assert by_slice.sel(time_slice="night").item() == pytest.approx(1.5)
