"""Drivers, demands that follow them, and demands on the slices of the year."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from carbonpath.inputs.assembly.ground import Ground
from carbonpath.inputs.drivers import driver_values, parents, units
from carbonpath.inputs.frames import texts
from carbonpath.spec.dimensions import ANNUAL
from carbonpath.spec.units import canonical
from carbonpath.system.parameter import Parameter

Floats = npt.NDArray[np.float64]


def drivers(ground: Ground) -> pd.DataFrame:
    """Return each driver by period in base units, all it multiplies included."""
    data = ground.tables["drivers"]
    table = ground.yearly(data, ["driver"])
    names = np.array(texts(data, "driver"), dtype=object)[table["row"].to_numpy(dtype=np.int64)]
    own = pd.DataFrame({"driver": names, "p": table["p"], "value": table["value"]})
    wide = own.pivot_table(index="driver", columns="p", values="value", sort=True)
    return driver_values(wide, parents(data))


def driver_table(ground: Ground, values: pd.DataFrame) -> pd.DataFrame:
    """Return drivers in canonical units as rows: driver, period, value, unit."""
    unit = {name: canonical(unit) for name, unit in units(ground.tables["drivers"]).items()}
    labels = ground.labels["p"]
    rows = [
        (name, labels[p], float(value) / unit[str(name)].factor, unit[str(name)].text)
        for name, series in values.iterrows()
        for p, value in enumerate(series)
    ]
    return pd.DataFrame(rows, columns=["driver", "period", "value", "unit"])


def demands(ground: Ground, values: pd.DataFrame) -> pd.DataFrame:
    """[r,c,p,s]: final demand of a year, or of the slice s where one is named (else -1).

    D[p] = D[before] x (driver[p] / driver[before]) ^ elasticity[p] where a driver is named.
    Example: 100, a driver that grows from 1 to 1.2 and an elasticity of 0.5: 109.54.
    """
    data = ground.tables["demands"]
    free = data[data["driver"] == ""].reset_index(drop=True)
    table = ground.yearly(free, ["region", "commodity", "time_slice"])
    row = table.pop("row").to_numpy(dtype=np.int64)
    table["c"] = ground.codes("c", texts(free, "commodity"))[row]
    table["s"] = ground.codes("s", texts(free, "time_slice"))[row]
    region = np.array(texts(free, "region"), dtype=object)[row].tolist()
    following = data[data["driver"] != ""].reset_index(drop=True)
    elasticity = _elasticities(ground)
    parts = [table]
    columns = (texts(following, name) for name in ("commodity", "driver", "region"))
    for name, driver, place, start in zip(*columns, following["amount"].tolist(), strict=True):
        series: Floats = follow(start, values.loc[driver].to_numpy(dtype=float), elasticity[name])
        code, p = ground.code["c"][name], np.arange(len(series))
        parts.append(pd.DataFrame({"c": code, "p": p, "s": -1, "value": series}))
        region += [place] * len(series)
    return ground.in_regions(pd.concat(parts, ignore_index=True), region)


def follow(start: float, driver: Floats, elasticity: Floats) -> Floats:
    """Return a demand that follows its driver from the base year on."""
    growth: Floats = np.ones(len(driver), dtype=np.float64)
    growth[1:] = (driver[1:] / driver[:-1]) ** elasticity[1:]
    result: Floats = np.asarray(start * np.cumprod(growth), dtype=np.float64)
    return result


def _elasticities(ground: Ground) -> dict[str, Floats]:
    """Return the elasticity of each demand by period; the base year needs none."""
    data = ground.tables["elasticities"]
    table = ground.yearly(data, ["commodity"])
    names = texts(data, "commodity")
    found: dict[str, Floats] = {name: np.ones(len(ground.years)) for name in names}
    columns = (table[name].tolist() for name in ("row", "p", "value"))
    for row, p, value in zip(*columns, strict=True):
        found[names[row]][p] = value
    return found


def demand_parameters(ground: Ground, wanted: pd.DataFrame) -> Iterator[Parameter]:
    """Yield demand at the time level of its commodity, and what may be met at any time."""
    level = ground.commodity_attribute("time_level")
    profiles = ground.tables["profiles"]
    mine = profiles[profiles["purpose"] == "demand"]
    shape = dict(zip(texts(mine, "commodity"), texts(mine, "profile"), strict=True))
    yearly = wanted[wanted["s"] < 0].drop(columns="s")
    finer = (level != "annual")[wanted["c"].to_numpy(dtype=int)]
    any_time = (wanted["s"] == ground.code["s"][ANNUAL]) & finer
    parts = [wanted[(wanted["s"] >= 0) & ~any_time]]
    for code in sorted(set(yearly["c"].tolist())):
        rows = yearly[yearly["c"] == code]
        shares = _shares(ground, str(level[code]), shape.get(ground.labels["c"][code], ""))
        part = rows.merge(shares, how="cross")
        part["value"] *= part.pop("share")
        parts.append(part)
    table = pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)
    yield ground.made("demand", table.groupby([*"rcps"], as_index=False)[["value"]].sum())
    yield ground.made("yearly_demand", wanted.loc[any_time, [*"rcp", "value"]])


def _shares(ground: Ground, level: str, profile: str) -> pd.DataFrame:
    """Return the nodes of a level with the share of the year's demand on each."""
    nodes = [ground.code["s"][node.label] for node in ground.time.at(level)]
    if level == "annual":
        return pd.DataFrame({"s": nodes, "share": [1.0]})
    return pd.DataFrame({"s": nodes, "share": profile_shares(ground, profile, level)})


def profile_shares(ground: Ground, profile: str, level: str) -> Floats:
    """Return how a yearly amount falls on the nodes of a level along a profile."""
    amounts = ground.shapes.values[profile] * ground.shapes.shares
    shares: Floats = ground.weights(level) @ (amounts / amounts.sum())
    return shares


def prices(ground: Ground) -> Parameter:
    """Return prices on emissions; several on one commodity add up."""
    data = ground.tables["prices"]
    table = ground.yearly(data, ["id", "region", "commodity"])
    row = table["row"].to_numpy(dtype=np.int64)
    table["c"] = ground.codes("c", texts(data, "commodity"))[row]
    table["id"] = np.array(texts(data, "id"), dtype=object)[row]
    rows = ground.in_regions(table, np.array(texts(data, "region"), dtype=object)[row])
    summed = rows.groupby([*"rcp"], as_index=False)[["value"]].sum()
    return ground.made("emission_price", summed)
