"""Ways to pay for capacity: overnight with salvage, own rates, annuities, loans; and running it.

A plant for 100 that lives four years can be built in 2021 alone, at most 0.4 GW; the horizon ends
with 2022. The other 0.6 of one unit of heat a year are bought at 40. The social rate is 10 %.
"""

import pytest

from carbonpath.system.finance import Conventions
from tests.systems import Run, make

BOUGHT = {"flows": {"heat": 1.0}, "variable_cost": 40.0}


def solved(conventions: Conventions, **changes: float) -> Run:
    """Solve with a way to pay; `changes` are of the plant."""
    plant = {
        "flows": {"heat": 1.0}, "capacity_unit": "GW", "capacity_to_activity": 1.0,
        "investment_cost": 100.0, "lifetime": 4.0, "hurdle_rate": 0.1,
        "build_rate": {"2021": 0.4, "2022": 0.0}, **changes,
    }  # fmt: skip
    return Run(
        make({"plant": plant, "bought": BOUGHT}, {"heat": "service"}, {"heat": 1.0}, (2021, 2022),
             discount_rate=0.1, conventions=conventions)
    )  # fmt: skip


def saves(run: Run, worth: float, bought: float) -> None:
    """0.4 GW are built for `worth` each; one more would save what it replaces less its worth."""
    assert run.value("new_capacity", technology="plant") == pytest.approx(0.4)
    assert run.cost == pytest.approx(0.4 * worth + 0.6 * bought, rel=1e-5)
    dual = run.dual("additions_within_build_rate", "2021")
    assert dual == pytest.approx(worth - bought, rel=1e-4)


def test_overnight_with_a_sinking_fund_pays_the_years_that_are_used():
    """Paid 100 / 1.1 = 90.9091; after two of four years 1 - 0.21 / 0.4641 = 0.547511 is left.

    Returned at the start of 2023: 54.7511 / 1.331 = 41.1353, so a GW is worth 49.7738.
    Heat bought in both years is worth 40 / 1.1 + 40 / 1.21 = 69.4215.
    """
    saves(solved(Conventions(investment="overnight")), 49.7738, 69.4215)


def test_overnight_in_a_straight_line_returns_half():
    """Half is left after two of four years: 90.9091 - 50 / 1.331 = 53.3434."""
    run = solved(Conventions(investment="overnight", salvage="straight_line"))
    saves(run, 53.3434, 69.4215)


def test_a_rate_of_its_own_makes_an_overnight_investment_dearer():
    """At 20 % over four years 0.386289 / 1.2 = 0.321908, at 10 % 0.315471 / 1.1 = 0.286791.

    Their ratio 1.122446 multiplies payment and salvage: 49.7738 x 1.122446 = 55.8684.
    """
    run = solved(Conventions(investment="overnight"), hurdle_rate=0.2)
    saves(run, 55.8684, 69.4215)


def test_an_annuity_at_a_rate_of_its_own_is_paid_while_it_serves():
    """38.6289 in 2021 and in 2022: 38.6289 x (1 / 1.1 + 1 / 1.21) = 67.0419."""
    saves(solved(Conventions(), hurdle_rate=0.2), 67.0419, 69.4215)


def test_a_loan_is_paid_over_the_life_and_counts_within_the_horizon():
    """At 20 % over two years 0.654545 a year, worth 0.654545 x 1.735537 = 1.135987 at the start.

    Spread over four years at 10 %: x 0.315471, of which two count: x 1.735537 = 0.621967; from the
    start of 2021: / 1.1 = 0.565425. Costs fall at the end of the year: bought 40 / 1.21 + 40 /
    1.331 = 63.1105.
    """
    run = solved(
        Conventions(investment="loan", operation="end"), hurdle_rate=0.2, loan_lifetime=2.0
    )
    saves(run, 56.5425, 63.1105)


def test_fixed_and_variable_costs_are_discounted_from_the_middle_of_their_year():
    """1 GW costs 3 to own, 2 per heat; half of it is used in 2022, discounted to 2021.

    (3 + 1) x 1.1^-1.5 = 3.46714. One more unit of heat costs 2 in that year.
    """
    plant = {"flows": {"heat": 1.0}, "capacity_unit": "GW", "capacity_to_activity": 1.0,
             "stock": {"2022": 1.0}, "fixed_cost": 3.0, "variable_cost": 2.0}  # fmt: skip
    run = Run(
        make({"plant": plant}, {"heat": "service"}, {"heat": 0.5}, (2022,), 2021,
             discount_rate=0.1, conventions=Conventions(operation="middle"))
    )  # fmt: skip
    assert run.cost == pytest.approx(3.46714, rel=1e-5)
    assert run.value("fixed_payment", 2022) == pytest.approx(3)
    assert run.value("variable_payment", 2022) == pytest.approx(1)
    assert run.value("commodity_price", 2022) == pytest.approx(2)
