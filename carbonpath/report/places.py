"""The places of charts in the page: title, sentence, plot, legend, buttons, table."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from carbonpath.accounts.labels import Text, text, unit_text
from carbonpath.report.figure import Figure
from carbonpath.report.markup import Cell, Speaker
from carbonpath.report.style import number

DOES: Mapping[str, Text] = {
    "CSV": text("CSV", "CSV"),
    "safe": text("Excel CSV", "Excel CSV"),
    "SVG": text("SVG", "SVG"),
    "PNG": text("PNG", "PNG"),
    "link": text("复制链接", "Copy link"),
}
"""What a reader may take away of a figure."""


@dataclass(frozen=True)
class Drawn:
    """A chart and the figures it made; `kept`: its numbers can be read without JavaScript."""

    name: str
    title: Text
    question: Text
    figures: list[Figure]
    kept: bool = False


def section(name: str, number: int, title: Text, inner: str, speaker: Speaker) -> str:
    """Return a numbered section that can be linked to."""
    return f'<section id="{name}"><h2>{number} {speaker(title)}</h2>{inner}</section>'


def charts_html(drawn: Sequence[Drawn], speaker: Speaker) -> str:
    """Return charts in the grid of the page."""
    made = "".join(chart_html(one, speaker) for one in drawn)
    return f'<div class="charts">{made}</div>' if made else ""


def chart_html(drawn: Drawn, speaker: Speaker) -> str:
    """Return title, sentence and figures of a chart; some stand behind a line that unfolds them."""
    alone = len(drawn.figures) == 1
    size = drawn.figures[0].size if alone else "wide"
    shown = [figure_html(one, speaker, alone, drawn.kept) for one in drawn.figures if not one.fold]
    behind = [figure_html(one, speaker, alone, drawn.kept) for one in drawn.figures if one.fold]
    return (
        f'<div class="chart {size}" id="c-{drawn.name}"><h3>{speaker(drawn.title)}</h3>'
        f'<p class="question">{speaker(drawn.question)}</p>{years_switch(drawn, speaker)}'
        f'<div class="figures">{"".join(shown)}</div>{behind_line(behind, speaker)}</div>'
    )


def behind_line(figures: Sequence[str], speaker: Speaker) -> str:
    """Return figures behind a line that says how many they are."""
    if not figures:
        return ""
    many = len(figures)
    said = text(f"各项服务的技术占比（{many} 图）", f"Technologies of each service ({many} charts)")
    return fold(said, f'<div class="figures">{"".join(figures)}</div>', speaker)


def fold(said: Text, body: str, speaker: Speaker, *, titled: bool = True) -> str:
    """Return something long behind a line that unfolds it; it is unfolded before printing.

    The line is printed only where it is the title of what it folds.
    """
    css = "fold" if titled else "fold plain"
    return f'<details class="{css}"><summary>{speaker(said)}</summary>{body}</details>'


def years_switch(drawn: Drawn, speaker: Speaker) -> str:
    """Return the buttons of a chart that shows one year at a time."""
    years = [key for one in drawn.figures[:1] if one.pick == "year" for key in one.choices]
    return year_buttons(years, speaker) if years else ""


def year_buttons(years: Sequence[str], speaker: Speaker) -> str:
    """Return the buttons by which a reader picks a year, wherever they stand on the page."""
    return switch("year", {year: text(year, year) for year in years}, speaker, text("年份", "Year"))


def switch(
    name: str, values: Mapping[str, Text], speaker: Speaker, label: Text | None = None
) -> str:
    """Return a row of buttons of which one is pressed."""
    buttons = "".join(
        f'<button type="button" data-value="{key}">{speaker(said)}</button>'
        for key, said in values.items()
    )
    said = f' aria-label="{speaker.plain(label)}"' if label else ""
    return f'<span class="switch" role="group"{said} data-switch="{name}">{buttons}</span>'


def figure_html(figure: Figure, speaker: Speaker, alone: bool, kept: bool) -> str:
    """Return the place of a figure, its legend, buttons and table.

    A table that is not kept is made by the page from the data of the figure.
    """
    title = "" if alone else f"{speaker(figure.title)} "
    caption = f'{title}<span class="unit">{speaker(unit_text(figure.unit))}</span>'
    note = f'<p class="note">{speaker(figure.note)}</p>' if figure.note else ""
    summary = speaker(text("数据", "Data"))
    width = "wide" if alone else figure.size
    table = data_table(figure, speaker) if kept else '<div class="scroll"></div>'
    kind = str(figure.traces[0]["type"]) if figure.traces else ""
    return (
        f'<figure class="{width}" data-size="{figure.size}" data-kind="{kind}">'
        f'<figcaption>{caption}</figcaption><div class="wider">'
        f'<div class="plot" id="{figure.id}" role="img" aria-label="{speaker.plain(figure.title)}">'
        f'</div></div><p class="nothing"></p>{legend(figure, speaker)}{note}'
        f'<div class="tools">{buttons(speaker)}<details class="{"kept" if kept else "made"}">'
        f"<summary>{summary}</summary>{table}</details></div></figure>"
    )


def buttons(speaker: Speaker) -> str:
    """Return the buttons by which a figure is taken away."""
    return "".join(
        f'<button type="button" data-do="{do}">{speaker(said)}</button>'
        for do, said in DOES.items()
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
            f'<button type="button" aria-pressed="true" data-key="{html.escape(key)}">'
            f'<i class="{kind}" style="--tint:{tint}"></i>{speaker(unescaped(trace["name"]))}'
            "</button>"
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
