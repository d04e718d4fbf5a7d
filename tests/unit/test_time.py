"""Periods and the year's tree."""

import pytest

from carbonpath.system.time import ROOT, Node, Period, Time, periods_of

NODES = (
    ROOT,
    Node("summer", "season", 0.5, 1, "annual"),
    Node("winter", "season", 0.5, 2, "annual"),
    Node("s1", "slice", 0.25, 1, "summer", "typical", 170.0),
    Node("s2", "slice", 0.2, 2, "summer", "typical", 170.0),
    Node("s3", "slice", 0.05, 3, "summer", "low", 12.5),
    Node("w1", "slice", 0.5, 4, "winter", "typical", 182.5),
)
TIME = Time(periods_of((2020, 2021, 2025), 2020), NODES)


def test_a_period_stands_for_the_years_since_the_one_before():
    assert TIME.periods == (
        Period("2020", 2020, 2020), Period("2021", 2021, 2021), Period("2025", 2022, 2025),
    )  # fmt: skip
    assert TIME.period["2025"].years == 4
    assert TIME.previous_period == {"2021": "2020", "2025": "2021"}


def test_a_horizon_after_the_base_year_starts_with_the_year_after_it():
    assert periods_of((2030,), 2020) == (Period("2030", 2021, 2030),)


def test_neighbours_go_round_their_cycle():
    assert TIME.previous("slice", "day") == {"s1": "s2", "s2": "s1", "s3": "s3", "w1": "w1"}
    assert TIME.previous("slice", "season") == {"s1": "s3", "s2": "s1", "s3": "s2", "w1": "w1"}
    assert TIME.previous("slice", "year")["s1"] == "w1"
    assert TIME.previous("season", "year") == {"summer": "winter", "winter": "summer"}


def test_hours_are_those_of_one_occurrence():
    """A quarter of the year on 170 days: 2190 / 170 hours a day."""
    assert TIME.node["s1"].hours == pytest.approx(2190 / 170)
    assert TIME.occurrences("s1", "day") == 170.0
    assert TIME.occurrences("s1", "season") == 1.0
