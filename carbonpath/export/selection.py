"""Sums over parts of a result as IAMC cuts them: areas, forms of energy, kinds of plant."""

from collections.abc import Mapping
from fnmatch import fnmatchcase

import numpy as np
import xarray as xr

from carbonpath.accounts.grouping import energy_carriers, where_attribute, whole
from carbonpath.results.results import Results

AREAS: Mapping[str, str] = {
    "Industry": "industry",
    "Transportation": "transport",
    "Residential": "residents",
    "Commercial": "construction",
    "AFOFI": "agriculture",
}
SITES = "building_site"
"""The technology group of energy used on building sites: in IAMC a part of industry."""
FORMS: Mapping[str, tuple[str, ...]] = {
    "Electricity": ("electricity",),
    "Gases": ("gas",),
    "Liquids": ("oil",),
    "Solids": ("coal", "biomass", "waste"),
    "Heat": ("heat",),
    "Hydrogen": ("hydrogen",),
}
"""Final energy by form: the carriers of each."""
PLANTS: Mapping[str, tuple[str, ...]] = {
    "Coal": ("coal*",),
    "Gas": ("gas*",),
    "Oil": ("oil*",),
    "Nuclear": ("nuclear*",),
    "Hydro": ("hydro*",),
    "Wind|Onshore": ("wind_onshore*",),
    "Wind|Offshore": ("wind_offshore*",),
    "Solar|PV": ("pv*", "solar*"),
    "Biomass": ("biomass*", "waste*"),
}
"""Power plants: technologies are named group first. Waste counts as biomass."""
ELECTRIC_VEHICLES = ("*_bev", "*_phev")
VEHICLES = "million vehicles"
STORES: Mapping[str, tuple[str, ...]] = {
    "Pumped Storage": ("pumped*",),
    "Storage|Battery": ("battery*",),
}


def of_technologies(array: xr.DataArray) -> xr.DataArray:
    """Sum what is left of a selection of technologies, by period."""
    return array.sum([name for name in array.dims if name != "period"])


def of_area(array: xr.DataArray, area: str) -> xr.DataArray:
    """Sum for an area as IAMC cuts it: building sites belong to industry."""
    series = of_technologies(where_attribute(array, "technology", "sector", AREAS[area]))
    sites = of_technologies(where_attribute(array, "technology", "group", SITES))
    return {"Industry": series + sites, "Commercial": series - sites}.get(area, series)


def of_plants(array: xr.DataArray, patterns: tuple[str, ...], *roles: str) -> xr.DataArray:
    """Sum over the technologies of some roles whose names follow a pattern."""
    there = where_attribute(array, "technology", "role", *roles)
    names = there["technology"].values.astype(str)
    named = [any(fnmatchcase(name, pattern) for pattern in patterns) for name in names]
    return of_technologies(there.isel(technology=np.array(named, dtype=bool)))


def of_other_plants(array: xr.DataArray, *roles: str) -> xr.DataArray:
    """Sum over the technologies of some roles that none of the patterns names."""
    known = tuple(
        pattern for kind in (PLANTS, STORES) for found in kind.values() for pattern in found
    )
    return of_plants(array, ("*",), *roles) - of_plants(array, known, *roles)


def electric_vehicles(results: Results) -> xr.DataArray:
    """Road vehicles that are charged from the grid, plug-in hybrids among them, million."""
    stock = where_attribute(
        whole(results, "total_capacity"), "technology", "capacity_unit", VEHICLES
    )
    return of_plants(stock, ELECTRIC_VEHICLES, "end_use")


def final_energy(results: Results, *forms: str) -> xr.DataArray:
    """Final energy by technology in some forms, PJ; all six together are all that is traded.

    Firewood and straw that households gather are left out, as the statistics leave them out.
    """
    carriers = [carrier for form in forms or FORMS for carrier in FORMS[form]]
    return energy_carriers(whole(results, "final_energy"), *carriers)


def burnt(results: Results) -> xr.DataArray:
    """Carbon dioxide of fuels by technology, Mt."""
    emissions = whole(results, "emissions")
    return emissions.sel(commodity=["co2"])
