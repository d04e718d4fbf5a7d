"""Solves a linear model with any solver that Pyomo knows; HiGHS by its arrays is faster."""

import logging
import time
from typing import Any

import numpy as np
import numpy.typing as npt
import pyomo.environ as pyo
from pyomo.core.expr.numeric_expr import LinearExpression
from pyomo.opt import TerminationCondition

from carbonpath.errors import SolveError
from carbonpath.model.lowering import LinearModel
from carbonpath.solve.highs import (
    INFEASIBLE,
    NOT_INSTALLED,
    STOPPED,
    UNBOUNDED,
    Solution,
    SolverOptions,
    dual_objective,
)

Floats = npt.NDArray[np.float64]
NO_PATHWAY = (TerminationCondition.infeasible, TerminationCondition.infeasibleOrUnbounded)


def solve(model: LinearModel, options: SolverOptions) -> Solution:
    """Return the optimum found by `options.solver`, with the duals it gives.

    Whole numbers are fixed at their optimum and the rest solved again, so that there are duals.
    Raise a SolveError if the solver is not installed, finds no optimum or gives no duals.
    """
    start = time.perf_counter()
    name = options.solver
    solver = found(name)
    pyomo = model_of(model)
    run(name, solver, pyomo, options)
    places = np.flatnonzero(model.integer).tolist()
    for place in places:
        pyomo.x[place].domain = pyo.Reals
        pyomo.x[place].fix(round(pyo.value(pyomo.x[place])))
    if places:
        run(name, solver, pyomo, options)
    columns = np.array([pyo.value(pyomo.x[place], exception=False) for place in pyomo.x], float)
    columns = np.where(np.isnan(columns), at_rest(model), columns)
    duals = duals_of(name, model, pyomo)
    reduced = model.cost - model.matrix.T @ duals
    return Solution(
        columns, duals, reduced, float(model.cost @ columns) + model.cost_constant,
        dual_objective(model, columns, duals, reduced), "through Pyomo", 0,
        time.perf_counter() - start,
    )  # fmt: skip


def found(name: str) -> Any:
    """Return a solver of Pyomo by its name."""
    logging.getLogger("pyomo").setLevel(logging.ERROR)
    solver = pyo.SolverFactory(name)
    if not solver.available(exception_flag=False):
        raise SolveError(
            f"solver {name!r} is not installed, or Pyomo does not know it; install it so that its "
            "program is on the path (glpk and cbc are free), or take 'solver: highs'",
            NOT_INSTALLED,
            code="E906",
        )
    return solver


def model_of(model: LinearModel) -> Any:
    """Return a Pyomo model of the matrix: columns x, rows in up to two halves, one objective."""
    pyomo = pyo.ConcreteModel()
    pyomo.x = pyo.Var(range(model.matrix.shape[1]), domain=pyo.Reals)
    bounds = zip(model.col_lower.tolist(), model.col_upper.tolist(), strict=True)
    for place, (lower, upper) in enumerate(bounds):
        pyomo.x[place].setlb(None if np.isneginf(lower) else lower)
        pyomo.x[place].setub(None if np.isposinf(upper) else upper)
    for place in np.flatnonzero(model.integer).tolist():
        pyomo.x[place].domain = pyo.Integers
    columns, matrix = [pyomo.x[place] for place in pyomo.x], model.matrix.tocsr()
    pyomo.above, pyomo.below = pyo.Constraint(pyo.Any), pyo.Constraint(pyo.Any)
    sides = zip(model.row_lower.tolist(), model.row_upper.tolist(), strict=True)
    for row, (lower, upper) in enumerate(sides):
        own = slice(matrix.indptr[row], matrix.indptr[row + 1])
        terms = [columns[place] for place in matrix.indices[own]]
        if not terms:
            continue
        body = LinearExpression(linear_coefs=matrix.data[own].tolist(), linear_vars=terms)
        if lower == upper:
            pyomo.above[row] = body == lower
            continue
        if np.isfinite(lower):
            pyomo.above[row] = body >= lower
        if np.isfinite(upper):
            pyomo.below[row] = body <= upper
    pyomo.cost = pyo.Objective(
        expr=LinearExpression(linear_coefs=model.cost.tolist(), linear_vars=columns)
    )
    pyomo.dual = pyo.Suffix(direction=pyo.Suffix.IMPORT)
    return pyomo


def run(name: str, solver: Any, pyomo: Any, options: SolverOptions) -> None:
    """Solve; anything but an optimum is a SolveError with its exit code."""
    limit = {} if options.time_limit is None else {"timelimit": options.time_limit}
    try:
        answer = solver.solve(pyomo, load_solutions=False, **limit)
    except (RuntimeError, ValueError, OSError) as fault:
        said = " ".join(str(fault).split())
        raise SolveError(f"solver {name} failed: {said}", STOPPED, code="E504") from fault
    ended = answer.solver.termination_condition
    if ended in NO_PATHWAY:
        raise SolveError(
            "no pathway fulfils all limits: the model is infeasible", INFEASIBLE, code="E501"
        )
    if ended == TerminationCondition.unbounded:
        raise SolveError("the cost can fall without end", UNBOUNDED, code="E502")
    if ended != TerminationCondition.optimal:
        raise SolveError(f"solver {name} stopped before the optimum: {ended}", STOPPED, code="E503")
    pyomo.solutions.load_from(answer)


def duals_of(name: str, model: LinearModel, pyomo: Any) -> Floats:
    """Return the dual of each row: of the half that acts."""
    duals = np.zeros(model.matrix.shape[0])
    told = 0
    for half in (pyomo.above, pyomo.below):
        for row in half:
            value = pyomo.dual.get(half[row])
            told += value is not None
            duals[row] += value or 0.0
    if not told:
        raise SolveError(
            f"solver {name} gives no shadow prices, which results need; take 'solver: highs'",
            STOPPED,
            code="E504",
        )
    return duals


def at_rest(model: LinearModel) -> Floats:
    """Return for each column the finite bound nearest to nothing: where one in no row stays."""
    clipped: Floats = np.clip(0.0, model.col_lower, model.col_upper)
    return clipped
