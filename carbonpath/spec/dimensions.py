"""The dimensions of the model: letter, name and meaning, in the one order used everywhere."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Dimension:
    """One dimension: its letter in rules, its name in results, and what its labels are."""

    letter: str
    name: str
    meaning: str


DIMENSIONS = (
    Dimension("r", "region", "a place with its own balances"),
    Dimension("t", "technology", "a thing that turns commodities into others"),
    Dimension("v", "vintage", "the period of building, or 'pooled' where ages do not matter"),
    Dimension("m", "mode", "a way of running a technology"),
    Dimension("c", "commodity", "what flows: energy, service, material, emission, stored, other"),
    Dimension("p", "period", "a year that stands for the years since the period before it"),
    Dimension("s", "time_slice", "a node of the year's tree: annual, a season, or a slice"),
    Dimension(
        "h",
        "checkpoint",
        "a moment of the year at which a store is held within its size, or a step of the sequence",
    ),
    Dimension("k", "situation", "a peak situation in which supply must be adequate"),
)
BY_LETTER = {dimension.letter: dimension for dimension in DIMENSIONS}
BY_NAME = {dimension.name: dimension for dimension in DIMENSIONS}
POOLED = "pooled"
ANNUAL = "annual"


def names(letters: str) -> tuple[str, ...]:
    """Return the dimension names of a string of letters, e.g. 'rt' -> ('region', 'technology')."""
    return tuple(BY_LETTER[letter].name for letter in letters)
