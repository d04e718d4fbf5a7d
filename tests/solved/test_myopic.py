"""Myopic runs: windows, what they leave to later ones, and what is told of them."""

from typing import Any

import numpy as np
import pytest

from carbonpath.accounts.verify import failures
from carbonpath.errors import SolveError
from carbonpath.model.build import build
from carbonpath.results.store import with_manifest
from carbonpath.solve.modes.windows import Calendar, Sight, windows
from carbonpath.system.finance import Conventions
from carbonpath.system.system import ALL_PERIODS, EnergySystem, Limit
from tests.solved.test_paths import rich
from tests.solved.test_stores_and_reserves import lake_system
from tests.systems import Run, cap, make, mini

WIND = {"technology": ("wind",)}
LABELS = ("2021", "2022", "2023", "2024")


def spans(system: EnergySystem, view: int, step: int) -> list[tuple[str, str, str]]:
    """First and last decided, and last seen period of every window."""
    labels = system.labels["p"]
    found = windows(system, Sight(view, step))
    return [(labels[w.first], labels[w.decided], labels[w.seen]) for w in found]


def test_windows_roll_on_by_their_step_until_one_sees_the_end():
    """View 3, step 2 over 2021-2025: 2021-2022 seeing 2023; 2023-2025, which sees the end."""
    years = (2021, 2022, 2023, 2024, 2025)
    assert spans(mini(periods=years), 3, 2) == [
        ("2021", "2022", "2023"), ("2023", "2025", "2025"),
    ]  # fmt: skip
    assert spans(mini(periods=years), 1, 1) == [(str(y), str(y), str(y)) for y in years]
    assert spans(mini(periods=years), 9, 2) == [("2021", "2025", "2025")]


def test_the_base_year_comes_with_the_first_window_and_is_not_counted():
    """2020 is history: a view of one sees 2020 and 2021 first."""
    assert spans(mini(periods=(2020, 2021, 2022)), 1, 1) == [
        ("2020", "2021", "2021"), ("2022", "2022", "2022"),
    ]  # fmt: skip


def test_a_budget_is_spent_by_those_who_come_first():
    """10 of heat in each of two years, 12 Mt of CO2 in both together; no discounting.

    With foresight coal + 0.4 gas = 12 and coal + gas = 20: coal 6.667, gas 13.333, cost 96.667;
    a tonne is worth (6 - 2.5) / 0.6 = 5.833. A view of one year burns 10 of coal at once and
    leaves 2: gas and pumps make 5 each, 25 + 30 + 100 = 155, and the last tonne left would turn
    2.5 from pump to gas: (20 - 6) x 2.5 = 35.
    """
    budget = cap("co2", 0, id="budget", values={ALL_PERIODS: 12.0})
    system = mini(periods=(2021, 2022), limits=[budget])
    sighted, blind = Run(system), Run(system, view=1)
    assert sighted.cost == pytest.approx(290 / 3)
    assert horizon_price(sighted) == pytest.approx(3.5 / 0.6)
    assert blind.activity("coal", 2021) == pytest.approx(10)
    assert blind.activity("gas", 2022) == pytest.approx(5)
    assert blind.activity("pump", 2022) == pytest.approx(5)
    assert blind.cost == pytest.approx(155)
    assert horizon_price(blind) == pytest.approx(35)
    assert blind.value("commodity_price", 2021, commodity="heat") == pytest.approx(2.5)
    assert blind.value("commodity_price", 2022, commodity="heat") == pytest.approx(20)


def horizon_price(run: Run) -> float:
    """Price of the budget."""
    return float(run.results["limit_price"][0])


def test_what_is_owed_over_the_horizon_is_owed_at_the_end():
    """At least 4 of heat from pumps in two years together: the first year leaves it to the second.

    10 of coal cost 25; 4 of pumps and 6 of coal 95. One more from pumps costs 20 - 2.5 = 17.5.
    """
    owed = Limit("pumps", "output", ">=", {ALL_PERIODS: 4.0}, {"technology": ("pump",)})
    run = Run(mini(periods=(2021, 2022), limits=[owed]), view=1)
    assert run.activity("pump", 2021) == pytest.approx(0, abs=1e-9)
    assert run.activity("pump", 2022) == pytest.approx(4)
    assert run.cost == pytest.approx(120)
    assert horizon_price(run) == pytest.approx(-17.5)


