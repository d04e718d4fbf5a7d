"""The power system: capacity, generation, additions, trade, dispatch, adequacy."""

import xarray as xr

from carbonpath.accounts.declare import indicator
from carbonpath.accounts.grouping import (
    by_attribute,
    energy_carriers,
    ratio,
    where_attribute,
    whole,
)
from carbonpath.results.results import Results
from carbonpath.spec.units import PJ_PER_GW_YEAR, PJ_PER_TWH

ON_THE_BUS = ("generation", "storage", "import_line", "export_line")
USERS = ("end_use", "conversion", "capture")
FOSSIL_FREE = ("nuclear", "hydro", "wind", "solar", "geothermal", "biomass", "waste")


def electricity_made(results: Results) -> xr.DataArray:
    """Electricity each technology makes in a year, TWh."""
    made = energy_carriers(whole(results, "output"), "electricity").sum("commodity")
    return made / PJ_PER_TWH


def power_capacity(results: Results, name: str) -> xr.DataArray:
    """Capacity of generation and storage in GW, of an array over technology and period."""
    capacity = where_attribute(whole(results, name), "technology", "role", "generation", "storage")
    return where_attribute(capacity, "technology", "capacity_unit", "GW")


@indicator(unit="GW", zh="电力装机容量", en="Power capacity", iamc="Capacity|Electricity")
def capacity_by_type(results: Results) -> xr.DataArray:
    """Standing capacity of power plants and storage by group, at the end of the period."""
    return by_attribute(power_capacity(results, "total_capacity"), "technology", "group")


@indicator(unit="GW", zh="电源装机总量（不含电池）", en="Generating capacity without batteries")
def capacity_total(results: Results) -> xr.DataArray:
    """Standing capacity of power plants and pumped storage."""
    capacity = capacity_by_type(results)
    kept = [group for group in capacity["group"].values if "battery" not in str(group)]
    return capacity.sel(group=kept).sum("group")


@indicator(unit="GW/yr", zh="年均新增电力装机", en="Power capacity added per year")
def additions_by_type(results: Results) -> xr.DataArray:
    """Capacity added per year, on average over the years of each period, by group."""
    return by_attribute(power_capacity(results, "added_capacity"), "technology", "group")


@indicator(unit="GW/yr", zh="年均退役电力装机", en="Power capacity retired per year")
def retirements_by_type(results: Results) -> xr.DataArray:
    """Capacity leaving service per year, on average over the years of each period, by group."""
    return by_attribute(power_capacity(results, "withdrawn_capacity"), "technology", "group")


@indicator(unit="TWh", zh="省内发电量", en="Generation in the province")
def generation_by_type(results: Results) -> xr.DataArray:
    """Electricity generated in the province by group of plants."""
    power = where_attribute(electricity_made(results), "technology", "role", "generation")
    return by_attribute(power, "technology", "group")


@indicator(
    unit="TWh", zh="省内总发电量", en="Total generation", iamc="Secondary Energy|Electricity"
)
def generation_total(results: Results) -> xr.DataArray:
    """Electricity generated in the province."""
    return generation_by_type(results).sum("group")


@indicator(unit="TWh", zh="分通道外来电", en="Electricity by import and export line")
def imports_by_line(results: Results) -> xr.DataArray:
    """Electricity over each line: in positive, out negative."""
    made = where_attribute(electricity_made(results), "technology", "role", "import_line")
    taken = energy_carriers(whole(results, "use"), "electricity").sum("commodity") / PJ_PER_TWH
    sent = where_attribute(taken, "technology", "role", "export_line")
    return xr.concat([made, -sent], dim="technology")


@indicator(unit="TWh", zh="净外来电", en="Net imported electricity")
def net_imported_electricity(results: Results) -> xr.DataArray:
    """Electricity received over all lines, less electricity sent."""
    return whole(results, "net_imported_electricity") / PJ_PER_TWH


@indicator(unit="TWh", zh="全社会用电量", en="Electricity consumption (whole society)")
def electricity_consumption(results: Results) -> xr.DataArray:
    """Electricity consumed in the province, grid losses included."""
    return whole(results, "electricity_consumption") / PJ_PER_TWH


@indicator(unit="1", zh="煤电占省内发电比重", en="Coal in generation")
def coal_power_share(results: Results) -> xr.DataArray:
    """Electricity from coal over all generation in the province."""
    generation = generation_by_type(results)
    coal = [group for group in generation["group"].values if str(group).startswith("coal")]
    return ratio(generation.sel(group=coal).sum("group"), generation.sum("group"))


@indicator(unit="1", zh="非化石发电占省内发电比重", en="Non-fossil share of generation")
def non_fossil_power_share(results: Results) -> xr.DataArray:
    """Generation without fossil fuel over all generation in the province."""
    power = where_attribute(electricity_made(results), "technology", "role", "generation")
    clean = where_attribute(power, "technology", "primary", *FOSSIL_FREE).sum("technology")
    return ratio(clean, power.sum("technology"))


@indicator(unit="GW", zh="最大负荷", en="Peak load", iamc="Peak Load|Electricity")
def peak_load(results: Results) -> xr.DataArray:
    """Load in each peak situation."""
    return whole(results, "peak_load")


@indicator(unit="GW", zh="可靠容量", en="Firm capacity")
def firm_capacity(results: Results) -> xr.DataArray:
    """Capacity that can be counted on in each peak situation."""
    return whole(results, "firm_capacity")


@indicator(unit="1", zh="备用率", en="Reserve margin")
def reserve_margin_share(results: Results) -> xr.DataArray:
    """Firm capacity beyond the load, over the load, in each peak situation."""
    return ratio(firm_capacity(results), peak_load(results)) - 1.0


@indicator(unit="GW", zh="典型日运行", en="Dispatch")
def dispatch(results: Results) -> xr.DataArray:
    """Mean power of each group in each slice; charging and sending out are negative."""
    output = where_attribute(whole(results, "slice_output"), "technology", "role", *ON_THE_BUS)
    slices = output["time_slice_level"].values.astype(str) == "slice"
    power = by_attribute(output.isel(time_slice=slices), "technology", "group")
    return power / (power["time_slice_share"] * PJ_PER_GW_YEAR)


@indicator(unit="GW", zh="负荷", en="Load")
def load(results: Results) -> xr.DataArray:
    """Mean electricity taken by end uses in each slice, by area."""
    use = where_attribute(whole(results, "slice_use"), "technology", "role", *USERS)
    slices = use["time_slice_level"].values.astype(str) == "slice"
    power = by_attribute(use.isel(time_slice=slices), "technology", "sector")
    return power / (power["time_slice_share"] * PJ_PER_GW_YEAR)
