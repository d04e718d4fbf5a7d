"""The joins over which rules sum: for a key, the members that contribute to it.

A join is named in a rule as `for t, v, m, n in d.makers[r, c, p, s]`. Each entry below gives the
letters of the key, the letters of a member and the table of both.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from carbonpath.system.index import Existing, distinct, joined
from carbonpath.system.leaving import leaving, nearest_standing
from carbonpath.system.members import (
    after,
    arriving,
    bus,
    bus_terms,
    emitters,
    holding,
    nonzero,
    on_nodes,
    positive,
    standing_in,
    taking_terms,
)
from carbonpath.system.parameter import Codes
from carbonpath.system.system import EnergySystem

PRIMARY_ELECTRICITY = ("nuclear", "hydro", "wind", "solar", "geothermal")
"""Sources whose electricity enters the energy total at the coal-equivalent rate."""
BURNT_NON_FOSSIL = ("biomass", "waste")
"""Commercial non-fossil fuels; their power enters at the coal-equivalent rate."""
RENEWABLE = ("hydro", "wind", "solar", "geothermal", *BURNT_NON_FOSSIL)
CARRIERS = ("coal", "oil", "gas")
CO2_LEDGERS = ("co2", "co2_process", "co2_feedstock", "co2_import")
"""Emission commodities that the statutory CO2 totals add up."""


class Join(NamedTuple):
    """Key letters, member letters, and one row of codes for each member of each key."""

    key: str
    members: str
    table: pd.DataFrame


def joins(system: EnergySystem, exists: Existing) -> dict[str, Join]:
    """Return every join by name."""
    return {
        **_capacity_joins(system, exists),
        **_operation_joins(exists),
        **_flow_joins(exists),
        **_store_joins(system, exists),
        **_peak_joins(exists),
        **_account_joins(exists),
    }


def _capacity_joins(system: EnergySystem, exists: Existing) -> dict[str, Join]:
    """Who adds to, stands in and leaves a capacity."""
    early = exists.technologies(retirement=("early",))
    closable = exists.capacities[exists.capacities["t"].isin(early)]
    standing = standing_in(exists)
    built = distinct(exists.builds[[*"rtp"]])
    earlier = pd.DataFrame({"q": np.arange(len(system.labels["p"]) - 1, dtype=np.int32)})
    earlier["p"] = (earlier["q"] + 1).astype(np.int32)
    before = joined(standing.rename(columns={"p": "q"}), earlier)
    entering = exists.service[exists.service["b"] == exists.vintage_of_period[exists.service["p"]]]
    return {
        "builds_in": Join("rtvp", "b", exists.service),
        "builds_by": Join("rtp", "b", exists.service),
        "builds_now": Join("rtvp", "b", entering),
        "built_now": Join("rtp", "b", built.assign(b=exists.vintage_of_period[built["p"]])),
        "built_before": Join("rtp", "q", joined(built.rename(columns={"p": "q"}), earlier)),
        "closable": Join("rtvp", "b", closable.assign(b=closable["v"])),
        "vintages": Join("rtp", "v", exists.capacities),
        "built_earlier": Join("rtp", "b", _built_earlier(exists, built)),
        "stands_at_start": Join("rtvp", "q", nearest_standing(exists, -1, now_first=True)),
        "stands_at_end": Join("rtvp", "q", nearest_standing(exists, 1, now_first=False)),
        "standing_now": Join("rtp", "q", standing.assign(q=standing["p"])),
        "standing_before": Join("rtp", "q", before),
        "capacity_before": Join(
            "rtvp", "q", joined(exists.capacities.rename(columns={"p": "q"}), earlier)
        ),
        "maintained": Join(
            "rtp", "v", joined(exists.capacities, nonzero(exists.given("fixed_cost"))[[*"rtvp"]])
        ),
    }


def _built_earlier(exists: Existing, built: pd.DataFrame) -> pd.DataFrame:
    """[r,t,p,b]: what was built in the period before each."""
    later = after(exists.system, built)
    return later.assign(b=exists.vintage_of_period[later["p"] - 1])


def _operation_joins(exists: Existing) -> dict[str, Join]:
    """How a vintage may run."""
    shaped = joined(exists.activities, exists.given("activity_share")[[*"rtmps"]])
    costly = joined(exists.activities, nonzero(exists.given("variable_cost"))[[*"rtvmp"]])
    return {
        "modes": Join("rtvp", "m", exists.runs),
        "running": Join("rtvp", "ms", exists.activities),
        "all_running": Join("rtp", "vms", exists.activities),
        "paying": Join("rtp", "vms", costly),
        "mode_nodes": Join("rtvmp", "n", shaped.assign(n=shaped["s"])),
    }


def _flow_joins(exists: Existing) -> dict[str, Join]:
    """Who makes and takes a commodity."""
    counted = exists.commodities(kind=("emission",))
    table = joined(exists.flows, exists.activities)
    carried = table[~table["c"].isin(counted)]
    return {
        "makers": Join("rcps", "tvmn", exists.flow_nodes),
        **_trade_joins(exists),
        "moving": Join("rtcp", "vms", carried),
        "making": Join("rtcp", "vms", carried[carried["value"] > 0]),
        "taking": Join("rtcp", "vms", carried[carried["value"] < 0]),
        "emitting": Join("rtcp", "vms", table[table["c"].isin(counted)]),
        **_capacity_flow_joins(exists, counted),
        "burning": Join("rtcp", "vms", joined(exists.given("fuel_flow"), exists.activities)),
        "feeding": Join("rtcp", "vms", joined(exists.given("feedstock_flow"), exists.activities)),
        "bus_terms": Join("rtps", "cvmn", bus_terms(exists)),
        "taking_terms": Join("rtps", "cvmn", taking_terms(exists)),
        "nodes_of": Join("c", "s", _nodes_of(exists)),
        "stores": Join("rcp", "tv", holding(exists)),
    }


def _trade_joins(exists: Existing) -> dict[str, Join]:
    """Who makes and takes in another region, and what is made and taken there, gross."""
    there = joined(arriving(exists), exists.placement[[*"tcns"]])
    yearly = joined(exists.flows_there, exists.activities)
    nodes = exists.flow_nodes
    moved = pd.MultiIndex.from_frame(distinct(exists.flows_there[[*"tc"]]))
    made_here = nodes[~pd.MultiIndex.from_frame(nodes[[*"tc"]]).isin(moved)]
    return {
        "makers_elsewhere": Join("rcps", "otvmn", there),
        "making_there": Join("rtcp", "ovms", yearly[yearly["value"] > 0]),
        "taking_there": Join("rtcp", "ovms", yearly[yearly["value"] < 0]),
        "gross_makers": Join("rcps", "tvmn", made_here[made_here["value"] > 0]),
        "gross_takers": Join("rcps", "tvmn", made_here[made_here["value"] < 0]),
    }


def _store_joins(system: EnergySystem, exists: Existing) -> dict[str, Join]:
    """What stores held before, and at checkpoints; what counts towards reserves."""
    stores = distinct(holding(exists)[[*"rcp"]])
    stores = stores[stores["c"].isin(exists.carried)]
    nodes = on_nodes(exists, stores)
    earlier = pd.DataFrame({"q": np.arange(len(system.labels["p"]) - 1, dtype=np.int32)})
    earlier["p"] = (earlier["q"] + 1).astype(np.int32)
    credit = nonzero(exists.given("reserve_credit"))[[*"rtp"]]
    needs = on_nodes(exists, positive(exists.given("reserve_requirement"))[[*"rcp"]])
    return {
        "store_before": Join("rcp", "q", joined(stores.rename(columns={"p": "q"}), earlier)),
        "nodes_before": Join("rcp", "qs", joined(nodes.rename(columns={"p": "q"}), earlier)),
        "level_steps": Join("ph", "s", nonzero(exists.given("level_weight"))),
        "reserve_makers": Join("rp", "t", joined(credit, standing_in(exists))),
        "reserved": Join("rps", "c", needs),
    }


def _capacity_flow_joins(exists: Existing, counted: Codes) -> dict[str, Join]:
    """Who makes, takes and emits by being built, standing and being withdrawn."""
    building = joined(exists.given("build_flow"), exists.builds)
    standing = joined(exists.given("capacity_flow"), exists.capacities)
    withdrawn = joined(exists.given("retirement_flow"), after(exists.system, standing_in(exists)))
    tables = {
        "built": ("b", building.assign(b=building["v"])),
        "standing": ("vos", standing),
        "withdrawn": ("q", withdrawn.assign(q=withdrawn["p"])),
        "leaving": ("v", joined(exists.given("leaving_flow"), leaving(exists))),
    }
    swapped = standing.rename(columns={"r": "o", "o": "r"})
    found = {"standing_makers": Join("rcps", "otv", swapped)}
    for name, (member, table) in tables.items():
        emitted = table["c"].isin(counted)
        if name != "standing":
            makers = {"built": "tb", "withdrawn": "t", "leaving": "tv"}[name]
            found[f"{name}_makers"] = Join("rcp", makers, table)
        found[f"{name}_emitting"] = Join("rtcp", member, table[emitted])
        found[f"{name}_making"] = Join("rtcp", member, table[~emitted & (table["value"] > 0)])
        found[f"{name}_taking"] = Join("rtcp", member, table[~emitted & (table["value"] < 0)])
    return found


def _nodes_of(exists: Existing) -> pd.DataFrame:
    """[c,s]: the nodes of each commodity's time level."""
    levels = exists.commodity_level
    table = pd.DataFrame({"c": np.arange(len(levels), dtype=np.int32), "level": levels})
    return joined(table, exists.nodes.rename(columns={"n": "s"}))


