"""Measures building and hand-over to HiGHS on every route: `python -m benchmarks.build`.

Each measurement is a process of its own: CPU seconds of building and of handing over, and the
peak memory of the process. Routes take turns, so that a busy machine is busy for all of them.
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import platform
import resource
import statistics
import subprocess
import sys
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from .reference import SIZES, reference

ROUTES = ("raw", "carbonpath", "linopy", "pyomo")
TITLES = {
    "raw": "bare numpy and scipy", "carbonpath": "carbonpath: Pyomo rules lowered",
    "linopy": "linopy, sparse-aware", "pyomo": "plain Pyomo, appsi_highs",
}  # fmt: skip
SLOWEST = {"pyomo": "2.4M", "linopy": "10M"}  # the largest size a route is asked for
TOUCHED = 2_000_000_000  # bytes
PACKAGES = ("numpy", "scipy", "pyomo", "highspy", "linopy")
Results = dict[tuple[str, str], list[dict[str, float]]]


def handed_over(matrix: Any, arrays: dict[str, Any]) -> Any:
    """Return HiGHS with a matrix in it."""
    import highspy

    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.passModel(
        matrix.shape[1], matrix.shape[0], matrix.nnz, 2, 1, 0.0, arrays["cost"],
        arrays["col_lower"], arrays["col_upper"], arrays["row_lower"], arrays["row_upper"],
        matrix.indptr, matrix.indices, matrix.data, np.zeros(matrix.shape[1], np.int32),
    )  # fmt: skip
    return highs


def steps(route: str) -> tuple[Any, Any, Any]:
    """Return what prepares (not timed), builds and hands over on a route."""
    if route == "raw":
        from . import raw

        return (lambda ref: ref), raw.build, lambda built: handed_over(built["matrix"], built)
    if route == "carbonpath":
        from carbonpath.model.lowering import handover

        from . import lowered

        return (lambda ref: ref), lowered.build, handover.to_highs
    if route == "linopy":
        from . import arrays

        return (lambda ref: ref), arrays.build, lambda model: model.to_highspy()
    from pyomo.contrib.appsi.solvers import Highs

    from . import plain

    def pass_on(model: Any) -> Any:
        solver = Highs()
        solver.set_instance(model)
        return solver._solver_model

    return plain.numbers, plain.build, pass_on


def measure(route: str, size: str, solve: bool) -> dict[str, float]:
    """Build once for the imports, then once for the clock; return what it took and gave."""
    logging.disable(logging.WARNING)
    prepare, build, pass_on = steps(route)
    pass_on(build(prepare(reference("10k"))))
    given = prepare(reference(size))
    gc.collect()
    start, kernel = time.process_time(), system_seconds()
    built = build(given)
    middle = time.process_time()
    highs = pass_on(built)
    stop, kernel = time.process_time(), system_seconds() - kernel
    lp = highs.getLp()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {
        "build": middle - start, "hand over": stop - middle, "total": stop - start,
        "system": kernel,
        "user": stop - start - kernel, "peak": peak,
        "rows": lp.num_row_, "columns": lp.num_col_, "nnz": highs.getNumNz(),
        "cost": float(np.sum(lp.col_cost_)),
    }  # fmt: skip
    if solve:
        highs.setOptionValue("output_flag", False)
        highs.run()
        found["objective"] = highs.getInfo().objective_function_value
    return found


def system_seconds() -> float:
    """Return the CPU seconds that the kernel has spent for this process: mostly fresh memory."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_stime


def asked(route: str, size: str) -> bool:
    """Tell whether a route is measured at a size."""
    order = list(SIZES)
    return order.index(size) <= order.index(SLOWEST.get(route, order[-1]))


def collect(sizes: list[str], routes: list[str], repeats: int) -> Results:
    """Measure every route at every size, in turn."""
    results: Results = {}
    for size in sizes:
        for _ in range(repeats):
            for route in routes:
                if not asked(route, size):
                    continue
                touch_memory()
                command = [sys.executable, "-m", "benchmarks.build", "--one", route, size]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                found = json.loads(done.stdout.splitlines()[-1])
                results.setdefault((route, size), []).append(found)
                print(f"{size} {route} {found['total']:.3f} s {found['peak']:.0f} MB", flush=True)
        _agree(results, size, routes)
    return results


def touch_memory() -> None:
    """Use memory and give it back.

    On a virtual machine the first touch of a page costs far more than the next; so the pages of
    every measured process have been touched a moment before.
    """
    subprocess.run([sys.executable, "-c", f"b'1' * {TOUCHED}"], check=True)


def _agree(results: Results, size: str, routes: list[str]) -> None:
    """Every route must have built the same problem."""
    found = {
        (run["rows"], run["columns"], run["nnz"], float(f"{run['cost']:.9g}"))
        for route in routes
        for run in results.get((route, size), [])
    }
    if len(found) > 1:
        raise SystemExit(f"the routes built different problems at {size}: {found}")


def table(results: Results) -> str:
    """Return the medians as markdown."""
    sizes = list(dict.fromkeys(size for _, size in results))
    lines = [
        "| nnz | route | build s | hand over s | total s | kernel s "
        "| total x raw | total less kernel x raw | peak MB | x raw |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for size in sizes:
        middle = {r: medians(results[r, size]) for r in ROUTES if (r, size) in results}
        floor = middle.get("raw")
        for route, run in middle.items():
            ratios = (run[k] / floor[k] if floor else np.nan for k in ("total", "user", "peak"))
            slower, own, larger = (f"{ratio:.2f}" for ratio in ratios)
            lines.append(
                f"| {int(run['nnz']):,} | {TITLES[route]} | {run['build']:.3f} "
                f"| {run['hand over']:.3f} | {run['total']:.3f} | {run['system']:.3f} "
                f"| {slower} | {own} | {run['peak']:.0f} | {larger} |"
            )
    return "\n".join(lines)


def medians(runs: list[dict[str, float]]) -> dict[str, float]:
    """Return the median of each figure."""
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


def exponents(results: Results) -> str:
    """Return the growth of time with non-zeros on a log-log line, above 100,000 non-zeros."""
    lines = []
    for route in ROUTES:
        points = [
            (run["nnz"], run["total"])
            for (r, _), runs in results.items()
            for run in [medians(runs)]
            if r == route and run["nnz"] > 1e5
        ]
        if len(points) > 1:
            nnz, seconds = np.log(np.array(points)).T
            lines.append(f"- {TITLES[route]}: {np.polyfit(nnz, seconds, 1)[0]:.2f}")
    return "\n".join(lines)


def main() -> None:
    """Measure and print, or write a markdown file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=2, metavar=("ROUTE", "SIZE"), help="one measurement")
    parser.add_argument("--sizes", nargs="+", default=list(SIZES), choices=list(SIZES))
    parser.add_argument("--routes", nargs="+", default=list(ROUTES), choices=ROUTES)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--solve", action="store_true", help="solve too (with --one)")
    parser.add_argument("--out", type=Path, help="write the table to this file")
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(*given.one, given.solve)))
        return
    results = collect(given.sizes, given.routes, given.repeats)
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    page = (
        f"{date.today()}, {platform.machine()}, Python {platform.python_version()}, {versions}\n\n"
        f"{table(results)}\n\nExponent of time against non-zeros:\n{exponents(results)}\n"
    )
    print(page)
    if given.out:
        given.out.write_text(page)


if __name__ == "__main__":
    main()
