"""The year's slices, and every shape on them, with energy conserved.

From month x hour tables: months join into seasons, hours into blocks of the typical day, and each
season has one low day (calm and dark) of two blocks, day and night. The typical day is rescaled so
that season by season the mean is that of the table. Or slices are given outright.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from carbonpath.inputs.dataset import Dataset
from carbonpath.inputs.frames import Frame, texts
from carbonpath.inputs.tables import Tables
from carbonpath.scenario import Slices
from carbonpath.spec.dimensions import ANNUAL
from carbonpath.spec.units import HOURS_PER_YEAR
from carbonpath.system.time import Node

Floats = npt.NDArray[np.float64]
DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=float)
HOURS = 24
YEAR = float(DAYS.sum())
TYPICAL, LOW = "typical", "low"


@dataclass(frozen=True)
class Block:
    """Some hours of one kind of day in some months."""

    label: str
    season: str
    day: str
    months: tuple[int, ...]
    hours: tuple[int, ...]
    days: float

    @property
    def share(self) -> float:
        """Share of the year."""
        return self.days * len(self.hours) / HOURS_PER_YEAR


@dataclass(frozen=True)
class Shapes:
    """Nodes of the year, and the values of each profile on its slices, in their order.

    `at_hour` gives a profile's value in a month and hour relative to its yearly mean, and `low`
    the same on the low day of that month.
    """

    nodes: tuple[Node, ...]
    slices: tuple[str, ...]
    values: Mapping[str, Floats]
    shares: Floats
    at_hour: Mapping[str, Floats]

    def mean(self, profile: str) -> float:
        """Return the yearly mean of a profile."""
        return float((self.values[profile] * self.shares).sum())


def shapes_of(tables: Tables) -> Shapes:
    """Return slices and profiles as the scenario cuts the year."""
    if len(tables["time_slices"]):
        return _given(tables)
    blocks = blocks_of(tables.dataset, tables.scenario.horizon.slices)
    grids = _grids(tables["shapes"])
    values = {name: _on_blocks(grid, blocks) for name, grid in grids.items()}
    means = {name: float(DAYS @ grid[TYPICAL].mean(axis=1) / YEAR) for name, grid in grids.items()}
    at_hour = {name: grid[TYPICAL] / means[name] for name, grid in grids.items() if means[name] > 0}
    return Shapes(
        _nodes(blocks), tuple(block.label for block in blocks), values,
        np.array([block.share for block in blocks]), at_hour,
    )  # fmt: skip


def blocks_of(dataset: Dataset, cut: Slices) -> list[Block]:
    """Cut the year: each season's typical day into blocks, then its low day into day and night."""
    width = HOURS // cut.blocks
    first, last = dataset.low_day_hours
    bright = tuple(range(first, last))
    dark = tuple(hour for hour in range(HOURS) if hour not in bright)
    blocks = []
    for season, months in seasons_of(dataset, cut.seasons).items():
        days = float(DAYS[np.array(months) - 1].sum())
        low = _low_days(dataset, months)
        parts = [tuple(range(b * width, (b + 1) * width)) for b in range(cut.blocks)]
        for day, hours, weight in ((TYPICAL, parts, days - low), (LOW, [bright, dark], low)):
            blocks += [
                Block(f"{season}-{day}-{number:02d}", season, day, months, part, weight)
                for number, part in enumerate(hours, 1)
                if weight > 0 and part
            ]
    return blocks


def seasons_of(dataset: Dataset, count: int) -> dict[str, tuple[int, ...]]:
    """Return the months of each season: the dataset's four, twelve months, or the whole year."""
    if count == 12:
        return {f"m{month:02d}": (month,) for month in range(1, 13)}
    if count == 1:
        return {"year": tuple(range(1, 13))}
    return dict(dataset.seasons)


def _low_days(dataset: Dataset, months: Sequence[int]) -> float:
    """Return the low days in some months; those of a season fall evenly on its months."""
    return sum(
        dataset.low_days.get(season, 0.0) * len(set(months) & set(own)) / len(own)
        for season, own in dataset.seasons.items()
    )


