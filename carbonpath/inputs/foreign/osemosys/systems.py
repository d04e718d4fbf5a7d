"""What spans technologies: slices, commodities, demands, roles, targets and reserves."""

from collections.abc import Iterator

from carbonpath.inputs.foreign.folder import APPROXIMATED, UNSUPPORTED
from carbonpath.inputs.foreign.osemosys.frame import Frame, scaled
from carbonpath.inputs.foreign.osemosys.storage import stored_by
from carbonpath.inputs.foreign.osemosys.values import ByYear

WHOLE = "season-1"
"""The season of slices that belong to none."""


def slices(frame: Frame) -> None:
    """Add the slices, in the order of seasons, day types and brackets, else of the set."""
    values = frame.values

    def place(s: str, name: str, kind: str) -> str:
        return next((x for x in values.members(kind) if values.at(name, s, x) > 0), "")

    rows = []
    for number, s in enumerate(values.members("TIMESLICE")):
        season = place(s, "Conversionls", "SEASON")
        day = place(s, "Conversionld", "DAYTYPE")
        bracket = place(s, "Conversionlh", "DAILYTIMEBRACKET")
        order = tuple(int(x) if x.isdigit() else 0 for x in (season, day, bracket))
        rows.append((order, number, s, f"season-{season}" if season else WHOLE, day))
    for order_of_year, (_, _, s, season, day) in enumerate(sorted(rows), 1):
        frame.draft.add(
            "time_slices", time_slice=frame.slices[s], season=season, day=day,
            order=order_of_year, share=frame.shares[s],
        )  # fmt: skip
    if any(abs(frame.length(s, y) - 1) > 1e-9 for s in frame.slices for y in values.years):
        frame.draft.tell(
            "YearSplit", APPROXIMATED,
            "shares differ by year or do not add up to one: capacity factors are scaled so that "
            "each slice holds what it does; reserves and rates of charging use the mean share",
        )  # fmt: skip


def commodities(frame: Frame) -> None:
    """Add fuels, emissions and what is stored."""
    for (kind, name), commodity in frame.commodities.items():
        cells = {"commodity": commodity, "label_zh": name, "label_en": name}
        if kind == "FUEL":
            frame.draft.add(
                "commodities", **cells, kind="energy", time_level="slice", unit="PJ", surplus="free"
            )
        elif kind == "EMISSION":
            frame.draft.add("commodities", **cells, kind="emission", time_level="annual", unit="Mt")
        elif stored_by(frame, name):
            frame.draft.add(
                "commodities", **cells, kind="stored", time_level="slice", unit="PJ",
                cycle="horizon",
            )  # fmt: skip


def demands(frame: Frame) -> None:
    """Add demands by slice, and those that may be met at any time of the year."""
    values = frame.values
    for r in values.members("REGION"):
        for fuel in values.members("FUEL"):
            yearly = values.yearly("SpecifiedAnnualDemand", r, fuel)
            cells = {"commodity": frame.commodities["FUEL", fuel], "region": frame.region(r)}
            sliced = dict.fromkeys(values.years, 0.0)
            for s in values.members("TIMESLICE") if any(yearly.values()) else ():
                profile = values.yearly("SpecifiedDemandProfile", r, fuel, s)
                amount = scaled(yearly, profile)
                sliced = {y: sliced[y] + amount[y] for y in sliced}
                if any(amount.values()):
                    frame.draft.series(
                        "demands", amount, **cells, unit="PJ", time_slice=frame.slices[s]
                    )
            _any_time(frame, r, fuel, cells, sliced)


