"""The IAMC variables: name, unit, and the accounts each is made of.

Primary energy counts nuclear, hydro, wind and solar at their electricity output (direct
equivalent); electricity from and to other provinces is trade. The construction area is split as
IAMC has it: public and commercial buildings are Commercial, building sites are Industry. Final
energy leaves out feedstock and what households gather. Costs are those of a typical year, without
penalties, investment as annuities at the social rate of discount. `Price|Carbon` is no marginal
cost in years in which a target on CO2 is missed; `Price|Carbon|Missed Target Penalty` says how much
of it is that target's penalty.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import xarray as xr

from carbonpath.accounts import activity, power, prices, statutory
from carbonpath.accounts.grouping import where_attribute, whole
from carbonpath.export.selection import (
    AREAS,
    FORMS,
    PLANTS,
    STORES,
    burnt,
    electric_vehicles,
    final_energy,
    of_area,
    of_other_plants,
    of_plants,
    of_technologies,
)
from carbonpath.results.results import Results
from carbonpath.spec.units import PJ_PER_TWH

Values = Callable[[Results], xr.DataArray]
EJ, GW, MT, MT_CO2, MTCE = "EJ/yr", "GW", "Mt/yr", "Mt CO2/yr", "Mtce/yr"
MONEY = "billion CNY_2020/yr"
EJ_PER_PJ, EJ_PER_TWH, PERCENT = 1e-3, PJ_PER_TWH * 1e-3, 100.0


@dataclass(frozen=True)
class Variable:
    """One row of an IAMC table; `values` are over periods."""

    name: str
    unit: str
    values: Values


def variables() -> tuple[Variable, ...]:
    """Every variable, in the order of the table."""
    energy = (primary, final, electricity, capacity, assessed_energy)
    parts = (emissions, *energy, assessed_carbon, economy)
    return tuple(Variable(*row) for part in parts for row in part())


Rows = Iterator[tuple[str, str, Values]]


def total(name: str, results: Results, *, factor: float = 1.0) -> xr.DataArray:
    """Sum an array of the result over all but the periods."""
    return factor * of_technologies(results[name])


def emissions() -> Rows:
    """Carbon dioxide by source, and the account of imported electricity."""
    name = "Emissions|CO2|Energy"

    def territory(results: Results) -> xr.DataArray:
        return whole(results, "co2_energy") + whole(results, "co2_process_total")

    def demand(results: Results) -> xr.DataArray:
        return of_technologies(xr.concat([area_fuel(area, results) for area in AREAS], dim="area"))

    def supply(results: Results) -> xr.DataArray:
        return of_technologies(where_attribute(burnt(results), "technology", "sector", "energy"))

    def area_fuel(area: str, results: Results) -> xr.DataArray:
        return of_area(burnt(results), area)

    yield name, MT_CO2, partial(total, "co2_energy")
    yield f"{name}|Supply", MT_CO2, supply
    yield f"{name}|Demand", MT_CO2, demand
    for area in AREAS:
        yield f"{name}|Demand|{area}", MT_CO2, partial(area_fuel, area)
    yield "Emissions|CO2|Industrial Processes", MT_CO2, partial(total, "co2_process_total")
    yield f"{name} and Industrial Processes", MT_CO2, territory
    yield "Emissions|CO2|Indirect|Net Electricity Imports", MT_CO2, partial(total, "co2_imported")


def primary() -> Rows:
    """Primary energy, direct equivalent."""
    sources = ("coal", "oil", "gas", "nuclear", "hydro", "wind", "solar", "biomass")

    def everything(results: Results) -> xr.DataArray:
        return EJ_PER_PJ * statutory.energy_direct(results).sum("fuel")

    def of_source(source: str, results: Results) -> xr.DataArray:
        return EJ_PER_PJ * statutory.energy_direct(results).sel(fuel=source, drop=True)

    yield "Primary Energy", EJ, everything
    for source in sources:
        yield f"Primary Energy|{source.title()}", EJ, partial(of_source, source)


def final() -> Rows:
    """Final energy without feedstock, by area and by form."""

    def everything(results: Results) -> xr.DataArray:
        return EJ_PER_PJ * of_technologies(final_energy(results))

    def in_area(area: str, results: Results) -> xr.DataArray:
        return EJ_PER_PJ * of_area(final_energy(results), area)

    def in_form(form: str, results: Results) -> xr.DataArray:
        return EJ_PER_PJ * of_technologies(final_energy(results, form))

    yield "Final Energy", EJ, everything
    for area in AREAS:
        yield f"Final Energy|{area}", EJ, partial(in_area, area)
    for form in FORMS:
        yield f"Final Energy|{form}", EJ, partial(in_form, form)


def electricity() -> Rows:
    """Electricity made in the province, by source, and brought from other provinces."""
    name = "Secondary Energy|Electricity"

    def made(patterns: tuple[str, ...], results: Results) -> xr.DataArray:
        plants = of_plants(power.electricity_made(results), patterns, "generation")
        return EJ_PER_TWH * plants

    def other(results: Results) -> xr.DataArray:
        return EJ_PER_TWH * of_other_plants(power.electricity_made(results), "generation")

    yield name, EJ, partial(made, ("*",))
    for source, patterns in PLANTS.items():
        yield f"{name}|{source}", EJ, partial(made, patterns)
    yield f"{name}|Other", EJ, other
    imports = partial(total, "net_imported_electricity", factor=EJ_PER_PJ)
    yield f"{name}|Net Imports", EJ, imports


def capacity() -> Rows:
    """Power plants, storage by its discharge, and the highest load of all peak situations."""
    name = "Capacity|Electricity"

    def standing(patterns: tuple[str, ...], results: Results) -> xr.DataArray:
        plants = power.power_capacity(results, "total_capacity")
        return of_plants(plants, patterns, "generation", "storage")

    def other(results: Results) -> xr.DataArray:
        plants = power.power_capacity(results, "total_capacity")
        return of_other_plants(plants, "generation", "storage")

    def highest_load(results: Results) -> xr.DataArray:
        load = whole(results, "peak_load")
        return load.max("situation") if load.size else load.sum("situation")

    yield name, GW, partial(standing, ("*",))
    for source, patterns in {**PLANTS, **STORES}.items():
        yield f"{name}|{source}", GW, partial(standing, patterns)
    yield f"{name}|Other", GW, other
    yield "Peak Load|Electricity", GW, highest_load


def assessed_energy() -> Rows:
    """The energy accounts of the provincial assessment, each under its regime."""
    regimes = {"R0": "R0", "R1 Total": "R1_total", "R1 Intensity": "R1_intensity", "R2": "R2"}

    def energy(regime: str, results: Results) -> xr.DataArray:
        return statutory.energy_consumption(results).sel(regime=regime, drop=True)

    def intensity(regime: str, results: Results) -> xr.DataArray:
        return statutory.energy_intensity(results).sel(regime=regime, drop=True)

    def share(results: Results) -> xr.DataArray:
        return PERCENT * statutory.non_fossil_share(results)

    for title, regime in regimes.items():
        yield f"Statutory|Energy Consumption|{title}", MTCE, partial(energy, regime)
    yield "Statutory|Non-Fossil Share", "%", share
    yield "Statutory|Coal Consumption", MT, partial(total, "coal_consumption")
    yield "Statutory|Oil Consumption", MT, partial(total, "oil_consumption")
    for title in ("R0", "R1 Intensity", "R2"):
        values = partial(intensity, regimes[title])
        yield f"Statutory|Energy Intensity|{title}", "tce/10^4 CNY_2020", values


def assessed_carbon() -> Rows:
    """The carbon accounts of the provincial assessment, each in its scope."""

    def intensity(scope: str, results: Results) -> xr.DataArray:
        return statutory.carbon_intensity(results).sel(scope=scope, drop=True)

    for scope in ("C0", "C1"):
        yield f"Statutory|CO2|{scope}", MT_CO2, partial(total, f"co2_{scope.lower()}")
    for scope in ("C0", "C1"):
        values = partial(intensity, scope)
        yield f"Statutory|Carbon Intensity|{scope}", "t CO2/10^4 CNY_2020", values


def economy() -> Rows:
    """Drivers, the cost of a typical year by part, the carbon price, electric vehicles."""
    parts = {
        "Investment": "social_investment_payment",
        "Fixed": "fixed_payment",
        "Variable": "variable_payment",
        "Emissions": "emission_payment",
    }

    def whole_cost(results: Results) -> xr.DataArray:
        return sum((total(part, results) for part in parts.values()), start=xr.DataArray(0.0))

    yield "GDP|Real", MONEY, activity.gdp
    yield "Population", "million", activity.population
    yield "Cost|Total", MONEY, whole_cost
    for title, part in parts.items():
        yield f"Cost|{title}", MONEY, partial(total, part)
    yield "Price|Carbon", "CNY_2020/t CO2", prices.carbon_price
    yield "Price|Carbon|Missed Target Penalty", "CNY_2020/t CO2", prices.carbon_penalty
    yield "Stock|Electric Vehicles", "million", electric_vehicles
