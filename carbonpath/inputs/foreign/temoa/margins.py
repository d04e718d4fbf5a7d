"""Reserve margins of a Temoa database: a commodity that capacity gives and production takes.

In every time slice: what counts as firm >= (1 + margin) x (output - charging - exports + imports),
of technologies with the tag reserve. By the static method capacity counts with its credit; by the
dynamic one with its derate and capacity factor, and storage with its derated net output.
"""

from carbonpath.inputs.foreign.temoa.frame import FULL, Frame, Slice
from carbonpath.inputs.foreign.temoa.links import bind, binding
from carbonpath.inputs.foreign.temoa.processes import Process


def margins(frame: Frame) -> None:
    """Write the reserve margin of each region."""
    rows = frame.processes.data.rows("planning_reserve_margin")
    if rows and "tech_or_group" in rows[0]:
        return
    for (region,), margin in frame.known("planning_reserve_margin", "margin", "region").items():
        name = f"reserve.{frame.regions[region]}"
        held = _periods(frame, region)
        if not held:
            continue
        binding(frame, name, "free")
        for process in frame.processes.efficiency:
            source, _, target = process[0].partition("-")
            if frame.processes.has(process[1], "reserve") and region in (source, target):
                _production(frame, process, region, name, 1.0 + margin, held)
                _capacity(frame, process, region, name, held)


def _periods(frame: Frame, region: str) -> frozenset[int]:
    """The periods in which a region has reserves of its own: only there the margin holds."""
    processes = frame.processes
    own = [p for p in processes.efficiency if p[0] == region and processes.has(p[1], "reserve")]
    return frozenset(period for process in own for period in processes.alive(process))


def _production(
    frame: Frame, process: Process, region: str, name: str, factor: float, held: frozenset[int]
) -> None:
    """What production in a region needs of reserves; charging and exports give some back."""
    source, _, target = process[0].partition("-")
    where = frame.regions[region] if target else ""
    for pair in frame.processes.efficiency[process]:
        for piece in frame.pieces(process, pair):
            stored = frame.processes.is_storage(process[1])
            own = piece.derate if stored and frame.dynamic else 0.0
            leaving = bool(target) and region == source
            value = factor / piece.efficiency if leaving else own - factor
            kinds = ("out", "spill") if frame.processes.has(process[1], "flex") else ("out",)
            for kind in kinds:
                mode = frame.mode(process, pair, kind, piece.suffix)
                bind(frame, process, name, mode, value, where, held)
            if stored:
                mode = frame.mode(process, pair, "in", piece.suffix)
                back = (factor - own) / piece.efficiency
                bind(frame, process, name, mode, back, "", held)


def _capacity(frame: Frame, process: Process, region: str, name: str, held: frozenset[int]) -> None:
    """What capacity counts; a line gives to where it leads what it takes from where it begins."""
    source, _, target = process[0].partition("-")
    if frame.free(process[1]) or (frame.dynamic and frame.processes.is_storage(process[1])):
        return
    sign = -1.0 if target and region == source else 1.0
    where = {"where": frame.regions[region]} if target else {}
    activity = frame.known("capacity_to_activity", "c2a", "region", "tech")
    per = sign * activity.get(process[:2], FULL)
    for period in frame.processes.alive(process):
        if period not in held:
            continue
        for part, share in _credits(frame, process, period):
            if share:
                frame.draft.add(
                    "flows", **frame.cells(process), per="capacity", commodity=name,
                    vintage=process[2], time_slice=part.label if part else "", period=period,
                    between="only", value=per * share, unit=f"{frame.per_capacity('PJ')}/yr",
                    **where,
                )  # fmt: skip


def _credits(frame: Frame, process: Process, period: int) -> list[tuple[Slice | None, float]]:
    """The share of capacity that counts: at all times by its credit, or in each time slice."""
    region, tech, vintage = process
    if not frame.dynamic:
        credit = frame.known("capacity_credit", "credit", "region", "tech", "vintage", "period")
        return [(None, credit.get((region, tech, vintage, period), 0.0))]
    return [
        (part, frame.derate(process, part) * frame.capacity_factor(process, part))
        for part in frame.slices
    ]