def _any_time(frame: Frame, r: str, fuel: str, cells: dict[str, str], sliced: ByYear) -> None:
    """Add what is wanted of a fuel beyond its demand by slice.

    The formulation compares the year's production with the accumulated demand alone, so both kinds
    of demand for one fuel do not add up: the larger counts.
    """
    wanted = frame.values.yearly("AccumulatedAnnualDemand", r, fuel)
    more = {y: max(0.0, wanted[y] - sliced[y]) for y in wanted}
    if any(wanted[y] and sliced[y] for y in wanted):
        frame.draft.tell(
            "AccumulatedAnnualDemand", APPROXIMATED,
            f"{fuel} has demand by slice too: of both the larger counts, as in the formulation",
        )  # fmt: skip
    if any(more.values()):
        frame.draft.series("demands", more, **cells, unit="PJ", time_slice="annual")


def technologies(frame: Frame) -> None:
    """Add the technologies with a role that follows from what they make and take."""
    values = frame.values
    taking = {key[1] for key in values.keys("InputActivityRatio", (0, 1))}
    making = {key[1] for key in values.keys("OutputActivityRatio", (0, 1))}
    wanted = {
        key[1]
        for name in ("SpecifiedAnnualDemand", "AccumulatedAnnualDemand")
        for key in values.keys(name, (0, 1))
    }
    final = {t for _, t, fuel in values.keys("OutputActivityRatio", (0, 1, 2)) if fuel in wanted}
    passed = {fuel for _, fuel in values.keys("InputActivityRatio", (0, 2))}
    storing = {
        key[1]
        for name in ("TechnologyToStorage", "TechnologyFromStorage")
        for key in values.keys(name, (0, 1))
    }
    outputs: dict[str, set[str]] = {}
    for _, t, fuel in values.keys("OutputActivityRatio", (0, 1, 2)):
        outputs.setdefault(t, set()).add(fuel)
    for t in values.members("TECHNOLOGY"):
        role = "conversion"
        if t in storing:
            role = "storage"
        elif t in making and t not in taking:
            role = "supply"
        elif t in final and t in taking and not outputs[t] & passed:
            role = "end_use"
        elif t in taking and t not in making:
            role = "sink"
        frame.draft.add(
            "technologies", technology=frame.technologies["TECHNOLOGY", t], role=role,
            group=role, time_level="slice", capacity_unit=frame.capacity_unit(t),
            activity_unit="PJ", label_zh=t, label_en=t,
        )  # fmt: skip


def routes(frame: Frame) -> None:
    """Add a technology for each trade route: forth and back, with what the route gives each end."""
    values, seen = frame.values, set()
    for r, other, fuel in values.keys("TradeRoute", (0, 1, 2)):
        if (other, r, fuel) in seen or r == other:
            continue
        seen.add((r, other, fuel))
        commodity = frame.commodities["FUEL", fuel]
        name = f"trade_{commodity}_{frame.regions[r]}_{frame.regions[other]}"
        frame.draft.add(
            "technologies", technology=name, role="network", group="trade", time_level="slice",
            activity_unit="PJ", label_zh=name, label_en=name,
        )  # fmt: skip
        here = values.yearly("TradeRoute", r, other, fuel)
        there = values.yearly("TradeRoute", other, r, fuel)
        for mode, sign in (("forth", -1.0), ("back", 1.0)):
            for where, ends, way in (("here", here, sign), (frame.regions[other], there, -sign)):
                frame.draft.series(
                    "flows", {y: way * v for y, v in ends.items()}, technology=name,
                    region=frame.regions[r], mode=mode, commodity=commodity, where=where,
                    unit="PJ/PJ",
                )  # fmt: skip


def emission_prices(frame: Frame) -> None:
    """Add penalties; they are paid for what technologies emit, not for exogenous emissions."""
    values = frame.values
    emitting = set(values.keys("EmissionActivityRatio", (0, 2)))
    for r in values.members("REGION"):
        for e in values.members("EMISSION"):
            penalty = values.yearly("EmissionsPenalty", r, e)
            if (r, e) in emitting and any(penalty.values()):
                frame.draft.series(
                    "prices", scaled(penalty, frame.operation_scale(r)),
                    id=f"penalty-{frame.tail(e, r)}", region=frame.region(r),
                    commodity=frame.commodities["EMISSION", e], unit="bn CNY_2020/Mt",
                )  # fmt: skip


