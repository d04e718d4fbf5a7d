"""Storage of a Temoa database: a stored commodity, charged and discharged in modes.

One stored commodity holds all vintages that work alike: then the sum of their contents is held
within the sum of their sizes. Where vintages differ, each has a stored commodity of its own.
"""

from collections.abc import Mapping, Sequence

from carbonpath.inputs.foreign.temoa.frame import HOURS_OF_DAY, SENSE, Frame
from carbonpath.inputs.foreign.temoa.processes import Process
from carbonpath.inputs.foreign.temoa.sequence import sequence_of
from carbonpath.inputs.foreign.temoa.technologies import emit, runs

DURATION = 4.0
"""Hours of storage where the database gives none."""


def stores(frame: Frame) -> None:
    """Write every storage technology, and the levels it is held to."""
    apart = _apart(frame)
    for tech, own in apart.items():
        for (region, name), vintages in frame.processes.vintages.items():
            if name != tech:
                continue
            for vintage in vintages:
                _modes(frame, (region, tech, vintage), own=own)
                runs(frame, (region, tech, vintage))
            for vintage in vintages if own else vintages[:1]:
                _size(frame, (region, tech, vintage), own=own)
        _commodities(frame, tech, own=own)
    _levels(frame, apart)


def _apart(frame: Frame) -> dict[str, bool]:
    """For each storage technology, whether its vintages differ."""
    processes = frame.processes
    found: dict[str, bool] = {}
    for region, tech in processes.vintages:
        if processes.is_storage(tech):
            found[tech] = found.get(tech, False) or not _alike(frame, region, tech)
    return dict(sorted(found.items()))


def _commodities(frame: Frame, tech: str, *, own: bool) -> None:
    """Write the stored commodities of a technology."""
    cycle = sequence_of(frame, tech).cycle
    vintages = {v for (_, t), vs in frame.processes.vintages.items() if t == tech for v in vs}
    for vintage in sorted(vintages) if own else [0]:
        name = f" {vintage}" if own else ""
        frame.draft.add(
            "commodities", commodity=stored(frame, tech, vintage), kind="stored",
            time_level="slice", unit="PJ", cycle=cycle, label_zh=f"{tech}{name}储量",
            label_en=f"{tech}{name} content",
        )  # fmt: skip


def stored(frame: Frame, tech: str, vintage: int = 0) -> str:
    """The commodity that a technology stores, or one of its vintages."""
    name = f"content.{frame.technologies[tech]}"
    return f"{name}.v{vintage}" if vintage else name


def _alike(frame: Frame, region: str, tech: str) -> bool:
    """Whether all vintages work with the same efficiency, output, emissions and running cost."""
    processes, vintages = frame.processes, frame.processes.vintages[region, tech]
    cost = frame.known("cost_variable", "cost", "region", "tech", "vintage", "period")
    factor = frame.known(
        "capacity_factor_process", "factor", "region", "tech", "vintage", "season", "tod"
    )
    seen = set()
    for vintage in vintages:
        key = (region, tech, vintage)
        emitted = sorted(
            (row["emis_comm"], row["input_comm"], row["output_comm"], float(row["activity"]))
            for row in frame.rows("emission_activity", key)
        )
        pieces = [(pair, frame.pieces(key, pair)) for pair in sorted(processes.efficiency[key])]
        factors = [factor.get((*key, part.season, part.tod)) for part in frame.slices]
        seen.add((str(pieces), tuple(emitted), tuple(factors)))
    by_period = [
        {cost.get((region, tech, v, p), 0.0) for v in vintages
         if p in processes.alive((region, tech, v))}
        for p in processes.periods
    ]  # fmt: skip
    return len(seen) == 1 and all(len(values) <= 1 for values in by_period)


def _modes(frame: Frame, process: Process, *, own: bool) -> None:
    """Write charging, measured as what is stored, and discharging."""
    store = stored(frame, process[1], process[2] if own else 0)
    for source, target in frame.processes.efficiency[process]:
        pair = (source, target)
        for piece in frame.pieces(process, pair):
            inside = frame.mode(process, pair, "in", piece.suffix)
            outside = frame.mode(process, pair, suffix=piece.suffix)
            for mode, name, value in (
                (inside, frame.commodities[source], -1.0 / piece.efficiency),
                (inside, store, 1.0), (outside, store, -1.0),
                (outside, frame.commodities[target], 1.0),
            ):  # fmt: skip
                _flow(frame, process, mode, name, value)
            emit(frame, process, outside, _emitted(frame, process, pair))


def _flow(frame: Frame, process: Process, mode: str, commodity: str, value: float) -> None:
    for period in frame.processes.alive(process):
        frame.draft.add(
            "flows", **frame.cells(process), mode=mode, commodity=commodity, period=period,
            vintage=frame.vintage(process), between="only", value=value, unit="PJ/PJ",
        )  # fmt: skip


def _emitted(frame: Frame, process: Process, pair: tuple[str, str]) -> dict[str, float]:
    """What discharging emits."""
    return {
        row["emis_comm"]: float(row["activity"])
        for row in frame.rows("emission_activity", process)
        if (row["input_comm"], row["output_comm"]) == pair
    }


def size(frame: Frame, region: str, tech: str) -> float:
    """What one unit of capacity holds, as its level counts: full activity over its hours.

    Along a sequence whose steps gain less than all of their days, the level is that much less.
    """
    hours = frame.known("storage_duration", "duration", "region", "tech")
    activity = frame.known("capacity_to_activity", "c2a", "region", "tech")
    length = hours.get((region, tech), DURATION) / (HOURS_OF_DAY * frame.days)
    return activity.get((region, tech), 1.0) * length * sequence_of(frame, tech).size


def _size(frame: Frame, process: Process, *, own: bool) -> None:
    cells: Mapping[str, object] = {"vintage": process[2], "between": "only"} if own else {}
    periods: Sequence[object] = frame.processes.alive(process) if own else [""]
    for period in periods:
        frame.draft.add(
            "flows", **frame.cells(process), per="capacity", unit=frame.per_capacity("PJ"),
            commodity=stored(frame, process[1], process[2] if own else 0), period=period,
            value=size(frame, *process[:2]), **cells,
        )  # fmt: skip


def _levels(frame: Frame, apart: Mapping[str, bool]) -> None:
    """Write the levels at which storage is held at the start of a time slice."""
    for number, row in enumerate(frame.processes.data.rows("limit_storage_level_fraction"), 1):
        region, tech = row["region"], row["tech"]
        if (region, tech) not in frame.processes.vintages:
            continue
        at = sequence_of(frame, tech)
        before = at.before(frame, row["season"], row["tod"])
        cells = {
            "quantity": at.quantity, "region": frame.regions[region], **before,
            "sense": SENSE[row["operator"]], "of_region": frame.regions[region], "each": "period",
            "of_technology": frame.technologies[tech], "between": "only",
            "value": float(row["fraction"]) * size(frame, region, tech),
            "unit": frame.per_capacity("PJ"),
        }  # fmt: skip
        for vintage in frame.processes.vintages[region, tech] if apart[tech] else [0]:
            own = {"of": "capacity", "of_run_vintage": vintage} if vintage else {}
            periods = frame.standing(region, tech)
            if vintage:
                periods = frame.processes.alive((region, tech, vintage))
            for period in periods:
                frame.draft.add(
                    "limits", id=f"level-{number}{f'-{vintage}' if vintage else ''}",
                    commodity=stored(frame, tech, vintage), period=period,
                    **{"of": "total_capacity", **cells, **own},
                )  # fmt: skip
