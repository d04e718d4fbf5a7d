"""Figures as plain Plotly data with texts in two languages, and the table beside each.

A figure is made of series that the accounts have formed; nothing is computed here but the place of
a number on the page. Unknown values stay empty, they never become zero.
"""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import xarray as xr

from carbonpath.accounts.history import history
from carbonpath.accounts.labels import Namer, Text, text
from carbonpath.report.style import NOTHING, colour, ordered, pattern, rounded
from carbonpath.results.results import Results
from carbonpath.spec.units import convert

SHOWN_UNITS = {"bn CNY_2020": "1e8 CNY_2020"}
"""Unit of the accounts -> unit on the page (money is shown in 亿元)."""
ENERGY_UNITS = {"PJ": 1.0, "Mtce": convert(1.0, "PJ", "Mtce"), "TWh": convert(1.0, "PJ", "TWh")}
"""Units a reader may choose for physical energy, per PJ."""
BREAK = text("统计 ◂ ▸ 模型", "statistics ◂ ▸ model")
NO_DATA = text("无数据", "no data")
GAP = 0.16
"""Years between two bars."""
AS_WIDE = text("柱宽为该期所含年数。", "A bar is as wide as its period has years.")
DASHES = ("solid", "dash", "dot", "dashdot")
Size = Literal["wide", "half", "third"]


@dataclass(frozen=True)
class Series:
    """One line, band or row of bars: its key, its name, a value for each position, statistics."""

    key: str
    name: Text
    values: tuple[float | None, ...]
    past: Mapping[int, float] = field(default_factory=dict)
    tint: str = ""

    @property
    def colour(self) -> str:
        """Its own colour, or that of its key."""
        return self.tint or colour(self.key)


@dataclass(frozen=True)
class Choice:
    """What a figure shows when another year or view is picked."""

    unit: str
    traces: list[dict[str, Any]]
    layout: dict[str, Any]
    columns: Sequence[str | Text]
    rows: list[tuple[Text, list[float | None]]]
    units: Mapping[str, float] = field(default_factory=dict)
    empty: Text = field(default_factory=lambda: NO_DATA)


@dataclass(frozen=True)
class Figure:
    """One figure: Plotly traces and layout, the unit, and the rows of its table.

    `empty` is said where there is nothing to draw, `pathway` is the place of the pathway that a
    small multiple shows, and a figure with `fold` stands behind a line that unfolds it.
    """

    id: str
    title: Text
    unit: str
    traces: list[dict[str, Any]]
    layout: dict[str, Any]
    columns: Sequence[str | Text]
    rows: list[tuple[Text, list[float | None]]]
    size: Size = "wide"
    note: Text | None = None
    units: Mapping[str, float] = field(default_factory=dict)
    pick: str = ""
    choices: Mapping[str, Choice] = field(default_factory=dict)
    empty: Text = field(default_factory=lambda: NO_DATA)
    pathway: int | None = None
    fold: bool = False

    def sized(self, size: Size) -> "Figure":
        """Return the figure in another size."""
        return replace(self, size=size)

    def as_choice(self) -> Choice:
        """Return what the figure shows, as one of several."""
        return Choice(
            self.unit, self.traces, self.layout, self.columns, self.rows, self.units, self.empty
        )

    def noted(self, zh: str, en: str) -> "Figure":
        """Return the figure with a remark below it."""
        return replace(self, note=text(zh, en))


def to_pick(pick: str, figures: Mapping[str, Figure]) -> Figure:
    """Return the first of some figures, with all of them to pick from."""
    first = next(iter(figures.values()))
    return replace(first, pick=pick, choices={key: one.as_choice() for key, one in figures.items()})


def shown(array: xr.DataArray) -> xr.DataArray:
    """Return an array in the unit of the page."""
    unit = str(array.attrs.get("unit", "1"))
    target = SHOWN_UNITS.get(unit, unit)
    if unit == "1":
        return (array * 100.0).assign_attrs({**array.attrs, "unit": "%"})
    factor = convert(1.0, unit, target) if target != unit else 1.0
    return (array * factor).assign_attrs({**array.attrs, "unit": target})


def plot_name(name: Text) -> Text:
    """Return a name in which Plotly finds no markup."""
    return text(html.escape(name["zh"], quote=False), html.escape(name["en"], quote=False))


def values_of(array: xr.DataArray) -> tuple[float | None, ...]:
    """Return the values of a line, rounded for the page."""
    return tuple(rounded(float(value)) for value in array.values)


def series_by(
    array: xr.DataArray,
    dimension: str,
    namer: Namer,
    order: Sequence[str] = (),
    past: xr.DataArray | None = None,
    known_as: Mapping[str, str] | None = None,
) -> list[Series]:
    """Return a series for each label of a dimension that has any value but zero.

    Where no value at all is known every label has its series, so that the gap is seen.

    `known_as` gives the key under which a label is named and coloured, where that is another.
    """
    page = shown(array)
    keys = list(order) or ordered(str(key) for key in page[dimension].values)
    old = shown(past) if past is not None else None
    found = []
    unknown = not bool(page.notnull().any())
    for key in keys:
        line = page.sel({dimension: key})
        before = past_values(old, key)
        if unknown or np.nanmax(np.abs(line.values), initial=0.0) > NOTHING or before:
            name = (known_as or {}).get(key, key)
            tint = namer.tints.get(name, "")
            found.append(Series(name, namer(name), values_of(line), before, tint))
    return found


