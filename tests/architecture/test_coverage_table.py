"""Every row of the table of the model class, and each feature in it, has a test solved on paper.

A test counts if its docstring holds numbers and it asserts a quantity and a dual. What has whole
numbers has the dual that is left when they are fixed.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOLVED = ROOT / "tests" / "solved"
TABLE = ROOT.parent / "shared" / "design" / "architecture.md"
MAP: dict[str, dict[str, str]] = {
    "Input/OutputActivityRatio, ModeOfOperation; efficiency[i,t,v,o]": {
        "inputs and outputs": "operation.energy_is_not_thrown_away_but_by_products_are",
        "modes": "operation.modes_are_chosen_under_a_cap",
        "efficiency by vintage": "capacity.kept_vintages_run_in_the_order_of_their_merit",
    },
    "EmissionActivityRatio, EmissionsPenalty; emission_activity, embodied, end of life": {
        "activity and penalty": "emissions.a_price_below_the_switching_cost_is_paid",
        "embodied": "capacity.building_emits_what_it_embodies",
        "end of life": "life.closing_early_emits_and_the_emission_is_paid",
    },
    "CapacityFactor, AvailabilityFactor, CapacityToActivityUnit": {
        "capacity factor, activity of capacity": "operation.a_capacity_factor_bounds_each_slice",
        "availability": "operation.availability_bounds_an_annual_technology",
    },
    "OperationalLife, ResidualCapacity; survival curves, early retirement": {
        "life": "capacity.a_short_life_is_built_again_for_what_is_missing",
        "residual capacity": "capacity.stock_serves_before_anything_is_built",
        "survival curve": "life.a_survival_curve_wears_capacity_down",
        "early retirement": "capacity.closed_capacity_stays_closed",
        "end-of-life output": "leaving.what_leaves_yields_its_material_once",
    },
    "TotalAnnualMax/MinCapacity, ...Investment, activity limits (annual, whole horizon)": {
        "capacity": "capacity.committed_projects_are_built_and_potentials_hold",
        "investment": "capacity.build_rate_is_per_year",
        "activity of a year": "operation.activity_bounds_hold_over_the_year",
        "activity of the horizon": "shares.activity_over_the_horizon_is_bounded_in_all_its_years",
        "no limit": "osemosys_words.minus_one_and_nines_are_no_limit_and_zero_is_none_at_all",
    },
    "RE target, reserve margin; capacity/activity shares, input/output splits, growth and "
    "degrowth, resource limits": {
        "renewable target": "osemosys_words.a_renewable_target_is_a_share_of_the_tagged_fuel",
        "reserve margin": "stores_and_reserves.capacity_covers_production_and_reserve",
        "static margin": "bonds.a_static_margin_is_a_commodity_of_capacity",
        "capacity share": "shares.a_share_of_capacity_is_held",
        "new capacity share": "shares.a_share_of_what_is_built_is_held",
        "activity share": "shares.a_share_of_activity_is_held",
        "input split": "temoa_parts.a_share_of_inputs_weighs_each_mode_by_what_it_takes",
        "input split by slice": "shares.inputs_are_split_in_every_time_slice",
        "output split": "shares.outputs_are_split_over_the_year",
        "output split by slice": "shares.outputs_are_split_in_every_time_slice",
        "growth with a seed": "temoa_parts.a_limit_may_follow_the_period_before_without_compounding",  # noqa: E501
        "degrowth": "life.capacity_falls_no_faster_than_it_may",
        "resource": "shares.a_resource_counts_each_period_once",
    },
    "AnnualEmissionLimit, ModelPeriodEmissionLimit, exogenous emissions": {
        "of a year": "limits.a_cap_moves_activity_to_gas_and_prices_carbon",
        "of the horizon": "limits.a_budget_over_the_horizon_weighs_periods_by_years",
        "exogenous": "emissions.emissions_from_outside_count_but_are_not_priced",
        "exogenous, horizon": "emissions.emissions_from_outside_count_over_the_horizon",
    },
    "Storage (linked technologies, storage facility); storage techs with duration, seasonal "
    "storage": {
        "facility": "stores_and_reserves.what_a_lake_holds_goes_on_to_the_next_year",
        "duration": "operation.a_battery_carries_day_to_night_on_every_day_alike",
        "seasonal": "operation.a_season_store_carries_summer_to_winter",
    },
    "Trade routes; exchange technologies": {
        "losses": "stores_and_reserves.trade_loses_on_its_way",
    },
    "CapitalCost, FixedCost, VariableCost, discounting, salvage, technology-specific rates, "
    "loans": {
        "sinking fund": "money.overnight_with_a_sinking_fund_pays_the_years_that_are_used",
        "straight line": "money.overnight_in_a_straight_line_returns_half",
        "own rate": "money.a_rate_of_its_own_makes_an_overnight_investment_dearer",
        "annuity": "money.an_annuity_at_a_rate_of_its_own_is_paid_while_it_serves",
        "loan": "money.a_loan_is_paid_over_the_life_and_counts_within_the_horizon",
        "running": "money.fixed_and_variable_costs_are_discounted_from_the_middle_of_their_year",
    },
    "CapacityOfOneTechnologyUnit": {
        "units": "capacity.capacity_comes_in_whole_units",
    },
    "tech_annual, baseload, curtailment, ramping, linked techs, flex": {
        "annual": "operation.an_annual_service_takes_electricity_along_its_shape",
        "baseload": "temoa_parts.steady_output_is_even_within_a_season",
        "curtailment": "bonds.what_is_not_wanted_is_curtailed",
        "ramping": "operation.ramping_ties_neighbouring_slices",
        "ramping down": "bonds.output_falls_more_slowly_than_it_rises",
        "linked": "bonds.a_linked_technology_runs_as_the_first_one_emits",
        "flex": "bonds.a_flexible_plant_lets_its_by_product_go",
        "construction input": "capacity.building_takes_material_and_standing_takes_upkeep",
    },
    "demand profiles, accumulated demand; demand-specific distribution": {
        "profile": "operation.an_annual_service_takes_electricity_along_its_shape",
        "accumulated": "stores_and_reserves.some_demand_may_be_met_at_any_time",
        "distribution": "temoa_parts.activity_follows_its_shape",
    },
    "myopic, alternatives (MGA), Monte Carlo": {
        "myopic": "myopic.a_budget_is_spent_by_those_who_come_first",
        "myopic, growth": "myopic.growth_refers_to_what_was_decided",
        "myopic, salvage": "myopic.what_is_left_of_an_investment_at_the_end_of_the_view_is_not_paid",  # noqa: E501
    },
    "**Zhejiang**": {
        "statutory share": "statutory.a_share_of_non_fossil_energy_is_an_exact_row",
        "peak": "limits.a_peak_is_a_total_that_does_not_rise",
        "soft target": "limits.a_soft_limit_is_missed_where_its_price_is_below_the_cost",
    },
}
QUANTITY = {"activity", "value", "cost", "limit", "saves", "horizon_price"}
DUAL = {"price", "dual", "row_duals", "horizon_price", "saves"}
PRICES = re.compile("commodity_price|limit_price|electricity_price|'price'")
TESTS = sorted({name for features in MAP.values() for name in features.values()})


def function(name: str) -> ast.FunctionDef:
    """The test of a name such as `limits.a_soft_limit_is_kept`."""
    file, test = name.split(".")
    tree = ast.parse((SOLVED / f"test_{file}.py").read_text(encoding="utf-8"))
    found = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == f"test_{test}"]
    assert len(found) == 1, f"there is no test {name}"
    return found[0]


@pytest.mark.parametrize("name", TESTS)
def test_a_feature_is_solved_on_paper_with_its_dual(name: str) -> None:
    found = function(name)
    assert re.search(r"\d", ast.get_docstring(found) or ""), f"{name} is not solved on paper"
    words = {n.attr for n in ast.walk(found) if isinstance(n, ast.Attribute)}
    words |= {n.id for n in ast.walk(found) if isinstance(n, ast.Name)}
    assert words & QUANTITY, f"{name} asserts no quantity"
    assert words & DUAL or PRICES.search(ast.unparse(found)), f"{name} asserts no dual"


@pytest.mark.skipif(not TABLE.exists(), reason="the table is not at hand")
def test_every_row_of_the_table_has_its_features() -> None:
    text = TABLE.read_text(encoding="utf-8").split("### 1.4")[1].split("\n\n## ")[0]
    rows = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| ")][1:]
    rows = [row.split(":")[0] if row.startswith("**") else row for row in rows]
    assert rows == list(MAP)
