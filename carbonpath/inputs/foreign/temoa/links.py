"""Linked technologies and reserve margins of a Temoa database, as commodities that bind them."""

from carbonpath.inputs.foreign.folder import UNSUPPORTED
from carbonpath.inputs.foreign.temoa.frame import Frame
from carbonpath.inputs.foreign.temoa.processes import Process


def links(frame: Frame) -> None:
    """Write what one technology emits, with its sign turned, as what another must make.

    In every time slice: - sum of emission x output of the first == output of the second, for each
    vintage. A commodity for each vintage carries it from one to the other.
    """
    made: set[str] = set()
    for row in frame.processes.data.rows("linked_tech"):
        region, first, second = row["primary_region"], row["primary_tech"], row["driven_tech"]
        for vintage in frame.processes.vintages.get((region, first), ()):
            name = f"link.{frame.technologies[first]}.{frame.technologies[second]}.{vintage}"
            giver, taker = (region, first, vintage), (region, second, vintage)
            _turned(frame, giver, name, row["emis_comm"])
            if taker in frame.processes.efficiency:
                for mode in frame.modes(taker):
                    _bind(frame, taker, name, mode, -1.0)
            if name not in made:
                made.add(name)
                _binding(frame, name, "")


def _turned(frame: Frame, giver: Process, name: str, commodity: str) -> None:
    """Write an emission of a process, with its sign turned, as what it makes of a commodity."""
    for emission in frame.rows("emission_activity", giver):
        if emission["emis_comm"] == commodity:
            pair = (emission["input_comm"], emission["output_comm"])
            for mode in frame.modes(giver, [pair]):
                _bind(frame, giver, name, mode, -float(emission["activity"]))


def _binding(frame: Frame, name: str, surplus: str) -> None:
    frame.draft.add(
        "commodities", commodity=name, kind="energy", time_level="slice", unit="PJ",
        surplus=surplus, label_zh=name, label_en=name,
    )  # fmt: skip


def _bind(
    frame: Frame, process: Process, name: str, mode: str, value: float, where: str = ""
) -> None:
    for period in frame.processes.alive(process):
        frame.draft.add(
            "flows", **frame.cells(process), mode=mode, commodity=name, period=period,
            vintage=frame.vintage(process), between="only", value=value, unit="PJ/PJ",
            use="transformed" if value < 0 else "", **({"where": where} if where else {}),
        )  # fmt: skip


def margins(frame: Frame) -> None:
    """Write reserve margins: capacity with its credit gives what production takes (static method).

    In every time slice: sum of credit x capacity x its full activity x length of the slice
    >= (1 + margin) x (output - charging - exports + imports), of technologies with the tag reserve.
    """
    for (region,), margin in frame.known("planning_reserve_margin", "margin", "region").items():
        name = f"reserve.{frame.regions[region]}"
        _binding(frame, name, "free")
        for process in frame.processes.efficiency:
            source, _, target = process[0].partition("-")
            if not frame.processes.has(process[1], "reserve") or region not in (source, target):
                continue
            _production(frame, process, region, name, 1.0 + margin)
        _credits(frame, region, name)


def _production(frame: Frame, process: Process, region: str, name: str, factor: float) -> None:
    """What production in a region needs of reserves; charging and exports give some back."""
    source, _, target = process[0].partition("-")
    where = frame.regions[region] if target else ""
    for pair, efficiency in frame.processes.efficiency[process].items():
        leaving = bool(target) and region == source
        value = factor / efficiency if leaving else -factor
        for mode in frame.modes(process, [pair]):
            _bind(frame, process, name, mode, value, where)
        if frame.processes.is_storage(process[1]):
            mode = frame.mode(process, pair, "in")
            _bind(frame, process, name, mode, factor / efficiency)


def _credits(frame: Frame, region: str, name: str) -> None:
    """What capacity counts: its credit times its full activity, for all vintages alike."""
    credits = frame.known("capacity_credit", "credit", "region", "tech", "vintage", "period")
    activity = frame.known("capacity_to_activity", "c2a", "region", "tech")
    for (place, tech), vintages in frame.processes.vintages.items():
        if place.rpartition("-")[2] != region or not frame.processes.has(tech, "reserve"):
            continue
        for period in frame.standing(place, tech):
            living = [v for v in vintages if period in frame.processes.alive((place, tech, v))]
            found = {credits.get((place, tech, v, period), 0.0) for v in living}
            if frame.free(tech) or found == {0.0}:
                continue
            if len(found) > 1 or place != region:
                why = "of a line" if place != region else "that differs between vintages"
                frame.draft.tell("capacity_credit", UNSUPPORTED, f"{tech}: a credit {why}")
                continue
            value = found.pop() * activity.get((place, tech), 1.0)
            frame.draft.add(
                "flows", technology=frame.technologies[tech], region=frame.regions[place],
                per="capacity", commodity=name, period=period, between="only", value=value,
                unit=f"{frame.per_capacity('PJ')}/yr",
            )  # fmt: skip
