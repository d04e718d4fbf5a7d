"""One limit moved step by step in a session: abatement costs by cap, cost by year of the peak."""

from dataclasses import dataclass, replace

import numpy as np

from carbonpath.errors import SolveError
from carbonpath.model.build import build
from carbonpath.model.data import weights_of_periods
from carbonpath.solve.highs import INFEASIBLE, SolverOptions
from carbonpath.solve.limit_row import limit_row
from carbonpath.solve.modes.reach import Step, forced, step_of
from carbonpath.solve.session import Session
from carbonpath.system.system import EnergySystem, Limit

CAP, NO_RISE = "cap_of_a_sweep", "no_rise_of_a_sweep"
LOOSE = 1e6
"""Mt CO2: a cap that binds nowhere."""


@dataclass(frozen=True)
class Abatement:
    """CO2 of a year under a cap, in Mt; marginal and mean cost of that year, bn CNY per Mt."""

    cap: float
    avoided: float
    marginal: float
    mean: float
    objective: float


@dataclass(frozen=True)
class PeakYear:
    """No rise of CO2 after a year: the discounted objective, the highest marginal price of a tonne.

    None where no pathway does it.
    """

    year: int
    objective: float | None
    highest_price: float | None


def with_limit(system: EnergySystem, limit: Limit) -> EnergySystem:
    """Return a system with one limit more."""
    return replace(system, limits=(*system.limits, limit))


def abatement_costs(
    system: EnergySystem, quantity: str, period: str, shares: list[float],
    options: SolverOptions | None = None,
) -> list[Abatement]:  # fmt: skip
    """Return cost against avoided CO2 of one year, whose cap falls to shares of the free level.

    The list ends before the first share at which no pathway is left.
    """
    limit = Limit(CAP, quantity, "<=", {period: LOOSE})
    session = Session(build(with_limit(system, limit)), options)
    row = limit_row(session.built, CAP, period)
    free = session.solve()
    level = row.value(free.columns)
    start = step_of(session, row, level, free)
    worth = weights_of_periods(system)[period]
    found: list[Abatement] = []
    for share in shares:
        try:
            step = forced(session, row, [level * share])[0]
        except SolveError as fault:
            if fault.exit_code != INFEASIBLE:
                raise
            break
        found.append(_abatement(step, start, level, worth))
    return found


def _abatement(step: Step, start: Step, level: float, worth: float) -> Abatement:
    avoided, rise = level - step.value, step.objective - start.objective
    mean = rise / worth / avoided if avoided > 0.0 else 0.0
    return Abatement(step.value, avoided, -step.dual / worth, mean, step.objective)


def peak_years(
    system: EnergySystem, quantity: str, years: list[int], options: SolverOptions | None = None
) -> list[PeakYear]:
    """Return what it costs that CO2 does not rise after each of some years (P1, P5)."""
    later = [label for label in system.labels["p"] if int(label) > min(years)]
    limit = Limit(NO_RISE, quantity, "<=", dict.fromkeys(later, 1.0), of=quantity, lag=1)
    session = Session(build(with_limit(system, limit)), options)
    rows = {label: limit_row(session.built, NO_RISE, label).row for label in later}
    return [_peak(session, rows, year) for year in sorted(years, reverse=True)]


def _peak(session: Session, rows: dict[str, int], year: int) -> PeakYear:
    """Let the rows after a year act and no other, and solve."""
    places = np.array(list(rows.values()))
    acting = np.array([int(label) > year for label in rows])
    session.set_sides(places, upper=np.where(acting, 0.0, np.inf))
    try:
        found = session.solve()
    except SolveError as fault:
        if fault.exit_code != INFEASIBLE:
            raise
        return PeakYear(year, None, None)
    worth = weights_of_periods(session.built.system)
    prices = [-found.row_duals[row] / worth[label] for label, row in rows.items()]
    return PeakYear(year, found.objective, max(prices, default=0.0))
