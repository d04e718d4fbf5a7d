"""Parameters of technologies: costs, lifetimes, bounds, stock and capacity factors."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from carbonpath.inputs.assembly.ground import OF_PARAMETER, Ground
from carbonpath.inputs.capacity_factors import scaled
from carbonpath.inputs.frames import Frame, texts
from carbonpath.inputs.series import filled
from carbonpath.spec.columns import ABSENT
from carbonpath.spec.parameters import PARAMETERS, ParameterSpec
from carbonpath.system.finance import aged_stock, uniform_stock
from carbonpath.system.parameter import Parameter
from carbonpath.system.time import LEVELS

CONSUMED = ("capacity_factor", "capture_rate", "peak_factor", "survival_share")
"""Parameters that other parts of the assembly take up."""
OF_BUILDING = ("build_rate", "build_floor", "growth_rate")
"""Parameters of additions, which there are none of in the base year."""
KEYS = OF_PARAMETER


def technology_parameters(ground: Ground) -> Iterator[Parameter]:
    """Return every parameter that parameters.csv gives, by code."""
    data = ground.tables["parameters"]
    for spec in PARAMETERS:
        mine = data[data["parameter"] == spec.name].reset_index(drop=True)
        if spec.name in CONSUMED or mine.empty:
            continue
        yield ground.made(spec.name, rows_by_code(ground, spec, mine), mine)


def rows_by_code(ground: Ground, spec: ParameterSpec, data: Frame) -> pd.DataFrame:
    """Return the rows of one parameter by code, with every dimension it has."""
    table = _years(ground, data) if spec.name == "build_floor" else ground.yearly(data, KEYS)
    if spec.name in OF_BUILDING:
        table = table[table["p"] > ground.base].reset_index(drop=True)
    row = table["row"].to_numpy(dtype=np.int64)
    table["t"] = ground.codes("t", texts(data, "technology"))[row]
    for column, letter in (("mode", "m"), ("commodity", "c"), ("situation", "k"),
                           ("time_slice", "s")):  # fmt: skip
        table[letter] = ground.codes(letter, texts(data, column))[row]
    table["vintage"] = data["vintage"].to_numpy(dtype=np.int64)[row]
    table = ground.in_regions(table, np.array(texts(data, "region"), dtype=object)[row])
    return _in_all_dimensions(ground, spec, table)


def _in_all_dimensions(ground: Ground, spec: ParameterSpec, table: pd.DataFrame) -> pd.DataFrame:
    """Spread rows over the modes, situations, vintages and periods they hold for."""
    if "p" not in spec.dims and "v" in spec.dims:
        table = table.rename(columns={"p": "v"})
    elif "p" not in spec.dims:
        table = table[table["p"] == ground.anchor]
    elif "v" in spec.dims:
        table = ground.by_vintage(table)
    for letter, whole in (("m", ground.modes), ("k", _situations(ground))):
        if letter in spec.dims:
            table = _spread(table, letter, whole)
    special = [letter for letter in ("m", "c", "k", "vintage") if letter in table]
    return table.sort_values(special).drop_duplicates([*spec.dims], keep="last")


def _spread(table: pd.DataFrame, letter: str, whole: pd.DataFrame) -> pd.DataFrame:
    """Replace an empty cell by every label; rows with a label of their own come last and win."""
    on = [column for column in whole.columns if column != letter]
    every = table[table[letter] < 0].drop(columns=letter)
    every = every.merge(whole, on=on) if on else every.merge(whole, how="cross")
    return pd.concat([every, table[table[letter] >= 0]], ignore_index=True)


def _situations(ground: Ground) -> pd.DataFrame:
    return pd.DataFrame({"k": np.arange(len(ground.labels["k"]))})


def _years(ground: Ground, data: Frame) -> pd.DataFrame:
    """Return floors of yearly additions by period; those of single years as means over periods.

    Example: 1 GW/yr in 2023 alone, in the period 2021-2025: 0.2 GW/yr.
    """
    single = ((data["between"] == "") & (data["period"] != ABSENT)).to_numpy()
    parts = [ground.yearly(data[~single].reset_index(drop=True), KEYS)]
    parts[0]["row"] = np.flatnonzero(~single)[parts[0]["row"]]
    span = ground.time.periods
    alone = data[single].reset_index(drop=True)
    found = filled(alone, KEYS, range(span[0].first_year, span[-1].last_year + 1))
    found["p"] = np.searchsorted(ground.years, found["year"].to_numpy(dtype=np.int64))
    found["value"] /= np.array([period.years for period in span])[found["p"]]
    found["number"] = alone.groupby(KEYS, sort=False).ngroup().to_numpy()[found["row"]]
    found["row"] = np.flatnonzero(single)[found["row"]]
    summed = found.groupby(["number", "p"]).agg(row=("row", "first"), value=("value", "sum"))
    return pd.concat([parts[0], summed.reset_index()[["row", "p", "value"]]], ignore_index=True)


def stock(ground: Ground) -> Parameter:
    """Return the stock of the base year that still stands in each period.

    Without a vintage its ages are spread evenly over the lifetime; with one it serves its lifetime.
    In the base year itself all of it stands, as the statistics say.
    """
    data = ground.tables["stock"]
    t = ground.codes("t", texts(data, "technology"))
    columns = zip(
        texts(data, "region"), t.tolist(), data["vintage"].tolist(), data["period"].tolist(),
        data["amount"].tolist(), strict=True,
    )  # fmt: skip
    rows = [
        (region, code, built, given, p, value * share)
        for region, code, built, given, value in columns
        for p, share in enumerate(_standing(ground, region, code, built, given))
    ]
    table = pd.DataFrame(rows, columns=["region", "t", "built", "given", "p", "value"])
    table = ground.in_regions(table.drop(columns="region"), table["region"].tolist())
    table["v"] = ground.stock_vintages(table["t"].to_numpy(dtype=np.int64), table["built"].tolist())
    summed = table.groupby([*"rtvp"], as_index=False)[["value"]].sum()
    return ground.made("existing", summed[summed["value"] > 0])


def old_stock(ground: Ground) -> Parameter:
    """Return the stock that stood in the base year, where that lies before the horizon."""
    data, base = ground.tables["stock"], ground.tables.dataset.base_year
    mine = data[(data["period"] == base) & (ground.base < 0)].reset_index(drop=True)
    table = pd.DataFrame({"t": ground.codes("t", texts(mine, "technology"))})
    table["v"] = ground.stock_vintages(table["t"].to_numpy(), mine["vintage"].tolist())
    table["value"] = mine["amount"].to_numpy(dtype=float)
    full = ground.in_regions(table, texts(mine, "region"))
    return ground.made("old_stock", full.groupby([*"rtv"], as_index=False)[["value"]].sum())


def _standing(ground: Ground, region: str, t: int, built: int, given: int) -> list[float]:
    """Return by period the share of a row of stock that stands."""
    periods, base_year = ground.time.periods, ground.tables.dataset.base_year
    if given != ABSENT:
        return [float(period.label == str(given)) for period in periods]
    lives = ground.lifetimes[ground.code["r"].get(region, 0), t].tolist()
    life = next((x for x in lives if x == x), 1.0)
    if built == ABSENT:
        shares = [uniform_stock(life, period, base_year) for period in periods]
    else:
        shares = [aged_stock(built, life, period) for period in periods]
    return [1.0 if p == ground.base else share for p, share in enumerate(shares)]


def survival(ground: Ground) -> Parameter:
    """Return the share of each period's years that new capacity serves."""
    return ground.made("survival", ground.survival)


