"""Why a target is missed or binds: the best value there is, what a unit costs, how rules matter.

Above the pipeline of `run.py`: one scenario is built once, held in a session and solved again and
again. Nothing is published; results that exist are left as they are.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from carbonpath.accounts.scorecard import targets
from carbonpath.errors import InputError, SolveError
from carbonpath.inputs.load import load_system
from carbonpath.model.build import BuiltModel, build
from carbonpath.model.data import weights_of_periods
from carbonpath.results.extract import extract
from carbonpath.run import INFEASIBLE, METHODS, Options, Tell, read
from carbonpath.scenario import Scenario
from carbonpath.solve.diagnose import explain as diagnose
from carbonpath.solve.highs import Solution, SolverOptions
from carbonpath.solve.limit_row import LimitRow, limit_row
from carbonpath.solve.modes.reach import Step, best_value, forced
from carbonpath.solve.modes.sweep import Abatement, PeakYear, abatement_costs, peak_years
from carbonpath.solve.session import Session
from carbonpath.system.system import EnergySystem

Floats = npt.NDArray[np.float64]
Facts = dict[str, Any]
FRACTIONS = (0.0, 0.01, 0.25, 0.5, 0.75, 1.0)
"""Steps towards one more unit, or towards the best value if that is nearer."""
NEARLY = 0.999
"""Part of the way to the best value that is still asked for."""
SAME = 1e-9
"""Relative distance, squared, at which two values are one."""
HAIR = 1e-4
"""A hundredth of a percentage point."""
NON_FOSSIL = ("non_fossil_energy", "energy_total")
"""Total and what it is a share of: the share whose account is bracketed."""
LINES = ("import_line", "export_line")
MACC_METHOD = {
    "zh": "逐步收紧一年的排放上限并每次重新求解，其余同本情景；边际成本为该上限的影子价格，"
    "平均成本为总成本增量除以减排量（均折到该年，含其他目标罚金的变化）。",
    "en": "The cap on the CO2 of one year falls step by step and everything is solved again, all "
    "else as in the scenario. Marginal: the cap's shadow price. Mean: rise of the whole cost over "
    "CO2 avoided. Both of that year; changes of other targets' penalties are in them.",
}


@dataclass(frozen=True)
class Case:
    """A scenario solved: its model, its optimum, and the means to solve it again."""

    scenario: Scenario
    built: BuiltModel
    solution: Solution
    session: Session
    basis: Any
    options: SolverOptions


@dataclass(frozen=True)
class Scale:
    """A target's own unit: told = raw x factor; a step is one unit stricter, in raw numbers."""

    factor: float
    step: float

    def price(self, step: Step, worth: float) -> float:
        """Return what one unit more costs at the margin in a year, bn CNY."""
        of = step.of if step.of else 1.0
        return abs(step.dual) * of / abs(self.factor) / worth


def explained(path: Path, options: Options, wanted: str | None, bracket: bool, tell: Tell) -> Facts:
    """Return what there is to say of a scenario's targets; of an infeasible one, why it is so."""
    scenario = with_foresight(path, options)
    solver = solver_options(scenario)
    built = build(load_system(scenario).system)
    session = Session(built, solver)
    tell(f"{scenario.id}: solving")
    money = built.system.settings.currency[1] or "CNY_2020"
    slices = len(built.system.time.at("slice"))
    facts: Facts = {"id": scenario.id, "slices": slices, "currency": money}
    try:
        solution = session.solve()
    except SolveError as fault:
        if fault.exit_code != INFEASIBLE:
            raise
        return {**facts, "status": "infeasible", "because": diagnose(built, solver)}
    case = Case(scenario, built, solution, session, session.basis(), solver)
    results = extract(built, solution.columns, solution.row_duals, solution.dual_objective)
    found = targets(results)
    chosen = [target for target in found if is_meant(target, wanted)]
    if wanted and not chosen:
        known = ", ".join(name_of(target) for target in found if target["mode"] != "track")
        raise InputError(
            f"{scenario.id} has no target {wanted!r}; there is {known or 'none'}", code="E731"
        )
    said = [of_target(case, target, bracket, tell) for target in chosen]
    return {
        **facts, "status": "optimal", "objective": solution.objective, "targets": found,
        "explained": said,
    }  # fmt: skip


