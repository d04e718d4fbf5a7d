"""Scenario files: a strict schema, inheritance, and the origin of every value."""

from carbonpath.scenario.amounts import Amount
from carbonpath.scenario.read import examine_scenario, project_of, read_scenario
from carbonpath.scenario.schema import (
    Change,
    DriverChange,
    Horizon,
    LimitRow,
    PriceRow,
    Scenario,
    Slices,
    Solve,
)

__all__ = [
    "Amount",
    "Change",
    "DriverChange",
    "Horizon",
    "LimitRow",
    "PriceRow",
    "Scenario",
    "Slices",
    "Solve",
    "examine_scenario",
    "project_of",
    "read_scenario",
]
