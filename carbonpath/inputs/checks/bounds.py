"""Bounds: no value outside what its parameter or table can mean."""

from collections.abc import Iterator

import numpy as np

from carbonpath.inputs.check import check
from carbonpath.inputs.frames import Frame, at, texts
from carbonpath.inputs.tables import Tables
from carbonpath.spec.accounting import BY_NAME as ACCOUNTING
from carbonpath.spec.parameters import BY_NAME as PARAMETERS
from carbonpath.spec.parameters import ParameterSpec
from carbonpath.spec.units import PJ_PER_GW_YEAR

NOT_NEGATIVE = {
    "stock": "a stock", "demands": "a demand", "shapes": "a shape", "drivers": "a driver",
    "slice_values": "a profile", "time_slices": "a share", "prices": "a price",
}  # fmt: skip
COLUMN = {"time_slices": "share"}
TOLERANCE = 1e-9


@check
def values_are_within_bounds(tables: Tables) -> Iterator[str]:
    """Costs, capacities, lifetimes, rates and shares lie where they can mean something."""
    for table, specs in (("parameters", PARAMETERS), ("accounting", ACCOUNTING)):
        data = tables[table]
        names, amounts = texts(data, "parameter"), data["amount"].tolist()
        rows = [
            row
            for row, (name, amount) in enumerate(zip(names, amounts, strict=True))
            if name in specs and _beyond(specs[name], amount)
        ]
        for row, where in zip(rows, at(data, rows, "value"), strict=True):
            bound = _beyond(specs[names[row]], amounts[row])
            yield f"{where}: {names[row]} {_given(data, row)} {bound}"


def _beyond(spec: ParameterSpec, amount: float) -> str:
    """Say which bound a canonical amount breaks."""
    if spec.lower is not None and amount < spec.lower - TOLERANCE:
        return f"is below {spec.lower:g}; correct the number or its unit"
    if spec.upper is not None and amount > spec.upper + TOLERANCE:
        return f"is above {spec.upper:g}; correct the number or its unit"
    return ""


def _given(data: Frame, row: int) -> str:
    value = data["value"].tolist()[row]
    return f"{value:g} {texts(data, 'unit')[row]}"


@check
def quantities_are_not_negative(tables: Tables) -> Iterator[str]:
    """Stocks, demands, shapes, drivers and prices are not below zero."""
    for table, thing in NOT_NEGATIVE.items():
        data, column = tables[table], COLUMN.get(table, "value")
        values = data[column].to_numpy(dtype=float)
        rows = np.flatnonzero(values < 0).tolist()
        for row, where in zip(rows, at(data, rows, column), strict=True):
            unit = f" {texts(data, 'unit')[row]}" if "unit" in data else ""
            yield f"{where}: {thing} of {values[row]:g}{unit} is below zero; correct the sign"


@check
def margins_are_shares(tables: Tables) -> Iterator[str]:
    """The margin of a peak situation is a share between 0 and 1."""
    data = tables["situations"]
    margins = data["margin"].to_numpy(dtype=float)
    rows = np.flatnonzero((margins < 0) | (margins > 1)).tolist()
    for row, where in zip(rows, at(data, rows, "margin"), strict=True):
        yield f"{where}: margin {margins[row]:g} is no share between 0 and 1; write 15 % as 0.15"


@check
def means_are_shares(tables: Tables) -> Iterator[str]:
    """The yearly mean of a capacity factor lies between 0 and 1."""
    data = tables["profiles"]
    means = data["mean"].to_numpy(dtype=float)
    rows = np.flatnonzero((means < 0) | (means > 1)).tolist()
    for row, where in zip(rows, at(data, rows, "mean"), strict=True):
        yield f"{where}: mean {means[row]:g} is no share between 0 and 1; correct it"


@check
def a_year_has_8760_hours(tables: Tables) -> Iterator[str]:
    """A power of one GW makes at most 31.536 PJ a year."""
    data = tables["parameters"]
    names, technologies = texts(data, "parameter"), texts(data, "technology")
    amounts = data["amount"].tolist()
    rows = [
        row
        for row, name in enumerate(names)
        if name == "capacity_to_activity"
        and amounts[row] > PJ_PER_GW_YEAR * (1 + TOLERANCE)
        and _is_power(tables, technologies[row])
    ]
    for row, where in zip(rows, at(data, rows, "value"), strict=True):
        yield (
            f"{where}: capacity_to_activity {_given(data, row)} is more than a full year of power; "
            "write 8760 h/yr or 31.536 PJ/GW/yr"
        )


def _is_power(tables: Tables, technology: str) -> bool:
    row = tables.technology.get(technology, {})
    return row.get("capacity_unit") == "GW" and row.get("activity_unit") == "PJ"
