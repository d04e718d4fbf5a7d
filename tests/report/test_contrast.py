"""Several pathways on one page: targets beside each other, differences, inputs that differ."""

import base64
import gzip
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xarray as xr

from carbonpath.accounts import Accounts
from carbonpath.accounts.comparison import against, mismatches
from carbonpath.accounts.contrast import (
    Target,
    assumptions,
    caps,
    discounted_parts,
    facts,
    positions,
    targets_of,
    views,
)
from carbonpath.accounts.costs import total_cost
from carbonpath.accounts.energy_flow import GAINED, LOST, OUTFLOW, energy_flows
from carbonpath.accounts.labels import text
from carbonpath.accounts.prices import penalty_years
from carbonpath.cli.entry import exit_code
from carbonpath.errors import InputError
from carbonpath.report.axes import on_one_axis
from carbonpath.report.contrast import MOST, pathways_of, write_comparison
from carbonpath.report.contrast_figures import diamonds
from carbonpath.report.figure import Series, stacked_area
from carbonpath.report.parts import PARTS
from carbonpath.results import publish, store
from carbonpath.results.results import Results
from tests.accounts.made import made_results

PAYLOAD = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"


def run(name: str, scale: float = 1.0, **manifest: Any) -> Results:
    """The run made by hand under a name, its CO2 and its investment scaled."""
    made = made_results(name)
    scaled = {total: made[total] * scale for total in ("co2_c1", "investment_payment")}
    arrays = {total: array.assign_attrs(made[total].attrs) for total, array in scaled.items()}
    told = {**made.manifest, "id": name, "title": {"zh": f"路径{name}", "en": f"Path {name}"}}
    return Results(made.dataset.assign(arrays), made.tables, {**told, **manifest})


@cache
def page(language: Any = "both", plain: bool = False) -> str:
    """The page of three runs."""
    runs = [run("a"), run("b", 0.5), run("c", 1.5)]
    return write_comparison(runs, baseline="b", language=language, plain=plain).decode()


def figures(html: str) -> dict[str, dict[str, Any]]:
    """The figures of a page by id."""
    packed = re.search(r'id="figures-gz">([^<]*)<', html)
    assert packed
    told = json.loads(gzip.decompress(base64.b64decode(packed[1])))
    return {figure["id"]: figure for figure in told}


def test_the_baseline_comes_first_and_differences_are_from_it() -> None:
    """B is the baseline: a emits twice as much."""
    assert [one.id for one in pathways_of([run("a"), run("b")], "b")] == ["b", "a"]
    figure = figures(page())["f-over-co2-by-scope-C1"]
    level, apart, relative = (figure["choices"][v] for v in ("level", "difference", "percent"))
    lines = {trace["legendgroup"]: trace for trace in apart["data"]}
    levels = {trace["legendgroup"]: trace for trace in level["data"] if "line" in trace["mode"]}
    assert set(lines) == {"a", "b", "c"}
    assert set(lines["b"]["y"]) == {0.0}, "the baseline is the line at zero"
    assert levels["a"]["y"][1] - levels["b"]["y"][1] == pytest.approx(lines["a"]["y"][1], rel=2e-3)
    assert relative["unit"]["en"] == "%"
    assert figure["pick"] == "view"


def test_every_section_and_switch_is_there_in_both_languages() -> None:
    """As many Chinese as English texts; the page is small; the same runs give the same page."""
    html = page()
    for name in set(PARTS) - {"robustness"}:
        assert f'<section id="{name}">' in html
    assert 'data-switch="view"' in html
    assert html.count('<span lang="zh">') == html.count('<span lang="en">')
    assert len(html.encode()) < 3_000_000
    english = re.sub(r"<(script|style).*?</\1>", "", page("en"), flags=re.S)
    assert not re.search(r"[\u4e00-\u9fff]", english)


def test_small_multiples_share_an_axis_in_each_view() -> None:
    """One figure for each pathway, in level, difference and per cent."""
    found = [one for name, one in figures(page()).items() if "multiple-cost" in name]
    assert len(found) == 3
    for view in ("level", "difference", "percent"):
        assert len({str(one["choices"][view]["layout"]["yaxis"]) for one in found}) == 1


def test_twelve_pathways_fit_into_the_budget() -> None:
    """3 MB at most, and not more than can be told apart."""
    runs = [run(f"run-{at}", 1.0 + at / 10) for at in range(MOST)]
    assert len(write_comparison(runs)) < 3_000_000
    with pytest.raises(InputError, match="2 to 12 results, 13 were given"):
        write_comparison([*runs, run("one-more")])
    with pytest.raises(InputError, match="'x' is not among a, b"):
        write_comparison([run("a"), run("b")], baseline="x")


