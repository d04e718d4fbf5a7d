"""What docs/coverage.md says of Temoa: every table and flag with its place, or that it has none."""

from collections.abc import Iterator

from carbonpath.inputs.foreign.temoa.places import LABELS, PLACES, READ_WITH, UNSUPPORTED

INTRODUCTION = (
    "`carbonpath import temoa FILE.sqlite -o inputs/NAME` reads databases of schema version 4. "
    "Each pair of input and output of a technology becomes a mode, whose activity is its output; "
    "existing and new vintages keep their own numbers. A commodity that nothing makes, or nothing "
    "takes, is "
    "not balanced, as in Temoa. Settings that Temoa keeps outside the database are its usual ones: "
    "time slices go round within their season (seasonal_timeslices), reserve margins are static, "
    "and the whole horizon is foreseen."
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
        **{name: f"not supported: {why}" for name, why in UNSUPPORTED.items()},
        **dict.fromkeys(READ_WITH, "limits.csv: patterns list the members"),
        **dict.fromkeys(LABELS, "labels or runs of Temoa itself; not read"),
        "output_*": "results of Temoa; not read",
    }
    yield from sorted(known.items())
    yield from FLAGS.items()
