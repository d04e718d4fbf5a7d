"""Policy wedges: what each policy of a scenario changes, as a range, by solving again.

A policy is added alone to the baseline, and taken away alone from the scenario; policies overlap or
need each other, so that the two effects differ and neither adds up to the whole. Limits are
switched in one model by their bounds; other prices or options make another model.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from carbonpath.errors import InputError, SolveError
from carbonpath.model.build import BuiltModel, build
from carbonpath.policies import OF_BASELINE, Pair, Policy, policies
from carbonpath.results.extract import discounted_costs
from carbonpath.solve.highs import INFEASIBLE, SolverOptions
from carbonpath.solve.session import Session

Tell = Callable[[str], None]
Floats = npt.NDArray[np.float64]
WHOLE = "all"
"""The key of all policies together."""
HORIZON = 0
"""Stands in the place of a period for the whole horizon."""
NOTHING = 1e-6
"""Mt and bn CNY: less is what the solver's tolerances leave."""
COLUMNS = ["policy", "zh", "en", "measure", "unit", "period", "alone", "last"]
METHOD = {
    "zh": "逐项求解：单独加入基准情景的效果（前）与从全部政策中单独撤除的效果（后）构成区间；"
    "政策相互重叠或互补，各项之和不等于总效果。成本为全期贴现，不含罚金，投资按社会贴现率。",
    "en": "By solving again: each policy added alone to the baseline (first), and taken away alone "
    "from all of them (second), give a range; policies overlap or need each other, so that they do "
    "not add up to the whole. Cost: whole horizon, discounted, without penalties, investment at "
    "the social rate.",
}


@dataclass(frozen=True)
class Outcome:
    """An optimum: CO2 by period, Mt, and the discounted cost, bn CNY; NaN where there is none."""

    co2: Floats
    cost: float


@dataclass
class Solver:
    """Solves a pair of scenarios with any of the policies switched off."""

    pair: Pair
    policies: Sequence[Policy]
    quantity: str
    options: SolverOptions
    session: Session | None = None
    taken: frozenset[str] | None = None
    sides: tuple[Floats, Floats] = field(default_factory=lambda: (np.empty(0), np.empty(0)))

    def __call__(self, off: Collection[Policy]) -> Outcome:
        """Return the optimum without some policies."""
        session = self.session_for([policy for policy in off if not policy.by_limits])
        family = session.built.linear.rows["limits"]
        rows = np.arange(family.slice.start, family.slice.stop)
        switched = self._switched_off(session.built, off)
        lower, upper = self.sides
        session.set_sides(
            rows, np.where(switched, -np.inf, lower), np.where(switched, np.inf, upper)
        )
        try:
            columns = session.solve().columns
        except SolveError as fault:
            if fault.exit_code != INFEASIBLE:
                raise
            return Outcome(np.full(len(self._periods(session.built)), np.nan), np.nan)
        cost = discounted_costs(session.built, columns)["total_cost_social"]
        return Outcome(self._co2(session.built, columns), cost)

    def session_for(self, taken: Sequence[Policy]) -> Session:
        """Return a session of the model without the prices and options of some policies."""
        names = frozenset(policy.key for policy in taken)
        if self.session is None or names != self.taken:
            built = build(self.pair.system(taken))
            self.session, self.taken = Session(built, self.options), names
            rows = built.linear.rows["limits"].slice
            self.sides = built.linear.row_lower[rows].copy(), built.linear.row_upper[rows].copy()
        return self.session

    def _switched_off(self, built: BuiltModel, off: Collection[Policy]) -> npt.NDArray[np.bool_]:
        """Return which rows of limits do not act: the scenario's of policies off, else the old."""
        away = {name for policy in off for name in policy.limits}
        codes = built.linear.rows["limits"].index.codes[:, 0]
        return np.array(
            [
                name in away
                if not name.endswith(OF_BASELINE)
                else name.removesuffix(OF_BASELINE) not in away
                for name in built.limits.table["id"].to_numpy()[codes]
            ],
            dtype=bool,
        )

    def _periods(self, built: BuiltModel) -> list[int]:
        return [int(label) for label in built.system.labels["p"]]

    def _co2(self, built: BuiltModel, columns: Floats) -> Floats:
        """Sum the total over regions, by period."""
        index = built.space.index_of(self.quantity)
        places = index.codes[:, index.letters.index("p")]
        values = built.linear.values(self.quantity, columns)
        total: Floats = np.zeros(len(built.system.labels["p"]))
        np.add.at(total, places, values)
        return total