def test_titles_taken_twice_have_their_id_beside_them() -> None:
    """Two runs of one title are told apart."""
    one, two = (store.with_manifest(run(n), title={"zh": "同", "en": "Same"}) for n in "ab")
    assert [p.name["en"] for p in pathways_of([one, two], "")] == ["Same (a)", "Same (b)"]


def test_foreign_text_stays_text() -> None:
    """Titles, labels, origins and problems are shown, never run."""
    made = run("a", title={"zh": PAYLOAD, "en": PAYLOAD})
    values = pd.DataFrame(
        [["flows", PAYLOAD, PAYLOAD, "PJ", PAYLOAD]],
        columns=["table", "key", "value", "unit", "origin"],
    )
    limits = made.tables["limits"].assign(label_zh=PAYLOAD, label_en=PAYLOAD)
    other = Results(made.dataset, {**made.tables, "values": values, "limits": limits},
                    {**made.manifest, "id": "b"})  # fmt: skip
    html = write_comparison([made, other], problems=[text(PAYLOAD, PAYLOAD)]).decode()
    assert len(re.findall("<script", html)) == len(re.findall("<script", page()))
    assert "<img" not in html
    for figure in figures(html).values():
        for one in figure["choices"].values():
            assert all("<" not in json.dumps(trace["name"]) for trace in one["data"])


def test_a_mismatch_is_said_before_all() -> None:
    """The banner and the list of what differs."""
    said = text("数据不同：a 1，b 2", "data differs: a 1, b 2")
    html = write_comparison([run("a"), run("b")], problems=[said]).decode()
    assert "results not comparable" in html
    for one in said.values():
        assert html.index(str(one)) < html.index('class="scorecard')


def test_currencies_must_agree() -> None:
    """Another price year is another currency."""
    other = run("b")
    other.dataset["investment_payment"].attrs["unit"] = "bn CNY_2015"
    (problem,) = mismatches([run("a"), other])
    assert problem.startswith("currency differs: a bn CNY_2020, b bn CNY_2015")


def test_targets_missed_come_first_and_absent_ones_stay_absent() -> None:
    """A pathway without limits has no line."""
    bare = Results(run("bare").dataset, {}, {"id": "bare"})
    found = targets_of([run("a"), bare])
    assert [target.rank[0] for target in found] == sorted(target.rank[0] for target in found)
    assert all(set(target.lines) == {"a"} for target in found)
    tracked = Target("t", None, {"a": {"met": False, "mode": "track"}})
    assert tracked.rank == (1, 0)


def test_views_are_level_difference_and_per_cent() -> None:
    """Of 4 and 6 against 2 and 6: +2 and 0, +100 % and 0; over a dimension of the sum 8."""
    here = xr.DataArray([4.0, 6.0], dims="part", coords={"part": ["x", "y"]}, attrs={"unit": "Mt"})
    base = here.copy(data=[2.0, 6.0])
    assert views(here, base)["percent"].values.tolist() == [100.0, 0.0]
    split = views(here, base, "part")
    assert split["difference"].values.tolist() == [2.0, 0.0]
    assert split["difference"].attrs["unit"] == "Mt"
    assert split["percent"].values.tolist() == [25.0, 0.0]


def test_facts_are_sums_over_the_horizon() -> None:
    """Half the emissions of the baseline, at less cost: a tonne avoided costs less than nothing."""
    half, whole = Accounts(run("half", 0.5)), Accounts(run("whole"))
    found = facts(half, whole)
    assert found.cumulative_difference == pytest.approx(-found.cumulative)
    assert found.cost_difference == pytest.approx(
        total_cost(half.results) - total_cost(whole.results)
    )
    assert found.cost_per_tonne == pytest.approx(
        found.cost_difference / found.cumulative * 1e3  # type: ignore[operator]
    )
    assert facts(whole).cost_difference is None
    assert facts(whole, half).cost_per_tonne is None, "more emissions: nothing is avoided"
    parts = discounted_parts([half, whole])
    assert float(parts.sel(pathway="half").sum()) == pytest.approx(found.cost)


def test_positions_run_from_least_to_greatest() -> None:
    """Equal values have none."""
    frame = pd.DataFrame({"a": [1.0, 5.0], "b": [3.0, 5.0], "c": [2.0, 5.0]})
    placed = positions(frame)
    assert placed.iloc[0].tolist() == [0.0, 1.0, 0.5]
    assert placed.iloc[1].isna().all()
    assert against(frame, "a")["b"].tolist() == [2.0, 0.0]


