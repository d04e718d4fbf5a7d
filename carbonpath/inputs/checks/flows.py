"""Flows: the use of fuels is stated, and flows are of kinds that make sense together."""

from collections.abc import Iterator

from carbonpath.inputs.check import check
from carbonpath.inputs.frames import at, texts
from carbonpath.inputs.tables import Tables
from carbonpath.strict_yaml import shown

CAPTURED = "co2_captured"
CARBON_OF = {"fuel": "co2", "feedstock": "co2_feedstock"}
"""Where the carbon of each use goes."""


def carbon_bearing(tables: Tables) -> frozenset[str]:
    """Return the commodities that have a CO2 factor."""
    data = tables["accounting"]
    keys = zip(texts(data, "parameter"), texts(data, "key"), strict=True)
    return frozenset(key for parameter, key in keys if parameter == "co2_factor")


@check
def fuel_uses_are_stated(tables: Tables) -> Iterator[str]:
    """What is taken of a fuel with carbon is burnt, a feedstock, or transformed: say which."""
    carbon, flows = carbon_bearing(tables), tables["flows"]
    cells = zip(
        texts(flows, "commodity"), texts(flows, "use"), flows["value"].tolist(), strict=True
    )
    rows = [
        row for row, (name, use, value) in enumerate(cells)
        if name in carbon and value < 0 and not use
    ]  # fmt: skip
    names = texts(flows, "commodity")
    for row, where in zip(rows, at(flows, rows, "use"), strict=True):
        yield (
            f"{where}: empty although {names[row]!r} holds carbon; write fuel if it is burnt, "
            "feedstock if it becomes material, transformed if it goes on in the product"
        )


@check
def uses_belong_to_inputs(tables: Tables) -> Iterator[str]:
    """Only what a technology takes of an energy commodity has a use."""
    flows = tables["flows"]
    kinds = {name: row["kind"] for name, row in tables.commodity.items()}
    cells = zip(
        texts(flows, "commodity"), texts(flows, "use"), flows["value"].tolist(), strict=True
    )
    rows = [
        row for row, (name, use, value) in enumerate(cells)
        if use and (value > 0 or kinds.get(name, "energy") != "energy")
    ]  # fmt: skip
    for where in at(flows, rows, "use"):
        yield f"{where}: only energy that is taken (a negative value) has a use; empty the cell"


@check
def stores_are_sized(tables: Tables) -> Iterator[str]:
    """Whatever charges a stored commodity, some capacity holds it."""
    flows, stored = tables["flows"], set()
    kinds = {name: row["kind"] for name, row in tables.commodity.items()}
    for commodity, per in zip(texts(flows, "commodity"), texts(flows, "per"), strict=True):
        if per == "capacity":
            stored.add(commodity)
    data = tables["commodities"]
    for row, name in enumerate(texts(data, "commodity")):
        if kinds[name] == "stored" and name not in stored:
            where = next(at(data, [row]))
            yield (
                f"{where}: nothing can hold {name!r}; add a flow with per=capacity that says how "
                "much one unit of capacity holds"
            )


@check
def carbon_has_a_commodity(tables: Tables) -> Iterator[str]:
    """The carbon of what is burnt, captured or made into material is counted somewhere."""
    flows, carbon = tables["flows"], carbon_bearing(tables)
    captures = tables["parameters"]["parameter"] == "capture_rate"
    capturing = set(texts(tables["parameters"][captures], "technology"))
    told: set[str] = set()
    cells = zip(
        texts(flows, "technology"), texts(flows, "commodity"), texts(flows, "use"), strict=True
    )
    for row, (technology, commodity, use) in enumerate(cells):
        if commodity not in carbon or use not in CARBON_OF:
            continue
        needed = [CARBON_OF[use]] + ([CAPTURED] if technology in capturing else [])
        for name in needed:
            if name not in tables.commodity and name not in told:
                told.add(name)
                where = next(at(flows, [row]))
                yield (
                    f"{where}: its carbon goes to {name!r}, which is not declared; add it to "
                    "commodities.csv"
                )


@check
def flows_to_other_regions_are_of_activity(tables: Tables) -> Iterator[str]:
    """A flow falls on another region by running or standing, and is of something balanced there."""
    flows = tables["flows"]
    kinds = {name: row["kind"] for name, row in tables.commodity.items()}
    cells = zip(*(texts(flows, name) for name in ("where", "per", "commodity")), strict=True)
    for row, (place, per, name) in enumerate(cells):
        if place == "here":
            continue
        where = next(at(flows, [row], "where"))
        if place not in tables.names("regions"):
            yield f"{where}: {shown(place)} is no region; write here or a name of regions.csv"
        elif per not in ("activity", "capacity") or kinds.get(name) in ("stored", "emission"):
            yield f"{where}: only what runs or stands gives to another region; write here"


@check
def flows_of_standing_capacity_are_constant(tables: Tables) -> Iterator[str]:
    """What capacity holds, or makes when withdrawn, does not change over the years.

    What standing capacity makes or takes may be given for some years (between=only).
    """
    flows = tables["flows"]
    cells = zip(texts(flows, "per"), flows["period"].tolist(), texts(flows, "between"), strict=True)
    rows = [
        row
        for row, (per, year, between) in enumerate(cells)
        if year and per in ("capacity", "retirement") and between != "only"
    ]
    for where in at(flows, rows, "period"):
        yield f"{where}: flows per capacity or retirement hold in all years; empty the cell"
