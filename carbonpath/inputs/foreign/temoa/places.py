"""Where each table of a Temoa database goes, or that it has no place."""

from collections.abc import Mapping

PLACES: Mapping[str, str] = {
    "capacity_factor_process": "parameters.csv capacity_factor, by vintage",
    "capacity_factor_tech": "parameters.csv capacity_factor",
    "capacity_to_activity": "parameters.csv capacity_to_activity",
    "commodity": "commodities.csv; what is not made or not taken has surplus any",
    "construction_input": "flows.csv per new_capacity",
    "cost_emission": "prices.csv",
    "cost_fixed": "parameters.csv fixed_cost",
    "cost_invest": "parameters.csv investment_cost",
    "cost_variable": "parameters.csv variable_cost, by mode",
    "demand": "demands.csv",
    "demand_specific_distribution": "parameters.csv activity_share of what serves the demand",
    "efficiency": "flows.csv: a mode for each input and output",
    "emission_activity": "flows.csv",
    "emission_embodied": "flows.csv per new_capacity",
    "existing_capacity": "stock.csv by vintage and period",
    "lifetime_process": "parameters.csv lifetime; stock.csv",
    "lifetime_survival_curve": "parameters.csv survival_share, investment_cost; stock.csv",
    "lifetime_tech": "parameters.csv lifetime; stock.csv",
    "limit_activity": "limits.csv on activity",
    "limit_activity_share": "limits.csv on activity, of activity",
    "limit_annual_capacity_factor": "limits.csv on activity, of full_activity",
    "limit_capacity": "limits.csv on total_capacity",
    "limit_capacity_share": "limits.csv on total_capacity, of total_capacity",
    "limit_degrowth_capacity": "limits.csv on total_capacity, lag step",
    "limit_degrowth_new_capacity": "limits.csv on new_capacity, lag step",
    "limit_emission": "limits.csv on emissions",
    "limit_growth_capacity": "limits.csv on total_capacity, lag step",
    "limit_growth_new_capacity": "limits.csv on new_capacity, lag step",
    "limit_new_capacity": "limits.csv on new_capacity",
    "limit_new_capacity_share": "limits.csv on new_capacity, of new_capacity",
    "limit_resource": "limits.csv on activity, between sum",
    "limit_seasonal_capacity_factor": "limits.csv on activity, of full_activity",
    "limit_storage_level_fraction": "limits.csv on storage_level, of total_capacity",
    "limit_tech_input_split": "limits.csv on mode_input, each time_slice",
    "limit_tech_input_split_annual": "limits.csv on mode_input",
    "limit_tech_output_split": "limits.csv on activity, each time_slice",
    "limit_tech_output_split_annual": "limits.csv on activity",
    "loan_lifetime_process": "parameters.csv loan_lifetime",
    "loan_rate": "parameters.csv hurdle_rate",
    "metadata_real": "dataset.yaml discount_rate; parameters.csv hurdle_rate",
    "linked_tech": "flows.csv: a commodity for each vintage binds the two",
    "planning_reserve_margin": "a commodity reserve.REGION: capacity gives, production takes",
    "ramp_up_hourly": "parameters.csv ramp_rate; of yearly activity per hour, as published",
    "ramp_down_hourly": "parameters.csv ramp_down_rate; of yearly activity per hour, as published",
    "capacity_credit": "flows.csv per capacity of reserve.REGION",
    "region": "regions.csv, with a region for each line between two",
    "storage_duration": "flows.csv per capacity of the stored commodity",
    "technology": "technologies.csv; flags see docs/coverage.md",
    "time_of_day": "time_slices.csv",
    "time_period": "the scenario's horizon",
    "time_season": "time_slices.csv",
}
"""Tables that are imported."""
UNSUPPORTED: Mapping[str, str] = {
    "efficiency_variable": "efficiency that differs between time slices",
    "emission_end_of_life": "emissions of withdrawn capacity, by vintage",
    "end_of_life_output": "what withdrawn capacity yields, by vintage",
    "limit_degrowth_new_capacity_delta": "limits on the change of what is built",
    "limit_growth_new_capacity_delta": "limits on the change of what is built",
    "reserve_capacity_derate": "reserve margins by the dynamic method",
    "rps_requirement": "replaced by limit_activity_share in Temoa itself",
    "time_season_sequential": "an order of seasons other than that of time_season",
}
"""Tables that have no place."""
READ_WITH = ("tech_group", "tech_group_member")
"""Tables that say nothing by themselves: they belong to limits by group."""
LABELS = (
    "metadata", "commodity_type", "technology_type", "time_period_type", "operator",
    "sector_label", "myopic_efficiency",
)  # fmt: skip
"""Tables of labels, of results and of runs."""
RESULTS = "output_"
