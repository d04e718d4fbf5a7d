"""The places of charts in the page: title, sentence, plot, legend, buttons, table."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from carbonpath.accounts.labels import Text, text, unit_text
from carbonpath.report.figure import Figure
from carbonpath.report.markup import Cell, Speaker
from carbonpath.report.style import number

DOES = ("CSV", "PNG", "SVG")


@dataclass(frozen=True)
class Drawn:
    """A chart and the figures it made; `kept`: its numbers can be read without JavaScript."""

    name: str
    title: Text
    question: Text
    figures: list[Figure]
    kept: bool = False


def section(name: str, title: Text, inner: str, speaker: Speaker) -> str:
    """Return a section that can be linked to."""
    return f'<section id="{name}"><h2>{speaker(title)}</h2>{inner}</section>'


def charts_html(drawn: Sequence[Drawn], speaker: Speaker) -> str:
    """Return charts in the grid of the page."""
    made = "".join(chart_html(one, speaker) for one in drawn)
    return f'<div class="charts">{made}</div>' if made else ""


def chart_html(drawn: Drawn, speaker: Speaker) -> str:
    """Return title, sentence and figures of a chart."""
    alone = len(drawn.figures) == 1
    figures = "".join(figure_html(one, speaker, alone, drawn.kept) for one in drawn.figures)
    size = drawn.figures[0].size if alone else "wide"
    return (
        f'<div class="chart {size}" id="c-{drawn.name}"><h3>{speaker(drawn.title)}</h3>'
        f'<p class="question">{speaker(drawn.question)}</p>{years_switch(drawn)}'
        f'<div class="figures">{figures}</div></div>'
    )


def years_switch(drawn: Drawn) -> str:
    """Return the buttons of a chart that shows one year at a time."""
    years = [key for one in drawn.figures[:1] if one.pick == "year" for key in one.choices]
    return switch("year", {year: text(year, year) for year in years}) if years else ""


def switch(name: str, values: Mapping[str, Text], speaker: Speaker | None = None) -> str:
    """Return a row of buttons of which one is pressed."""
    say = speaker or Speaker("en")
    buttons = "".join(
        f'<button type="button" data-value="{key}">{say(said)}</button>'
        for key, said in values.items()
    )
    return f'<span class="switch" data-switch="{name}">{buttons}</span>'


def figure_html(figure: Figure, speaker: Speaker, alone: bool, kept: bool) -> str:
    """Return the place of a figure, its legend, buttons and table.

    A table that is not kept is made by the page from the data of the figure.
    """
    unit = unit_text(figure.unit)
    title = "" if alone else f"{speaker(figure.title)} "
    caption = f'{title}<span class="unit">{speaker(unit)}</span>'
    note = f'<p class="note">{speaker(figure.note)}</p>' if figure.note else ""
    buttons = "".join(f'<button type="button" data-do="{do}">{do}</button>' for do in DOES)
    summary = speaker(text("数据", "Data"))
    width = "wide" if alone else figure.size
    table = data_table(figure, speaker) if kept else '<div class="scroll"></div>'
    return (
        f'<figure class="{width}" data-size="{figure.size}"><figcaption>{caption}</figcaption>'
        f'<div class="plot" id="{figure.id}" role="img" aria-label="{speaker.plain(figure.title)}">'
        f"</div>{legend(figure, speaker)}{note}"
        f'<div class="tools">{buttons}<details class="{"kept" if kept else "made"}">'
        f"<summary>{summary}</summary>{table}</details></div></figure>"
    )


def legend(figure: Figure, speaker: Speaker) -> str:
    """Return the legend: a colour and a name for each series, in the order of the stack."""
    if figure.layout.get("showlegend") is False:
        return ""
    seen: dict[str, str] = {}
    for trace in figure.traces:
        key = str(trace.get("legendgroup", trace["name"]["en"]))
        if key in seen or trace.get("showlegend") is False:
            continue
        tint, kind = swatch(trace)
        seen[key] = (
            f'<button type="button" data-key="{html.escape(key)}"><i class="{kind}" '
            f'style="--tint:{tint}"></i>{speaker(unescaped(trace["name"]))}</button>'
        )
    if len(seen) < 2:  # noqa: PLR2004
        return ""
    return f'<div class="legend">{"".join(seen.values())}</div>'


def unescaped(name: Text) -> Text:
    """Return a name as it was before Plotly's escapes."""
    return text(html.unescape(name["zh"]), html.unescape(name["en"]))


def swatch(trace: dict[str, Any]) -> tuple[str, str]:
    """Return colour and kind of a legend's mark."""
    if "fillcolor" in trace:
        return str(trace["fillcolor"]), "box"
    if trace["type"] == "bar":
        shape = trace["marker"].get("pattern", {}).get("shape", "")
        return str(trace["marker"]["color"]), "box hatched" if shape else "box"
    return str(trace["line"]["color"]), f"stroke {trace['line'].get('dash', 'solid')}"


def data_table(figure: Figure, speaker: Speaker) -> str:
    """Return the numbers of a figure as a table."""
    rows: list[list[Cell]] = [
        [name, *["" if value is None else number(value, 4) for value in values]]
        for name, values in figure.rows
    ]
    return speaker.table([unit_text(figure.unit), *figure.columns], rows, css="data")
