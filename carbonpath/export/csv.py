"""Every array of a result as a plain table: one row per value that exists."""

import pandas as pd
import xarray as xr

from carbonpath.accounts.calibration import calibration
from carbonpath.accounts.limits import limit_rows
from carbonpath.accounts.scorecard import scorecard
from carbonpath.results.results import Results

FINE = {"time_slice", "activity_row"}
LIMIT_ROW = "limit_row"
"""Dimensions that make a table too long to read; left out unless asked for."""
SIGNIFICANT = 10
"""Digits kept: more than any reader needs, fewer than would differ between machines."""


def tables(results: Results, *, fine: bool = False) -> dict[str, bytes]:
    """Return name.csv -> content for every array; those by time slice only with `fine`.

    Beside the arrays: targets.csv (the scorecard), limits.csv (every limit in every year, with its
    price) and calibration.csv.
    """
    left_out = {LIMIT_ROW} | (set() if fine else FINE)
    arrays = {str(name): array for name, array in sorted(results.dataset.data_vars.items())}
    frames = {
        name: long_form(array)
        for name, array in arrays.items()
        if array.dims and array.dtype.kind in "fiub" and not left_out & set(array.dims)
    }
    frames["targets"], frames["limits"] = scorecard(results), limit_rows(results)
    frames["calibration"] = calibration(results)
    return {f"{name}.csv": text(frame) for name, frame in frames.items()}


def long_form(array: xr.DataArray) -> pd.DataFrame:
    """Return one row per existing value: its labels, the value and the unit."""
    plain = array.reset_coords(drop=True)
    if set(array.dims) <= set(array.coords):
        frame = plain.to_series().dropna().rename("value").reset_index()
    else:
        rows = str(array.dims[0])
        labels = {str(n): c.values for n, c in array.coords.items() if c.dims == (rows,)}
        frame = pd.DataFrame({**labels, "value": array.values}).dropna(subset=["value"])
    return frame.assign(unit=str(array.attrs.get("unit", "")))


def text(frame: pd.DataFrame) -> bytes:
    """Return a table as CSV, the same on every machine."""
    content = frame.to_csv(index=False, float_format=f"%.{SIGNIFICANT}g", lineterminator="\n")
    return content.encode()
