"""Data that contradict themselves, in the words of the data: every problem, by name and year."""

from collections.abc import Iterator

from carbonpath.inputs.foreign.osemosys.demands import demand_refusals
from carbonpath.inputs.foreign.osemosys.ranges import (
    member_refusals,
    range_refusals,
    set_refusals,
)
from carbonpath.inputs.foreign.osemosys.values import ByYear, Values

SUM_TOLERANCE = 1e-3
"""How far the shares of a year's slices may be from one by rounding."""
ROUNDING = 1e-9


def refusals(values: Values) -> list[str]:
    """Return a sentence for each contradiction; none means that the data can be imported."""
    if wrong := list(set_refusals(values)):
        return wrong
    found = [
        *member_refusals(values), *range_refusals(values), *_slices(values), *_limits(values),
        *_capacities(values), *_activities(values), *_horizon(values), *_routes(values),
        *demand_refusals(values),
    ]  # fmt: skip
    return list(dict.fromkeys(found))


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
        yield from _out_of_reach(values, r, t, residual)
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


def _out_of_reach(values: Values, r: str, t: str, residual: ByYear) -> Iterator[str]:
    """The least capacity can be reached with what is left and the largest additions."""
    rates = values.limits("TotalAnnualMaxCapacityInvestment", r, t)
    life = values.at("OperationalLife", r, t, otherwise=1.0)
    for year, least in values.floors("TotalAnnualMinCapacity", r, t).items():
        serving = [y for y in values.years if 0 <= int(year) - int(y) < life]
        if not all(y in rates for y in serving):
            continue
        most = residual[year] + sum(rates[y] for y in serving)
        if least > most * (1 + ROUNDING):
            yield (
                f"technology {t} in {year}: TotalAnnualMinCapacity {least:g} is above the {most:g} "
                f"that ResidualCapacity and TotalAnnualMaxCapacityInvestment allow ({r})"
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
        upper = values.limits("TotalTechnologyAnnualActivityUpperLimit", r, t)
        if len(upper) == len(values.years) and least > sum(upper.values()) * (1 + ROUNDING):
            yield (
                f"technology {t}: {low} {least:g} is above what "
                f"TotalTechnologyAnnualActivityUpperLimit adds up to over all years, "
                f"{sum(upper.values()):g} ({r})"
            )
        yearly = sum(values.floors("TotalTechnologyAnnualActivityLowerLimit", r, t).values())
        if most is not None and least > most * (1 + ROUNDING):
            yield f"technology {t}: {low} {least:g} is above {high} {most:g} ({r})"
        if 0 < least < yearly * (1 - ROUNDING):
            yield (
                f"technology {t}: {low} {least:g} is below what "
                f"TotalTechnologyAnnualActivityLowerLimit adds up to over all years, {yearly:g} "
                f"({r})"
            )
        if most is not None and yearly > most * (1 + ROUNDING):
            yield (
                f"technology {t}: TotalTechnologyAnnualActivityLowerLimit adds up to {yearly:g} "
                f"over all years, above {high} {most:g} ({r})"
            )


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
