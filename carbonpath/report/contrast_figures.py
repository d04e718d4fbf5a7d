"""Figures of several pathways: lines over each other, small multiples, costs beside each other.

Each can show levels, the difference from the baseline, or that difference in per cent.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import xarray as xr

from carbonpath.accounts import Accounts
from carbonpath.accounts.contrast import VIEWS, caps, discounted_parts, views
from carbonpath.accounts.grouping import AREAS
from carbonpath.accounts.labels import Namer, Text, text
from carbonpath.accounts.prices import penalty_years
from carbonpath.report.axes import on_one_axis
from carbonpath.report.figure import (
    ENERGY_UNITS,
    NO_DATA,
    Figure,
    Series,
    lines,
    model_starts,
    past_of,
    plot_name,
    series_by,
    shown,
    stacked_area,
    stacked_bars,
    to_pick,
    values_of,
    years_of,
)
from carbonpath.report.places import Drawn
from carbonpath.report.style import rounded

TINTS = (
    "#000000", "#D55E00", "#0072B2", "#009E73", "#CC79A7", "#8C564B", "#E69F00", "#56B4E9",
    "#882255", "#6B8E23", "#5B5B66", "#B39B00",
)  # fmt: skip
"""Colours of pathways in their order; the baseline is the first."""
OVERLAYS: Mapping[str, tuple[tuple[str, Mapping[str, str]], ...]] = {
    "emissions": (
        ("co2_by_scope", {"scope": "C1"}),
        ("co2_by_scope", {"scope": "territorial_C1"}),
        ("co2_by_scope", {"scope": "C0"}),
    ),
    "energy": (
        ("energy_consumption", {"regime": "R0"}), ("coal_consumption", {}),
        ("non_fossil_share", {}), ("electrification_share", {}), ("electricity_consumption", {}),
        ("net_imported_electricity", {}),
    ),
    "power": (
        ("generation_total", {}), ("capacity_total", {}), ("coal_power_share", {}),
        ("electricity_import_share", {}),
    ),
    "areas": tuple(
        ("co2_with_electricity", {"sector": area})
        for area in ("industry", "construction", "transport", "agriculture", "residents")
    ),
    "money": (("electricity_price", {}), ("carbon_price", {})),
}  # fmt: skip
SAME = text("与基准相同", "same as the baseline")
CAPPED = {("co2_by_scope", "C1"): "co2_c1", ("co2_by_scope", "C0"): "co2_c0"}
"""Lines beside which targets are marked, and the quantity that the targets limit."""
Stacker = Callable[[str, Text, xr.DataArray], Figure]


@dataclass(frozen=True)
class Pathway:
    """One pathway of a comparison: its accounts, name and colour."""

    accounts: Accounts
    name: Text
    tint: str

    @property
    def id(self) -> str:
        """The id of the run."""
        return self.accounts.results.id


def overlays(section: str, pathways: Sequence[Pathway], namer: Namer) -> list[Drawn]:
    """Return lines of every pathway over each other, those of a section."""
    found = [overlay(pathways, namer, name, labels) for name, labels in OVERLAYS[section]]
    if section != "emissions":
        return [
            Drawn(
                f"lines-{section}", text("各路径比较", "The pathways over each other"),
                text("基准路径为黑色实线。", "The baseline is the black solid line."),
                [one.sized("half") for one in found], kept=True,
            )
        ]  # fmt: skip
    said = text(
        "年排放总量（C1，含净外来电）；空心点为统计，菱形为目标上限。",
        "CO2 of the year (C1, with net imports); open dots are statistics, diamonds are targets.",
    )
    others = text("属地与C0口径。", "Without net imports, and in scope C0.")
    return [
        Drawn("total-overlay", found[0].title, said, found[:1], kept=True),
        Drawn("scopes-overlay", text("其他口径", "Other scopes"), others,
              [one.sized("half") for one in found[1:]], kept=True),
    ]  # fmt: skip


def overlay(
    pathways: Sequence[Pathway], namer: Namer, name: str, labels: Mapping[str, str]
) -> Figure:
    """Return one line for each pathway, in three views."""
    base = line_of(pathways[0], name, labels)
    title = title_of(base, namer, labels)
    key = "-".join(
        ["over", name.replace("_", "-"), *[v.replace("_", "-") for v in labels.values()]]
    )
    split = {
        one.id: views(line_of(one, name, labels).reindex(period=base["period"]), base)
        for one in pathways
    }
    figures = {}
    for view in VIEWS:
        series = [
            Series(one.id, one.name, values_of(shown(split[one.id][view])), {}, one.tint)
            for one in pathways
        ]
        unit = split[pathways[0].id][view]
        figure = lines(key, title, shown(unit), series)
        for at, trace in enumerate(figure.traces):
            trace["meta"] = at
        if view != "level":
            figure.layout.pop("yaxis", None)
        points = view == "difference" and base.attrs["unit"] == "1"
        figures[view] = replace(figure, unit="pp") if points else figure
    mark(figures["level"], pathways, name, labels)
    whole = to_pick("view", figures)
    physical = base.attrs["unit"] == "PJ"
    whole = in_units(whole) if physical else whole
    return noted(whole, pathways) if name in ("electricity_price", "carbon_price") else whole


def in_units(figure: Figure) -> Figure:
    """Let a reader choose the unit of energy in levels and differences."""
    choices = {
        key: replace(one, units=ENERGY_UNITS if key != "percent" else {})
        for key, one in figure.choices.items()
    }
    return replace(figure, units=ENERGY_UNITS, choices=choices)


def noted(figure: Figure, pathways: Sequence[Pathway]) -> Figure:
    """Say in which years a price holds the penalty of a missed target."""
    told = {one.id: penalty_years(one.accounts.results) for one in pathways}
    said = {name: ", ".join(map(str, found)) for name, found in told.items() if found}
    if not said:
        return figure
    listed = "; ".join(f"{name} {found}" for name, found in said.items())
    return figure.noted(
        f"有未达标软目标、价格含罚金的年份：{listed}。",
        f"Years in which a soft target is missed, so that prices contain its penalty: {listed}.",
    )


def line_of(pathway: Pathway, name: str, labels: Mapping[str, str]) -> xr.DataArray:
    """Return one indicator of a pathway by period."""
    whole = pathway.accounts[name]
    return whole.sel(labels, drop=True).assign_attrs(whole.attrs) if labels else whole


def title_of(values: xr.DataArray, namer: Namer, labels: Mapping[str, str]) -> Text:
    """Return the title of an indicator, with the label picked."""
    picked = [namer(label) for label in labels.values()]
    zh, en = str(values.attrs["long_name_zh"]), str(values.attrs["long_name"])
    return text(
        f"{zh}：{picked[0]['zh']}" if picked else zh, f"{en}: {picked[0]['en']}" if picked else en
    )


def mark(figure: Figure, pathways: Sequence[Pathway], name: str, labels: Mapping[str, str]) -> None:
    """Add statistics and targets to the lines of the levels."""
    picked = next(iter(labels.values()), "")
    past = past_of(pathways[0].accounts.results, name)
    key = "energy" if name == "co2_by_scope" else picked
    if past is not None and key in past["key"].values:
        before = shown(past.sel(key=key, drop=True).assign_attrs(past.attrs))
        figure.traces.append(statistics(before, name == "co2_by_scope"))
        figure.layout.update(model_starts(pathways[0].accounts.results.periods[0]))
    quantity = CAPPED.get((name, picked))
    for at, one in enumerate(pathways if quantity else ()):
        bounds = caps(one.accounts.results, str(quantity))
        if bounds:
            figure.traces.append(diamonds(one, bounds) | {"meta": at})


def statistics(before: xr.DataArray, fuel: bool) -> dict[str, object]:
    """Return the statistics before the model as open dots; of CO2 they know only that of fuel."""
    name = text("统计：能源活动", "Statistics: fuel use") if fuel else text("统计", "Statistics")
    before = before.dropna("period")
    return {
        "type": "scatter", "mode": "markers", "cliponaxis": False,
        "x": years_of(before), "y": list(values_of(before)),
        "name": name, "legendgroup": "statistics", "line": {"color": "#555", "dash": "dot"},
        "marker": {"symbol": "circle-open", "size": 7, "color": "#555"},
    }  # fmt: skip


def diamonds(one: Pathway, bounds: Mapping[int, float]) -> dict[str, object]:
    """Return the targets of a pathway as diamonds."""
    name = text(f"{one.name['zh']}：目标上限", f"{one.name['en']}: target")
    return {
        "type": "scatter", "mode": "markers", "x": list(bounds),
        "y": [rounded(value) for value in bounds.values()], "name": name,
        "legendgroup": one.id, "showlegend": False, "line": {"color": one.tint},
        "marker": {"symbol": "diamond-open", "size": 10, "color": one.tint},
    }  # fmt: skip


def multiples(
    name: str, dimension: str, pathways: Sequence[Pathway], stacker: Stacker
) -> list[Figure]:
    """Return one small figure for each pathway, in three views, each view on one axis."""
    base = pathways[0].accounts[name]
    made: dict[str, list[Figure]] = {view: [] for view in VIEWS}
    for at, one in enumerate(pathways):
        split = views(one.accounts[name], base, dimension)
        for view in VIEWS:
            figure = stacker(f"multiple-{name.replace('_', '-')}-{at}", one.name, split[view])
            empty = NO_DATA if view == "level" else SAME
            made[view].append(replace(figure.sized("third"), empty=empty))
    shared = {view: on_one_axis(found) for view, found in made.items()}
    picked = [{view: shared[view][at] for view in VIEWS} for at in range(len(pathways))]
    physical = base.attrs["unit"] == "PJ"
    found = [to_pick("view", one) for one in picked]
    found = [in_units(one) for one in found] if physical else found
    return [replace(one, pathway=at) for at, one in enumerate(found)]


def areas(namer: Namer) -> Stacker:
    """Return how CO2 by area is stacked."""

    def stack(name: str, title: Text, values: xr.DataArray) -> Figure:
        series = series_by(values, "sector", namer, list(AREAS))
        return stacked_area(name, title, values, series)

    return stack


def mix(namer: Namer) -> Stacker:
    """Return how the energy mix is stacked."""

    def stack(name: str, title: Text, values: xr.DataArray) -> Figure:
        return stacked_area(name, title, values, series_by(values, "fuel", namer))

    return stack


def plants(namer: Namer) -> Stacker:
    """Return how kinds of power plants are stacked."""

    def stack(name: str, title: Text, values: xr.DataArray) -> Figure:
        return stacked_area(name, title, values, series_by(values, "group", namer))

    return stack


def parts(namer: Namer) -> Stacker:
    """Return how the parts of cost are stacked."""

    def stack(name: str, title: Text, values: xr.DataArray) -> Figure:
        page = shown(values)
        order = [str(part) for part in values["part"].values]
        series = series_by(values, "part", namer, order)
        return stacked_bars(name, title, str(page.attrs["unit"]), years_of(page), series)

    return stack


def discounted_cost(pathways: Sequence[Pathway], namer: Namer) -> Figure:
    """Return the discounted cost of each pathway by part, in three views."""
    table = discounted_parts([one.accounts for one in pathways])
    order = [str(part) for part in table["part"].values]
    places = [plot_name(one.name) for one in pathways]
    title = text("全期贴现成本", "Discounted cost of the horizon")
    figures = {}
    for view, values in views(table, table.isel(pathway=0), "part").items():
        unit = str(shown(values).attrs["unit"])
        series = series_by(values, "part", namer, order)
        figure = stacked_bars("cost-discounted", title, unit, places, series)
        for trace in figure.traces:
            trace["meta"] = "pathways"
        figures[view] = figure
    return to_pick("view", figures)
