"""How long a report takes to make, how large it is, and when its first chart is there.

    python -m benchmarks.report [--runs 5] [--out table.md] results/peak-2030 [more results]

Making is timed as a whole process, `carbonpath report`, from the start of the interpreter to its
end. The first chart is timed in Chromium by the marks of the page, from the start of navigation.
With several results the page that compares them is measured besides. Medians of all runs.
Goals: 5 s for the report of one run, 3 MB, 1.5 s. Needs the extra `browser` and Chromium.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
GOAL_SECONDS, GOAL_MB, GOAL_CHART = 5.0, 3.0, 1.5
MARKS = """() => Object.fromEntries(
  performance.getEntriesByType("mark").map((one) => [one.name, one.startTime / 1000]))"""
HEAD = ("page", "made in s", "CPU s", "MB", "Plotly ready s", "first chart s")


@dataclass(frozen=True)
class Page:
    """One page: seconds and CPU seconds of making it, megabytes, seconds to marks of the page."""

    name: str
    wall: float
    cpu: float
    megabytes: float
    plotly: float
    chart: float


def made(command: Sequence[str]) -> tuple[float, float]:
    """Run a command of carbonpath as a process of its own; return seconds and CPU seconds."""
    before, start = os.times(), time.perf_counter()
    whole = [sys.executable, "-m", "carbonpath", *command]
    subprocess.run(whole, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    wall, after = time.perf_counter() - start, os.times()
    used = after.children_user - before.children_user
    return wall, used + after.children_system - before.children_system


def shown(browser: Browser, page: Path) -> dict[str, float]:
    """Open a page anew; return the seconds from navigation to each of its marks."""
    tab = browser.new_page(viewport={"width": 1366, "height": 768})
    tab.goto(page.as_uri(), wait_until="commit")
    tab.wait_for_function("() => performance.getEntriesByName('first-chart').length > 0")
    marks: dict[str, float] = tab.evaluate(MARKS)
    tab.close()
    return marks


def measure(name: str, command: Sequence[str], page: Path, browser: Browser, runs: int) -> Page:
    """Make and open a page several times; return the medians."""
    times = [made(command) for _ in range(runs)]
    marks = [shown(browser, page) for _ in range(runs)]
    median = statistics.median
    return Page(
        name, median(wall for wall, _ in times), median(cpu for _, cpu in times),
        page.stat().st_size / 1e6, median(one["plotly"] for one in marks),
        median(one["first-chart"] for one in marks),
    )  # fmt: skip


def measured(results: Sequence[Path], runs: int) -> list[Page]:
    """Measure the report of the first result, and the comparison where there are several."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = Path(folder) / "report.html"
        one = ["report", str(results[0]), "-o", str(page)]
        found = [measure(f"report of {results[0].name}", one, page, browser, runs)]
        if len(results) > 1:
            page = Path(folder) / "comparison.html"
            several = ["compare", *map(str, results), "-o", str(page)]
            name = f"comparison of {len(results)}"
            found.append(measure(name, several, page, browser, runs))
        browser.close()
    return found


def told(pages: Sequence[Page]) -> str:
    """Return the table."""
    lines = [f"| {' | '.join(HEAD)} |", "|---|---:|---:|---:|---:|---:|"]
    lines += [
        f"| {one.name} | {one.wall:.1f} | {one.cpu:.1f} | {one.megabytes:.2f} "
        f"| {one.plotly:.2f} | {one.chart:.2f} |"
        for one in pages
    ]
    lines.append(f"| goal | {GOAL_SECONDS:.0f} | | {GOAL_MB:.0f} | | {GOAL_CHART} |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print, or write, the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--out", type=Path)
    wanted = parser.parse_args()
    table = told(measured(wanted.results, wanted.runs))
    print(f"load {os.getloadavg()[0]:.1f}\n{table}")
    if wanted.out:
        wanted.out.write_text(table + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
