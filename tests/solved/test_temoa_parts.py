"""What Temoa has beyond a plain model: shapes of activity, steadiness, loans, vintages, limits."""

import pytest

from carbonpath.system.finance import Conventions, Money, payment_of_loan
from carbonpath.system.system import Limit
from carbonpath.system.time import ROOT, Node, Period
from tests.systems import Run, make

POWER = {"kind": "energy", "time_level": "slice"}
GAS = {"flows": {"power": 1.0}, "time_level": "slice", "variable_cost": 10.0}
DAYS = (
    ROOT,
    Node("year", "season", 1.0, 1, "annual"),
    Node("day", "slice", 0.5, 1, "year", "typical", 365.0),
    Node("night", "slice", 0.5, 2, "year", "typical", 365.0),
)


def test_activity_follows_its_shape():
    """10 PJ of light a year, a fifth by day: the lamp takes 2 PJ by day, 8 by night.

    Sun costs 1 and makes at most 6 by day and none by night; the night's 8 come from gas at 10.
    Cost 2 + 80. One more PJ of light costs 0.2 x 1 + 0.8 x 10 = 8.2.
    """
    sun = {"flows": {"power": 1.0}, "time_level": "slice", "variable_cost": 1.0,
           "activity_share": {"day": 1.0, "night": 0.0}, "activity_limit": 6.0}  # fmt: skip
    lamp = {"flows": {"power": -1.0, "light": 1.0}, "time_level": "slice",
            "activity_share": {"day": 0.2, "night": 0.8}}  # fmt: skip
    run = Run(make({"sun": sun, "gas": GAS, "lamp": lamp}, {"power": POWER, "light": "service"},
                   {"light": 10.0}, nodes=DAYS))  # fmt: skip
    assert len(run.built.linear.rows["activity_follows_shape"].index.codes) == 4
    assert run.activity("lamp", time_slice="day") == pytest.approx(2)
    assert run.activity("gas", time_slice="night") == pytest.approx(8)
    assert run.cost == pytest.approx(82)
    assert run.value("commodity_price", commodity="light") == pytest.approx(8.2)


def test_steady_output_is_even_within_a_season():
    """2 PJ by day, 8 by night. A steady plant at 1 makes the same in both.

    This is output_is_steady_in_season.

    More than 2 by day would have no taker, so it makes 2 and 2; gas makes the other 6 at 10.
    Cost 4 + 60. One more PJ by day lets the plant make one more in both: 2 x 1 - 10 = -8.
    """
    plant = {
        "flows": {"power": 1.0},
        "time_level": "slice",
        "variable_cost": 1.0,
        "steady": 1.0,
        "capacity_unit": "GW",
        "capacity_to_activity": 31.536,
        "stock": {"2021": 1.0},
    }
    demand = {("power", "2021", "day"): 2.0, ("power", "2021", "night"): 8.0}
    run = Run(make({"plant": plant, "gas": GAS}, {"power": POWER}, demand, nodes=DAYS))
    assert run.activity("plant", time_slice="night") == pytest.approx(2)
    assert run.cost == pytest.approx(64)
    family = run.built.linear.rows["supply_meets_demand"]
    assert sorted(run.solution.row_duals[family.slice]) == pytest.approx([-8, 10])


def test_a_share_of_inputs_weighs_each_mode_by_what_it_takes():
    """10 PJ of heat from wood (2 per heat, cost 1) or gas (1 per heat, cost 3): half the input gas.

    mode_input: 2 w = g and w + g = 10: w = 10/3, g = 20/3, cost 10/3 + 20 = 23.3333.
    One more PJ of heat costs a tenth of that.
    """
    stove = {"flows": {"wood": {"heat": 1.0}, "gas": {"heat": 1.0}},
             "variable_cost": {"wood": 1.0, "gas": 3.0},
             "input_need": {"wood": 2.0, "gas": 1.0}}  # fmt: skip
    half = Limit("half", "mode_input", ">=", {"2021": 0.5}, {"mode": ("gas",)}, of="mode_input")
    run = Run(make({"stove": stove}, {"heat": "service"}, {"heat": 10.0}, limits=(half,)))
    assert run.activity("stove", mode="wood") == pytest.approx(10 / 3)
    assert run.cost == pytest.approx(70 / 3)
    assert run.value("commodity_price", commodity="heat") == pytest.approx(7 / 3)


OLD = {"flows": {"heat": 1.0}, "capacity_unit": "GW", "capacity_to_activity": 1.0,
       "vintages": "kept", "retirement": "early", "fixed_cost": 2.0}  # fmt: skip
PUMP = {"flows": {"heat": 1.0}, "variable_cost": 1.0}