def with_foresight(path: Path, options: Options) -> Scenario:
    """Read a scenario; refuse a myopic one, of which there is no one optimum to move."""
    scenario = read(path, options)
    if scenario.solve.mode != "foresight":
        raise InputError(
            f"{scenario.place('solve', 'mode')}: explain, macc and peak compare optima of the "
            f"whole horizon, and mode {scenario.solve.mode} has none; ask a scenario that extends "
            "this one with 'solve: {mode: foresight, view: null, step: null, reconsider: null}'",
            code="E734",
        )
    return scenario


def is_meant(target: Facts, wanted: str | None) -> bool:
    """Whether a target was asked for: by name, or, if none was named, because it is missed."""
    if wanted:
        return name_of(target) == wanted
    return not target["met"] and target["mode"] != "track"


def name_of(target: Facts) -> str:
    """A target's name on the command line: id-year."""
    return f"{target['id']}-{target['year'] or 'horizon'}"


def of_target(case: Case, target: Facts, bracket: bool, tell: Tell) -> Facts:
    """Explain one target: the best value, the cost of going on, and the bracket of its account."""
    if target["mode"] == "track":
        raise InputError(
            f"{name_of(target)} is only tracked; make it soft or hard to explain it", code="E732"
        )
    period = str(target["year"] or "")
    row = limit_row(case.built, target["id"], period)
    if row.limit.lag == 1:
        raise InputError(
            f"{name_of(target)} limits a change from year to year; see `peak`", code="E732"
        )
    tell(f"{name_of(target)}: looking for the best value")
    best = best_value(case.built, target["id"], period, case.options)
    asked = row.factor if row.limit.of else row.constant
    towards = 1.0 if row.limit.sense == ">=" else -1.0
    factor = target["target"] / asked
    scale = Scale(factor, towards / abs(factor))
    tell(f"{name_of(target)}: stepping")
    steps = stepped(case, row, best, scale)
    facts: Facts = {
        **{key: target[key] for key in ("id", "year", "label", "label_zh", "sense", "unit",
           "target", "value", "met", "binding", "price", "price_unit", "point")},
        "best": best * factor,
        "best_meets": bool(towards * (best - asked) >= 0.0),
        "steps": steps,
    }  # fmt: skip
    if bracket and (row.limit.quantity, row.limit.of) == NON_FOSSIL:
        facts["bracket"] = list(bracketed(case, row, tell))
    return facts


def stepped(case: Case, row: LimitRow, best: float, scale: Scale) -> list[Facts]:
    """Return the cost of a stricter limit, step by step up to one unit more or the best value."""
    asked = row.factor if row.limit.of else row.constant
    reached = row.value(case.solution.columns)
    towards = math.copysign(1.0, scale.step)
    start = asked if towards * (reached - asked) >= 0.0 else reached
    way = towards * min(abs(scale.step), max(towards * (best - start), 0.0) * NEARLY)
    if not way:
        return []
    worth = worth_of(case.built, row.period)
    found = forced(case.session, row, values_between(start, start + way, asked))
    return [
        {
            "value": step.value * scale.factor,
            "cost": (step.objective - found[0].objective) / worth,
            "penalties": (step.penalties - found[0].penalties) / worth,
            "discounted": step.objective - found[0].objective,
            "marginal": scale.price(step, worth),
            "difference": per_unit(step, before, scale, worth),
        }
        for step, before in zip(found, [None, *found[:-1]], strict=True)
    ]


def values_between(start: float, end: float, asked: float) -> list[float]:
    """Return the steps from start to end, the value that is asked for among them if it is."""
    values = {start + part * (end - start) for part in FRACTIONS}
    if (asked - start) * (end - asked) > SAME * asked * asked:
        values.add(asked)
    return sorted(values, reverse=end < start)


def per_unit(step: Step, before: Step | None, scale: Scale, worth: float) -> float | None:
    """Return the finite difference of cost from the step before, bn CNY a year per unit."""
    if before is None:
        return None
    units = abs((step.value - before.value) * scale.factor)
    return (step.objective - before.objective) / worth / units


