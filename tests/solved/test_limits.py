"""Limits: caps, shares, soft targets, growth, whole-horizon budgets, history; with their prices."""

import pytest

from carbonpath.errors import ModelError, SolveError
from carbonpath.solve.diagnose import explain
from carbonpath.system.system import ALL_PERIODS, BASE_YEAR, Limit
from tests.systems import Run, build, cap, mini


def test_a_cap_moves_activity_to_gas_and_prices_carbon():
    """10 units of heat, at most 7 of CO2. Coal emits 1.0 and costs 2.5; gas 0.4 and 6.

    coal + gas = 10 and coal + 0.4 gas = 7, so both are 5.
    One tonne less means 1/0.6 units from coal to gas: (6 - 2.5) / 0.6 = 5.8333.
    """
    run = Run(mini(limits=[cap("co2", 7)]))
    assert run.value("output", technology="coal") == pytest.approx(5)
    assert run.value("output", technology="gas") == pytest.approx(5)
    assert run.price("co2_cap") == pytest.approx(5.8333, rel=1e-4)
    assert run.cost == pytest.approx(5 * 2.5 + 5 * 6)


def test_a_cap_beyond_gas_prices_carbon_at_the_heat_pump():
    """At most 2 of CO2: gas 5 and heat pumps 5. One tonne less: 1/0.4 from 6 to 20: 35."""
    run = Run(mini(limits=[cap("co2", 2)]))
    assert run.value("output", technology="pump") == pytest.approx(5)
    assert run.price("co2_cap") == pytest.approx((20 - 6) / 0.4)


def test_a_price_is_undiscounted():
    """The same cap ten years on at 5 %: the price per tonne of that year is still 5.8333."""
    limit = cap("co2", 7, values={"2030": 7})
    run = Run(mini(limits=[limit], periods=(2030,), base_year=2029, discount_rate=0.05))
    assert run.price("co2_cap", 2030) == pytest.approx(5.8333, rel=1e-4)
    assert run.cost == pytest.approx(42.5 / 1.05)


def test_a_share_binds_at_its_ratio_and_prices_a_unit():
    """Heat pumps make at least 30 % of 10: 3. Coal makes 7.

    One unit more of the floor swaps coal for a heat pump: it would cost 20 - 2.5, so the saving
    is -17.5. A percentage point costs 17.5 x 0.01 x 10 = 1.75.
    """
    share = Limit(
        "pump_share", "output", ">=", {"2021": 0.3}, {"technology": ("pump",)},
        of="output", of_where={"commodity": ("heat",)},
    )  # fmt: skip
    run = Run(mini(limits=[share]))
    found = run.limit("pump_share")
    assert run.value("output", technology="pump") == pytest.approx(3)
    assert found["of"] == pytest.approx(10)
    assert found["bound"] == pytest.approx(3)
    assert found["value"] == pytest.approx(3)
    assert found["price"] == pytest.approx(-17.5)


def test_a_soft_limit_is_missed_where_its_price_is_below_the_cost():
    """A cap of 7 at 4 per tonne against 5.83: coal makes all, 3 tonnes are missed, 12 are paid."""
    run = Run(mini(limits=[cap("co2", 7, mode="soft", price={"2021": 4.0})]))
    found = run.limit("co2_cap")
    assert found["value"] == pytest.approx(10)
    assert found["shortfall"] == pytest.approx(3)
    assert found["price"] == pytest.approx(4)
    assert found["penalty"] == pytest.approx(4)
    assert run.cost == pytest.approx(25 + 12)
    assert run.results.dataset.attrs["total_cost"] == pytest.approx(25)


def test_a_soft_limit_is_kept_where_its_price_is_above_the_cost():
    """At 6 per tonne the cap of 7 is kept, and its price is the cost of keeping it."""
    run = Run(mini(limits=[cap("co2", 7, mode="soft", price={"2021": 6.0})]))
    assert run.limit("co2_cap")["shortfall"] == pytest.approx(0)
    assert run.price("co2_cap") == pytest.approx(5.8333, rel=1e-4)


