"""Limits of a Temoa database as rows of limits.csv."""

from collections.abc import Sequence

from carbonpath.inputs.foreign.folder import UNSUPPORTED
from carbonpath.inputs.foreign.temoa.database import Row
from carbonpath.inputs.foreign.temoa.frame import Frame
from carbonpath.inputs.foreign.temoa.growth import growth
from carbonpath.inputs.foreign.temoa.processes import Pair, Process
from carbonpath.inputs.foreign.temoa.rows import add, cells, listed, living, of, part_of
from carbonpath.inputs.foreign.temoa.systems import distribution


def limits(frame: Frame) -> None:
    """Write every limit."""
    for table, column, quantity, unit in (
        ("limit_activity", "activity", "activity", "PJ"),
        ("limit_capacity", "capacity", "total_capacity", frame.unit),
    ):
        for number, row in enumerate(frame.processes.data.rows(table), 1):
            _plain(frame, f"{table}-{number}", row, quantity, float(row[column]), unit)
    for number, row in enumerate(frame.processes.data.rows("limit_new_capacity"), 1):
        _plain(frame, f"limit_new_capacity-{number}", {**row, "period": row["vintage"]},
               "new_capacity", float(row["new_cap"]), frame.unit)  # fmt: skip
    for number, row in enumerate(frame.processes.data.rows("limit_resource"), 1):
        part = part_of(frame, row["region"], row["tech_or_group"], "activity")
        if part:
            add(frame, f"limit_resource-{number}", row, part, quantity="activity", between="sum",
                 value=float(row["cum_act"]), unit="PJ")  # fmt: skip
    _shares(frame)
    _renewables(frame)
    _emissions(frame)
    _factors(frame)
    _splits(frame)
    growth(frame)
    _lines(frame)
    _common_shapes(frame)


def _plain(frame: Frame, name: str, row: Row, quantity: str, value: float, unit: str) -> None:
    """A bound of one period on activity, capacity or what is built."""
    period = int(row["period"])
    part = part_of(frame, row["region"], row["tech_or_group"], quantity, period)
    if part:
        add(frame, name, row, part, quantity=quantity, period=period, between="only", value=value,
             unit=unit)  # fmt: skip


def _shares(frame: Frame) -> None:
    """Shares of one group in another: of activity, capacity, new capacity."""
    for table, quantity, year in (
        ("limit_activity_share", "activity", "period"),
        ("limit_capacity_share", "total_capacity", "period"),
        ("limit_new_capacity_share", "new_capacity", "vintage"),
    ):
        for number, row in enumerate(frame.processes.data.rows(table), 1):
            period = int(row[year])
            sub = part_of(frame, row["region"], row["sub_group"], quantity, period)
            whole = part_of(frame, row["region"], row["super_group"], quantity, period)
            if sub and whole:
                add(frame, f"{table}-{number}", row, sub, quantity=quantity, of=quantity,
                     period=period, between="only", value=float(row["share"]), unit="1",
                     **of(whole))  # fmt: skip
            elif sub:
                add(frame, f"{table}-{number}", row, sub, quantity=quantity, period=period,
                     between="only", value=0.0,
                     unit="PJ" if quantity == "activity" else frame.unit)  # fmt: skip


def _renewables(frame: Frame) -> None:
    """Shares of a group in the output of all technologies with the tag reserve."""
    for number, row in enumerate(frame.processes.data.rows("rps_requirement"), 1):
        period = int(row["period"])
        every = [
            key
            for key in frame.processes.efficiency
            if key[0] == row["region"]
            and period in frame.processes.alive(key)
            and frame.processes.has(key[1], "reserve")
        ]
        own = [key for key in every if key[1] in frame.processes.in_group(row["tech_group"])]
        whole = cells(frame, every, [m for key in every for m in frame.modes(key)])
        part = cells(frame, own, [m for key in own for m in frame.modes(key)])
        if whole and not part:
            add(frame, f"rps-{number}", {"operator": "le"}, whole, quantity="activity",
                period=period, between="only", value=0.0, unit="PJ")  # fmt: skip
        elif whole:
            add(frame, f"rps-{number}", {"operator": "ge"}, part, quantity="activity",
                of="activity", period=period, between="only", unit="1",
                value=float(row["requirement"]), **of(whole))  # fmt: skip


