"""Reports of unusual runs: many scenarios, zeros, gaps, negative emissions, other periods."""

import base64
import gzip
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer
from carbonpath.cli.entry import exit_code
from carbonpath.errors import InputError
from carbonpath.report import alldata
from carbonpath.report.balance_table import plain_years, years_of
from carbonpath.report.charts.co2_by_area import co2_by_area
from carbonpath.report.charts.dispatch import dispatch
from carbonpath.report.contrast import write_comparison
from carbonpath.report.figure import series_by
from carbonpath.report.page import write_page
from carbonpath.report.score import grade, verdict
from carbonpath.report.standing import standing, standing_text, together
from carbonpath.results import publish, store
from carbonpath.results.results import Results
from tests.accounts.made import made_results


def figures(html: str) -> dict[str, dict[str, Any]]:
    """The figures of a page by id."""
    packed = re.search(r'id="figures-gz">([^<]*)<', html)
    assert packed
    told = json.loads(gzip.decompress(base64.b64decode(packed[1])))
    return {figure["id"]: figure for figure in told}


def with_area(area: str, factor: float) -> Results:
    """The run made by hand, the emissions of the plant of one area times a factor."""
    made = made_results()
    sectors = made["technology_sector"]
    scale = (sectors == area) * (factor - 1.0) + 1.0
    return replace(made, dataset=made.dataset.assign(emissions=made["emissions"] * scale))


def runs(count: int) -> list[Results]:
    """Some runs, told apart by their id."""
    made = made_results()
    return [store.with_manifest(made, id=f"run-{at}", title=f"run {at}") for at in range(count)]


@pytest.mark.parametrize("count", [1, 50])
def test_what_cannot_be_compared_is_refused_with_the_number(count: int) -> None:
    with pytest.raises(InputError, match=f"2 to 12 results, {count} were given"):
        write_comparison(runs(count))


def test_twelve_pathways_have_a_switch_and_a_column_each() -> None:
    html = write_comparison(runs(12)).decode()
    assert re.findall(r'data-pathway-toggle="(\d+)"', html) == [str(at) for at in range(12)]
    small = [one for name, one in figures(html).items() if name.startswith("f-multiple-cost")]
    assert sorted(one["pathway"] for one in small) == list(range(12))
    tints = re.findall(r'data-pathway-toggle="\d+"><i style="--tint:(#\w+)"', html)
    assert len(set(tints)) == 12


def test_an_area_that_emits_nothing_has_no_band_and_no_row() -> None:
    results = with_area("agriculture", 0.0)
    (figure,) = co2_by_area(Accounts(results), Namer(results))
    assert "agriculture" not in {trace["legendgroup"] for trace in figure.traces}
    assert "Agriculture" not in {name["en"] for name, _ in figure.rows}
    assert "Industry" in {name["en"] for name, _ in figure.rows}


def test_negative_emissions_are_stacked_below_zero_apart_from_the_others() -> None:
    """Power with biomass and capture emits less than nothing: its band hangs, others stand."""
    results = with_area("energy", -0.5)
    (figure,) = co2_by_area(Accounts(results), Namer(results))
    energy = [one for one in figure.traces if one["legendgroup"] == "energy"]
    others = [one for one in figure.traces if one.get("stackgroup") == "above"]
    assert {one["stackgroup"] for one in energy} == {"below"}
    assert all(value <= 0.0 for one in energy for value in one["y"] if value is not None)
    assert all(value >= 0.0 for one in others for value in one["y"] if value is not None)
    assert "energy" not in {one["legendgroup"] for one in others}


def test_a_series_without_any_number_is_empty_never_zero() -> None:
    """All labels keep their place, with nothing in it; one unknown among known stays out."""
    made = Accounts(made_results())
    parts = made["cost_by_part"]
    unknown = series_by(parts * np.nan, "part", Namer(made.results))
    assert {value for one in unknown for value in one.values} == {None}
    assert len(unknown) == parts.sizes["part"]


def test_a_figure_without_any_number_stays_on_the_page_and_says_so() -> None:
    made = made_results()
    data = made.dataset.assign(coal_consumption=made["coal_consumption"] * np.nan)
    html = write_page([replace(made, dataset=data)]).decode()
    figure = figures(html)["f-coal-consumption"]
    assert {value for _, values in figure["rows"] for value in values} == {None}
    assert figure["empty"] == {"zh": "无数据", "en": "no data"}
    assert 'id="c-coal_and_oil"' in html


