"""Solves a linear model with HiGHS: options, status, values and duals. Knows no energy system."""

import logging
import threading
import time
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

from carbonpath.errors import SolveError
from carbonpath.model.lowering import LinearModel
from carbonpath.model.lowering.handover import to_highs

Floats = npt.NDArray[np.float64]
METHODS = {
    "simplex": "simplex",
    "interior": "ipx",
    "interior-no-crossover": "ipx",
    "hipo": "hipo",
}
WITHOUT_CROSSOVER = ("interior-no-crossover", "hipo")
"""After HiPO on 288 slices crossover found no basis, and simplex took over an hour instead."""
LARGE = 60_000
"""Rows from which `auto` takes the interior point method, with crossover, instead of simplex."""
HUGE = 300_000
"""Rows from which `auto` takes HiPO where it is installed: IPX stalls on systems of this size."""
PATIENCE = 0.2
"""Seconds between two looks at whether the user has asked to stop."""
GRACE = 5.0
"""Seconds the solver gets to stop when interrupted; its thread does not outlive the process."""
INFEASIBLE, UNBOUNDED, STOPPED, NOT_INSTALLED = 4, 5, 6, 9
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SolverOptions:
    """How to solve. `method`: auto, simplex, interior, interior-no-crossover, hipo.

    `solver` is highs, or another that Pyomo knows, which solves plain runs only.
    """

    method: str = "auto"
    threads: int | None = None
    time_limit: float | None = None
    log_file: Path | None = None
    mip_gap: float = 1e-6
    solver: str = "highs"


@dataclass(frozen=True)
class Solution:
    """An optimum: columns, duals of rows (cost per unit of the bound), reduced costs."""

    columns: Floats
    row_duals: Floats
    reduced_costs: Floats
    objective: float
    dual_objective: float
    method: str
    iterations: int
    seconds: float


def solve(model: LinearModel, options: SolverOptions | None = None) -> Solution:
    """Return the optimum of a model; anything else is a SolveError with its exit code."""
    options = options or SolverOptions()
    start = time.perf_counter()
    highs = to_highs(model)
    method = configured(highs, model, options)
    run_to_an_answer(highs)
    status = highs.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        raise failure(highs, status)
    if model.integer.any():
        _fix_integers(highs, model)
    return solution_of(highs, model, method, time.perf_counter() - start)


def fitting(rows: int) -> str:
    """Return the method that `auto` takes for a number of rows."""
    if rows > HUGE and has_hipo():
        return "hipo"
    return "interior" if rows > LARGE else "simplex"


