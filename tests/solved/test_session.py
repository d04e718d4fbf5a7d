"""A session that changes numbers in place gives what separate cold solves give."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from carbonpath.errors import SolveError
from carbonpath.inputs.load import load
from carbonpath.model.build import build
from carbonpath.results.extract import extract
from carbonpath.solve.highs import SolverOptions, solve
from carbonpath.solve.session import AFTER_COSTS, Session
from carbonpath.system.system import BASE_YEAR, EnergySystem, Limit
from tests.systems import cap, mini

ROOT = Path(__file__).parents[2]
SHARE = Limit(
    "pump_share", "output", ">=", {"2021": 0.3}, {"technology": ("pump",)},
    of="output", of_where={"commodity": ("heat",)},
)  # fmt: skip
GROWTH = Limit(
    "slow_growth", "output", "<=", {"2024": 1.1}, {"technology": ("gas",)},
    of="output", of_where={"technology": ("gas",)}, lag=1, seed=0.5,
)  # fmt: skip


def two_years(*limits: Limit) -> EnergySystem:
    """The small heat system in 2021 and 2024, discounted."""
    return mini(limits=limits, periods=(2021, 2024), discount_rate=0.05)


def same(session: Session, system: EnergySystem) -> None:
    """The session as it stands equals a new solve of another system."""
    cold = solve(build(system).linear)
    warm = session.solve()
    assert warm.objective == pytest.approx(cold.objective)
    assert warm.dual_objective == pytest.approx(cold.objective)
    assert warm.columns == pytest.approx(cold.columns)


@pytest.mark.parametrize("value", [7.0, 6.0, 2.0, 11.0])
def test_a_cap_moves_in_place(value: float):
    """Another cap, from tight to idle, is the same as another system."""
    session = Session(build(mini(limits=[cap("co2", 7)])))
    session.solve()
    session.set_limit("co2_cap", "2021", value)
    same(session, mini(limits=[cap("co2", value)]))


def test_one_session_walks_over_many_caps():
    """There and back, with an infeasible step between, which is said and survived."""
    session = Session(build(mini(limits=[cap("co2", 7)])))
    for value in (7.0, 3.0, 9.0, 0.0, 5.0):
        session.set_limit("co2_cap", "2021", value)
        same(session, mini(limits=[cap("co2", value)]))
    session.set_limit("co2_cap", "2021", -1.0)
    with pytest.raises(SolveError) as caught:
        session.solve()
    assert caught.value.exit_code == 4
    session.set_limit("co2_cap", "2021", 4.0)
    same(session, mini(limits=[cap("co2", 4.0)]))


def test_the_factor_of_a_share_moves_in_place():
    """Coefficients change, in one of two periods."""
    session = Session(build(two_years(replace(SHARE, values={"2021": 0.3, "2024": 0.3}))))
    session.solve()
    session.set_limit("pump_share", "2024", 0.45)
    same(session, two_years(replace(SHARE, values={"2021": 0.3, "2024": 0.45})))


def test_a_growth_factor_is_compounded():
    """1.2 a year over three years, seed included."""
    session = Session(build(two_years(GROWTH)))
    session.set_limit("slow_growth", "2024", 1.2)
    same(session, two_years(replace(GROWTH, values={"2024": 1.2})))


@pytest.mark.parametrize("after_costs", AFTER_COSTS)
def test_costs_move_in_place(after_costs: str):
    """Coal at ten times its cost loses to gas; the cap stays as it is."""
    session = Session(build(mini(limits=[cap("co2", 7)])), after_costs=after_costs)
    session.solve()
    session.scale_cost("variable_payment", {"technology": ("coal",)}, 10.0)
    same(session, mini(limits=[cap("co2", 7)], coal={"variable_cost": 25.0}))


def test_demand_and_bounds_move_in_place():
    """A fifth more heat, and gas of at most 2."""
    session = Session(build(mini(limits=[cap("co2", 7)])))
    session.solve()
    session.scale_demand({"commodity": ("heat",)}, 1.2)
    same(session, mini(limits=[cap("co2", 7)], demand={"heat": 12.0}))
    session.set_bounds(session.columns("activity", {"technology": ("gas",)}), upper=2.0)
    limited = cap("co2", 2, id="gas_cap", quantity="output", where={"technology": ("gas",)})
    found = session.solve()
    cold = solve(build(mini(limits=[cap("co2", 7), limited], demand={"heat": 12.0})).linear)
    assert found.objective == pytest.approx(cold.objective)


def test_a_coefficient_moves_in_place():
    """Coal with twice the CO2 under the same cap."""
    built = build(mini(limits=[cap("co2", 7)]))
    session = Session(built)
    session.solve()
    rows = session.rows("limits")[:1]
    columns = session.columns("activity", {"technology": ("coal",)})
    session.set_coefficients(rows, columns, np.array([2.0]))
    found = session.solve()
    doubled = mini(limits=[cap("co2", 7)], coal={"flows": {"heat": 1.0, "co2": 2.0}})
    assert found.objective == pytest.approx(solve(build(doubled).linear).objective)
    assert built.linear.matrix[[int(rows[0])], :].toarray().max() == pytest.approx(1.0)


def test_a_session_becomes_another_model():
    """Every number may differ, costs included; only rows and columns are the same."""
    session = Session(build(mini(limits=[cap("co2", 7)])))
    session.solve()
    basis = session.basis()
    other = mini(
        limits=[cap("co2", 5)], gas={"variable_cost": 9.0, "flows": {"heat": 1.0, "co2": 0.3}}
    )
    session.become(build(other))
    same(session, other)
    session.become(build(mini(limits=[cap("co2", 7)])), basis)
    same(session, mini(limits=[cap("co2", 7)]))
    with pytest.raises(SolveError):
        session.become(build(two_years()))


def test_results_come_out_as_of_a_run():
    """Bound, value and price of a limit, as a separate run has them."""
    session = Session(build(mini(limits=[cap("co2", 7)])))
    session.solve()
    session.set_limit("co2_cap", "2021", 6.0)
    warm = session.solve()
    results = extract(session.built, warm.columns, warm.row_duals, warm.dual_objective)
    other = build(mini(limits=[cap("co2", 6)]))
    cold = solve(other.linear)
    expected = extract(other, cold.columns, cold.row_duals, cold.dual_objective)
    for name in ("limit_bound", "limit_value", "limit_price", "commodity_price", "output"):
        np.testing.assert_allclose(results[name], expected[name])
    assert results.dataset.attrs["objective"] == pytest.approx(cold.objective)


def test_whole_numbers_are_solved_anew():
    """A model with whole units is right in a session, too."""
    system = mini(
        limits=[cap("co2", 7)],
        gas={
            "capacity_unit": "GW", "lifetime": 20, "investment_cost": 1.0, "hurdle_rate": 0.0,
            "capacity_to_activity": 1.0, "unit_size": 4.0,
        },
    )  # fmt: skip
    session = Session(build(system))
    first = session.solve()
    session.set_limit("co2_cap", "2021", 5.5)
    assert session.solve().objective > first.objective


@pytest.mark.parametrize("method", ["simplex", "interior"])
def test_the_tutorial_in_a_session(method: str):
    """The cap on coal of the tutorial from 100 % to 20 % of the base year, against cold solves."""
    system = load(ROOT / "scenarios" / "tutorial.yaml")
    session = Session(build(system), SolverOptions(method))
    for level in (1.0, 0.8, 0.5, 0.2):
        session.set_limit("co2_cap", "2030", level)
        limits = [
            replace(limit, values={**limit.values, "2030": level})
            if limit.id == "co2_cap" else limit
            for limit in system.limits
        ]  # fmt: skip
        cold = solve(build(replace(system, limits=tuple(limits))).linear)
        assert session.solve().objective == pytest.approx(cold.objective)
    assert next(limit for limit in system.limits if limit.id == "co2_cap").lag == BASE_YEAR


def test_an_unknown_limit_is_named():
    """And a tracked one has no row."""
    session = Session(build(mini(limits=[cap("co2", 7, mode="track")])))
    with pytest.raises(SolveError, match="co2_cap"):
        session.set_limit("co2_cap", "2021", 5.0)
    with pytest.raises(SolveError):
        Session(build(mini()), after_costs="guess")
