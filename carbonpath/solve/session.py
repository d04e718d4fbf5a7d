"""Solves one model again and again in place: HiGHS, the matrix and the basis stay, numbers change.

After bounds, right-hand sides or coefficients change, the dual simplex goes on from the last basis.
After costs change, so does the primal simplex, or a new solve starts, as `after_costs` says.
A model with whole numbers is solved anew each time. Results come out as from a run:
`extract(session.built, solution.columns, ...)`, because `built` carries the numbers as they stand.
"""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from carbonpath.errors import SolveError
from carbonpath.model.build import BuiltModel
from carbonpath.model.lowering import LinearModel
from carbonpath.model.lowering.handover import to_highs
from carbonpath.model.selection import selected
from carbonpath.solve import highs as solver
from carbonpath.solve.highs import Solution, SolverOptions
from carbonpath.solve.limit_row import LimitRow, limit_row

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Where = Mapping[str, Sequence[str]]
"""Patterns by dimension or attribute, as a limit's `where` has them."""
Entries = tuple[Places, Places, Floats]
"""Rows, columns and values of matrix entries."""
AFTER_COSTS = ("primal", "dual", "anew")
DUAL, PRIMAL = 1, 4
"""HiGHS' numbers of simplex strategies."""
CHOOSE, DEVEX = -1, 1
"""HiGHS' numbers of edge weights. Exact ones of a changed matrix cost more than they save."""
FEW = 20_000
"""Coefficients up to which they are changed one by one; more are handed over with the matrix."""
log = logging.getLogger(__name__)


