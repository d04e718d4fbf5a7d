"""Alternatives close to the optimum: ranges of capacities and totals at a slightly higher cost.

Least-cost solutions are knife-edge: technologies that cost nearly the same replace each other in
full. The ranges say how firm a number is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from carbonpath.accounts.labels import LABELS
from carbonpath.errors import InputError
from carbonpath.model.build import BuiltModel
from carbonpath.solve.highs import SolverOptions
from carbonpath.solve.modes.alternatives import Extent, Tell, Varied, extents
from carbonpath.spec.units import PJ_PER_TWH

COLUMNS = ["measure", "key", "zh", "en", "unit", "period", "lowest", "optimum", "highest"]
POWER = ("generation", "storage")
"""Roles of the technologies whose capacity is varied, by group."""
METHOD = {
    "zh": "在总成本（贴现，含未达标罚金）不超过最优值的给定比例之内，逐项求最小值和最大值；"
    "每个端点都是单独求解的最优解，各项不会同时达到端点。",
    "en": "Each total is made least and greatest while the discounted cost, penalties of missed "
    "targets included, stays within the slack above the optimum; every end is an optimum of its "
    "own, and the totals do not reach their ends together.",
}


@dataclass(frozen=True)
class Measure:
    """A yearly total that is varied beside capacities: its quantity, unit and names."""

    quantity: str
    unit: str
    factor: float
    zh: str
    en: str


MEASURES = (
    Measure("coal_consumption", "Mt", 1.0, "煤炭消费量", "Coal consumption"),
    Measure("net_imported_electricity", "TWh", 1.0 / PJ_PER_TWH, "净外来电", "Net imports"),
    Measure("co2_c1", "Mt", 1.0, "二氧化碳（C1）", "CO2 (C1)"),
)


def alternatives(
    built: BuiltModel, years: Sequence[int], slack: float, options: SolverOptions, tell: Tell
) -> pd.DataFrame:
    """Return least, optimal and greatest values of power capacities (GW) and yearly totals.

    Columns: measure (capacity or a total's name), key (group of plants), names, unit, period,
    lowest, optimum, highest. `slack` is a share of the objective. Raise an InputError if a year is
    no period of the scenario.
    """
    known = [int(label) for label in built.system.labels["p"]]
    if wrong := [str(year) for year in years if year not in known]:
        raise InputError(
            f"{', '.join(wrong)}: no period of the scenario; there is {', '.join(map(str, known))}",
            code="E733",
        )
    varied = [one for year in years for one in (*capacities(built, year), *totals(built, year))]
    rows = [line(extent) for extent in extents(built, varied, slack, options, tell)]
    return pd.DataFrame(rows, columns=COLUMNS)


def capacities(built: BuiltModel, year: int) -> Iterator[Varied]:
    """Yield the capacity of each group of power plants and stores at the end of a period."""
    table = built.system.technologies
    power = table[table["role"].isin(POWER) & (table["capacity_unit"] == "GW")]
    operator = built.linear.quantities["total_capacity"]
    letters = operator.index.letters
    names = np.array(built.system.labels["t"])[operator.index.codes[:, letters.index("t")]]
    mine = operator.index.codes[:, letters.index("p")] == place_of(built, year)
    for group in dict.fromkeys(power["group"]):
        members = power.index[power["group"] == group]
        rows = np.flatnonzero(mine & np.isin(names, members))
        yield total(built, "total_capacity", rows, f"capacity:{group}", year, "GW", 1.0)


def totals(built: BuiltModel, year: int) -> Iterator[Varied]:
    """Yield the yearly totals, over all regions, that the model has."""
    for measure in MEASURES:
        operator = built.linear.quantities.get(measure.quantity)
        if operator is None:
            continue
        periods = operator.index.codes[:, operator.index.letters.index("p")]
        rows = np.flatnonzero(periods == place_of(built, year))
        name, unit, factor = measure.quantity, measure.unit, measure.factor
        yield total(built, name, rows, name, year, unit, factor)


def place_of(built: BuiltModel, year: int) -> int:
    """Return the place of a period among the labels."""
    return built.system.labels["p"].index(str(year))


def total(
    built: BuiltModel, quantity: str, rows: "np.ndarray[tuple[int], np.dtype[np.intp]]", key: str,
    year: int, unit: str, factor: float,
) -> Varied:  # fmt: skip
    """Return the sum of some rows of a quantity, in a unit."""
    operator = built.linear.quantities[quantity]
    weights = factor * np.asarray(operator.matrix[rows].sum(axis=0)).ravel()
    return Varied(key, year, unit, weights, factor * float(operator.constant[rows].sum()))


def line(extent: Extent) -> list[object]:
    """Return one row of the table."""
    varied = extent.varied
    measure, _, group = varied.key.partition(":")
    names = {one.quantity: (one.zh, one.en) for one in MEASURES}
    zh, en = LABELS.get(group, (group, group)) if group else names[measure]
    ends = (extent.lowest, extent.optimum, extent.highest)
    return [measure, group or measure, zh, en, varied.unit, varied.period, *ends]
