"""The page: briefing, charts, tables and trust in one file that needs no network.

Plotly comes from the installed package, packed with gzip and unpacked by the browser, or plain with
`plain=True` for old browsers. A content security policy lets only the two scripts of the page run.
"""

import base64
import gzip
import hashlib
import html
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from string import Template
from typing import Any

from carbonpath.accounts import Accounts
from carbonpath.errors import InputError
from carbonpath.report import charts  # noqa: F401  (registers the charts)
from carbonpath.report.balance_table import balance_tables
from carbonpath.report.briefing import briefing, heading
from carbonpath.report.declare import Chart, Section, in_section
from carbonpath.report.figure import Figure
from carbonpath.report.labels import Namer, Text, text, unit_text
from carbonpath.report.markup import Cell, Language, Speaker
from carbonpath.report.money import price_table
from carbonpath.report.style import number
from carbonpath.report.trust import trust
from carbonpath.results.results import Results

SECTIONS: dict[Section, Text] = {
    "emissions": text("排放", "Emissions"),
    "energy": text("能源", "Energy"),
    "power": text("电力", "Power"),
    "areas": text("各领域", "Areas"),
    "money": text("成本与价格", "Money"),
    "trust": text("可信度", "Trust"),
}
BRIEFING = text("简报", "Briefing")
PROVEN = "optimal"


@dataclass(frozen=True)
class Drawn:
    """A chart and the figures it made."""

    chart: Chart
    figures: list[Figure]


def write_page(
    runs: Sequence[Results], *, language: Language = "both", plain: bool = False
) -> bytes:
    """Return the report of a run as one HTML file."""
    if len(runs) != 1:
        raise InputError(f"a page shows one run, {len(runs)} were given; make a page for each")
    results = runs[0]
    accounts, namer, speaker = Accounts(results), Namer(results), Speaker(language)
    drawn = {name: draw(accounts, namer, name) for name in SECTIONS}
    body = "".join(
        [section("briefing", BRIEFING, briefing(accounts, namer, speaker), speaker)]
        + [
            section(
                name, SECTIONS[name], part(name, drawn[name], accounts, namer, speaker), speaker
            )
            for name in SECTIONS
        ]
    )
    figures = [one for charts_drawn in drawn.values() for d in charts_drawn for one in d.figures]
    return assemble(results, body, figures, speaker, plain).encode()


def draw(accounts: Accounts, namer: Namer, name: Section) -> list[Drawn]:
    """Draw the charts of a section that have something to show."""
    found = []
    for chart in in_section(name):
        figures = [one for one in chart.draw(accounts, namer) if one.rows]
        found.append(Drawn(chart, [replace(one, id=f"f-{one.id}") for one in figures]))
    return [one for one in found if one.figures]


def part(
    name: Section, drawn: list[Drawn], accounts: Accounts, namer: Namer, speaker: Speaker
) -> str:
    """Return the HTML of a section: its charts, then its tables."""
    made = "".join(chart_html(one, speaker) for one in drawn)
    made = f'<div class="charts">{made}</div>' if made else ""
    if name == "energy":
        made += heading(speaker, "能源平衡表", "Energy balance")
        made += balance_tables(accounts, namer, speaker)
    if name == "money":
        made += price_table(accounts, namer, speaker)
    if name == "trust":
        made += trust(accounts, namer, speaker)
    return made


def section(name: str, title: Text, inner: str, speaker: Speaker) -> str:
    """Return a section that can be linked to."""
    return f'<section id="{name}"><h2>{speaker(title)}</h2>{inner}</section>'


def chart_html(drawn: Drawn, speaker: Speaker) -> str:
    """Return title, sentence and figures of a chart."""
    alone = len(drawn.figures) == 1
    figures = "".join(figure_html(one, speaker, alone) for one in drawn.figures)
    size = drawn.figures[0].size if alone else "wide"
    return (
        f'<div class="chart {size}" id="c-{drawn.chart.name}"><h3>{speaker(drawn.chart.title)}</h3>'
        f'<p class="question">{speaker(drawn.chart.question)}</p>'
        f'<div class="figures">{figures}</div></div>'
    )


