"""The index sets on which rules exist, and the joins over which rules sum.

`index_sets` are the rows of variables, quantities and constraints. `joins` give for a key the
members of a sum, such as the technologies that make a commodity. Both are tables of codes.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from carbonpath.system.index import BALANCED, Existing, distinct, joined, once
from carbonpath.system.leaving import leaving
from carbonpath.system.order import neighbours, season_neighbours
from carbonpath.system.system import EnergySystem

Tables = Mapping[str, pd.DataFrame]
SLICE_ROLES = ("generation", "storage", "import_line", "export_line")
"""Roles whose electricity counts as supply of the bus; network technologies only pass it on."""


def index_sets(system: EnergySystem, exists: Existing) -> dict[str, pd.DataFrame]:
    """Return every index set by name; the columns are its letters, in order."""
    return {
        **_capacity_sets(system, exists),
        **_operation_sets(exists),
        **_commodity_sets(exists),
        **_flow_sets(exists),
        **_account_sets(system, exists),
        **_store_sets(exists),
    }


def _capacity_sets(system: EnergySystem, exists: Existing) -> dict[str, pd.DataFrame]:
    """Sets of what is built, stands and is withdrawn."""
    standing = standing_in(exists)
    built = distinct(exists.builds[[*"rtp"]])
    early = exists.technologies(retirement=("early",))
    closable = exists.capacities[exists.capacities["t"].isin(early)]
    fixed = exists.given("closing")
    return {
        "builds": exists.builds[[*"rtv"]],
        "unit_builds": joined(exists.builds, positive(exists.given("unit_size"))[[*"rtv"]])[
            [*"rtv"]
        ],
        "capacities": exists.capacities,
        "working_capacities": joined(
            exists.capacities, exists.given("capacity_to_activity")[["r", "t"]]
        ),
        "closable_capacities": closable,
        "lasting_capacities": joined(closable, fixed[fixed["value"] == 0][[*"rtvp"]]),
        "standing_technologies": standing,
        "built_technologies": built,
        "withdrawing_technologies": after(system, standing),
        "leaving_vintages": leaving(exists),
        "changing_builds": distinct(pd.concat([built, after(system, built)])),
        "bounded_builds": joined(built, exists.given("build_rate")[[*"rtp"]]),
        "committed_builds": joined(built, positive(exists.given("build_floor"))[[*"rtp"]]),
        "growing_builds": joined(built, exists.given("growth_rate")[[*"rtp"]]),
        "bounded_capacities": joined(standing, exists.given("capacity_limit")[[*"rtp"]]),
        "wanted_capacities": joined(standing, positive(exists.given("capacity_floor"))[[*"rtp"]]),
        "invested_technologies": distinct(exists.service[[*"rtp"]]),
        "maintained_technologies": distinct(
            joined(exists.capacities, nonzero(exists.given("fixed_cost"))[[*"rtvp"]])[[*"rtp"]]
        ),
    }


def _operation_sets(exists: Existing) -> dict[str, pd.DataFrame]:
    """Sets of what runs, and of the rows that bound it."""
    with_capacity = exists.activities[exists.has_capacity[exists.activities["t"]]]
    slices = distinct(with_capacity[[*"rtvps"]])
    following = neighbours(exists)
    years = distinct(with_capacity[[*"rtvp"]])
    annual = exists.technology_level == 0
    factor = exists.given("capacity_factor")[[*"rtvps"]]
    available = exists.given("availability")
    limited = available[available["value"] < 1][[*"rtp"]]
    by_slice = pd.concat(
        [slices[~annual[slices["t"]]], joined(slices[annual[slices["t"]]], factor)]
    )
    by_year = pd.concat([years[annual[years["t"]]], joined(years, limited)])
    loaded = joined(slices, positive(exists.given("minimum_load"))[[*"rtp"]])
    ramping = joined(slices, exists.given("ramp_rate")[[*"rt"]])
    return {
        "activities": exists.activities,
        "operating_slices": distinct(by_slice),
        "operating_years": distinct(by_year),
        "loaded_slices": loaded,
        "used_years": joined(years, positive(exists.given("minimum_use"))[[*"rtp"]]),
        "ramping_slices": joined(ramping, following),
        "falling_slices": joined(joined(slices, falling(exists)[["r", "t"]]), following),
        "steady_slices": joined(
            joined(slices, positive(exists.given("steady"))[["r", "t"]]),
            season_neighbours(exists)[["s"]],
        ),
        **_activity_sets(exists),
    }


def _activity_sets(exists: Existing) -> dict[str, pd.DataFrame]:
    """Sets of yearly activity, its shape, its needs and its cost."""
    running = distinct(exists.runs[[*"rtp"]])
    return {
        "running_technologies": running,
        "bounded_activities": joined(running, exists.given("activity_limit")[[*"rtp"]]),
        "wanted_activities": joined(running, positive(exists.given("activity_floor"))[[*"rtp"]]),
        "shaped_activities": joined(exists.activities, exists.given("activity_share")[[*"rtmps"]])[
            [*"rtvmps"]
        ],
        "needing_activities": joined(
            exists.activities, nonzero(exists.given("input_need"))[[*"rtvmp"]]
        ),
        "paying_technologies": distinct(
            joined(exists.runs, nonzero(exists.given("variable_cost"))[[*"rtvmp"]])[[*"rtp"]]
        ),
    }


def _commodity_sets(exists: Existing) -> dict[str, pd.DataFrame]:
    """Sets of commodities at their own time level: balanced, stored, counted."""
    demand = nonzero(exists.given("demand"))[[*"rcp"]]
    anytime = nonzero(exists.given("yearly_demand"))[[*"rcp"]]
    tables = [all_flows(exists)[[*"rcp"]], arriving(exists)[[*"rcp"]], demand, anytime]
    there = joined(exists.given("capacity_flow"), exists.capacities)[[*"ocp"]]
    touched = distinct(pd.concat([*tables, there.rename(columns={"o": "r"})]))
    nodes = on_nodes(exists, touched)
    free = nodes["c"].isin(exists.disposable)
    loose = free | nodes["c"].isin(exists.unbalanced)
    circling = nodes[~nodes["c"].isin([*exists.carried, *exists.sequenced])]

    def of_kind(*kinds: str) -> pd.DataFrame:
        return nodes[nodes["c"].isin(exists.commodities(kind=kinds))]

    return {
        "commodity_nodes": nodes,
        "balanced_nodes": nodes[nodes["c"].isin(exists.commodities(kind=BALANCED)) & ~loose],
        "disposable_nodes": nodes[free],
        "yearly_demands": anytime,
        "stored_nodes": circling[circling["c"].isin(exists.commodities(kind=("stored",)))],
        "priced_emissions": joined(
            distinct(of_kind("emission")[[*"rcp"]]), exists.given("emission_price")[[*"rcp"]]
        ),
    }


def _store_sets(exists: Existing) -> dict[str, pd.DataFrame]:
    """Sets of stores that carry over the horizon, of rates of charging, and of reserves."""
    stores = distinct(holding(exists)[[*"rcp"]])
    carried = stores[stores["c"].isin(exists.carried)]
    sequenced = stores[stores["c"].isin(exists.sequenced)]
    points = distinct(exists.given("level_weight")[["p", "h"]])
    kept = positive(exists.given("minimum_level"))[[*"rtp"]]
    circling = on_nodes(exists, distinct(joined(holding(exists), kept)[[*"rcp"]]))
    rated = {name: joined(holding(exists), exists.given(name)[[*"rt"]]) for name in STORE_RATES}
    needs = positive(exists.given("reserve_requirement"))
    reserved = on_nodes(exists, distinct(needs[[*"rcp"]]))
    gross = [reserved, *(on_nodes(exists, distinct(rated[name][[*"rcp"]])) for name in rated)]
    return {
        "carried_stores": carried,
        "checkpoints": joined(carried, points),
        "sequence_nodes": sequenced.merge(exists.given("step_order")[["h"]], how="cross"),
        "kept_nodes": circling[~circling["c"].isin([*exists.carried, *exists.sequenced])],
        "gross_nodes": distinct(pd.concat(gross)),
        "charging_nodes": gross[1],
        "discharging_nodes": gross[2],
        "reserves": every_year(exists) if len(needs) else needs[[*"rp"]],
        "reserved_slices": distinct(reserved[[*"rps"]]),
    }


STORE_RATES = ("charge_limit", "discharge_limit")


def every_year(exists: Existing) -> pd.DataFrame:
    """[r,p]: every region in every period."""
    count = {letter: len(exists.system.labels[letter]) for letter in "rp"}
    codes = np.indices((count["r"], count["p"]), dtype=np.int32).reshape(2, -1)
    return pd.DataFrame({"r": codes[0], "p": codes[1]})


@once
def holding(exists: Existing) -> pd.DataFrame:
    """[r,c,p,t,v]: vintages whose capacity holds a stored commodity."""
    sizes = nonzero(exists.given("store_size")).drop(columns="value")
    return joined(sizes, exists.capacities)


def on_nodes(exists: Existing, table: pd.DataFrame) -> pd.DataFrame:
    """[r,c,p,s]: commodities on the nodes of their own time level."""
    levels = table.assign(level=exists.commodity_level[table["c"]])
    return joined(levels, exists.nodes.rename(columns={"n": "s"}))[[*"rcps"]]


@once
def arriving(exists: Existing) -> pd.DataFrame:
    """[r,c,p,o,t,v,m,value]: flows that fall on region r of what runs in another, o."""
    there = exists.flows_there.rename(columns={"r": "o", "o": "r"})
    return there[[*"rcpotvm", "value"]]


def _flow_sets(exists: Existing) -> dict[str, pd.DataFrame]:
    """Sets of technologies by what they make, take, burn and emit."""
    flows = exists.flows
    energy = exists.commodities(kind=("energy",))
    final = exists.technologies(role=("end_use",))
    carried = all_flows(exists)
    carried = carried[~carried["c"].isin(exists.commodities(kind=("emission",)))]
    taken = distinct(carried.loc[carried["value"] < 0, [*"rtcp"]])
    supply = flows["t"].isin(exists.technologies(role=("supply",))) & flows["c"].isin(energy)
    return {
        "producers": distinct(carried.loc[carried["value"] > 0, [*"rtcp"]]),
        "consumers": taken,
        "fuel_consumers": distinct(joined(exists.given("fuel_flow"), exists.runs)[[*"rtcp"]]),
        "feedstock_consumers": distinct(
            joined(exists.given("feedstock_flow"), exists.runs)[[*"rtcp"]]
        ),
        "final_consumers": taken[taken["t"].isin(final) & taken["c"].isin(energy)],
        "suppliers": distinct(flows.loc[supply, [*"rtcp"]]),
        "emitters": emitters(exists),
        "bus_slices": distinct(bus_terms(exists)[[*"rtps"]]),
        "taking_slices": distinct(taking_terms(exists)[[*"rtps"]]),
    }


@once
def all_flows(exists: Existing) -> pd.DataFrame:
    """[r,t,c,p,value]: flows of running, being built, standing and being withdrawn."""
    tables = [
        exists.flows,
        joined(exists.given("build_flow"), exists.builds),
        joined(exists.given("capacity_flow"), exists.capacities),
        joined(exists.given("retirement_flow"), after(exists.system, standing_in(exists))),
        joined(exists.given("leaving_flow"), leaving(exists)),
    ]
    return pd.concat([table[[*"rtcp", "value"]] for table in [*tables, exists.flows_there]])


@once
def emitters(exists: Existing) -> pd.DataFrame:
    """[r,t,c,p]: technologies that emit by running, being built, standing or being withdrawn.

    And those that emit whatever the model does.
    """
    outside = nonzero(exists.given("exogenous_emission"))
    table = pd.concat([all_flows(exists)[[*"rtcp"]], outside[[*"rtcp"]]])
    return distinct(table[table["c"].isin(exists.commodities(kind=("emission",)))])


def _account_sets(system: EnergySystem, exists: Existing) -> dict[str, pd.DataFrame]:
    """Sets of the statutory accounts and of the peak situations."""
    regions = pd.DataFrame({"r": np.arange(len(system.labels["r"]), dtype=np.int32)})
    periods = distinct(exists.given("kappa")[["p"]])
    everywhere = pd.DataFrame({"p": np.arange(len(system.labels["p"]), dtype=np.int32)})
    situations = exists.given("reserve_margin")[["k"]]
    peaks = regions.merge(everywhere, how="cross").merge(situations, how="cross")
    future = exists.period_years[peaks["p"]] > system.settings.base_year
    return {
        "accounts": regions.merge(periods, how="cross"),
        "ledgers": regions.merge(everywhere, how="cross"),
        "peak_situations": peaks[[*"rpk"]],
        "adequate_situations": peaks.loc[future, [*"rpk"]],
    }


@once
def standing_in(exists: Existing) -> pd.DataFrame:
    """[r,t,p]: technologies of which some vintage stands."""
    return distinct(exists.capacities[[*"rtp"]])


def after(system: EnergySystem, table: pd.DataFrame) -> pd.DataFrame:
    """Move [..., p] to the period after; what stands in the last period drops out."""
    following = table.assign(p=table["p"] + 1)
    return following[following["p"] < len(system.labels["p"])].astype(np.int32)


def positive(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows whose value is above zero."""
    return table[table["value"] > 0]