def plant(cost: float, salvage: str, life: float = 4.0) -> EnergySystem:
    """One of heat in each of four years, from a plant paid overnight or bought at 2.6 a year."""
    technologies = {
        "plant": {"flows": {"heat": 1.0}, "capacity_unit": "GW", "capacity_to_activity": 1.0,
                  "investment_cost": cost, "lifetime": life, "hurdle_rate": 0.0},
        "bought": {"flows": {"heat": 1.0}, "variable_cost": 2.6},
    }  # fmt: skip
    return make(
        technologies, {"heat": "service"}, {"heat": 1.0}, (2021, 2022, 2023, 2024),
        conventions=Conventions(investment="overnight", salvage=salvage),
    )  # fmt: skip


@pytest.mark.parametrize(("cost", "built"), [(10.0, 1.0), (10.8, 0.0)])
def test_what_is_left_of_an_investment_at_the_end_of_the_view_is_not_paid(cost, built):
    """A plant for four years at 10 leaves 7.5 after a view of one year: 2.5 is less than 2.6.

    At 10.8 a year of it costs 2.7 and heat is bought. Over the four years nothing is left, and the
    plant that was built costs its 10.
    """
    run = Run(plant(cost, "straight_line"), view=1)
    assert run.value("new_capacity", vintage="2021") == pytest.approx(built)
    assert run.cost == pytest.approx(10.0 if built else 4 * 2.6)
    price = min(cost / 4, 2.6)
    assert run.value("commodity_price", 2021) == pytest.approx(price)


def test_growth_refers_to_what_was_decided():
    """Wind may add one more than twice the last addition; from 2022 coal is not allowed.

    Foresight adds 1 in 2021 although coal is cheaper then, so that 3 can be added in 2022. With a
    view of one year nothing is added in 2021 and 1 in 2022: pumps make the other 3 of 4.
    Wind costs 12 over 3 years, 4 in each. Foresight: 2021: 4 of coal cost 10 and 4 for wind that
    saves 2.5; 2022: 4 of wind 16. Myopic: 10, then 4 + 3 x 20.
    """
    run = Run(growing(), view=1)
    assert run.value("new_capacity", vintage="2022") == pytest.approx(1)
    assert run.cost == pytest.approx(74)
    assert run.price("growth", 2022) == pytest.approx(16)
    sighted = Run(growing())
    assert sighted.value("new_capacity", vintage="2021") == pytest.approx(1)
    assert sighted.cost == pytest.approx(4 + 7.5 + 16)


def growing(pump: float | None = 20.0) -> EnergySystem:
    """Four of heat from coal, growing wind, or pumps."""
    wind = {"flows": {"heat": 1.0}, "capacity_unit": "GW", "capacity_to_activity": 1.0,
            "investment_cost": 12.0, "lifetime": 3.0, "hurdle_rate": 0.0}  # fmt: skip
    coal = {"flows": {"heat": 1.0, "co2": 1.0}, "variable_cost": 2.5}
    technologies: dict[str, Any] = {"wind": wind, "coal": coal}
    if pump is not None:
        technologies["pump"] = {"flows": {"heat": 1.0}, "variable_cost": pump}
    growth = Limit("growth", "added_capacity", "<=", {"2022": 2.0}, WIND, of="added_capacity",
                   of_where=WIND, lag=1, seed=1.0)  # fmt: skip
    return make(
        technologies, {"heat": "service", "co2": "emission"}, {"heat": 4.0}, (2021, 2022),
        limits=[growth, cap("co2", 0, values={"2022": 0.0})],
    )  # fmt: skip


def test_a_window_without_a_solution_names_itself_and_the_decision_that_binds():
    """Without pumps the second window lacks 3 of 4; one of wind in 2021 would have done."""
    with pytest.raises(SolveError) as fault:
        Run(growing(pump=None), view=1)
    text = fault.value.problems
    assert fault.value.exit_code == 4
    assert text[0] == (
        "window 2/2 (2022 decided) has no solution after what earlier windows decided"
    )
    assert any(line.startswith("growth (added_capacity), 2022: is missed by 3") for line in text)
    assert (
        "Capacity built in a period (new_capacity: here, wind, 2021): 0 was decided, 1 would do"
        in text
    )
    assert (
        len(text)
        == text.index(
            "with a longer view earlier windows might have decided otherwise; it would do if:"
        )
        + 2
    )


