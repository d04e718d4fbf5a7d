"""The page of one run: briefing, charts, tables and trust."""

import html
from collections.abc import Iterable, Sequence
from dataclasses import replace

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, Text, text
from carbonpath.errors import InputError
from carbonpath.report import charts  # noqa: F401  (registers the charts)
from carbonpath.report.balance_table import balance_tables
from carbonpath.report.briefing import briefing, heading
from carbonpath.report.declare import Section, in_section
from carbonpath.report.document import Head, assemble
from carbonpath.report.markup import Language, Speaker
from carbonpath.report.money import price_table
from carbonpath.report.places import Drawn, charts_html, section, switch
from carbonpath.report.studies import studies
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
KEPT = {
    "co2_by_area", "co2_by_scope", "energy_mix", "energy_shares", "final_energy", "generation",
    "capacity", "cost_by_part", "prices",
}  # fmt: skip
"""Charts whose numbers can be read without JavaScript."""
UNITS = {unit: text(unit, unit) for unit in ("PJ", "Mtce", "TWh")}
LANGUAGES = {"zh": text("中文", "中文"), "en": text("English", "English")}


def write_page(
    runs: Sequence[Results], *, language: Language = "both", plain: bool = False
) -> bytes:
    """Return the report of a run as one HTML file."""
    if len(runs) != 1:
        raise InputError(f"a page shows one run, {len(runs)} were given; make a page for each")
    results = runs[0]
    accounts, namer, speaker = Accounts(results), Namer(results), Speaker(language)
    drawn = {name: draw(accounts, namer, name, plain) for name in SECTIONS}
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
    head = Head(
        title_of(results), facts(results), banner(results, speaker),
        contents([("briefing", BRIEFING), *SECTIONS.items()], speaker), switches(speaker),
    )  # fmt: skip
    return assemble(head, body, figures, speaker, plain=plain).encode()


def draw(accounts: Accounts, namer: Namer, name: Section, plain: bool) -> list[Drawn]:
    """Draw the charts of a section that have something to show; a plain page keeps all tables."""
    found = []
    for chart in in_section(name):
        figures = [one for one in chart.draw(accounts, namer) if one.rows]
        figures = [replace(one, id=f"f-{one.id}") for one in figures]
        kept = plain or chart.name in KEPT
        found.append(Drawn(chart.name, chart.title, chart.question, figures, kept))
    return [one for one in found if one.figures]


def part(
    name: Section, drawn: list[Drawn], accounts: Accounts, namer: Namer, speaker: Speaker
) -> str:
    """Return the HTML of a section: its charts, then its tables."""
    made = charts_html(drawn, speaker)
    if name == "energy":
        made += heading(speaker, "能源平衡表", "Energy balance")
        made += balance_tables(accounts, namer, speaker)
    if name == "money":
        made += price_table(accounts, namer, speaker) + studies(accounts, speaker)
    if name == "trust":
        made += trust(accounts, namer, speaker)
    return made


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


def facts(results: Results) -> str:
    """Return the line below the title: id, date, hash."""
    manifest = results.manifest
    solved, hashed = str(manifest.get("solved_at", "")), str(manifest.get("inputs_hash", ""))
    words = [results.id, solved[:19].replace("T", " "), hashed[:12]]
    return " · ".join(html.escape(word) for word in words if word)


def contents(sections: Iterable[tuple[str, Text]], speaker: Speaker) -> str:
    """Return the links to the sections."""
    return "".join(f'<a href="#{name}">{speaker(said)}</a>' for name, said in sections)


def switches(speaker: Speaker) -> str:
    """Return the switches of language and unit."""
    languages = switch("lang", LANGUAGES) if speaker.language == "both" else ""
    return languages + switch("unit", UNITS)
