"""Demands that nothing can meet, and targets that nothing counts towards, in the data's words."""

from collections.abc import Iterator

from carbonpath.inputs.foreign.osemosys.values import Values

SPECIFIED, ANYTIME = "SpecifiedAnnualDemand", "AccumulatedAnnualDemand"
PROFILE = "SpecifiedDemandProfile"
PROFILE_TOLERANCE = 0.02
"""How far a profile may be from one; within it the profile is taken as it is, as published."""


def demand_refusals(values: Values) -> Iterator[str]:
    """Yield what is wrong with demands, reserves and targets."""
    yield from _without_producers(values)
    yield from _profiles(values)
    yield from _without_tags(values)
    yield from _exogenous(values)


def _wanted(values: Values, name: str) -> Iterator[tuple[str, str, str, float]]:
    """Yield region, fuel, first year and demand of each fuel that is wanted."""
    for r in values.members("REGION"):
        for fuel in values.members("FUEL"):
            years = (i for i in values.yearly(name, r, fuel).items() if i[1] > 0)
            if first := next(years, None):
                yield r, fuel, *first


def _without_producers(values: Values) -> Iterator[str]:
    """Some technology makes each fuel that is wanted, in the region or where a route leads from."""
    made = set(values.keys("OutputActivityRatio", (0, 2)))
    routed = set(values.keys("TradeRoute", (0, 2)))
    made |= {(r, fuel) for r, fuel in routed if any(f == fuel for _, f in made)}
    for name in (SPECIFIED, ANYTIME):
        for r, fuel, year, amount in _wanted(values, name):
            if (r, fuel) not in made:
                yield (
                    f"fuel {fuel} in {year}: {name} is {amount:g} but no technology has an "
                    f"OutputActivityRatio for it ({r})"
                )


def _profiles(values: Values) -> Iterator[str]:
    """The profile of a demand shares it out among the time slices, and only among those with time.

    A profile that is right in some years and wrong in others is told by its first wrong year.
    """
    slices = values.members("TIMESLICE")
    for r, fuel, _, _ in _wanted(values, SPECIFIED):
        for year, amount in values.yearly(SPECIFIED, r, fuel).items():
            shares = {s: values.at(PROFILE, r, fuel, s, year) for s in slices}
            total = sum(shares.values())
            empty = [s for s in slices if shares[s] and not values.at("YearSplit", s, year)]
            if amount > 0 and abs(total - 1) > PROFILE_TOLERANCE:
                yield (
                    f"{PROFILE} of {fuel} in {year} does not sum to 1: the time slices add up to "
                    f"{total:.6g} ({r})"
                )
                break
            if amount > 0 and empty:
                yield (
                    f"fuel {fuel} in {year}: {PROFILE} of {empty[0]} is {shares[empty[0]]:g} but "
                    f"its YearSplit is 0 ({r})"
                )
                break


def _without_tags(values: Values) -> Iterator[str]:
    """A margin or target above zero has technologies that count towards it."""
    for target, of_fuel, of_technology in (
        ("ReserveMargin", "ReserveMarginTagFuel", "ReserveMarginTagTechnology"),
        ("REMinProductionTarget", "RETagFuel", "RETagTechnology"),
    ):
        wanted = {(r, fuel) for r, fuel, _, _ in _wanted(values, SPECIFIED)}
        for r in values.members("REGION"):
            for year, least in values.floors(target, r).items():
                bound = any(
                    values.at(of_fuel, r, fuel, year) and (r, fuel) in wanted
                    for fuel in values.members("FUEL")
                )
                if bound and not any(
                    values.at(of_technology, r, t, year) for t in values.members("TECHNOLOGY")
                ):
                    yield (
                        f"{target} in {year} is {least:g} but no technology has a {of_technology} "
                        f"({r})"
                    )
                    break


def _exogenous(values: Values) -> Iterator[str]:
    """Exogenous emissions alone are not above a limit, unless something takes emissions up."""
    ratios = values.given("EmissionActivityRatio").items()
    taken = {(key[0], key[2]) for key, value in ratios if value < 0}
    whole, most_ever = "ModelPeriodExogenousEmission", "ModelPeriodEmissionLimit"
    for r, e in ((r, e) for r in values.members("REGION") for e in values.members("EMISSION")):
        if (r, e) in taken:
            continue
        outside = values.yearly("AnnualExogenousEmission", r, e)
        for year, most in values.limits("AnnualEmissionLimit", r, e).items():
            if outside[year] > most:
                yield (
                    f"emission {e} in {year}: AnnualExogenousEmission {outside[year]:g} is above "
                    f"AnnualEmissionLimit {most:g} ({r})"
                )
        most_of_all, total = values.limit(most_ever, r, e), values.at(whole, r, e)
        if most_of_all is not None and total > most_of_all:
            yield f"emission {e}: {whole} {total:g} is above {most_ever} {most_of_all:g} ({r})"
