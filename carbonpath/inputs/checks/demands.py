"""Demands and drivers: what follows a driver can be computed."""

from collections.abc import Iterator

from carbonpath.inputs.check import check
from carbonpath.inputs.checks.network import BALANCED
from carbonpath.inputs.drivers import chain, parents
from carbonpath.inputs.frames import at, texts
from carbonpath.inputs.tables import Tables


@check
def driven_demands_start_in_the_base_year(tables: Tables) -> Iterator[str]:
    """A demand that follows a driver has one row, in the base year."""
    data, base = tables["demands"], tables.dataset.base_year
    drivers, years = texts(data, "driver"), data["period"].tolist()
    names, doubtful = texts(data, "commodity"), data["doubtful"].tolist()
    for row, driver in enumerate(drivers):
        if driver and not doubtful[row] and (years[row] != base or names.count(names[row]) > 1):
            where = next(at(data, [row]))
            yield (
                f"{where}: demand for {names[row]!r} follows {driver!r}, so it needs one row, of "
                f"{base}; remove the others or empty 'driver'"
            )


@check
def driven_demands_have_an_elasticity(tables: Tables) -> Iterator[str]:
    """A demand that follows a driver says how closely."""
    known, data = tables.names("elasticities", "commodity"), tables["demands"]
    rows = zip(texts(data, "commodity"), texts(data, "driver"), strict=True)
    for row, (name, driver) in enumerate(rows):
        if driver and name not in known:
            where = next(at(data, [row]))
            yield (
                f"{where}: demand for {name!r} follows {driver!r} but has no elasticity; add a row "
                "to elasticities.csv (1 means in proportion)"
            )


@check
def demands_are_of_things_supplied(tables: Tables) -> Iterator[str]:
    """A demand is for energy, a service or a material, not for an emission or a store."""
    data = tables["demands"]
    for row, name in enumerate(texts(data, "commodity")):
        kind = tables.commodity.get(name, {}).get("kind", "energy")
        if kind not in BALANCED:
            where = next(at(data, [row]))
            yield f"{where}: {name!r} is of kind {kind}; demands are for {', '.join(BALANCED)}"


@check
def drivers_do_not_run_in_circles(tables: Tables) -> Iterator[str]:
    """No driver multiplies itself, also not through others."""
    data = tables["drivers"]
    parent = parents(data)
    told: set[frozenset[str]] = set()
    for row, name in enumerate(texts(data, "driver")):
        way = chain(name, parent)
        back = parent.get(way[-1], "")
        circle = frozenset(way)
        if back in way and circle not in told:
            told.add(circle)
            where = next(at(data, [row], "of"))
            yield f"{where}: drivers multiply each other in a circle: {' → '.join([*way, back])}"


@check
def drivers_measure_one_thing(tables: Tables) -> Iterator[str]:
    """The rows of a driver name the same driver in `of`."""
    data = tables["drivers"]
    first: dict[str, str] = {}
    of = texts(data, "of")
    for row, name in enumerate(texts(data, "driver")):
        if first.setdefault(name, of[row]) != of[row]:
            where = next(at(data, [row], "of"))
            yield f"{where}: {of[row]!r}, but {first[name]!r} above; write one for a driver"


@check
def prices_are_on_emissions(tables: Tables) -> Iterator[str]:
    """A price is put on an emission commodity; fuel prices are variable costs of their supply."""
    data = tables["prices"]
    for row, name in enumerate(texts(data, "commodity")):
        kind = tables.commodity.get(name, {}).get("kind", "emission")
        if kind != "emission":
            where = next(at(data, [row], "commodity"))
            yield (
                f"{where}: {name!r} is of kind {kind}; prices are on emissions, the price of a "
                "fuel is the variable_cost of its supply"
            )


@check
def accounting_keys_fit(tables: Tables) -> Iterator[str]:
    """A factor of a commodity names it, and a factor of none has an empty key."""
    data = tables["accounting"]
    rows = zip(texts(data, "parameter"), texts(data, "key"), strict=True)
    for row, (name, key) in enumerate(rows):
        if name == "kappa" and key:
            yield f"{next(at(data, [row], 'key'))}: kappa belongs to no commodity; empty the cell"
        elif name in ("co2_factor", "physical_factor") and not key:
            yield f"{next(at(data, [row], 'key'))}: empty; write the commodity {name} is for"
