"""Where each table of a Temoa database goes, and each setting that Temoa keeps outside it."""

from collections.abc import Iterator, Mapping

from carbonpath.inputs.foreign.temoa.config import MYOPIC, Configuration

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
    "efficiency_variable": "flows.csv: modes that run in some time slices (mode_runs)",
    "emission_embodied": "flows.csv per new_capacity",
    "emission_end_of_life": "flows.csv per retirement, by vintage; start_share, end_share",
    "end_of_life_output": "flows.csv per retirement, by vintage; start_share, end_share",
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
    "limit_degrowth_new_capacity_delta": "limits.csv on build_change, lag step",
    "limit_emission": "limits.csv on emissions",
    "limit_growth_capacity": "limits.csv on total_capacity, lag step",
    "limit_growth_new_capacity": "limits.csv on new_capacity, lag step",
    "limit_growth_new_capacity_delta": "limits.csv on build_change, lag step",
    "limit_new_capacity": "limits.csv on new_capacity",
    "limit_new_capacity_share": "limits.csv on new_capacity, of new_capacity",
    "limit_resource": "limits.csv on activity, between sum",
    "limit_seasonal_capacity_factor": "limits.csv on activity, of full_activity",
    "limit_storage_level_fraction": "limits.csv on storage_level or sequence_level, of capacity",
    "limit_tech_input_split": "limits.csv on mode_input, each time_slice",
    "limit_tech_input_split_annual": "limits.csv on mode_input",
    "limit_tech_output_split": "limits.csv on activity, each time_slice",
    "limit_tech_output_split_annual": "limits.csv on activity",
    "loan_lifetime_process": "parameters.csv loan_lifetime",
    "loan_rate": "parameters.csv hurdle_rate",
    "metadata_real": "dataset.yaml discount_rate; parameters.csv hurdle_rate",
    "linked_tech": "flows.csv: a commodity for each vintage binds the two",
    "planning_reserve_margin": "a commodity reserve.REGION: capacity gives, production takes",
    "ramp_up_hourly": "parameters.csv ramp_rate",
    "ramp_down_hourly": "parameters.csv ramp_down_rate",
    "capacity_credit": "flows.csv per capacity of reserve.REGION, by vintage (static margin)",
    "reserve_capacity_derate": "flows.csv per capacity of reserve.REGION (dynamic margin)",
    "rps_requirement": "limits.csv on activity, of activity of the technologies with reserve",
    "region": "regions.csv, with a region for each line between two",
    "storage_duration": "flows.csv per capacity of the stored commodity",
    "technology": "technologies.csv; flags see docs/coverage.md",
    "time_of_day": "time_slices.csv",
    "time_period": "the scenario's horizon",
    "time_season": "time_slices.csv",
    "time_season_sequential": "sequence.csv, for seasonal storage and ramps between seasons",
    "time_segment_fraction": "time_slices.csv (early drafts of version 4)",
}
"""Tables that are imported."""
READ_WITH = ("tech_group", "tech_group_member")
"""Tables that say nothing by themselves: they belong to limits by group."""
LABELS = (
    "metadata", "season_label", "commodity_type", "technology_type", "time_period_type", "operator",
    "sector_label", "myopic_efficiency",
)  # fmt: skip
"""Tables of labels, of results and of runs."""
RESULTS = "output_"
LATER = (
    "read by the formulation of 4.0, in which what nothing takes, or nothing makes, is not balanced"
)
"""What is said of databases of a later minor version."""
SETTINGS: Mapping[str, str] = {
    "time_sequencing": "time_slices.csv, sequence.csv; dataset.yaml conventions ramps",
    "reserve_margin": "flows.csv of reserve.REGION, by the static or dynamic method",
    "days_per_period": "time_slices.csv repeats; sizes of stores, ramp rates",
    "scenario_mode": "the scenario's solve mode; other modes than myopic foresee the horizon",
    "myopic.view_depth": "the scenario's solve view",
    "myopic.step_size": "the scenario's solve step",
}
"""Settings of the configuration file that change the model."""


def settings(config: Configuration, days: float) -> Iterator[tuple[str, str]]:
    """Yield each setting with its value and its place."""
    values = {
        "time_sequencing": config.time_sequencing, "reserve_margin": config.reserve_margin,
        "days_per_period": f"{days:g}", "scenario_mode": config.mode,
    }  # fmt: skip
    if config.mode == MYOPIC:
        values |= {"myopic.view_depth": f"{config.view}", "myopic.step_size": f"{config.step}"}
    for name, value in values.items():
        yield f"config {name} = {value}", SETTINGS[name]
