"""Carbon dioxide and other emissions: by area, by scope, by source, with electricity allocated."""

import xarray as xr

from carbonpath.accounts.declare import indicator
from carbonpath.accounts.grouping import (
    AREAS,
    by_attribute,
    energy_carriers,
    ratio,
    reached,
    where_attribute,
    whole,
    years,
)
from carbonpath.accounts.statutory import joined
from carbonpath.results.results import Results

DIRECT = ("co2", "co2_process")
"""What C1 counts at the place of emission: fuel burnt and industrial processes."""
SCOPES = {
    "C0": "co2_c0",
    "C1": "co2_c1",
    "territorial_C0": "co2_territorial_c0",
    "territorial_C1": "co2_territorial_c1",
}
OWN_SERIES = (*DIRECT, "co2_feedstock", "co2_import")


@indicator(unit="Mt", zh="分领域直接二氧化碳排放", en="Direct CO2 by area")
def co2_by_area(results: Results) -> xr.DataArray:
    """CO2 of fuel and processes at the place of emission; power plants are in the energy area."""
    direct = reached(whole(results, "emissions"), "commodity", *DIRECT).sum("commodity")
    return by_attribute(direct, "technology", "sector", AREAS)


@indicator(unit="Mt", zh="二氧化碳排放总量（分口径）", en="CO2 by scope")
def co2_by_scope(results: Results) -> xr.DataArray:
    """CO2 of the province in each scope, with and without net imported electricity, and parts."""
    parts = {
        "energy": whole(results, "co2_energy"),
        "process": whole(results, "co2_process_total"),
        "feedstock": whole(results, "co2_feedstock_total"),
        "net_imports": whole(results, "co2_imported"),
    }
    beside = xr.concat(list(parts.values()), dim="scope").assign_coords(scope=list(parts))
    return xr.concat([joined(results, SCOPES, "scope"), beside], dim="scope")


@indicator(unit="Mt", zh="分领域二氧化碳（含电力分摊）", en="CO2 by area, electricity allocated")
def co2_with_electricity(results: Results) -> xr.DataArray:
    """Direct CO2 of each area with the CO2 of generation and net imports by electricity used.

    Formed after the solve: the mean factor of the province's electricity in each year times the
    electricity of the area. The energy area keeps what is not power generation. The sum is C1.
    Where no end use takes electricity, nothing is moved.
    """
    direct = co2_by_area(results)
    emissions = reached(whole(results, "emissions"), "commodity", *DIRECT).sum("commodity")
    plants = where_attribute(emissions, "technology", "role", "generation")
    generation = by_attribute(plants, "technology", "sector", direct["sector"].values)
    final = energy_carriers(whole(results, "final_energy"), "electricity").sum("commodity")
    used = by_attribute(final, "technology", "sector", direct["sector"].values)
    share = ratio(used, used.sum("sector"))
    carbon = generation.sum("sector") + whole(results, "co2_imported").fillna(0.0)
    return direct + (share * carbon - generation).where(used.sum("sector") > 0.0, 0.0)


@indicator(unit="Mt", zh="累计二氧化碳排放（C1）", en="Cumulative CO2 (C1)")
def co2_cumulative(results: Results) -> xr.DataArray:
    """CO2 (C1, with net imports) summed over the years since the base year, base year included."""
    return (whole(results, "co2_c1") * years(results)).cumsum("period")


def ledger(results: Results, *, carbon: bool) -> xr.DataArray:
    """Emission commodities beside the assessed CO2: accounts of carbon, or everything else."""
    emissions = where_attribute(whole(results, "emissions"), "commodity", "kind", "emission")
    names = [str(name) for name in emissions["commodity"].values]
    kept = [n for n in names if n not in OWN_SERIES and n.startswith("co2") == carbon]
    return emissions.sel(commodity=kept).sum("technology")


@indicator(unit="Mt", zh="其他排放物", en="Other emissions")
def emissions_other(results: Results) -> xr.DataArray:
    """Emissions other than CO2, each in its own mass."""
    return ledger(results, carbon=False)


@indicator(unit="Mt", zh="二氧化碳备查项", en="CO2 accounts beside the total")
def co2_memo(results: Results) -> xr.DataArray:
    """CO2 kept in accounts of its own: sinks, CO2 under the carbon market. Never netted."""
    return ledger(results, carbon=True)


@indicator(unit="Mt", zh="国家单列项目二氧化碳", en="CO2 of state-listed projects")
def co2_state_listed(results: Results) -> xr.DataArray:
    """Direct CO2 of projects that the state accounts separately."""
    direct = reached(whole(results, "emissions"), "commodity", *DIRECT).sum("commodity")
    if "technology_state_listed" not in direct.coords:
        return direct.sum("technology") * 0.0
    return where_attribute(direct, "technology", "state_listed", "yes", "True").sum("technology")
