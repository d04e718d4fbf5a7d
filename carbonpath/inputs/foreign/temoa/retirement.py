"""What capacity yields and emits when it leaves service, by vintage.

What leaves in a period is what stands at its start less what stands at its end; capacity of a
period is an average over its years, so both are told per capacity (start_share, end_share).
"""

from carbonpath.inputs.foreign.folder import APPROXIMATED
from carbonpath.inputs.foreign.temoa.frame import Frame
from carbonpath.inputs.foreign.temoa.processes import Process, Processes

TABLES = (("end_of_life_output", "output_comm", "PJ"), ("emission_end_of_life", "emis_comm", "Mt"))


def retirements(frame: Frame) -> None:
    """Write flows per retirement, and when each vintage that has them leaves."""
    for process in frame.processes.leaving:
        flowing = False
        for table, column, unit in TABLES:
            for row in frame.rows(table, process):
                flowing |= _flow(frame, process, row[column], float(row["value"]), unit)
        if flowing:
            for period in frame.processes.retirement_periods(process):
                _shares(frame, process, period)
            _spent(frame, process)


def _flow(frame: Frame, process: Process, commodity: str, value: float, unit: str) -> bool:
    """Write one flow in the periods in which the vintage leaves and the commodity is balanced."""
    if commodity in frame.processes.demanded:
        how = f"{commodity} is a demand, which withdrawn capacity does not serve in Temoa; left out"
        frame.draft.tell("end_of_life_output", APPROXIMATED, how)
        return False
    periods = frame.processes.retirement_periods(process)
    for period in periods:
        if unit == "Mt" or frame.counted(process[0], period, commodity):
            frame.draft.add(
                "flows", **frame.cells(process), per="retirement", vintage=process[2],
                commodity=frame.commodities[commodity], period=period, between="only", value=value,
                unit=frame.per_capacity(unit),
            )  # fmt: skip
    return bool(periods)


def _shares(frame: Frame, process: Process, period: int) -> None:
    start, end = shares(frame.processes, process, period)
    for name, value in (("start_share", start), ("end_share", end)):
        frame.draft.add(
            "parameters", **frame.cells(process), parameter=name, vintage=process[2],
            period=period, between="only", value=value, unit="1",
        )  # fmt: skip


def shares(processes: Processes, process: Process, period: int) -> tuple[float, float]:
    """Capacity at the start and at the end of a period, per capacity that stands on average.

    The start counts per capacity of the period, or of the one before where the life has just
    ended; the end per capacity of the next period, or of this one where none stands then.
    """
    curve = processes.curves.get(process)
    alive, future = processes.alive(process), processes.future
    end_of_life = process[2] + processes.lifetime(process)
    after = future[future.index(period) + 1]

    def left(year: int) -> float:
        return curve.get(year, 0.0) if curve else 1.0

    standing = [p for p in alive if p <= period]
    per = processes.surviving(process, standing[-1]) if standing else 1.0
    start = left(period) / per
    if period <= end_of_life < after:
        return start, 0.0
    if after in alive:
        return start, left(after) / processes.surviving(process, after)
    return start, left(after) / per


def _spent(frame: Frame, process: Process) -> None:
    """Write the stock of a vintage whose life ends with the year before the horizon."""
    if frame.processes.alive(process):
        return
    stock = frame.known("existing_capacity", "capacity", "region", "tech", "vintage")[process]
    frame.draft.add(
        "stock", **frame.cells(process), vintage=process[2], period=frame.processes.periods[0] - 1,
        value=stock, unit=frame.unit,
    )  # fmt: skip
