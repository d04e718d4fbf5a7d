"""Emissions and their price."""

import pytest

from carbonpath.system.system import ALL_PERIODS
from tests.systems import Run, cap, mini


def price(value):
    return {"emission_price": {("here", "co2", "2021"): value}}


def test_a_price_above_the_switching_cost_moves_heat_to_gas():
    """Coal costs 2.5 + 1.0 p, gas 6 + 0.4 p: equal at 5.8333. At 6 all heat is from gas."""
    run = Run(mini(parameters=price(6.0)))
    assert run.value("emissions", technology="gas") == pytest.approx(4)
    assert run.value("emission_payment") == pytest.approx(24)
    assert run.cost == pytest.approx(60 + 24)


def test_a_price_below_the_switching_cost_is_paid():
    """At 5 coal stays: 10 tonnes, 50 paid, and one more unit of heat costs 2.5 + 5."""
    run = Run(mini(parameters=price(5.0)))
    assert run.value("emission_payment") == pytest.approx(50)
    assert run.value("commodity_price", commodity="heat") == pytest.approx(7.5)


def test_capture_is_a_flow_like_any_other():
    """Coal with capture emits 0.1 and makes 0.9 of captured CO2, which must be stored at 1 each.

    It costs 2.5 + 1 + 0.9 = 4.4 against coal's 2.5 + p: at 6 per tonne capture wins (5.0 < 8.5).
    """
    capture = {"flows": {"heat": 1.0, "co2": 0.1, "captured": 0.9}, "variable_cost": 3.5}
    store = {"flows": {"captured": -1.0}, "variable_cost": 1.0, "role": "sink"}
    run = Run(
        mini(commodities={"heat": "service", "co2": "emission", "captured": "material"},
             more={"capture": capture, "store": store}, parameters=price(6.0))
    )  # fmt: skip
    assert run.activity("capture") == pytest.approx(10)
    assert run.activity("store") == pytest.approx(9)
    assert run.cost == pytest.approx(10 * (3.5 + 0.9 + 0.6))


def test_emissions_from_outside_count_but_are_not_priced():
    """10 of heat, 2 Mt come from outside, at most 9 in all: coal + 0.4 gas = 7, so both are 5.

    A tonne less costs 3.5 / 0.6 - 1 = 4.8333 beyond the price of 1 that it saves. 7 are paid for,
    and 9 are reported. (exogenous_emission)
    """
    world = {"flows": {}, "exogenous_emission": {"co2": 2.0}}
    run = Run(mini(more={"world": world}, limits=[cap("co2", 9.0)], parameters=price(1.0)))
    assert run.activity("coal") == pytest.approx(5)
    assert run.value("emissions", technology="world") == 2.0
    assert run.value("emissions") == pytest.approx(9)
    assert run.limit("co2_cap")["value"] == pytest.approx(9)
    assert run.price("co2_cap") == pytest.approx(3.5 / 0.6 - 1.0)
    assert run.value("emission_payment") == pytest.approx(7)
    assert run.cost == pytest.approx(12.5 + 30 + 7)


def test_emissions_from_outside_count_over_the_horizon():
    """2 Mt a year from outside, 16 over two years: coal + 0.4 gas = 12 of 20.

    Coal 6.667 at 2.5 and gas 13.333 at 6; a tonne less costs 3.5 / 0.6.
    """
    world = {"flows": {}, "exogenous_emission": {"co2": 2.0}}
    budget = cap("co2", 0, id="budget", values={ALL_PERIODS: 16.0})
    run = Run(mini(more={"world": world}, limits=[budget], periods=(2021, 2022)))
    assert run.cost == pytest.approx(20 / 3 * 2.5 + 40 / 3 * 6)
    assert float(run.results["limit_value"][0]) == pytest.approx(16)
    assert float(run.results["limit_price"][0]) == pytest.approx(3.5 / 0.6)
