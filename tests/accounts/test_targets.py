"""The scorecard, shadow prices, bounds, peaks, calibration, quality and history."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from carbonpath.accounts.bounds import bounds
from carbonpath.accounts.calibration import calibration, to_markdown
from carbonpath.accounts.costs import (
    cost_by_part,
    difference,
    discounted,
    discounted_penalties,
    total_cost,
    total_cost_social,
)
from carbonpath.accounts.history import history
from carbonpath.accounts.peak import peak_of, peak_year, peaks
from carbonpath.accounts.prices import shadow_prices, words
from carbonpath.accounts.quality import quality_mix, sources_used
from carbonpath.accounts.scorecard import scorecard, targets
from carbonpath.errors import InputError
from carbonpath.results.results import Results
from tests.accounts.changed import changed, scaled
from tests.accounts.made import made_results


def with_table(name: str, table: pd.DataFrame) -> Results:
    """The run with one table replaced."""
    made = made_results()
    return Results(made.dataset, {**made.tables, name: table}, made.manifest)


def test_missed_targets_come_first() -> None:
    """The share of 2025 is missed; coal and the peak are met; history is no target."""
    card = scorecard(made_results()).set_index(["id", "year"])
    assert list(card["met"]) == [False, True, True, True]
    share = card.loc[("non_fossil", 2025)]
    assert share["unit"] == "%"
    assert share["target"] == pytest.approx(50.0)
    assert share["margin"] == pytest.approx(share["value"] - 50.0)
    assert share["base"] == pytest.approx(100 * 523 / 12 / 201.7, rel=0.01)
    assert ("history_steel", 2020) not in card.index


def test_a_price_is_told_in_the_unit_of_its_target() -> None:
    """2 bn CNY per Mtce are 2000 CNY/tce; a point costs that times one per cent of the total."""
    prices = shadow_prices(made_results()).set_index(["id", "year"])
    missed = prices.loc[("non_fossil", 2025)]
    assert missed["price"] == pytest.approx(2000.0)
    assert missed["price_unit"] == "CNY/tce"
    total = float(made_results()["energy_total"].sel(period=2025).sum())
    assert missed["point"] == pytest.approx(2.0 * 0.01 * total)
    assert "penalty" in missed["words_en"]
    assert "罚金" in missed["words_zh"]


@pytest.mark.parametrize(
    ("price", "sense", "met", "said"),
    [
        (0.0, "<=", True, "does not bind"),
        (120.0, "<=", True, "allowing one more t would save CNY 120"),
        (-120.0, ">=", True, "asking for one t less would save CNY 120"),
        (500.0, "<=", False, "missed: the price equals the penalty, CNY 500 per t"),
    ],
)
def test_prices_are_words(price: float, sense: str, met: bool, said: str) -> None:
    """A cap is allowed more, a floor is asked less; a missed target has its penalty."""
    assert words(price, "CNY/t", sense, met)[1].startswith(said)


def limits_like(**columns: object) -> pd.DataFrame:
    """The limits of the run with columns replaced."""
    return made_results().tables["limits"].assign(**columns)


def test_an_intensity_is_told_without_the_growth_of_gdp() -> None:
    """Against the base year GDP growth is taken out; on the period before it is per year."""
    lagged = ["-1", "0", "1", "0"]
    table = limits_like(lag=lagged, per=["gdp", "", "gdp", ""])
    card = scorecard(with_table("limits", table)).set_index("id")
    growth = 8367 / 6469
    assert card.loc["non_fossil", "target"].iloc[0] == pytest.approx(50.0 / growth)
    assert card.loc["non_fossil", "base"].iloc[0] == pytest.approx(100.0)
    per_year = 100 * (10309 / 12242) ** (1 / 5)
    assert card.loc["peak_c1", "target"].max() == pytest.approx(per_year, rel=0.05)


def test_a_limit_per_driver_and_on_capacity_is_told_in_its_own_unit() -> None:
    """Coal per GDP in t per 10 000 CNY; a quantity in units of capacity in the stated one."""
    table = limits_like(per=["", "gdp", "", ""], unit=["%", "Mt/bn CNY_2020", "1", "Mt"])
    card = scorecard(with_table("limits", table)).set_index("id")
    assert card.loc["coal_2025", "target"] == pytest.approx(10 * 400 / 8367)
    own = changed(coal_consumption=lambda a: a.assign_attrs(unit="cap"))
    made = Results(own.dataset, {"limits": limits_like(unit="GW")}, {})
    assert scorecard(made).set_index("id").loc["coal_2025", "unit"] == "GW"


def test_many_levels_share_a_line() -> None:
    """A limit that changes in every period has one line, at its worst year."""
    made = made_results()
    rows = np.arange(8)
    dims = {f"limit_{n}": ("limit_row", v) for n, v in {
        "value": 100.0 - rows, "of": np.full(8, np.nan), "bound": 101.0 - rows * 1.1,
        "shortfall": np.zeros(8), "price": np.zeros(8), "penalty": np.zeros(8),
    }.items()}  # fmt: skip
    names = [n for n in made.dataset.variables if "limit_row" in made.dataset[n].dims]
    data = made.dataset.drop_vars(names).assign(dims).assign_coords(
        limit_id=("limit_row", ["coal_2025"] * 8), limit_region=("limit_row", ["zhejiang"] * 8),
        limit_period=("limit_row", [str(2025 + r) for r in rows]),
    )  # fmt: skip
    card = scorecard(Results(data, made.tables, {}))
    assert len(card) == 1
    assert (card["year"][0], card["until"][0], card["worst_year"][0]) == (2025, 2032, 2032)


def test_targets_are_plain_records() -> None:
    """JSON can hold them: no NaN, no numpy."""
    records = targets(made_results())
    assert records[0]["label"] == "Non-fossil share"
    assert records[0]["met"] is False
    assert records[-1]["point"] is None or records[-1]["base"] == pytest.approx(100.0)
    assert all(type(v) in (str, int, float, bool, type(None)) for r in records for v in r.values())


def test_a_run_without_limits_has_an_empty_scorecard() -> None:
    """No rows, the same columns."""
    made = made_results()
    bare = Results(made.dataset, {}, {})
    assert list(scorecard(bare).columns) == list(scorecard(made).columns)
    assert shadow_prices(bare).empty
    assert bounds(bare)["kind"].tolist().count("limit") == 0


def test_results_on_a_bound_are_listed() -> None:
    """Nuclear sits on its capacity limit in every period."""
    found = bounds(made_results())
    nuclear = found[(found["kind"] == "capacity_limit") & (found["id"] == "nuclear")]
    assert list(nuclear["period"]) == [2020, 2021, 2025, 2030, 2035, 2060]
    tight = bounds(
        changed(limit_bound=lambda a: a.where(a != 400.0, made_results()["limit_value"]))
    )
    assert "coal_2025" in set(tight[tight["kind"] == "limit"]["id"])


def test_the_peak_has_a_year_and_a_plateau() -> None:
    """99.5 is within one per cent of 100, 98 is not."""
    series = xr.DataArray(
        [90.0, 100.0, 99.5, 98.0], dims="period", coords={"period": [2020, 2025, 2030, 2035]}
    )
    top = peak_of(series)
    assert (top["year"], top["value"]) == (2025, 100.0)
    assert (top["plateau_from"], top["plateau_to"], top["at_end"]) == (2025, 2030, False)
    assert peak_of(series.sortby("period", ascending=False))["plateau_from"] == 2030
    table = peaks(made_results())
    assert {"C1", "coal", "industry"} <= set(table.index)
    assert peak_year(made_results())["year"] == table.loc["C1", "year"]


def test_calibration_compares_in_the_unit_of_the_statistic() -> None:
    """480 TWh against the model's; a row that misses is marked."""
    table = calibration(made_results())
    row = table.iloc[0]
    assert row["deviation"] == pytest.approx(row["model"] / 480.0 - 1.0)
    assert row["within"] == (abs(row["deviation"]) <= 0.03)
    assert "| computed |" in to_markdown(table)
    far = made_results().tables["calibration"].assign(value=1.0, tolerance="0.5")
    assert "**no**" in to_markdown(calibration(with_table("calibration", far)))
    assert calibration(Results(made_results().dataset)).empty


