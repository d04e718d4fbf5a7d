"""Drivers: their units through the drivers they are a share of, and their values by year."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from carbonpath.inputs.frames import Frame, texts
from carbonpath.spec.units import NUMBER, Exponents, Unit, canonical, parse, problem_with

Values = npt.NDArray[np.float64]


def parents(drivers: Frame) -> dict[str, str]:
    """Return the driver that each driver multiplies, or nothing."""
    found: dict[str, str] = {}
    for name, of in zip(texts(drivers, "driver"), texts(drivers, "of"), strict=True):
        found[name] = found.get(name) or of
    return found


def chain(name: str, parent: Mapping[str, str]) -> list[str]:
    """Return a driver and all it multiplies; it stops where a driver is unknown or comes again."""
    way = [name]
    while (above := parent.get(way[-1], "")) and above in parent and above not in way:
        way.append(above)
    return way


def own_exponents(drivers: Frame) -> dict[str, Exponents]:
    """Return what each driver's own values measure, by its first readable unit."""
    found: dict[str, Exponents] = {}
    for name, unit in zip(texts(drivers, "driver"), texts(drivers, "unit"), strict=True):
        if name not in found and not problem_with(unit):
            found[name] = parse(unit).exponents
    return found


def units(drivers: Frame) -> dict[str, Unit]:
    """Return the unit of each driver, all it multiplies included, with factor one (base units)."""
    own, parent = own_exponents(drivers), parents(drivers)
    found = {}
    for name in own:
        parts = [own.get(link, NUMBER) for link in chain(name, parent)]
        exponents = tuple(sum(powers) for powers in zip(*parts, strict=True))
        shown = canonical(Unit("", exponents, 1.0)).text
        found[name] = Unit(shown, exponents, 1.0)
    return found


def driver_values(own: pd.DataFrame, parent: Mapping[str, str]) -> pd.DataFrame:
    """Multiply own values along the chains. `own` has one row for each driver, a column a year."""
    values: dict[str, Values] = {}
    for name in own.index:
        links = [link for link in chain(str(name), parent) if link in own.index]
        values[str(name)] = np.prod([own.loc[link].to_numpy(dtype=float) for link in links], axis=0)
    return pd.DataFrame.from_dict(values, orient="index", columns=list(own.columns))
