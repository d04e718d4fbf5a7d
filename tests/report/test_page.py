"""The page is one file: offline, safe, readable without JavaScript, in both languages."""

import base64
import gzip
import hashlib
import json
import re
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest

from carbonpath.accounts.peak import peak_year
from carbonpath.errors import InputError
from carbonpath.report.declare import CHARTS, chart
from carbonpath.report.document import island, short
from carbonpath.report.page import KEPT, SECTIONS, write_page
from carbonpath.results.results import Results
from tests.accounts.made import made_results

NAMES = [
    "additions",
    "adequacy",
    "area_agriculture",
    "area_construction",
    "area_industry",
    "area_residents",
    "area_transport",
    "capacity",
    "car_stock",
    "co2_by_area",
    "co2_by_scope",
    "co2_by_source",
    "co2_memo",
    "co2_with_electricity",
    "coal_and_oil",
    "cost_by_part",
    "dispatch",
    "electrification",
    "energy_direct",
    "energy_mix",
    "energy_regimes",
    "energy_sankey",
    "energy_shares",
    "final_energy",
    "generation",
    "investment_by_payer",
    "kaya_waterfall",
    "lines_in",
    "lmdi_by_area",
    "other_emissions",
    "prices",
    "wedges",
    "macc",
    "near_optimal",
]
PAYLOADS = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='https://example.org'>x</a>",
    "{{7*7}} ${x} \u2028",
)


@cache
def page(language: Any = "both", plain: bool = False) -> str:
    """The page of the run made by hand."""
    return write_page([made_results()], language=language, plain=plain).decode()


def figures(html: str) -> list[dict[str, Any]]:
    """The figures in the island of a page, packed or plain."""
    packed = re.search(r'id="figures-gz">([^<]*)<', html)
    plain = re.search(r'<script type="application/json" id="figures">(.*?)</script>', html, re.S)
    if packed:
        said = gzip.decompress(base64.b64decode(packed[1])).decode()
    else:
        assert plain
        said = plain[1]
    loaded: list[dict[str, Any]] = json.loads(said)
    return loaded


