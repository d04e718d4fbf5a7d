"""Overnight payment, salvage and mid-year operation, on paper."""

import pytest

from carbonpath.system.finance import (
    Conventions,
    Money,
    discount_weight,
    payment_overnight,
    repayment,
    value_left,
)
from carbonpath.system.time import Period, periods_of

MIDDLE = Conventions("single", "overnight", "sinking_fund", "middle", 2020)


def test_single_years_count_once() -> None:
    periods = periods_of((2020, 2025), 2019, "single")
    assert periods == (Period("2020", 2020, 2020), Period("2025", 2025, 2025))


def test_the_last_label_only_marks_the_end() -> None:
    assert periods_of((2020, 2025, 2035), 2019, "until_next") == (
        Period("2020", 2020, 2024), Period("2025", 2025, 2034),
    )  # fmt: skip


def test_operation_falls_in_the_middle_of_its_year() -> None:
    """5 %, two years on, in the middle: 1.05^-2.5 = 0.885170."""
    year = Period("2022", 2022, 2022)
    assert discount_weight(year, 0.05, 2020, "middle") == pytest.approx(0.885170, rel=1e-6)


def test_instalments_at_a_higher_rate_are_worth_more() -> None:
    """10 years: at 10 % 0.162745/1.1 = 0.147950, at 5 % 0.129505/1.05 = 0.123338: 1.19956."""
    assert repayment(0.10, 0.05, 10) == pytest.approx(1.199556, rel=1e-5)
    assert repayment(0.05, 0.05, 10) == pytest.approx(1.0)


def test_value_left_by_sinking_fund_and_straight_line() -> None:
    """10 years of life, 4 served, 5 %: 1 - (1.05^4 - 1) / (1.05^10 - 1) = 0.657324; or 0.6."""
    assert value_left(10, 4, 0.05, "sinking_fund") == pytest.approx(0.657324, rel=1e-5)
    assert value_left(10, 4, 0.05, "straight_line") == pytest.approx(0.6)
    assert value_left(10, 4, 0.0, "sinking_fund") == pytest.approx(0.6)
    assert value_left(10, 10, 0.05, "sinking_fund") == 0


def test_overnight_is_paid_at_once_less_what_is_left() -> None:
    """Built in 2022 for 10 years, horizon 2025: 1.05^-2 - 0.657324 x 1.05^-6 = 0.416524.

    Spread over the one discounted year of the period, 1.05^-2.5.
    """
    money = Money(0.05, 0.05, 2020, 2025, MIDDLE)
    build, later = Period("2022", 2022, 2022), Period("2023", 2023, 2023)
    paid = payment_overnight(build, 10, build, money) * 1.05**-2.5
    assert paid == pytest.approx(1.05**-2 - 0.657324 * 1.05**-6, rel=1e-5)
    assert payment_overnight(build, 10, later, money) == 0
