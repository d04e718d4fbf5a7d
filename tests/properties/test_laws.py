"""Laws that hold for any system, tried on small ones with numbers that vary."""

from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from carbonpath.solve.highs import solve
from carbonpath.system.system import Limit
from carbonpath.system.time import ROOT, Node
from tests.systems import DAY_AND_NIGHT, Run, build, cap, make, mini

POWER = {"kind": "energy", "time_level": "slice", "carrier": "electricity"}
PLANT = {
    "capacity_unit": "GW",
    "capacity_to_activity": 1.0,
    "lifetime": 10.0,
    "investment_cost": 3.0,
    "hurdle_rate": 0.06,
    "flows": {"heat": 1.0, "co2": 1.0},
}
few = settings(max_examples=8, deadline=None, derandomize=True, phases=[Phase.generate])
costs = st.floats(0.5, 50.0)
caps = st.floats(0.5, 12.0)


def cost(system):
    """The objective at the optimum."""
    return solve(build(system).linear).objective


@few
@given(coal=costs, gas=costs, level=caps)
def test_twice_the_demand_and_the_cap_is_twice_the_cost(coal, gas, level):
    def system(times):
        return mini(coal={"variable_cost": coal}, gas={"variable_cost": gas},
                    demand={"heat": 10.0 * times}, limits=[cap("co2", level * times)])  # fmt: skip

    assert cost(system(2)) == pytest.approx(2 * cost(system(1)), rel=1e-6)


@few
@given(coal=costs, gas=costs, level=caps, step=st.floats(0.0, 2.0))
def test_a_tighter_cap_never_lowers_cost(coal, gas, level, step):
    def system(value):
        return mini(coal={"variable_cost": coal}, gas={"variable_cost": gas},
                    limits=[cap("co2", value)])  # fmt: skip

    assert cost(system(level)) >= cost(system(level + step)) - 1e-6


@few
@given(price=costs, level=caps)
def test_one_more_technology_never_raises_cost(price, level):
    more = {"new": {"flows": {"heat": 1.0, "co2": 0.2}, "variable_cost": price}}
    limits = [cap("co2", level)]
    assert cost(mini(limits=limits, more=more)) <= cost(mini(limits=limits)) + 1e-6


@few
@given(level=st.floats(1.0, 9.0))
def test_a_dual_is_the_difference_of_a_small_step(level):
    run = Run(mini(limits=[cap("co2", level)]))
    step = 1e-4
    saved = run.cost - cost(mini(limits=[cap("co2", level + step)]))
    away_from_kink = abs(level - 4.0) > 1e-2
    if away_from_kink:
        assert run.price("co2_cap") == pytest.approx(saved / step, rel=1e-4)


@few
@given(level=caps)
def test_a_soft_limit_with_a_huge_price_is_the_hard_one(level):
    soft = cap("co2", level, mode="soft", price={"2021": 1e5})
    assert cost(mini(limits=[soft])) == pytest.approx(
        cost(mini(limits=[cap("co2", level)])), rel=1e-6
    )


@few
@given(level=caps, order=st.permutations(["coal", "gas", "pump"]))
def test_renaming_and_reordering_change_nothing(level, order):
    system = mini(limits=[cap("co2", level)])
    names = {"coal": "z_coal", "gas": "a_gas", "pump": "m_pump"}
    spec = {
        "coal": {"flows": {"heat": 1.0, "co2": 1.0}, "variable_cost": 2.5},
        "gas": {"flows": {"heat": 1.0, "co2": 0.4}, "variable_cost": 6.0},
        "pump": {"flows": {"heat": 1.0}, "variable_cost": 20.0},
    }
    other = make({names[name]: spec[name] for name in order},
                 {"co2": "emission", "heat": "service"}, {"heat": 10.0},
                 limits=[cap("co2", level)])  # fmt: skip
    assert cost(other) == pytest.approx(cost(system), rel=1e-9)


