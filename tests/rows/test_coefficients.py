"""Each constraint has the coefficients its formula says, read from the matrix."""

import pytest

from carbonpath.model.build import build
from tests.systems import DAY_AND_NIGHT, HERE, make

POWER = {"kind": "energy", "time_level": "slice", "carrier": "electricity"}
PLANT = {
    "flows": {"power": 1.0, "co2": 0.3}, "time_level": "slice", "capacity_unit": "GW",
    "capacity_to_activity": 31.536, "stock": {"2021": 2.0, "2022": 1.5}, "investment_cost": 4.0,
    "lifetime": 10.0, "hurdle_rate": 0.0, "capacity_factor": {"day": 0.5, "night": 0.25},
    "availability": 0.9, "minimum_load": 0.2, "minimum_use": 0.3, "ramp_rate": 0.01,
    "build_rate": 3.0, "build_floor": 0.1, "capacity_limit": 8.0, "capacity_floor": 0.5,
    "growth_rate": 0.2, "growth_seed": 1.0, "unit_size": 0.4, "retirement": "early",
    "capacity_credit": 0.7, "activity_limit": 60.0, "activity_floor": 1.0,
}  # fmt: skip
STORE = {
    "role": "storage", "time_level": "slice", "capacity_unit": "GW", "stock": {"2021": 1.0},
    "capacity_to_activity": 31.536, "holds": {"charge": 0.01}, "storage_loss": 0.001,
    "flows": {"in": {"power": -1.0, "charge": 0.9}, "out": {"power": 1.0, "charge": -1.0}},
}  # fmt: skip
LAMP = {"flows": {"light": 1.0, "power": -1.0}, "peak_factor": {"power": 0.05}}
DAY = (HERE, "plant", "pooled", "main", "2021", "day")
NIGHT = (*DAY[:-1], "night")
STANDING = (HERE, "plant", "pooled", "2021")


@pytest.fixture(scope="module")
def linear():
    system = make(
        {"plant": PLANT, "store": STORE, "lamp": LAMP, "scrap": {"flows": {"junk": 1.0}}},
        {"power": POWER, "light": "service", "co2": "emission", "junk": "other",
         "charge": {"kind": "stored", "time_level": "slice", "cycle": "day"}},
        {"light": 10.0}, periods=(2021, 2022), nodes=DAY_AND_NIGHT, situations=("evening",),
        shapes={("lamp", "power"): {"day": 0.6, "night": 0.4}},
        parameters={"reserve_margin": {("evening",): 0.2}},
    )  # fmt: skip
    return build(system, strict=True).linear


def row(linear, name, *key):
    """Return a row's coefficients by column, and its bounds."""
    family = linear.rows[name]
    place = family.start + list(family.index.listed()).index(key)
    entries = linear.matrix[[place], :].tocoo()
    columns = [linear.column_at(int(j)) for j in entries.coords[1]]
    found = {(c, k): v for (c, k), v in zip(columns, entries.data, strict=True)}
    return found, (linear.row_lower[place], linear.row_upper[place])


