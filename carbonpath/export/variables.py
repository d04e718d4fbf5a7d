"""The IAMC variables: name, unit, and the array of the result each is made of.

Primary energy counts nuclear, hydro, wind and solar at their electricity output (direct
equivalent); electricity from and to other provinces is trade. Construction is split as IAMC has
it: public and commercial buildings are Commercial, building sites are Industry.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import xarray as xr

from carbonpath.results.results import Results
from carbonpath.spec.units import PJ_PER_MTCE

Series = xr.DataArray
"""Values over region and period."""
EJ, GW, MT_CO2, MT, MTCE = "EJ/yr", "GW", "Mt CO2/yr", "Mt/yr", "Mtce/yr"
MONEY = "billion CNY_2020/yr"
PJ_PER_EJ = 1000.0
TEN_THOUSAND_TCE_PER_BILLION = 1000.0

SITES = "building_sites"
"""The technology group of energy used on building sites."""
AREAS: Mapping[str, tuple[str, ...]] = {
    "Industry": ("industry",),
    "Transportation": ("transport",),
    "Residential": ("residents",),
    "Commercial": ("construction",),
    "AFOFI": ("agriculture",),
}
SUPPLY = ("energy",)
FORMS: Mapping[str, tuple[str, ...]] = {
    "Electricity": ("electricity",),
    "Gases": ("gas",),
    "Liquids": ("oil",),
    "Solids": ("coal", "biomass", "waste"),
    "Heat": ("heat",),
    "Hydrogen": ("hydrogen",),
}
"""Final energy by form: the carriers of each."""
PRIMARY: Mapping[str, tuple[str, ...]] = {
    "Nuclear": ("nuclear",),
    "Hydro": ("hydro",),
    "Wind": ("wind",),
    "Solar": ("solar",),
}


@dataclass(frozen=True)
class Variable:
    """One row of an IAMC table."""

    name: str
    unit: str
    values: Callable[[Results], Series]


def total(results: Results, name: str, **only: tuple[str, ...]) -> Series:
    """Sum an array over all but region and period, for some technologies and commodities only.

    `sector`, `group`, `role` and `primary` choose technologies, `carrier` and `commodity`
    choose commodities.
    """
    array = results[name]
    for attribute, wanted in only.items():
        dimension = "commodity" if attribute in ("carrier", "commodity") else "technology"
        labels = array.coords.get(f"{dimension}_{attribute}", array[dimension])
        array = array.isel({dimension: labels.isin(wanted).values})
    return array.sum([name for name in array.dims if name not in ("region", "period")])


def of_sites(results: Results, name: str, **only: tuple[str, ...]) -> Series:
    """The same, for building sites alone."""
    return total(results, name, group=(SITES,), **only)


def of_area(results: Results, area: str, name: str, **only: tuple[str, ...]) -> Series:
    """The same, for an area as IAMC cuts it."""
    series = total(results, name, sector=AREAS[area], **only)
    if area == "Industry":
        return series + of_sites(results, name, **only)
    return series - of_sites(results, name, **only) if area == "Commercial" else series


def electricity_made(results: Results, **only: tuple[str, ...]) -> Series:
    """Electricity of the province's own plants, PJ."""
    return total(results, "output", role=("generation",), carrier=("electricity",), **only)