def capacity_factors(ground: Ground) -> Parameter:
    """Return the largest share of capacity by slice: the profile, scaled to its yearly mean.

    The mean is that of profiles.csv; a capacity_factor in parameters.csv replaces it, by vintage
    and period if it is given so. Without a profile the parameter holds in every slice.
    """
    means = _means(ground)
    profiles = ground.tables["profiles"]
    profiles = profiles[profiles["purpose"] == "capacity_factor"]
    shape_of = dict(
        zip(ground.codes("t", texts(profiles, "technology")).tolist(),
            texts(profiles, "profile"), strict=True)
    )  # fmt: skip
    parts = [pd.DataFrame({letter: [] for letter in "rtvps"} | {"value": []})]
    cases = means[["t", "mean"]].drop_duplicates()
    for t, mean in zip(cases["t"].tolist(), cases["mean"].tolist(), strict=True):
        same = (means["mean"] == mean) | (means["mean"].isna() & (mean != mean))
        rows = means[(means["t"] == t) & same]
        codes, values = _on_nodes(ground, t, shape_of.get(t, ""), mean)
        nodes = pd.DataFrame({"s": codes, "value": values})
        parts.append(rows[[*"rtvp"]].merge(nodes, how="cross"))
    parts.append(_by_slice(ground))
    table = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    return ground.made("capacity_factor", table.drop_duplicates([*"rtvps"], keep="last"))


