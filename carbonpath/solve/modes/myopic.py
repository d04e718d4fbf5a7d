"""Myopic runs: decisions in windows, each blind to what lies beyond its view.

The pathway is joined from the windows: what each decided, and the prices of the window in which a
period was decided. There is no dual solution of the whole horizon; each window has one of its own.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from carbonpath.errors import Coded, SolveError, code_in
from carbonpath.model.build import BuiltModel
from carbonpath.model.lowering import LinearModel
from carbonpath.solve import highs
from carbonpath.solve.diagnose import explain
from carbonpath.solve.highs import INFEASIBLE, Solution, SolverOptions
from carbonpath.solve.modes.earlier import earlier_decisions
from carbonpath.solve.modes.pathway import Pathway
from carbonpath.solve.modes.windows import HORIZON, Calendar, Sight, Window, as_seen, windows

Floats = npt.NDArray[np.float64]
Tell = Callable[[str], None]


def myopic(built: BuiltModel, sight: Sight, options: SolverOptions, tell: Tell) -> Pathway:
    """Decide window after window; raise a SolveError that names the one without a solution."""
    calendar, labels = Calendar(built), built.system.labels["p"]
    columns = np.zeros(built.linear.matrix.shape[1])
    duals = np.zeros(built.linear.matrix.shape[0])
    planned, records = windows(built.system, sight), list[dict[str, Any]]()
    for plan in planned:
        head = f"window {plan.number}/{len(planned)}"
        window, solution = _solved(calendar, plan, columns, options, sight.reconsider, head)
        for kept, periods, values in (
            (columns, calendar.columns, solution.columns),
            (duals, calendar.rows, solution.row_duals),
        ):
            mine = (periods >= window.first) & (periods <= window.decided)
            mine |= window.last & (periods == HORIZON)
            kept[mine] = values[mine]
        records.append(_record(window, labels, solution))
        again = f" ({labels[window.first]} reconsidered)" if window.first < plan.first else ""
        tell(
            f"  {head}  {window.words(labels)}{again} · {solution.seconds:.1f} s · "
            f"{solution.iterations:,} iterations"
        )
    iterations = sum(record["iterations"] for record in records)
    return Pathway(columns, duals, None, records[0]["method"], iterations, "myopic", tuple(records))


def _solved(
    calendar: Calendar, plan: Window, decided: Floats, options: SolverOptions, reconsider: bool,
    head: str,
) -> tuple[Window, Solution]:  # fmt: skip
    """Solve a window; if it has no solution and may reconsider, with the periods before it."""
    window = plan
    while True:
        model = as_seen(calendar, window, decided)
        said = f"{head} ({window.words(calendar.built.system.labels['p'])})"
        try:
            return window, highs.solve(model, _fitting(model, options))
        except SolveError as fault:
            if fault.exit_code != INFEASIBLE:
                told = [Coded(f"{said}: {line}", code_in(line)) for line in fault.problems]
                raise SolveError(told, fault.exit_code) from fault
            if not reconsider or window.first == 0:
                raise _explained(calendar, window, model, decided, options, said) from fault
        window = replace(window, first=calendar.before(window.first))


def _fitting(model: LinearModel, options: SolverOptions) -> SolverOptions:
    """Choose the method that suits the rows that act in a window, not all there are."""
    if options.method != "auto":
        return options
    acting = np.isfinite(model.row_lower) | np.isfinite(model.row_upper)
    return replace(options, method=highs.fitting(int(np.count_nonzero(acting))))


def _explained(
    calendar: Calendar, window: Window, model: LinearModel, decided: Floats, options: SolverOptions,
    head: str,
) -> SolveError:  # fmt: skip
    """Say which window has no solution, what cannot hold in it, and what was decided before."""
    lines = [f"{head} has no solution after what earlier windows decided"]
    if window.first == 0:
        lines = [f"{head} has no solution"]
    lines += explain(replace(calendar.built, linear=model), options)
    if window.first > 0:
        change = earlier_decisions(calendar, window, decided, options)
        lines += (
            ["with a longer view earlier windows might have decided otherwise; it would do if:",
             *change]
            if change
            else ["no change of earlier decisions would help: the limits do not hold together"]
        )  # fmt: skip
    return SolveError(lines, INFEASIBLE, code="E501")


def _record(window: Window, labels: tuple[str, ...], solution: Solution) -> dict[str, Any]:
    """Return what the manifest tells of a window."""
    return {
        "window": window.number,
        "decided": list(labels[window.first : window.decided + 1]),
        "seen_to": labels[window.seen],
        "objective": solution.objective,
        "dual_objective": solution.dual_objective,
        "method": solution.method,
        "iterations": solution.iterations,
        "seconds": round(solution.seconds, 3),
    }
