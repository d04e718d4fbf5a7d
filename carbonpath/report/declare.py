"""A chart: a named function of the accounts that answers one question, found in one register."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, Text, text
from carbonpath.report.figure import Figure

Section = Literal["emissions", "energy", "power", "areas", "money", "robustness", "trust"]
Drawing = Callable[[Accounts, Namer], list[Figure]]


@dataclass(frozen=True)
class Chart:
    """One chart, or a family of small ones: where it stands, its title and what it shows."""

    name: str
    section: Section
    order: int
    title: Text
    question: Text
    draw: Drawing


CHARTS: dict[str, Chart] = {}
"""Every chart by name."""


def chart(
    *, section: Section, order: int, title: tuple[str, str], question: tuple[str, str]
) -> Callable[[Drawing], Drawing]:
    """Register a drawing under its own name; `title` and `question` are Chinese, English."""

    def register(draw: Drawing) -> Drawing:
        name = draw.__name__
        if name in CHARTS:
            raise ValueError(f"two charts are called {name!r}")
        CHARTS[name] = Chart(name, section, order, text(*title), text(*question), draw)
        return draw

    return register


def in_section(section: Section) -> list[Chart]:
    """Return the charts of a section in their order."""
    return sorted((c for c in CHARTS.values() if c.section == section), key=lambda c: c.order)
