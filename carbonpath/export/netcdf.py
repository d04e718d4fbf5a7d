"""A result as one self-describing NetCDF file with the attributes of the CF conventions.

`units` repeats our `unit`. Money and coal equivalent have no unit that UDUNITS knows; they are
written as they are, so that the file claims the attributes of CF, not its list of units.
"""

import json

import xarray as xr

from carbonpath.results.results import Results
from carbonpath.results.store import to_netcdf
from carbonpath.version import VERSION

TOLD = ("id", "title", "status", "solved_at", "inputs_hash", "options", "versions")
CONVENTIONS = "CF-1.11"
DIMENSIONLESS = "1"
PERIOD = {"long_name": "Period: the years since the period before it", "units": "year"}


def file(results: Results) -> bytes:
    """Return the dataset with what the manifest says about its making."""
    made = {name: results.manifest[name] for name in TOLD if name in results.manifest}
    title = results.manifest.get("title") or results.id
    solved = str(results.manifest.get("solved_at", ""))
    described = results.dataset.assign_attrs(
        Conventions=CONVENTIONS,
        title=title if isinstance(title, str) else str(title.get("en") or title.get("zh") or ""),
        source=f"carbonpath {VERSION}",
        history=f"{solved} solved by carbonpath {VERSION}".strip(),
        scenario=results.id,
        manifest=json.dumps(made, ensure_ascii=False, sort_keys=True),
    )
    return to_netcdf(with_units(described))


def with_units(dataset: xr.Dataset) -> xr.Dataset:
    """Return a dataset whose numbers have the attribute `units` beside our `unit`."""
    named = dataset.copy()
    for name, array in dataset.data_vars.items():
        if array.dtype.kind in "fiu":
            units = str(array.attrs.get("unit") or DIMENSIONLESS)
            named[name] = array.assign_attrs(units=units)
    if "period" in named.coords:
        named["period"] = named["period"].assign_attrs(PERIOD)
    return named