class Session:
    """A model held by the solver, to be changed and solved again."""

    def __init__(
        self, built: BuiltModel, options: SolverOptions | None = None, after_costs: str = "primal"
    ) -> None:
        if after_costs not in AFTER_COSTS:
            raise SolveError(
                f"{after_costs!r} is not one of {', '.join(AFTER_COSTS)}", 3, code="E505"
            )
        self.options = options or SolverOptions()
        self.after_costs = after_costs
        self._built = _copied(built)
        self._entries: list[Entries] = []
        self._limit_rows: dict[tuple[str, str, tuple[str, ...] | None], LimitRow] = {}
        self._moved: dict[int, LimitRow] = {}
        self._highs = to_highs(built.linear)
        self._method = solver.configured(self._highs, built.linear, self.options)
        self._changed: set[str] = set()

    @property
    def built(self) -> BuiltModel:
        """The model with its numbers as they stand, for `extract`."""
        if self._entries:
            matrix = with_entries(self._built.linear.matrix, self._entries)
            self._take(replace(self._built.linear, matrix=matrix))
            self._entries.clear()
        if self._moved:
            table = self._built.limits.table
            told = [(row.factor, row.constant) for row in self._moved.values()]
            table.loc[table.index[list(self._moved)], ["factor", "constant"]] = told
            self._moved.clear()
        return self._built

    @property
    def linear(self) -> LinearModel:
        """The matrix of the model, its bounds and costs as they stand."""
        return self.built.linear

    def _take(self, linear: LinearModel) -> None:
        self._built = replace(self._built, linear=linear)

    def columns(self, variable: str, where: Where | None = None) -> Places:
        """Return the places of a variable's columns that match all patterns."""
        family = self._built.linear.columns[variable]
        return family.start + self._matching(family.index, where)

    def rows(self, constraint: str, where: Where | None = None) -> Places:
        """Return the places of a constraint's rows that match all patterns."""
        family = self._built.linear.rows[constraint]
        return family.start + self._matching(family.index, where)

    def _matching(self, index: Any, where: Where | None) -> Places:
        keep = selected(self._built.system, "".join(index.letters), index.codes, where or {})
        return np.flatnonzero(keep)

    def set_bounds(
        self, columns: Places, lower: float | Floats | None = None,
        upper: float | Floats | None = None,
    ) -> None:  # fmt: skip
        """Set bounds of columns; what is None stays."""
        model = self._built.linear
        _put(model.col_lower, columns, lower)
        _put(model.col_upper, columns, upper)
        places = columns.astype(np.int32)
        self._highs.changeColsBounds(
            len(places), places, model.col_lower[columns], model.col_upper[columns]
        )
        self._changed.add("bounds")

    def set_sides(
        self, rows: Places, lower: float | Floats | None = None,
        upper: float | Floats | None = None,
    ) -> None:  # fmt: skip
        """Set right-hand sides of rows; what is None stays."""
        model = self._built.linear
        _put(model.row_lower, rows, lower)
        _put(model.row_upper, rows, upper)
        places = rows.astype(np.int32)
        self._highs.changeRowsBounds(
            len(places), places, model.row_lower[rows], model.row_upper[rows]
        )
        self._changed.add("bounds")

    def scale_demand(self, where: Where, factor: float) -> None:
        """Multiply what balances demand, by period and node, with a factor."""
        for name in ("supply_meets_demand", "supply_covers_demand"):
            rows = self.rows(name, where)
            model = self._built.linear
            self.set_sides(rows, model.row_lower[rows] * factor, model.row_upper[rows] * factor)

    def scale_cost(self, name: str, where: Where, factor: float) -> None:
        """Multiply rows of a cost, such as `variable_payment` of a technology, with a factor."""
        operator, weights = self._built.linear.quantities[name], self._built.linear.objective[name]
        rows = self._matching(operator.index, where)
        change = np.zeros(len(weights))
        change[rows] = weights[rows] * (factor - 1.0)
        weights += change
        self.set_objective(
            self._built.linear.cost + operator.matrix.T @ change,
            self._built.linear.cost_constant + float(change @ operator.constant),
        )

    def set_objective(self, cost: Floats, constant: float = 0.0) -> None:
        """Minimise something else, or the same at other costs."""
        places = np.flatnonzero(cost != self._built.linear.cost).astype(np.int32)
        self._built.linear.cost[:] = cost
        self._highs.changeColsCost(len(places), places, cost[places])
        self._highs.changeObjectiveOffset(constant)
        self._take(replace(self._built.linear, cost_constant=constant))
        self._changed.add("costs")

    def set_coefficients(self, rows: Places, columns: Places, values: Floats) -> None:
        """Set entries of the matrix, each at a row and a column."""
        self._entries.append((rows, columns, values))
        if len(values) <= FEW:
            change = self._highs.changeCoeff
            for entry in zip(rows.tolist(), columns.tolist(), values.tolist(), strict=True):
                change(*entry)
        else:
            self._hand_over()
        self._changed.add("coefficients")

    def set_limit(
        self, name: str, period: str, value: float, group: tuple[str, ...] | None = None
    ) -> LimitRow:
        """Give a limit another value in a period: another bound, or another factor on `of`."""
        found = self._limit_row(name, period, group)
        factor, constant = found.read_as(self._built.system, value)
        rise = constant - found.constant + (factor - found.factor) * found.of.constant
        if factor != found.factor:
            columns = found.of.places
            entries = found.subject_beside_of - factor * found.of.weights
            self.set_coefficients(np.full(len(columns), found.row), columns, entries)
        model, row = self._built.linear, np.array([found.row])
        self.set_sides(row, model.row_lower[row] + rise, model.row_upper[row] + rise)
        found = replace(found, factor=factor, constant=constant)
        self._moved[found.place] = found
        self._limit_rows[name, period, group] = found
        return found

    def _limit_row(self, name: str, period: str, group: tuple[str, ...] | None) -> LimitRow:
        """Find a limit's row once; its totals over columns stay what they are."""
        key = (name, period, group)
        if key not in self._limit_rows:
            self._limit_rows[key] = limit_row(self._built, name, period, group)
        return self._limit_rows[key]

    def basis(self) -> Any:
        """Return the basis of the last optimum, to come back to with `become`."""
        return self._highs.getBasis()

    def become(self, other: BuiltModel, basis: Any = None) -> None:
        """Take over every number of a model of the same rows and columns; keep the basis.

        Going on from the basis of an earlier optimum that is closer saves most of the work.
        """
        now, then = self.linear, other.linear
        if now.matrix.shape != then.matrix.shape or list(now.rows) != list(then.rows):
            raise SolveError(
                "a session goes on only with a model of the same rows and columns", 3, code="E507"
            )
        self._entries.clear()
        self._moved.clear()
        same_costs = bool(np.array_equal(now.cost, then.cost))
        self._built = _copied(other)
        self._limit_rows.clear()
        self._hand_over()
        if basis is not None and basis.valid:
            self._highs.setBasis(basis)
        self._changed |= {"coefficients"} if same_costs else {"coefficients", "costs"}

    def beside(self, other: BuiltModel, basis: Any) -> "Session":
        """Return a session for a model of the same rows and columns, on a basis of this one.

        This one stays as it is: what the other finds does not depend on what was solved between.
        """
        session = Session(other, self.options, self.after_costs)
        if basis.valid:
            session._highs.setBasis(basis)
        session._changed = _differing(self.linear, other.linear)
        return session

    def _hand_over(self) -> None:
        """Give HiGHS the whole model anew, and the basis back."""
        basis = self._highs.getBasis()
        solver_options = self._highs.getOptions()
        self._highs = to_highs(self.linear)
        self._highs.passOptions(solver_options)
        if basis.valid:
            self._highs.setBasis(basis)

    def solve(self) -> Solution:
        """Return the optimum of the model as it stands; raise a SolveError if there is none."""
        if self._built.linear.integer.any():
            return solver.solve(self.linear, self.options)
        start = time.perf_counter()
        if self.options.time_limit is not None:  # of this solve; the solver's clock goes on
            until = self._highs.getRunTime() + self.options.time_limit
            self._highs.setOptionValue("time_limit", until)
        method = self._go_on() if self._can_go_on() else ""
        status = self._highs.getModelStatus()
        if not method or status not in _ANSWERS:
            method = self._start_anew()
            status = self._highs.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise solver.failure(self._highs, status)
        self._changed.clear()
        return solver.solution_of(
            self._highs, self._built.linear, method, time.perf_counter() - start
        )

    def _can_go_on(self) -> bool:
        """Whether there is a basis worth starting from."""
        anew = self.after_costs == "anew" and "costs" in self._changed
        return bool(self._highs.getBasis().valid) and not anew

    def _go_on(self) -> str:
        """Solve from the last basis; return the method."""
        primal = self._changed == {"costs"} and self.after_costs == "primal"
        self._highs.setOptionValue("solver", "simplex")
        self._highs.setOptionValue("simplex_strategy", PRIMAL if primal else DUAL)
        weights = CHOOSE if "costs" in self._changed else DEVEX
        self._highs.setOptionValue("simplex_dual_edge_weight_strategy", weights)
        solver.run(self._highs)
        return "primal simplex, from a basis" if primal else "dual simplex, from a basis"

    def _start_anew(self) -> str:
        """Solve without a basis, as a run would; return the method."""
        self._highs.clearSolver()
        self._highs.setOptionValue("simplex_strategy", DUAL)
        self._highs.setOptionValue("simplex_dual_edge_weight_strategy", CHOOSE)
        self._highs.setOptionValue("solver", solver.METHODS[self._method])
        solver.run_to_an_answer(self._highs)
        return self._method


