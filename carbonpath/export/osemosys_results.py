"""Results as the tables that OSeMOSYS and otoole write, under their names.

Names of regions, technologies and fuels are the labels of the dataset, which an import takes from
the data. What only carbonpath knows, as trade routes and exogenous emissions written as
technologies, is left out. Rows of zero are left out, as otoole does.
"""

from collections.abc import Iterator, Mapping

import pandas as pd
import xarray as xr

from carbonpath.export.csv import text
from carbonpath.results.results import Results

OWN_GROUPS = ("trade", "exogenous")
"""Groups of technologies that an import makes up."""
LEAST = 1e-9
"""Smaller values are rounding of the solver."""
NAMES = {
    "region": "REGION", "technology": "TECHNOLOGY", "commodity": "FUEL", "period": "YEAR",
    "mode": "MODE_OF_OPERATION", "time_slice": "TIMESLICE",
}  # fmt: skip
ARRAYS = {
    "NewCapacity": "added_capacity", "TotalCapacityAnnual": "total_capacity",
    "TotalTechnologyAnnualActivity": "total_activity", "ProductionByTechnologyAnnual": "output",
    "UseByTechnologyAnnual": "use", "AnnualFixedOperatingCost": "fixed_payment",
    "AnnualVariableOperatingCost": "variable_payment",
}  # fmt: skip
PAYMENTS = ("investment_payment", "fixed_payment", "variable_payment")


def tables(results: Results) -> dict[str, bytes]:
    """Return the content of each table by file name."""
    frames: dict[str, pd.DataFrame] = {}
    for name, array in _arrays(results.dataset):
        frames[name] = _frame(array, results.dataset)
    frames |= _of_activity(results.dataset)
    return {f"{name}.csv": text(frame) for name, frame in frames.items()}


def _arrays(data: xr.Dataset) -> Iterator[tuple[str, xr.DataArray]]:
    """Yield the tables that are arrays, or sums of such, by name."""
    group, role = data["technology_group"], data["technology_role"]
    known = data.sel(technology=~group.isin(OWN_GROUPS))
    runs = known["total_activity"].notnull().any(["region", "period"])
    holds = (role.sel(technology=known["technology"]) == "storage") & ~runs
    plain = known.sel(technology=~holds)
    for name, own in ARRAYS.items():
        yield name, plain[own]
    yield "NewStorageCapacity", known["added_capacity"].sel(technology=holds)
    activity = plain["total_activity"].sum("period")
    yield "TotalTechnologyModelPeriodActivity", activity
    emitted = plain["emissions"].rename(commodity="EMISSION")
    yield "AnnualTechnologyEmission", emitted
    yield "AnnualEmissions", emitted.sum("technology")
    paid = sum((known[name].fillna(0.0) for name in PAYMENTS[1:]), known[PAYMENTS[0]].fillna(0.0))
    yield "DiscountedCostByTechnology", paid.sel(technology=~holds) * data["discount_weight"]
    yield "DiscountedCostByStorage", paid.sel(technology=holds) * data["discount_weight"]
    penalties = data["emission_payment"].sum("commodity") if "emission_payment" in data else 0.0
    yield "TotalDiscountedCost", (paid.sum("technology") + penalties) * data["discount_weight"]


def _frame(array: xr.DataArray, data: xr.Dataset) -> pd.DataFrame:
    """Return the rows of an array other than zero, with the columns of OSeMOSYS."""
    plain = array.reset_coords(drop=True)
    series = plain.to_series().dropna().rename("VALUE")
    frame = series[series.abs() > LEAST].reset_index()
    for kind, column in (("technology", "technology"), ("commodity", "commodity"),
                         ("commodity", "EMISSION")):  # fmt: skip
        if column in frame:
            frame[column] = frame[column].map(_labels(data, kind))
    frame = frame.rename(columns=NAMES)
    order = [c for c in ("REGION", "TECHNOLOGY", "FUEL", "EMISSION", "YEAR") if c in frame]
    return frame[[*order, "VALUE"]]


def _labels(data: xr.Dataset, kind: str) -> Mapping[str, str]:
    """The label of each technology or commodity; its id where it has none."""
    labels = data[f"{kind}_label_en"].to_series()
    return {str(name): str(label) or str(name) for name, label in labels.items()}


def _of_activity(data: xr.Dataset) -> dict[str, pd.DataFrame]:
    """Activity by mode: of a year, and as a rate in each time slice."""
    rows = data["activity"].to_dataframe().reset_index(drop=True)
    rows.columns = [str(column).removesuffix("_") for column in rows.columns]
    rows = rows.rename(columns=NAMES).rename(columns={"activity": "VALUE"})
    own = data["technology_group"].to_series().isin(OWN_GROUPS)
    rows = rows[~rows["TECHNOLOGY"].map(own)]
    rows["TECHNOLOGY"] = rows["TECHNOLOGY"].map(_labels(data, "technology"))
    share = data["time_slice_share"].to_series()
    rates = rows.assign(VALUE=rows["VALUE"] / rows["TIMESLICE"].map(share))
    return {
        "TotalAnnualTechnologyActivityByMode": _sums(rows, ["TECHNOLOGY", "MODE_OF_OPERATION"]),
        "RateOfActivity": _sums(rates, ["TIMESLICE", "TECHNOLOGY", "MODE_OF_OPERATION"]),
    }


def _sums(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Sums over all other columns, rows of zero left out."""
    keys = ["REGION", *columns, "YEAR"]
    found = rows.groupby(keys, sort=False)["VALUE"].sum().reset_index()
    return found[found["VALUE"].abs() > LEAST]