def figure_html(figure: Figure, speaker: Speaker, alone: bool) -> str:
    """Return the place of a figure, its legend, buttons and table."""
    unit = unit_text(figure.unit)
    title = "" if alone else f"{speaker(figure.title)} "
    caption = f'{title}<span class="unit">{speaker(unit)}</span>'
    note = f'<p class="note">{speaker(figure.note)}</p>' if figure.note else ""
    buttons = "".join(f'<button type="button" data-do="{do}">{do}</button>' for do in
                      ("CSV", "PNG", "SVG"))  # fmt: skip
    summary = speaker(text("数据", "Data"))
    width = "wide" if alone else figure.size
    return (
        f'<figure class="{width}" data-size="{figure.size}"><figcaption>{caption}</figcaption>'
        f'<div class="plot" id="{figure.id}" role="img" aria-label="{speaker.plain(figure.title)}">'
        f"</div>{legend(figure, speaker)}{note}"
        f'<div class="tools">{buttons}<details><summary>{summary}</summary>'
        f"{data_table(figure, speaker)}</details></div></figure>"
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


def assemble(
    results: Results, body: str, figures: list[Figure], speaker: Speaker, plain: bool
) -> str:
    """Fill the template."""
    script, plotly = read("page.js"), plotly_code()
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src {allowed(script)} {allowed(plotly)}",
            "style-src 'unsafe-inline'",
            "img-src data: blob:",
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    packed = "" if plain else packed_plotly()
    first = "zh" if speaker.language == "both" else speaker.language
    return Template(read("page.html")).substitute(
        policy=policy,
        language=first,
        html_language={"zh": "zh-CN", "en": "en"}[first],
        title=html.escape(title_of(results)[first]),
        heading=speaker(title_of(results)),
        banner=banner(results, speaker),
        facts=facts(results, speaker),
        style=read("page.css"),
        contents=contents(speaker),
        switches=switches(speaker),
        body=body,
        figures=island([payload(figure) for figure in figures]),
        plotly=f"<script>{plotly}</script>"
        if plain
        else f'<script type="text/plain" id="plotly-gz">{packed}</script>',
        script=script,
    )


def payload(figure: Figure) -> dict[str, Any]:
    """Return what the script needs to draw a figure."""
    return {
        "id": figure.id,
        "title": figure.title,
        "unit": unit_text(figure.unit),
        "size": figure.size,
        "units": dict(figure.units),
        "data": figure.traces,
        "layout": figure.layout,
    }


def island(figures: list[dict[str, Any]]) -> str:
    """Return figures as JSON that cannot end its script element."""
    said = json.dumps(figures, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    escapes: dict[str, str | int | None] = {
        sign: f"\\u{ord(sign):04x}" for sign in ("<", ">", "&", "\u2028", "\u2029")
    }
    return said.translate(str.maketrans(escapes))


def title_of(results: Results) -> Text:
    """Return the title of a scenario, its id where it has none."""
    title = results.manifest.get("title") or {}
    if isinstance(title, str):
        return text(title, title)
    zh, en = str(title.get("zh") or ""), str(title.get("en") or "")
    return text(zh or en or results.id, en or zh or results.id)


def banner(results: Results, speaker: Speaker) -> str:
    """Return whether the run may be relied on."""
    status = str(results.manifest.get("status") or results.dataset.attrs.get("status", ""))
    if status == PROVEN:
        said = text("✔ 已求得最优解并通过检验", "✔ optimal and verified")
        return f'<span class="banner good">{speaker(said)}</span>'
    said = text(f"✘ 含未证实结果（{status}）", f"✘ contains unproven results ({status})")
    return f'<span class="banner bad">{speaker(said)}</span>'


def facts(results: Results, speaker: Speaker) -> str:
    """Return the line below the title: id, date, hash."""
    manifest = results.manifest
    solved, hashed = str(manifest.get("solved_at", "")), str(manifest.get("inputs_hash", ""))
    words = [results.id, solved[:19].replace("T", " "), hashed[:12]]
    return " · ".join(html.escape(word) for word in words if word)


def contents(speaker: Speaker) -> str:
    """Return the links to the sections."""
    links = [("briefing", BRIEFING), *SECTIONS.items()]
    return "".join(f'<a href="#{name}">{speaker(said)}</a>' for name, said in links)


def switches(speaker: Speaker) -> str:
    """Return the switches of language and unit."""
    languages = ""
    if speaker.language == "both":
        languages = (
            '<span class="switch" data-switch="lang"><button type="button" data-value="zh">中文'
            '</button><button type="button" data-value="en">English</button></span>'
        )
    units = "".join(
        f'<button type="button" data-value="{unit}">{unit}</button>' for unit in
        ("PJ", "Mtce", "TWh")
    )  # fmt: skip
    return f'{languages}<span class="switch" data-switch="unit">{units}</span>'


@lru_cache(maxsize=8)
def read(name: str) -> str:
    """Return a file of the page."""
    return files("carbonpath.report").joinpath(name).read_text(encoding="utf-8").strip()


@lru_cache(maxsize=1)
def plotly_code() -> str:
    """Return Plotly's JavaScript without anything that would end its script element."""
    from plotly.offline import get_plotlyjs

    return str(get_plotlyjs()).replace("</script", "<\\/script").strip()


@lru_cache(maxsize=1)
def packed_plotly() -> str:
    """Return Plotly's JavaScript packed with gzip, as text."""
    return base64.b64encode(gzip.compress(plotly_code().encode(), 6, mtime=0)).decode()


def allowed(code: str) -> str:
    """Return the hash by which the policy lets a script run."""
    digest = hashlib.sha256(code.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
