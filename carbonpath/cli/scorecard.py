"""Targets of solved scenarios in words and as a table."""

from collections.abc import Mapping, Sequence
from typing import Any

from carbonpath.cli.console import number, table

Target = Mapping[str, Any]


def sentence(target: Target) -> str:
    """A target as a person would say it."""
    name = target["label"] or target["id"]
    asked = f"target {target['sense']} {amount(target['target'], target)}"
    return f"{name} {when(target)}: {amount(target['value'], target)} ({asked})"


def amount(value: float | None, target: Target) -> str:
    """A number with the target's unit."""
    unit = str(target["unit"])
    return number(value) + ("" if unit in ("", "1") else " %" if unit == "%" else f" {unit}")


def when(target: Target) -> str:
    """The year a target is for."""
    return "all years" if target["year"] is None else str(target["year"])


MARKS = {
    (False, True): "✔",
    (False, False): "✘ MISSED",
    (True, True): "◇",
    (True, False): "▽",
}
"""(only tracked, met) -> how it is marked."""
LEGEND = (
    "✔ met   ✘ MISSED   only tracked, not asked for: ◇ reached, ▽ not reached   - no such target"
)
FIRST = ("✘", "✔", "▽", "◇", "-")
"""Rows with a missed target stand first, rows that are tracked by all last."""


def mark(target: Target) -> str:
    """The mark of a target in one scenario."""
    return MARKS[target["mode"] == "track", bool(target["met"])]


def scorecard(targets: Mapping[str, Sequence[Target]]) -> str:
    """Rows are targets, columns are scenarios; what was missed says so and stands first."""
    rows: dict[tuple[str, str, str], dict[str, str]] = {}
    for scenario, found in targets.items():
        for target in found:
            key = (
                str(target["label"] or target["id"]),
                when(target),
                f"{target['sense']} {amount(target['target'], target)}",
            )
            said = f"{mark(target)} {amount(target['value'], target)}"
            rows.setdefault(key, {})[scenario] = said
    if not rows:
        return "no targets"
    lines = [[*key, *(cells.get(name, "-") for name in targets)] for key, cells in rows.items()]
    lines.sort(key=lambda line: min(FIRST.index(cell[0]) for cell in line[3:]))
    return table([["target", "year", "asked", *targets], *lines]) + f"\n{LEGEND}"