@few
@given(sun=st.floats(0.1, 1.0), store=st.floats(0.001, 0.02), wanted=st.floats(2.0, 30.0))
def test_splitting_a_slice_into_halves_changes_nothing(sun, store, wanted):
    halves = (
        ROOT,
        Node("year", "season", 1.0, 1, "annual"),
        Node("day", "slice", 0.25, 1, "year", "typical", 365.0),
        Node("day2", "slice", 0.25, 2, "year", "typical", 365.0),
        Node("night", "slice", 0.5, 3, "year", "typical", 365.0),
    )
    factor = {"day": sun, "day2": sun, "night": 0.0}

    def system(nodes):
        technologies = {
            "sun": {"flows": {"power": 1.0}, "time_level": "slice", "capacity_unit": "GW",
                    "capacity_to_activity": 31.536, "stock": {"2021": 1.0},
                    "capacity_factor": factor},
            "gas": {"flows": {"power": 1.0}, "time_level": "slice", "variable_cost": 9.0},
            "battery": {"time_level": "slice", "capacity_unit": "GW", "stock": {"2021": 1.0},
                        "role": "storage", "capacity_to_activity": 31.536,
                        "holds": {"charge": store},
                        "flows": {"in": {"power": -1.0, "charge": 0.9},
                                  "out": {"power": 1.0, "charge": -1.0}}},
        }  # fmt: skip
        stored = {"kind": "stored", "time_level": "slice", "cycle": "day"}
        return make(technologies, {"power": POWER, "charge": stored}, {"power": wanted},
                    nodes=nodes)  # fmt: skip

    assert cost(system(halves)) == pytest.approx(cost(system(DAY_AND_NIGHT)), rel=1e-6, abs=1e-9)


@few
@given(rate=st.floats(0.0, 0.1), life=st.floats(3.0, 30.0), need=st.floats(1.0, 20.0))
def test_pooled_vintages_with_equal_data_equal_kept_ones(rate, life, need):
    def system(vintages, stock):
        plant = {**PLANT, "vintages": vintages, "lifetime": life, "stock": stock,
                 "variable_cost": 0.3}  # fmt: skip
        return make({"plant": plant, "dear": {"flows": {"heat": 1.0}, "variable_cost": 40.0}},
                    {"heat": "service", "co2": "emission"}, {"heat": need},
                    periods=(2020, 2021, 2022, 2025), discount_rate=rate)  # fmt: skip

    pooled = {"2020": 4.0, "2021": 3.0, "2022": 2.0}
    kept = {("2015", year): value for year, value in pooled.items()}
    assert cost(system("kept", kept)) == pytest.approx(cost(system("pooled", pooled)), rel=1e-7)


@few
@given(rate=st.floats(0.0, 0.1), first=st.integers(1, 9))
def test_cutting_a_period_in_two_changes_nothing_but_discounting(rate, first):
    """Ten years of running costs: each year is discounted for itself, however years are cut."""
    whole = mini(periods=(2030,), limits=[cap("co2", 7, values={"2030": 7.0})], discount_rate=rate)
    cut = {str(2020 + first): 7.0, "2030": 7.0}
    parts = mini(periods=(2020 + first, 2030), limits=[cap("co2", 7, values=cut)],
                 discount_rate=rate)  # fmt: skip
    assert cost(parts) == pytest.approx(cost(whole), rel=1e-9)


@few
@given(scale=st.sampled_from([1 / 29.3076, 1 / 3.6, 1.0, 1000.0]))
def test_another_unit_of_a_commodity_gives_the_same_cost(scale):
    """Heat in tce, TWh or GJ: demand and flows scale alike."""
    system = make(
        {"coal": {"flows": {"heat": scale, "co2": 1.0}, "variable_cost": 2.5},
         "gas": {"flows": {"heat": scale, "co2": 0.4}, "variable_cost": 6.0}},
        {"heat": "service", "co2": "emission"}, {"heat": 10.0 * scale}, limits=[cap("co2", 7)],
    )  # fmt: skip
    assert cost(system) == pytest.approx(42.5, rel=1e-9)


@pytest.mark.parametrize("share", [0.1, 0.33, 0.8])
def test_every_binding_limit_has_its_value(share):
    limit = Limit("share", "output", ">=", {"2021": share}, {"technology": ("pump",)}, of="output")
    run = Run(mini(limits=[limit]))
    assert run.limit("share")["value"] == pytest.approx(run.limit("share")["bound"])


def test_an_unbinding_limit_has_no_price():
    assert Run(mini(limits=[cap("co2", 70)])).price("co2_cap") == pytest.approx(0)


def test_limits_do_not_depend_on_their_order():
    limits = (cap("co2", 7), cap("co2", 5, id="second"))
    system = mini(limits=limits)
    assert cost(system) == pytest.approx(cost(replace(system, limits=limits[::-1])))
