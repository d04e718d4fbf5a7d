"""Perfect foresight: the whole horizon in one linear model."""

from carbonpath.errors import SolveError
from carbonpath.model.build import build
from carbonpath.results.extract import extract
from carbonpath.results.results import Results
from carbonpath.solve.diagnose import explain
from carbonpath.solve.highs import INFEASIBLE, SolverOptions, solve
from carbonpath.system.system import EnergySystem


def foresight(system: EnergySystem, options: SolverOptions | None = None) -> Results:
    """Build, solve and extract; an infeasible system is explained in the user's words."""
    built = build(system)
    try:
        solution = solve(built.linear, options)
    except SolveError as error:
        if error.exit_code != INFEASIBLE:
            raise
        raise SolveError(explain(built, options), INFEASIBLE) from error
    return extract(built, solution.columns, solution.row_duals, solution.dual_objective)
