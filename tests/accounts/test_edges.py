"""What is absent, unusual or given twice."""

import math

import numpy as np
import pytest
import xarray as xr

from carbonpath.accounts import Accounts
from carbonpath.accounts.activity import main_carriers, makers
from carbonpath.accounts.bounds import bounds
from carbonpath.accounts.calibration import calibration
from carbonpath.accounts.declare import indicator
from carbonpath.accounts.grouping import driver
from carbonpath.accounts.limits import column, limit_rows
from carbonpath.accounts.prices import shadow_prices, small_price
from carbonpath.accounts.scorecard import scorecard
from carbonpath.accounts.verify import failures, worst
from carbonpath.results.results import Results
from tests.accounts.changed import changed
from tests.accounts.made import made_results


def test_an_indicator_name_is_taken_once() -> None:
    """Two indicators of one name are a mistake of the developer."""

    def gdp(results: Results) -> xr.DataArray:
        return results["driver_value"]

    with pytest.raises(ValueError, match="two indicators are called 'gdp'"):
        indicator(unit="1", zh="", en="")(gdp)


def test_a_driver_that_is_not_there_is_not_a_number() -> None:
    """No crash, no zero."""
    assert bool(np.isnan(driver(made_results(), "rain")).all())


def test_without_statistics_both_layouts_agree() -> None:
    """Nothing is moved."""
    accounts = Accounts(Results(made_results().dataset))
    energy, table = accounts["final_energy_by_area"], accounts["final_energy_statistical"]
    assert table.values == pytest.approx(energy.values)


def test_state_listed_projects_are_told_apart() -> None:
    """The kiln is listed: 132.6 Mt of coal CO2 ... its own direct CO2, and nothing else's."""
    made = made_results()
    kiln = made.dataset["technology"].values == "kiln"
    listed = made.dataset.assign_coords(
        technology_state_listed=("technology", np.where(kiln, "yes", "no").astype(object))
    )
    own = Accounts(Results(listed))["co2_state_listed"].sel(period=2020)
    assert float(own) == pytest.approx(130 * (3 * 0.0909 + 0.29))
    assert float(Accounts(made)["co2_state_listed"].sum()) == 0.0


def test_activity_on_its_bound_is_listed() -> None:
    """The grid's activity is bounded by what it does."""
    made = made_results()
    made_by_grid = made["output"].sel(commodity="electricity", drop=True)
    activity = made_by_grid.where(made_by_grid["technology"] == "grid")
    data = made.dataset.assign(total_activity=activity, activity_limit=activity)
    found = bounds(Results(data, made.tables))
    assert set(found[found["kind"] == "activity_limit"]["id"]) == {"grid"}


def test_a_key_of_a_plain_indicator_has_no_value() -> None:
    """Gdp has no labels; a key is a slip of the table, shown as missing."""
    rows = made_results().tables["calibration"].assign(indicator="gdp", key="x", unit="bn CNY_2020")
    table = calibration(Results(made_results().dataset, {"calibration": rows}))
    assert math.isnan(table["model"][0])


def test_a_price_of_an_unusual_quantity_keeps_its_unit() -> None:
    """2 bn per 1000 ha are 2 million per hectare; of heads of cattle no small unit is known."""
    assert small_price(2.0, "1e3 ha") == (pytest.approx(2e6), "CNY/ha")
    assert small_price(2e-9, "million head") == (pytest.approx(2.0), "CNY/million head")


def test_an_absent_column_is_empty() -> None:
    """Tables of an older run may lack one."""
    rows = limit_rows(made_results())
    assert set(column(rows, "because")) == {""}


def test_a_unit_that_does_not_fit_gives_way_to_the_quantity() -> None:
    """Coal stated in GW is told in Mt; a price in the unit of capacity as stated."""
    made = made_results()
    limits = made.tables["limits"].assign(unit="GW")
    card = scorecard(Results(made.dataset, {"limits": limits})).set_index("id")
    assert card.loc["coal_2025", "unit"] == "Mt"
    own = changed(
        coal_consumption=lambda a: a.assign_attrs(unit="cap"), limit_price=lambda a: a * 0.0 + 1.0
    )
    prices = shadow_prices(Results(own.dataset, {"limits": limits})).set_index("id")
    assert prices.loc["coal_2025", "price_unit"] == "CNY/kW"


def test_a_limit_on_the_whole_horizon_has_no_year() -> None:
    """Its penalty is paid in a mean year, its line has no year."""
    period = ("limit_row", np.array([""] * 6, dtype=object))
    made = made_results()
    data = made.dataset.assign_coords(limit_period=period)
    card = scorecard(Results(data, made.tables))
    assert card["year"].isna().all()


def test_a_limit_on_a_selection_has_no_base() -> None:
    """What technologies make in the base year is not known from the totals."""
    made = made_results()
    limits = made.tables["limits"].assign(quantity="output", of="")
    card = scorecard(Results(made.dataset, {"limits": limits}))
    assert card["base"].isna().all()


def test_a_soft_limit_missed_by_more_than_its_shortfall_is_told() -> None:
    """The shortfall of the missed share is halved."""
    found = failures(changed(limit_shortfall=lambda a: a * 0.5))
    assert any("non_fossil 2025: missed by more than its shortfall" in text for text in found)


def test_nothing_is_nowhere() -> None:
    """The worst of an empty array."""
    assert worst(xr.DataArray(np.zeros(0)), xr.DataArray(np.zeros(0))) == (0.0, "")


def test_an_area_without_services_has_no_makers() -> None:
    """The energy area provides none; every technology with fuel has its carrier."""
    assert makers(made_results(), "energy") == {}
    assert main_carriers(made_results())["tractor"] == "oil"


def test_without_users_of_electricity_nothing_is_moved() -> None:
    """CO2 stays where it is emitted."""
    made = made_results()
    accounts = Accounts(Results(made.dataset.assign(final_energy=made["final_energy"] * 0.0)))
    allocated, direct = accounts["co2_with_electricity"], accounts["co2_by_area"]
    assert allocated.values == pytest.approx(direct.values)


def test_without_population_there_is_no_decomposition() -> None:
    """A factor that is not known leaves no parts, not zeros."""
    made = made_results()
    accounts = Accounts(Results(made.dataset.drop_vars(["driver_value", "driver"])))
    assert bool(accounts["kaya"].isnull().all())
    assert bool(accounts["lmdi_by_area"].isnull().all())
