"""Turns a solution into a labelled Dataset. The only part of results that knows the model.

Signs and units of prices: the dual of a row is what the discounted cost rises by when its bound
rises by one unit. Divided by the worth of one yearly unit in that period (`discount_weight`) it is
undiscounted, per year of the period. `commodity_price` is what one more unit of demand costs.
`limit_price` is what one more unit of the limit would SAVE: minus the dual; positive for a cap
that binds, negative for a floor that binds, where one unit more would cost that much.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from carbonpath.model.build import BuiltModel
from carbonpath.model.data import weights_of_periods
from carbonpath.model.declare import rules
from carbonpath.model.variables import VARIABLES
from carbonpath.results.described import described
from carbonpath.results.results import Results
from carbonpath.spec.dimensions import BY_LETTER
from carbonpath.spec.parameters import BY_NAME
from carbonpath.system.parameter import DERIVED, Codes
from carbonpath.system.system import COMMODITY_COLUMNS, TECHNOLOGY_COLUMNS, EnergySystem

Floats = npt.NDArray[np.float64]
LONG = ("activity", "built_units", "shortfall", "shortfall_penalty")
"""Families that are not laid out over all their dimensions."""
REPORTED = (
    "capacity_to_activity", "capacity_limit", "capacity_floor", "build_rate", "build_floor",
    "activity_limit", "activity_floor",
)  # fmt: skip
"""Parameters that reports show beside results."""
ACCOUNT_UNITS = {"demand": "commodity", "kappa": "PJ/PJ"}
HOME = "bn CNY_2020"


def extract(
    built: BuiltModel, columns: Floats, row_duals: Floats, dual_objective: float | None = None,
    mode: str = "foresight",
) -> Results:  # fmt: skip
    """Return the results of a solution: quantities, capacities, prices and limits by label.

    `dual_objective` is None where no one dual solution spans the horizon: in mode myopic.
    """
    arrays = {
        **_quantities(built, columns),
        **_parameters(built.system),
        **_prices(built, row_duals),
        **_limits(built, columns, row_duals),
        **_activity(built, columns),
    }
    if money := built.system.settings.currency[1]:
        arrays = {name: _in(money, array) for name, array in arrays.items()}
    dataset = xr.Dataset(described(arrays)).assign_coords(_coordinates(built.system))
    attributes = {**_attributes(built, columns, dual_objective), "mode": mode}
    tables = {**built.system.tables, "limits": _definitions(built.system)}
    return Results(dataset.assign_attrs(attributes), tables, {})


def _in(money: str, array: xr.DataArray) -> xr.DataArray:
    """Name the money of imported data in a unit, where bn CNY_2020 stands for it."""
    unit = str(array.attrs.get("unit", ""))
    return array.assign_attrs(unit=unit.replace(HOME, money)) if HOME in unit else array


def dense(system: EnergySystem, letters: str, codes: Codes, values: Floats) -> xr.DataArray:
    """Lay out values over all labels of their dimensions, NaN where there is none."""
    full = np.full([len(system.labels.get(letter, ())) for letter in letters], np.nan)
    full[tuple(codes.T)] = values
    return xr.DataArray(full, dims=[BY_LETTER[letter].name for letter in letters])


def _quantities(built: BuiltModel, columns: Floats) -> dict[str, xr.DataArray]:
    """Every quantity and every capacity-like variable."""
    described = [(s.name, s.unit, s.meaning, s.zh) for s in VARIABLES]
    described += [(r.name, r.unit, r.title, r.zh) for r in rules("quantity", "cost")]
    arrays = {}
    for name, unit, title, zh in described:
        if name in LONG:
            continue
        index = built.space.index_of(name)
        values = built.linear.values(name, columns)
        array = dense(built.system, "".join(index.letters), index.codes, values)
        arrays[name] = array.assign_attrs(unit=unit, long_name=title, long_name_zh=zh)
    return arrays


def _parameters(system: EnergySystem) -> dict[str, xr.DataArray]:
    """Parameters that reports need beside the results, demand by year, and drivers."""
    arrays = {}
    for name in (*REPORTED, "kappa"):
        if name in system.parameters:
            given = system.parameters[name]
            array = dense(system, given.dims, given.keys, given.values)
            unit = BY_NAME[name].unit if name in BY_NAME else ACCOUNT_UNITS[name]
            meaning = BY_NAME[name].meaning if name in BY_NAME else DERIVED[name][1]
            arrays[name] = array.assign_attrs(unit=unit, long_name=meaning)
    if "demand" in system.parameters:
        given = system.parameters["demand"]
        by_slice = dense(system, given.dims, given.keys, given.values)
        yearly = by_slice.sum("time_slice", min_count=1)
        if "yearly_demand" in system.parameters:
            anytime = system.parameters["yearly_demand"]
            more = dense(system, anytime.dims, anytime.keys, anytime.values)
            yearly = yearly.fillna(0.0) + more.fillna(0.0)
        arrays["demand"] = yearly.assign_attrs(unit="commodity", long_name=DERIVED["demand"][1])
    drivers = system.tables.get("drivers")
    if drivers is not None and {"driver", "period", "value"} <= set(drivers.columns):
        arrays["driver_value"] = _drivers(system, drivers)
    return arrays


def _drivers(system: EnergySystem, table: pd.DataFrame) -> xr.DataArray:
    """Drivers by period, with the unit of each as a coordinate."""
    period = table["period"].astype(int)
    wide = table.assign(period=period).pivot_table(index="driver", columns="period", values="value")
    wide = wide.reindex(columns=[int(label) for label in system.labels["p"]])
    array = xr.DataArray(
        wide.to_numpy(dtype=float), dims=("driver", "period"), coords={"driver": list(wide.index)}
    )
    if "unit" in table:
        units = table.drop_duplicates("driver").set_index("driver")["unit"].reindex(wide.index)
        array = array.assign_coords(
            driver_unit=("driver", units.astype(str).to_numpy(dtype=object))
        )
    return array.assign_attrs(unit="1", long_name="Drivers of demand")


def _worth(system: EnergySystem) -> Floats:
    """Discount weight of each period, in order."""
    worth = weights_of_periods(system)
    return np.array([worth[label] for label in system.labels["p"]])


def _prices(built: BuiltModel, row_duals: Floats) -> dict[str, xr.DataArray]:
    """What one more unit of each commodity would cost: the year's mean, and by slice."""
    system, linear = built.system, built.linear
    shape = [len(system.labels[letter]) for letter in "rcps"]
    nodes = np.full(shape, np.nan)
    for name in ("supply_meets_demand", "supply_covers_demand"):
        family = linear.rows[name]
        nodes[tuple(family.index.codes.T)] = row_duals[family.slice]
    nodes /= _worth(system)[None, None, :, None]
    by_node = xr.DataArray(nodes, dims=("region", "commodity", "period", "time_slice"))
    share = np.array([system.time.node[label].share for label in system.labels["s"]])
    mean = (by_node * xr.DataArray(share, dims="time_slice")).sum("time_slice", min_count=1)
    prices = {
        "commodity_price": mean.assign_attrs(
            unit="bn CNY_2020/commodity", long_name="Cost of one more unit, mean of the year"
        )
    }
    carriers = system.commodities["carrier"]
    powers = [c for c in system.commodities.index if carriers[c] == "electricity"]
    if powers:
        power = "electricity" if "electricity" in powers else powers[-1]
        place = system.labels["c"].index(power)
        prices["electricity_price"] = by_node.isel(commodity=place).assign_attrs(
            unit="bn CNY_2020/PJ", long_name=f"Cost of one more PJ of {power} by time slice"
        )
    return prices


