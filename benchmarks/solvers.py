"""Ways to solve the Zhejiang system: simplex, interior point methods, crossover, presolve.

    python -m benchmarks.solvers [--slices 4x8] [--ways ...] [--limit 900]

4x8 is 40 slices with the low days (32 in typical days); 12x8 are 96 and 12x24 are 288 in typical
days. Each way solves the same matrix in a process of its own; CPU and wall seconds, iterations of
simplex, interior point method and crossover, peak memory.
"""

import argparse
import json
import logging
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
WAYS: dict[str, dict[str, Any]] = {
    "dual simplex": {"solver": "simplex"},
    "dual simplex, no presolve": {"solver": "simplex", "presolve": "off"},
    "primal simplex": {"solver": "simplex", "simplex_strategy": 4},
    "IPX with crossover": {"solver": "ipx"},
    "IPX with crossover, no presolve": {"solver": "ipx", "presolve": "off"},
    "IPX without crossover": {"solver": "ipx", "run_crossover": "off"},
    "HiPO with crossover": {"solver": "hipo"},
    "HiPO without crossover": {"solver": "hipo", "run_crossover": "off"},
    "PDLP": {"solver": "pdlp"},
}
USUAL = [way for way in WAYS if way not in ("primal simplex", "PDLP")]


def measure(way: str, scenario: str, slices: str, limit: float) -> dict[str, Any]:
    """Build and solve in one way."""
    from carbonpath.inputs.load import load_system
    from carbonpath.model.build import build
    from carbonpath.model.lowering.handover import to_highs
    from carbonpath.run import Options, read

    logging.disable(logging.WARNING)
    seasons, blocks = map(int, slices.split("x"))
    model = build(
        load_system(read(ROOT / scenario, Options(slices=(seasons, blocks)))).system
    ).linear
    highs = to_highs(model)
    for name, value in {**WAYS[way], "time_limit": limit}.items():
        if "kError" in str(highs.setOptionValue(name, value)):
            return {"way": way, "status": "not available"}
    wall, cpu = time.perf_counter(), time.process_time()
    status = highs.run()
    info = highs.getInfo()
    found = highs.modelStatusToString(highs.getModelStatus())
    return {
        "way": way,
        "status": "not available" if "kError" in str(status) else found,
        "wall": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "objective": info.objective_function_value,
        "iterations": [
            info.simplex_iteration_count, info.ipm_iteration_count, info.crossover_iteration_count
        ],
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "size": [*model.matrix.shape, model.matrix.nnz],
    }  # fmt: skip


def line(found: dict[str, Any]) -> str:
    """One row of the table in Markdown."""
    if found["status"] == "not available":
        return f"| {found['way']} | not in this HiGHS | | | | |"
    simplex, interior, crossover = found["iterations"]
    return (
        f"| {found['way']} | {found['status']} | {found['cpu']:.1f} | {found['wall']:.1f} "
        f"| {simplex} / {interior} / {crossover} | {found['peak']:.0f} "
        f"| {found['objective']:.6f} |"
    )


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", metavar="WAY", help="one measurement, as JSON")
    parser.add_argument("--scenario", default="scenarios/plan-2025.yaml")
    parser.add_argument("--slices", default="4x8")
    parser.add_argument("--ways", nargs="+", default=USUAL, choices=list(WAYS))
    parser.add_argument("--limit", type=float, default=900.0, help="seconds per solve")
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(given.one, given.scenario, given.slices, given.limit)))
        return
    print("| way | status | CPU s | wall s | iterations | peak MB | objective |")
    print("|---|---|---:|---:|---:|---:|---:|")
    for way in given.ways:
        command = [
            sys.executable, "-m", "benchmarks.solvers", "--one", way, "--slices", given.slices,
            "--scenario", given.scenario, "--limit", str(given.limit),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found = json.loads(done.stdout.splitlines()[-1])
        print(line(found), flush=True)


if __name__ == "__main__":
    main()
