"""Where yearly flows fall in the year: placement on slices, and load in peak situations."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from carbonpath.inputs.assembly.demands import profile_shares
from carbonpath.inputs.assembly.ground import OF_FLOW, Ground
from carbonpath.inputs.frames import texts
from carbonpath.inputs.patterns import split
from carbonpath.spec.units import PJ_PER_GW_YEAR
from carbonpath.system.parameter import Parameter
from carbonpath.system.time import LEVELS

Pair = tuple[str, str]
UNLOADED = ("generation", "storage", "import_line", "export_line", "network")
"""Roles whose electricity is no end use: they are not load in a peak situation."""


def shapes_by_pair(ground: Ground) -> dict[Pair, str]:
    """Return the profile of each technology and commodity whose flow follows one."""
    profiles = ground.tables["profiles"]
    mine = profiles[profiles["purpose"] == "shape"]
    named = dict(
        zip(
            zip(texts(mine, "technology"), texts(mine, "commodity"), strict=True),
            texts(mine, "profile"),
            strict=True,
        )
    )
    flows = ground.tables["flows"]
    pairs = sorted(set(zip(texts(flows, "technology"), texts(flows, "commodity"), strict=True)))
    found = {}
    for technology, commodity in pairs:
        profile = named.get((technology, commodity)) or named.get((technology, ""))
        own = ground.tables.technology[technology]["time_level"]
        other = ground.tables.commodity[commodity]["time_level"]
        if profile and LEVELS.index(own) < LEVELS.index(other):
            found[technology, commodity] = profile
    return found


def placement(ground: Ground) -> Parameter:
    """Return how activity in a coarse node falls on the finer nodes of a commodity."""
    parts = [pd.DataFrame({letter: [] for letter in "tcns"} | {"value": []})]
    for (technology, commodity), profile in shapes_by_pair(ground).items():
        own = ground.tables.technology[technology]["time_level"]
        other = ground.tables.commodity[commodity]["time_level"]
        table = _between(ground, profile, own, other)
        table["t"] = ground.code["t"][technology]
        table["c"] = ground.code["c"][commodity]
        parts.append(table)
    full = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)
    return ground.made("placement", full)


def _between(ground: Ground, profile: str, own: str, other: str) -> pd.DataFrame:
    """[n,s]: the share of a node of level `own` that falls on each node of level `other`."""
    shares = profile_shares(ground, profile, other)
    above, below = ground.time.at(own), ground.time.at(other)
    rows = []
    for node in above:
        inside = [
            (place, part)
            for place, part in zip(below, shares.tolist(), strict=True)
            if own == "annual" or place.parent == node.label
        ]
        total = sum(part for _, part in inside)
        code = ground.code["s"]
        rows += [
            (code[node.label], code[place.label], part / total if total else place.share)
            for place, part in inside
        ]
    return pd.DataFrame(rows, columns=["n", "s", "value"])


def peak_factors(ground: Ground) -> Parameter:
    """Return the load in each peak situation per yearly use of electricity, GW/PJ.

    Along its shape a use of 1 PJ a year loads value(month, hour) / mean / 31.536 GW. A situation
    with a statistical peak load scales all of these by one number, so that the uses of the base
    year, taken from history.csv, make up that load: this stands for grid losses and for what the
    mean day of a month hides.
    """
    hours = _situation_hours(ground)
    rows = []
    shapes = ground.shapes
    for (technology, commodity), profile in shapes_by_pair(ground).items():
        row, item = ground.tables.technology[technology], ground.tables.commodity[commodity]
        if item["carrier"] != "electricity" or row["role"] in UNLOADED:
            continue
        for k, (month, hour) in hours.items():
            if profile in shapes.at_hour:
                value = float(shapes.at_hour[profile][month - 1, hour]) / PJ_PER_GW_YEAR
                t, c = ground.code["t"][technology], ground.code["c"][commodity]
                rows.append((t, c, ground.code["k"][k], value))
    table = pd.DataFrame(rows, columns=["t", "c", "k", "value"])
    table["value"] *= table["k"].map(uplifts(ground, table)).astype(float)
    given = _given(ground)
    both = pd.concat([table, given], ignore_index=True) if len(given) else table
    return ground.made("peak_factor", both.drop_duplicates(["t", "c", "k"], keep="last"))


def _situation_hours(ground: Ground) -> dict[str, tuple[int, int]]:
    data = ground.tables["situations"]
    months, hours = data["season_month"].tolist(), data["hour"].tolist()
    return dict(zip(texts(data, "situation"), zip(months, hours, strict=True), strict=True))


def uplifts(ground: Ground, table: pd.DataFrame) -> dict[int, float]:
    """Return for each situation the number that scales shape loads to the statistical peak."""
    use = base_year_use(ground)
    names = [(ground.labels["t"][t], ground.labels["c"][c]) for t, c in
             zip(table["t"].tolist(), table["c"].tolist(), strict=True)]  # fmt: skip
    load = table.assign(load=table["value"] * [use.get(pair, 0.0) for pair in names])
    modelled = load.groupby("k")["load"].sum().to_dict()
    data = ground.tables["situations"]
    wanted = dict(zip(texts(data, "situation"), data["amount"].tolist(), strict=True))
    found = {}
    for name, peak in wanted.items():
        k = ground.code["k"][name]
        shaped = float(modelled.get(k, 0.0))
        found[k] = peak / shaped if peak == peak and shaped > 0 else 1.0
    return found


def base_year_use(ground: Ground) -> Mapping[Pair, float]:
    """Return what each technology took of electricity in the base year, by history.csv.

    A row of `use` says it outright; a row of `output` of one technology says it through its flows.
    """
    data = ground.tables["history"]
    coefficient = _coefficients(ground)
    found: dict[Pair, float] = {}
    columns = ("quantity", "technology", "commodity")
    rows = zip(
        *(texts(data, column) for column in columns),
        data["period"].tolist(), data["amount"].tolist(), strict=True,
    )  # fmt: skip
    powers = [n for n, row in ground.tables.commodity.items() if row["carrier"] == "electricity"]
    for quantity, technology, commodity, year, amount in rows:
        alone = technology in ground.tables.technology and commodity in ground.tables.commodity
        if year != ground.tables.dataset.base_year or not alone or len(split(technology)) != 1:
            continue
        for power in powers:
            taken = -coefficient.get((technology, power), 0.0)
            if quantity == "use" and commodity == power:
                found[technology, power] = amount
            elif taken > 0 and quantity in ("output", "use", "fuel_use"):
                per_unit = abs(coefficient.get((technology, commodity), 0.0))
                found.setdefault((technology, power), amount * taken / per_unit if per_unit else 0)
    return found


def _coefficients(ground: Ground) -> dict[Pair, float]:
    """Return the net flow of each technology and commodity per activity in the base year."""
    flows = ground.tables["flows"]
    mine = flows[flows["per"] == "activity"].reset_index(drop=True)
    table = ground.yearly(mine, OF_FLOW)
    base = table[table["p"] == ground.anchor]
    technologies, commodities = texts(mine, "technology"), texts(mine, "commodity")
    found: dict[Pair, float] = {}
    for row, value in zip(base["row"].tolist(), base["value"].tolist(), strict=True):
        pair = (technologies[row], commodities[row])
        found[pair] = found.get(pair, 0.0) + value
    return found


def _given(ground: Ground) -> pd.DataFrame:
    """Return peak factors that parameters.csv gives outright; they are not scaled."""
    data = ground.tables["parameters"]
    mine = data[data["parameter"] == "peak_factor"].reset_index(drop=True)
    if mine.empty:
        return pd.DataFrame()
    table = pd.DataFrame(
        {
            "t": ground.codes("t", texts(mine, "technology")),
            "c": ground.codes("c", texts(mine, "commodity")),
            "k": ground.codes("k", texts(mine, "situation")),
            "value": mine["amount"].to_numpy(dtype=float),
        }
    )
    every = pd.DataFrame({"k": np.arange(len(ground.labels["k"]))})
    spread = table[table["k"] < 0].drop(columns="k").merge(every, how="cross")
    return pd.concat([spread, table[table["k"] >= 0]], ignore_index=True)
