"""Studies in the report: ranges and curves as they were stored, in both languages."""

from dataclasses import replace

import pandas as pd

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer
from carbonpath.alternatives import COLUMNS
from carbonpath.report.charts.macc import macc
from carbonpath.report.charts.near_optimal import near_optimal
from carbonpath.report.charts.wedges import wedges
from carbonpath.report.markup import Speaker
from carbonpath.report.page import write_page
from carbonpath.report.studies import studies
from carbonpath.results.results import Results, Study
from tests.accounts.made import made_results

METHOD = {"zh": "逐项求解", "en": "By solving again"}
LINES = [
    ["coal", "控煤", "Coal limits", "co2", "Mt", 2025, 30.0, 10.0],
    ["coal", "控煤", "Coal limits", "co2", "Mt", 2030, 3.0, 5.0],
    ["coal", "控煤", "Coal limits", "cumulative", "Mt", 0, 400.0, 100.0],
    ["coal", "控煤", "Coal limits", "cost", "bn CNY_2020", 0, 2.0, float("nan")],
]


def studied() -> Results:
    """A run with wedges of one policy and a curve of two steps."""
    names = ["policy", "zh", "en", "measure", "unit", "period", "alone", "last"]
    facts = {"method": METHOD, "slices": "4x8", "quantity": "co2_c1"}
    effects = Study(
        pd.DataFrame(LINES, columns=names),
        {**facts, "baseline": "reference", "parts": {"coal": ["coal_cap", "unnamed"]}},
    )
    steps = pd.DataFrame(
        {"cap": [90.0, 80.0], "avoided": [10.0, 20.0], "marginal": [0.5, 40.0], "mean": [0.2, 9.0]}
    )
    curve = Study(steps, {**facts, "year": 2030})
    return replace(made_results(), studies={"wedges": effects, "macc": curve})


def test_a_bar_reaches_from_the_lesser_to_the_greater_effect() -> None:
    results = studied()
    first, second, horizon, cost = wedges(Accounts(results), Namer(results))
    bar, alone, last = first.traces
    assert (bar["base"], bar["x"]) == ([10.0], [20.0])
    assert (alone["x"], last["x"]) == ([30.0], [10.0])
    assert second.traces[0]["base"] == [3.0], "policies that need each other"
    assert horizon.rows == [({"zh": "控煤", "en": "Coal limits"}, [400.0, 100.0])]
    assert (cost.unit, cost.rows[0][1]) == ("1e8 CNY_2020", [20.0, None])


def test_the_curve_is_in_money_per_tonne() -> None:
    """A thousand times bn CNY per Mt; from a ratio of 30 on the axis is logarithmic."""
    results = studied()
    (figure,) = macc(Accounts(results), Namer(results))
    assert figure.traces[0]["y"] == [500.0, 40000.0]
    assert figure.traces[0]["x"] == [10.0, 20.0]
    assert figure.layout["yaxis"]["type"] == "log"
    assert figure.note is not None


def test_the_table_says_what_a_policy_consists_of_and_how_it_was_made() -> None:
    said = studies(Accounts(studied()), Speaker("en"))
    assert "unnamed" in said
    assert "400 … 100" in said
    assert "20.0 … —" in said
    assert "By solving again (4x8 slices, co2_c1, baseline reference)" in said
    assert "逐项求解（4x8 时段，co2_c1，基准情景 reference）" in studies(
        Accounts(studied()), Speaker("zh")
    )


def test_the_part_is_there_only_with_a_study() -> None:
    assert b'id="c-wedges"' in write_page([studied()])
    assert studies(Accounts(made_results()), Speaker("zh")) == ""


def test_ranges_have_a_part_of_their_own() -> None:
    """A bar from the lowest to the highest value with the optimum on it."""
    lines = [
        ["capacity", "wind", "风电", "Wind", "GW", 2030, 1.0, 2.0, 5.0],
        ["co2_c1", "co2_c1", "二氧化碳（C1）", "CO2 (C1)", "Mt", 2030, 400.0, 410.0, 410.0],
    ]
    table = pd.DataFrame(lines, columns=COLUMNS)
    facts = {"method": METHOD, "slices": "4x8", "quantity": "+2 %", "slack": 2.0}
    results = replace(made_results(), studies={"alternatives": Study(table, facts)})
    capacity, total = near_optimal(Accounts(results), Namer(results))
    assert (capacity.traces[0]["base"], capacity.traces[0]["x"]) == ([1.0], [4.0])
    assert capacity.traces[1]["x"] == [2.0]
    assert total.rows == [({"zh": "二氧化碳（C1）", "en": "CO2 (C1)"}, [400.0, 410.0, 410.0])]
    page = write_page([results])
    assert b'id="robustness"' in page
    assert b"By solving again (4x8 slices, +2 %)" in page
    assert b'id="robustness"' not in write_page([made_results()])