def _grids(shapes: Frame) -> dict[str, dict[str, Floats]]:
    """Return each profile as 12 x 24 grids of its typical and low days; NaN where not given."""
    grids: dict[str, dict[str, Floats]] = {}
    months = shapes["month"].to_numpy(dtype=int) - 1
    hours = shapes["hour"].to_numpy(dtype=int)
    values = shapes["value"].to_numpy(dtype=float)
    keys = pd.Series(texts(shapes, "profile")) + "/" + pd.Series(texts(shapes, "day"))
    for key, rows in keys.groupby(keys).groups.items():
        name, day = str(key).rsplit("/", 1)
        grid = np.full((12, HOURS), np.nan)
        places = np.asarray(rows, dtype=int)
        grid[months[places], hours[places]] = values[places]
        grids.setdefault(name, {})[day] = grid
    return grids


def _on_blocks(grid: Mapping[str, Floats], blocks: Sequence[Block]) -> Floats:
    """Average a profile over each block and keep each season's mean."""
    low = grid.get(LOW, grid[TYPICAL])
    values = np.array(
        [_mean(grid[TYPICAL] if block.day == TYPICAL else low, block) for block in blocks]
    )
    weights = np.array([block.days * len(block.hours) for block in blocks])
    for season in {block.season for block in blocks}:
        mine = np.array([block.season == season for block in blocks])
        typical = mine & np.array([block.day == TYPICAL for block in blocks])
        months = np.array(next(b.months for b in blocks if b.season == season)) - 1
        wanted = float(DAYS[months] @ grid[TYPICAL][months].mean(axis=1)) * HOURS
        left = wanted - float((values * weights)[mine & ~typical].sum())
        standing = float((values * weights)[typical].sum())
        if standing > 0:
            values[typical] *= max(left, 0.0) / standing
    return values


def _mean(grid: Floats, block: Block) -> float:
    """Mean over a block's months (by their days) and hours; months not given do not count."""
    months = np.array(block.months) - 1
    hourly = grid[np.ix_(months, np.array(block.hours))].mean(axis=1)
    known = ~np.isnan(hourly)
    return float(hourly[known] @ DAYS[months][known] / DAYS[months][known].sum())


def _nodes(blocks: Sequence[Block]) -> tuple[Node, ...]:
    """Return the year, its seasons and its slices."""
    seasons: dict[str, float] = {}
    for block in blocks:
        seasons[block.season] = seasons.get(block.season, 0.0) + block.share
    return (
        Node(ANNUAL, "annual", 1.0),
        *(
            Node(label, "season", share, order, ANNUAL)
            for order, (label, share) in enumerate(seasons.items(), 1)
        ),
        *(
            Node(block.label, "slice", block.share, order, block.season, block.day, block.days)
            for order, block in enumerate(blocks, 1)
        ),
    )


def _given(tables: Tables) -> Shapes:
    """Return slices given outright, in their own order."""
    data = tables["time_slices"].sort_values("order")
    labels, seasons = texts(data, "time_slice"), texts(data, "season")
    shares = data["share"].to_numpy(dtype=float)
    repeats = data["repeats"].fillna(1.0).to_numpy(dtype=float)
    totals: dict[str, float] = {}
    for season, share in zip(seasons, shares.tolist(), strict=True):
        totals[season] = totals.get(season, 0.0) + share
    nodes = (
        Node(ANNUAL, "annual", 1.0),
        *(
            Node(name, "season", share, i, ANNUAL)
            for i, (name, share) in enumerate(totals.items(), 1)
        ),
        *(
            Node(label, "slice", share, order, season, day, repeat)
            for order, (label, share, season, day, repeat) in enumerate(
                zip(
                    labels,
                    shares.tolist(),
                    seasons,
                    texts(data, "day"),
                    repeats.tolist(),
                    strict=True,
                ),
                1,
            )
        ),
    )
    values = _slice_values(tables["slice_values"], labels)
    return Shapes(nodes, tuple(labels), values, shares, {})


def _slice_values(data: Frame, labels: Sequence[str]) -> dict[str, Floats]:
    """Return each profile's values on the slices."""
    found: dict[str, Floats] = {}
    place = {label: i for i, label in enumerate(labels)}
    rows = zip(
        texts(data, "profile"), texts(data, "time_slice"), data["value"].tolist(), strict=True
    )
    for profile, label, value in rows:
        values = found.setdefault(profile, np.full(len(labels), np.nan))
        if label in place:
            values[place[label]] = value
    return found
