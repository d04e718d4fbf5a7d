"""What the answer hangs on: targets by the money at stake, plant at its limits, assumed data."""

import numpy as np
import pandas as pd

from carbonpath.accounts.bounds import parameters_touched
from carbonpath.accounts.grouping import whole
from carbonpath.accounts.limits import are_met, column, is_target, limit_rows
from carbonpath.accounts.quality import quality_mix
from carbonpath.results.results import Results

PER_CENT = 0.01
GROWTH_BOUNDS = ("build_rate", "capacity_limit")
"""Bounds that hold a technology back: how fast it may be built, and how much of it there may be."""
COLUMNS = ["id", "label_zh", "label_en", "year", "weight", "met"]


def priced_targets(results: Results) -> pd.DataFrame:
    """Return the targets that have a price, the heaviest first, each in its heaviest year.

    weight = price x bound x 1 %: what a bound tighter by one per cent costs in that year, bn
    CNY_2020. Unlike prices per kW, per tonne and per hectare, weights can be compared.
    """
    rows = limit_rows(results)
    if rows.empty:
        return pd.DataFrame(columns=COLUMNS)
    rows = rows.assign(met=are_met(rows))
    rows = rows[is_target(rows) & (column(rows, "mode") != "track") & rows["price"].notna()]
    weight = (rows["price"] * rows["bound"]).abs().astype(float) * PER_CENT
    rows = rows.assign(weight=weight.where(np.isfinite(weight), 0.0))
    rows = rows[rows["weight"] > 0.0].sort_values("weight", ascending=False, kind="stable")
    return rows.drop_duplicates("id")[COLUMNS].reset_index(drop=True)


def held_back(results: Results) -> pd.DataFrame:
    """Return power plants, storage and lines at a limit of growth or size, the largest first.

    Columns: id, first and last period, periods, capacity (GW, the most of those periods). The base
    year, which is given, does not count.
    """
    names = ["id", "first", "last", "periods", "capacity"]
    touched = pd.DataFrame(parameters_touched(results))
    if touched.empty or "technology_capacity_unit" not in results.dataset.coords:
        return pd.DataFrame(columns=names)
    units = results["technology_capacity_unit"].to_series()
    power = set(units.index[units == "GW"])
    here = touched["kind"].isin(GROWTH_BOUNDS) & touched["id"].isin(power)
    kept = touched[here & (touched["period"] > results.periods[0])]
    made = kept.groupby("id", sort=False)["period"].agg(["min", "max", "nunique"]).reset_index()
    made.columns = pd.Index(names[:-1])
    standing = whole(results, "total_capacity").sel(technology=made["id"].to_list())
    most = standing.max("period").to_series() if len(made) else pd.Series(dtype=float)
    made["capacity"] = [float(most[name]) for name in made["id"]]
    order = made.sort_values(["capacity", "id"], ascending=[False, True])
    return order.reset_index(drop=True)


def assumed_share(results: Results) -> float:
    """Return the share of input values that are assumed, 1; NaN where quality is not recorded."""
    mix = quality_mix(results)
    counts = mix.drop(columns="table").sum()
    whole = float(counts.sum())
    return float(counts["assumed"]) / whole if whole else float("nan")
