"""Linked technologies of a Temoa database: a commodity for each vintage binds two together."""

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
                    bind(frame, taker, name, mode, -1.0)
            if name not in made:
                made.add(name)
                binding(frame, name, "")


def _turned(frame: Frame, giver: Process, name: str, commodity: str) -> None:
    """Write an emission of a process, with its sign turned, as what it makes of a commodity."""
    for emission in frame.rows("emission_activity", giver):
        if emission["emis_comm"] == commodity:
            pair = (emission["input_comm"], emission["output_comm"])
            for mode in frame.modes(giver, [pair]):
                bind(frame, giver, name, mode, -float(emission["activity"]))


def binding(frame: Frame, name: str, surplus: str) -> None:
    """Write a commodity that binds technologies together in every time slice."""
    frame.draft.add(
        "commodities", commodity=name, kind="energy", time_level="slice", unit="PJ",
        surplus=surplus, label_zh=name, label_en=name,
    )  # fmt: skip


def bind(
    frame: Frame, process: Process, name: str, mode: str, value: float, where: str = "",
    held: frozenset[int] | None = None,
) -> None:  # fmt: skip
    """Write what a mode makes or takes of a binding commodity, in all periods or some."""
    for period in frame.processes.alive(process):
        if not value or (held is not None and period not in held):
            continue
        frame.draft.add(
            "flows", **frame.cells(process), mode=mode, commodity=name, period=period,
            vintage=frame.vintage(process), between="only", value=value, unit="PJ/PJ",
            use="transformed" if value < 0 else "", **({"where": where} if where else {}),
        )  # fmt: skip
