"""How the time slices of a Temoa database follow one another: for stores and for ramps.

`seasonal_timeslices` and `representative_periods`: each day goes round in its season; seasonal
storage follows the seasons in their order, or in that of time_season_sequential, where a season may
come again and again. `consecutive_days`: each day is followed by that of the next season.
"""

from dataclasses import dataclass

from carbonpath.errors import InputError
from carbonpath.inputs.foreign.folder import UNSUPPORTED
from carbonpath.inputs.foreign.temoa.config import CONSECUTIVE, MANUAL, REPRESENTATIVE
from carbonpath.inputs.foreign.temoa.frame import Frame, Slice

EXACT = 1e-9


@dataclass(frozen=True)
class Step:
    """A time slice at one of its places in the year: season of the sequence, times it counts."""

    label: str
    season: str
    part: Slice
    times: float


@dataclass(frozen=True)
class Following:
    """What a store's level is called, its cycle, and how much of its size one level counts."""

    quantity: str
    cycle: str
    size: float = 1.0

    def before(self, frame: Frame, season: str, tod: str) -> dict[str, str]:
        """Return the cells that name the time slice or step before one, whose end is its start."""
        if self.cycle == "sequence":
            row = steps(frame)
            places = [(step.season, step.part.tod) for step in row]
            return {"checkpoint": row[_place(places, season, tod) - 1].label}
        parts = [x for x in frame.slices if self.cycle == "year" or x.season == season]
        places = [(part.season, part.tod) for part in parts]
        return {"time_slice": parts[_place(places, season, tod) - 1].label}


def _place(places: list[tuple[str, str]], season: str, tod: str) -> int:
    if (season, tod) not in places:
        raise InputError(
            f"limit_storage_level_fraction: season {season}, time of day {tod} is not one that "
            "this storage goes through; seasonal storage names seasons of time_season_sequential",
            code="E816",
        )
    return places.index((season, tod))


def sequence_of(frame: Frame, tech: str) -> Following:
    """How the level of a storage technology is followed through the year."""
    seasonal = frame.processes.has(tech, "seas_stor")
    days = frame.processes.data.config.time_sequencing == CONSECUTIVE
    if days:
        scale = 1.0 / days_of_season(frame) if seasonal else 1.0
        return Following("sequence_level", "sequence", scale)
    if seasonal and frame.processes.data.rows("time_season_sequential"):
        return Following("sequence_level", "sequence")
    return Following("storage_level", "year" if seasonal else "day")


def days_of_season(frame: Frame) -> float:
    """The days that each season stands for where days follow one another."""
    return frame.days / len({part.season for part in frame.slices})


def steps(frame: Frame) -> list[Step]:
    """The steps of the year in order."""
    if frame.processes.data.config.time_sequencing == CONSECUTIVE:
        times = 1.0 / days_of_season(frame)
        return [Step(x.label, x.season, x, times) for x in frame.slices]
    rows = sorted(
        frame.processes.data.rows("time_season_sequential"), key=lambda row: row["sequence"]
    )
    found = []
    for place, row in enumerate(rows, 1):
        share = frame.season_share(row["season"])
        for part in frame.slices:
            if part.season == row["season"]:
                times = float(row["segment_fraction"]) / share if share else 0.0
                label = f"{place:03d}-{part.label}"
                found.append(Step(label, str(row["seas_seq"]), part, times))
    return found


def sequence(frame: Frame) -> None:
    """Write the sequence of the year where something follows it, and where ramps hold."""
    data, config = frame.processes.data, frame.processes.data.config
    ramping = bool(data.rows("ramp_up_hourly") or data.rows("ramp_down_hourly"))
    storing = [t for _, t, _ in frame.processes.efficiency if frame.processes.is_storage(t)]
    seasonal = any(frame.processes.has(tech, "seas_stor") for tech in storing)
    _check(frame, ramping=ramping, seasonal=seasonal)
    ramps = {CONSECUTIVE: "sequence", REPRESENTATIVE: "both"}.get(config.time_sequencing, "day")
    if ramping:
        frame.draft.dataset["conventions"]["ramps"] = ramps
    followed = any(sequence_of(frame, tech).cycle == "sequence" for tech in storing)
    if followed or (ramping and ramps != "day"):
        for order, step in enumerate(steps(frame), 1):
            frame.draft.add(
                "sequence", step=step.label, order=order, time_slice=step.part.label,
                times=step.times,
            )  # fmt: skip


def _check(frame: Frame, *, ramping: bool, seasonal: bool) -> None:
    """Name what Temoa itself refuses, and what is not read."""
    data, way = frame.processes.data, frame.processes.data.config.time_sequencing
    rows = data.rows("time_season_sequential")
    known = {part.season for part in frame.slices}
    problems = [
        f"time_season_sequential: {row['seas_seq']} is season {row.get('season')}, which "
        "time_season does not have"
        for row in rows
        if row.get("season") not in known
    ]
    if way == REPRESENTATIVE and not rows and (ramping or seasonal):
        problems.append(
            "time_season_sequential is empty, but seasonal storage or ramp rates need the order of "
            "representative periods; fill it, or set time_sequencing to seasonal_timeslices"
        )
    if problems:
        raise InputError(problems)
    if way == MANUAL:
        told = "the order of time slices that time_manual gives; days go round in their season"
        frame.draft.tell("time_sequencing manual", UNSUPPORTED, told)
    shares = {frame.season_share(season) for season in known}
    if way == CONSECUTIVE and max(shares) - min(shares) > EXACT:
        told = "consecutive days whose seasons differ in length; taken as equally long"
        frame.draft.tell("time_sequencing consecutive_days", UNSUPPORTED, told)
    if way == CONSECUTIVE and rows and seasonal:
        told = "a second order of seasons beside consecutive_days; the days follow one another"
        frame.draft.tell("time_season_sequential", UNSUPPORTED, told)
