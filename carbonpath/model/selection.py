"""Which rows of a quantity a limit selects, and how they fall into groups kept apart."""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase

import numpy as np
import numpy.typing as npt

from carbonpath.errors import ModelError
from carbonpath.spec.dimensions import BY_NAME as DIMENSION
from carbonpath.system.parameter import Codes
from carbonpath.system.system import EnergySystem

Mask = npt.NDArray[np.bool_]
TECHNOLOGY_ATTRIBUTES = ("role", "group", "primary", "state_listed")
COMMODITY_ATTRIBUTES = ("kind", "carrier")


def names_along(system: EnergySystem, key: str, letters: str) -> tuple[str, list[str]]:
    """Return the letter that a dimension or attribute belongs to, and its value for each label.

    Example: for `sector` over "rtp" the letter t and the sector of each technology.
    """
    if key in DIMENSION:
        letter = DIMENSION[key].letter
        values = list(system.labels.get(letter, ()))
    elif key in TECHNOLOGY_ATTRIBUTES or (key == "sector" and "t" in letters):
        letter, values = "t", [str(value) for value in system.technologies[key]]
    elif key in COMMODITY_ATTRIBUTES or key == "sector":
        letter, values = "c", [str(value) for value in system.commodities[key]]
    else:
        raise ModelError(f"{key!r} is neither a dimension nor an attribute to select by")
    if letter not in letters:
        raise ModelError(f"a quantity over {letters!r} cannot be selected by {key!r}")
    return letter, values


def selected(
    system: EnergySystem, letters: str, codes: Codes, where: Mapping[str, Sequence[str]]
) -> Mask:
    """Return which rows of a quantity match every pattern list."""
    keep = np.ones(len(codes), dtype=bool)
    for key, patterns in where.items():
        letter, values = names_along(system, key, letters)
        matches = [any(fnmatchcase(value, pattern) for pattern in patterns) for value in values]
        keep &= np.array(matches, dtype=bool)[codes[:, letters.index(letter)]]
    return keep


def groups(
    system: EnergySystem, letters: str, codes: Codes, each: Sequence[str]
) -> npt.NDArray[np.object_]:
    """Return for each row the tuple of names that keeps it apart from other rows."""
    columns = []
    for key in each:
        letter, values = names_along(system, key, letters)
        columns.append(np.array(values, dtype=object)[codes[:, letters.index(letter)]])
    found = np.empty(len(codes), dtype=object)
    found[:] = list(zip(*columns, strict=True)) if columns else [()] * len(codes)
    return found
