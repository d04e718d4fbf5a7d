"""The report in a real browser: offline, bilingual, printable, readable without scripts."""

import csv
import re
import struct
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Open, draw_all

CHINESE = re.compile(r"[\u4e00-\u9fff]")
AS_ISSUED = re.compile(r"\S*号$")
"""The number of a Chinese document stays as it was issued."""
VISIBLE = """() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const box = node.parentElement;
    if (box.closest("script, style, [data-switch], details:not([open]) > :not(summary)")) continue;
    if (!box.checkVisibility()) continue;
    const text = node.textContent.trim();
    if (text) found.push([text, box.closest("[id]")?.id || ""]);
  }
  return found;
}"""
EMPTY = """() => {
  const marks = ".point path, path.js-line, path.js-fill, .barlayer path, .sankey-node, .hm image";
  const shows = (plot) => [...plot.querySelectorAll(marks)].some(
    (mark) => mark.getAttribute("d") !== "M0,0Z");
  return [...document.querySelectorAll(".plot")].filter((one) => !shows(one)).map((one) => one.id);
}"""
LEAVES = """() => [...document.querySelectorAll("h1, h2, h3, h4, th, figcaption, summary")]
  .filter((one) => one.checkVisibility() && !one.textContent.trim()).map((one) => one.outerHTML)"""
BRIEFING_AND_NEXT = 2
"""Sheets of the briefing and one word that begins a new sheet."""
PAGE_OBJECT = re.compile(rb"/Type\s*/Page\b")


def choose(page: Page, switch: str, value: str) -> None:
    """Press a button of a switch."""
    page.click(f"[data-switch={switch}] [data-value={value}]")


def open_tables(page: Page) -> None:
    """Unfold every table."""
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")


@pytest.mark.parametrize("report", ["full", "comparison"])
def test_nothing_is_asked_of_the_network_and_nothing_fails(
    report: str, request: pytest.FixtureRequest, show: Open
) -> None:
    page, seen = show(request.getfixturevalue(report))
    for button in page.locator("[data-switch] button").all():
        button.click()
    choose(page, "lang", "zh")
    open_tables(page)
    page.wait_for_timeout(500)
    assert seen.left == []
    assert seen.said == []
    assert seen.opened == []


@pytest.mark.parametrize("report", ["full", "tutorial", "comparison"])
def test_english_is_complete(report: str, request: pytest.FixtureRequest, show: Open) -> None:
    page, _ = show(request.getfixturevalue(report))
    choose(page, "lang", "en")
    open_tables(page)
    shown = page.evaluate(VISIBLE)
    assert len(shown) > 100
    assert [text for text in shown if CHINESE.search(AS_ISSUED.sub("", text[0]))] == []
    assert page.evaluate(LEAVES) == []
    assert page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize("report", ["full", "tutorial", "comparison"])
def test_chinese_is_complete(report: str, request: pytest.FixtureRequest, show: Open) -> None:
    page, _ = show(request.getfixturevalue(report))
    choose(page, "lang", "zh")
    open_tables(page)
    assert page.evaluate(LEAVES) == []
    titles = page.locator("h1, h2, h3, .question").all_inner_texts()
    assert [text for text in titles if not CHINESE.search(text)] == []
    names = page.locator("#briefing td:first-child").all_inner_texts()
    assert [name for name in names if not CHINESE.search(name)] == []
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_every_chart_shows_something(full: Path, show: Open) -> None:
    page, _ = show(full)
    empty = page.evaluate(EMPTY)
    assert empty == []


def test_a_link_brings_back_language_and_unit(full: Path, show: Open) -> None:
    page, _ = show(full)
    choose(page, "lang", "en")
    choose(page, "unit", "Mtce")
    assert "lang=en" in page.url
    assert "unit=Mtce" in page.url
    page.reload()
    draw_all(page)
    assert page.get_attribute("[data-switch=lang] [data-value=en]", "aria-pressed") == "true"
    assert page.get_attribute("[data-switch=unit] [data-value=Mtce]", "aria-pressed") == "true"