def worth_of(built: BuiltModel, period: str) -> float:
    """Worth in the base year of one unit paid each year of a period; of the horizon, one."""
    return weights_of_periods(built.system).get(period, 1.0)


def bracketed(case: Case, row: LimitRow, tell: Tell) -> Iterator[Facts]:
    """Yield the share under other rules of counting, each with everything solved again."""
    for name, made in accounts(case):
        tell(f"bracket: {name}")
        built = made()
        case.session.become(built, case.basis)
        mine = limit_row(built, row.limit.id, row.period)
        solution = case.session.solve()
        reached = mine.value(solution.columns)
        best = best_value(built, row.limit.id, row.period, case.options)
        yield {
            "account": name,
            "base": base_share(built, solution.columns),
            "same_pathway": 100.0 * mine.value(case.solution.columns),
            "value": 100.0 * reached,
            "margin": round(100.0 * (reached - mine.factor), 9),
            "best": 100.0 * best,
            "point": next_point(case.session, mine, reached, best),
        }


def next_point(session: Session, row: LimitRow, reached: float, best: float) -> float | None:
    """Return the marginal cost of a percentage point beyond what is reached, bn CNY a year."""
    if reached + HAIR > best:
        return None
    step = forced(session, row, [reached + HAIR])[0]
    return Scale(100.0, 0.01).price(step, worth_of(session.built, row.period))


def accounts(case: Case) -> Iterator[tuple[str, Callable[[], BuiltModel]]]:
    """Yield the rules of counting: the scenario's own, kappa low and high, two import rules."""
    yield "as in the scenario", lambda: case.built
    given = case.built.system.settings.options
    for value in ("low", "high") if "kappa" in given else ():
        yield f"kappa {value}", partial(optional, case.scenario, "kappa", value)
    yield "sent-out nuclear not deducted", lambda: uncredited(case.built, "export_line")
    yield "generation in the province only", lambda: uncredited(case.built, *LINES)


def optional(scenario: Scenario, option: str, value: str) -> BuiltModel:
    """Return the model of a scenario with another value of an option."""
    options = {**scenario.options, option: value}
    return build(load_system(scenario.model_copy(update={"options": options})).system)


def uncredited(built: BuiltModel, *roles: str) -> BuiltModel:
    """Return the model in which lines of some roles carry nothing non-fossil in the account."""
    system = built.system
    given = system.parameters["non_fossil_share"]
    role = system.technologies["role"].to_numpy()[given.keys[:, given.dims.index("t")]]
    changed = replace(given, values=np.where(np.isin(role, roles), 0.0, given.values))
    return build(replace(system, parameters={**system.parameters, "non_fossil_share": changed}))


def base_share(built: BuiltModel, columns: Floats) -> float:
    """Return the non-fossil share of the base year, %."""
    base = str(built.system.settings.base_year)
    totals = []
    for name in NON_FOSSIL:
        index = built.space.index_of(name)
        place = built.system.labels["p"].index(base)
        here = index.codes[:, index.letters.index("p")] == place
        totals.append(float(built.linear.values(name, columns)[here].sum()))
    return 100.0 * totals[0] / totals[1]


def solver_options(scenario: Scenario) -> SolverOptions:
    """Return how a scenario wants to be solved."""
    settings = scenario.solve
    return SolverOptions(METHODS[settings.method], settings.threads, settings.time_limit)


def prepared(path: Path, options: Options) -> tuple[EnergySystem, SolverOptions]:
    """Return the system of a scenario and how to solve it."""
    scenario = with_foresight(path, options)
    return load_system(scenario).system, solver_options(scenario)


def abatement(
    path: Path, options: Options, quantity: str, period: str, shares: list[float]
) -> list[Abatement]:
    """Return the abatement costs of a scenario's year as its cap falls."""
    system, solver = prepared(path, options)
    if period not in system.labels["p"][1:]:
        raise InputError(
            f"{period} is not a period of {path.stem} after its base year", code="E733"
        )
    return abatement_costs(system, quantity, period, shares, solver)


def peaks(path: Path, options: Options, quantity: str, years: list[int]) -> list[PeakYear]:
    """Return what a scenario costs if CO2 must not rise after each of some years."""
    system, solver = prepared(path, options)
    return peak_years(system, quantity, years, solver)
