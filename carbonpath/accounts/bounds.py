"""Results that sit on a bound: the number is then the bound's, not the optimisation's."""

import numpy as np
import pandas as pd
import xarray as xr

from carbonpath.accounts.grouping import whole
from carbonpath.accounts.limits import binding, column, limit_rows, text
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
        names, periods = value["technology"].values, value["period"].values
        values, limits = (a.transpose("technology", "period").values for a in (value, bound))
        rows += [
            {
                "kind": parameter,
                "id": str(names[at]),
                "period": int(periods[when]),
                "value": float(values[at, when]),
                "bound": float(limits[at, when]),
                "unit": unit,
            }
            for at, when in zip(*np.nonzero(hit), strict=True)
        ]
    return rows


def limits_touched(results: Results) -> list[dict[str, object]]:
    """List the limits that hold with nothing to spare."""
    rows = limit_rows(results)
    if rows.empty:
        return []
    kept = rows[column(rows, "mode").isin(["hard", "soft"]) & binding(rows)]
    return [
        {
            "kind": "limit",
            "id": row["id"],
            "period": str(row["period"]),
            "value": row["value"],
            "bound": row["bound"],
            "unit": text(row["unit"]),
        }
        for row in kept.to_dict("records")
    ]


def bounds(results: Results) -> pd.DataFrame:
    """Return every result that sits on a bound, limits first."""
    rows: list[dict[str, object]] = [*limits_touched(results), *parameters_touched(results)]
    return pd.DataFrame(rows, columns=COLUMNS)
