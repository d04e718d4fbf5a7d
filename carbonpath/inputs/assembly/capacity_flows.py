"""Flows per new, standing and withdrawn capacity, and the size of stores."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from carbonpath.inputs.assembly.ground import OF_FLOW, Ground, Ints
from carbonpath.inputs.frames import Frame, texts
from carbonpath.spec.columns import ABSENT
from carbonpath.system.parameter import Parameter
from carbonpath.system.time import LEVELS

HERE = "here"
STORED = "stored"


def capacity_flows(ground: Ground, flows: Frame) -> Iterator[Parameter]:
    """Return every parameter that flows per capacity lead to."""
    built = _by_code(ground, flows, "new_capacity")
    later = built[built["p"] > ground.base].rename(columns={"p": "v"})
    yield ground.made("build_flow", summed(later, [*"rtvc"]))
    yield from _withdrawn(ground, _by_code(ground, flows, "retirement"))
    standing = _by_code(ground, flows, "capacity")
    stored = (ground.commodity_attribute("kind") == STORED)[standing["c"].to_numpy(dtype=int)]
    held = summed(_by_vintage(ground, standing[stored]), [*"rtvcp"])
    yield ground.made("store_size", held.drop_duplicates([*"rtvc"]))
    made = _on_nodes(ground, _by_vintage(ground, standing[~stored]))
    yield ground.made("capacity_flow", summed(made, [*"rtvocps"]))


def elsewhere(ground: Ground, flows: Frame) -> Ints:
    """Return the code of the other region on which each flow falls; -1 for the own one."""
    places = ["" if name == HERE else name for name in texts(flows, "where")]
    return ground.codes("r", places)


def own_vintages(ground: Ground, table: pd.DataFrame) -> pd.DataFrame:
    """Keep rows of later vintages only where they may hold there; sort by the vintage given."""
    labels = np.array(ground.labels["v"], dtype=object)[table["v"].to_numpy(dtype=int)]
    own = (table["vintage"] == ABSENT) | (table["vintage"].astype(str) == labels)
    kept: pd.DataFrame = table[own | ~table.pop("only")].sort_values("vintage")
    return kept


def summed(table: pd.DataFrame, letters: list[str]) -> pd.DataFrame:
    """Add up rows of the same key."""
    return table.groupby(letters, as_index=False)[["value"]].sum()


def _by_code(ground: Ground, flows: Frame, per: str) -> pd.DataFrame:
    """Return the flows per one thing with the codes of every dimension."""
    mine = flows[flows["per"] == per].reset_index(drop=True)
    table = ground.yearly(mine, OF_FLOW)
    row = table["row"].to_numpy(dtype=np.int64)
    table["t"] = ground.codes("t", texts(mine, "technology"))[row]
    table["c"] = ground.codes("c", texts(mine, "commodity"))[row]
    table["s"] = ground.codes("s", texts(mine, "time_slice"))[row]
    table["o"] = elsewhere(ground, mine)[row]
    table["use"] = np.array(texts(mine, "use"), dtype=object)[row]
    table["vintage"] = mine["vintage"].to_numpy(dtype=np.int64)[row]
    table["only"] = (mine["between"] == "only").to_numpy()[row]
    return ground.in_regions(table, np.array(texts(mine, "region"), dtype=object)[row])


def _by_vintage(ground: Ground, table: pd.DataFrame) -> pd.DataFrame:
    """Give rows the vintages that live; the row of a vintage takes the place of the general one."""
    living = own_vintages(ground, ground.by_vintage(table))
    return living.drop_duplicates([*"rtvocps", "use"], keep="last")


def _withdrawn(ground: Ground, table: pd.DataFrame) -> Iterator[Parameter]:
    """Return flows per retirement: of a technology, and of each vintage."""
    now = table[table["p"] == ground.anchor]
    general = now["vintage"] == ABSENT
    yield ground.made("retirement_flow", summed(now[general], [*"rtc"]))
    own = table[table["vintage"] != ABSENT]
    v = ground.codes("v", own["vintage"].astype(str).tolist())
    yield ground.made("leaving_flow", summed(own.assign(v=v), [*"rtvcp"]))


def _on_nodes(ground: Ground, table: pd.DataFrame) -> pd.DataFrame:
    """Spread rows over the nodes of their commodity; that of a time slice replaces the general."""
    levels = ground.commodity_attribute("time_level")
    nodes = [(level, ground.code["s"][n.label]) for level in LEVELS for n in ground.time.at(level)]
    places = pd.DataFrame(nodes, columns=["level", "n"])
    full = table.assign(
        level=levels[table["c"].to_numpy(dtype=int)],
        o=np.where(table["o"] < 0, table["r"], table["o"]),
    )
    spread = full.merge(places, on="level")
    fitting = spread[(spread["s"] < 0) | (spread["s"] == spread["n"])].sort_values("s")
    last: pd.DataFrame = fitting.assign(s=fitting["n"]).drop_duplicates(
        [*"rtvocps", "use"], keep="last"
    )
    return last