def test_a_window_may_reconsider_the_period_before():
    """Without pumps 2022 has no solution as 2021 left it; 2021 is decided again, seeing 2022.

    Then one of wind is added in 2021, as with foresight: 4 + 3 x 2.5 + 4 x 4 = 27.5.
    """
    run = Run(growing(pump=None), view=1, reconsider=True)
    assert run.value("new_capacity", vintage="2021") == pytest.approx(1)
    assert run.cost == pytest.approx(27.5)
    assert [window["decided"] for window in run.solution.windows] == [["2021"], ["2021", "2022"]]


def test_reconsidering_ends_at_the_first_period():
    """A cap below nothing in 2022: with both years open it is the cap that cannot be."""
    system = mini(periods=(2021, 2022), limits=[cap("co2", 0, values={"2022": -1.0})])
    with pytest.raises(SolveError, match=r"window 2/2 \(2021-2022 decided\) has no solution\n"):
        Run(system, view=1, reconsider=True)


def test_a_window_that_no_earlier_decision_could_save_says_so():
    """A cap below nothing in 2022 cannot be met whatever came before; nor one in 2021."""
    system = mini(periods=(2021, 2022), limits=[cap("co2", 0, values={"2022": -1.0})])
    with pytest.raises(SolveError, match="no change of earlier decisions would help"):
        Run(system, view=1)
    system = mini(periods=(2021, 2022), limits=[cap("co2", -1.0)])
    with pytest.raises(SolveError, match=r"window 1/2 \(2021 decided\) has no solution\n"):
        Run(system, view=1)


def test_a_fall_without_end_names_its_window():
    """Heat pumps are paid for running and heat may be thrown away: in 2022 alone."""
    system = mini(
        pump={"variable_cost": {"2021": 1.0, "2022": -1.0}}, periods=(2021, 2022),
        commodities={"heat": {"kind": "service", "surplus": "free"}, "co2": "emission"},
    )  # fmt: skip
    with pytest.raises(SolveError, match=r"window 2/2 \(2022 decided\): the cost can fall"):
        Run(system, view=1)


@pytest.mark.parametrize("system", [rich, lake_system], ids=["rich", "lake"])
def test_a_window_over_the_whole_horizon_is_perfect_foresight(system):
    """Costs, every capacity and every price are those of the run with foresight."""
    sighted, blind = Run(system()), Run(system(), view=9)
    assert blind.cost == pytest.approx(sighted.cost, rel=1e-9)
    for name in ("new_capacity", "total_capacity", "commodity_price", "limit_price"):
        here, there = (run.results[name].values.astype(float) for run in (sighted, blind))
        assert np.allclose(here, there, equal_nan=True, rtol=1e-7, atol=1e-9)


def test_identities_hold_and_the_dual_is_said_not_to_apply():
    """The joined pathway passes every identity; the gap is that of each window."""
    run = Run(rich(), view=1)
    pathway = run.solution
    assert [w["decided"] for w in pathway.windows] == [["2020", "2021"], ["2023"]]
    results = with_manifest(run.results, windows=list(pathway.windows))
    assert failures(results) == failures(Run(rich()).results)
    assert "dual_objective" not in results.dataset.attrs
    assert run.cost > Run(rich()).cost - 1e-6


def province(
    years: tuple[int, ...] = (2021, 2022, 2023, 2024),
    stock: dict[str, Any] | None = None,
    budget: float = 24.0,
    first: float = 1.0,
) -> EnergySystem:
    """Heat from coal, wind and gas boilers that improve by vintage, under a budget of CO2.

    `stock` is what stands of earlier builds by technology, `budget` what is left of it, and
    `first` the most wind that may be added in the first year.
    """
    stock = stock or {}
    built = {"capacity_unit": "GW", "capacity_to_activity": 1.0, "hurdle_rate": 0.07}
    fuel = {"2021": -1.3, "2022": -1.2, "2023": -1.1, "2024": -1.0}
    technologies = {
        "coal": {"flows": {"heat": 1.0, "co2": 1.0}, "variable_cost": 2.5},
        "gas_supply": {"flows": {"gas": 1.0, "co2": 0.4}, "role": "supply",
                       "variable_cost": {"2021": 2.0, "2022": 2.5, "2023": 3.5, "2024": 5.0}},
        "wind": {**built, "flows": {"heat": 1.0}, "investment_cost": 9.0, "lifetime": 2.0,
                 "fixed_cost": 0.2, "stock": stock.get("wind", {})},
        "boiler": {**built, "vintages": "kept", "flows": {"heat": 1.0, "gas": fuel},
                   "investment_cost": 2.0, "lifetime": 3.0, "stock": stock.get("boiler", {})},
        "pump": {"flows": {"heat": 1.0}, "variable_cost": 20.0},
    }  # fmt: skip
    labels = [str(year) for year in years]
    limits = [
        cap("co2", 0, id="budget", values={ALL_PERIODS: budget}),
        Limit("first", "added_capacity", "<=", {labels[0]: first}, WIND),
        Limit("growth", "added_capacity", "<=", dict.fromkeys(labels[1:], 1.5), WIND,
              of="added_capacity", of_where=WIND, lag=1, seed=1.0),
    ]  # fmt: skip
    heat = {"2021": 10.0, "2022": 11.0, "2023": 12.0, "2024": 13.0}
    return make(
        technologies, {"heat": "service", "gas": "energy", "co2": "emission"},
        {("heat", label): heat[label] for label in labels}, years, base_year=years[0] - 1,
        limits=limits, discount_rate=0.05,
    )  # fmt: skip


