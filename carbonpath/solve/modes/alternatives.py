"""Near-optimal alternatives: how far a total can move while the cost stays close to the least."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from carbonpath.errors import SolveError
from carbonpath.model.build import BuiltModel
from carbonpath.model.lowering import LinearModel
from carbonpath.solve.highs import SolverOptions
from carbonpath.solve.highs import solve as solved
from carbonpath.solve.session import Session

Floats = npt.NDArray[np.float64]
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Varied:
    """A total over columns that is made least and greatest: weights @ x + constant, in `unit`."""

    key: str
    period: int
    unit: str
    weights: Floats
    constant: float


@dataclass(frozen=True)
class Extent:
    """Least, optimal and greatest value of a total at a cost close to the least."""

    varied: Varied
    lowest: float
    optimum: float
    highest: float


def extents(
    built: BuiltModel, varied: Sequence[Varied], slack: float, options: SolverOptions, tell: Tell
) -> list[Extent]:
    """Return how far each total can move while the objective rises by at most `slack` of it.

    Modelling to generate alternatives in its plainest form: one least and one greatest value of
    each total, every one an optimum of its own under a bound on the discounted cost, penalties of
    missed targets included. The totals do not reach their ends together.
    """
    if built.linear.integer.any():
        raise SolveError("alternatives of a model with whole numbers are not made", 3, code="E508")
    first = solved(built.linear, options)
    ceiling = first.objective + slack * abs(first.objective)
    capped = replace(built, linear=with_ceiling(built.linear, ceiling))
    session = Session(capped, options, after_costs="anew")
    found = []
    for one in varied:
        tell(f"{one.key} {one.period}")
        optimum = float(one.weights @ first.columns) + one.constant
        ends = []
        for sign in (1.0, -1.0):
            session.set_objective(sign * one.weights)
            ends.append(float(one.weights @ session.solve().columns) + one.constant)
        found.append(Extent(one, min(ends[0], optimum), optimum, max(ends[1], optimum)))
    return found


def with_ceiling(model: LinearModel, ceiling: float) -> LinearModel:
    """Return a model with one more row, the last: its objective is at most `ceiling`."""
    cost: Any = sp.csr_array(model.cost[np.newaxis, :])
    return replace(
        model,
        matrix=sp.vstack([model.matrix, cost], format="csr"),
        row_lower=np.append(model.row_lower, -np.inf),
        row_upper=np.append(model.row_upper, ceiling - model.cost_constant),
    )
