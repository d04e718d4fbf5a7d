"""Texts that look like code are shown as they are and do nothing."""

import html
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from carbonpath.report.page import write_page
from carbonpath.results.store import read
from tests.browser.conftest import Open, Seen
from tests.browser.payloads import PAYLOADS

STRANGERS = """() => ({
  planted: window.planted || 0,
  elements: [...document.querySelectorAll("iframe, object, embed, form, input, base, img, link, " +
    "meta[http-equiv=refresh], [onerror], [onload], [onfocus], [ontoggle], [onmouseover], [srcdoc]")]
    .map((one) => one.outerHTML.slice(0, 200)),
  links: [...document.querySelectorAll("a, svg a")].map((one) => one.getAttribute("href") ||
    one.getAttribute("xlink:href") || "").filter((href) => !href.startsWith("#")),
  scripts: document.querySelectorAll("script").length,
  styles: [...document.querySelectorAll("style")].filter((one) => one.textContent.includes("planted")).length,
  bold: [...document.querySelectorAll("b, i, sup, br, tspan")].filter((one) =>
    one.localName === "br" || one.textContent === "bold").length,
})"""  # noqa: E501
SCRIPTS = {4, 5}
"""Figures, all data, Plotly, the page's own; and the one into which Plotly is unpacked."""


def assert_inert(page: Page, seen: Seen) -> None:
    """Nothing ran, nothing was asked for, and no element came of a text."""
    found = page.evaluate(STRANGERS)
    assert found.pop("scripts") in SCRIPTS
    assert found == {"planted": 0, "elements": [], "links": [], "styles": 0, "bold": 0}
    assert seen.left == []
    assert seen.opened == []
    assert [line for line in seen.said if "error" in line.lower()] == []


def test_there_are_thirty_payloads() -> None:
    assert len(PAYLOADS) == len(set(PAYLOADS)) == 30


@pytest.mark.parametrize("language", ["zh", "en"])
def test_labels_notes_and_sources_are_only_text(planted: Path, show: Open, language: str) -> None:
    page, seen = show(planted / "report.html")
    page.click(f"[data-switch=lang] [data-value={language}]")
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    for unit in ("Mtce", "PJ"):
        page.click(f"[data-switch=unit] [data-value={unit}]")
    for button in page.locator(".legend button").all()[:40]:
        button.dispatch_event("click")
    for plot in page.locator(".plot").all()[:4]:
        plot.scroll_into_view_if_needed()
        plot.hover(force=True)
    assert_inert(page, seen)
    words = page.evaluate("document.body.textContent")
    missing = [text for text in PAYLOADS if " ".join(text.split()) not in " ".join(words.split())]
    assert missing == []


def test_a_title_is_only_text(planted: Path, browser: Browser, tmp_path: Path) -> None:
    """Every payload once as the title of a run, on the page and in the browser's tab."""
    results = read(planted)
    page, seen = browser.new_page(), Seen()
    seen.watch(page)
    for at, payload in enumerate(PAYLOADS):
        titled = replace(results, manifest={**results.manifest, "title": {"zh": payload}})
        report = tmp_path / f"{at}.html"
        report.write_bytes(write_page([titled]))
        page.goto(report.as_uri())
        assert page.text_content("h1") == payload
        assert " ".join(payload.split()) == " ".join(page.title().split())
        assert_inert(page, seen)
    page.close()


def test_payloads_reach_the_file_only_escaped(planted: Path) -> None:
    """Nothing depends on the browser: no tag of a payload stands in the file."""
    content = (planted / "report.html").read_text(encoding="utf-8")
    tags = [text for text in PAYLOADS if text.startswith("<") and html.escape(text) != text]
    assert len(tags) > 10
    assert [text for text in tags if text in content] == []