def _peak_joins(exists: Existing) -> dict[str, Join]:
    """What is firm, and what loads, in a peak situation."""
    credit = nonzero(exists.given("capacity_credit"))
    factor = nonzero(exists.given("peak_factor"))
    taken = exists.flows[exists.flows["value"] < 0]
    return {
        "firm": Join("rpk", "t", joined(credit, standing_in(exists))),
        "loading": Join("rpk", "tc", joined(factor, distinct(taken[[*"rtcp"]]))),
    }


def _account_joins(exists: Existing) -> dict[str, Join]:
    """What the statutory totals add up."""
    flows = exists.flows
    made = flows[(flows["value"] > 0) & flows["c"].isin(bus(exists))]
    taken = flows[flows["value"] < 0]
    supply, emitting = _of(exists, flows, "supply"), emitters(exists)
    primary = exists.technologies(primary=PRIMARY_ELECTRICITY)
    burnt = exists.technologies(primary=BURNT_NON_FOSSIL)
    renewable = exists.technologies(primary=RENEWABLE)
    lines = exists.technologies(role=("import_line", "export_line"))
    passing = exists.technologies(role=("import_line", "export_line", "storage", "network"))
    power = made[~made["t"].isin(passing)]
    burning = power[power["t"].isin(burnt)]
    final = _of(exists, taken, "end_use")
    final = final[final["c"].isin(exists.commodities(kind=("energy",)))]
    electric = final["c"].isin(exists.commodities(carrier=("electricity",)))
    tables = {
        **{f"{carrier}_supply": _carrying(exists, supply, carrier) for carrier in CARRIERS},
        "generation": power,
        "primary_generation": power[power["t"].isin(primary)],
        "burnt_generation": burning,
        "renewable_generation": power[power["t"].isin(renewable)],
        "received": made[made["t"].isin(lines)],
        "sent": taken[taken["t"].isin(lines) & taken["c"].isin(bus(exists))],
        "biomass_supply": _carrying(exists, supply, *BURNT_NON_FOSSIL),
        "burnt_in_plants": _carrying(
            exists, taken[taken["t"].isin(burning["t"])], *BURNT_NON_FOSSIL
        ),
        "feedstock": joined(exists.given("feedstock_flow"), exists.runs),
        "final": final,
        "final_electric": final[electric],
        **{ledger: _of_ledger(exists, emitting, ledger) for ledger in CO2_LEDGERS},
    }
    weighed = exists.given("physical_factor")[["c"]]
    tables["coal_weighed"] = joined(tables["coal_supply"], weighed)
    tables["oil_weighed"] = joined(tables["oil_supply"], weighed)
    return {
        f"{name}_terms": Join("rp", "tc", distinct(table[[*"rptc"]]))
        for name, table in tables.items()
    }


def _of(exists: Existing, table: pd.DataFrame, *roles: str) -> pd.DataFrame:
    return table[table["t"].isin(exists.technologies(role=roles))]


def _carrying(exists: Existing, table: pd.DataFrame, *carriers: str) -> pd.DataFrame:
    wanted = exists.commodities(kind=("energy",), carrier=carriers)
    return table[table["c"].isin(wanted)]


def _of_ledger(exists: Existing, emitting: pd.DataFrame, ledger: str) -> pd.DataFrame:
    """[r,t,c,p]: who emits into a CO2 ledger."""
    code = np.flatnonzero(exists.system.commodities.index == ledger)
    return emitting[emitting["c"].isin(code)]
