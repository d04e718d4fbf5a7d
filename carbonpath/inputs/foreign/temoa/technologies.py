"""Technologies of a Temoa database: flows, shapes, costs, capacity factors and stock."""

from collections.abc import Callable

from carbonpath.inputs.foreign.temoa.finance import survival_factor
from carbonpath.inputs.foreign.temoa.frame import FLAT, FULL, HOURS_OF_DAY, MONEY, Frame
from carbonpath.inputs.foreign.temoa.processes import Pair, Process
from carbonpath.inputs.foreign.temoa.systems import distribution
from carbonpath.spec.units import HOURS_PER_YEAR

Series = dict[str, float]
UNBOUND = 100.0
"""A rate of change by the hour that binds nothing."""


def technologies(frame: Frame) -> None:
    """Write every technology that some process belongs to."""
    processes = frame.processes
    used = {tech for _, tech, _ in (*processes.efficiency, *processes.leaving)}
    for name, row in processes.technology.items():
        if name not in used:
            frame.draft.tell("technology", "imported", f"{name}: no process lives; left out")
            continue
        capacity = not processes.has(name, "unlim_cap")
        frame.draft.add(
            "technologies", technology=frame.technologies[name], role=_role(frame, name),
            group=frame.label("sector", row.get("sector") or ""),
            vintages="kept" if capacity else "pooled",
            time_level="annual" if processes.runs_by_year(name) else "slice",
            capacity_unit=frame.unit if capacity else "", activity_unit="PJ", label_zh=name,
            label_en=name, retirement="early" if processes.has(name, "retire") else "",
        )  # fmt: skip
        if processes.runs_by_year(name):
            frame.draft.add(
                "profiles", technology=frame.technologies[name], purpose="shape", profile=FLAT
            )


def _role(frame: Frame, name: str) -> str:
    """The role that comes nearest to what a technology does."""
    processes = frame.processes
    if processes.is_storage(name):
        return "storage"
    if processes.has(name, "exchange"):
        return "network"
    if name in processes.serving:
        return "end_use"
    own = [pair for (_, t, _), pairs in processes.efficiency.items() if t == name for pair in pairs]
    sources = all(processes.flag.get(i) == "s" for i, _ in own)
    return "supply" if sources else "conversion"


def flows(frame: Frame, process: Process) -> None:
    """Write what a process makes for one unit of output, and what it takes for that."""
    region, tech, _ = process
    source, _, target = region.partition("-")
    emitted = _emissions(frame, process)
    for pair in frame.processes.efficiency[process]:
        if frame.processes.is_storage(tech):
            continue
        made = (target or source, pair[1], 1.0)
        for piece in frame.pieces(process, pair):
            taken = (source, pair[0], -1.0 / piece.efficiency)
            mode = frame.mode(process, pair, suffix=piece.suffix)
            _mode(frame, process, mode, (made, taken))
            if frame.processes.has(tech, "flex"):
                spilling = frame.mode(process, pair, "spill", piece.suffix)
                _mode(frame, process, spilling, (taken,))
        for mode in frame.modes(process, [pair]):
            emit(frame, process, mode, emitted.get(pair, {}))
    runs(frame, process)


def runs(frame: Frame, process: Process) -> None:
    """Write in which time slices each mode runs that does not run in all."""
    kinds = ("out", "in", "spill")
    for pair in frame.processes.efficiency[process]:
        for piece in frame.pieces(process, pair):
            for kind in kinds if piece.slices else ():
                mode = frame.mode(process, pair, kind, piece.suffix)
                if kind == "out" or frame.has_mode(process[1], kind):
                    for label in piece.slices:
                        frame.once("mode_runs", process, {"": 1.0}, mode=mode, time_slice=label)


def _emissions(frame: Frame, process: Process) -> dict[Pair, dict[str, float]]:
    """Emissions per unit of output, by input and output; pairs of regions have none."""
    found: dict[Pair, dict[str, float]] = {}
    for row in frame.rows("emission_activity", process):
        pair = (row["input_comm"], row["output_comm"])
        found.setdefault(pair, {})[row["emis_comm"]] = float(row["activity"])
    return found if process[0] in frame.processes.regions else {}