class Seen(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep every element."""
        self.tags.append((tag, dict(attrs)))


def without_plotly(html: str) -> str:
    """The page without the packed library."""
    return re.sub(r'<script type="text/plain" id="plotly-gz">.*?</script>', "", html, flags=re.S)


def test_every_chart_is_listed_and_drawn() -> None:
    """A new chart is added to the list above; each has a place in the page and data."""
    assert sorted(CHARTS) == sorted(NAMES)
    html = page()
    missing = [name for name in CHARTS if f'id="c-{name}"' not in html]
    assert sorted(missing) == ["co2_memo", "macc", "near_optimal", "wedges"], "no sinks, no studies"


def test_a_chart_name_is_taken_once() -> None:
    """Two charts of one name are a mistake of the developer."""

    def capacity(*_: object) -> list[Any]:
        return []

    declare = chart(section="power", order=1, title=("", ""), question=("", ""))
    with pytest.raises(ValueError, match="two charts are called 'capacity'"):
        declare(capacity)


def test_figures_have_unique_places_and_finite_data() -> None:
    """Each figure has a div of its id; series are as long as their axis."""
    html = page()
    places = [attrs.get("id") for tag, attrs in Seen(without_plotly(html)).tags if tag == "div"]
    for figure in figures(html):
        assert places.count(figure["id"]) == 1
        assert figure["data"]
        for trace in figure["data"]:
            if trace["type"] == "sankey":
                assert len(trace["link"]["source"]) == len(trace["link"]["value"])
                continue
            axis = trace["x"]
            length = len(axis[0]) if isinstance(axis[0], list) else len(axis)
            assert len(trace["y"]) == length


def test_figures_hold_the_numbers_of_the_accounts() -> None:
    """Nuclear capacity of 2020: 250 PJ over 7700 h are 9.019 GW, to four digits."""
    found = {figure["id"]: figure for figure in figures(page())}
    nuclear = [t for t in found["f-capacity"]["data"] if t["legendgroup"] == "nuclear"]
    assert nuclear[0]["y"][0] == pytest.approx(250 / 3.6e-3 / 7700, rel=1e-3)
    past = [t for t in found["f-co2-by-scope"]["data"] if t.get("x") == [2010, 2019]]
    assert past[0]["y"] == [330.0, 400.0]


def test_the_page_asks_for_nothing() -> None:
    """No element fetches, no address outside the library's own text."""
    html = without_plotly(page())
    for tag, attrs in Seen(html).tags:
        assert tag not in ("link", "iframe", "object", "embed", "base")
        assert "src" not in attrs
        assert not (attrs.get("href") or "#").startswith("http")
        assert not [name for name in attrs if name.startswith("on")]
    assert "http://" not in html
    assert "https://" not in html


@pytest.mark.parametrize("plain", [False, True])
def test_only_the_two_scripts_of_the_page_may_run(plain: bool) -> None:
    """The policy names the hashes of the page's script and of Plotly, packed or plain."""
    html = page(plain=plain)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    assert "default-src 'none'" in policy[1]
    scripts = re.findall(r"<script>(.*?)</script>", html, re.S)
    packed = re.search(r'id="plotly-gz">([^<]*)<', html)
    if packed:
        scripts.append(gzip.decompress(base64.b64decode(packed[1])).decode())
    assert len(scripts) == 2
    for code in scripts:
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[1]


def test_the_page_is_small_unless_plain() -> None:
    """Under 3 MB packed; plain for browsers that cannot unpack."""
    assert len(page().encode()) < 3_000_000
    assert len(page(plain=True).encode()) > 4_000_000
    assert page() == write_page([made_results()]).decode(), "the same run gives the same page"


def test_tables_are_there_without_javascript() -> None:
    """Scorecard, key figures, the main figures, the balance, calibration."""
    html = without_plotly(page())
    for css in ("scorecard", "key", "balance", "calibration"):
        assert f'<table class="{css}">' in html
    assert "<noscript>" in html
    for name in KEPT:
        at = html.index(f'id="c-{name}"')
        assert '<table class="data">' in html[at : html.index("</figure>", at)]


def test_the_page_can_make_every_other_table_itself() -> None:
    """The island holds heads and rows of each figure; a plain page has them all as HTML."""
    for figure in figures(page()):
        assert figure["rows"]
        assert all(len(values) == len(figure["columns"]) for _, values in figure["rows"])
    plain = page(plain=True)
    assert plain.count('<table class="data">') == len(figures(plain))
    assert page().count('class="made"') + page().count('class="kept"') == len(figures(page()))


def test_the_island_has_four_digits_at_most() -> None:
    """Years and places on an axis stay as they are."""
    told = {"x": [2020.55555], "y": [1.23456, None], "rows": [[{"zh": "a"}, [2e-12]]]}
    assert short(told) == {"x": [2020.55555], "y": [1.235, None], "rows": [[{"zh": "a"}, [0.0]]]}


def test_what_is_missed_is_said_first() -> None:
    """The first sentence is the missed share, in both languages."""
    first = re.search(r'<div class="headlines"><ul><li class="bad">(.*?)</li>', page())
    assert first
    assert "未达标" in first[1]
    assert "Missed: Non-fossil share 2025" in first[1]


def test_one_language_leaves_the_other_out() -> None:
    """English alone has no Chinese text outside the data of the figures, and no switch."""
    english = re.sub(r"<script.*?</script>", "", without_plotly(page("en")), flags=re.S)
    english = re.sub(r"<style>.*?</style>", "", english, flags=re.S)
    assert 'data-switch="lang"' not in english
    assert not re.search(r"[\u4e00-\u9fff]", english)
    assert '<html lang="zh-CN"' in page("zh")
    assert 'data-switch="lang"' in page()


def test_every_text_has_both_languages() -> None:
    """As many Chinese as English spans; every section is there, but for that of studies."""
    html = without_plotly(page())
    assert html.count('<span lang="zh">') == html.count('<span lang="en">')
    for name in ("briefing", *SECTIONS):
        assert (f'<section id="{name}">' in html) == (name != "robustness")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_foreign_text_stays_text(payload: str) -> None:
    """Titles, labels, sources and ids are shown, never run."""
    made = made_results()
    labels = {
        f"{kind}_label_{language}": (kind, [payload] * made.dataset.sizes[kind])
        for kind in ("technology", "commodity")
        for language in ("zh", "en")
    }
    tables = {
        **made.tables,
        "limits": made.tables["limits"].assign(label_zh=payload, label_en=payload, source=payload),
        "sources": made.tables["sources"].assign(title=payload),
    }
    manifest = {"id": payload, "title": {"zh": payload, "en": payload}, "warnings": [payload]}
    foreign = Results(made.dataset.assign_coords(labels), tables, manifest)
    html = without_plotly(write_page([foreign]).decode())
    clean = without_plotly(page())
    tags = {tag for tag, _ in Seen(clean).tags}
    assert {tag for tag, _ in Seen(html).tags} <= tags | {"ul", "li", "h3"}
    assert len(re.findall("<script", html)) == len(re.findall("<script", clean))
    for figure in figures(html):
        for trace in figure["data"]:
            assert "<" not in json.dumps(trace["name"])


def test_an_island_cannot_be_left() -> None:
    """No sign that ends a script element or a line of JavaScript."""
    said = island([{"id": "</script>&\u2028"}])
    assert not re.search("[<>&\u2028]", said)
    assert json.loads(said) == [{"id": "</script>&\u2028"}]


def test_an_unproven_run_says_so() -> None:
    """The banner is the first thing after the title."""
    made = made_results()
    unproven = Results(made.dataset, made.tables, {"id": "x", "title": "X", "status": "stopped"})
    assert "✘ contains unproven results: solver status stopped" in write_page([unproven]).decode()
    assert "✔ validated" in page()


def test_a_page_shows_one_run() -> None:
    """Several runs are compared elsewhere; none is left out in silence."""
    with pytest.raises(InputError, match="a page shows one run, 2 were given"):
        write_page([made_results(), made_results()])


def test_a_poor_run_still_has_a_page() -> None:
    """No limits, statistics, sources, calibration: said as such, never a crash or a zero."""
    made = made_results()
    data = made.dataset.drop_vars(["kappa", "driver_value", "driver"])
    totals = [name for name, a in data.data_vars.items() if set(a.dims) == {"region", "period"}]
    data = data.assign({name: data[name] * float("nan") for name in totals})
    poor = Results(data.isel(situation=slice(0, 0)), {}, {})
    assert peak_year(poor) == {}
    html = write_page([poor]).decode()
    assert "This scenario has no targets." in html
    assert "No calibration rows." in html
    assert "Not recorded." in html


def test_a_long_list_of_missed_targets_is_cut_and_tracked_ones_are_told_apart() -> None:
    """Five missed: three sentences and the rest counted; tracked targets have their own line."""
    made = made_results()
    limits = made.tables["limits"].assign(mode=["soft", "track", "soft", "soft"])
    missed = made.dataset.assign(limit_bound=made["limit_bound"] * 0.0 - 1.0)
    missed["limit_bound"][:2] = 1e6
    html = write_page([Results(missed, {**made.tables, "limits": limits}, {})]).decode()
    assert html.count('<li class="bad">') == 3
    assert "2 more targets are missed" in html
    assert "1 targets that are only tracked" in html
