"""What the areas do: final energy, service technologies, drivers of demand."""

from collections.abc import Mapping

import numpy as np
import xarray as xr

from carbonpath.accounts.declare import indicator
from carbonpath.accounts.grouping import AREAS, by_attribute, driver, ratio, where_attribute, whole
from carbonpath.results.results import Results

CARRIERS = ("coal", "oil", "gas", "electricity", "heat", "hydrogen", "biomass", "waste")


@indicator(unit="bn CNY_2020", zh="地区生产总值（2020年价）", en="GDP", iamc="GDP|Real")
def gdp(results: Results) -> xr.DataArray:
    """Gross domestic product at constant prices."""
    return driver(results, "gdp")


@indicator(unit="million persons", zh="常住人口", en="Population", iamc="Population")
def population(results: Results) -> xr.DataArray:
    """Resident population."""
    return driver(results, "population")


@indicator(unit="PJ", zh="分领域分品种终端能源消费", en="Final energy by area and carrier")
def final_energy_by_area_and_carrier(results: Results) -> xr.DataArray:
    """Commercial energy used by end uses, calorific, without feedstock; cars are in transport."""
    by_carrier = by_attribute(whole(results, "final_energy"), "commodity", "carrier", CARRIERS)
    return by_attribute(by_carrier.sel(carrier=list(CARRIERS)), "technology", "sector", AREAS)


@indicator(unit="PJ", zh="分领域终端能源消费", en="Final energy by area", iamc="Final Energy")
def final_energy_by_area(results: Results) -> xr.DataArray:
    """Final energy of each area over all carriers, calorific."""
    return final_energy_by_area_and_carrier(results).sum("carrier")


@indicator(unit="PJ", zh="分品种终端能源消费", en="Final energy by carrier")
def final_energy_by_carrier(results: Results) -> xr.DataArray:
    """Final energy of each carrier over all areas, calorific."""
    return final_energy_by_area_and_carrier(results).sum("sector")


@indicator(unit="PJ", zh="分领域终端能源消费（统计口径）", en="Final energy, statistical layout")
def final_energy_statistical(results: Results) -> xr.DataArray:
    """Final energy by area as in the balance table: private cars' fuel outside transport.

    statistics.csv gives the moved fuel of the base year (series car_fuel_moved, by area, PJ); in
    other years it follows the final energy of transport.
    """
    energy = final_energy_by_area(results)
    table = results.tables.get("statistics")
    moved = xr.zeros_like(energy)
    if table is None or not len(table):
        return energy
    transport = energy.sel(sector="transport", drop=True)
    change = ratio(transport, transport.isel(period=0, drop=True))
    for row in table[table["series"] == "car_fuel_moved"].to_dict("records"):
        moved.loc[{"sector": row["key"]}] = float(row["value"]) * change
    moved.loc[{"sector": "transport"}] = -moved.sum("sector")
    return energy + moved


@indicator(unit="PJ", zh="分领域原料用能", en="Feedstock by area")
def feedstock_by_area(results: Results) -> xr.DataArray:
    """Energy products used as material, calorific."""
    return by_attribute(
        whole(results, "feedstock_use").sum("commodity"), "technology", "sector", AREAS
    )


@indicator(unit="1", zh="分领域电气化率", en="Electrification by area")
def electrification_by_area(results: Results) -> xr.DataArray:
    """Electricity in the final energy of each area, calorific."""
    energy = final_energy_by_area_and_carrier(results)
    return ratio(energy.sel(carrier="electricity", drop=True), energy.sum("carrier"))


@indicator(unit="1", zh="各服务的技术占比", en="Technology shares of each service")
def technology_share(results: Results) -> xr.DataArray:
    """Share of each end-use technology in the service it provides; 0 where it provides none."""
    services = where_attribute(whole(results, "output"), "commodity", "kind", "service", "material")
    made = where_attribute(services, "technology", "role", "end_use").fillna(0.0).clip(min=0.0)
    return ratio(made, made.sum("technology")).fillna(0.0)


@indicator(unit="own unit", zh="服务需求", en="Services provided")
def services(results: Results) -> xr.DataArray:
    """What is provided of each service or material, in the commodity's own unit."""
    made = where_attribute(whole(results, "output"), "commodity", "kind", "service", "material")
    return where_attribute(made, "technology", "role", "end_use").sum("technology")


@indicator(unit="million vehicles", zh="车辆保有量", en="Vehicles")
def vehicles(results: Results) -> xr.DataArray:
    """Vehicles on the road by technology."""
    stock = whole(results, "total_capacity")
    return where_attribute(stock, "technology", "capacity_unit", "million vehicles")


def main_carriers(results: Results) -> dict[str, str]:
    """The carrier of which each technology uses most over the horizon, fuel and feedstock.

    A technology that takes no energy itself, such as an electric car behind its charger, has the
    carrier of the technology that makes what it takes.
    """
    energy = whole(results, "fuel_use").fillna(0.0) + whole(results, "feedstock_use").fillna(0.0)
    used = by_attribute(energy.sum("period"), "commodity", "carrier")
    named = used.sel(carrier=[c for c in used["carrier"].values if c])
    if not named.sizes["carrier"]:
        return {}
    most = named["carrier"].values[named.transpose("technology", "carrier").values.argmax(axis=1)]
    some = (named.sum("carrier") > 0.0).values
    pairs = zip(named["technology"].values, most, some, strict=True)
    own = {str(technology): str(carrier) for technology, carrier, there in pairs if there}
    return own | carriers_behind(results, own)


def carriers_behind(results: Results, own: Mapping[str, str]) -> dict[str, str]:
    """The carriers of technologies without one of their own, by who makes what they take most."""
    if not {"use", "output"} <= set(results.dataset):
        return {}
    taken, made = (whole(results, name).sum("period").fillna(0.0) for name in ("use", "output"))
    names = taken["technology"].values.astype(str)
    found: dict[str, str] = {}
    for technology in (str(name) for name in names if name not in own):
        line = taken.sel(technology=technology).values
        if line.size and line.max() > 0.0:
            commodity = taken["commodity"].values[line.argmax()]
            makers = (
                made.sel(commodity=commodity) if commodity in made["commodity"].values else None
            )
            if makers is not None and float(makers.max()) > 0.0:
                maker = str(makers["technology"].values[makers.values.argmax()])
                found |= {technology: own[maker]} if maker in own else {}
    return found


def makers(results: Results, area: str) -> dict[str, list[str]]:
    """Services of an area and the technologies that provide each of them, by first appearance."""
    shares = technology_share(results)
    mine = shares.isel(technology=shares["technology_sector"].values.astype(str) == area)
    used = mine.max("period")
    return {
        str(service): [str(t) for t in mine["technology"].values[np.flatnonzero(column > 0.0)]]
        for service, column in zip(mine["commodity"].values, used.values.T, strict=True)
        if (column > 0.0).any()
    }
