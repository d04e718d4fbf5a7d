"""When emissions peak: each series, its top and its plateau."""

from typing import Any

import pandas as pd
import xarray as xr

from carbonpath.accounts.emissions import co2_by_area, co2_by_scope
from carbonpath.accounts.statutory import coal_consumption, oil_consumption
from carbonpath.results.results import Results

PLATEAU = 0.01
"""Periods within one per cent of the top belong to the plateau."""
SERIES = ("C1", "C0", "territorial_C1", "territorial_C0")


def peak_of(series: xr.DataArray) -> dict[str, Any]:
    """Return the first year of the top, its value, and the years of the plateau around it."""
    values = series.values
    periods = series["period"].values
    at = int(values.argmax())
    first = last = at
    floor = values[at] * (1.0 - PLATEAU)
    while first > 0 and values[first - 1] >= floor:
        first -= 1
    while last < len(values) - 1 and values[last + 1] >= floor:
        last += 1
    return {
        "year": int(periods[at]),
        "value": float(values[at]),
        "plateau_from": int(periods[first]),
        "plateau_to": int(periods[last]),
        "at_end": at == len(values) - 1,
    }


def peaks(results: Results) -> pd.DataFrame:
    """Return the peak of every scope, of coal and oil, and of each area's direct CO2."""
    scopes = co2_by_scope(results)
    found = {name: peak_of(scopes.sel(scope=name)) for name in SERIES}
    found["coal"] = peak_of(coal_consumption(results))
    found["oil"] = peak_of(oil_consumption(results))
    areas = co2_by_area(results)
    found |= {str(area): peak_of(areas.sel(sector=area)) for area in areas["sector"].values}
    return pd.DataFrame.from_dict(found, orient="index").rename_axis("series")


def peak_year(results: Results) -> dict[str, Any]:
    """Return year and value of the peak that is assessed, C1 with net imports; {} without CO2."""
    if not bool((results["co2_c1"].fillna(0.0) != 0.0).any()):
        return {}
    found = peak_of(co2_by_scope(results).sel(scope="C1"))
    return {"year": found["year"], "value": found["value"]}
