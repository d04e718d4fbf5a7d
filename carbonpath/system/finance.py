"""Annuities, discount factors and shares of life: functions of plain numbers."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from carbonpath.system.time import Period

LATE = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""Years after the start of a year at which its costs fall."""
REMEMBERED = 2**14
"""Cases kept of functions that many technologies ask the same of."""
SINKING_FUND, STRAIGHT_LINE = "sinking_fund", "straight_line"


@dataclass(frozen=True)
class Conventions:
    """How years count and how money is paid: settings of a dataset.

    `periods`: `since_previous` (a period stands for the years since the one before), `single` (each
    year given counts once) or `until_next` (a label is its period's first year; the last label only
    marks the end). `investment`: `annuity` (paid yearly while capacity serves), `overnight` (paid
    when built, less the value left at the end of the horizon) or `loan`. `salvage`: how what was
    paid overnight loses its value. `operation`: yearly costs fall at the `start` of their year (the
    year's distance to the year discounted to), half a year later, in its `middle`, or at its `end`.
    `discount_to`: the year to which costs are discounted, if not the base year. `ramps`: where ramp
    rates hold: between time slices of a `day`, along the `sequence` of the year, or `both`.
    """

    periods: str = "since_previous"
    investment: str = "annuity"
    salvage: str = SINKING_FUND
    operation: str = "start"
    discount_to: int | None = None
    ramps: str = "day"


PLAIN = Conventions()


class Money(NamedTuple):
    """What a payment depends on besides the build: rates, the year discounted to, the horizon."""

    discount_rate: float
    hurdle_rate: float
    base_year: int
    horizon: int
    conventions: Conventions = PLAIN
    loan_lifetime: float | None = None


def annuity(rate: float, lifetime: float) -> float:
    """Yearly payment that repays one unit over a lifetime.

    Example: 8 % over 20 years: 0.08 / (1 - 1.08^-20) = 0.10185.
    """
    return 1.0 / lifetime if rate == 0 else rate / -math.expm1(-lifetime * math.log1p(rate))


def discount_factor(rate: float, year: float, base_year: int) -> float:
    """Worth in the base year of one unit paid in a year.

    Example: 5 %, ten years on: 1.05^-10 = 0.61391.
    """
    return float((1.0 + rate) ** -(year - base_year))


@lru_cache(maxsize=REMEMBERED)
def discount_weight(
    period: Period, rate: float, base_year: int, operation: str = PLAIN.operation
) -> float:
    """Worth in the base year of one unit paid in every year of a period.

    Example: 5 %, the base year alone, in its middle: 1.05^-0.5 = 0.97590.
    """
    years = range(period.first_year, period.last_year + 1)
    return sum(discount_factor(rate, year + LATE[operation], base_year) for year in years)


def years_served(build: Period, lifetime: float, period: Period) -> list[tuple[int, float]]:
    """Years of a period in which capacity of a build period stands, with the share of each year.

    Capacity serves from the first year of its build period, for `lifetime` years; the last year
    may be a part of one.
    """
    age_at = [
        (year, year - build.first_year) for year in range(period.first_year, period.last_year + 1)
    ]
    return [(year, min(1.0, lifetime - age)) for year, age in age_at if 0 <= age < lifetime]


def survival(build: Period, lifetime: float, period: Period) -> float:
    """Share of a period's years that capacity built in a period serves.

    Example: built in 2021, 12 years: serves 2021-2032, two of the five years of 2031-2035: 0.4.
    """
    return sum(share for _, share in years_served(build, lifetime, period)) / period.years


@lru_cache(maxsize=REMEMBERED)
def worth_of_service(
    build: Period,
    lifetime: float,
    period: Period,
    rate: float,
    base_year: int,
    operation: str = PLAIN.operation,
) -> float:
    """Worth in the base year of one unit paid in every year of a period that a build serves.

    Example: 5 %, built and paid in the base year alone: 1.
    """
    return sum(
        share * discount_factor(rate, year + LATE[operation], base_year)
        for year, share in years_served(build, lifetime, period)
    )


def payment_by_annuity(build: Period, lifetime: float, period: Period, money: Money) -> float:
    """Yearly payment in a period for one unit invested, paid as an annuity while it serves.

    annuity x sum of discount factors of the served years / sum over all years of the period
    """
    rate, late = money.discount_rate, money.conventions.operation
    served = worth_of_service(build, lifetime, period, rate, money.base_year, late)
    weight = discount_weight(period, rate, money.base_year, late)
    return annuity(money.hurdle_rate, lifetime) * served / weight