def _mode(
    frame: Frame, process: Process, mode: str, parts: tuple[tuple[str, str, float], ...]
) -> None:
    """Write the flows of a mode in the periods in which the process lives."""
    for place, commodity, value in parts:
        periods = [p for p in frame.processes.alive(process) if frame.counted(place, p, commodity)]
        where = {} if place == process[0] else {"where": frame.regions[place]}
        for period in periods:
            frame.draft.add(
                "flows", **frame.cells(process), mode=mode, commodity=frame.commodities[commodity],
                vintage=frame.vintage(process), period=period, between="only", value=value,
                unit="PJ/PJ", use="transformed" if value < 0 else "", **where,
            )  # fmt: skip


def emit(frame: Frame, process: Process, mode: str, emitted: dict[str, float]) -> None:
    """Write the emissions of a mode."""
    for name, value in emitted.items():
        for period in frame.processes.alive(process):
            frame.draft.add(
                "flows", **frame.cells(process), mode=mode, commodity=frame.commodities[name],
                vintage=frame.vintage(process), period=period, between="only", value=value,
                unit="Mt/PJ",
            )  # fmt: skip


def give(frame: Frame, process: Process, parameter: str, unit: str, **cells: object) -> None:
    """Add one row of a parameter of a process's technology."""
    frame.draft.add("parameters", **frame.cells(process), parameter=parameter, unit=unit, **cells)


def shapes(frame: Frame, process: Process) -> None:
    """Write the distribution over the year of what serves a demand, for each of its modes."""
    tech = process[1]
    shaped = tech in frame.processes.serving or frame.even(tech)
    if not shaped or frame.processes.is_storage(tech):
        return
    periods = frame.processes.alive(process)
    for pair in frame.processes.efficiency[process]:
        demanded = pair[1] in frame.processes.demanded
        even = [part.share for part in frame.slices]
        if frame.shared(process, pair[1]) or len(frame.pieces(process, pair)) > 1:
            continue
        by_period = {
            p: distribution(frame, process[0], p, pair[1]) if demanded else even for p in periods
        }
        for mode in frame.modes(process, [pair]):
            for place, part in enumerate(frame.slices):
                values = {str(p): shares[place] for p, shares in by_period.items()}
                frame.once("activity_share", process, values, mode=mode, time_slice=part.label)


def costs(frame: Frame, process: Process) -> None:
    """Write variable and fixed costs of a process in each period."""
    region, tech, vintage = process
    processes = frame.processes
    for parameter, table, unit in (
        ("variable_cost", "cost_variable", f"{MONEY}/PJ"),
        ("fixed_cost", "cost_fixed", f"{frame.per_capacity(MONEY)}/yr"),
    ):
        given = frame.known(table, "cost", "region", "tech", "vintage", "period")
        every = frame.known_for(table)
        if (region, tech) not in every or (parameter == "fixed_cost" and frame.free(tech)):
            continue
        for period in processes.alive(process):
            value = given.get((region, tech, vintage, period), 0.0)
            cells = {"period": period, "between": "hold", "value": value}
            if parameter == "fixed_cost":
                give(frame, process, parameter, unit, vintage=vintage, **cells)
                continue
            for mode in frame.modes(process):
                give(frame, process, parameter, unit, mode=mode, vintage=frame.vintage(process),
                     **cells)  # fmt: skip


def capacities(frame: Frame, process: Process) -> None:
    """Write what a build costs and how long it lives, or what stands of the stock."""
    region, tech, vintage = process
    if frame.free(tech):
        return
    processes = frame.processes
    if vintage not in processes.periods:
        stock = frame.known("existing_capacity", "capacity", "region", "tech", "vintage")[process]
        for period in processes.alive(process):
            standing = stock * processes.surviving(process, period)
            frame.draft.add(
                "stock", **frame.cells(process), vintage=vintage, period=period, value=standing,
                unit=frame.unit,
            )  # fmt: skip
        return
    cost = frame.known("cost_invest", "cost", "region", "tech", "vintage").get(process, 0.0)
    life = processes.lifetime(process)
    terms = frame.terms(process)
    give(frame, process, "investment_cost", frame.per_capacity(MONEY), period=vintage,
         between="only", value=cost * survival_factor(processes, process, terms))  # fmt: skip
    for parameter, value, unit in (
        ("lifetime", life, "yr"), ("hurdle_rate", terms.loan_rate, "1/yr"),
        ("loan_lifetime", terms.loan_life, "yr"),
    ):  # fmt: skip
        give(frame, process, parameter, unit, period=vintage, between="hold", value=value)
    if process in processes.curves:
        for period in processes.alive(process):
            give(frame, process, "survival_share", "1", vintage=vintage, period=period,
                 between="only", value=processes.surviving(process, period))  # fmt: skip


