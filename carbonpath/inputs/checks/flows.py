"""Flows: the use of fuels is stated, and flows are of kinds that make sense together."""

from collections.abc import Iterator

from carbonpath.inputs.check import check
from carbonpath.inputs.frames import at, texts
from carbonpath.inputs.tables import Tables


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
