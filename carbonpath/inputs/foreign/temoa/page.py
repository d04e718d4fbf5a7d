"""What docs/coverage.md says of Temoa: every table and flag with its place, or that it has none."""

from collections.abc import Iterator

from carbonpath.inputs.foreign.temoa.places import LABELS, PLACES, READ_WITH, SETTINGS

INTRODUCTION = (
    "`carbonpath import temoa FILE.sqlite -o inputs/NAME` reads databases of schema version 4. "
    "Each pair of input and output of a technology becomes a mode, whose activity is its output; "
    "existing and new vintages keep their own numbers. A commodity that nothing makes, or nothing "
    "takes, is not balanced, as in Temoa. Settings that Temoa keeps outside the database are read "
    "from its configuration (`--config FILE.toml`); without one they are its usual ones: time "
    "slices go round within their season (seasonal_timeslices), reserve margins are static, a year "
    "has 365 days, and the whole horizon is foreseen.\n\n"
    "Not supported, and named by the import (exit 8): the order of time slices that "
    "`time_sequencing = 'manual'` takes from a hidden table; consecutive days whose seasons differ "
    "in length; an exchange technology with no way back; tables of extensions, and the reserve "
    "margins of schema 4.1."
)
FLAGS = {
    "technology.flag p": "a technology",
    "technology.flag pb": "parameters.csv steady",
    "technology.flag ps": "a stored commodity with modes of charging and discharging",
    "technology.unlim_cap": "no capacity_unit; modes for each vintage",
    "technology.annual": "time_level annual with an even shape",
    "technology.reserve": "counts in reserve margins",
    "technology.curtail": "nothing: output below what capacity allows is free anyway",
    "technology.retire": "retirement early; parameters.csv closing",
    "technology.flex": "a mode `spill` that takes inputs and makes nothing",
    "technology.exchange": "a region for each direction, flows.csv where; limits.csv line-…",
    "technology.seas_stor": "a stored commodity of cycle year",
    "commodity.flag s, p": "kind energy; surplus any where it is not balanced",
    "commodity.flag a": "time_level annual",
    "commodity.flag w": "surplus free",
    "commodity.flag d": "kind service; who serves it follows its distribution over the year",
    "commodity.flag e": "kind emission",
}
"""Where the flags of technologies and commodities go."""


def rows() -> Iterator[tuple[str, str]]:
    """Yield each table and flag with its place."""
    known = {
        **PLACES,
        **{f"config: {name}": place for name, place in SETTINGS.items()},
        **dict.fromkeys(READ_WITH, "limits.csv: patterns list the members"),
        **dict.fromkeys(LABELS, "labels or runs of Temoa itself; not read"),
        "output_*": "results of Temoa; not read",
    }
    yield from sorted(known.items())
    yield from FLAGS.items()
