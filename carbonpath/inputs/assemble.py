"""Clean tables to an EnergySystem: what the model reads, and the tables that only reports need."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from carbonpath.inputs.assembly.demands import (
    demand_parameters,
    demands,
    driver_table,
    drivers,
    prices,
)
from carbonpath.inputs.assembly.flows import co2_factors, flow_parameters
from carbonpath.inputs.assembly.ground import Ground
from carbonpath.inputs.assembly.hours import peak_factors, placement
from carbonpath.inputs.assembly.limits import limits
from carbonpath.inputs.assembly.technologies import (
    capacity_factors,
    old_stock,
    stock,
    survival,
    technology_parameters,
)
from carbonpath.inputs.frames import texts
from carbonpath.inputs.resolved import values
from carbonpath.inputs.shapes import shapes_of
from carbonpath.inputs.tables import Tables
from carbonpath.system.finance import Conventions
from carbonpath.system.parameter import Parameter
from carbonpath.system.system import (
    COMMODITY_COLUMNS,
    TECHNOLOGY_COLUMNS,
    EnergySystem,
    Settings,
)
from carbonpath.system.time import Time, periods_of

DISCOUNT_RATE = 0.05
"""Social rate where neither scenario nor dataset names one."""
REPORTED = ("sources", "statistics", "calibration", "situations")


def assemble(tables: Tables) -> EnergySystem:
    """Return the system of one scenario; its tables have passed every check."""
    shapes = shapes_of(tables)
    dataset = tables.dataset
    periods = periods_of(tables.periods, dataset.base_year, dataset.conventions.periods)
    ground = Ground(tables, shapes, Time(periods, shapes.nodes))
    by_driver = drivers(ground)
    parameters = {p.name: p for p in _parameters(ground, by_driver) if len(p)}
    return EnergySystem(
        labels=ground.labels,
        technologies=_attributes(ground, "t", "technologies", TECHNOLOGY_COLUMNS),
        commodities=_attributes(ground, "c", "commodities", COMMODITY_COLUMNS),
        time=ground.time,
        parameters=parameters,
        limits=limits(ground, by_driver),
        settings=settings(tables),
        tables=_reported(ground, by_driver),
    )


def settings(tables: Tables) -> Settings:
    """Return the choices that hold for the whole system."""
    scenario, dataset = tables.scenario, tables.dataset
    rates = (scenario.horizon.discount_rate, dataset.discount_rate, DISCOUNT_RATE)
    return Settings(
        base_year=dataset.base_year,
        discount_rate=next(rate for rate in rates if rate is not None),
        conventions=Conventions(**dataset.conventions.model_dump()),
        scenario=scenario.id,
        dataset=scenario.dataset or "",
        title_zh=scenario.title.zh,
        title_en=scenario.title.en,
        options=dict(tables.options),
        knowledge=scenario.knowledge,
        currency=dataset.money,
    )


def _parameters(ground: Ground, by_driver: pd.DataFrame) -> Iterator[Parameter]:
    """Yield every parameter of the system."""
    yield from technology_parameters(ground)
    yield from flow_parameters(ground)
    yield stock(ground)
    yield old_stock(ground)
    yield survival(ground)
    yield capacity_factors(ground)
    yield placement(ground)
    yield from demand_parameters(ground, demands(ground, by_driver))
    yield prices(ground)
    yield peak_factors(ground)
    yield _margins(ground)
    yield _reserves(ground)
    yield _checkpoints(ground)
    yield from _sequence(ground)
    yield from _accounting(ground)


def _margins(ground: Ground) -> Parameter:
    """Return the reserve margin of each peak situation; a scenario's replaces all."""
    data = ground.tables["situations"]
    own = ground.tables.scenario.horizon.margin
    margins = data["margin"].to_numpy(dtype=float)
    value = margins if own is None else np.full(len(data), own)
    k = ground.codes("k", texts(data, "situation"))
    return ground.made("reserve_margin", pd.DataFrame({"k": k, "value": value}))


def _reserves(ground: Ground) -> Parameter:
    """Return the firm capacity wanted per production, by region, commodity and period."""
    data = ground.tables["reserves"]
    table = ground.yearly(data, ["commodity", "region"])
    row = table.pop("row").to_numpy(dtype=np.int64)
    table["c"] = ground.codes("c", texts(data, "commodity"))[row]
    table = ground.in_regions(table, np.array(texts(data, "region"), dtype=object)[row])
    return ground.made("reserve_requirement", table)


def _checkpoints(ground: Ground) -> Parameter:
    """Return what a store has gained by each checkpoint of a period, per node's net output."""
    data = ground.tables["checkpoints"]
    table = ground.yearly(
        data.assign(between="", amount=data["value"]), ["checkpoint", "time_slice"]
    )
    row = table.pop("row").to_numpy(dtype=np.int64)
    table["h"] = ground.codes("h", texts(data, "checkpoint"))[row]
    table["s"] = ground.codes("s", texts(data, "time_slice"))[row]
    return ground.made("level_weight", table)


def _sequence(ground: Ground) -> Iterator[Parameter]:
    """Yield the order of the steps of the year, and what each gains of which time slice."""
    data = ground.tables["sequence"]
    table = pd.DataFrame(
        {
            "h": ground.codes("h", texts(data, "step")),
            "s": ground.codes("s", texts(data, "time_slice")),
            "value": data["order"].to_numpy(dtype=float),
        }
    )
    yield ground.made("step_order", table)
    yield ground.made("step_times", table.assign(value=data["times"].to_numpy(dtype=float)))


def _accounting(ground: Ground) -> Iterator[Parameter]:
    """Yield the factors that statutory accounts read."""
    data = ground.tables["accounting"]
    for name in ("kappa", "physical_factor"):
        mine = data[data["parameter"] == name].reset_index(drop=True)
        table = ground.yearly(mine, ["parameter", "key"])
        if name == "physical_factor":
            table["c"] = ground.codes("c", texts(mine, "key"))[table["row"]]
            table = table[table["p"] == ground.anchor]
        yield ground.made(name, table)


def _attributes(ground: Ground, letter: str, table: str, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return the attributes of technologies or commodities in the order of labels."""
    rows: Mapping[str, Mapping[str, str]] = (
        ground.tables.technology if table == "technologies" else ground.tables.commodity
    )
    names = ground.labels[letter]
    data = {
        column: [rows[name]["folder" if column == "sector" else column] for name in names]
        for column in columns
    }
    index = pd.Index(names, name=table.removesuffix("ies") + "y")
    return pd.DataFrame(data, index=index, dtype=object)


def _reported(ground: Ground, by_driver: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the tables that reports show beside results."""
    tables = ground.tables
    sectors = [
        (name, sector.label.zh, sector.label.en, sector.colour, sector.order)
        for name, sector in tables.sectors.items()
    ]
    columns = ["sector", "label_zh", "label_en", "colour", "order"]
    factors = co2_factors(ground)
    factors["commodity"] = [ground.labels["c"][c] for c in factors["c"]]
    factors["period"] = [ground.labels["p"][p] for p in factors["p"]]
    return {
        **{name: tables[name].drop(columns="doubtful") for name in REPORTED},
        "sectors": pd.DataFrame(sectors, columns=columns),
        "drivers": driver_table(ground, by_driver),
        "co2_factors": factors[["commodity", "period", "factor"]],
        "values": values(tables),
    }
