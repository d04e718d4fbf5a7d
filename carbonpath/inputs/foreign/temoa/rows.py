"""Rows of limits.csv: what of a Temoa database a limit adds up."""

from collections.abc import Iterable, Mapping, Sequence

from carbonpath.inputs.foreign.temoa.database import Row
from carbonpath.inputs.foreign.temoa.frame import SENSE, Frame
from carbonpath.inputs.foreign.temoa.processes import Process

Part = Mapping[str, str]


def add(frame: Frame, name: str, row: Row, part: Part, **more: object) -> None:
    """Add a row of limits.csv that selects a part, with the operator of a row of the database."""
    frame.draft.add(
        "limits", id=name.replace("_", "-"), sense=SENSE[row["operator"]],
        **{"each": "period", **part, **more},
    )  # fmt: skip


def living(frame: Frame, region: str, group: str, period: int | None = None) -> list[Process]:
    """The processes of a technology or group in a region or group that live (in a period)."""
    processes = frame.processes
    regions, techs = processes.in_regions(region), processes.in_group(group)
    return [
        key
        for key in processes.efficiency
        if key[0] in regions
        and key[1] in techs
        and (period is None or period in processes.alive(key))
    ]


def part_of(
    frame: Frame, region: str, group: str, quantity: str, period: int | None = None
) -> Part:
    """The cells that select what a limit adds up; nothing where nothing lives."""
    found = living(frame, region, group, period)
    if quantity != "activity":
        found = [key for key in found if not frame.free(key[1])]
    if quantity == "new_capacity":
        found = [key for key in found if key[2] == period]
    return cells(frame, found, [m for key in found for m in frame.modes(key)]
                  if quantity == "activity" else ())  # fmt: skip


def cells(frame: Frame, found: Sequence[Process], modes: Iterable[str] = ()) -> Part:
    """The cells that select some processes, and some of their modes."""
    if not found:
        return {}
    chosen = {
        "region": listed(frame.regions[key[0]] for key in found),
        "technology": listed(frame.technologies[key[1]] for key in found),
    }
    return {**chosen, "run_mode": listed(modes)} if modes else chosen


def listed(names: Iterable[str]) -> str:
    """Names as one cell."""
    return "|".join(sorted(set(names)))


def of(part: Part) -> dict[str, str]:
    """The cells of a part as those of the second quantity."""
    return {f"of_{name}": cell for name, cell in part.items()}