@dataclass(frozen=True)
class Wedges:
    """The policies of a scenario on its baseline, and the table of their effects."""

    policies: tuple[Policy, ...]
    table: pd.DataFrame
    money: str = ""


def wedges(pair: Pair, quantity: str, options: SolverOptions, tell: Tell) -> Wedges:
    """Return what each policy avoids of CO2 (Mt, positive is less) and costs (bn CNY, discounted).

    Columns: policy, its names, measure (co2 of a period, cumulative, cost), unit, period (0 for
    the horizon), alone (added to the baseline), last (taken away from the scenario). Under the
    key `all` stands the whole difference, twice the same.
    """
    found = policies(pair)
    solver = Solver(pair, found, quantity, options)
    system = solver.session_for(()).built.system
    check_total(solver.session_for(()).built, quantity)
    years = np.array([system.time.period[label].years for label in system.labels["p"]])
    periods = [int(label) for label in system.labels["p"]]
    rows = [
        [policy.key, policy.zh, policy.en, *line]
        for policy, alone, last in effects(solver, found, tell)
        for line in lines(alone, last, periods, years)
    ]
    return Wedges(tuple(found), pd.DataFrame(rows, columns=COLUMNS), system.settings.currency[1])


def check_total(built: BuiltModel, quantity: str) -> None:
    """Raise an InputError if a quantity is not one number a year."""
    totals = [
        name
        for name, operator in built.linear.quantities.items()
        if name.startswith("co2_") and set(operator.index.letters) <= set("rp")
    ]
    if quantity not in totals:
        raise InputError(
            f"{quantity!r} is no total of CO2; there is {', '.join(sorted(totals))}", code="E741"
        )


def effects(
    solver: Solver, found: Sequence[Policy], tell: Tell
) -> Iterator[tuple[Policy, Outcome, Outcome]]:
    """Yield each policy, what it does alone, and what it does last; the whole at the end."""
    tell("all policies")
    everything = solver(())
    last = {}
    for policy in found:
        tell(f"without {policy.en}")
        last[policy.key] = change(solver([policy]), everything)
    tell("the baseline")
    nothing = solver(found)
    for policy in found:
        tell(f"{policy.en} alone")
        others = [other for other in found if other is not policy]
        yield policy, change(nothing, solver(others)), last[policy.key]
    whole = change(nothing, everything)
    yield Policy(WHOLE, "全部政策", "All policies together"), whole, whole


def change(without: Outcome, having: Outcome) -> Outcome:
    """Return what a policy avoids of CO2 and what it costs more."""
    avoided, cost = without.co2 - having.co2, having.cost - without.cost
    avoided = np.where(np.abs(avoided) < NOTHING, 0.0, avoided)
    return Outcome(avoided, 0.0 if abs(cost) < NOTHING else cost)


def lines(
    alone: Outcome, last: Outcome, periods: Sequence[int], years: Floats
) -> Iterator[tuple[str, str, int, float, float]]:
    """Yield the effects of one policy: measure, unit, period, alone, last."""
    for at, period in enumerate(periods):
        yield "co2", "Mt", period, float(alone.co2[at]), float(last.co2[at])
    yield "cumulative", "Mt", HORIZON, float(alone.co2 @ years), float(last.co2 @ years)
    yield "cost", "bn CNY_2020", HORIZON, alone.cost, last.cost
