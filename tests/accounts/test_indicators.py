"""Every indicator is formed, with unit and titles, and has the value a person would compute."""

import numpy as np
import pytest

from carbonpath.accounts import INDICATORS, Accounts
from carbonpath.errors import InputError
from carbonpath.spec.units import problem_with
from tests.accounts.made import GDP, KAPPA, LEVELS, PERIODS, made_results

DIMENSIONS = {
    "additions_by_type": "group", "capacity_by_type": "group", "capacity_total": "",
    "carbon_intensity": "scope", "carbon_intensity_change": "scope", "carbon_price": "",
    "co2_by_area": "sector", "co2_by_scope": "scope", "co2_cumulative": "",
    "co2_memo": "commodity", "co2_state_listed": "", "co2_with_electricity": "sector",
    "coal_consumption": "", "coal_power_share": "", "cost_by_area": "sector",
    "investment_by_area": "sector",
    "cost_by_part": "part", "cost_share_of_gdp": "", "dispatch": "group time_slice",
    "electricity_consumption": "", "electricity_import_share": "", "electricity_price": "",
    "electrification_by_area": "sector", "electrification_share": "",
    "emissions_other": "commodity", "energy_balance": "balance_row carrier",
    "energy_balance_coal_equivalent": "balance_row carrier", "energy_by_fuel": "fuel",
    "energy_consumption": "regime", "energy_direct": "fuel", "energy_intensity": "regime",
    "energy_intensity_change": "regime", "feedstock_by_area": "sector",
    "final_energy_by_area": "sector", "final_energy_by_area_and_carrier": "sector carrier",
    "final_energy_by_carrier": "carrier", "final_energy_statistical": "sector",
    "firm_capacity": "situation", "fuel_share": "fuel", "gdp": "", "generation_by_type": "group",
    "generation_total": "", "import_dependence_share": "", "imports_by_line": "technology",
    "kaya": "factor", "lmdi_by_area": "factor sector", "load": "sector time_slice",
    "net_imported_electricity": "", "non_fossil_energy": "", "non_fossil_power_share": "",
    "non_fossil_share": "", "oil_consumption": "", "peak_load": "situation", "penalty": "",
    "population": "", "primary_generation": "fuel", "reserve_margin_share": "situation",
    "retirements_by_type": "group", "self_sufficiency_share": "", "services": "commodity",
    "technology_share": "technology commodity", "vehicles": "technology",
}  # fmt: skip
"""Every indicator and its dimensions beside the period."""


@pytest.fixture(scope="module")
def accounts() -> Accounts:
    """The accounts of the run made by hand."""
    return Accounts(made_results())


def test_every_indicator_is_listed_here() -> None:
    """A new indicator is added to the list above, with its dimensions."""
    assert set(INDICATORS) <= set(DIMENSIONS)


@pytest.mark.parametrize("name", sorted(INDICATORS))
def test_an_indicator_says_what_it_is(accounts: Accounts, name: str) -> None:
    """Dimensions as listed, a unit of the vocabulary, titles in both languages, finite values."""
    values = accounts[name]
    assert set(values.dims) == {"period", *DIMENSIONS[name].split()}
    assert values.attrs["long_name"]
    assert values.attrs["long_name_zh"]
    assert values.attrs["meaning"].endswith((".", "0"))
    unit = values.attrs["unit"]
    assert unit == "own unit" or problem_with(unit) == ""
    assert not np.isinf(values.values).any()


def test_an_unknown_indicator_is_refused(accounts: Accounts) -> None:
    """The message lists those that exist."""
    with pytest.raises(InputError, match="no indicator is called 'co2'"):
        accounts["co2"]
    assert len(accounts) == len(list(accounts))


def test_non_fossil_share_is_coal_equivalent(accounts: Accounts) -> None:
    """2020: primary 298 PJ, half the line 200 PJ, biomass power 25 PJ, at 0.300 kgce/kWh.

    kappa = 0.300 / 3.6 Mtce per PJ, so NF = 523 / 12 = 43.58 Mtce; the share is NF over R0.
    """
    non_fossil = accounts["non_fossil_energy"].sel(period=2020)
    assert float(non_fossil) == pytest.approx(523 / 12)
    total = accounts["energy_consumption"].sel(period=2020, regime="R0")
    share = accounts["non_fossil_share"].sel(period=2020)
    assert float(share) == pytest.approx(523 / 12 / float(total))


def test_the_mix_adds_up_to_the_total(accounts: Accounts) -> None:
    """Sources at coal equivalent make R0; shares make one; nuclear is 250 PJ at kappa."""
    mix, total = accounts["energy_by_fuel"], accounts["energy_consumption"].sel(regime="R0")
    assert mix.sum("fuel").values == pytest.approx(total.values)
    assert accounts["fuel_share"].sum("fuel").values == pytest.approx(np.ones(len(PERIODS)))
    nuclear = mix.sel(fuel="nuclear").values
    assert nuclear == pytest.approx(np.array(LEVELS["nuclear"]) * KAPPA / 3.6)
    assert accounts["energy_direct"].sel(fuel="nuclear").values == pytest.approx(LEVELS["nuclear"])


