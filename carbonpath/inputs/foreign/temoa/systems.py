"""Settings, regions, time slices, commodities and demands of a Temoa database."""

from carbonpath.inputs.foreign.folder import APPROXIMATED, SOURCE
from carbonpath.inputs.foreign.folder import MONEY as CURRENCY
from carbonpath.inputs.foreign.temoa.config import MYOPIC
from carbonpath.inputs.foreign.temoa.frame import FLAT, MONEY, Frame

EXACT = 1e-9


def settings(frame: Frame, name: str, title: str) -> None:
    """Write what holds for the whole dataset, and the scenario."""
    processes = frame.processes
    first = processes.periods[0]
    frame.draft.dataset.update(
        {
            "schema": "carbonpath/dataset/1",
            "title": {"zh": title, "en": title},
            "base_year": first - 1,
            "discount_rate": f"{processes.data.setting('global_discount_rate'):.17g} 1/yr",
            "currency": dict(CURRENCY),
            "note": "Imported from a Temoa database. Units are those of the data: PJ, GW, Mt and "
            "bn CNY_2020 stand for its units of activity, capacity, emission and cost.",
            "conventions": {
                "periods": "until_next", "investment": "loan", "operation": "end",
                "discount_to": first,
            },
        }
    )  # fmt: skip
    config = processes.data.config
    frame.draft.scenario.update(
        {
            "schema": "carbonpath/scenario/1",
            "title": {"zh": title, "en": title},
            "dataset": name,
            "horizon": {"periods": list(processes.future)},
        }
    )
    if config.mode == MYOPIC:
        solve = {"mode": "myopic", "view": config.view, "step": config.step}
        frame.draft.scenario["solve"] = solve
    frame.draft.add("sources", source=SOURCE, title=title)
    for region, label in frame.regions.items():
        frame.draft.add("regions", region=label, label_zh=region, label_en=region)


def slices(frame: Frame) -> None:
    """Write the time slices, and the even profile of what runs by the year."""
    for order, part in enumerate(frame.slices, 1):
        season = f"season-{frame.label('season', part.season)}"
        frame.draft.add(
            "time_slices", time_slice=part.label, season=season, day="typical", order=order,
            share=part.share, repeats=frame.season_share(part.season) * frame.days,
        )  # fmt: skip
        frame.draft.add("slice_values", profile=FLAT, time_slice=part.label, value=1.0)


def commodities(frame: Frame) -> None:
    """Write commodities; what nothing makes, or nothing takes, is not balanced."""
    processes = frame.processes
    balanced = {name for _, _, name in processes.balanced}
    for name, flag in processes.flag.items():
        kind = {"d": "service", "e": "emission"}.get(flag, "energy")
        slicewise = kind == "energy" and "a" not in flag
        surplus = ""
        if kind == "energy" and name not in balanced:
            surplus = "any"
        elif kind == "energy" and "w" in flag:
            surplus = "free"
        frame.draft.add(
            "commodities", commodity=frame.commodities[name], kind=kind, surplus=surplus,
            time_level="slice" if slicewise else "annual", label_zh=name, label_en=name,
            unit="Mt" if kind == "emission" else "PJ",
        )  # fmt: skip


def demands(frame: Frame) -> None:
    """Write final demands by year; what serves them follows their distribution (see shapes)."""
    found: dict[tuple[str, str], dict[str, float]] = {}
    for (region, period, name), value in frame.processes.data.values(
        "demand", "demand", "region", "period", "commodity"
    ).items():
        if period in frame.processes.periods:
            found.setdefault((region, name), {})[str(period)] = value
    for (region, name), values in found.items():
        full = {str(p): values.get(str(p), 0.0) for p in frame.processes.periods}
        frame.draft.series(
            "demands", full, commodity=frame.commodities[name], region=frame.regions[region],
            between="hold", unit="PJ",
        )  # fmt: skip


def distribution(frame: Frame, region: str, period: int, demand: str) -> list[float]:
    """The share of a year's demand in each time slice; by their length where none is given."""
    given = frame.processes.data.values(
        "demand_specific_distribution", "dsd", "region", "period", "demand_name", "season", "tod"
    )
    shares = [given.get((region, period, demand, x.season, x.tod), 0.0) for x in frame.slices]
    total = sum(shares)
    if total <= 0:
        return [part.share for part in frame.slices]
    if abs(total - 1) > EXACT:
        frame.draft.tell(
            "demand_specific_distribution", APPROXIMATED,
            f"{demand} in {region} {period}: shares add up to {total:.6g}; scaled to one",
        )  # fmt: skip
    return [share / total for share in shares]


def emission_prices(frame: Frame) -> None:
    """Write the prices of emissions, where something emits."""
    found: dict[tuple[str, str], dict[str, float]] = {}
    tables = ("emission_activity", "emission_embodied", "emission_end_of_life")
    rows = frame.processes.data.rows
    emitting = {(row["region"], row["emis_comm"]) for table in tables for row in rows(table)}
    for (region, period, name), value in frame.processes.data.values(
        "cost_emission", "cost", "region", "period", "emis_comm"
    ).items():
        if (region, name) in emitting:
            found.setdefault((region, name), {})[str(period)] = value
    for (region, name), values in found.items():
        full = {str(p): values.get(str(p), 0.0) for p in frame.processes.periods}
        frame.draft.series(
            "prices", full, id=f"price-{frame.commodities[name]}-{frame.regions[region]}",
            region=frame.regions[region], commodity=frame.commodities[name], between="hold",
            unit=f"{MONEY}/Mt",
        )  # fmt: skip