def test_a_soft_floor_has_its_shortfall_below():
    """At least 4 from heat pumps at 10 each, where a swap costs 17.5: all 4 are missed."""
    floor = Limit(
        "pumps", "output", ">=", {"2021": 4.0}, {"technology": ("pump",)}, mode="soft",
        price={"2021": 10.0},
    )  # fmt: skip
    found = Run(mini(limits=[floor])).limit("pumps")
    assert found["shortfall"] == pytest.approx(4)
    assert found["price"] == pytest.approx(-10)


def test_a_tracked_limit_is_evaluated_and_binds_nothing():
    """A tracked cap of 7: coal makes all 10, the value is 10, there is no price."""
    found = Run(mini(limits=[cap("co2", 7, mode="track")])).limit("co2_cap")
    assert found["value"] == pytest.approx(10)
    assert found["price"] != found["price"]


def test_growth_is_compounded_over_the_years_between():
    """Gas may grow 10 % a year from 2 in 2020: 2.2 in 2021, 2.2 x 1.21 = 2.662 in 2023.

    Gas is made cheaper than coal, so that it grows as fast as it may.
    """
    history = Limit(
        "gas_2020", "output", "==", {"2020": 2.0}, {"technology": ("gas",)}, mode="history"
    )
    growth = Limit(
        "gas_growth", "output", "<=", {"2020": 1.1, "2021": 1.1, "2023": 1.1},
        {"technology": ("gas",)}, of="output", of_where={"technology": ("gas",)}, lag=1,
    )  # fmt: skip
    run = Run(
        mini(gas={"variable_cost": 1.0}, periods=(2020, 2021, 2023), limits=[history, growth])
    )
    assert run.value("output", 2020, technology="gas") == pytest.approx(2)
    assert run.value("output", 2021, technology="gas") == pytest.approx(2.2)
    assert run.value("output", 2023, technology="gas") == pytest.approx(2.662)


def test_growth_starts_from_its_seed():
    """From nothing, at most 10 % and 1 unit more a year: 1 in 2021, then 1.21 + 2.1 in 2023."""
    growth = Limit(
        "gas_growth", "output", "<=", {"2021": 1.1, "2023": 1.1}, {"technology": ("gas",)},
        of="output", of_where={"technology": ("gas",)}, lag=1, seed=1.0,
    )  # fmt: skip
    none = Limit("gas_2020", "output", "==", {"2020": 0.0}, {"technology": ("gas",)})
    run = Run(mini(gas={"variable_cost": 1.0}, periods=(2020, 2021, 2023), limits=[growth, none]))
    assert run.value("output", 2021, technology="gas") == pytest.approx(1)
    assert run.value("output", 2023, technology="gas") == pytest.approx(1.21 + 2.1)


def test_a_peak_is_a_total_that_does_not_rise():
    """CO2 fixed at 7 in 2020 may not rise: with demand 10 and 10, CO2 stays 7 in 2021."""
    past = cap("co2", 7, id="past", sense="==", values={"2020": 7}, mode="history")
    peak = Limit("peak", "co2_c1", "<=", {"2021": 1.0}, of="co2_c1", lag=1)
    run = Run(mini(periods=(2020, 2021), limits=[past, peak]))
    assert run.value("co2_c1", 2021) == pytest.approx(7)
    assert run.price("peak") == pytest.approx(5.8333, rel=1e-4)


def test_a_budget_over_the_horizon_weighs_periods_by_years():
    """One year and then two years at 10 units: 30 unit-years of heat; 21 tonnes in all.

    Cost is the same in every year (no discounting): x of gas in unit-years saves 0.6 x = 9.
    """
    budget = cap("co2", 0, values={ALL_PERIODS: 21.0})
    run = Run(mini(periods=(2021, 2023), limits=[budget]))
    gas = run.value("output", 2021, technology="gas") + 2 * run.value(
        "output", 2023, technology="gas"
    )
    assert gas == pytest.approx(15)
    assert run.price("co2_cap", "") == pytest.approx(5.8333, rel=1e-4)


def test_history_fixes_a_year_that_least_cost_would_not_choose():
    """Statistics say 4 from heat pumps in 2020; 2021 is free and takes none."""
    past = Limit("pumps", "output", "==", {"2020": 4.0}, {"technology": ("pump",)}, mode="history")
    run = Run(mini(periods=(2020, 2021), limits=[past]))
    assert run.value("output", 2020, technology="pump") == pytest.approx(4)
    assert run.value("output", 2021, technology="pump") == pytest.approx(0)


