"""What Temoa keeps outside the database: the settings of its configuration file (TOML)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from carbonpath.errors import InputError
from carbonpath.spec.nearest import hint

SEASONAL, CONSECUTIVE, REPRESENTATIVE, MANUAL = (
    "seasonal_timeslices", "consecutive_days", "representative_periods", "manual",
)  # fmt: skip
STATIC, DYNAMIC = "static", "dynamic"
FORESIGHT, MYOPIC = "perfect_foresight", "myopic"
CHOICES = {
    "time_sequencing": (SEASONAL, CONSECUTIVE, REPRESENTATIVE, MANUAL),
    "reserve_margin": (STATIC, DYNAMIC),
}
VIEW = ("view_depth", "myopic_view")
"""How many periods a myopic run sees, by new and old name."""


@dataclass(frozen=True)
class Configuration:
    """The settings that change the model; without a file the usual ones."""

    time_sequencing: str = SEASONAL
    reserve_margin: str = STATIC
    mode: str = FORESIGHT
    view: int | None = None
    step: int | None = None
    days: float | None = None


def read_config(path: Path | None) -> Configuration:
    """Read a configuration file; every fault in it is told at once."""
    if path is None:
        return Configuration()
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise InputError(f"{path}: is not TOML that can be read: {fault}", code="E815") from fault
    problems: list[str] = []
    words = {name: _word(given, name, path, problems) for name in CHOICES}
    mode = str(given.get("scenario_mode", FORESIGHT)).lower()
    own = given.get("myopic", {}) if mode == MYOPIC else {}
    view = next((own[name] for name in VIEW if name in own), None)
    step = own.get("step_size", 1 if mode == MYOPIC else None)
    days = given.get("days_per_period")
    for name, value in (("view_depth", view), ("step_size", step), ("days_per_period", days)):
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            problems.append(f"{path}: {name} is {value!r}; write a number")
        elif value is not None and value <= 0:
            problems.append(f"{path}: {name} is {value:g}; it must be above zero")
    if mode == MYOPIC and view is None:
        problems.append(f"{path}: scenario_mode is myopic, but [myopic] has no view_depth; add it")
    if problems:
        raise InputError(problems, code="E815")
    return Configuration(**words, mode=mode, view=view, step=step, days=days)


def _word(given: Mapping[str, Any], name: str, path: Path, problems: list[str]) -> str:
    """Return one of a few words; the first of them where none is given."""
    word = str(given.get(name, CHOICES[name][0]))
    if word not in CHOICES[name]:
        remedy = hint(word, CHOICES[name], f"write one of {', '.join(CHOICES[name])}")
        problems.append(f"{path}: {name} {word!r} is not known; {remedy}")
    return word
