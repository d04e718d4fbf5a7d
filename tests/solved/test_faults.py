"""What cannot be built is said in the user's words, before any solver runs."""

import pytest

from carbonpath.errors import ModelError, SolveError
from carbonpath.model.build import build
from carbonpath.solve.diagnose import explain
from carbonpath.solve.highs import SolverOptions, solve
from tests.systems import DAY_AND_NIGHT, Run, make, mini

POWER = {"kind": "energy", "time_level": "slice", "carrier": "electricity"}


def said(system):
    """Return what building a system raises, line by line."""
    with pytest.raises(ModelError) as caught:
        build(system)
    return caught.value.problems


def test_a_parameter_that_nothing_reads_is_an_error():
    """Ramping is for slices; a rate on an annual technology would silently do nothing."""
    assert said(mini(coal={"ramp_rate": 0.1})) == [
        "ramp_rate is given for technology 'coal' but nothing in this model reads it; "
        "switch its family on or remove the rows"
    ]


def test_a_parameter_at_its_default_may_stay_unread():
    build(mini(coal={"capture_rate": 0.0, "minimum_load": 0.0}))


def test_a_family_that_is_off_is_an_error():
    """Without reserve margins nothing reads a reserve; without situations nothing reads credits."""
    problems = said(mini(parameters={"physical_factor": {("heat",): 0.5}}))
    assert problems == ["physical_factor: values are given but nothing in this model reads them"]


def test_a_floor_that_finds_no_row_is_an_error():
    """A floor on capacity of a technology that has none would be dropped."""
    assert said(mini(coal={"capacity_floor": 2.0})) == [
        "capacity_floor is given for here, coal, 2021, where the technology cannot exist"
    ]


def test_a_demand_that_nothing_can_meet_is_named():
    commodities = {"heat": "service", "co2": "emission", "steam": "service"}
    assert said(mini(demand={"heat": 10.0, "steam": 1.0}, commodities=commodities)) == [
        "nothing in here can make 'steam' in 2021, which is demanded; add a technology or capacity"
    ]


def test_a_technology_coarser_than_its_commodity_needs_a_shape():
    system = make(
        {"gas": {"flows": {"power": 1.0}, "time_level": "slice"},
         "lamp": {"flows": {"power": -1.0, "light": 1.0}}},
        {"power": POWER, "light": "service"}, {"light": 1.0}, nodes=DAY_AND_NIGHT,
    )  # fmt: skip
    assert said(system) == [
        "technology 'lamp' is coarser in time than 'power' and has no shape for it; "
        "add a row to profiles.csv (purpose shape)"
    ]


def test_what_can_be_built_needs_a_rate_and_a_life():
    plant = {"flows": {"heat": 1.0}, "capacity_unit": "GW", "capacity_to_activity": 1.0,
             "investment_cost": 1.0, "lifetime": 20.0}  # fmt: skip
    assert said(make({"plant": plant}, {"heat": "service"}, {"heat": 1.0})) == [
        "technology 'plant' can be built but has no hurdle_rate; give it one"
    ]


def test_a_missing_number_without_default_is_named():
    """Capacity without capacity_to_activity: an error with the key, never a zero."""
    plant = {"flows": {"heat": 1.0}, "capacity_unit": "GW", "stock": {"2021": 1.0}}
    problems = said(make({"plant": plant}, {"heat": "service"}, {"heat": 1.0}))
    assert "capacity_to_activity[here, plant]" in problems[0]


def test_infeasible_physics_is_explained_by_the_row_that_must_give():
    """1 GW makes at most 1; 10 are wanted. No limit is to blame: the demand or the capacity is."""
    plant = {"flows": {"heat": 1.0}, "capacity_unit": "GW", "capacity_to_activity": 1.0,
             "stock": {"2021": 1.0}}  # fmt: skip
    built = build(make({"plant": plant}, {"heat": "service"}, {"heat": 10.0}))
    with pytest.raises(SolveError) as caught:
        solve(built.linear)
    assert caught.value.exit_code == 4
    assert explain(built)[1].startswith("Energy, services and materials are supplied as demanded")
    assert "10 would have to be 1" in explain(built)[1]


def test_a_potential_that_is_too_small_is_named():
    """At most 4 GW may stand where 10 are needed: the potential would have to be 10."""
    plant = {
        "flows": {"heat": 1.0},
        "capacity_unit": "GW",
        "capacity_to_activity": 1.0,
        "investment_cost": 1.0,
        "lifetime": 20.0,
        "hurdle_rate": 0.0,
        "capacity_limit": 4.0,
    }
    built = build(make({"plant": plant}, {"heat": "service"}, {"heat": 10.0}))
    assert explain(built)[1] == (
        "No more stands than the potential allows (capacity_within_limit: here, plant, 2021): "
        "4 would have to be 10"
    )


def test_a_cost_that_falls_without_end_is_said_to():
    """Selling heat at 30 with nothing to stop it."""
    sale = {"flows": {"heat": -1.0}, "variable_cost": -30.0}
    with pytest.raises(SolveError, match="fall without end") as caught:
        Run(mini(more={"sale": sale}))
    assert caught.value.exit_code == 5


def test_a_time_limit_stops_the_solver():
    built = build(mini())
    with pytest.raises(SolveError) as caught:
        solve(built.linear, SolverOptions(time_limit=0.0))
    assert caught.value.exit_code == 6


def test_an_unknown_method_is_refused():
    with pytest.raises(SolveError, match="'magic' is not one of auto, simplex"):
        solve(build(mini()).linear, SolverOptions(method="magic"))


@pytest.mark.parametrize("method", ["simplex", "interior", "interior-no-crossover"])
def test_every_method_finds_the_optimum(method, tmp_path):
    options = SolverOptions(method=method, threads=1, log_file=tmp_path / "highs.log")
    found = solve(build(mini()).linear, options)
    assert found.objective == pytest.approx(25, rel=1e-6)
    assert found.dual_objective == pytest.approx(25, rel=1e-6)
