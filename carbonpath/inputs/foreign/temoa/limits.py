"""Limits of a Temoa database as rows of limits.csv."""

from collections.abc import Iterable, Mapping, Sequence

from carbonpath.inputs.foreign.folder import UNSUPPORTED
from carbonpath.inputs.foreign.temoa.database import Row
from carbonpath.inputs.foreign.temoa.frame import SENSE, Frame
from carbonpath.inputs.foreign.temoa.processes import Pair, Process
from carbonpath.inputs.foreign.temoa.systems import distribution

Part = Mapping[str, str]


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
        part = _part(frame, row["region"], row["tech_or_group"], "activity")
        if part:
            _add(frame, f"limit_resource-{number}", row, part, quantity="activity", between="sum",
                 value=float(row["cum_act"]), unit="PJ")  # fmt: skip
    _shares(frame)
    _emissions(frame)
    _factors(frame)
    _splits(frame)
    _growth(frame)
    _lines(frame)
    _common_shapes(frame)


def _add(frame: Frame, name: str, row: Row, part: Part, **cells: object) -> None:
    frame.draft.add(
        "limits", id=name.replace("_", "-"), sense=SENSE[row["operator"]],
        **{"each": "period", **part, **cells},
    )  # fmt: skip


def _living(frame: Frame, region: str, group: str, period: int | None = None) -> list[Process]:
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


def _part(frame: Frame, region: str, group: str, quantity: str, period: int | None = None) -> Part:
    """The cells that select what a limit adds up; nothing where nothing lives."""
    found = _living(frame, region, group, period)
    if quantity != "activity":
        found = [key for key in found if not frame.free(key[1])]
    if quantity == "new_capacity":
        found = [key for key in found if key[2] == period]
    return _cells(frame, found, [m for key in found for m in frame.modes(key)]
                  if quantity == "activity" else ())  # fmt: skip


def _cells(frame: Frame, found: Sequence[Process], modes: Iterable[str] = ()) -> Part:
    if not found:
        return {}
    cells = {
        "region": _listed(frame.regions[key[0]] for key in found),
        "technology": _listed(frame.technologies[key[1]] for key in found),
    }
    return {**cells, "run_mode": _listed(modes)} if modes else cells


def _listed(names: Iterable[str]) -> str:
    return "|".join(sorted(set(names)))


def _of(part: Part) -> dict[str, str]:
    return {f"of_{name}": cell for name, cell in part.items()}


def _plain(frame: Frame, name: str, row: Row, quantity: str, value: float, unit: str) -> None:
    """A bound of one period on activity, capacity or what is built."""
    period = int(row["period"])
    part = _part(frame, row["region"], row["tech_or_group"], quantity, period)
    if part:
        _add(frame, name, row, part, quantity=quantity, period=period, between="only", value=value,
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
            sub = _part(frame, row["region"], row["sub_group"], quantity, period)
            whole = _part(frame, row["region"], row["super_group"], quantity, period)
            if sub and whole:
                _add(frame, f"{table}-{number}", row, sub, quantity=quantity, of=quantity,
                     period=period, between="only", value=float(row["share"]), unit="1",
                     **_of(whole))  # fmt: skip
            elif sub:
                _add(frame, f"{table}-{number}", row, sub, quantity=quantity, period=period,
                     between="only", value=0.0,
                     unit="PJ" if quantity == "activity" else frame.unit)  # fmt: skip


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
                "region": _listed(frame.regions[r] for r in own),
                "commodity": frame.commodities[row["emis_comm"]],
            }
            _add(frame, f"limit_emission-{number}", row, part, quantity="emissions", unit="Mt",
                 period=int(row["period"]), between="only", value=float(row["value"]))  # fmt: skip


