"""Scenarios that differ in caps, demand or costs: one Session against separate runs.

    python -m benchmarks.session [--scenarios 20] [--slices 1x2] [--after-costs primal]

Every scenario is solved in the session, which goes on from the last basis, and by a cold solve of
the same matrix; the optima must agree. A separate run would also read and build: its median time is
added. CPU seconds, since a shared machine is busy for both.
"""

import argparse
import logging
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from carbonpath.inputs.load import load_system
from carbonpath.model.build import BuiltModel, build
from carbonpath.run import Options, read
from carbonpath.solve.highs import solve
from carbonpath.solve.session import AFTER_COSTS, Session

ROOT = Path(__file__).parents[1]
CAPS = ("coal_consumption", "carbon_intensity_c0", "energy_intensity_r2", "non_fossil_share")
CAP_CHANGE, DEMAND_CHANGE, COST_CHANGE = 0.05, 0.03, 0.2
LAST = "2025"
"""The last year whose demand stays: little can be built until then."""
SAME = 1e-6


@dataclass(frozen=True)
class Pair:
    """CPU seconds of one scenario on both ways."""

    warm: float
    cold: float


def change_caps(session: Session, original: BuiltModel, random: np.random.Generator) -> None:
    """Move four targets in every year by up to 5 %."""
    for name in CAPS:
        factor = random.uniform(1 - CAP_CHANGE, 1 + CAP_CHANGE)
        for limit in original.system.limits:
            if limit.id == name:
                for period, value in limit.values.items():
                    session.set_limit(name, period, value * factor)


def change_demand(session: Session, original: BuiltModel, random: np.random.Generator) -> None:
    """Move the demand of every service after 2025 by up to 3 %."""
    for commodity, kind in original.system.commodities["kind"].items():
        if kind == "service":
            rows = session.rows("supply_meets_demand", {"commodity": (str(commodity),)})
            factor = random.uniform(1 - DEMAND_CHANGE, 1 + DEMAND_CHANGE)
            model = original.linear
            free = rows[[label > LAST for label in periods(session, rows)]]
            session.set_sides(free, model.row_lower[free] * factor, model.row_upper[free] * factor)


def periods(session: Session, rows: np.ndarray) -> list[str]:
    """The period of each row of a balance."""
    family = session.linear.rows["supply_meets_demand"]
    place = family.index.letters.index("p")
    codes = family.index.codes[rows - family.start, place]
    return [session.built.system.labels["p"][code] for code in codes]


def change_costs(session: Session, original: BuiltModel, random: np.random.Generator) -> None:
    """Move investment and variable costs of every group of technologies by up to 20 %."""
    session.become(original)
    for name in ("investment_payment", "variable_payment"):
        for group in sorted(set(original.system.technologies["group"])):
            factor = random.uniform(1 - COST_CHANGE, 1 + COST_CHANGE)
            session.scale_cost(name, {"group": (str(group),)}, factor)


KINDS: dict[str, tuple[Callable[..., None], ...]] = {
    "caps": (change_caps,),
    "demand": (change_demand,),
    "caps and demand": (change_caps, change_demand),
    "costs": (change_costs,),
}


def measured(built: BuiltModel, kind: str, scenarios: int, after_costs: str) -> list[Pair]:
    """Solve scenarios of one kind on both ways."""
    random = np.random.default_rng(20)
    session = Session(built, after_costs=after_costs)
    session.solve()
    found = []
    for _ in range(scenarios):
        start = time.process_time()
        for change in KINDS[kind]:
            change(session, built, random)
        warm = session.solve()
        middle = time.process_time()
        cold = solve(session.linear)
        found.append(Pair(middle - start, time.process_time() - middle))
        if abs(warm.objective - cold.objective) > SAME * abs(cold.objective):
            raise SystemExit(f"{kind}: {warm.objective} is not {cold.objective}")
    return found


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenarios", type=int, default=20)
    parser.add_argument("--slices", default="1x2")
    parser.add_argument("--kinds", nargs="+", choices=list(KINDS), default=list(KINDS))
    parser.add_argument("--after-costs", choices=AFTER_COSTS, default="primal")
    given = parser.parse_args()
    logging.disable(logging.WARNING)
    seasons, blocks = map(int, given.slices.split("x"))
    scenario = read(ROOT / "scenarios" / "plan-2025.yaml", Options(slices=(seasons, blocks)))
    seconds = []
    for _ in range(3):
        start = time.process_time()
        built = build(load_system(scenario).system)
        seconds.append(time.process_time() - start)
    before = statistics.median(seconds)
    print(f"{given.slices}: {built.linear.matrix.nnz:,} non-zeros; read and build {before:.2f} s")
    print("| changes | scenarios | session s | cold solve s | x | separate run s | x |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for kind in given.kinds:
        pairs = measured(built, kind, given.scenarios, given.after_costs)
        warm, cold = (statistics.mean(getattr(p, n) for p in pairs) for n in ("warm", "cold"))
        whole = cold + before
        name = f"{kind} ({given.after_costs})" if kind == "costs" else kind
        print(
            f"| {name} | {len(pairs)} | {warm:.2f} | {cold:.2f} | {cold / warm:.1f} "
            f"| {whole:.2f} | {whole / warm:.1f} |", flush=True,
        )  # fmt: skip


if __name__ == "__main__":
    main()