def test_calibration_refuses_an_unknown_indicator_and_misses_an_unknown_key() -> None:
    """The one is an error, the other has no model value."""
    rows = made_results().tables["calibration"]
    with pytest.raises(InputError, match="no indicator is called 'elec'"):
        calibration(with_table("calibration", rows.assign(indicator="elec")))
    keyed = rows.assign(indicator="capacity_by_type", key="wave", unit="GW")
    assert np.isnan(calibration(with_table("calibration", keyed))["model"][0])
    whole = rows.assign(indicator="capacity_by_type", key="", unit="GW")
    assert calibration(with_table("calibration", whole))["model"][0] > 0.0


def test_quality_and_sources_are_counted() -> None:
    """Two of three values rest on the inventory."""
    mix = quality_mix(made_results()).set_index("table")
    assert mix.loc["flows", "official"] == 1
    assert mix.loc["demands", "derived"] == 1
    used = sources_used(made_results())
    assert list(used["values"]) == [2, 1]
    bare = Results(made_results().dataset)
    assert quality_mix(bare).empty
    assert sources_used(bare).empty


def test_history_has_the_shape_of_its_indicator() -> None:
    """Years before 2020 only, converted; a unit that does not fit is missing."""
    past = history(made_results(), "co2_by_scope")
    assert past is not None
    assert past.sel(key="energy").values == pytest.approx([330.0, 400.0])
    assert history(made_results(), "gdp") is None
    assert history(Results(made_results().dataset), "gdp") is None
    odd = made_results().tables["statistics"].assign(unit="GW")
    strange = history(with_table("statistics", odd), "co2_by_scope")
    assert strange is None or np.isnan(strange.values).all()


def test_costs_leave_penalties_out() -> None:
    """The total cost is the parts'; twice the fixed cost is the difference."""
    made = made_results()
    assert total_cost(made) == pytest.approx(made.dataset.attrs["total_cost"])
    assert discounted_penalties(made) == pytest.approx(
        made.dataset.attrs["objective"] - made.dataset.attrs["total_cost"]
    )
    social = total_cost_social(made)
    assert social is not None
    annuities = discounted(made, made["investment_payment"].sum(["region", "technology"]))
    assert total_cost(made) - social == pytest.approx(0.2 * annuities)
    bare = made.dataset.drop_vars("social_investment_payment")
    assert total_cost_social(Results(bare)) is None
    dear = changed(fixed_payment=scaled(2.0))
    more = difference(dear, made)
    fixed = cost_by_part(made).sel(part="fixed_payment").values
    assert more.sel(part="fixed_payment").values == pytest.approx(fixed)
    assert float(abs(more.sel(part="variable_payment")).max()) == 0.0