def _limits(built: BuiltModel, columns: Floats, row_duals: Floats) -> dict[str, xr.DataArray]:
    """Every limit row: value, total it is compared with, bound, shortfall, price."""
    table, linear = built.limits.table, built.linear
    value, of = _totals(built, built.limits.subject, columns), np.full(len(table), np.nan)
    compared = _totals(built, built.limits.of, columns)
    with_of = table["has_of"].to_numpy(dtype=bool)
    of[with_of] = compared[with_of]
    bound = table["constant"].to_numpy(dtype=float) + np.where(
        with_of, table["factor"].to_numpy(dtype=float) * compared, 0.0
    )
    price, shortfall = np.full(len(table), np.nan), np.full(len(table), np.nan)
    weights = {**weights_of_periods(built.system), "": 1.0}
    for name in ("limits", "history"):
        family = linear.rows[name]
        price[family.index.codes[:, 0]] = -row_duals[family.slice]
    price /= np.array([weights[str(p)] for p in table["period"]])
    soft = linear.columns["shortfall"]
    shortfall[soft.index.codes[:, 0]] = columns[soft.slice]
    penalty = np.where(np.isfinite(shortfall), table["price"].to_numpy(dtype=float), np.nan)
    texts = {name: table[name].to_numpy(dtype=object) for name in ("id", "region", "period")}
    numbers = {
        "value": value, "of": of, "bound": bound, "shortfall": shortfall, "price": price,
        "penalty": penalty,
    }  # fmt: skip
    return {
        f"limit_{name}": xr.DataArray(found, dims="limit_row")
        for name, found in {**texts, **numbers}.items()
    }


