"""Vintages that leave service: in which periods, and what stood of them before and after."""

import numpy as np
import pandas as pd

from carbonpath.system.index import Existing, distinct, joined, once


@once
def leaving(exists: Existing) -> pd.DataFrame:
    """[r,t,v,p]: vintages that leave in a period: they stand at its start, or did before it."""
    given = exists.given("start_share")
    told = given.loc[given["value"] > 0, [*"rtvp"]]
    ever = pd.concat([exists.capacities[[*"rtv"]], exists.given("old_stock")[[*"rtv"]]])
    return joined(told, distinct(ever))


def nearest_standing(exists: Existing, step: int, *, now_first: bool) -> pd.DataFrame:
    """[r,t,v,p,q]: the period, or the one `step` away, in which a leaving vintage stands.

    Where it stands in both, the period itself counts if `now_first`, else the other one.
    """
    stands = exists.capacities.rename(columns={"p": "q"})
    found = []
    for way in (0, step) if now_first else (step, 0):
        table = leaving(exists)
        moved = table.assign(q=(table["p"] + way).astype(np.int32))
        within = (moved["q"] >= 0) & (moved["q"] < len(exists.period_years))
        found.append(joined(moved[within], stands))
    return pd.concat(found).drop_duplicates([*"rtvp"], keep="first")[[*"rtvpq"]]


def spent(exists: Existing) -> pd.DataFrame:
    """[r,t,v,p,value]: stock of the base year that leaves in the first period."""
    first = leaving(exists)
    gone = first[first["p"] == 0].merge(exists.capacities, how="left", indicator=True)
    alone = gone[gone["_merge"] == "left_only"].drop(columns="_merge")
    return joined(alone, exists.given("old_stock"))[[*"rtvp", "value"]]
