"""Storage of a Temoa database: a stored commodity, charged and discharged in modes.

One technology holds all vintages that work alike: then the sum of their contents is held within
the sum of their sizes. Where vintages differ, the stored commodity is one for each.
"""

from carbonpath.inputs.foreign.folder import UNSUPPORTED
from carbonpath.inputs.foreign.temoa.frame import HOURS_OF_DAY, SENSE, Frame
from carbonpath.inputs.foreign.temoa.processes import Process
from carbonpath.inputs.foreign.temoa.technologies import emit

DURATION = 4.0
"""Hours of storage where the database gives none."""


def stores(frame: Frame) -> None:
    """Write every storage technology, and the levels it is held to."""
    for (region, tech), vintages in frame.processes.vintages.items():
        if not frame.processes.is_storage(tech):
            continue
        if not _alike(frame, region, tech):
            frame.draft.tell("storage_duration", UNSUPPORTED,
                             f"{tech}: vintages of different efficiency or emissions")  # fmt: skip
        for vintage in vintages:
            _modes(frame, (region, tech, vintage))
        _size(frame, (region, tech, vintages[0]))
    for tech in sorted({t for _, t in frame.processes.vintages if frame.processes.is_storage(t)}):
        cycle = "year" if frame.processes.has(tech, "seas_stor") else "day"
        frame.draft.add(
            "commodities", commodity=stored(frame, tech), kind="stored", time_level="slice",
            unit="PJ", cycle=cycle, label_zh=f"{tech}储量", label_en=f"{tech} content",
        )  # fmt: skip
        if cycle == "year" and frame.processes.data.rows("time_season_sequential"):
            frame.draft.tell("time_season_sequential", UNSUPPORTED, tech)
    _levels(frame)


def stored(frame: Frame, tech: str) -> str:
    """The commodity that a technology stores."""
    return f"content.{frame.technologies[tech]}"


def _alike(frame: Frame, region: str, tech: str) -> bool:
    """Whether all vintages work with the same efficiency, emissions and cost of running."""
    processes = frame.processes
    cost = frame.known("cost_variable", "cost", "region", "tech", "vintage", "period")
    seen = set()
    for vintage in processes.vintages[region, tech]:
        key = (region, tech, vintage)
        emitted = sorted(
            (row["emis_comm"], row["input_comm"], row["output_comm"], float(row["activity"]))
            for row in frame.rows("emission_activity", key)
        )
        seen.add((tuple(sorted(processes.efficiency[key].items())), tuple(emitted)))
    every = processes.periods
    by_period = [
        {cost.get((region, tech, v, p), 0.0) for v in processes.vintages[region, tech]
         if p in processes.alive((region, tech, v))}
        for p in every
    ]  # fmt: skip
    return len(seen) == 1 and all(len(values) <= 1 for values in by_period)


def _modes(frame: Frame, process: Process) -> None:
    """Write charging, measured as what is stored, and discharging."""
    store = stored(frame, process[1])
    for (source, target), efficiency in frame.processes.efficiency[process].items():
        inside = frame.mode(process, (source, target), "in")
        outside = frame.mode(process, (source, target))
        for mode, name, value in (
            (inside, frame.commodities[source], -1.0 / efficiency), (inside, store, 1.0),
            (outside, store, -1.0), (outside, frame.commodities[target], 1.0),
        ):  # fmt: skip
            for period in frame.processes.alive(process):
                frame.draft.add(
                    "flows", **frame.cells(process), mode=mode, commodity=name, period=period,
                    vintage=frame.vintage(process), between="only", value=value, unit="PJ/PJ",
                )  # fmt: skip
        emitted = {
            row["emis_comm"]: float(row["activity"])
            for row in frame.rows("emission_activity", process)
            if (row["input_comm"], row["output_comm"]) == (source, target)
        }
        emit(frame, process, outside, emitted)


def size(frame: Frame, region: str, tech: str) -> float:
    """What one unit of capacity holds: its full activity over the hours of storage."""
    hours = frame.known("storage_duration", "duration", "region", "tech")
    activity = frame.known("capacity_to_activity", "c2a", "region", "tech")
    length = hours.get((region, tech), DURATION) / (HOURS_OF_DAY * frame.days)
    return activity.get((region, tech), 1.0) * length


def _size(frame: Frame, process: Process) -> None:
    frame.draft.add(
        "flows", **frame.cells(process), per="capacity", unit=frame.per_capacity("PJ"),
        commodity=stored(frame, process[1]), value=size(frame, *process[:2]),
    )  # fmt: skip


def _levels(frame: Frame) -> None:
    """Write the levels at which storage is held at the start of a time slice."""
    for number, row in enumerate(frame.processes.data.rows("limit_storage_level_fraction"), 1):
        region, tech = row["region"], row["tech"]
        if (region, tech) not in frame.processes.vintages:
            continue
        cells = {"technology": frame.technologies[tech], "region": frame.regions[region]}
        value = float(row["fraction"]) * size(frame, region, tech)
        before = _before(frame, tech, row["season"], row["tod"])
        for period in frame.standing(region, tech):
            frame.draft.add(
                "limits", id=f"level-{number}", quantity="storage_level", region=cells["region"],
                commodity=stored(frame, tech), time_slice=before, sense=SENSE[row["operator"]],
                of="total_capacity", of_region=cells["region"], of_technology=cells["technology"],
                period=period, between="only", value=value, each="period",
                unit=frame.per_capacity("PJ"),
            )  # fmt: skip


def _before(frame: Frame, tech: str, season: str, tod: str) -> str:
    """The time slice before one: in its season, or in the year for seasonal storage."""
    seasonal = frame.processes.has(tech, "seas_stor")
    row = [part for part in frame.slices if seasonal or part.season == season]
    place = next(i for i, part in enumerate(row) if (part.season, part.tod) == (season, tod))
    return row[place - 1].label
