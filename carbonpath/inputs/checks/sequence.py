"""The sequence of the year, flows that need it, and flows of capacity that leaves."""

from collections.abc import Iterator

from carbonpath.inputs.check import check
from carbonpath.inputs.frames import at, texts
from carbonpath.inputs.tables import Tables
from carbonpath.spec.columns import ABSENT
from carbonpath.system.index import HORIZON, SEQUENCE

NOT_LOSING = (SEQUENCE, HORIZON)
"""Cycles along which losses by the hour are not counted."""


@check
def stores_along_the_sequence_have_one(tables: Tables) -> Iterator[str]:
    """A store of cycle sequence needs the sequence of the year."""
    data = tables["commodities"]
    for row, cycle in enumerate(texts(data, "cycle")):
        if cycle == SEQUENCE and tables["sequence"].empty:
            where = next(at(data, [row], "cycle"))
            yield f"{where}: there is no sequence.csv; add it, or write day, season or year"


@check
def losses_belong_to_stores_that_go_round(tables: Tables) -> Iterator[str]:
    """A loss by the hour is counted for stores of a day, a season or a year."""
    flows, data = tables["flows"], tables["parameters"]
    held = zip(*(texts(flows, name) for name in ("technology", "commodity", "per")), strict=True)
    cycle = {
        technology: tables.commodity.get(commodity, {}).get("cycle", "")
        for technology, commodity, per in held
        if per == "capacity"
    }
    names = zip(texts(data, "technology"), texts(data, "parameter"), strict=True)
    for row, (technology, name) in enumerate(names):
        if name == "storage_loss" and cycle.get(technology) in NOT_LOSING:
            where = next(at(data, [row]))
            yield (
                f"{where}: losses are counted for cycle day, season and year, not "
                f"{cycle[technology]}; remove the row"
            )


@check
def flows_by_time_slice_are_of_capacity(tables: Tables) -> Iterator[str]:
    """Only what standing capacity makes or takes is given by time slice."""
    flows = tables["flows"]
    kinds = {name: row["kind"] for name, row in tables.commodity.items()}
    cells = zip(*(texts(flows, name) for name in ("time_slice", "per", "commodity")), strict=True)
    for row, (time_slice, per, name) in enumerate(cells):
        if time_slice and (per != "capacity" or kinds.get(name) == "stored"):
            where = next(at(flows, [row], "time_slice"))
            yield f"{where}: only flows per capacity, not stored, differ by time slice; empty it"


@check
def vintages_that_leave_have_shares(tables: Tables) -> Iterator[str]:
    """A flow per retirement of a vintage needs to know when the vintage leaves."""
    flows, data = tables["flows"], tables["parameters"]
    shares = data[data["parameter"] == "start_share"]
    known = set(zip(texts(shares, "technology"), shares["vintage"].tolist(), strict=True))
    cells = zip(
        texts(flows, "technology"), texts(flows, "per"), flows["vintage"].tolist(), strict=True
    )
    for row, (name, per, vintage) in enumerate(cells):
        own = {(name, vintage), (name, ABSENT)}
        if per == "retirement" and vintage != ABSENT and not own & known:
            where = next(at(flows, [row], "vintage"))
            yield (
                f"{where}: nothing says when vintage {vintage} of {name!r} leaves; add start_share "
                "and end_share to parameters.csv, or empty the cell"
            )
