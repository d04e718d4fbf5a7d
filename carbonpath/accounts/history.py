"""Observed series, before the model starts or all of them, in the unit of an indicator."""

import numpy as np
import pandas as pd
import xarray as xr

from carbonpath.accounts.declare import INDICATORS
from carbonpath.accounts.grouping import base_year
from carbonpath.errors import InputError
from carbonpath.results.results import Results
from carbonpath.spec.units import convert


def history(results: Results, name: str, *, whole: bool = False) -> xr.DataArray | None:
    """Return statistics of an indicator before the base year, or all of them; None if none.

    Keys without a value in a year are missing there, not zero.
    """
    table = results.tables.get("statistics")
    if table is None or not len(table):
        return None
    years = pd.to_numeric(table["period"], errors="coerce")
    rows = table[(table["series"] == name) & (whole | (years < base_year(results)))]
    if rows.empty:
        return None
    unit = INDICATORS[name].unit
    found = pd.DataFrame(
        {
            "key": [str(key) if key == key and key is not None else "" for key in rows["key"]],
            "period": rows["period"].astype(int),
            "value": [
                converted(value, given, unit)
                for value, given in zip(rows["value"], rows["unit"], strict=True)
            ],
        }
    )
    wide = found.pivot_table(index="key", columns="period", values="value")
    return xr.DataArray(
        wide.to_numpy(dtype=float),
        dims=("key", "period"),
        coords={"key": list(wide.index), "period": np.array(wide.columns, dtype=int)},
        attrs={"unit": unit},
    )


def converted(value: object, given: object, unit: str) -> float:
    """Return a statistic in the unit of the indicator; what does not fit is left out."""
    try:
        return convert(float(str(value)), str(given), unit)
    except InputError:
        return float("nan")
