"""What solving leaves behind, whatever the mode: one value for every column, one dual for rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from carbonpath.errors import SolveError
from carbonpath.model.build import BuiltModel
from carbonpath.solve.diagnose import explain
from carbonpath.solve.highs import INFEASIBLE, Solution, SolverOptions, solve

Floats = npt.NDArray[np.float64]
NAMES = {"highs": "HiGHS"}
"""How a solver is written where people read it."""


@dataclass(frozen=True)
class Pathway:
    """A pathway over the whole horizon; `dual_objective` is None where no one dual spans it.

    `windows` holds a record of each window of a myopic run, in order.
    """

    columns: Floats
    row_duals: Floats
    dual_objective: float | None
    method: str
    iterations: int
    mode: str = "foresight"
    windows: tuple[Mapping[str, Any], ...] = ()
    solver: str = "HiGHS"


def foresight(built: BuiltModel, options: SolverOptions) -> Pathway:
    """Decide all periods at once; if no pathway fulfils all limits, say which cannot hold."""
    try:
        found = solved(built, options)
    except SolveError as fault:
        if fault.exit_code != INFEASIBLE:
            raise
        raise SolveError(explain(built, options), INFEASIBLE, code="E501") from fault
    return Pathway(
        found.columns, found.row_duals, found.dual_objective, found.method, found.iterations,
        solver=NAMES.get(options.solver, options.solver),
    )  # fmt: skip


def solved(built: BuiltModel, options: SolverOptions) -> Solution:
    """Solve with HiGHS, or with another solver through Pyomo."""
    if options.solver == "highs":
        return solve(built.linear, options)
    from carbonpath.solve import any_solver

    return any_solver.solve(built.linear, options)
