"""Growth and decline of capacity, of what is built, and of the change of what is built.

With X what stands (or is built, or the change of it) in a period and W that in the period before:
growth is X <= seed + (1 + rate) x W, decline is W <= seed + (1 + rate) x X, or the other operators.
Before the horizon stand existing capacities.
"""

from carbonpath.inputs.foreign.temoa.database import Row
from carbonpath.inputs.foreign.temoa.frame import Frame
from carbonpath.inputs.foreign.temoa.rows import Part, add, cells, living, of, part_of

STEPS = (
    ("limit_growth_capacity", "total_capacity", False),
    ("limit_degrowth_capacity", "total_capacity", True),
    ("limit_growth_new_capacity", "new_capacity", False),
    ("limit_degrowth_new_capacity", "new_capacity", True),
    ("limit_growth_new_capacity_delta", "build_change", False),
    ("limit_degrowth_new_capacity_delta", "build_change", True),
)


def growth(frame: Frame) -> None:
    """Write growth and decline, from one period to the next."""
    for table, quantity, falling in STEPS:
        for number, row in enumerate(frame.processes.data.rows(table), 1):
            for place, period in enumerate(frame.processes.periods):
                name = f"{table}-{number}-{period}"
                _step(frame, name, row, quantity, place, falling=falling)


def _step(frame: Frame, name: str, row: Row, quantity: str, place: int, *, falling: bool) -> None:
    """Write one step: a x now + b x before, against seed less what is known of the past."""
    rate, seed = 1.0 + float(row["rate"] or 0), float(row["seed"] or 0)
    a, b = (-rate, 1.0) if falling else (1.0, -rate)
    built = _existing(frame, row, "new_capacity", 0)
    offset = built if quantity == "build_change" else 0.0
    if place == 0:
        before = offset - _existing(frame, row, "new_capacity", 1)
        if quantity != "build_change":
            before = _existing(frame, row, quantity, 0)
        constant = seed - b * before + a * offset
    else:
        constant = seed + (b * offset if place == 1 else 0.0)
    _relation(frame, name, row, quantity, place, (a, b if place else 0.0, constant))


def _relation(
    frame: Frame, name: str, row: Row, quantity: str, place: int, terms: tuple[float, float, float]
) -> None:
    """Write a x now + b x before <operator> constant as a row on one of the two."""
    (a, b, constant), periods = terms, frame.processes.periods
    now = _selected(frame, row, quantity, periods[place])
    before = _selected(frame, row, quantity, periods[place - 1]) if place else {}
    base = {"quantity": quantity, "between": "only"}
    a, b = (a if now else 0.0), (b if before else 0.0)
    if a and b:
        add(frame, name, _turned(row, a), now, **base, period=periods[place], of=quantity,
            lag="step", value=-b / a, seed=constant / a, unit="1", **of(before))  # fmt: skip
    elif a or b:
        part, factor = (now, a) if a else (before, b)
        period = periods[place] if a else periods[place - 1]
        add(frame, name, _turned(row, factor), part, **base, period=period,
            value=constant / factor, unit=frame.unit)  # fmt: skip


def _selected(frame: Frame, row: Row, quantity: str, period: int) -> Part:
    """What stands or is built in a period; of its change also what was built in the one before."""
    region, group = row["region"], row["tech_or_group"]
    if quantity != "build_change":
        return part_of(frame, region, group, quantity, period)
    place = frame.processes.periods.index(period)
    near = frame.processes.periods[max(0, place - 1) : place + 1]
    found = [
        key for key in living(frame, region, group) if key[2] in near and not frame.free(key[1])
    ]
    return cells(frame, found)


def _turned(row: Row, factor: float) -> Row:
    """The row with its operator turned where it is divided by a negative number."""
    turned = {"le": "ge", "ge": "le"} if factor < 0 else {}
    return {**row, "operator": turned.get(row["operator"], row["operator"])}


def _existing(frame: Frame, row: Row, quantity: str, back: int) -> float:
    """What stood, or was built, in the last period before the horizon, or in an earlier one."""
    data, processes = frame.processes.data, frame.processes
    past = sorted(int(x["period"]) for x in data.rows("time_period") if x["flag"] == "e")
    if len(past) <= back:
        return 0.0
    last, first = past[-1 - back], processes.periods[0]
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