def test_rows_are_kept_apart_by_what_each_names():
    """Every technology at most 6: two rows for each limit, named by technology; coal 6, gas 4."""
    limit = Limit("share", "output", "<=", {"2021": 6.0}, each=("technology",))
    run = Run(mini(limits=[limit]))
    assert run.value("output", technology="coal") == pytest.approx(6)
    assert run.value("output", technology="gas") == pytest.approx(4)
    assert list(run.built.limits.table["label"]) == [
        "share|2021|coal", "share|2021|gas", "share|2021|pump"
    ]  # fmt: skip


def test_attributes_select_technologies_and_commodities():
    """A cap on what the group `burners` emits of kind emission is the cap on CO2."""
    limit = cap("co2", 7, where={"group": ("burn*",), "kind": ("emission",), "sector": ("energy",)})
    system = mini(coal={"group": "burners"}, gas={"group": "burners"}, limits=[limit])
    assert Run(system).price("co2_cap") == pytest.approx(5.8333, rel=1e-4)


def test_a_limit_that_selects_nothing_is_named():
    with pytest.raises(ModelError, match="selects no part of 'emissions'"):
        build(mini(limits=[cap("co2", 7, where={"commodity": ("ch4",)})]))


def test_a_limit_on_an_unknown_quantity_is_named():
    with pytest.raises(ModelError, match="unknown quantity 'emission'"):
        build(mini(limits=[cap("co2", 7, quantity="emission")]))


def test_a_selection_by_an_unknown_key_is_named():
    with pytest.raises(ModelError, match="'colour' is neither a dimension nor an attribute"):
        build(mini(limits=[cap("co2", 7, where={"colour": ("red",)})]))


def test_a_selection_by_a_missing_dimension_is_named():
    with pytest.raises(ModelError, match="cannot be selected by 'technology'"):
        build(mini(limits=[cap("co2", 7, quantity="co2_c1", where={"technology": ("gas",)})]))


def test_a_soft_equation_is_refused():
    with pytest.raises(ModelError, match="must be <= or >="):
        build(mini(limits=[cap("co2", 7, sense="==", mode="soft", price={"2021": 1.0})]))


def test_a_floor_on_what_does_not_exist_that_year_is_named():
    """Coal exists in 2021 only; a floor on it in 2030 can never hold."""
    floor = Limit("coal", "output", ">=", {"2030": 1.0}, {"technology": ("coal",)})
    coal = {"flows": {"heat": {"2021": 1.0}, "co2": {"2021": 1.0}}}
    with pytest.raises(ModelError, match="'coal' wants output >= 1 in 2030 but selects nothing"):
        build(mini(coal=coal, periods=(2021, 2030), limits=[floor]))


def test_two_limits_that_cannot_hold_together_are_named_with_the_smallest_change():
    """At least 9 from coal and at most 7 of CO2: the cap would have to be 9.4 (gas makes one)."""
    floor = Limit("coal_floor", "output", ">=", {"2021": 9.0}, {"technology": ("coal",)})
    no_pumps = Limit("no_pumps", "output", "<=", {"2021": 0.0}, {"technology": ("pump",)})
    system = mini(limits=[cap("co2", 7, origin="scenarios/x.yaml", unit="Mt"), floor, no_pumps])
    built = build(system)
    with pytest.raises(SolveError) as caught:
        Run(system)
    assert caught.value.exit_code == 4
    assert explain(built)[1:] == [
        "co2_cap (emissions), 2021: <= 7 would have to be 9.4 Mt [scenarios/x.yaml]"
    ]


def test_a_limit_against_the_base_year_is_not_compounded():
    """CO2 of 10 in 2020; 70 % of it in 2030, ten years on: 7."""
    past = Limit("past", "output", "==", {"2020": 10.0}, {"technology": ("coal",)}, mode="history")
    cut = Limit("cut", "co2_c1", "<=", {"2030": 0.7}, of="co2_c1", lag=BASE_YEAR)
    run = Run(mini(periods=(2020, 2030), limits=[past, cut]))
    assert run.value("co2_c1", 2030) == pytest.approx(7)
    assert run.limit("cut", 2030)["of"] == pytest.approx(10)
    assert run.price("cut", 2030) == pytest.approx(5.8333, rel=1e-4)
