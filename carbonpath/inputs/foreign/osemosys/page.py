"""The OSeMOSYS half of docs/coverage.md: the place of every set and parameter."""

from collections.abc import Iterator

from carbonpath.inputs.foreign.osemosys.names import DIMENSIONS, SETS
from carbonpath.inputs.foreign.osemosys.places import PLACES, SET_PLACES

INTRODUCTION = (
    "`carbonpath import osemosys PATH -o inputs/NAME` reads GNU MathProg data files, otoole CSV "
    "folders and otoole workbooks; `carbonpath export SCENARIO --to osemosys -o FOLDER` writes "
    "otoole CSV files that otoole itself reads; `carbonpath export results/NAME --to "
    "osemosys-results -o FOLDER` writes results under its names. An upper limit of -1, or of "
    "nines only from 99999 on, is no limit. A demand that no technology can meet is refused: the "
    "long form of the published formulation would meet it for nothing, the short ones not at all. "
    "Variable costs and emissions below zero count in full, as in the short forms."
)


def rows() -> Iterator[tuple[str, str, str]]:
    """Yield name, dimensions and place of every set and parameter of the formulation."""
    for name in SETS:
        yield name, "set", SET_PLACES[name]
    for name, dimensions in DIMENSIONS.items():
        yield name, ", ".join(dimensions), PLACES[name]
