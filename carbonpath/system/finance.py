"""Annuities, discount factors and shares of life: functions of plain numbers."""

import math
from collections.abc import Callable
from typing import NamedTuple

from carbonpath.system.time import Period


class Money(NamedTuple):
    """What a payment depends on besides the build: rates, the base year and the horizon."""

    discount_rate: float
    hurdle_rate: float
    base_year: int
    horizon: int


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


def discount_weight(period: Period, rate: float, base_year: int) -> float:
    """Worth in the base year of one unit paid in every year of a period."""
    years = range(period.first_year, period.last_year + 1)
    return sum(discount_factor(rate, year, base_year) for year in years)


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


def payment_by_annuity(build: Period, lifetime: float, period: Period, money: Money) -> float:
    """Yearly payment in a period for one unit invested, paid as an annuity while it serves.

    annuity x sum of discount factors of the served years / sum over all years of the period
    """
    served = sum(
        share * discount_factor(money.discount_rate, year, money.base_year)
        for year, share in years_served(build, lifetime, period)
    )
    weight = discount_weight(period, money.discount_rate, money.base_year)
    return annuity(money.hurdle_rate, lifetime) * served / weight


CONVENTIONS: dict[str, Callable[[Period, float, Period, Money], float]] = {
    "annuity": payment_by_annuity,
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