def test_intensities_are_per_ten_thousand_yuan(accounts: Accounts) -> None:
    """1 Mtce per bn CNY is 10 tce per 10 000 CNY; the change is in the same regime."""
    total = accounts["energy_consumption"].sel(regime="R2").values
    intensity = accounts["energy_intensity"].sel(regime="R2").values
    assert intensity == pytest.approx(10.0 * total / np.array(GDP))
    change = accounts["energy_intensity_change"].sel(regime="R2").values
    assert change == pytest.approx(intensity / intensity[0] - 1.0)
    co2 = accounts["co2_by_scope"].sel(scope="C1").values
    assert accounts["carbon_intensity"].sel(scope="C1").values == pytest.approx(10.0 * co2 / GDP)
    assert float(accounts["carbon_intensity_change"].sel(scope="C0", period=2020)) == 0.0


def test_self_sufficiency_and_imports_are_complements(accounts: Accounts) -> None:
    """What is not made here is brought in."""
    own, brought = accounts["self_sufficiency_share"], accounts["import_dependence_share"]
    assert (own + brought).values == pytest.approx(np.ones(len(PERIODS)))
    line = np.array(LEVELS["line_west"])
    used = accounts["electricity_consumption"].values * 3.6
    assert accounts["electricity_import_share"].values == pytest.approx(line / used)


def test_areas_with_electricity_make_the_assessed_total(accounts: Accounts) -> None:
    """Allocation moves CO2 between areas and loses none; direct areas make the territory."""
    scopes = accounts["co2_by_scope"]
    allocated = accounts["co2_with_electricity"].sum("sector")
    assert allocated.values == pytest.approx(scopes.sel(scope="C1").values)
    direct = accounts["co2_by_area"].sum("sector")
    assert direct.values == pytest.approx(scopes.sel(scope="territorial_C1").values)
    assert accounts["co2_cumulative"].values[-1] == pytest.approx(
        float((scopes.sel(scope="C1") * np.array([1, 1, 4, 5, 5, 25])).sum())
    )


def test_power_is_counted_in_its_units(accounts: Accounts) -> None:
    """250 PJ of nuclear are 69.4 TWh and at 7700 h 9.02 GW; coal is the rest."""
    assert float(accounts["generation_by_type"].sel(group="nuclear", period=2020)) == pytest.approx(
        250 / 3.6
    )
    assert float(accounts["capacity_by_type"].sel(group="nuclear", period=2020)) == pytest.approx(
        250 / 3.6e-3 / 7700
    )
    lines = accounts["imports_by_line"].sel(technology="line_west").values
    assert lines == pytest.approx(accounts["net_imported_electricity"].values)
    coal = accounts["generation_by_type"].sel(group="coal") / accounts["generation_total"]
    assert coal.values == pytest.approx(accounts["coal_power_share"].values)
    clean = accounts["non_fossil_power_share"]
    assert bool((clean + accounts["coal_power_share"] < 1.0).all())


def test_dispatch_meets_the_load_and_its_losses(accounts: Accounts) -> None:
    """In each slice generation and line make 1.05 times the load, but for the sun's hours."""
    made = accounts["dispatch"].sum("group").mean("time_slice")
    load = accounts["load"].sum("sector").mean("time_slice")
    assert float(made.sel(period=2021)) > float(load.sel(period=2021))
    weights = accounts["dispatch"]["time_slice_share"]
    yearly = (accounts["dispatch"].sum("group") * weights).sum("time_slice") * 8.76
    assert yearly.values == pytest.approx(accounts["electricity_consumption"].values)


def test_final_energy_in_both_layouts(accounts: Accounts) -> None:
    """The statistical layout moves 100 PJ of car fuel from transport to residents in 2020."""
    model, table = accounts["final_energy_by_area"], accounts["final_energy_statistical"]
    moved = (table - model).sel(period=2020)
    assert float(moved.sel(sector="residents")) == pytest.approx(100.0)
    assert float(moved.sel(sector="transport")) == pytest.approx(-100.0)
    assert table.sum("sector").values == pytest.approx(model.sum("sector").values)
    carriers = accounts["final_energy_by_carrier"].sum("carrier").values
    assert carriers == pytest.approx(model.sum("sector").values)
    electric = accounts["electrification_by_area"].sel(sector="transport", period=2020)
    assert float(electric) == pytest.approx(1.2 / (1.2 + 170 * 2.4))


def test_technologies_share_their_service(accounts: Accounts) -> None:
    """10 of 14 Mt of steel come from converters; every service adds up to one."""
    share = accounts["technology_share"].sel(commodity="steel", period=2020)
    assert float(share.sel(technology="steel_bof")) == pytest.approx(10 / 14)
    assert float(share.sum()) == pytest.approx(1.0)
    assert float(accounts["services"].sel(commodity="steel", period=2020)) == 14.0


def test_the_carbon_price_is_market_plus_margin(accounts: Accounts) -> None:
    """In 2030 the market price is 0.15 bn per Mt of fuel CO2, i.e. 150 CNY/t of that."""
    paid = 0.15 * float(accounts["co2_by_scope"].sel(scope="energy", period=2030))
    territory = float(accounts["co2_by_scope"].sel(scope="territorial_C1", period=2030))
    assert float(accounts["carbon_price"].sel(period=2030)) == pytest.approx(
        1000 * paid / territory
    )
    assert float(accounts["electricity_price"].sel(period=2030)) == pytest.approx(0.12 * 3.6)
    assert np.isnan(float(accounts["electricity_price"].sel(period=2020)))
