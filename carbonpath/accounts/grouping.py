"""Sums over regions, roles and groups of technologies and commodities, by label."""

from collections.abc import Iterable

import numpy as np
import xarray as xr

from carbonpath.results.results import Results
from carbonpath.spec.units import PJ_PER_MTCE, convert

AREAS = ("energy", "industry", "construction", "transport", "agriculture", "residents")
"""The six areas of the peaking plan, in its order."""


def whole(results: Results, name: str) -> xr.DataArray:
    """Return an array summed over regions; what exists in no region stays missing."""
    return results[name].sum("region", min_count=1)


def by_attribute(
    array: xr.DataArray, dimension: str, attribute: str, order: Iterable[str] = ()
) -> xr.DataArray:
    """Sum a dimension by an attribute of its labels; `order` is present even where nothing is."""
    attributes = array[f"{dimension}_{attribute}"].values.astype(str)
    labels = list(order) + sorted({str(label) for label in attributes} - set(order))
    member = xr.DataArray(
        (attributes[None, :] == np.array(labels, dtype=str)[:, None]).astype(float),
        dims=(attribute, dimension),
        coords={attribute: labels, dimension: array[dimension].values},
    )
    summed: xr.DataArray = xr.dot(member, array.fillna(0.0), dim=dimension)
    return summed


def where_attribute(
    array: xr.DataArray, dimension: str, attribute: str, *wanted: str
) -> xr.DataArray:
    """Keep the labels of a dimension whose attribute is one of those wanted."""
    attributes = array[f"{dimension}_{attribute}"].values.astype(str)
    return array.isel({dimension: np.isin(attributes, wanted)})


def energy_carriers(array: xr.DataArray, *carriers: str) -> xr.DataArray:
    """Keep the energy commodities of some carriers."""
    energy = where_attribute(array, "commodity", "kind", "energy")
    return where_attribute(energy, "commodity", "carrier", *carriers)


def reached(array: xr.DataArray, dimension: str, *labels: str) -> xr.DataArray:
    """Keep the labels that exist among those named; none need exist."""
    there = set(array[dimension].values.astype(str))
    return array.sel({dimension: [label for label in labels if label in there]})


def coal_equivalent(results: Results) -> xr.DataArray:
    """Coal equivalent of primary and imported electricity by period, Mtce per PJ; NaN if none."""
    if "kappa" not in results.dataset:
        return xr.full_like(results.dataset["period"], np.nan, dtype=float)
    kappa = results["kappa"]
    unit = str(kappa.attrs.get("unit", "Mtce/TWh"))
    return kappa * (convert(1.0, unit, "PJ/PJ") / PJ_PER_MTCE)


def driver(results: Results, name: str) -> xr.DataArray:
    """Return one driver by period; NaN where the dataset has no such driver."""
    dataset = results.dataset
    if "driver_value" not in dataset or name not in dataset["driver"].values.astype(str):
        return xr.full_like(dataset["period"], np.nan, dtype=float).rename(name)
    return results["driver_value"].sel(driver=name, drop=True)


def activity_of_year(results: Results) -> xr.DataArray:
    """Return what each technology does in a year, all regions, vintages, modes and slices."""
    activity = results["activity"]
    technologies = results.dataset["technology"].values.astype(str)
    periods = np.array(results.periods)
    places = {name: at for at, name in enumerate(technologies)}
    rows = np.array(
        [places[name] for name in activity["technology_"].values.astype(str)], dtype=int
    )
    columns = np.searchsorted(periods, activity["period_"].values.astype(int))
    cells = rows * len(periods) + columns
    size = len(technologies) * len(periods)
    summed = np.bincount(cells, weights=activity.values, minlength=size)
    return xr.DataArray(
        summed.reshape(len(technologies), len(periods)),
        dims=("technology", "period"),
        coords={"technology": technologies, "period": periods},
    )


def ratio(part: xr.DataArray, of: xr.DataArray) -> xr.DataArray:
    """Divide; where there is nothing to divide by there is no ratio."""
    return part / of.where(of != 0.0)


def years(results: Results) -> xr.DataArray:
    """How many years each period stands for."""
    return results.dataset["years"]


def base_year(results: Results) -> int:
    """The base year: the first period, fixed to statistics."""
    return results.periods[0]