def _totals(built: BuiltModel, parts: Mapping[str, Any], columns: Floats) -> Floats:
    total = np.zeros(len(built.limits.table))
    for name, matrix in parts.items():
        total += matrix @ built.linear.values(name, columns)
    return total


def _activity(built: BuiltModel, columns: Floats) -> dict[str, xr.DataArray]:
    """Activity in long form, and the level of stores."""
    index = built.space.index_of("activity")
    values = columns[built.linear.columns["activity"].slice]
    running = np.flatnonzero(values > 0)
    labels = built.system.decode("rtvmps", index.codes[running])
    coordinates = {
        f"{name}_": ("activity_row", column.to_numpy(dtype=object))
        for name, column in labels.items()
    }
    array = xr.DataArray(values[running], dims="activity_row", coords=coordinates)
    attributes = {"unit": "act", "long_name": "What a vintage does in a mode and time slice"}
    return {"activity": array.assign_attrs(attributes)}


def _coordinates(system: EnergySystem) -> dict[str, object]:
    """Labels of every dimension, and attributes of technologies, commodities, periods, slices."""
    labels, time = system.labels, system.time
    worth = weights_of_periods(system)
    nodes = [time.node[label] for label in labels["s"]]
    found: dict[str, object] = {
        BY_LETTER[letter].name: np.array(names, dtype=object)
        for letter, names in labels.items()
        if letter in BY_LETTER and letter != "p"
    }
    found["period"] = [int(label) for label in labels["p"]]
    found["years"] = ("period", [time.period[label].years for label in labels["p"]])
    found["discount_weight"] = ("period", [worth[label] for label in labels["p"]])
    found["time_slice_share"] = ("time_slice", [node.share for node in nodes])
    found["time_slice_hours"] = ("time_slice", [node.hours for node in nodes])
    for name in ("level", "parent", "day"):
        texts = np.array([getattr(node, name) for node in nodes], dtype=object)
        found["time_slice_season" if name == "parent" else f"time_slice_{name}"] = (
            "time_slice", texts,
        )  # fmt: skip
    for prefix, table, names in (
        ("technology", system.technologies, TECHNOLOGY_COLUMNS),
        ("commodity", system.commodities, COMMODITY_COLUMNS),
    ):
        for name in names:
            if name in table:
                found[f"{prefix}_{name}"] = (prefix, _texts(table[name]))
    return found


def _texts(column: "pd.Series[Any]") -> npt.NDArray[np.object_]:
    """A column as text; missing is empty."""
    return np.array(["" if pd.isna(value) else str(value) for value in column], dtype=object)


def discounted_costs(built: BuiltModel, columns: Floats) -> dict[str, float]:
    """Return objective and costs over the horizon, discounted, bn CNY_2020.

    `total_cost` leaves penalties out; `total_cost_social` has investment at the social rate too.
    """
    linear = built.linear
    parts = {
        name: float(weight @ linear.values(name, columns))
        for name, weight in linear.objective.items()
    }
    objective = sum(parts.values())
    total = objective - parts.get("shortfall_penalty", 0.0)
    social = built.space.index_of("social_investment_payment")
    weight = _worth(built.system)[social.codes[:, social.letters.index("p")]]
    invested = float(weight @ linear.values("social_investment_payment", columns))
    return {
        "objective": objective,
        "total_cost": total,
        "total_cost_social": total - parts["investment_payment"] + invested,
    }


def _attributes(
    built: BuiltModel, columns: Floats, dual_objective: float | None
) -> dict[str, object]:
    """Status, costs, and the settings they rest on."""
    settings = built.system.settings
    found: dict[str, object] = {
        "status": "optimal",
        **discounted_costs(built, columns),
        "base_year": settings.base_year,
        "discount_rate": settings.discount_rate,
        "convention": settings.conventions.investment,
    }
    if settings.currency[1]:
        found["currency_zh"], found["currency_en"] = settings.currency
    if dual_objective is not None:
        found["dual_objective"] = dual_objective
    return found


def _definitions(system: EnergySystem) -> pd.DataFrame:
    """The definition of every limit, as text where it is a selection."""
    plain = ["id", "quantity", "of", "sense", "mode", "regime", "unit", "label_zh", "label_en",
             "source", "because", "origin", "lag", "per"]  # fmt: skip
    rows = [
        {
            **{name: getattr(limit, name) for name in plain},
            "where": _selection(limit.where),
            "of_where": _selection(limit.of_where),
            "each": " ".join(limit.each),
        }
        for limit in system.limits
    ]
    return pd.DataFrame(rows, columns=[*plain, "where", "of_where", "each"])


def _selection(where: Mapping[str, tuple[str, ...]]) -> str:
    return "; ".join(f"{key}={' '.join(patterns)}" for key, patterns in where.items())