def test_no_row_of_a_period_knows_a_later_one():
    """What makes windows right: a row holds columns of its own period and of earlier ones only."""
    for system in (rich(), lake_system(), province()):
        built = build(system)
        calendar, entries = Calendar(built), built.linear.matrix.tocoo()
        row, column = (calendar.rows[entries.coords[0]], calendar.columns[entries.coords[1]])
        assert not ((row >= 0) & (column > row)).any()


LIVES = {"wind": 2, "boiler": 3}


def chained() -> tuple[dict[str, Run], dict[tuple[str, str], float]]:
    """Solve 2021 seeing 2022, 2022 seeing 2023, and 2023-2024, each a system of its own.

    What was built stands as stock, what was emitted is taken off the budget, and the growth of the
    first year of a system is an upper bound. Returns the run that decided each year, and builds.
    """
    runs: dict[str, Run] = {}
    builds: dict[tuple[str, str], float] = {}
    left, first = 24.0, 1.0
    for years in ((2021, 2022), (2022, 2023), (2023, 2024)):
        stock: dict[str, Any] = {"wind": {}, "boiler": {}}
        for (name, vintage), amount in builds.items():
            standing = [y for y in years if y < int(vintage) + LIVES[name]]
            for year in standing:
                key = (vintage, str(year)) if name == "boiler" else str(year)
                stock[name][key] = stock[name].get(key, 0.0) + amount
        run = Run(province(years, stock, left, first))
        for year in years if years[-1] == 2024 else years[:1]:
            runs[str(year)] = run
            for name in LIVES:
                builds[name, str(year)] = run.value("new_capacity", technology=name,
                                                    vintage=str(year))  # fmt: skip
        left -= run.value("emissions", years[0])
        first = 1.5 * builds["wind", str(years[0])] + 1.0
    return runs, builds


def test_a_myopic_run_is_a_chain_of_independent_solves():
    """Windows equal separate systems chained through stock: builds, activity, prices, cost."""
    whole = Run(province(), view=2)
    runs, builds = chained()
    assert len(whole.solution.windows) == 3
    for (name, vintage), amount in builds.items():
        built = whole.value("new_capacity", technology=name, vintage=vintage)
        assert built == pytest.approx(amount, abs=1e-7), (name, vintage)
    cost = 0.0
    for label, run in runs.items():
        year = int(label)
        for name in ("coal", "gas_supply", "wind", "boiler", "pump"):
            expected = pytest.approx(run.activity(name, year), abs=1e-6)
            assert whole.activity(name, year) == expected, (name, year)
        for commodity in ("heat", "gas"):
            price = run.value("commodity_price", year, commodity=commodity)
            found = whole.value("commodity_price", year, commodity=commodity)
            assert found == pytest.approx(price, abs=1e-7), (commodity, year)
        yearly = sum(run.value(f"{part}_payment", year) for part in ("fixed", "variable"))
        cost += yearly * 1.05 ** -(year - 2020)
    assert discounted(whole, "fixed_payment", "variable_payment") == pytest.approx(cost)
    assert sum(builds.values()) > 1.0
    # the budget's price is discounted to each system's own base year
    last = runs["2024"].results["limit_price"].values[0] * 1.05**-2
    assert float(whole.results["limit_price"].values[0]) == pytest.approx(last)
    assert last > 0.0
    assert whole.cost > Run(province()).cost + 1e-3


def discounted(run: Run, *parts: str) -> float:
    """Discounted sum of cost parts."""
    years = [int(label) for label in LABELS]
    return sum(run.value(part, y) * 1.05 ** -(y - 2020) for part in parts for y in years)