def _emissions(frame: Frame) -> None:
    """Bounds on emissions of a region, a group of regions or all of them."""
    tables = ("emission_activity", "emission_embodied", "emission_end_of_life")
    emitting = {
        (row["region"], row["emis_comm"]) for t in tables for row in frame.processes.data.rows(t)
    }
    for number, row in enumerate(frame.processes.data.rows("limit_emission"), 1):
        regions = frame.processes.in_regions(row["region"])
        own = [r for r in regions if (r, row["emis_comm"]) in emitting]
        if own:
            part = {
                "region": listed(frame.regions[r] for r in own),
                "commodity": frame.commodities[row["emis_comm"]],
            }
            add(frame, f"limit_emission-{number}", row, part, quantity="emissions", unit="Mt",
                 period=int(row["period"]), between="only", value=float(row["value"]))  # fmt: skip


def _factors(frame: Frame) -> None:
    """Bounds on the capacity factor of a year or a season."""
    for number, row in enumerate(frame.processes.data.rows("limit_annual_capacity_factor"), 1):
        vintage, output = row.get("vintage"), row["output_comm"]
        for period in frame.processes.periods:
            if row.get("period") not in (None, period):
                continue
            found = [
                key
                for key in living(frame, row["region"], row["tech_or_group"], period)
                if (vintage is None or key[2] == int(vintage)) and not frame.free(key[1])
            ]
            _factor(frame, f"limit_annual_capacity_factor-{number}", row, found, period, output)
    for number, row in enumerate(frame.processes.data.rows("limit_seasonal_capacity_factor"), 1):
        for period in frame.processes.periods:
            found = [
                key
                for key in living(frame, row["region"], row["tech_or_group"], period)
                if not frame.free(key[1])
            ]
            _factor(frame, f"limit_seasonal_capacity_factor-{number}", row, found, period, None)


def _factor(
    frame: Frame, name: str, row: Row, found: Sequence[Process], period: int, output: str | None
) -> None:
    """Activity against what capacity could do, in a year or a season."""
    modes = [
        mode
        for key in found
        for mode in frame.modes(
            key, [x for x in frame.processes.efficiency[key] if output in (None, x[1])]
        )
    ]
    if not found or not modes:
        return
    vintages = {"run_vintage": listed(str(key[2]) for key in found)} if row.get("vintage") else {}
    part = {**cells(frame, found, modes), **vintages}
    share, season = float(row["factor"]), row.get("season")
    if season and not frame.processes.runs_by_year(found[0][1]):
        part["time_slice"] = listed(x.label for x in frame.slices if x.season == season)
        share *= frame.season_share(season)
    of = {f"of_{key}": cell for key, cell in {**cells(frame, found), **vintages}.items()}
    add(frame, name, row, part, quantity="activity", of="full_activity", period=period,
         between="only", value=share, unit="1", **of)  # fmt: skip


def _splits(frame: Frame) -> None:
    """Shares of an input or output in all of a process, in every time slice or over the year."""
    for side, place in (("input", 0), ("output", 1)):
        for suffix in ("", "_annual"):
            table = f"limit_tech_{side}_split{suffix}"
            for number, row in enumerate(frame.processes.data.rows(table), 1):
                if frame.processes.has(row["tech"], "annual") and not suffix:
                    frame.draft.tell(table, "imported", f"{row['tech']} runs by the year: Temoa "
                                     "passes such rows over, and so does the import")  # fmt: skip
                    continue
                _split(frame, f"{table}-{number}", row, place, "" if suffix else "time_slice")