def test_energy_is_converted_by_the_unit_switch(full: Path, show: Open) -> None:
    """1 Mtce is 29.3076 PJ."""
    page, _ = show(full)
    highest = """() => { const plot = document.querySelector("#c-final_energy .plot");
      return Math.max(...plot.data.flatMap((one) => [...one.y].filter((v) => v !== null))); }"""
    choose(page, "unit", "PJ")
    in_pj = page.evaluate(highest)
    choose(page, "unit", "Mtce")
    assert in_pj / page.evaluate(highest) == pytest.approx(29.3076, rel=1e-4)


def test_numbers_and_pictures_can_be_taken_away(full: Path, show: Open, tmp_path: Path) -> None:
    page, seen = show(full)
    figure = page.locator("figure").first
    for kind in ("CSV", "PNG", "SVG"):
        with page.expect_download(timeout=60_000) as waiting:
            figure.locator(f"[data-do={kind}]").click()
        waiting.value.save_as(tmp_path / f"figure.{kind.lower()}")
    with (tmp_path / "figure.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) > 2
    assert any(float(cell) > 0.0 for cell in rows[1][1:] if cell)
    picture = (tmp_path / "figure.png").read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) == (1100, 600)
    drawing = (tmp_path / "figure.svg").read_text(encoding="utf-8")
    assert drawing.startswith("<svg")
    assert "<script" not in drawing
    assert seen.left == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_briefing_prints_on_one_sheet(browser: Browser, full: Path, language: str) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(full.as_uri())
    page.wait_for_selector(".main-svg")
    choose(page, "lang", language)
    page.evaluate(
        """() => [...document.querySelectorAll("main > section:not(#briefing)")]
          .forEach((one, at) => { if (at) one.remove(); else one.textContent = "next"; })"""
    )
    assert len(PAGE_OBJECT.findall(page.pdf(prefer_css_page_size=True))) == BRIEFING_AND_NEXT
    page.close()


def test_colours_of_legends_are_printed(full: Path, show: Open) -> None:
    """Browsers leave backgrounds out of print unless a page asks for them."""
    page, _ = show(full)
    styles = page.evaluate(
        """() => [...document.querySelectorAll(".legend i")]
          .map((one) => getComputedStyle(one).printColorAdjust)"""
    )
    assert set(styles) == {"exact"}


def test_the_whole_report_prints(full: Path, show: Open) -> None:
    page, seen = show(full)
    sheets = len(PAGE_OBJECT.findall(page.pdf(prefer_css_page_size=True)))
    assert 5 < sheets < 80
    assert seen.said == []


def test_without_scripts_scorecard_and_tables_are_there(browser: Browser, full: Path) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1400, "height": 900}
    )
    page = context.new_page()
    page.goto(full.as_uri())
    for words in ("目标记分卡", "Target scorecard"):
        assert page.get_by_text(words, exact=True).first.is_visible()
    assert page.locator("table.scorecard tbody tr").first.is_visible()
    assert page.locator("#briefing table.key tbody tr").first.is_visible()
    kept = page.locator("figure details.kept")
    assert kept.count() > 0
    kept.locator("summary").first.click()
    assert kept.locator("table").first.is_visible()
    assert not page.locator(".plot").first.is_visible()
    context.close()


@pytest.mark.parametrize("width", [390, 820, 1400])
def test_no_width_makes_the_page_scroll_sideways(browser: Browser, full: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto(full.as_uri())
    page.wait_for_selector(".main-svg")
    for language in ("zh", "en"):
        choose(page, "lang", language)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_the_first_chart_is_there_soon(browser: Browser, full: Path) -> None:
    """1.5 s on an office laptop; a busy two-core machine is given four times as long."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(full.as_uri())
    page.wait_for_selector(".main-svg")
    assert page.evaluate("performance.now()") < 6000.0
    page.close()


def test_a_report_is_small_enough_to_be_sent(full: Path) -> None:
    assert full.stat().st_size < 3_000_000
