"""The page of one run: briefing, charts, tables and trust."""

import html
from collections.abc import Sequence
from dataclasses import replace

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.errors import InputError
from carbonpath.report import charts  # noqa: F401  (registers the charts)
from carbonpath.report.alldata import all_data, archive
from carbonpath.report.balance_table import balance_tables
from carbonpath.report.briefing import briefing
from carbonpath.report.declare import Section, in_section
from carbonpath.report.document import Head, assemble
from carbonpath.report.markup import Language, Speaker
from carbonpath.report.money import price_table
from carbonpath.report.naming import title_of
from carbonpath.report.parts import body, contents
from carbonpath.report.places import Drawn, charts_html, switch
from carbonpath.report.standing import banner, standing
from carbonpath.report.studies import NEAR_OPTIMAL, methods, studies
from carbonpath.report.trust import trust
from carbonpath.results.results import Results

SECTIONS: tuple[Section, ...] = (
    "emissions", "energy", "power", "areas", "money", "robustness", "trust",
)  # fmt: skip
"""Parts of the page that hold charts."""
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
        raise InputError(
            f"a page shows one run, {len(runs)} were given; make a page for each", code="E713"
        )
    return page_of(Accounts(runs[0]), language=language, plain=plain)


def page_of(accounts: Accounts, *, language: Language = "both", plain: bool = False) -> bytes:
    """Return the same from accounts, so that what they have formed is not formed again."""
    results = accounts.results
    namer, speaker = Namer(results), Speaker(language)
    drawn = {name: draw(accounts, namer, name, plain) for name in SECTIONS}
    inner = {"briefing": briefing(accounts, namer, speaker)}
    for name in SECTIONS:
        inner[name] = part(name, drawn[name], accounts, namer, speaker)
    figures = [one for charts_drawn in drawn.values() for d in charts_drawn for one in d.figures]
    taken = all_data(archive([accounts]), results.id, speaker)
    head = Head(
        title_of(results), facts(results), banner(standing(accounts), speaker),
        contents(inner, speaker), switches(speaker), taken,
    )  # fmt: skip
    return assemble(head, body(inner, speaker), figures, speaker, plain=plain).encode()


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
        made += balance_tables(accounts, namer, speaker)
    if name == "money":
        made += price_table(accounts, namer, speaker) + studies(accounts, speaker)
    if name == "robustness" and drawn:
        made += methods(accounts.results, NEAR_OPTIMAL, speaker)
    if name == "trust":
        made += trust(accounts, namer, speaker)
    return made


def facts(results: Results) -> str:
    """Return the line below the title: id, date, hash."""
    manifest = results.manifest
    solved, hashed = str(manifest.get("solved_at", "")), str(manifest.get("inputs_hash", ""))
    words = [results.id, solved[:19].replace("T", " "), hashed[:12]]
    return " · ".join(html.escape(word) for word in words if word)


def switches(speaker: Speaker) -> str:
    """Return the switches of language and unit."""
    said = text("语言", "Language")
    languages = switch("lang", LANGUAGES, speaker, said) if speaker.language == "both" else ""
    return languages + switch("unit", UNITS, speaker, text("能源单位", "Unit of energy"))
