"""Periods and their years; the year's tree of nodes (annual, seasons, slices) and its cycles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from carbonpath.spec.dimensions import ANNUAL
from carbonpath.spec.units import HOURS_PER_YEAR

LEVELS = ("annual", "season", "slice")
CYCLES = ("day", "season", "year")


@dataclass(frozen=True)
class Period:
    """A year that stands for the years since the period before it."""

    label: str
    first_year: int
    last_year: int

    @property
    def years(self) -> int:
        """Number of years the period stands for."""
        return self.last_year - self.first_year + 1


@dataclass(frozen=True)
class Node:
    """One node of the year: the year itself, a season or a slice.

    `share` is its share of the year. `day` names the day a slice belongs to within its season
    (typical, low). `repeats` is how often that day (or season, or year) occurs in a year.
    """

    label: str
    level: str
    share: float
    order: int = 0
    parent: str = ""
    day: str = ""
    repeats: float = 1.0

    @property
    def hours(self) -> float:
        """Hours of one occurrence."""
        return self.share * HOURS_PER_YEAR / self.repeats


ROOT = Node(ANNUAL, "annual", 1.0)


@dataclass(frozen=True)
class Time:
    """Periods in order, and nodes in the order annual, seasons, slices."""

    periods: tuple[Period, ...]
    nodes: tuple[Node, ...]

    @cached_property
    def period(self) -> Mapping[str, Period]:
        """Periods by label."""
        return {period.label: period for period in self.periods}

    @cached_property
    def node(self) -> Mapping[str, Node]:
        """Nodes by label."""
        return {node.label: node for node in self.nodes}

    @cached_property
    def previous_period(self) -> Mapping[str, str]:
        """The period before each period but the first."""
        labels = [period.label for period in self.periods]
        return dict(zip(labels[1:], labels[:-1], strict=True))

    def at(self, level: str) -> tuple[Node, ...]:
        """Nodes of one level, in order."""
        return tuple(sorted((n for n in self.nodes if n.level == level), key=lambda n: n.order))

    def previous(self, level: str, cycle: str) -> Mapping[str, str]:
        """The node before each node of a level when its cycle runs round and round.

        `day`: the slices of one day. `season`: the nodes of one season. `year`: all nodes. The
        first node of a cycle follows its last.
        """
        cycles: dict[tuple[str, ...], list[str]] = {}
        for node in self.at(level):
            cycles.setdefault(_cycle_of(node, cycle), []).append(node.label)
        return {
            label: before
            for labels in cycles.values()
            for label, before in zip(labels, [labels[-1], *labels[:-1]], strict=True)
        }

    def occurrences(self, label: str, cycle: str) -> float:
        """How often the cycle a node belongs to occurs in a year."""
        return self.node[label].repeats if cycle == "day" else 1.0


def _cycle_of(node: Node, cycle: str) -> tuple[str, ...]:
    """Name the cycle that a node belongs to."""
    return {"day": (node.parent, node.day), "season": (node.parent,), "year": ()}[cycle]


def periods_of(
    years: Iterable[int], base_year: int, rule: str = "since_previous"
) -> tuple[Period, ...]:
    """Periods that each stand for the years since the one before; the base year for itself alone.

    By the rule `single` each year counts once. By `until_next` a label is the first year of its
    period, and the last label only marks the end.
    Example: 2020, 2021, 2025 -> 2020-2020, 2021-2021, 2022-2025; until_next: 2020-2020, 2021-2024.
    """
    ordered: Sequence[int] = sorted(set(years))
    if rule == "single":
        return tuple(Period(str(year), year, year) for year in ordered)
    if rule == "until_next":
        pairs = zip(ordered[:-1], ordered[1:], strict=True)
        return tuple(Period(str(first), first, after - 1) for first, after in pairs)
    start = base_year if ordered[0] > base_year else ordered[0] - 1
    earlier = [start, *ordered[:-1]]
    return tuple(
        Period(str(last), before + 1, last) for before, last in zip(earlier, ordered, strict=True)
    )
