"""The report in a real browser: offline, bilingual, printable, readable without scripts."""

import csv
import re
import struct
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from carbonpath.report.page import write_page
from tests.accounts.made import made_results
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
    page.click(f"[data-switch={switch}] [data-value='{value}']")


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


def test_the_year_turns_tables_and_figures_and_stands_in_the_address(
    full: Path, show: Open
) -> None:
    """Buttons in three places move together; arrow keys move them too."""
    page, _ = show(full)
    flows = "() => document.getElementById('f-energy-sankey').data[0].link.value.join()"
    days = "() => document.getElementById('f-dispatch').data[0].y.join()"
    choose(page, "year", "2020")
    before = page.evaluate(flows), page.evaluate(days)
    choose(page, "year", "2030")
    assert "year=2030" in page.url
    assert page.evaluate(flows) != before[0]
    assert page.evaluate(days) != before[1]
    shown = """() => [...document.querySelectorAll("[data-year]:not([hidden])")]
      .map((block) => block.dataset.year)"""
    assert page.evaluate(shown) == ["2030"]
    pressed = page.locator("[data-switch=year] [data-value='2030']")
    assert {one.get_attribute("aria-pressed") for one in pressed.all()} == {"true"}
    pressed.first.focus()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(shown) == ["2025"]
    assert page.evaluate("document.activeElement.dataset.value") == "2025"
    page.reload()
    draw_all(page)
    assert page.evaluate(shown) == ["2025"]