def _factors(ground: Ground, *, by_slice: bool) -> pd.DataFrame:
    """[r,t,v,p,s]: capacity factors of parameters.csv, with or without a time slice."""
    data = ground.tables["parameters"]
    wanted = (data["parameter"] == "capacity_factor") & ((data["time_slice"] != "") == by_slice)
    own = data[wanted].reset_index(drop=True)
    given = ground.yearly(own, KEYS)
    row = given["row"].to_numpy(dtype=np.int64)
    given["t"] = ground.codes("t", texts(own, "technology"))[row]
    given["s"] = ground.codes("s", texts(own, "time_slice"))[row]
    given["vintage"] = own["vintage"].to_numpy(dtype=np.int64)[row]
    given = ground.in_regions(given, np.array(texts(own, "region"), dtype=object)[row])
    table = ground.by_vintage(given).sort_values("vintage")
    return table.drop_duplicates([*"rtvps"], keep="last")[[*"rtvps", "value"]]


def _by_slice(ground: Ground) -> pd.DataFrame:
    """[r,t,v,p,s]: capacity factors given outright for a time slice."""
    return _factors(ground, by_slice=True)


def _means(ground: Ground) -> pd.DataFrame:
    """Return the yearly mean of each technology that has a profile or a capacity factor."""
    profiles = ground.tables["profiles"]
    profiles = profiles[profiles["purpose"] == "capacity_factor"]
    plain = pd.DataFrame(
        {
            "t": ground.codes("t", texts(profiles, "technology")),
            "mean": profiles["mean"].to_numpy(dtype=float),
        }
    ).merge(ground.lives, on="t")
    own = _factors(ground, by_slice=False).rename(columns={"value": "mean"})
    both = pd.concat([ground.everywhere(plain), own], ignore_index=True)
    return both.drop_duplicates([*"rtvp"], keep="last")


def _on_nodes(ground: Ground, t: int, profile: str, mean: float) -> tuple[list[int], list[float]]:
    """Return the nodes of a technology's time level and its capacity factor on each."""
    level = str(ground.attribute("time_level")[t])
    nodes = ground.time.at(level)
    codes = [ground.code["s"][node.label] for node in nodes]
    if not profile:
        return codes, [mean] * len(nodes)
    shapes = ground.shapes
    wanted = shapes.mean(profile) if mean != mean else mean
    values, _ = scaled(shapes.values[profile], shapes.shares, wanted)
    if level == LEVELS[-1]:
        return codes, values.tolist()
    weight = ground.weights(level)
    return codes, (weight @ (values * shapes.shares) / (weight @ shapes.shares)).tolist()