_ANSWERS = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)


def with_entries(matrix: Any, entries: Sequence[Entries]) -> Any:
    """Return a matrix with some entries set; of two for the same place the later holds."""
    rows, columns, values = (np.concatenate(part)[::-1] for part in zip(*entries, strict=True))
    _, last = np.unique(rows * matrix.shape[1] + columns, return_index=True)
    rows, columns, values = rows[last], columns[last], values[last]
    rise = values - np.asarray(matrix[rows, columns]).ravel()
    return (matrix + sp.csr_array((rise, (rows, columns)), shape=matrix.shape)).tocsr()


def _copied(built: BuiltModel) -> BuiltModel:
    """A model with arrays of its own, so that the one it came from stays as it was."""
    model = built.linear
    own = replace(
        model,
        row_lower=model.row_lower.copy(),
        row_upper=model.row_upper.copy(),
        col_lower=model.col_lower.copy(),
        col_upper=model.col_upper.copy(),
        cost=model.cost.copy(),
        objective={name: weights.copy() for name, weights in model.objective.items()},
    )
    table = built.limits.table.astype({"factor": float, "constant": float})
    limits = replace(built.limits, table=table)
    return replace(built, linear=own, limits=limits)


def _differing(now: LinearModel, then: LinearModel) -> set[str]:
    """Say what differs between two models of the same shape: coefficients, bounds, costs."""
    sides = ("row_lower", "row_upper", "col_lower", "col_upper")
    same = {
        "costs": np.array_equal(now.cost, then.cost),
        "bounds": all(np.array_equal(getattr(now, s), getattr(then, s)) for s in sides),
        "coefficients": all(
            np.array_equal(getattr(now.matrix, part), getattr(then.matrix, part))
            for part in ("indptr", "indices", "data")
        ),
    }
    return {name for name, equal in same.items() if not equal}


def _put(bounds: Floats, places: Places, value: float | Floats | None) -> None:
    if value is not None:
        bounds[places] = value
