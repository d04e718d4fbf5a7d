"""Time and memory of the main job as a whole process, and the share of each stage.

    python benchmarks/main_job.py [--runs 3] [--slices 4x8] [scenarios/peak-2030.yaml]

Each run is a process of its own, from the start of the interpreter to its end, report included,
into a temporary folder. The goal for the default slices on two cores: 60 s and 2 GiB.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
GOAL_SECONDS, GOAL_MIB, GOAL_HELP = 60.0, 2048.0, 0.25


@dataclass(frozen=True)
class Measured:
    """One whole process: wall clock, CPU, memory, and what the manifest says of its stages."""

    wall: float
    cpu: float
    memory: float
    stages: dict[str, float]


def measure(scenario: Path, slices: str | None) -> Measured:
    """Run the main job once."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "carbonpath", "run", str(scenario), "--json", "--quiet",
                   "--results", folder]  # fmt: skip
        command += ["--slices", slices] if slices else []
        before = os.times()
        start = time.perf_counter()
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        wall = time.perf_counter() - start
    after = os.times()
    cpu = (after.children_user - before.children_user) + (
        after.children_system - before.children_system
    )
    outcome = json.loads(done.stdout)
    return Measured(wall, cpu, outcome["peak_memory_mb"], outcome["seconds"])


def start_up(*arguments: str) -> float:
    """Seconds of the fastest of five starts."""
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "carbonpath", *arguments], stdout=subprocess.DEVNULL, check=True
        )
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def told(runs: list[Measured]) -> str:
    """The medians as a table of stages, then the totals beside their goals."""
    wall = statistics.median(run.wall for run in runs)
    lines = [f"{'stage':<10} {'s':>7} {'share':>7}"]
    known = 0.0
    for stage in runs[0].stages:
        seconds = statistics.median(run.stages[stage] for run in runs)
        known += seconds
        lines.append(f"{stage:<10} {seconds:7.2f} {seconds / wall:7.1%}")
    lines.append(f"{'start, end':<10} {wall - known:7.2f} {(wall - known) / wall:7.1%}")
    cpu = statistics.median(run.cpu for run in runs)
    memory = max(run.memory for run in runs)
    lines.append(f"whole process: {wall:.1f} s (goal {GOAL_SECONDS:.0f}), {cpu:.1f} CPU s")
    lines.append(f"peak memory: {memory:.0f} MiB (goal {GOAL_MIB:.0f})")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = ROOT / "scenarios" / "peak-2030.yaml"
    parser.add_argument("scenario", nargs="?", type=Path, default=default)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--slices")
    wanted = parser.parse_args()
    print(f"{wanted.scenario.stem}, {wanted.runs} runs, {os.cpu_count()} cores")
    print(told([measure(wanted.scenario, wanted.slices) for _ in range(wanted.runs)]))
    print(f"--help: {start_up('--help'):.3f} s (goal {GOAL_HELP})")


if __name__ == "__main__":
    main()