def reserves(frame: Frame) -> None:
    """Add the reserve wanted of each tagged fuel, and what counts towards it."""
    values = frame.values
    for r in values.members("REGION"):
        margin = values.yearly("ReserveMargin", r, otherwise=1.0)
        wanted = {
            fuel: {
                y: max(0.0, margin[y]) * v
                for y, v in values.yearly("ReserveMarginTagFuel", r, fuel).items()
            }
            for fuel in values.members("FUEL")
        }
        wanted = {fuel: series for fuel, series in wanted.items() if any(series.values())}
        for fuel, series in wanted.items():
            frame.draft.series(
                "reserves", series, commodity=frame.commodities["FUEL", fuel],
                region=frame.region(r), unit="1",
            )  # fmt: skip
        for t in values.members("TECHNOLOGY") if wanted else ():
            credit = values.yearly("ReserveMarginTagTechnology", r, t)
            if any(credit.values()):
                peak = frame.peak(r, t)
                frame.draft.series(
                    "parameters", {y: v / peak for y, v in credit.items()},
                    technology=frame.technologies["TECHNOLOGY", t], region=frame.region(r),
                    parameter="reserve_credit", unit="1",
                )  # fmt: skip


def renewable_targets(frame: Frame) -> None:
    """Add shares that tagged technologies must have; years of the same tags make one limit."""
    values = frame.values
    for r in values.members("REGION"):
        target = values.yearly("REMinProductionTarget", r)
        number: dict[tuple[tuple[str, ...], tuple[str, ...]], str] = {}
        for year, share in target.items():
            tagged = [
                (set_, name, values.at(tag, r, name, year))
                for set_, tag in (("TECHNOLOGY", "RETagTechnology"), ("FUEL", "RETagFuel"))
                for name in values.members(set_)
            ]
            if share <= 0 or not any(set_ == "FUEL" and v for set_, _, v in tagged):
                continue
            if any(v not in (0.0, 1.0) for _, _, v in tagged):
                frame.draft.tell("REMinProductionTarget", UNSUPPORTED, "tags other than 0 and 1")
                return
            groups = tuple(
                tuple(n for set_, n, v in tagged if set_ == wanted and v)
                for wanted in ("TECHNOLOGY", "FUEL")
            )
            key = (groups[0], groups[1])
            tail = f"-{frame.region(r)}" if frame.region(r) else ""
            name = number.setdefault(key, f"renewable-{len(number) + 1}{tail}")
            _target(frame, r, year, share, name, key)


def _target(
    frame: Frame, r: str, year: str, share: float, name: str,
    tagged: tuple[tuple[str, ...], tuple[str, ...]],
) -> None:  # fmt: skip
    """Add the target of one year: output of tagged technologies against that of tagged fuels.

    What trade brings in is no output, so those who make the fuels are named.
    """
    technologies_, fuels = tagged
    made = sorted(set(_made_by(frame, r, technologies_)))
    makers = dict.fromkeys(
        t
        for region, t, fuel in frame.values.keys("OutputActivityRatio", (0, 1, 2))
        if region == r and fuel in fuels
    )
    frame.draft.add(
        "limits", id=name, quantity="output", region=frame.region(r),
        technology="|".join(frame.technologies["TECHNOLOGY", t] for t in technologies_),
        commodity="|".join(frame.commodities["FUEL", f] for f in made),
        of="output", of_commodity="|".join(frame.commodities["FUEL", f] for f in fuels),
        of_technology="|".join(frame.technologies["TECHNOLOGY", t] for t in makers),
        sense=">=", between="only", period=year, value=share, unit="1",
    )  # fmt: skip


def _made_by(frame: Frame, r: str, technologies_: tuple[str, ...]) -> Iterator[str]:
    """Yield the fuels that some technologies make."""
    for region, t, fuel in frame.values.keys("OutputActivityRatio", (0, 1, 2)):
        if region == r and t in technologies_:
            yield fuel