def closings(frame: Frame, process: Process) -> None:
    """Write the periods in which a vintage cannot be retired: its first, and a last part of one."""
    processes = frame.processes
    if not processes.has(process[1], "retire") or frame.free(process[1]):
        return
    end = process[2] + processes.lifetime(process)
    for period in processes.alive(process):
        able = process[2] < period <= end - processes.length(period)
        give(frame, process, "closing", "1", vintage=process[2], period=period, between="hold",
             value=float(able))  # fmt: skip


def once_per_technology(frame: Frame) -> None:
    """Write what does not depend on the vintage: activity of capacity, life, steadiness."""
    activity = frame.known("capacity_to_activity", "c2a", "region", "tech")
    for (region, tech), vintages in frame.processes.vintages.items():
        process = (region, tech, vintages[0])
        if not frame.free(tech):
            give(frame, process, "capacity_to_activity", f"{frame.per_capacity('PJ')}/yr",
                 value=activity.get((region, tech), FULL))  # fmt: skip
            if vintages[-1] not in frame.processes.periods:
                _life(frame, process)
        if frame.processes.technology[tech]["flag"] == "pb":
            give(frame, process, "steady", "1", value=1.0)
    for process in frame.processes.leaving:
        if process[:2] not in frame.processes.vintages:
            _life(frame, process)


def _life(frame: Frame, process: Process) -> None:
    """Write the life of what is only stock; the periods in which it stands are given outright."""
    give(frame, process, "lifetime", "yr", value=max(1.0, frame.processes.lifetime(process)))


def ramps(frame: Frame) -> None:
    """Write how fast output may rise and fall, as shares of capacity by the hour."""
    up = frame.known("ramp_up_hourly", "rate", "region", "tech")
    down = frame.known("ramp_down_hourly", "rate", "region", "tech")
    hours = frame.days * HOURS_OF_DAY / HOURS_PER_YEAR
    for (region, tech), vintages in frame.processes.vintages.items():
        process = (region, tech, vintages[0])
        for name, rates in (("ramp_rate", up), ("ramp_down_rate", down)):
            if (region, tech) in rates:
                give(frame, process, name, "1/h", value=rates[region, tech] * hours)
            elif name == "ramp_down_rate" and (region, tech) in up:
                give(frame, process, name, "1/h", value=UNBOUND)


def capacity_factors(frame: Frame, process: Process) -> None:
    """Write capacity factors by time slice: of the process, else of its technology."""
    region, tech, vintage = process
    processes = frame.processes
    if frame.free(tech) or processes.runs_by_year(tech):
        return
    special = frame.known_for("capacity_factor_process") | frame.known_for("capacity_factor_tech")
    if (region, tech) not in special:
        return
    for part in frame.slices:
        value = frame.capacity_factor(process, part)
        give(frame, process, "capacity_factor", "1", vintage=vintage, time_slice=part.label,
             value=value)  # fmt: skip


def building(frame: Frame, process: Process) -> None:
    """Write what building a unit of capacity takes and emits."""
    for table, column, sign, unit in (
        ("construction_input", "input_comm", -1.0, frame.per_capacity("PJ")),
        ("emission_embodied", "emis_comm", 1.0, frame.per_capacity("Mt")),
    ):
        for row in frame.rows(table, process) if process[2] in frame.processes.periods else ():
            emitted = table == "emission_embodied"
            if not emitted and not frame.counted(process[0], process[2], row[column]):
                continue
            frame.draft.add(
                "flows", **frame.cells(process), per="new_capacity", period=process[2],
                commodity=frame.commodities[row[column]], between="only",
                value=sign * float(row["value"]), unit=unit,
            )  # fmt: skip


PARTS: tuple[Callable[[Frame, Process], None], ...] = (
    flows, shapes, costs, capacities, closings, capacity_factors, building,
)  # fmt: skip
"""What is written for each process."""