def _factors(frame: Frame) -> None:
    """Bounds on the capacity factor of a year or a season."""
    for number, row in enumerate(frame.processes.data.rows("limit_annual_capacity_factor"), 1):
        vintage, output = row.get("vintage"), row["output_comm"]
        for period in frame.processes.periods:
            found = [
                key
                for key in _living(frame, row["region"], row["tech_or_group"], period)
                if (vintage is None or key[2] == int(vintage)) and not frame.free(key[1])
            ]
            _factor(frame, f"limit_annual_capacity_factor-{number}", row, found, period, output)
    for number, row in enumerate(frame.processes.data.rows("limit_seasonal_capacity_factor"), 1):
        for period in frame.processes.periods:
            found = [
                key
                for key in _living(frame, row["region"], row["tech_or_group"], period)
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
    vintages = {"run_vintage": _listed(str(key[2]) for key in found)} if row.get("vintage") else {}
    part = {**_cells(frame, found, modes), **vintages}
    share, season = float(row["factor"]), row.get("season")
    if season and not frame.processes.runs_by_year(found[0][1]):
        part["time_slice"] = _listed(x.label for x in frame.slices if x.season == season)
        share *= frame.season_share(season)
    of = {f"of_{key}": cell for key, cell in {**_cells(frame, found), **vintages}.items()}
    _add(frame, name, row, part, quantity="activity", of="full_activity", period=period,
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
    for key in _living(frame, row["region"], row["tech"], period):
        own: list[Pair] = [
            pair for pair in frame.processes.efficiency[key] if pair[place] == commodity
        ]
        if not own:
            continue
        if not place:
            _needs(frame, key)
        whole = _cells(frame, [key], frame.modes(key))
        part = _cells(frame, [key], frame.modes(key, own))
        vintage = {} if frame.free(key[1]) else {"run_vintage": str(key[2])}
        _add(frame, f"{name}-{key[2]}", row, {**part, **vintage}, quantity=quantity, of=quantity,
             each=f"period {each}".strip(), period=period, between="only", unit="1",
             value=float(row["proportion"]), **_of({**whole, **vintage}))  # fmt: skip


def _needs(frame: Frame, process: Process) -> None:
    """Write what each mode of a process takes, once."""
    for pair, efficiency in frame.processes.efficiency[process].items():
        for mode in frame.modes(process, [pair]):
            periods = {str(p): 1.0 / efficiency for p in frame.processes.alive(process)}
            cells = {"mode": mode, "vintage": frame.vintage(process)}
            frame.once("input_need", process, periods, **cells)


GROWTH = (
    ("limit_growth_capacity", "total_capacity", False),
    ("limit_degrowth_capacity", "total_capacity", True),
    ("limit_growth_new_capacity", "new_capacity", False),
    ("limit_degrowth_new_capacity", "new_capacity", True),
)


def _growth(frame: Frame) -> None:
    """Growth and decline of capacity or of what is built, from one period to the next."""
    for table, quantity, falling in GROWTH:
        for number, row in enumerate(frame.processes.data.rows(table), 1):
            for period in frame.processes.periods:
                _step(frame, f"{table}-{number}-{period}", row, quantity, period, falling=falling)
    for table in ("limit_growth_new_capacity_delta", "limit_degrowth_new_capacity_delta"):
        for row in frame.processes.data.rows(table):
            frame.draft.tell(table, UNSUPPORTED, row["tech_or_group"])


def _step(frame: Frame, name: str, row: Row, quantity: str, period: int, *, falling: bool) -> None:
    """One step: now <= seed + (1 + rate) x before; falling: before <= seed + (1 + rate) x now."""
    rate, seed = 1.0 + float(row["rate"] or 0), float(row["seed"] or 0)
    now = _part(frame, row["region"], row["tech_or_group"], quantity, period)
    place = frame.processes.periods.index(period)
    cells: dict[str, object] = {
        "quantity": quantity, "period": period, "between": "only", "unit": frame.unit,
    }  # fmt: skip
    if place:
        earlier = frame.processes.periods[place - 1]
        before = _part(frame, row["region"], row["tech_or_group"], quantity, earlier)
        factor, constant = (1 / rate, -seed / rate) if falling else (rate, seed)
        sense = {**row, "operator": _turned(row["operator"]) if falling else row["operator"]}
        if now and before:
            _add(frame, name, sense, now, **{**cells, "unit": "1"}, of=quantity, lag="step",
                 value=factor, seed=constant, **_of(before))  # fmt: skip
        elif now:
            _add(frame, name, sense, now, **cells, value=constant)
        elif before and falling:
            _add(frame, name, row, before, **{**cells, "period": earlier}, value=seed)
        return
    start = _existing(frame, row, quantity)
    bound = (start - seed) / rate if falling else seed + rate * start
    if now:
        sense = {**row, "operator": _turned(row["operator"]) if falling else row["operator"]}
        _add(frame, name, sense, now, **cells, value=bound)


def _turned(operator: str) -> str:
    return {"le": "ge", "ge": "le"}.get(operator, operator)


def _existing(frame: Frame, row: Row, quantity: str) -> float:
    """What stood, or was built, in the last period before the horizon."""
    data, processes = frame.processes.data, frame.processes
    past = [int(x["period"]) for x in data.rows("time_period") if x["flag"] == "e"]
    if not past:
        return 0.0
    last, first = max(past), processes.periods[0]
    regions = processes.in_regions(row["region"])
    techs = processes.in_group(row["tech_or_group"])
    total = 0.0
    stock = data.values("existing_capacity", "capacity", "region", "tech", "vintage")
    for (region, tech, vintage), value in stock.items():
        if region not in regions or tech not in techs:
            continue
        left = vintage + processes.lifetime((region, tech, vintage)) - last
        if quantity == "new_capacity":
            total += value if vintage == last else 0.0
        elif left > 0:
            total += value * min(1.0, left / (first - last))
    return total


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
            part = {**_cells(frame, [forth]), "run_vintage": str(vintage)}
            of = _of({**_cells(frame, [back]), "run_vintage": str(vintage)})
            name = f"line-{frame.regions[region]}-{frame.technologies[tech]}-{vintage}"
            _add(frame, name, {"operator": "e"}, part, quantity="capacity", of="capacity",
                 period=period, between="only", value=1.0, unit="1", **of)  # fmt: skip


def _common_shapes(frame: Frame) -> None:
    """A demand served from several inputs: their sum follows its distribution over the year."""
    for process, pairs in frame.processes.efficiency.items():
        outputs = {output for _, output in pairs} & frame.processes.demanded
        for output in sorted(name for name in outputs if frame.shared(process, name)):
            modes = frame.modes(process, [pair for pair in pairs if pair[1] == output])
            vintage = {} if frame.free(process[1]) else {"run_vintage": str(process[2])}
            part = {**_cells(frame, [process], modes), **vintage}
            for period in frame.processes.alive(process):
                shares = distribution(frame, process[0], period, output)
                for piece, share in zip(frame.slices, shares, strict=True):
                    name = (f"shape-{part['technology']}-{part['region']}-{process[2]}-"
                            f"{frame.commodities[output]}-{piece.label}")  # fmt: skip
                    _add(frame, name, {"operator": "e"}, {**part, "time_slice": piece.label},
                         quantity="activity", of="activity", value=share, unit="1",
                         period=period, between="only", **_of(part))  # fmt: skip
