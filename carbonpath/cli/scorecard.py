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


def scorecard(targets: Mapping[str, Sequence[Target]]) -> str:
    """Rows are targets, columns are scenarios; what was missed says so."""
    rows: dict[tuple[str, str, str], dict[str, str]] = {}
    for scenario, found in targets.items():
        for target in found:
            key = (
                str(target["label"] or target["id"]),
                when(target),
                f"{target['sense']} {amount(target['target'], target)}",
            )
            mark = "✔" if target["met"] else "off" if target["mode"] == "track" else "✘ MISSED"
            rows.setdefault(key, {})[scenario] = f"{mark} {amount(target['value'], target)}"
    if not rows:
        return "no targets"
    lines = [[*key, *(cells.get(name, "-") for name in targets)] for key, cells in rows.items()]
    return table([["target", "year", "asked", *targets], *lines])
