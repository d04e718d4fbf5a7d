"""The sets and parameters of the published OSeMOSYS formulation, with their dimensions."""

SETS = (
    "YEAR", "TECHNOLOGY", "TIMESLICE", "FUEL", "EMISSION", "MODE_OF_OPERATION", "REGION",
    "SEASON", "DAYTYPE", "DAILYTIMEBRACKET", "STORAGE", "FLEXIBLEDEMANDTYPE",
)  # fmt: skip

REPEATED = "_REGION"
"""A set that newer files hold for the other end of trade routes: the regions once more."""

R, T, F, E, M, Y, L, S = (
    "REGION", "TECHNOLOGY", "FUEL", "EMISSION", "MODE_OF_OPERATION", "YEAR", "TIMESLICE", "STORAGE",
)  # fmt: skip
LS, LD, LH, RR = "SEASON", "DAYTYPE", "DAILYTIMEBRACKET", "_REGION"

DIMENSIONS: dict[str, tuple[str, ...]] = {
    "YearSplit": (L, Y),
    "DiscountRate": (R,),
    "DiscountRateIdv": (R, T),
    "DiscountRateStorage": (R, S),
    "DaySplit": (LH, Y),
    "Conversionls": (L, LS),
    "Conversionld": (L, LD),
    "Conversionlh": (L, LH),
    "DaysInDayType": (LS, LD, Y),
    "TradeRoute": (R, RR, F, Y),
    "DepreciationMethod": (R,),
    "SpecifiedAnnualDemand": (R, F, Y),
    "SpecifiedDemandProfile": (R, F, L, Y),
    "AccumulatedAnnualDemand": (R, F, Y),
    "CapacityToActivityUnit": (R, T),
    "TechWithCapacityNeededToMeetPeakTS": (R, T),
    "CapacityFactor": (R, T, L, Y),
    "AvailabilityFactor": (R, T, Y),
    "OperationalLife": (R, T),
    "ResidualCapacity": (R, T, Y),
    "InputActivityRatio": (R, T, F, M, Y),
    "OutputActivityRatio": (R, T, F, M, Y),
    "CapitalCost": (R, T, Y),
    "VariableCost": (R, T, M, Y),
    "FixedCost": (R, T, Y),
    "TechnologyToStorage": (R, T, S, M),
    "TechnologyFromStorage": (R, T, S, M),
    "StorageLevelStart": (R, S),
    "StorageMaxChargeRate": (R, S),
    "StorageMaxDischargeRate": (R, S),
    "MinStorageCharge": (R, S, Y),
    "OperationalLifeStorage": (R, S),
    "CapitalCostStorage": (R, S, Y),
    "ResidualStorageCapacity": (R, S, Y),
    "CapacityOfOneTechnologyUnit": (R, T, Y),
    "TotalAnnualMaxCapacity": (R, T, Y),
    "TotalAnnualMinCapacity": (R, T, Y),
    "TotalAnnualMaxCapacityInvestment": (R, T, Y),
    "TotalAnnualMinCapacityInvestment": (R, T, Y),
    "TotalTechnologyAnnualActivityUpperLimit": (R, T, Y),
    "TotalTechnologyAnnualActivityLowerLimit": (R, T, Y),
    "TotalTechnologyModelPeriodActivityUpperLimit": (R, T),
    "TotalTechnologyModelPeriodActivityLowerLimit": (R, T),
    "ReserveMarginTagTechnology": (R, T, Y),
    "ReserveMarginTagFuel": (R, F, Y),
    "ReserveMargin": (R, Y),
    "RETagTechnology": (R, T, Y),
    "RETagFuel": (R, F, Y),
    "REMinProductionTarget": (R, Y),
    "EmissionActivityRatio": (R, T, E, M, Y),
    "EmissionsPenalty": (R, E, Y),
    "AnnualExogenousEmission": (R, E, Y),
    "AnnualEmissionLimit": (R, E, Y),
    "ModelPeriodExogenousEmission": (R, E),
    "ModelPeriodEmissionLimit": (R, E),
}
"""Dimensions of every parameter in the order of the published formulation."""

ABSENT = {-1.0, 99999.0, 999999.0, 9999999.0, 1e9, 1e10}
"""Values by which OSeMOSYS data say that an upper limit does not exist."""
LEAST_ABSENT = 99999.0
"""From here on a number of nines only says the same."""
UPPER_LIMITS = (
    "TotalAnnualMaxCapacity", "TotalAnnualMaxCapacityInvestment",
    "TotalTechnologyAnnualActivityUpperLimit", "TotalTechnologyModelPeriodActivityUpperLimit",
    "AnnualEmissionLimit", "ModelPeriodEmissionLimit",
    "StorageMaxChargeRate", "StorageMaxDischargeRate",
)  # fmt: skip
RESULTS = (
    "AccumulatedNewCapacity", "AccumulatedNewStorageCapacity", "AnnualEmissions",
    "AnnualFixedOperatingCost", "AnnualTechnologyEmission", "AnnualTechnologyEmissionByMode",
    "AnnualVariableOperatingCost", "CapitalInvestment", "CapitalInvestmentStorage", "Demand",
    "DiscountedCapitalInvestment", "DiscountedCapitalInvestmentStorage", "DiscountedCostByStorage",
    "DiscountedCostByTechnology", "DiscountedOperationalCost", "DiscountedSalvageValue",
    "DiscountedSalvageValueStorage", "DiscountedTechnologyEmissionsPenalty", "NewCapacity",
    "NewStorageCapacity", "NumberOfNewTechnologyUnits", "ProductionByTechnology",
    "ProductionByTechnologyAnnual", "RateOfActivity", "RateOfProductionByTechnology",
    "RateOfProductionByTechnologyByMode", "RateOfUseByTechnology", "RateOfUseByTechnologyByMode",
    "SalvageValue", "SalvageValueStorage", "StorageLevelDayTypeFinish", "StorageLevelDayTypeStart",
    "StorageLevelSeasonStart", "StorageLevelYearFinish", "StorageLevelYearStart",
    "TotalAnnualTechnologyActivityByMode", "TotalCapacityAnnual", "TotalDiscountedCost",
    "TotalTechnologyAnnualActivity", "TotalTechnologyModelPeriodActivity", "Trade",
    "UseByTechnology",
)  # fmt: skip
"""Tables of results, which may lie beside the data and are not read."""
SHORT = {
    "TotalAnnualMaxCapacityInvestmen": "TotalAnnualMaxCapacityInvestment",
    "TotalAnnualMinCapacityInvestmen": "TotalAnnualMinCapacityInvestment",
    "TotalTechnologyAnnualActivityLo": "TotalTechnologyAnnualActivityLowerLimit",
    "TotalTechnologyAnnualActivityUp": "TotalTechnologyAnnualActivityUpperLimit",
    "TotalTechnologyModelPeriodActLo": "TotalTechnologyModelPeriodActivityLowerLimit",
    "TotalTechnologyModelPeriodActUp": "TotalTechnologyModelPeriodActivityUpperLimit",
}
"""otoole's own names of sheets where the configuration has none; a sheet's has 31 characters."""
