"""A real browser, offline, and three reports: of a full run, of the tutorial, of a planted one."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from carbonpath.cli.entry import exit_code
from carbonpath.report.page import write_page
from carbonpath.results.store import read
from tests.browser.planted import plant

ROOT = Path(__file__).parents[2]
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
FULL = ("peak-2030", "plan-2025", "reference")
"""Runs of the province, any of which will do; the tests solve none."""
DRAWN = """() => [...document.querySelectorAll(".plot")].every(
  (plot) => !plot.checkVisibility() || plot.querySelector(".main-svg"))"""
SCROLL = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 700) {
    scrollTo(0, y); await new Promise((done) => setTimeout(done, 30));
  }
  scrollTo(0, 0);
}"""


@dataclass
class Seen:
    """What a page did that it must not do."""

    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Write down requests, errors, dialogs and new windows."""
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: (self.opened.append(dialog.message), dialog.dismiss()))
        page.on("popup", lambda popup: self.opened.append(popup.url))

    @property
    def left(self) -> list[str]:
        """Requests that left the page."""
        return [url for url in self.asked if not url.startswith(("file:", "data:", "blob:"))]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if not CHROMIUM.exists():
        pytest.exit(f"{CHROMIUM} is missing: apt-get install chromium", returncode=9)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A window at the width of a desk."""
    made = browser.new_context(viewport={"width": 1400, "height": 900}, accept_downloads=True)
    yield made
    made.close()


Open = Callable[[Path], tuple[Page, Seen]]


@pytest.fixture(scope="session")
def show(context: BrowserContext) -> Open:
    """Opens a report and waits until every chart is drawn; a report once opened stays open."""
    opened: dict[Path, tuple[Page, Seen]] = {}

    def open_page(report: Path) -> tuple[Page, Seen]:
        if report not in opened:
            page, seen = context.new_page(), Seen()
            seen.watch(page)
            page.goto(report.as_uri())
            draw_all(page)
            opened[report] = page, seen
        page, seen = opened[report]
        page.bring_to_front()
        return page, seen

    return open_page


def draw_all(page: Page) -> None:
    """Scroll down and wait for the charts."""
    page.evaluate(SCROLL)
    page.wait_for_function(DRAWN, timeout=60_000, polling=200)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the reports are written."""
    return tmp_path_factory.mktemp("reports")


@pytest.fixture(scope="session")
def full(folder: Path) -> Path:
    """The report of a run of the province, made anew from what is stored."""
    stored = [ROOT / "results" / name for name in FULL]
    there = [run for run in stored if (run / "manifest.json").exists()]
    if not there:
        pytest.exit("solve one first: carbonpath run scenarios/peak-2030.yaml", returncode=9)
    report = folder / "full.html"
    report.write_bytes(write_page([read(there[0])]))
    return report


@pytest.fixture(scope="session")
def tutorial(folder: Path) -> Path:
    """The report of the tutorial."""
    place = folder / "tutorial"
    (place / "scenarios").mkdir(parents=True)
    shutil.copytree(ROOT / "inputs" / "tutorial", place / "inputs" / "tutorial")
    scenario = shutil.copy(ROOT / "scenarios" / "tutorial.yaml", place / "scenarios")
    assert exit_code(["run", str(scenario), "--quiet"]) == 0
    return place / "results" / "tutorial" / "report.html"


@pytest.fixture(scope="session")
def comparison(folder: Path, tutorial: Path) -> Path:
    """The page that compares the tutorial with the same without its cap."""
    place = tutorial.parents[2]
    free = place / "scenarios" / "no-cap.yaml"
    free.write_text(
        "schema: carbonpath/scenario/1\ntitle: {zh: 不设上限, en: No cap}\nextends: tutorial\n"
        "limits:\n  - {id: co2_cap, remove: true}\n",
        encoding="utf-8",
    )
    assert exit_code(["run", str(free), "--quiet"]) == 0
    results = [str(place / "results" / name) for name in ("tutorial", "no-cap")]
    page = folder / "comparison.html"
    assert exit_code(["compare", *results, "-o", str(page)]) == 0
    return page


@pytest.fixture(scope="session")
def planted(folder: Path) -> Path:
    """The result of a run with a payload in every text."""
    scenario = plant(folder / "planted")
    assert exit_code(["run", str(scenario), "--quiet"]) == 0
    return folder / "planted" / "results" / "planted"
