"""Single values that cannot be, in the words of the data."""

from collections.abc import Callable, Iterator, Mapping

from carbonpath.inputs.foreign.osemosys.names import DIMENSIONS, SETS, UPPER_LIMITS
from carbonpath.inputs.foreign.osemosys.values import Values

NEEDED = ("REGION", "YEAR", "TIMESLICE", "TECHNOLOGY", "MODE_OF_OPERATION")
ORDERED = ("SEASON", "DAYTYPE", "DAILYTIMEBRACKET")
NOT_NEGATIVE = (
    "CapitalCost", "FixedCost", "ResidualCapacity", "CapacityFactor", "AvailabilityFactor",
    "SpecifiedAnnualDemand", "SpecifiedDemandProfile", "AccumulatedAnnualDemand",
    "CapacityToActivityUnit", "YearSplit", "CapitalCostStorage", "EmissionsPenalty",
    "InputActivityRatio", "OutputActivityRatio", "DiscountRate", "DiscountRateIdv",
    "DiscountRateStorage", "DaySplit", "DaysInDayType", "TradeRoute", "TechnologyToStorage",
    "TechnologyFromStorage", "StorageLevelStart", "MinStorageCharge", "ResidualStorageCapacity",
    "OperationalLifeStorage",
    "CapacityOfOneTechnologyUnit", "TotalAnnualMinCapacity", "TotalAnnualMinCapacityInvestment",
    "TotalTechnologyAnnualActivityLowerLimit", "TotalTechnologyModelPeriodActivityLowerLimit",
    "ReserveMarginTagTechnology", "ReserveMarginTagFuel", "RETagTechnology", "RETagFuel",
)  # fmt: skip
ZERO_OR_ONE = ("Conversionls", "Conversionld", "Conversionlh")
SHARES = ("MinStorageCharge",)
LIVES = ("OperationalLife",)
Wrong = tuple[Callable[[float], bool], str]
RULES: Mapping[str, Wrong] = {
    **dict.fromkeys(NOT_NEGATIVE, (lambda value: value < 0, "it cannot be below zero")),
    **dict.fromkeys(
        UPPER_LIMITS,
        (lambda value: value < 0 and value != -1, "below zero only -1 is meant: no limit"),
    ),
    **dict.fromkeys(ZERO_OR_ONE, (lambda value: value not in (0, 1), "it is 0 or 1")),
    **dict.fromkeys(SHARES, (lambda value: not 0 <= value <= 1, "it is a share from 0 to 1")),
    **dict.fromkeys(LIVES, (lambda value: value <= 0, "it lasts a year at least")),
    "DepreciationMethod": (
        lambda value: value not in (1, 2),
        "1 is the sinking fund and 2 the straight line",
    ),
}
"""By parameter: when a value is wrong, and what is right."""


def range_refusals(values: Values) -> Iterator[str]:
    """Yield a sentence for each value out of range."""
    for name, (is_wrong, remark) in RULES.items():
        for key, value in values.given(name).items():
            if is_wrong(value):
                yield f"{name} of {', '.join(key)} is {value:g}; {remark}"


def set_refusals(values: Values) -> Iterator[str]:
    """Yield what is wrong with sets: with these nothing else can be examined."""
    for name in NEEDED:
        if not values.members(name):
            yield f"set {name} is empty; give it members"
    for year in values.members("YEAR"):
        if not year.isdigit() or not 1900 <= int(year) <= 2200:
            yield f"set YEAR: {year!r} is no year from 1900 to 2200"
    for name in ORDERED if values.members("STORAGE") else ():
        for member in values.members(name):
            if not member.isdigit():
                yield (
                    f"set {name}: {member!r} is not a whole number; the levels of stores follow "
                    "their order"
                )


def member_refusals(values: Values) -> Iterator[str]:
    """Yield each label that its set does not hold."""
    known = {name: set(values.members(name)) for name in SETS}
    for name in values.tables:
        for place, dimension in enumerate(DIMENSIONS[name]):
            kind = dimension.removeprefix("_")
            for label in dict.fromkeys(key[place] for key in values.given(name)):
                if label not in known[kind]:
                    yield f"{name}: {label!r} is not in the set {kind}"