@cache
def has_hipo() -> bool:
    """Whether HiPO is installed: `highspy-extras` of the same version as highspy."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    return bool(highs.setOptionValue("solver", "hipo") == highspy.HighsStatus.kOk)


def configured(highs: Any, model: LinearModel, options: SolverOptions) -> str:
    """Set the options; return the method chosen."""
    method = options.method
    if method == "auto":
        method = fitting(model.matrix.shape[0])
    if method not in METHODS:
        raise SolveError(
            f"solver method {method!r} is not one of auto, {', '.join(METHODS)}", 3, code="E505"
        )
    if method == "hipo" and not has_hipo():
        raise SolveError(
            "method hipo needs highspy-extras of the same version as highspy "
            f"({version('highspy')}): install both, e.g. "
            "pip install highspy==1.15.1 highspy-extras==1.15.1, or take method ipm",
            NOT_INSTALLED,
            code="E906",
        )
    highs.setOptionValue("solver", METHODS[method])
    highs.setOptionValue("run_crossover", "off" if method in WITHOUT_CROSSOVER else "on")
    highs.setOptionValue("mip_rel_gap", options.mip_gap)
    if options.threads is not None:
        highs.setOptionValue("threads", options.threads)
    if options.time_limit is not None:
        highs.setOptionValue("time_limit", options.time_limit)
    if options.log_file is not None:
        highs.setOptionValue("output_flag", True)
        highs.setOptionValue("log_to_console", False)
        highs.setOptionValue("log_file", str(options.log_file))
    return method


def run(highs: Any) -> None:
    """Run in a thread of its own, so that Ctrl-C reaches us; HiGHS itself swallows it."""
    highs.HandleUserInterrupt = True
    failures: list[BaseException] = []
    finished = threading.Event()  # Thread.join forgets a thread when it is interrupted

    def work() -> None:
        try:
            highs.run()
        except RuntimeError as error:
            failures.append(error)
        finally:
            finished.set()

    threading.Thread(target=work, name="highs", daemon=True).start()
    try:
        while not finished.wait(PATIENCE):
            pass
    except KeyboardInterrupt:
        highs.cancelSolve()
        finished.wait(GRACE)
        raise
    highs.HandleUserInterrupt = False  # its callbacks hold HiGHS, which then is never let go
    if failures:
        raise SolveError(f"HiGHS failed: {failures[0]}", STOPPED, code="E504") from failures[0]


def run_to_an_answer(highs: Any) -> None:
    """Run; where presolve cannot tell infeasible from unbounded, run again without it."""
    run(highs)
    if highs.getModelStatus() == highspy.HighsModelStatus.kUnboundedOrInfeasible:
        highs.setOptionValue("presolve", "off")
        run(highs)
        highs.setOptionValue("presolve", "choose")


def failure(highs: Any, status: Any) -> SolveError:
    """Say in one sentence why there is no optimum."""
    kinds = highspy.HighsModelStatus
    if status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
        return SolveError(
            "no pathway fulfils all limits: the model is infeasible", INFEASIBLE, code="E501"
        )
    if status == kinds.kUnbounded:
        return SolveError(
            "the cost can fall without end: look for a negative cost on something unlimited",
            UNBOUNDED,
            code="E502",
        )
    words = highs.modelStatusToString(status).lower()
    return SolveError(f"the solver stopped before the optimum: {words}", STOPPED, code="E503")


def _fix_integers(highs: Any, model: LinearModel) -> None:
    """Fix whole numbers at their optimum and solve again, so that there are duals."""
    values = np.round(np.array(highs.getSolution().col_value))
    places = np.flatnonzero(model.integer).astype(np.int32)
    kinds = np.full(len(places), highspy.HighsVarType.kContinuous)
    highs.changeColsIntegrality(len(places), places, kinds)
    highs.changeColsBounds(len(places), places, values[places], values[places])
    run(highs)


def solution_of(highs: Any, model: LinearModel, method: str, seconds: float) -> Solution:
    """Return what HiGHS holds as a Solution, with the dual objective formed from its duals."""
    found, info = highs.getSolution(), highs.getInfo()
    duals, reduced = np.array(found.row_dual), np.array(found.col_dual)
    columns = np.array(found.col_value)
    iterations = int(info.simplex_iteration_count + info.ipm_iteration_count)
    objective = float(info.objective_function_value)
    log.info("solved by %s in %.1f s, %d iterations", method, seconds, iterations)
    return Solution(
        columns, duals, reduced, objective, dual_objective(model, columns, duals, reduced), method,
        iterations, seconds,
    )  # fmt: skip


def dual_objective(model: LinearModel, columns: Floats, duals: Floats, reduced: Floats) -> float:
    """Return what duals and reduced costs say the optimum is worth."""
    held = np.round(columns)  # whole numbers are fixed at their optimum
    return (
        model.cost_constant
        + _worth(duals, model.row_lower, model.row_upper)
        + _worth(
            reduced,
            np.where(model.integer, held, model.col_lower),
            np.where(model.integer, held, model.col_upper),
        )
    )


def _worth(duals: Floats, lower: Floats, upper: Floats) -> float:
    """Sum dual x the bound it belongs to: the lower one where positive, else the upper one."""
    bound = np.where(duals > 0, lower, upper)
    counted = (duals != 0) & np.isfinite(bound)
    return float(duals[counted] @ bound[counted])
