"""Every parameter a technology may be given: dimensions, canonical unit, default, meaning.

`unit` is canonical: `cap` stands for the technology's capacity unit, `act` for its activity unit.
No default where a forgotten value would flatter a technology.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ParameterSpec:
    """One parameter, said once; `osemosys` and `temoa` are its foreign names."""

    name: str
    dims: str
    unit: str
    meaning: str
    default: float | None = None
    lower: float | None = 0.0
    upper: float | None = None
    osemosys: str = ""
    temoa: str = ""


PARAMETERS = (
    ParameterSpec(
        "investment_cost", "rtv", "bn CNY_2020/cap", "Overnight cost of one unit of new capacity",
        osemosys="CapitalCost", temoa="cost_invest",
    ),
    ParameterSpec(
        "fixed_cost", "rtvp", "bn CNY_2020/cap/yr", "Yearly cost of standing capacity",
        default=0.0, osemosys="FixedCost", temoa="cost_fixed",
    ),
    ParameterSpec(
        "variable_cost", "rtvmp", "bn CNY_2020/act", "Cost of one unit of activity; fuel and "
        "import prices are variable costs of supply technologies and lines; negative for sales",
        default=0.0, lower=None, osemosys="VariableCost", temoa="cost_variable",
    ),
    ParameterSpec(
        "exogenous_emission", "rtcp", "Mt", "Emission of a year that no activity of the model "
        "causes: a constant term of emissions, counted by limits, totals and reports, not priced; "
        "of a technology that may have nothing else", default=0.0, lower=None,
        osemosys="AnnualExogenousEmission",
    ),
    ParameterSpec(
        "lifetime", "rtv", "yr", "Years of service of new capacity",
        lower=1.0, osemosys="OperationalLife", temoa="lifetime_process",
    ),
    ParameterSpec(
        "hurdle_rate", "rtv", "1/yr", "Rate at which the decision-maker annuitises investment",
        upper=0.5, osemosys="DiscountRateIdv", temoa="loan_rate",
    ),
    ParameterSpec(
        "loan_lifetime", "rtv", "yr", "Years over which a loan is repaid (convention loan); the "
        "lifetime where absent", lower=1.0, temoa="loan_lifetime_process",
    ),
    ParameterSpec(
        "survival_share", "rtvp", "1", "Share of a period that capacity of a vintage serves, on "
        "average over its years; where absent it follows from the lifetime",
        upper=1.0, temoa="lifetime_survival_curve",
    ),
    ParameterSpec(
        "capacity_to_activity", "rt", "act/cap/yr",
        "Activity of one unit of capacity in a full year",
        osemosys="CapacityToActivityUnit", temoa="capacity_to_activity",
    ),
    ParameterSpec(
        "availability", "rtp", "1", "Largest share of the year's full activity that can run",
        default=1.0, upper=1.0, osemosys="AvailabilityFactor",
        temoa="limit_annual_capacity_factor",
    ),
    ParameterSpec(
        "capacity_factor", "rtvps", "1", "Largest share of capacity that can run in a time slice",
        default=1.0, upper=1.0, osemosys="CapacityFactor", temoa="capacity_factor_process",
    ),
    ParameterSpec(
        "closing", "rtvp", "1", "Zero in periods in which a vintage cannot be closed early "
        "(retirement early), one where it can", default=1.0, upper=1.0, temoa="technology (retire)",
    ),
    ParameterSpec(
        "start_share", "rtvp", "1", "Capacity of a vintage at the start of a period, per capacity "
        "that stands in the period on average, or in the one before where none does; for flows per "
        "retirement by vintage", temoa="lifetime_survival_curve",
    ),
    ParameterSpec(
        "end_share", "rtvp", "1", "Capacity of a vintage at the end of a period, per capacity that "
        "stands in the next one on average, or in this one where none does then; for flows per "
        "retirement by vintage", default=0.0, temoa="lifetime_survival_curve",
    ),
    ParameterSpec(
        "mode_runs", "rtms", "1", "One for the time slices in which a mode runs; a mode without "
        "any runs in all", upper=1.0, temoa="efficiency_variable",
    ),
    ParameterSpec(
        "activity_share", "rtmps", "1", "Share of a mode's yearly activity that falls in a time "
        "slice; where absent activity is free", upper=1.0, temoa="demand_specific_distribution",
    ),
    ParameterSpec(
        "steady", "rt", "1", "One where activity is even within each season, zero where it is free",
        default=0.0, upper=1.0, temoa="technology (pb)",
    ),
    ParameterSpec(
        "input_need", "rtvmp", "1", "What one unit of activity in a mode takes, all inputs "
        "together; for limits on shares of inputs (quantity mode_input)",
        default=0.0, temoa="efficiency",
    ),
    ParameterSpec(
        "minimum_load", "rtp", "1", "Smallest share of capacity that runs in every time slice",
        default=0.0, upper=1.0, temoa="limit_capacity_factor_lower",
    ),
    ParameterSpec(
        "minimum_use", "rtp", "1", "Smallest share of the year's full activity that runs",
        default=0.0, upper=1.0,
    ),
    ParameterSpec(
        "ramp_rate", "rt", "1/h", "Largest change of output between neighbouring slices, as a "
        "share of capacity per hour", temoa="ramp_up_hourly",
    ),
    ParameterSpec(
        "ramp_down_rate", "rt", "1/h", "Largest fall of output between neighbouring slices, as a "
        "share of capacity per hour; ramp_rate where absent", temoa="ramp_down_hourly",
    ),
    ParameterSpec(
        "build_rate", "rtp", "cap/yr", "Largest yearly addition of capacity",
        osemosys="TotalAnnualMaxCapacityInvestment", temoa="limit_new_capacity",
    ),
    ParameterSpec(
        "build_floor", "rtp", "cap/yr", "Smallest yearly addition of capacity (committed projects)",
        osemosys="TotalAnnualMinCapacityInvestment", temoa="limit_new_capacity",
    ),
    ParameterSpec(
        "growth_rate", "rtp", "1/yr", "Largest yearly growth of the yearly addition",
        temoa="limit_growth_new_capacity",
    ),
    ParameterSpec(
        "growth_seed", "rt", "cap/yr", "Addition that is always possible under growth_rate",
        default=0.0, temoa="limit_growth_new_capacity",
    ),
    ParameterSpec(
        "capacity_limit", "rtp", "cap", "Largest standing capacity (potential, sites)",
        osemosys="TotalAnnualMaxCapacity", temoa="limit_capacity",
    ),
    ParameterSpec(
        "capacity_floor", "rtp", "cap", "Smallest standing capacity",
        osemosys="TotalAnnualMinCapacity", temoa="limit_capacity",
    ),
    ParameterSpec(
        "activity_limit", "rtp", "act", "Largest yearly activity",
        osemosys="TotalTechnologyAnnualActivityUpperLimit", temoa="limit_activity",
    ),
    ParameterSpec(
        "activity_floor", "rtp", "act", "Smallest yearly activity",
        osemosys="TotalTechnologyAnnualActivityLowerLimit", temoa="limit_activity",
    ),
    ParameterSpec(
        "capacity_credit", "rtpk", "1", "Share of capacity that counts as firm in a peak situation",
        default=0.0, upper=1.0, temoa="capacity_credit",
    ),
    ParameterSpec(
        "peak_factor", "rtck", "GW/PJ", "Load in a peak situation per yearly use of a commodity; "
        "where absent it follows from the shape the technology has",
    ),
    ParameterSpec(
        "capture_rate", "rtp", "1", "Share of the carbon burnt that is captured",
        default=0.0, upper=1.0,
    ),
    ParameterSpec(
        "non_fossil_share", "rtp", "1", "Non-fossil share of the electricity on a line",
        default=0.0, upper=1.0,
    ),
    ParameterSpec(
        "renewable_share", "rtp", "1", "Renewable share of the electricity on a line",
        default=0.0, upper=1.0,
    ),
    ParameterSpec(
        "storage_loss", "rt", "1/h", "Share of a stored commodity lost per hour, by the technology "
        "that holds it", default=0.0, upper=1.0,
    ),
    ParameterSpec(
        "reserve_credit", "rtp", "1", "Share of capacity that counts as firm in every time slice "
        "(see reserves.csv)", default=0.0, osemosys="ReserveMarginTagTechnology",
    ),
    ParameterSpec(
        "storage_start", "rt", "cap", "Content of a store at the start of the first period, as the "
        "capacity it fills (cycle horizon)", default=0.0, osemosys="StorageLevelStart",
    ),
    ParameterSpec(
        "minimum_level", "rtp", "1", "Smallest share of its size that a store holds",
        default=0.0, upper=1.0, osemosys="MinStorageCharge",
    ),
    ParameterSpec(
        "charge_limit", "rt", "cap/yr", "Fastest charging of a store, as the capacity that a year "
        "of it would fill", osemosys="StorageMaxChargeRate",
    ),
    ParameterSpec(
        "discharge_limit", "rt", "cap/yr", "Fastest discharging of a store, as the capacity that a "
        "year of it would empty", osemosys="StorageMaxDischargeRate",
    ),
    ParameterSpec(
        "unit_size", "rtv", "cap", "Capacity comes in whole multiples of this size (integer)",
        osemosys="CapacityOfOneTechnologyUnit",
    ),
)  # fmt: skip
BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}
YEARS_GIVEN = (
    "build_rate", "build_floor", "growth_rate", "capacity_limit", "capacity_floor",
    "activity_limit", "activity_floor",
)  # fmt: skip
"""Bounds: without `between` they hold in the years given and in no other."""
