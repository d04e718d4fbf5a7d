"""How far a limit can be pushed, and what each step costs: many solves of one model in place."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from carbonpath.model.build import BuiltModel
from carbonpath.solve.highs import Solution, SolverOptions
from carbonpath.solve.limit_row import LimitRow, limit_row
from carbonpath.solve.session import Session

CLOSE = 1e-7
"""Relative change of the best value at which it counts as found."""
MOST_ROUNDS = 12


@dataclass(frozen=True)
class Step:
    """An optimum in which a limit must hold at `value`.

    `objective` and `penalties` (of other targets) are discounted; `dual` is what the objective
    rises by per unit of the row, `of` the total that a share or intensity is a share of.
    """

    value: float
    objective: float
    penalties: float
    dual: float
    of: float


def best_value(
    built: BuiltModel, name: str, period: str, options: SolverOptions | None = None
) -> float:
    """Return the best value of a limit that the hard rows allow, whatever it costs.

    The highest share, or the lowest intensity, is a ratio: for a guess q the total minus q times
    the total `of` is made best; where it is best the ratio is the next guess. The guesses grow
    until nothing is left to gain (Dinkelbach); three or four solves do.
    """
    session = Session(built, options)
    row = limit_row(built, name, period)
    sign = -1.0 if row.limit.sense == ">=" else 1.0
    guess, count = row.factor, built.linear.matrix.shape[1]
    for _ in range(MOST_ROUNDS):
        weight = guess if row.limit.of else 0.0
        session.set_objective(
            sign * (row.subject.spread(count) - weight * row.of.spread(count)),
            sign * (row.subject.constant - weight * row.of.constant),
        )
        found = row.value(session.solve().columns)
        if not row.limit.of or abs(found - guess) <= CLOSE * max(abs(found), CLOSE):
            return found
        guess = found
    return guess


def forced(session: Session, row: LimitRow, values: Iterable[float]) -> list[Step]:
    """Return an optimum for each value at which a limit must hold, missed by nothing."""
    if row.shortfall is not None:
        session.set_bounds(np.array([row.shortfall]), upper=0.0)
    return [_step(session, row, value) for value in values]


def _step(session: Session, row: LimitRow, value: float) -> Step:
    session.set_limit(row.limit.id, row.period, value, row.group)
    return step_of(session, row, value, session.solve())


def step_of(session: Session, row: LimitRow, value: float, solution: Solution) -> Step:
    """Return what a solution says of a limit."""
    weights = session.linear.objective["shortfall_penalty"]
    paid = session.linear.values("shortfall_penalty", solution.columns)
    return Step(
        value,
        solution.objective,
        float(weights @ paid),
        float(solution.row_duals[row.row]),
        row.totals(solution.columns)[1],
    )