def nonzero(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows whose value is not zero."""
    return table[table["value"] != 0]


def whole_vintages(exists: Existing) -> pd.DataFrame:
    """[r,t,v,p,value]: what each kept vintage would be if none of it were closed early."""
    built = exists.given("survival")
    both = pd.concat([exists.given("existing"), built])
    kept = both[exists.keeps_vintages[both["t"]]]
    return kept.groupby([*"rtvp"], as_index=False)[["value"]].sum()


@once
def lasting(exists: Existing) -> pd.DataFrame:
    """[r,t,v,p,value]: the share of a kept vintage that lasts from the period before."""
    now = whole_vintages(exists)
    earlier = now.assign(p=now["p"] + 1).rename(columns={"value": "before"})
    table = now.merge(earlier, on=[*"rtvp"])
    return table.assign(value=table["value"] / table["before"])[[*"rtvp", "value"]]


@once
def falling(exists: Existing) -> pd.DataFrame:
    """[r,t,value]: how fast output may fall: as told for falling, else as told for any change."""
    both = [exists.given("ramp_rate"), exists.given("ramp_down_rate")]
    return pd.concat(both).drop_duplicates(["r", "t"], keep="last")


@once
def bus(exists: Existing) -> Sequence[int]:
    """Codes of the electricity commodities that generation and lines feed."""
    makers = exists.technologies(role=("generation", "import_line"))
    flows = exists.flows
    made = flows[(flows["value"] > 0) & flows["t"].isin(makers)]["c"].unique()
    return sorted(set(made.tolist()) & set(exists.commodities(carrier=("electricity",)).tolist()))


@once
def bus_terms(exists: Existing) -> pd.DataFrame:
    """[r,t,p,s,c,v,m,n]: what generation, storage and lines add to the bus, by slice."""
    suppliers = exists.technologies(role=SLICE_ROLES)
    keep = exists.flow_nodes["t"].isin(suppliers) & exists.flow_nodes["c"].isin(bus(exists))
    return exists.flow_nodes.loc[keep, [*"rtpscvmn"]]


@once
def taking_terms(exists: Existing) -> pd.DataFrame:
    """[r,t,p,s,c,v,m,n]: what all but suppliers and networks take of electricity, by slice."""
    others = exists.technologies(role=(*SLICE_ROLES, "network"))
    nodes = exists.flow_nodes
    electricity = nodes["c"].isin(exists.commodities(carrier=("electricity",)))
    return nodes.loc[electricity & (nodes["value"] < 0) & ~nodes["t"].isin(others), [*"rtpscvmn"]]
