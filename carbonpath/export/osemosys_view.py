"""A system as labelled tables, and the OSeMOSYS rows that are made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from carbonpath.system.parameter import DERIVED
from carbonpath.system.system import EnergySystem

R, T, F, E, M, Y, L, S = (
    "REGION", "TECHNOLOGY", "FUEL", "EMISSION", "MODE_OF_OPERATION", "YEAR", "TIMESLICE", "STORAGE",
)  # fmt: skip
SETS = (Y, T, L, F, E, M, R, "SEASON", "DAYTYPE", "DAILYTIMEBRACKET", S)
RTY, RSY = (R, T, Y), (R, S, Y)
INDICES: Mapping[str, tuple[str, ...]] = {
    "YearSplit": (L, Y), "DiscountRate": (R,), "DiscountRateIdv": (R, T),
    "DiscountRateStorage": (R, S), "DaySplit": ("DAILYTIMEBRACKET", Y),
    "Conversionls": (L, "SEASON"), "Conversionld": (L, "DAYTYPE"),
    "Conversionlh": (L, "DAILYTIMEBRACKET"), "DaysInDayType": ("SEASON", "DAYTYPE", Y),
    "TradeRoute": (R, "_REGION", F, Y), "DepreciationMethod": (R,),
    "SpecifiedAnnualDemand": (R, F, Y), "SpecifiedDemandProfile": (R, F, L, Y),
    "AccumulatedAnnualDemand": (R, F, Y), "CapacityToActivityUnit": (R, T),
    "CapacityFactor": (R, T, L, Y), "AvailabilityFactor": RTY, "OperationalLife": (R, T),
    "ResidualCapacity": RTY, "InputActivityRatio": (R, T, F, M, Y),
    "OutputActivityRatio": (R, T, F, M, Y), "CapitalCost": RTY, "VariableCost": (R, T, M, Y),
    "FixedCost": RTY, "TechnologyToStorage": (R, T, S, M), "TechnologyFromStorage": (R, T, S, M),
    "StorageLevelStart": (R, S), "StorageMaxChargeRate": (R, S),
    "StorageMaxDischargeRate": (R, S), "MinStorageCharge": RSY, "OperationalLifeStorage": (R, S),
    "CapitalCostStorage": RSY, "ResidualStorageCapacity": RSY, "CapacityOfOneTechnologyUnit": RTY,
    "TotalAnnualMaxCapacity": RTY, "TotalAnnualMinCapacity": RTY,
    "TotalAnnualMaxCapacityInvestment": RTY, "TotalAnnualMinCapacityInvestment": RTY,
    "TotalTechnologyAnnualActivityUpperLimit": RTY, "TotalTechnologyAnnualActivityLowerLimit": RTY,
    "TotalTechnologyModelPeriodActivityUpperLimit": (R, T),
    "TotalTechnologyModelPeriodActivityLowerLimit": (R, T), "ReserveMarginTagTechnology": RTY,
    "ReserveMarginTagFuel": (R, F, Y), "ReserveMargin": (R, Y), "RETagTechnology": RTY,
    "RETagFuel": (R, F, Y), "REMinProductionTarget": (R, Y),
    "EmissionActivityRatio": (R, T, E, M, Y), "EmissionsPenalty": (R, E, Y),
    "AnnualExogenousEmission": (R, E, Y), "AnnualEmissionLimit": (R, E, Y),
    "ModelPeriodExogenousEmission": (R, E), "ModelPeriodEmissionLimit": (R, E),
}  # fmt: skip
"""Every parameter with its indices."""
DEFAULTS: Mapping[str, float] = {
    **dict.fromkeys(
        ("CapacityFactor", "AvailabilityFactor", "CapacityToActivityUnit", "OperationalLife",
         "DepreciationMethod"), 1.0,
    ),
    **dict.fromkeys(
        ("TotalAnnualMaxCapacity", "TotalAnnualMaxCapacityInvestment", "AnnualEmissionLimit",
         "TotalTechnologyAnnualActivityUpperLimit", "ModelPeriodEmissionLimit",
         "TotalTechnologyModelPeriodActivityUpperLimit"), -1.0,
    ),
    "StorageMaxChargeRate": 99999.0, "StorageMaxDischargeRate": 99999.0, "DaysInDayType": 7.0,
}  # fmt: skip
SHORT: Mapping[str, str] = {
    "TotalAnnualMaxCapacityInvestment": "TotalAnnualMaxCapacityInvestmen",
    "TotalAnnualMinCapacityInvestment": "TotalAnnualMinCapacityInvestmen",
    "TotalTechnologyAnnualActivityLowerLimit": "TotalTechnologyAnnualActivityLo",
    "TotalTechnologyAnnualActivityUpperLimit": "TotalTechnologyAnnualActivityUp",
    "TotalTechnologyModelPeriodActivityLowerLimit": "TotalTechnologyModelPeriodActLo",
    "TotalTechnologyModelPeriodActivityUpperLimit": "TotalTechnologyModelPeriodActUp",
}
"""Names of sheets where a name is longer than 31 characters, as otoole has them."""
Ends = tuple[tuple[str, str], tuple[float, float]]


@dataclass
class View:
    """The system, and rows by parameter as they are found; `lost` names what has no place."""

    system: EnergySystem
    sets: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, dict[tuple[str, ...], float]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    def put(self, name: str, key: tuple[str, ...], value: float) -> None:
        """Set a value."""
        self.rows.setdefault(name, {})[key] = float(value)

    def table(self, name: str) -> pd.DataFrame:
        """Return a parameter with a column of labels for each letter, and its values."""
        given = self.system.parameters.get(name)
        if given is None:
            letters = DERIVED[name][0] if name in DERIVED else "rtvmcps"
            return pd.DataFrame(columns=[*letters, "value"])
        labels = self.system.labels
        columns = {
            letter: pd.Series(labels["r" if letter == "o" else letter], dtype=object)
            .take(given.keys[:, place])
            .to_numpy()
            for place, letter in enumerate(given.dims)
        }
        return pd.DataFrame({**columns, "value": given.values})

    @cached_property
    def holders(self) -> set[str]:
        """Technologies that only hold a store."""
        return set(self.table("store_size")["t"]) - set(self.table("flow")["t"])

    @cached_property
    def traders(self) -> set[str]:
        """Technologies that make or take in another region."""
        return set(self.table("flow_there")["t"])

    @cached_property
    def apart(self) -> set[str]:
        """Technologies that are something else there: stores, routes, exogenous emissions."""
        flowing = set(self.table("flow")["t"])
        outside = set(self.table("exogenous_emission")["t"]) - flowing
        return {*self.holders, *self.traders, *outside}

    @cached_property
    def modes(self) -> set[str]:
        """Modes that something other than a trade route runs in."""
        flows = self.table("flow")
        return set(flows.loc[~flows["t"].isin(list(self.traders)), "m"])

    @cached_property
    def trade(self) -> dict[tuple[str, str, str], Ends]:
        """By technology, commodity and year: both regions, and what one unit is worth in each."""
        here = self.table("flow").set_index(["t", "m", "c", "p"])["value"].to_dict()
        found: dict[tuple[str, str, str], Ends] = {}
        for row in self.table("flow_there").to_dict("records"):
            if row["value"] > 0:
                own = here.get((row["t"], row["m"], row["c"], row["p"]), 0.0)
                ends = ((row["r"], row["o"]), (-own, row["value"]))
                found[row["t"], row["c"], row["p"]] = ends
        return found

    def is_route(self, technology: str) -> bool:
        """Whether a technology runs forth and back alike, free and without a capacity."""
        flows = pd.concat([self.table("flow"), self.table("flow_there")])
        mine = flows[flows["t"] == technology]
        sums = mine.groupby(["c", "p", "o"], dropna=False)["value"].sum().abs()
        unit = self.system.technologies["capacity_unit"][technology]
        return len(set(mine["m"])) == 2 and bool((sums < 1e-12).all()) and not unit