ACTIVITY = {("activity", DAY): 1.0}
YEAR = {("activity", DAY): 1.0, ("activity", NIGHT): 1.0}
CAPACITY = ("capacity", STANDING)
NEW = ("new_capacity", (HERE, "plant", "2021"))
LATER = ("new_capacity", (HERE, "plant", "2022"))
GW = 31.536
RAMP = 0.01 * 12 * GW
CASES = [
    ("activity_within_capacity", (*STANDING, "day"), {**ACTIVITY, CAPACITY: -GW * 0.5 * 0.5},
     None, 0),
    ("activity_within_availability", STANDING, {**YEAR, CAPACITY: -GW * 0.9}, None, 0),
    ("activity_above_minimum_load", (*STANDING, "day"),
     {("activity", DAY): -1.0, CAPACITY: GW * 0.2 * 0.5}, None, 0),
    ("activity_above_minimum_use", STANDING,
     {("activity", DAY): -1.0, ("activity", NIGHT): -1.0, CAPACITY: GW * 0.3}, None, 0),
    ("output_rises_within_ramp_rate", (*STANDING, "day", "night"),
     {("activity", DAY): 2.0, ("activity", NIGHT): -2.0, CAPACITY: -RAMP}, None, 0),
    ("output_falls_within_ramp_rate", (*STANDING, "day", "night"),
     {("activity", DAY): -2.0, ("activity", NIGHT): 2.0, CAPACITY: -RAMP}, None, 0),
    ("activity_within_limit", (HERE, "plant", "2021"), YEAR, None, 60),
    ("activity_above_floor", (HERE, "plant", "2021"), YEAR, 1, None),
    ("capacity_stands", STANDING,
     {CAPACITY: 1.0, NEW: -1.0, ("retired_capacity", STANDING): 1.0}, 2, 2),
    ("closed_capacity_stays_closed", (*STANDING[:-1], "2022"),
     {("capacity", (*STANDING[:-1], "2022")): 1.0, CAPACITY: -1.0, LATER: -1.0}, None, 0),
    ("additions_within_build_rate", (HERE, "plant", "2021"), {NEW: 1.0}, None, 3),
    ("committed_capacity_is_added", (HERE, "plant", "2021"), {NEW: 1.0}, 0.1, None),
    ("additions_grow_within_rate", (HERE, "plant", "2022"), {LATER: 1.0, NEW: -1.2}, None, 1),
    ("capacity_within_limit", (HERE, "plant", "2021"), {CAPACITY: 1.0}, None, 8),
    ("capacity_above_floor", (HERE, "plant", "2021"), {CAPACITY: 1.0}, 0.5, None),
    ("capacity_comes_in_units", (HERE, "plant", "2021"),
     {NEW: 1.0, ("built_units", (HERE, "plant", "2021")): -0.4}, 0, 0),
    ("firm_capacity_covers_peak", (HERE, "2021", "evening"),
     {CAPACITY: 0.7, ("activity", (HERE, "lamp", "pooled", "main", "2021", "annual")): -0.06},
     0, None),
    ("supply_covers_demand", (HERE, "junk", "2021", "annual"),
     {("activity", (HERE, "scrap", "pooled", "main", "2021", "annual")): 1.0}, 0, None),
    ("supply_meets_demand", (HERE, "power", "2021", "day"),
     {("activity", DAY): 1.0, ("activity", (HERE, "store", "pooled", "in", "2021", "day")): -1.0,
      ("activity", (HERE, "store", "pooled", "out", "2021", "day")): 1.0,
      ("activity", (HERE, "lamp", "pooled", "main", "2021", "annual")): -0.6}, 0, 0),
    ("level_carries_over", (HERE, "charge", "2021", "day"),
     {("storage_level", (HERE, "charge", "2021", "day")): 1.0,
      ("storage_level", (HERE, "charge", "2021", "night")): -(0.999**12),
      ("activity", (HERE, "store", "pooled", "in", "2021", "day")): -0.9 / 365,
      ("activity", (HERE, "store", "pooled", "out", "2021", "day")): 1 / 365}, 0, 0),
    ("level_within_size", (HERE, "charge", "2021", "day"),
     {("storage_level", (HERE, "charge", "2021", "day")): 1.0,
      ("capacity", (HERE, "store", "pooled", "2021")): -0.01}, None, 0),
]  # fmt: skip


@pytest.mark.parametrize(("name", "key", "expected", "lower", "upper"), CASES,
                         ids=[case[0] for case in CASES])  # fmt: skip
def test_coefficients(linear, name, key, expected, lower, upper):
    found, bounds = row(linear, name, *key)
    sign = 1.0
    if set(found) == set(expected) and found and _turned(found, expected):
        sign, lower, upper = -1.0, _minus(upper), _minus(lower)
    assert {k: sign * v for k, v in found.items()} == pytest.approx(expected)
    wanted = (-float("inf") if lower is None else lower, float("inf") if upper is None else upper)
    assert bounds == pytest.approx(wanted)


def _turned(found, expected):
    """Whether a row is written the other way round, which means the same."""
    first = next(iter(expected))
    return found[first] * expected[first] < 0


def _minus(bound):
    return None if bound is None else -bound