def test_a_run_without_the_target_year_shows_its_last_year_instead() -> None:
    """No 2030: the decomposition, the balance and the page take what is there."""
    assert years_of([2020, 2040, 2060]) == [2020, 2040, 2060]
    assert plain_years([2020, 2040, 2060]) == {2020, 2060}
    assert years_of([2021, 2033]) == [2021, 2033]
    assert years_of([2021]) == [2021]
    made = made_results()
    data = made.dataset.sel(period=[year for year in made.periods if year != 2030])
    others = data["limit_period"].astype(str) != "2030"
    data = data.isel(limit_row=np.flatnonzero(others))
    html = write_page([replace(made, dataset=data)]).decode()
    assert 'data-year="2030"' not in html
    assert re.findall(r'data-year="(\d+)" hidden', html)
    assert "f-kaya-2030" not in figures(html)


def test_the_low_day_has_a_day_and_a_night() -> None:
    """Blocks are named by their hours, the calm dark day by day and night; no number is shown."""
    made = made_results()
    (figure,) = dispatch(Accounts(made), Namer(made))
    names = [one["zh"] for one in figure.columns]  # type: ignore[index]
    assert any(name.endswith("低风光日白天") for name in names)
    assert not any("低0" in name for name in names)
    assert set(figure.choices) == {str(year) for year in years_of(made.periods)}
    ranges = {str(one.layout["yaxis"]["range"]) for one in figure.choices.values()}
    assert len(ranges) == 1, "years share an axis"


def test_tracked_targets_are_told_apart_by_symbol_word_and_colour() -> None:
    asked = {"mode": "soft", "met": False, "binding": False}
    tracked = {"mode": "track", "met": False, "binding": False}
    assert verdict(asked)["zh"][0] != verdict(tracked)["zh"][0]
    assert "missed" not in verdict(tracked)["en"]
    assert grade(asked) != grade(tracked)
    assert grade({**tracked, "met": True}) != grade({**asked, "met": True})


def test_a_run_is_validated_a_draft_or_unproven() -> None:
    """Warnings and rows out of tolerance make a draft; the weakest of several counts."""
    made = made_results()
    good = standing(Accounts(made))
    assert good.grade == "validated"
    warned = standing(Accounts(store.with_manifest(made, warnings=["a", "b"])))
    assert (warned.grade, warned.reasons[0]["en"]) == ("draft", "2 warnings about inputs")
    bare = replace(made, tables={k: v for k, v in made.tables.items() if k != "calibration"})
    assert "not compared with statistics" in standing_text(standing(Accounts(bare)))["en"]
    rows = made.tables["calibration"].assign(value=1e9)
    wrong = replace(made, tables={**made.tables, "calibration": rows})
    assert "out of tolerance" in standing_text(standing(Accounts(wrong)))["en"]
    broken = replace(made, dataset=made.dataset.assign(co2_c1=made["co2_c1"] * 2.0))
    failed = standing(Accounts(broken))
    assert failed.grade == "unproven"
    assert "identities fail" in failed.reasons[0]["en"]
    assert together([good, warned]).grade == "draft"
    assert together([good, failed, warned]).grade == "unproven"


def test_all_data_lie_beside_the_page_where_they_are_large(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A link to the Excel file, which the command writes; else an archive in the page."""
    folders = [str(publish.publish(tmp_path, one.id, store.pack(one, {}))) for one in runs(2)]
    page = tmp_path / "page.html"
    assert exit_code(["compare", *folders, "-o", str(page)]) == 0
    assert 'id="all-data"' in page.read_text(encoding="utf-8")
    assert not page.with_suffix(".xlsx").exists()
    monkeypatch.setattr(alldata, "MOST", 10)
    assert exit_code(["compare", *folders, "-o", str(page)]) == 0
    html = page.read_text(encoding="utf-8")
    assert 'href="page.xlsx"' in html
    assert 'id="all-data"' not in html
    assert page.with_suffix(".xlsx").read_bytes()[:2] == b"PK"