def past_values(past: xr.DataArray | None, key: str) -> dict[int, float]:
    """Return the statistics of a key by year; empty where there are none."""
    if past is None or key not in past["key"].values:
        return {}
    pairs = zip(years_of(past), values_of(past.sel(key=key)), strict=True)
    return {year: value for year, value in pairs if value is not None}


def past_of(results: Results, name: str) -> xr.DataArray | None:
    """Return the statistics of an indicator before the base year."""
    return history(results, name)


def observed_of(results: Results, name: str, key: str = "") -> dict[int, float]:
    """Return all statistics of one key of an indicator by year, in the unit of the page."""
    found = history(results, name, whole=True)
    return past_values(None if found is None else shown(found), key)


def years_of(array: xr.DataArray) -> list[int]:
    """Return the years of an array."""
    return [int(year) for year in array["period"].values]


def past_years(series: Sequence[Series]) -> list[int]:
    """Return the years for which any series has a statistic."""
    return sorted({year for one in series for year in one.past})


def starts_before(series: Sequence[Series], year: int) -> bool:
    """Whether statistics reach further back than the model."""
    return any(past < year for past in past_years(series))


def table_rows(series: Sequence[Series]) -> list[tuple[Text, list[float | None]]]:
    """Return the rows of the table beside a figure: statistics, then the model."""
    years = past_years(series)
    return [(one.name, [*[one.past.get(year) for year in years], *one.values]) for one in series]


def table_heads(series: Sequence[Series], positions: Sequence[str | Text]) -> list[str | Text]:
    """Return the heads of that table; a star marks a statistic."""
    return [*[f"{year}*" for year in past_years(series)], *positions]