def test_what_is_left_of_a_vintage_shrinks_as_the_vintage_does():
    """10 GW of 2010, half of which stands in 2022. Half is closed in 2021: a quarter is left.

    At most 5 in 2021 (a limit); in 2022 capacity <= 5/10 x 5 = 2.5. Heat 10 a year; a GW costs 0.2
    and saves 1, so all that may stands: 5 x 0.2 + 5 and 2.5 x 0.2 + 7.5 = 14.
    One more GW allowed in 2021 would save 0.8 in 2021 and half of it in 2022: 1.2.
    """
    old = {**OLD, "fixed_cost": 0.2, "stock": {("2010", "2021"): 10.0, ("2010", "2022"): 5.0}}
    most = Limit("most", "total_capacity", "<=", {"2021": 5.0})
    run = Run(make({"old": old, "pump": PUMP}, {"heat": "service"}, {"heat": 10.0},
                   periods=(2021, 2022), base_year=2020, discount_rate=0.0,
                   limits=(most,)))  # fmt: skip
    assert run.value("total_capacity", 2022) == pytest.approx(2.5)
    assert run.cost == pytest.approx(14)
    assert run.price("most") == pytest.approx(1.2)


def test_what_cannot_be_closed_lasts():
    """4 GW of 2010 cost 2 each and save 1 of heat. In 2021 none may be closed, in 2022 all is.

    unclosable_capacity_lasts: 2021 costs 4 x 2 + 6 x 1, 2022 costs 10: 24 in all.
    One GW less in 2021 would save 2 - 1 = 1.
    """
    old = {**OLD, "stock": {("2010", "2021"): 4.0, ("2010", "2022"): 4.0},
           "closing": {"2021": 0.0, "2022": 1.0}}  # fmt: skip
    run = Run(make({"old": old, "pump": PUMP}, {"heat": "service"}, {"heat": 10.0},
                   periods=(2021, 2022), base_year=2020, discount_rate=0.0))  # fmt: skip
    assert run.value("total_capacity", 2021) == pytest.approx(4)
    assert run.value("total_capacity", 2022) == pytest.approx(0)
    assert run.cost == pytest.approx(24)
    family = run.built.linear.rows["unclosable_capacity_lasts"]
    assert abs(run.solution.row_duals[family.slice]) == pytest.approx([1.0])


def test_what_stands_may_work_for_a_share_of_the_year_at_most():
    """full_activity: 1 GW does 20 a year; at most a quarter of it: 5, and 5 of the pump at 1.

    One more PJ of full activity would save 0.25; the limit's own price is 1.
    """
    mill = {"flows": {"heat": 1.0}, "capacity_unit": "GW", "capacity_to_activity": 20.0,
            "stock": {"2021": 1.0}}  # fmt: skip
    quarter = Limit("quarter", "activity", "<=", {"2021": 0.25}, {"technology": ("mill",)},
                    of="full_activity", of_where={"technology": ("mill",)})  # fmt: skip
    run = Run(make({"mill": mill, "pump": PUMP}, {"heat": "service"}, {"heat": 10.0},
                   limits=(quarter,)))  # fmt: skip
    assert run.activity("mill") == pytest.approx(5)
    assert run.cost == pytest.approx(5)
    assert run.price("quarter") == pytest.approx(1)


def test_a_loan_is_spread_over_the_life_and_counted_within_the_horizon():
    """1 borrowed at 10 % over 10 years: 0.162745 a year, worth 7.721735 x that: 1.256676.

    Over a life of 20 years 1.256676 x 0.080243 = 0.100839 a year. Ten years lie within the horizon
    and are one period: each is paid in full.
    """
    period = Period("2020", 2020, 2029)
    terms = Conventions(periods="until_next", investment="loan", operation="end")
    money = Money(0.05, 0.10, 2020, 2029, terms, loan_lifetime=10.0)
    assert payment_of_loan(period, 20.0, period, money) == pytest.approx(0.1008394, rel=1e-5)


def test_a_limit_may_follow_the_period_before_without_compounding():
    """What is built may grow by a half and 1 from one period to the next, however long it is.

    2021: at most 2 (a limit); 2026: 1.5 x 2 + 1 = 4, five years on. The rest is pumped at 1.
    2021: 10 - 2 = 8; 2026: 10 - 6 = 4, in each of five years. Cost 8 + 20 = 28.
    One more in 2026 saves 1 in each of its years; one more in 2021 1 then, and 1 + 1.5 in each of
    the five: 13.5.
    """
    new = {"flows": {"heat": 1.0}, "capacity_unit": "GW", "capacity_to_activity": 1.0,
           "investment_cost": 0.0, "lifetime": 50.0, "hurdle_rate": 0.0}  # fmt: skip
    first = Limit("first", "new_capacity", "<=", {"2021": 2.0})
    step = Limit("step", "new_capacity", "<=", {"2026": 1.5}, of="new_capacity", lag=2, seed=1.0)
    run = Run(make({"new": new, "pump": PUMP}, {"heat": "service"}, {"heat": 10.0},
                   periods=(2021, 2026), base_year=2020, discount_rate=0.0,
                   limits=(first, step)))  # fmt: skip
    assert run.value("total_capacity", 2026) == pytest.approx(6)
    assert run.cost == pytest.approx(28)
    assert run.price("step", 2026) == pytest.approx(1)
    assert run.price("first") == pytest.approx(13.5)
