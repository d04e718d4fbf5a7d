"""Other solvers through Pyomo find the same optimum and prices as HiGHS by its arrays."""

from dataclasses import replace
from pathlib import Path

import pytest

from carbonpath.cli.entry import exit_code
from carbonpath.errors import SolveError
from carbonpath.inputs.load import load_system
from carbonpath.model.build import BuiltModel, build
from carbonpath.results.store import read as stored
from carbonpath.run import Options, read
from carbonpath.solve import any_solver, highs
from carbonpath.solve.highs import SolverOptions
from tests.cli.conftest import copied

SCENARIO = "schema: carbonpath/scenario/1\nextends: tutorial\nsolve: {{solver: {}}}\n"
SAME = {"rel": 1e-7, "abs": 1e-7}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltModel:
    """The tutorial."""
    folder = copied(tmp_path_factory.mktemp("solver")) / "scenarios"
    return build(load_system(read(folder / "tutorial.yaml", Options())).system)


@pytest.mark.parametrize("name", ["appsi_highs", "glpk", "cbc"])
def test_the_optimum_and_its_prices_are_the_same(built: BuiltModel, name: str) -> None:
    """The tutorial's optimum is the only one; of its prices, that of the cap of 2030 is."""
    try:
        any_solver.found(name)
    except SolveError:
        pytest.skip(f"{name} is not installed")
    ours = highs.solve(built.linear)
    theirs = any_solver.solve(built.linear, SolverOptions(solver=name))
    assert theirs.objective == pytest.approx(ours.objective, **SAME)
    assert theirs.dual_objective == pytest.approx(ours.objective, **SAME)
    assert theirs.columns == pytest.approx(ours.columns, **SAME)
    cap = built.linear.rows["limits"].slice.stop - 1
    assert abs(ours.row_duals[cap]) > 0.01
    assert theirs.row_duals[cap] == pytest.approx(ours.row_duals[cap], **SAME)


def test_a_scenario_may_name_a_solver(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = copied(tmp_path)
    for name in ("appsi_highs", "no_such_solver"):
        path = project / "scenarios" / f"{name}.yaml"
        path.write_text(SCENARIO.format(name), encoding="utf-8")
    assert exit_code(["run", str(project / "scenarios" / "appsi_highs.yaml"), "--no-report"]) == 0
    assert "appsi_highs through Pyomo" in capsys.readouterr().err
    manifest = stored(project / "results" / "appsi_highs").manifest
    assert manifest["solver"]["name"] == "appsi_highs"
    assert exit_code(["run", str(project / "scenarios" / "no_such_solver.yaml")]) == 9
    assert "'no_such_solver' is not installed" in capsys.readouterr().err
    assert not (project / "results" / "no_such_solver").exists()


def test_what_cannot_be_met_has_the_same_exit_code(built: BuiltModel) -> None:
    demand = built.linear.rows["supply_meets_demand"].slice
    sides = built.linear.row_lower.copy(), built.linear.row_upper.copy()
    for side in sides:
        side[demand] = 1e6
    beyond = replace(built.linear, row_lower=sides[0], row_upper=sides[1])
    with pytest.raises(SolveError) as told:
        any_solver.solve(beyond, SolverOptions(solver="appsi_highs"))
    assert told.value.exit_code == highs.INFEASIBLE
