"""Flows: coefficients by vintage and period, and the carbon that follows from fuels.

What is burnt emits co2 = fuel x co2_factor x (1 - capture_rate); the captured part goes to
co2_captured. The carbon of a feedstock goes to co2_feedstock. What is transformed emits nothing
here: its carbon goes on in the product.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from carbonpath.inputs.assembly.capacity_flows import (
    capacity_flows,
    elsewhere,
    own_vintages,
    summed,
)
from carbonpath.inputs.assembly.ground import OF_FLOW, Ground
from carbonpath.inputs.frames import Frame, texts
from carbonpath.system.parameter import Parameter

CO2, CAPTURED, FEEDSTOCK = "co2", "co2_captured", "co2_feedstock"
NO_FUEL = ("network", "storage", "import_line", "export_line", "supply")
"""Roles that pass energy on: what they take is not used up."""
LETTERS = [*"rtvmcp"]


def flow_parameters(ground: Ground) -> Iterator[Parameter]:
    """Return every parameter that flows.csv leads to."""
    flows = ground.tables["flows"]
    running = flows[flows["per"] == "activity"].reset_index(drop=True)
    every = _by_code(ground, running)
    table = every[every["o"] < 0].drop(columns="o").reset_index(drop=True)
    there = every[every["o"] >= 0]
    fuel, feedstock = _uses(ground, table)
    net = pd.concat([table, carbon(ground, fuel, feedstock)], ignore_index=True)
    yield ground.made("flow", summed(net, LETTERS))
    yield ground.made("flow_there", summed(there, [*"rtvmocp"]))
    yield ground.made("fuel_flow", summed(fuel, LETTERS))
    yield ground.made("feedstock_flow", summed(feedstock, LETTERS))
    yield from capacity_flows(ground, flows)


def _by_code(ground: Ground, flows: Frame) -> pd.DataFrame:
    """Return flows per activity with the codes of every dimension."""
    table = ground.yearly(flows, OF_FLOW)
    row = table["row"].to_numpy(dtype=np.int64)
    table["t"] = ground.codes("t", texts(flows, "technology"))[row]
    table["o"] = elsewhere(ground, flows)[row]
    table["m"] = ground.codes("m", texts(flows, "mode"))[row]
    table["c"] = ground.codes("c", texts(flows, "commodity"))[row]
    table["vintage"] = flows["vintage"].to_numpy(dtype=np.int64)[row]
    table["use"] = np.array(texts(flows, "use"), dtype=object)[row]
    table["only"] = (flows["between"] == "only").to_numpy()[row]
    table = ground.in_regions(table, np.array(texts(flows, "region"), dtype=object)[row])
    table = ground.by_vintage(table)
    table = own_vintages(ground, table)
    last: pd.DataFrame = table.drop_duplicates([*LETTERS, "o", "use"], keep="last")
    return last.reset_index(drop=True)


def _uses(ground: Ground, table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what is burnt or used up, and what is taken as material, as positive numbers."""
    energy = (ground.commodity_attribute("kind") == "energy")[table["c"]]
    final = ~np.isin(ground.attribute("role").astype(str), NO_FUEL)[table["t"]]
    taken = table[energy & (table["value"] < 0).to_numpy()].assign(value=lambda x: -x["value"])
    fuel = taken[taken["use"].isin(["fuel", ""]) & final[taken.index]]
    return fuel, taken[taken["use"] == "feedstock"]


def carbon(ground: Ground, fuel: pd.DataFrame, feedstock: pd.DataFrame) -> pd.DataFrame:
    """Return the emissions that follow from fuels and feedstocks, as flows."""
    factors = co2_factors(ground)
    burnt = fuel.merge(factors, on=["c", "p"]).merge(_capture(ground), on=[*"rtp"], how="left")
    burnt["rate"] = burnt["rate"].fillna(0.0)
    burnt["value"] *= burnt["factor"]
    bound = feedstock.merge(factors, on=["c", "p"])
    bound["value"] *= bound["factor"]
    parts = [
        _as_flow(ground, burnt.assign(value=burnt["value"] * (1 - burnt["rate"])), CO2),
        _as_flow(ground, burnt.assign(value=burnt["value"] * burnt["rate"]), CAPTURED),
        _as_flow(ground, bound, FEEDSTOCK),
    ]
    return pd.concat(parts, ignore_index=True)


def _as_flow(ground: Ground, table: pd.DataFrame, commodity: str) -> pd.DataFrame:
    """Return a table as flows to one commodity; zeros are left out."""
    kept = table[table["value"] != 0][[*LETTERS, "value"]]
    return kept.assign(c=ground.code["c"][commodity]) if len(kept) else kept


def co2_factors(ground: Ground) -> pd.DataFrame:
    """[c,p]: carbon dioxide of each fuel, in Mt/PJ."""
    data = ground.tables["accounting"]
    mine = data[data["parameter"] == "co2_factor"].reset_index(drop=True)
    table = ground.yearly(mine, ["parameter", "key"])
    c = ground.codes("c", texts(mine, "key"))
    return pd.DataFrame({"c": c[table["row"]], "p": table["p"], "factor": table["value"]})


def _capture(ground: Ground) -> pd.DataFrame:
    """[r,t,p]: the share of the carbon burnt that is captured."""
    return ground.parameter_rows("capture_rate").rename(columns={"value": "rate"})[[*"rtp", "rate"]]