def test_only_inputs_that_differ_are_listed_with_their_origin() -> None:
    """A changed value, an added row, a choice; equal ones are left out."""
    columns = ["table", "key", "value", "unit", "origin"]
    one = pd.DataFrame([["flows", "k", "1.0", "PJ", "f line 1"], ["flows", "same", "2", "PJ", "g"]],
                       columns=columns)  # fmt: skip
    two = pd.DataFrame([["flows", "k", "1.5", "PJ", "s.yaml:3"],
                        ["flows", "same", "2.0", "PJ", "g"],
                        ["stock", "new", "4", "GW", "h"]], columns=columns)  # fmt: skip
    dataset = run("a").dataset
    table = assumptions(
        [Results(dataset, {"values": one}, {"id": "a", "choices": {"ets": "off"}}),
         Results(dataset, {"values": two}, {"id": "b", "choices": {"ets": "on"}})]
    )  # fmt: skip
    assert table["key"].tolist() == ["ets", "k", "new"]
    assert table["b"].tolist() == ["on", "1.5", "4"]
    assert table["origin"].tolist() == ["", "f line 1; s.yaml:3", "h"]


def test_targets_on_a_total_are_marked() -> None:
    """An upper limit without a share is a diamond in its year; others are none."""
    made = run("a")
    found = caps(made, "co2_c1")
    assert all(value > 0.0 for value in found.values())
    assert caps(Results(made.dataset, {}, {}), "co2_c1") == {}
    (pathway, _) = pathways_of([made, run("b")], "")
    assert diamonds(pathway, {2030: 12.3456})["y"] == [12.35]


def test_bands_share_an_axis() -> None:
    """Bands of one stack are added up before heights are compared."""
    years = xr.DataArray([1.0, 1.0], dims="period", coords={"period": [2020, 2030]},
                         attrs={"unit": "Mt"})  # fmt: skip
    series = [Series(key, text(key, key), (5.0, 3.0)) for key in ("coal", "gas")]
    (figure,) = on_one_axis([stacked_area("x", text("", ""), years, series)])
    assert figure.layout["yaxis"]["range"] == pytest.approx([0.0, 10.5])


def test_flows_of_energy_balance_at_every_node() -> None:
    """What reaches a carrier leaves it; transformation gives what it takes, less its loss."""
    balance = Accounts(run("a"))["energy_balance"].sel(period=2030)
    flows = energy_flows(balance, least=0.0)
    into, out = (flows.groupby(name)["value"].sum() for name in ("target", "source"))
    inner = set(into.index) & set(out.index)
    assert {"coal", "electricity", "thermal_power"} <= inner
    for node in inner:
        assert into[node] == pytest.approx(out[node], rel=1e-9), node
    assert not {LOST, OUTFLOW} & set(flows["source"])
    assert GAINED not in set(flows["target"])
    final = flows[flows["target"].str.startswith("final_")]["value"].sum()
    rows = [str(n) for n in balance["balance_row"].values if str(n).startswith("final_")]
    assert final == pytest.approx(float(balance.sel(balance_row=rows).sum()))


def test_thin_flows_are_left_out_and_outflow_leaves() -> None:
    """Half a per cent of supply by default."""
    balance = xr.DataArray(
        [[100.0, 0.1], [-10.0, 0.0]], dims=("balance_row", "carrier"),
        coords={"balance_row": ["production", "net_inflow"], "carrier": ["coal", "oil"]},
    )  # fmt: skip
    flows = energy_flows(balance)
    assert flows[["source", "target", "value"]].to_numpy().tolist() == [
        ["production", "coal", 100.0], ["coal", OUTFLOW, 10.0],
    ]  # fmt: skip


def test_years_with_a_missed_soft_target_are_known() -> None:
    """Prices of these years hold a penalty."""
    made = run("a")
    short = made.dataset.assign(limit_shortfall=made["limit_shortfall"] * 0.0)
    assert penalty_years(Results(short, made.tables, {})) == []
    short["limit_shortfall"][:] = 1.0
    limits = made.tables["limits"].assign(mode="soft")
    assert penalty_years(Results(short, {**made.tables, "limits": limits}, {}))
    assert penalty_years(Results(made.dataset, {}, {})) == []


def test_the_command_writes_one_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Refused with different data unless told; the baseline may be any of them."""
    other = store.with_manifest(run("b", 0.5), dataset_hash="2" * 64)
    folders = [
        str(publish.publish(tmp_path, results.id, store.pack(results, {})))
        for results in (run("a"), other)
    ]
    made = tmp_path / "page.html"
    arguments = ["compare", *folders, "--baseline", "b", "-o", str(made)]
    assert exit_code(arguments) == 3
    assert not made.exists()
    assert exit_code([*arguments, "--allow-mismatch"]) == 0
    assert "page.html" in capsys.readouterr().out
    assert "results not comparable" in made.read_text(encoding="utf-8")
