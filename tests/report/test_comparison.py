"""Scenarios side by side, and a run against what happened."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import carbonpath
from carbonpath.accounts.comparison import headlines, mismatches, side_by_side
from carbonpath.accounts.observation import mean_errors, observe
from carbonpath.accounts.trajectories import joined
from carbonpath.errors import InputError
from carbonpath.results import publish, store
from carbonpath.results.results import Results
from tests.accounts.made import made_results


def results(name: str = "made", **totals: float) -> Results:
    """The run made by hand; `totals` replace series by one value in all periods."""
    made = made_results(name)
    arrays = {total: made[total] * 0.0 + value for total, value in totals.items()}
    return Results(made.dataset.assign(arrays), made.tables, made.manifest)


def observed(*rows: tuple[str, str, int, float, str]) -> pd.DataFrame:
    """Observed values as the command reads them: all text."""
    columns = ["series", "key", "period", "value", "unit"]
    return pd.DataFrame(rows, columns=columns).astype(str)


def with_statistics(*rows: tuple[str, str, int, float, str]) -> Results:
    """The result written by hand, with statistics beside it."""
    given = results(co2_c1=33.4)
    return Results(given.dataset, {**given.tables, "statistics": observed(*rows)}, given.manifest)


def test_scenarios_stand_side_by_side() -> None:
    """One column each; an indicator with a second dimension has a row per label."""
    frame = side_by_side([results("a", co2_c1=33.4), results("b", co2_c1=50.0)])
    assert list(frame.columns) == ["a", "b"]
    assert frame.loc[("co2_by_scope", "C1", "Mt", 2030)].tolist() == [33.4, 50.0]
    share = results()["non_fossil_energy"] / results()["energy_total"]
    assert frame.loc[("non_fossil_share", "", "1", 2020), "a"] == share.sel(period=2020).item()


def test_headlines_are_few_and_in_order() -> None:
    """The first look begins with CO2."""
    frame = headlines(side_by_side([results("a")]), [2030])
    assert frame.index[0] == ("co2_by_scope", "C1", "Mt", 2030)
    assert set(frame.index.get_level_values("year")) == {2030}


def test_one_name_twice_is_refused() -> None:
    """They could not be told apart."""
    with pytest.raises(InputError, match="two results are called a"):
        side_by_side([results("a"), results("a")])


def test_different_data_are_named() -> None:
    """Each respect in one sentence."""
    one = store.with_manifest(results("a"), dataset_hash="1" * 64)
    two = store.with_manifest(results("b"), dataset_hash="2" * 64)
    assert mismatches([one, one]) == []
    (problem,) = mismatches([one, two])
    assert problem.startswith("data differs: a 111111111111, b 222222222222")


def test_the_public_names_read_and_compare(tmp_path: Path) -> None:
    """carbonpath.open_results and carbonpath.compare give Datasets along `scenario`."""
    runs = [store.with_manifest(made_results(), id=name, title="t") for name in "ab"]
    folders = [publish.publish(tmp_path, run.id, store.pack(run, {})) for run in runs]
    one = carbonpath.open_results(folders[0])
    assert {"scenario", "sector", "technology", "commodity", "period", "slice"} <= set(one.dims)
    assert one["sector_label_zh"].sel(sector="industry").item() == "工业"
    assert one["co2_by_area"].attrs["long_name_zh"] == "分领域直接二氧化碳排放"
    untitled = [name for name in one.dims if not one[name].attrs.get("long_name_zh")]
    assert untitled == []
    both = carbonpath.compare(folders)
    assert both["scenario"].values.tolist() == ["a", "b"]
    assert both["sector"].values.tolist() == one["sector"].values.tolist()
    assert both["co2_by_area"].sel(scenario="b").values == pytest.approx(
        one["co2_by_area"].isel(scenario=0).values
    )


def test_what_a_run_lacks_has_no_value_beside_others(tmp_path: Path) -> None:
    """A period and a technology less; other data are refused unless that is allowed."""
    whole = store.with_manifest(made_results(), id="whole")
    part = whole.dataset.isel(period=slice(0, -1), technology=slice(0, -1))
    less = store.with_manifest(replace(whole, dataset=part), id="less", dataset_hash="other")
    with pytest.raises(InputError, match="allow_mismatch=True"):
        joined([less, whole])
    both = joined([less, whole], allow_mismatch=True)
    assert both["period"].values.tolist() == list(whole.periods)
    last = both["co2_by_area"].isel(period=-1)
    assert last.sel(scenario="less").isnull().all()
    assert last.sel(scenario="whole").notnull().any()
    assert set(both["technology"].values) == set(whole.dataset["technology"].values)
    assert (both["technology_sector"] != "").all()


def test_errors_stand_beside_those_of_simple_forecasts() -> None:
    """Statistics 14 (2018), 15 (2019), 16 (2020); the model says 33.4 in 2025; observed: 20.

    Persistence says 16, an error of -20 %. The trend rises by 1 a year: 21, +5 %.
    """
    known = [("co2_by_scope", "C1", year, value, "Mt")
             for year, value in ((2018, 14.0), (2019, 15.0), (2020, 16.0))]  # fmt: skip
    (one,) = observe(with_statistics(*known), observed(("co2_by_scope", "C1", 2025, 20.0, "Mt")))
    assert one.error("model") == pytest.approx(33.4 / 20 - 1)
    assert one.error("persistence") == pytest.approx(-0.2)
    assert one.error("trend") == pytest.approx(0.05)
    assert mean_errors([one])["trend"] == pytest.approx(0.05)


def test_units_are_converted() -> None:
    """14 Mt of coal are 1400 x 1e4 t."""
    (one,) = observe(
        results(coal_consumption=14.0), observed(("coal_consumption", "", 2030, 1400.0, "1e4 t"))
    )
    assert one.observed == pytest.approx(14.0)
    assert one.error("model") == pytest.approx(0.0)


def test_without_statistics_the_base_year_of_the_model_persists() -> None:
    """There is no trend through one point."""
    made = results(coal_consumption=14.0)
    bare = Results(made.dataset)
    (one,) = observe(bare, observed(("coal_consumption", "", 2025, 7.0, "Mt")))
    assert one.error("persistence") == pytest.approx(1.0)
    assert one.error("trend") != one.error("trend")


def test_every_wrong_row_is_named() -> None:
    """All at once, each with its line and what to do."""
    rows = observed(
        ("coal_consumptoin", "", 2025, 7.0, "Mt"),
        ("co2_by_scope", "C7", 2025, 7.0, "Mt"),
        ("co2_by_scope", "", 2025, 7.0, "Mt"),
        ("coal_consumption", "", 2025, 7.0, "Mtt"),
    )
    with pytest.raises(InputError) as caught:
        observe(results(), rows)
    first, second, third, fourth = caught.value.problems
    assert first.startswith("observed line 2: series 'coal_consumptoin' is no indicator; did you")
    assert second.startswith("observed line 3: 'C7' is no scope of co2_by_scope")
    assert third == "observed line 4: co2_by_scope needs a key for scope"
    assert fourth.startswith("observed line 5: ")


@pytest.mark.parametrize(("column", "cell"), [("value", "—"), ("value", "nan"), ("period", "2o25")])
def test_a_cell_that_is_no_number_is_named(column: str, cell: str) -> None:
    """Never a traceback."""
    rows = observed(("coal_consumption", "", 2025, 7.0, "Mt")).assign(**{column: cell})
    with pytest.raises(InputError, match=f"observed line 2: {column} "):
        observe(results(), rows)


def test_a_missing_column_is_named() -> None:
    """The table must be like statistics.csv."""
    with pytest.raises(InputError, match="column unit is missing"):
        observe(results(), observed().drop(columns="unit"))
