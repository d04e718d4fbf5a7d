"""Statutory indicators: ratios formed from the linear totals that the model limits and prices.

R0: energy total as in the statistics. R1 (2022): without feedstock; for total control also without
the increment of renewable electricity over the base year. R2 (2024): without feedstock and without
all non-fossil energy. C0: fuel and non-energy use. C1: fuel and industrial processes. Both with net
imported electricity. Base year and target year are always in the same regime.
"""

import xarray as xr

from carbonpath.accounts.declare import indicator
from carbonpath.accounts.grouping import (
    base_year,
    coal_equivalent,
    driver,
    energy_carriers,
    ratio,
    where_attribute,
    whole,
)
from carbonpath.results.results import Results
from carbonpath.spec.units import PJ_PER_MTCE, convert

REGIMES = {
    "R0": "energy_total",
    "R1_total": "energy_total_r1",
    "R1_intensity": "energy_total_r1_intensity",
    "R2": "energy_total_r2",
}
SCOPES = {"C0": "co2_c0", "C1": "co2_c1"}
PRIMARY_ELECTRICITY = ("nuclear", "hydro", "wind", "solar", "geothermal")
FUELS = ("coal", "oil", "gas")


def joined(results: Results, names: dict[str, str], dimension: str) -> xr.DataArray:
    """Put several totals beside each other along a new dimension."""
    arrays = [whole(results, name) for name in names.values()]
    return xr.concat(arrays, dim=dimension).assign_coords({dimension: list(names)})


@indicator(unit="Mtce", zh="能源消费总量（等价值）", en="Energy consumption (coal equivalent)")
def energy_consumption(results: Results) -> xr.DataArray:
    """Energy total of the province in each accounting regime."""
    return joined(results, REGIMES, "regime")


@indicator(unit="Mtce", zh="非化石能源消费量", en="Non-fossil energy")
def non_fossil_energy(results: Results) -> xr.DataArray:
    """Non-fossil energy consumed, with the non-fossil part of net imported electricity."""
    return whole(results, "non_fossil_energy")


@indicator(unit="1", zh="非化石能源占比", en="Non-fossil share", iamc="Statutory|Non-Fossil Share")
def non_fossil_share(results: Results) -> xr.DataArray:
    """Non-fossil energy over the unadjusted energy total (R0)."""
    return ratio(whole(results, "non_fossil_energy"), whole(results, "energy_total"))


@indicator(unit="tce/1e4 CNY_2020", zh="单位GDP能耗", en="Energy intensity")
def energy_intensity(results: Results) -> xr.DataArray:
    """Energy per GDP at constant prices, in each regime."""
    per_money = ratio(energy_consumption(results), driver(results, "gdp"))
    return per_money * convert(1.0, "Mtce/bn CNY_2020", "tce/1e4 CNY_2020")


@indicator(unit="t/1e4 CNY_2020", zh="单位GDP二氧化碳排放", en="Carbon intensity")
def carbon_intensity(results: Results) -> xr.DataArray:
    """CO2 with net imported electricity per GDP at constant prices, in each scope."""
    per_money = ratio(joined(results, SCOPES, "scope"), driver(results, "gdp"))
    return per_money * convert(1.0, "Mt/bn CNY_2020", "t/1e4 CNY_2020")


@indicator(unit="1", zh="单位GDP能耗较基年变化", en="Change of energy intensity on the base year")
def energy_intensity_change(results: Results) -> xr.DataArray:
    """Relative change on the base year, base and year in the same regime."""
    intensity = energy_intensity(results)
    return intensity / intensity.sel(period=base_year(results), drop=True) - 1.0


@indicator(
    unit="1", zh="单位GDP二氧化碳较基年变化", en="Change of carbon intensity on the base year"
)
def carbon_intensity_change(results: Results) -> xr.DataArray:
    """Relative change on the base year, base and year in the same scope."""
    intensity = carbon_intensity(results)
    return intensity / intensity.sel(period=base_year(results), drop=True) - 1.0