def _split(frame: Frame, name: str, row: Row, place: int, each: str) -> None:
    """One share: for each vintage that has the commodity."""
    period = int(row["period"])
    commodity = row["output_comm" if place else "input_comm"]
    quantity = "activity" if place else "mode_input"
    for key in living(frame, row["region"], row["tech"], period):
        own: list[Pair] = [
            pair for pair in frame.processes.efficiency[key] if pair[place] == commodity
        ]
        if not own:
            continue
        if not place:
            _needs(frame, key)
        whole = cells(frame, [key], frame.modes(key))
        part = cells(frame, [key], frame.modes(key, own))
        vintage = {} if frame.free(key[1]) else {"run_vintage": str(key[2])}
        add(frame, f"{name}-{key[2]}", row, {**part, **vintage}, quantity=quantity, of=quantity,
             each=f"period {each}".strip(), period=period, between="only", unit="1",
             value=float(row["proportion"]), **of({**whole, **vintage}))  # fmt: skip


def _needs(frame: Frame, process: Process) -> None:
    """Write what each mode of a process takes, once."""
    kinds = ("out", "spill") if frame.processes.has(process[1], "flex") else ("out",)
    for pair in frame.processes.efficiency[process]:
        for piece in frame.pieces(process, pair):
            periods = {str(p): 1.0 / piece.efficiency for p in frame.processes.alive(process)}
            for kind in kinds:
                mode = frame.mode(process, pair, kind, piece.suffix)
                cells = {"mode": mode, "vintage": frame.vintage(process)}
                frame.once("input_need", process, periods, **cells)


def _lines(frame: Frame) -> None:
    """A line between two regions has one capacity in both directions, of each vintage."""
    processes = frame.processes
    for region, tech, vintage in processes.efficiency:
        source, _, target = region.partition("-")
        back = (f"{target}-{source}", tech, vintage)
        forth = (region, tech, vintage)
        if not processes.has(tech, "exchange") or frame.free(tech) or source > target:
            continue
        if back not in processes.efficiency:
            where = f"{tech} {vintage} from {source} to {target}"
            frame.draft.tell("exchange", UNSUPPORTED, f"{where} has no way back")
            continue
        for period in processes.alive(forth):
            part = {**cells(frame, [forth]), "run_vintage": str(vintage)}
            other = of({**cells(frame, [back]), "run_vintage": str(vintage)})
            name = f"line-{frame.regions[region]}-{frame.technologies[tech]}-{vintage}"
            add(frame, name, {"operator": "e"}, part, quantity="capacity", of="capacity",
                 period=period, between="only", value=1.0, unit="1", **other)  # fmt: skip


def _common_shapes(frame: Frame) -> None:
    """What several modes make together follows its distribution over the year: their sum does."""
    for process, pairs in frame.processes.efficiency.items():
        outputs = {output for _, output in pairs} & frame.processes.demanded
        for output in sorted(name for name in outputs if frame.shared(process, name)):
            _common_shape(frame, process, [pair for pair in pairs if pair[1] == output])
        if frame.processes.has(process[1], "annual"):
            for pair in pairs:
                if len(frame.pieces(process, pair)) > 1:
                    _common_shape(frame, process, [pair])


def _common_shape(frame: Frame, process: Process, pairs: Sequence[Pair]) -> None:
    """The modes of some pairs of one output, taken together, follow its distribution."""
    output, modes = pairs[0][1], frame.modes(process, pairs)
    vintage = {} if frame.free(process[1]) else {"run_vintage": str(process[2])}
    part = {**cells(frame, [process], modes), **vintage}
    taken = ".".join(sorted({frame.commodities[pair[0]] for pair in pairs}))
    for period in frame.processes.alive(process):
        shares = [piece.share for piece in frame.slices]
        if output in frame.processes.demanded:
            shares = distribution(frame, process[0], period, output)
        for piece, share in zip(frame.slices, shares, strict=True):
            name = (f"shape-{part['technology']}-{part['region']}-{process[2]}-{taken}-"
                    f"{frame.commodities[output]}-{piece.label}")  # fmt: skip
            add(frame, name, {"operator": "e"}, {**part, "time_slice": piece.label},
                 quantity="activity", of="activity", value=share, unit="1",
                 period=period, between="only", **of(part))  # fmt: skip