def test_without_scripts_the_base_and_the_target_year_of_the_balance_show(
    browser: Browser, full: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(full.as_uri())
    years = [
        one.get_attribute("data-year")
        for one in page.locator("[data-year]").all()
        if one.is_visible()
    ]
    assert years == ["2020", "2030"]
    assert not page.locator(".legend").first.is_visible()
    assert not page.locator(".take").first.is_visible()
    context.close()


def test_a_copied_link_brings_back_the_figure_and_what_was_chosen(full: Path, show: Open) -> None:
    """The link names the figure; opened, the page stands there, also behind a folded line."""
    page, _ = show(full)
    choose(page, "lang", "en")
    page.evaluate(
        "() => Object.defineProperty(navigator, 'clipboard', "
        "{value: {writeText: async (text) => { window.copied = text; }}, configurable: true})"
    )
    folded = page.locator("details.fold figure").first
    plot = folded.locator(".plot").get_attribute("id")
    folded.locator("[data-do=link]").dispatch_event("click")
    copied = str(page.evaluate("window.copied"))
    assert f"#{plot};" in copied
    assert "lang=en" in copied
    other = page.context.new_page()
    other.goto(copied)
    other.wait_for_selector(f"#{plot} .main-svg")
    assert other.locator(f"#{plot}").is_visible()
    other.wait_for_function(
        "(id) => { const top = document.getElementById(id).getBoundingClientRect().top;"
        " return top > 0 && top < innerHeight; }", arg=plot,
    )  # fmt: skip
    assert other.get_attribute("html", "data-lang") == "en"
    other.close()


def test_csv_for_excel_holds_no_formula_and_numbers_stay_numbers(
    planted: Path, show: Open, tmp_path: Path
) -> None:
    """Text that begins like a formula is led by an apostrophe, only in the CSV for Excel."""
    page, _ = show(planted / "report.html")
    choose(page, "lang", "en")
    figure = page.locator("#f-capacity").locator("xpath=ancestor::figure")
    cells: dict[str, list[str]] = {}
    for kind in ("CSV", "safe"):
        with page.expect_download() as waiting:
            figure.locator(f"[data-do={kind}]").click()
        waiting.value.save_as(tmp_path / kind)
        text = (tmp_path / kind).read_text(encoding="utf-8-sig")
        cells[kind] = [cell for row in csv.reader(text.splitlines()) for cell in row]
    risky = re.compile(r"^[=+\-@\t\r]")
    numbers = re.compile(r"^-?[\d.]+(e-?\d+)?$")
    left = [one for one in cells["safe"] if risky.match(one) and not numbers.match(one)]
    assert left == []
    assert any(numbers.match(one) for one in cells["safe"])


def test_all_data_come_as_an_archive_of_full_precision(
    full: Path, show: Open, tmp_path: Path
) -> None:
    page, _ = show(full)
    with page.expect_download() as waiting:
        page.click("[data-do=all]")
    waiting.value.save_as(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        assert packed.testzip() is None
        names = set(packed.namelist())
        text = packed.read("indicators.csv").decode("utf-8-sig")
    assert {"indicators.csv", "targets.csv", "shadow_prices.csv", "sources.csv"} <= names
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) > 1000
    assert any(len(row[waiting.value.suggested_filename[:-4]]) > 12 for row in rows)


def test_a_double_click_on_a_legend_shows_one_series_alone(full: Path, show: Open) -> None:
    page, _ = show(full)
    item = page.locator("#c-co2_by_area .legend button").nth(1)
    alone = "() => document.querySelectorAll('#c-co2_by_area .legend button.off').length"
    many = page.locator("#c-co2_by_area .legend button").count()
    item.dblclick()
    assert page.evaluate(alone) == many - 1
    drawn = page.evaluate(
        "() => document.querySelector('#c-co2_by_area .plot').data"
        ".filter((one) => one.visible !== false).map((one) => one.legendgroup)"
    )
    assert len(set(drawn)) == 1
    item.dblclick()
    assert page.evaluate(alone) == 0


def test_hover_tells_the_unit(full: Path, show: Open) -> None:
    page, _ = show(full)
    choose(page, "lang", "en")
    template = "() => document.getElementById('f-co2-by-area').data[0].hovertemplate"
    assert str(page.evaluate(template)).endswith(" Mt")
    choose(page, "unit", "TWh")
    final = "() => document.getElementById('f-final-by-carrier').data[0].hovertemplate"
    assert str(page.evaluate(final)).endswith(" TWh")
    choose(page, "unit", "PJ")


def test_series_are_named_beside_their_last_value(full: Path, show: Open) -> None:
    """Up to eight series; no two names overlap; not on a phone, where the legend does it."""
    page, _ = show(full)
    page.evaluate("() => document.querySelector('#f-energy-shares').scrollIntoView()")
    boxes = page.evaluate(
        """() => [...document.querySelectorAll("#f-energy-shares .annotation")].map((one) => {
          const box = one.getBoundingClientRect(); return [box.top, box.bottom]; })"""
    )
    assert len(boxes) >= 5
    boxes.sort()
    assert all(upper[1] <= lower[0] + 1 for upper, lower in pairwise(boxes))


def test_pathways_are_left_out_and_the_address_says_so(comparison: Path, show: Open) -> None:
    """Lines, small multiples, bars, and the columns and rows of tables; one always stays."""
    page, _ = show(comparison)
    toggle = page.locator("[data-pathway-toggle='1']")
    toggle.click()
    assert ";off=1" in page.url
    assert toggle.get_attribute("aria-pressed") == "false"
    shown = page.evaluate(
        "() => document.querySelector('#c-total-overlay .plot').data"
        ".filter((one) => one.meta === 1 && one.visible !== false).length"
    )
    assert shown == 0
    assert not page.locator("#c-multiples-co2 figure").nth(1).is_visible()
    assert not page.locator("table.heat tr").nth(1).locator("td").nth(4).is_visible()
    assert page.locator("table.facts-table tbody tr:visible").count() == 1
    page.locator("[data-pathway-toggle='0']").click()
    assert page.locator("table.facts-table tbody tr:visible").count() == 1, "one stays"
    page.reload()
    draw_all(page)
    assert page.locator("table.facts-table tbody tr:visible").count() == 1
    page.locator("[data-pathway-toggle='1']").click()
    assert "off=" not in page.url


def test_a_difference_that_is_nothing_says_so(comparison: Path, show: Open) -> None:
    """The baseline's own small multiple has no difference from itself; its heading stays."""
    page, _ = show(comparison)
    choose(page, "lang", "en")
    choose(page, "view", "difference")
    first = page.locator("#c-multiples-cost figure").first
    assert first.is_visible()
    assert first.locator(".nothing").inner_text() == "same as the baseline"
    assert page.locator("#c-multiples-cost h3").is_visible()
    choose(page, "view", "level")
    assert first.locator(".main-svg").first.is_visible()


def test_what_is_unknown_says_no_data(browser: Browser, tmp_path: Path) -> None:
    """A run whose coal consumption is not known: no zero, no empty plot, the heading stays."""
    made = made_results()
    data = made.dataset.assign(coal_consumption=made["coal_consumption"] * float("nan"))
    page_file = tmp_path / "unknown.html"
    page_file.write_bytes(write_page([replace(made, dataset=data)]))
    page = browser.new_page()
    page.goto(page_file.as_uri())
    page.wait_for_selector(".main-svg")
    page.evaluate("() => document.querySelector('#c-coal_and_oil').scrollIntoView()")
    said = page.locator("#c-coal_and_oil .nothing").first
    said.get_by_text("无数据").wait_for()
    choose(page, "lang", "en")
    assert said.inner_text() == "no data"
    assert page.locator("#c-coal_and_oil h3").is_visible()
    page.close()


def test_contents_stick_and_mark_the_part_that_is_read(full: Path, show: Open) -> None:
    page, _ = show(full)
    page.click("nav a[href='#money']")
    page.wait_for_function("() => document.querySelector('nav a[aria-current]').hash === '#money'")
    assert page.locator("nav").bounding_box()["y"] < 5  # type: ignore[index]
    numbers = page.locator("main h2").all_inner_texts()
    assert [text.split()[0] for text in numbers] == [str(n + 1) for n in range(len(numbers))]
    assert "lang=" in page.url, "a link of the contents keeps what was chosen"
