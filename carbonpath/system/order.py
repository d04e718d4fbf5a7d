"""Which time slices follow one another: in their day, in their season, along the sequence."""

import numpy as np
import pandas as pd

from carbonpath.system.index import Existing, once


@once
def season_neighbours(exists: Existing) -> pd.DataFrame:
    """[s,n]: each slice s but the first of a season, with the slice n before it."""
    places = {label: code for code, label in enumerate(exists.system.labels["s"])}
    node = exists.system.time.node
    pairs = [
        (places[label], places[before])
        for label, before in exists.system.time.previous("slice", "season").items()
        if node[before].order < node[label].order
    ]
    return pd.DataFrame(pairs, columns=["s", "n"], dtype=np.int32)


@once
def day_neighbours(exists: Existing) -> pd.DataFrame:
    """[s,n]: each slice s with the slice n before it in its day, where they differ."""
    places = {label: code for code, label in enumerate(exists.system.labels["s"])}
    pairs = exists.system.time.previous("slice", "day")
    rows = [(places[label], places[before]) for label, before in pairs.items() if label != before]
    return pd.DataFrame(rows, columns=["s", "n"], dtype=np.int32)


@once
def neighbours(exists: Existing) -> pd.DataFrame:
    """[s,n]: time slices s with those n they follow, between which ramp rates hold.

    By the dataset's convention: in their day, along the sequence of the year, or both.
    """
    day, along = day_neighbours(exists), sequence_neighbours(exists)
    ramps = exists.system.settings.conventions.ramps
    chosen = {"day": [day], "sequence": [along], "both": [day, along]}[ramps]
    return pd.concat(chosen).drop_duplicates().astype(np.int32)


@once
def steps(exists: Existing) -> pd.DataFrame:
    """[h,s,times,before]: steps in order, what each repeats and gains, and the step before it."""
    order = exists.given("step_order").rename(columns={"value": "order"})
    table = exists.given("step_times").rename(columns={"value": "times"}).merge(order, on="h")
    table = table.sort_values("order").reset_index(drop=True)
    return table.assign(before=np.roll(table["h"].to_numpy(), 1), n=np.roll(table["s"], 1))


def sequence_neighbours(exists: Existing) -> pd.DataFrame:
    """[s,n]: time slices s with those n that come before them in the sequence of the year."""
    table = steps(exists)
    return table.loc[table["s"] != table["n"], ["s", "n"]]