def repayment(hurdle_rate: float, discount_rate: float, lifetime: float) -> float:
    """Worth of the yearly instalments that repay one unit at the hurdle rate.

    annuity at the hurdle rate / annuity at the discount rate, both paid at the start of the year:
    i / (1 - (1+i)^-L) / (1+i) over d / (1 - (1+d)^-L) / (1+d). One where both rates are the same.
    OSeMOSYS calls the parts CapitalRecoveryFactor and PvAnnuity.
    Example: 10 % against 5 % over 10 years: 0.147950 / 0.123338 = 1.19956.
    """
    yearly = annuity(hurdle_rate, lifetime) / (1.0 + hurdle_rate)
    return yearly / (annuity(discount_rate, lifetime) / (1.0 + discount_rate))


def value_left(lifetime: float, years: int, rate: float, salvage: str) -> float:
    """Share of an investment's value that is left after some years of service.

    sinking fund: 1 - ((1+d)^years - 1) / ((1+d)^L - 1); straight line, or d = 0: 1 - years / L.
    Example: 10 years, after 4, 5 %: 1 - 0.215506 / 0.628895 = 0.65733; straight line 0.6.
    """
    if years >= lifetime:
        return 0.0
    if salvage == STRAIGHT_LINE or rate == 0:
        return 1.0 - years / lifetime
    growth = math.log1p(rate)
    return 1.0 - math.expm1(years * growth) / math.expm1(lifetime * growth)


def payment_overnight(build: Period, lifetime: float, period: Period, money: Money) -> float:
    """Payment for one unit invested, all of it in the period of building, salvage deducted.

    repayment x (start of the build year discounted - value left x end of the horizon discounted),
    spread over the discounted years of the period.
    """
    if period.label != build.label:
        return 0.0
    rate, zero = money.discount_rate, money.base_year
    years = money.horizon - build.first_year + 1
    left = value_left(lifetime, years, rate, money.conventions.salvage)
    paid = discount_factor(rate, build.first_year, zero)
    returned = left * discount_factor(rate, money.horizon + 1, zero)
    weight = discount_weight(period, rate, zero, money.conventions.operation)
    return repayment(money.hurdle_rate, rate, lifetime) * (paid - returned) / weight


def present_worth(rate: float, years: float) -> float:
    """Worth at the start of one unit paid at the end of each of some years.

    Example: 5 % over 10 years: (1 - 1.05^-10) / 0.05 = 7.72173.
    """
    return 1.0 / annuity(rate, years) if years > 0 else 0.0


def payment_of_loan(build: Period, lifetime: float, period: Period, money: Money) -> float:
    """Yearly payment in a period for one unit invested with a loan.

    The instalments of the loan, annuity at its rate over its lifetime, are worth at the start
    instalment x present worth over whole years of the loan. That worth is spread evenly over the
    years of service at the discount rate, and counts for the years within the horizon.
    Example: 10 % over 10 years, 5 % over a life of 20: 0.162745 x 7.72173 x 0.080243 = 0.100840.
    """
    rate, loan = money.discount_rate, money.loan_lifetime or lifetime
    owed = annuity(money.hurdle_rate, loan)
    owed *= loan if rate == 0 else present_worth(rate, int(loan))
    served = min(lifetime, money.horizon + 1 - build.first_year)
    whole = owed * annuity(rate, lifetime) * present_worth(rate, served)
    inside = Period(build.label, build.first_year, money.horizon)
    zero, late = money.base_year, money.conventions.operation
    every = worth_of_service(build, lifetime, inside, rate, zero, late)
    share = worth_of_service(build, lifetime, period, rate, zero, late) / every
    worth = whole * share * discount_factor(rate, build.first_year, zero)
    return worth / discount_weight(period, rate, zero, late)


CONVENTIONS: dict[str, Callable[[Period, float, Period, Money], float]] = {
    "annuity": payment_by_annuity,
    "overnight": payment_overnight,
    "loan": payment_of_loan,
}
"""How an investment is paid: the yearly payment in a period for one unit invested."""


def uniform_stock(lifetime: float, period: Period, base_year: int) -> float:
    """Share of a stock of evenly spread age that still stands in a period.

    Example: 30 years, ten years after the base year: 1 - 10 / 30 = 0.667.
    """
    return max(0.0, 1.0 - (period.last_year - base_year) / lifetime)


def aged_stock(built: int, lifetime: float, period: Period) -> float:
    """Share of a period's years that stock built in a year still serves."""
    years = Period(str(built), built, built)
    return survival(years, lifetime, period)


def compound(factor: float, seed: float, years: int) -> tuple[float, float]:
    """Compound a yearly growth factor and a yearly seed over some years.

    x[n+1] = factor x[n] + seed, so over n years: factor^n and seed (1 + factor + ... ).
    Example: 1.1 and 2 over two years: 1.21 and 2 x 2.1 = 4.2.
    """
    return factor**years, seed * sum(factor**year for year in range(years))
