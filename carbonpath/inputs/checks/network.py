"""The network of flows: what is wanted can be made, and nothing is made from nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import log

from carbonpath.inputs.check import check, warn
from carbonpath.inputs.frames import Frame, at, texts
from carbonpath.inputs.tables import Tables

HERE = "here"
BALANCED = ("energy", "service", "material")
DEPTH = 6
"""Links of a path that a message names."""
GAIN = 1e-6
"""Gain of a loop that is rounding."""


@dataclass
class Process:
    """One mode of one technology: what it takes and makes, by commodity, in canonical units."""

    technology: str
    takes: dict[str, float] = field(default_factory=dict)
    makes: dict[str, float] = field(default_factory=dict)


def processes(tables: Tables, *, at_home: bool = False) -> list[Process]:
    """Return every mode of every technology; a flow that is no number both takes and makes.

    Of a series the mean over its rows counts; the uses of one commodity add up. `at_home` leaves
    out what falls on other regions.
    """
    flows = tables["flows"]
    running = flows[(flows["per"] == "activity") & ((flows["where"] == HERE) | (not at_home))]
    if running.empty:
        return []
    series = ["technology", "mode", "commodity", "use", "where"]
    means: Frame = running.groupby(series, sort=True)[["amount"]].mean().reset_index()
    found: dict[tuple[str, str], Process] = {}
    columns = (texts(means, name) for name in series[:3])
    rows = zip(*columns, means["amount"].tolist(), strict=True)
    for technology, mode, commodity, value in rows:
        process = found.setdefault((technology, mode), Process(technology))
        if value == 0:
            continue
        if not value > 0:
            process.takes[commodity] = process.takes.get(commodity, 0.0) - value
        if not value < 0:
            process.makes[commodity] = process.makes.get(commodity, 0.0) + value
    return list(found.values())


def balanced_names(tables: Tables) -> set[str]:
    """Return the commodities of which no more can be taken than is made."""
    rows = tables.commodity.items()
    return {n for n, row in rows if row["kind"] in BALANCED and row["surplus"] != "any"}


def reachable(tables: Tables, modes: list[Process]) -> set[str]:
    """Return the commodities that can be made from what needs no input."""
    balanced = balanced_names(tables)
    known: set[str] = set()
    waiting = list(modes)
    while True:
        runs = [p for p in waiting if all(c in known for c in p.takes if c in balanced)]
        if not runs:
            return known
        waiting = [p for p in waiting if p not in runs]
        known |= {commodity for process in runs for commodity in process.makes}


@check
def every_demand_has_a_maker(tables: Tables) -> Iterator[str]:
    """Every final demand can be met by a chain of technologies that starts from supply."""
    modes, data = processes(tables), tables["demands"]
    known = reachable(tables, modes)
    lacking = unreachable_demands(tables, modes)
    told = set()
    for row, commodity in enumerate(texts(data, "commodity")):
        if commodity in lacking and commodity not in told:
            told.add(commodity)
            where = next(at(data, [row]))
            way = _way(commodity, modes, known)
            yield f"{where}: demand for {commodity!r} cannot be met: {way}"


def _has_unknown_products(tables: Tables, modes: list[Process]) -> bool:
    """Tell whether some technology makes something under an undeclared name."""
    return any(name not in tables.commodity for process in modes for name in process.makes)


def unreachable_demands(tables: Tables, modes: list[Process]) -> set[str]:
    """Return the demands that no chain can meet; none while some product has an unknown name."""
    if _has_unknown_products(tables, modes):
        return set()
    wanted = {
        name
        for name in tables.names("demands", "commodity")
        if tables.commodity.get(name, {}).get("kind") in BALANCED
    }
    return wanted - reachable(tables, modes)


def _way(commodity: str, modes: list[Process], known: set[str]) -> str:
    """Tell the path along which something is missing."""
    links: list[str] = []
    seen: set[str] = set()
    while len(links) < DEPTH:
        makers = [process for process in modes if commodity in process.makes]
        if not makers:
            return ", ".join([*links, f"nothing makes {commodity!r}; add a technology or a flow"])
        maker = next((p for p in makers if not p.takes.keys() & seen), makers[0])
        lacking = [c for c in sorted(maker.takes) if c not in known]
        seen.add(commodity)
        if not lacking or lacking[0] in seen:
            break
        links.append(f"{maker.technology} makes {commodity!r} but lacks {lacking[0]!r}")
        commodity = lacking[0]
    return ", ".join([*links, f"{commodity!r} is only made in a circle; add a first supply"])


@warn
def every_technology_can_run(tables: Tables) -> Iterator[str]:
    """What a technology takes is made by something; told only when all demands can be met."""
    modes, data = processes(tables), tables["technologies"]
    known = reachable(tables, modes)
    if unreachable_demands(tables, modes) or _has_unknown_products(tables, modes):
        return
    balanced = balanced_names(tables)
    lacking: dict[str, str] = {}
    running = set()
    for process in modes:
        missing = sorted(c for c in process.takes if c in balanced and c not in known)
        if missing:
            lacking.setdefault(process.technology, missing[0])
        else:
            running.add(process.technology)
    for row, name in enumerate(texts(data, "technology")):
        if name in lacking and name not in running:
            where = next(at(data, [row]))
            yield f"{where}: technology {name!r} can never run: nothing makes {lacking[name]!r}"


@warn
def every_product_is_taken(tables: Tables) -> Iterator[str]:
    """Something or someone wants at least one product of each technology."""
    modes, data = processes(tables), tables["technologies"]
    wanted = tables.names("demands", "commodity")
    taken = {commodity for process in modes for commodity in process.takes} | wanted
    kinds: Mapping[str, str] = {name: row["kind"] for name, row in tables.commodity.items()}
    products: dict[str, set[str]] = {}
    for process in modes:
        made = {c for c in process.makes if kinds.get(c) in (*BALANCED, "stored")}
        products.setdefault(process.technology, set()).update(made)
    for row, name in enumerate(texts(data, "technology")):
        made = products.get(name, set())
        if made and not made & taken:
            where = next(at(data, [row]))
            listed = ", ".join(sorted(made))
            yield f"{where}: nothing takes what technology {name!r} makes: {listed}"


def _gains(tables: Tables) -> dict[tuple[str, str], tuple[float, str]]:
    """Return the best energy made per energy taken between two commodities, and by what."""
    carried = {n for n, row in tables.commodity.items() if row["kind"] in ("energy", "stored")}
    best: dict[tuple[str, str], tuple[float, str]] = {}
    for process in processes(tables, at_home=True):
        taken = sum(value for c, value in process.takes.items() if c in carried)
        if not taken > 0:
            continue
        for source in process.takes.keys() & carried:
            for product in process.makes.keys() & carried:
                gain = process.makes[product] / taken
                if gain > best.get((source, product), (0.0, ""))[0]:
                    best[source, product] = (gain, process.technology)
    return best


@check
def energy_is_never_free(tables: Tables) -> Iterator[str]:
    """No chain of technologies turns an energy back into more of itself."""
    gains = _gains(tables)
    names = sorted({name for pair in gains for name in pair})
    worth = dict.fromkeys(names, 0.0)
    before: dict[str, str] = {}
    last = ""
    for _ in range(len(names) + 1):
        last = ""
        for (source, product), (gain, _maker) in sorted(gains.items()):
            if gain > 0 and worth[source] + log(gain) > worth[product] + GAIN:
                worth[product] = worth[source] + log(gain)
                before[product] = last = source
        if not last:
            return
    yield _loop(gains, before, last)


def _loop(
    gains: Mapping[tuple[str, str], tuple[float, str]], before: Mapping[str, str], start: str
) -> str:
    """Describe the loop that is met when walking back."""
    seen: list[str] = []
    at_name = start
    while at_name not in seen:
        seen.append(at_name)
        at_name = before[at_name]
    circle = [*seen[seen.index(at_name) :], at_name][::-1]
    makers: list[str] = []
    total = 1.0
    for source, product in zip(circle, circle[1:], strict=False):
        gain, maker = gains[source, product]
        total, makers = total * gain, [*makers, maker]
    return (
        f"flows: {' → '.join(circle)} by {', '.join(makers)} makes {total:.3g} of each unit it "
        "takes; correct one of the flows"
    )


@warn
def efficiencies_are_at_most_one(tables: Tables) -> Iterator[str]:
    """What turns energy into energy makes no more than it takes, heat pumps apart."""
    energy = {n for n, row in tables.commodity.items() if row["kind"] == "energy"}
    flows = tables["flows"]
    first = {name: row for row, name in reversed(list(enumerate(texts(flows, "technology"))))}
    for process in processes(tables):
        taken = sum(value for c, value in process.takes.items() if c in energy)
        made = sum(value for c, value in process.makes.items() if c in energy)
        if "heat_pump" not in process.technology and 0 < taken < made * (1 - GAIN):
            where = next(at(flows, [first[process.technology]]))
            yield (
                f"{where}: technology {process.technology!r} makes {made:.4g} of energy from "
                f"{taken:.4g}; an efficiency above one is right for heat pumps only"
            )
