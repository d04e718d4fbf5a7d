"""The energy balance in the layout of the Chinese statistics, calorific and coal equivalent apart.

Rows: what is available, transformation (inputs negative, outputs positive), losses, final use by
area, and the difference that is left. Combined heat and power: the statistics book as fuel of heat
supply as much energy as there is heat; the rest is fuel of power generation.
"""

import numpy as np
import xarray as xr

from carbonpath.accounts.declare import indicator
from carbonpath.accounts.grouping import (
    AREAS,
    by_attribute,
    coal_equivalent,
    where_attribute,
    whole,
)
from carbonpath.accounts.statutory import PRIMARY_ELECTRICITY
from carbonpath.results.results import Results
from carbonpath.spec.units import PJ_PER_MTCE

SUPPLY = ("production", "net_inflow")
TRANSFORMATION = ("thermal_power", "heat_supply", "conversion", "storage")
USES = tuple(f"final_{area}" for area in AREAS)
GROWN = ("biomass", "waste", "noncommercial")
"""Carriers that the province supplies itself."""
ROWS = (*SUPPLY, *TRANSFORMATION, "losses", *USES, "feedstock", "difference")


def net_by_carrier(results: Results) -> xr.DataArray:
    """What each technology adds to each carrier, less what it takes, PJ."""
    net = whole(results, "output").fillna(0.0) - whole(results, "use").fillna(0.0)
    energy = where_attribute(net, "commodity", "kind", "energy")
    return by_attribute(energy, "commodity", "carrier")


def of_role(net: xr.DataArray, *roles: str) -> xr.DataArray:
    """Sum the technologies of some roles."""
    return where_attribute(net, "technology", "role", *roles).sum("technology")


def split_heat_supply(net: xr.DataArray) -> tuple[xr.DataArray, xr.DataArray]:
    """Divide plants' fuel and products into power generation and heat supply.

    Fuel equal to the heat made (at most all fuel) is fuel of heat supply.
    """
    plants = where_attribute(net, "technology", "role", "generation")
    fossil = plants.isel(
        technology=~np.isin(plants["technology_primary"].values.astype(str), PRIMARY_ELECTRICITY)
    )
    carriers = [str(c) for c in fossil["carrier"].values]
    heat = fossil.sel(carrier="heat") if "heat" in carriers else fossil.isel(carrier=0) * 0.0
    heat = heat.drop_vars("carrier").clip(min=0.0)
    fuel = fossil.clip(max=0.0)
    burnt = -fuel.sum("carrier")
    share = (heat / burnt.where(burnt > 0.0)).clip(max=1.0).fillna(0.0)
    supply = fuel * share
    if "heat" in carriers:
        supply = supply + fossil.clip(min=0.0).where(fossil["carrier"] == "heat", 0.0)
    return (fossil - supply).sum("technology"), supply.sum("technology")


def available(results: Results, net: xr.DataArray) -> dict[str, xr.DataArray]:
    """Production in the province and net inflow; fuels other than biomass and waste flow in."""
    primary = net["technology_primary"].values.astype(str)
    role = net["technology_role"].values.astype(str)
    plants = np.isin(role, ["generation"]) & np.isin(primary, PRIMARY_ELECTRICITY)
    brought = np.isin(role, ["supply", "import_line", "export_line", "sink"])
    grown = np.isin(net["carrier"].values.astype(str), GROWN)
    supplied = net.isel(technology=brought).sum("technology")
    local = xr.DataArray(grown, dims="carrier", coords={"carrier": net["carrier"].values})
    made = net.isel(technology=plants).sum("technology")
    return {
        "production": made + supplied.where(local, 0.0),
        "net_inflow": supplied.where(~local, 0.0),
    }


@indicator(unit="PJ", zh="能源平衡表（当量值）", en="Energy balance (calorific)")
def energy_balance(results: Results) -> xr.DataArray:
    """The balance table by carrier at calorific value; uses and losses are positive."""
    net = net_by_carrier(results)
    rows = available(results, net)
    rows["thermal_power"], rows["heat_supply"] = split_heat_supply(net)
    rows["conversion"] = of_role(net, "conversion", "capture")
    rows["storage"] = of_role(net, "storage")
    rows["losses"] = -of_role(net, "network")
    final = by_attribute(whole(results, "final_energy"), "commodity", "carrier")
    by_area = by_attribute(final, "technology", "sector", AREAS)
    for area in AREAS:
        rows[f"final_{area}"] = by_area.sel(sector=area, drop=True)
    rows["feedstock"] = by_attribute(
        whole(results, "feedstock_use").sum("technology"), "commodity", "carrier"
    )
    carriers = net["carrier"].values
    aligned = {name: row.reindex(carrier=carriers, fill_value=0.0) for name, row in rows.items()}
    supplied = stacked(aligned, (*SUPPLY, *TRANSFORMATION)).sum("balance_row")
    taken = stacked(aligned, ("losses", *USES, "feedstock")).sum("balance_row")
    aligned["difference"] = supplied - taken
    return stacked(aligned, ROWS).sel(carrier=[c for c in carriers if c])


def stacked(rows: dict[str, xr.DataArray], names: tuple[str, ...]) -> xr.DataArray:
    """Put rows of the table one below the other."""
    table = xr.concat([rows[name] for name in names], dim="balance_row")
    return table.assign_coords(balance_row=list(names))


@indicator(unit="Mtce", zh="能源平衡表（等价值）", en="Energy balance (coal equivalent)")
def energy_balance_coal_equivalent(results: Results) -> xr.DataArray:
    """The balance table with electricity at the coal rate of the year; other carriers calorific.

    Transformation then has no loss in power generation: that is what the convention does.
    """
    calorific = energy_balance(results)
    electricity = calorific["carrier"] == "electricity"
    return (calorific * coal_equivalent(results)).where(electricity, calorific / PJ_PER_MTCE)
