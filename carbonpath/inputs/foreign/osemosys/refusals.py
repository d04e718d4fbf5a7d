"""Data that contradict themselves, in the words of the data: every problem, by name and year."""

from collections.abc import Iterator

from carbonpath.inputs.foreign.osemosys.values import Values

SUM_TOLERANCE = 1e-3
"""How far the shares of a year's slices may be from one by rounding."""
ROUNDING = 1e-9


def refusals(values: Values) -> list[str]:
    """Return a sentence for each contradiction; none means that the data can be imported."""
    if missing := [name for name in ("REGION", "YEAR", "TIMESLICE") if not values.members(name)]:
        return [f"set {name} is empty; give it members" for name in missing]
    found = [
        *_unknown_members(values), *_years(values), *_slices(values), *_limits(values),
        *_capacities(values), *_activities(values), *_horizon(values), *_signs(values),
        *_routes(values),
    ]  # fmt: skip
    return list(dict.fromkeys(found))


def _unknown_members(values: Values) -> Iterator[str]:
    from carbonpath.inputs.foreign.osemosys.names import DIMENSIONS

    for name in values.tables:
        for place, dimension in enumerate(DIMENSIONS[name]):
            known = set(values.members(dimension.removeprefix("_")))
            for label in dict.fromkeys(key[place] for key in values.given(name)):
                if label not in known:
                    yield f"{name}: {label!r} is not in the set {dimension.removeprefix('_')}"


def _years(values: Values) -> Iterator[str]:
    for year in values.members("YEAR"):
        if not year.isdigit() or not 1900 <= int(year) <= 2200:
            yield f"set YEAR: {year!r} is no year from 1900 to 2200"


def _slices(values: Values) -> Iterator[str]:
    """The slices of each year share it out."""
    for year in values.years:
        total = sum(values.at("YearSplit", s, year) for s in values.members("TIMESLICE"))
        if abs(total - 1) > SUM_TOLERANCE:
            yield f"YearSplit of {year} does not sum to 1: the time slices add up to {total:.6g}"


def _limits(values: Values) -> Iterator[str]:
    """A smallest addition, capacity or activity is not above the largest of the same year."""
    for low, high, nothing in (
        ("TotalAnnualMinCapacityInvestment", "TotalAnnualMaxCapacityInvestment", "addition"),
        ("TotalAnnualMinCapacity", "TotalAnnualMaxCapacity", "capacity"),
        ("TotalTechnologyAnnualActivityLowerLimit", "TotalTechnologyAnnualActivityUpperLimit",
         "activity"),
    ):  # fmt: skip
        for r, t in _technologies(values):
            upper = values.limits(high, r, t)
            for year, least in values.floors(low, r, t).items():
                if year in upper and least > upper[year] * (1 + ROUNDING):
                    yield (
                        f"technology {t} in {year}: {low} {least:g} is above {high} "
                        f"{upper[year]:g}; no {nothing} fulfils both ({r})"
                    )


def _capacities(values: Values) -> Iterator[str]:
    """What is left of old capacity, and what must be added, is not above the largest capacity."""
    for r, t in _technologies(values):
        upper = values.limits("TotalAnnualMaxCapacity", r, t)
        residual = values.yearly("ResidualCapacity", r, t)
        added = values.yearly("TotalAnnualMinCapacityInvestment", r, t)
        for year, most in upper.items():
            if residual[year] > most + ROUNDING * max(1.0, most):
                yield (
                    f"technology {t} in {year}: ResidualCapacity {residual[year]:g} is above "
                    f"TotalAnnualMaxCapacity {most:g} ({r})"
                )
            elif added[year] > 0 and residual[year] + added[year] > most * (1 + ROUNDING):
                yield (
                    f"technology {t} in {year}: ResidualCapacity {residual[year]:g} and "
                    f"TotalAnnualMinCapacityInvestment {added[year]:g} are together above "
                    f"TotalAnnualMaxCapacity {most:g} ({r})"
                )


def _activities(values: Values) -> Iterator[str]:
    """What the largest capacity can do in a year is not below the activity wanted."""
    slices = values.members("TIMESLICE")
    for r, t in _technologies(values):
        floors = values.floors("TotalTechnologyAnnualActivityLowerLimit", r, t)
        for year, most in values.limits("TotalAnnualMaxCapacity", r, t).items():
            if year not in floors:
                continue
            hours = sum(
                values.at("CapacityFactor", r, t, s, year, otherwise=1.0)
                * values.at("YearSplit", s, year)
                for s in slices
            )
            share = min(1.0, values.at("AvailabilityFactor", r, t, year, otherwise=1.0)) * hours
            able = most * share * values.at("CapacityToActivityUnit", r, t, otherwise=1.0)
            if floors[year] > able * (1 + ROUNDING) + ROUNDING:
                yield (
                    f"technology {t} in {year}: TotalTechnologyAnnualActivityLowerLimit "
                    f"{floors[year]:g} is above the {able:g} that TotalAnnualMaxCapacity {most:g} "
                    f"can do ({r})"
                )


def _horizon(values: Values) -> Iterator[str]:
    """Limits over the whole horizon agree with those of its years."""
    low, high = (f"TotalTechnologyModelPeriodActivity{end}Limit" for end in ("Lower", "Upper"))
    for r, t in _technologies(values):
        least, most = values.at(low, r, t), values.limit(high, r, t)
        yearly = sum(values.floors("TotalTechnologyAnnualActivityLowerLimit", r, t).values())
        if most is not None and least > most * (1 + ROUNDING):
            yield f"technology {t}: {low} {least:g} is above {high} {most:g} ({r})"
        if most is not None and yearly > most * (1 + ROUNDING):
            yield (
                f"technology {t}: TotalTechnologyAnnualActivityLowerLimit adds up to {yearly:g} "
                f"over all years, above {high} {most:g} ({r})"
            )


NOT_NEGATIVE = (
    "CapitalCost", "FixedCost", "ResidualCapacity", "CapacityFactor", "AvailabilityFactor",
    "SpecifiedAnnualDemand", "SpecifiedDemandProfile", "AccumulatedAnnualDemand",
    "CapacityToActivityUnit", "OperationalLife", "YearSplit", "CapitalCostStorage",
    "EmissionsPenalty", "InputActivityRatio", "OutputActivityRatio",
)  # fmt: skip


def _signs(values: Values) -> Iterator[str]:
    for name in NOT_NEGATIVE:
        for key, value in values.given(name).items():
            if value < 0:
                yield f"{name} of {', '.join(key)} is {value:g}; it cannot be below zero"


def _routes(values: Values) -> Iterator[str]:
    """A trade route leads both ways."""
    for r, other, fuel, year in values.given("TradeRoute"):
        there = values.at("TradeRoute", r, other, fuel, year)
        back = values.at("TradeRoute", other, r, fuel, year)
        if there != 0 and back == 0:
            yield (
                f"TradeRoute of {fuel} in {year}: {r} to {other} is {there:g} but {other} to {r} "
                "is 0; a route is given both ways"
            )


def _technologies(values: Values) -> Iterator[tuple[str, str]]:
    for r in values.members("REGION"):
        for t in values.members("TECHNOLOGY"):
            yield r, t