@indicator(unit="Mt", zh="煤炭消费量（实物量）", en="Coal consumption (physical)")
def coal_consumption(results: Results) -> xr.DataArray:
    """Coal consumed, physical tonnes."""
    return whole(results, "coal_consumption")


@indicator(unit="Mt", zh="石油消费量（实物量）", en="Oil consumption (physical)")
def oil_consumption(results: Results) -> xr.DataArray:
    """Oil consumed, physical tonnes."""
    return whole(results, "oil_consumption")


def primary_generation(results: Results) -> xr.DataArray:
    """Electricity from primary sources in the province by source, PJ."""
    made = energy_carriers(results["output"].sum("region"), "electricity").sum("commodity")
    power = where_attribute(made, "technology", "role", "generation")
    arrays = [
        where_attribute(power, "technology", "primary", source).sum("technology")
        for source in PRIMARY_ELECTRICITY
    ]
    return xr.concat(arrays, dim="fuel").assign_coords(fuel=list(PRIMARY_ELECTRICITY))


def fuel_energy(results: Results) -> xr.DataArray:
    """Coal, oil, gas and biomass at calorific value, Mtce."""
    names = {fuel: f"{fuel}_energy" for fuel in (*FUELS, "biomass")}
    return joined(results, names, "fuel")


@indicator(unit="Mtce", zh="一次能源消费结构（等价值）", en="Energy mix (coal equivalent)")
def energy_by_fuel(results: Results) -> xr.DataArray:
    """The energy total by source; primary and net imported electricity at the coal rate."""
    electricity = primary_generation(results)
    imports = whole(results, "net_imported_electricity").expand_dims(fuel=["net_imports"])
    equivalent = xr.concat([electricity, imports], dim="fuel") * coal_equivalent(results)
    return xr.concat([fuel_energy(results), equivalent], dim="fuel")


@indicator(
    unit="PJ", zh="一次能源（直接当量法）", en="Primary energy (direct equivalent)",
    iamc="Primary Energy",
)  # fmt: skip
def energy_direct(results: Results) -> xr.DataArray:
    """Primary energy with electricity at its own energy content; imports are trade, not primary."""
    fuels = fuel_energy(results) * PJ_PER_MTCE
    return xr.concat([fuels, primary_generation(results)], dim="fuel")


@indicator(unit="1", zh="能源消费结构占比（等价值）", en="Shares of the energy total")
def fuel_share(results: Results) -> xr.DataArray:
    """Each source's share of the energy total at coal equivalent."""
    mix = energy_by_fuel(results)
    return ratio(mix, mix.sum("fuel"))


@indicator(unit="1", zh="电能占终端能源消费比重（当量值）", en="Electrification")
def electrification_share(results: Results) -> xr.DataArray:
    """Electricity in final energy, both at calorific value."""
    return ratio(whole(results, "final_electricity"), whole(results, "final_energy_total"))


@indicator(unit="1", zh="能源自给率", en="Energy self-sufficiency")
def self_sufficiency_share(results: Results) -> xr.DataArray:
    """Primary electricity and biomass of the province over the energy total (R0).

    The province mines no coal, oil or gas of note; fossil fuels count as brought in.
    """
    own = primary_generation(results).sum("fuel") * coal_equivalent(results)
    return ratio(own + whole(results, "biomass_energy"), whole(results, "energy_total"))


@indicator(unit="1", zh="能源对外依存度", en="Import dependence")
def import_dependence_share(results: Results) -> xr.DataArray:
    """What is brought in from outside the province over the energy total (R0)."""
    return 1.0 - self_sufficiency_share(results)


@indicator(unit="1", zh="净外来电占全社会用电比重", en="Net imports in electricity consumption")
def electricity_import_share(results: Results) -> xr.DataArray:
    """Net imported electricity over the electricity consumed in the province."""
    imported = whole(results, "net_imported_electricity")
    return ratio(imported, whole(results, "electricity_consumption"))
