"""Results that sit on a bound: the number is then the bound's, not the optimisation's."""

import numpy as np
import pandas as pd
import xarray as xr

from carbonpath.accounts.grouping import whole
from carbonpath.results.results import Results

TOUCHING = 1e-6
"""Relative distance at which a result counts as sitting on its bound."""
CHECKED = {
    "capacity_limit": "total_capacity",
    "capacity_floor": "total_capacity",
    "build_rate": "yearly_addition",
    "build_floor": "yearly_addition",
    "activity_limit": "yearly_activity",
    "activity_floor": "yearly_activity",
}
"""Parameter -> the result that it bounds."""
COLUMNS = ["kind", "id", "period", "value", "bound", "unit"]


def results_bounded(results: Results) -> dict[str, xr.DataArray]:
    """Return the results that parameters bound, by technology and period."""
    found = {
        "total_capacity": whole(results, "total_capacity"),
        "yearly_addition": whole(results, "added_capacity"),
    }
    if "total_activity" in results.dataset:
        found["yearly_activity"] = whole(results, "total_activity")
    return found


def touching(value: xr.DataArray, bound: xr.DataArray) -> xr.DataArray:
    """Where a result equals its bound, both not nothing."""
    near: xr.DataArray = abs(value - bound) <= TOUCHING * abs(bound).clip(min=1e-3)
    return near & (bound > 0.0)


def parameters_touched(results: Results) -> list[dict[str, object]]:
    """List technologies whose capacity, addition or activity sits on a parameter."""
    found = results_bounded(results)
    rows: list[dict[str, object]] = []
    for parameter, name in CHECKED.items():
        if parameter not in results.dataset or name not in found:
            continue
        bound = results[parameter]
        bound = bound.max("region") if "region" in bound.dims else bound
        value, bound = xr.align(found[name], bound)
        hit = touching(value, bound).transpose("technology", "period").values
        unit = str(results[parameter].attrs.get("unit", ""))
        for at, when in zip(*np.nonzero(hit), strict=True):
            place = {"technology": at, "period": when}
            rows.append(
                {
                    "kind": parameter,
                    "id": str(value["technology"].values[at]),
                    "period": int(value["period"].values[when]),
                    "value": float(value.isel(place)),
                    "bound": float(bound.isel(place)),
                    "unit": unit,
                }
            )
    return rows


def limits_touched(results: Results) -> list[dict[str, object]]:
    """List the limits that bind: their total equals their bound or they have a price."""
    table = results.dataset
    if "limit_row" not in table.dims:
        return []
    modes = results.tables["limits"].set_index("id")["mode"]
    rows = []
    for at in range(table.sizes["limit_row"]):
        name = str(table["limit_id"].values[at])
        value, bound = float(table["limit_value"][at]), float(table["limit_bound"][at])
        near = abs(value - bound) <= TOUCHING * max(abs(bound), 1e-3)
        if modes.get(name) in ("hard", "soft") and near:
            rows.append(
                {
                    "kind": "limit",
                    "id": name,
                    "period": str(table["limit_period"].values[at]),
                    "value": value,
                    "bound": bound,
                    "unit": "",
                }
            )
    return rows


def bounds(results: Results) -> pd.DataFrame:
    """Return every result that sits on a bound, limits first."""
    rows: list[dict[str, object]] = [*limits_touched(results), *parameters_touched(results)]
    return pd.DataFrame(rows, columns=COLUMNS)
