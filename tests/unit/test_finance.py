"""Money over time, worked out by hand."""

import pytest

from carbonpath.system.finance import (
    Money,
    aged_stock,
    annuity,
    compound,
    discount_factor,
    discount_weight,
    payment_by_annuity,
    survival,
    uniform_stock,
)
from carbonpath.system.time import Period, periods_of

Y2021 = Period("2021", 2021, 2021)
Y2025 = Period("2025", 2022, 2025)


def test_annuity():
    """0.08 / (1 - 1.08^-20) = 0.08 / (1 - 0.214548) = 0.101852."""
    assert annuity(0.08, 20) == pytest.approx(0.101852, rel=1e-5)


def test_annuity_without_interest_is_an_even_share():
    assert annuity(0.0, 20) == 0.05


def test_discounting():
    """1.05^-10 = 0.613913; the four years 2022-2025: 0.907029 + 0.863838 + 0.822702 + 0.783526."""
    assert discount_factor(0.05, 2030, 2020) == pytest.approx(0.613913, rel=1e-5)
    assert discount_weight(Y2025, 0.05, 2020) == pytest.approx(3.377096, rel=1e-6)


def test_survival_is_the_share_of_years_served():
    """Built in 2021 for three years: 2021-2023, two of the four years 2022-2025."""
    assert survival(Y2021, 3, Y2025) == 0.5
    assert survival(Y2021, 2.5, Y2025) == 1.5 / 4
    assert survival(Y2025, 30, Y2021) == 0.0


def test_payment_covers_the_served_years_only():
    """0.5 a year over 2022 and 2023 of four years at 5 %: 0.5 x 1.770867 / 3.377096."""
    money = Money(0.05, 0.0, 2020, 2025)
    found = payment_by_annuity(Y2021, 3, Y2025, money)
    assert found == pytest.approx((0.907029 + 0.863838) / 3.377096 / 3, rel=1e-5)


def test_annuities_over_a_whole_life_are_worth_the_investment():
    """With one rate for all, payments over the life are worth one in the year before the first."""
    periods = periods_of(range(2021, 2041), 2020)
    money = Money(0.07, 0.07, 2020, 2040)
    worth = sum(
        payment_by_annuity(periods[0], 20, period, money) * discount_weight(period, 0.07, 2020)
        for period in periods
    )
    assert worth == pytest.approx(1.0)


def test_stock():
    """Evenly aged over 30 years, two thirds stand after ten; built in 2000 for 25, until 2024."""
    assert uniform_stock(30, Period("2030", 2026, 2030), 2020) == pytest.approx(2 / 3)
    assert uniform_stock(30, Period("2060", 2056, 2060), 2020) == 0.0
    assert aged_stock(2000, 25, Y2025) == 0.75


def test_compound():
    """1.1 and 2 over two years: 1.21, and 2 + 2.2."""
    assert compound(1.1, 2.0, 2) == pytest.approx((1.21, 4.2))
    assert compound(1.0, 2.0, 3) == pytest.approx((1.0, 6.0))