def faded(tint: str) -> str:
    """Return a colour for what the model did not make."""
    red, green, blue = (int(tint[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.45)"


def stacked_area(
    name: str,
    title: Text,
    array: xr.DataArray,
    series: Sequence[Series],
    *,
    lines: Sequence[Series] = (),
) -> Figure:
    """Bands on a true time axis; statistics before the base year are paler and stand apart."""
    years, before = years_of(array), past_years(series)
    traces = [band for one in series for band in bands(one, years, one.values, one.colour, "")]
    for one in series:
        if one.past:
            old = [one.past.get(year) for year in before]
            traces += bands(one, before, old, faded(one.colour), "past")
    traces += [line_trace(one, years, width=2.5) for one in lines]
    traces += [dots(one) for one in lines if one.past]
    layout: dict[str, Any] = {"xaxis": {"type": "linear"}, "legend": {"traceorder": "reversed"}}
    if starts_before([*series, *lines], years[0]):
        layout |= model_starts(years[0])
    return framed(name, title, shown(array).attrs["unit"], traces, layout, years, [*series, *lines])


def framed(
    name: str,
    title: Text,
    unit: str,
    traces: list[dict[str, Any]],
    layout: dict[str, Any],
    positions: Sequence[Any],
    series: Sequence[Series],
) -> Figure:
    """Return a figure with the table that belongs to its series."""
    plain = [str(one) if isinstance(one, int) else one for one in positions]
    return Figure(name, title, unit, traces, layout, table_heads(series, plain), table_rows(series))


def bands(
    one: Series, years: Sequence[int], values: Sequence[float | None], tint: str, group: str
) -> list[dict[str, Any]]:
    """Return the traces of one series: what is above zero and what is below, stacked apart."""
    found: list[dict[str, Any]] = []
    for sign, part in ((1.0, "above"), (-1.0, "below")):
        kept = [None if v is None else max(0.0, sign * v) * sign for v in values]
        if any(kept) or (sign > 0.0 and not any(values)):
            found.append(
                {
                    "type": "scatter", "mode": "lines", "x": list(years), "y": kept,
                    "name": plot_name(one.name), "legendgroup": one.key,
                    "stackgroup": f"{group}{part}", "fillcolor": tint,
                    "line": {"width": 0.5, "color": tint}, "showlegend": not found and not group,
                }
            )  # fmt: skip
    return found


def model_starts(year: int) -> dict[str, Any]:
    """Return the mark between statistics and model."""
    at = year - 0.5
    line = {"type": "line", "xref": "x", "yref": "paper", "x0": at, "x1": at, "y0": 0, "y1": 1,
            "line": {"color": "#555", "width": 1, "dash": "dot"}}  # fmt: skip
    words = {"xref": "x", "yref": "paper", "x": at, "y": 1.0, "yanchor": "bottom",
             "showarrow": False, "text": BREAK, "font": {"size": 11, "color": "#555"}}  # fmt: skip
    return {"shapes": [line], "annotations": [words]}


def line_trace(
    one: Series, places: Sequence[Any], *, width: float = 2.0, dash: str = "solid", tint: str = ""
) -> dict[str, Any]:
    """Return a line of the model."""
    return {
        "type": "scatter", "mode": "lines+markers", "x": list(places), "y": list(one.values),
        "name": plot_name(one.name), "legendgroup": one.key, "marker": {"size": 4},
        "line": {"color": tint or one.colour, "width": width, "dash": dash},
    }  # fmt: skip


def dots(one: Series) -> dict[str, Any]:
    """Return the statistics of a line as open dots."""
    return {
        "type": "scatter", "mode": "lines+markers", "x": list(one.past),
        "y": list(one.past.values()), "name": starred(one.name), "legendgroup": one.key,
        "showlegend": False, "line": {"color": faded(one.colour), "width": 1.5, "dash": "dot"},
        "marker": {"symbol": "circle-open", "size": 7, "color": one.colour}, "connectgaps": True,
    }  # fmt: skip


def starred(name: Text) -> Text:
    """Return the name of a statistic."""
    return plot_name(text(f"{name['zh']}（统计）", f"{name['en']} (statistics)"))


def lines(name: str, title: Text, array: xr.DataArray, series: Sequence[Series]) -> Figure:
    """Lines on a true time axis; statistics are open dots, before the mark and beside the line."""
    years = years_of(array)
    traces = [
        line_trace(one, years, dash=DASHES[at % len(DASHES)]) for at, one in enumerate(series)
    ]
    traces += [dots(one) for one in series if one.past]
    layout: dict[str, Any] = {"xaxis": {"type": "linear"}, "yaxis": {"rangemode": "tozero"}}
    if starts_before(series, years[0]):
        layout |= model_starts(years[0])
    return framed(name, title, shown(array).attrs["unit"], traces, layout, years, series)


def stacked_bars(
    name: str,
    title: Text,
    unit: str,
    positions: Sequence[Any],
    series: Sequence[Series],
    *,
    tints: Mapping[str, str] | None = None,
    over: Sequence[Series] = (),
) -> Figure:
    """Bars one upon the other for each position; negative values hang below zero.

    Years stand on a true time axis: a bar covers the years of its period, and statistics stand
    before the model, paler, as bars or as open dots of the lines above. Other positions are names.
    """
    if all(isinstance(place, int) for place in positions):
        layout, traces = bars_in_time(positions, series, tints, over)
    else:
        layout = {"xaxis": {"type": "category"}}
        traces = [bar(one, positions, one.values, tints) for one in series]
        traces += [over_line(one, positions, dash) for one, dash in zip(over, DASHES, strict=False)]
    layout |= {"barmode": "relative", "legend": {"traceorder": "reversed"}}
    figure = framed(name, title, unit, traces, layout, positions, [*series, *over])
    wide = any(covered > 1 for trace in traces for covered in trace.get("width", ()))
    return replace(figure, note=AS_WIDE) if wide else figure


def bars_in_time(
    years: Sequence[int],
    series: Sequence[Series],
    tints: Mapping[str, str] | None,
    over: Sequence[Series],
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return layout and traces of bars on a time axis, statistics before the first year."""
    before = [year for year in past_years([*series, *over]) if year < years[0]]
    axis = [*before, *years]
    covers = [1] * (len(before) + 1) + [now - last for last, now in pairwise(years)]
    place = {
        "width": [years_covered - GAP for years_covered in covers],
        "offset": [0.5 - years_covered + GAP / 2 for years_covered in covers],
    }
    traces = []
    for one in series:
        old = [one.past.get(year) for year in before]
        trace = bar(one, axis, [*old, *one.values], tints) | place
        trace["marker"]["opacity"] = [0.45] * len(before) + [1.0] * len(years)
        traces.append(trace)
    for one, dash in zip(over, DASHES, strict=False):
        traces.append(over_line(one, years, dash))
        if one.past:
            traces.append(dots(one) | {"mode": "markers", "zorder": 2})
    layout: dict[str, Any] = {"xaxis": {"type": "linear"}}
    return layout | (model_starts(years[0]) if before else {}), traces


def over_line(one: Series, places: Sequence[Any], dash: str) -> dict[str, Any]:
    """Return a black line in front of bars."""
    return line_trace(one, places, dash=dash, tint="#000000") | {"zorder": 2}


def bar(
    one: Series,
    places: Sequence[Any],
    values: Sequence[float | None],
    tints: Mapping[str, str] | None,
) -> dict[str, Any]:
    """Return the bars of one series."""
    return {
        "type": "bar", "x": list(places), "y": list(values),
        "name": plot_name(one.name), "legendgroup": one.key,
        "marker": {
            "color": (tints or {}).get(one.key) or one.colour,
            "pattern": {"shape": "" if tints else pattern(one.key), "size": 6,
                        "fillmode": "overlay", "fgcolor": "#ffffff", "fgopacity": 0.8},
            "line": {"width": 0.4, "color": "#fff"},
        },
    }  # fmt: skip
