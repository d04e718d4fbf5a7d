"""The sequence of the year: stores and ramps along it; modes that run in some time slices."""

import pytest

from carbonpath.system.system import EnergySystem
from carbonpath.system.time import ROOT, Node
from tests.systems import DAY_AND_NIGHT, Run, make

SLICES = {"kind": "energy", "time_level": "slice"}
SEASONS = (
    ROOT,
    Node("a", "season", 0.5, 1, "annual"),
    Node("b", "season", 0.5, 2, "annual"),
    Node("a-day", "slice", 0.5, 1, "a", "typical", 182.5),
    Node("b-day", "slice", 0.5, 2, "b", "typical", 182.5),
)
ROUND = (("day", 0.5), ("night", 0.5), ("day", 0.5), ("night", 0.5))


def round_system(sequence=ROUND) -> EnergySystem:
    """Power is free by day, 4 are wanted by night; a store costs 1 for each unit it holds."""
    store = {
        "flows": {"in": {"power": -1.0, "charge": 1.0}, "out": {"power": 1.0, "charge": -1.0}},
        "time_level": "slice", "capacity_unit": "GW", "capacity_to_activity": 1000.0,
        "holds": {"charge": 1.0}, "investment_cost": 1.0, "lifetime": 1.0, "hurdle_rate": 0.0,
    }  # fmt: skip
    sun = {
        "flows": {"power": 1.0}, "time_level": "slice", "capacity_unit": "GW",
        "capacity_to_activity": 1.0, "stock": {"2021": 20.0},
        "capacity_factor": {"day": 1.0, "night": 0.0},
    }  # fmt: skip
    stored = {"kind": "stored", "time_level": "slice", "cycle": "sequence"}
    return make(
        {"store": store, "sun": sun}, {"power": SLICES, "charge": stored},
        {("power", "2021", "night"): 4.0}, nodes=DAY_AND_NIGHT, sequence=sequence,
    )  # fmt: skip


def test_a_store_that_is_filled_twice_is_half_the_size():
    """Day and night come twice, each with half of their days: 2 are held, not 4.

    One more by night, half of it in each of its steps: half a unit more of store.
    """
    run = Run(round_system())
    assert run.value("new_capacity", technology="store") == pytest.approx(2.0)
    levels = run.results["sequence_level"].sel(period=2021, commodity="charge").sum("region")
    assert levels.values.tolist() == pytest.approx([2.0, 0.0, 2.0, 0.0])
    price = run.results["commodity_price"].sel(commodity="power", period=2021)
    assert run.cost == pytest.approx(2.0)
    assert price.sum().item() * 2 == pytest.approx(0.5)


def test_a_store_that_is_filled_once_holds_all():
    """In the plain order all 4 are held at once."""
    assert Run(round_system((("day", 1.0), ("night", 1.0)))).cost == pytest.approx(4.0)


def test_ramps_hold_along_the_sequence_where_the_dataset_says_so():
    """10 GW may change by 6 from season to season: 2 in b, 4 a year, allow 10 a year in a.

    So 5 of the 8 wanted in a are made, 3 are bought at 5. With ramps within days all are made.
    """
    plant = {
        "flows": {"power": 1.0}, "time_level": "slice", "capacity_unit": "GW", "ramp_rate": 0.025,
        "capacity_to_activity": 10.0, "stock": {"2021": 1.0},
    }  # fmt: skip
    imports = {"flows": {"power": 1.0}, "time_level": "slice", "variable_cost": 5.0}

    def run(ramps: str) -> Run:
        return Run(make(
            {"plant": {**plant, "capacity_to_activity": 20.0, "ramp_rate": 0.0125}, "buy": imports},
            {"power": SLICES}, {("power", "2021", "a-day"): 8.0, ("power", "2021", "b-day"): 2.0},
            nodes=SEASONS, sequence=(("a-day", 1.0), ("b-day", 1.0)), ramps=ramps,
        ))  # fmt: skip

    assert run("sequence").cost == pytest.approx(15.0)
    assert run("sequence").activity("plant", time_slice="a-day") == pytest.approx(5.0)
    assert run("both").cost == pytest.approx(15.0)


def test_a_mode_runs_in_its_time_slices_alone():
    """Heat takes 1 of fuel by day and 2 by night: 1 of heat in each take 3, and a night one 2."""
    heater = {
        "flows": {"warm": {"heat": 1.0, "fuel": -1.0}, "cold": {"heat": 1.0, "fuel": -2.0}},
        "time_level": "slice",
    }  # fmt: skip
    system = make(
        {"heater": heater, "buy": {"flows": {"fuel": 1.0}, "variable_cost": 1.0}},
        {"heat": SLICES, "fuel": "energy"},
        {("heat", "2021", "day"): 1.0, ("heat", "2021", "night"): 1.0}, nodes=DAY_AND_NIGHT,
        parameters={"mode_runs": {("here", "heater", "warm", "day"): 1.0,
                                  ("here", "heater", "cold", "night"): 1.0}},
    )  # fmt: skip
    run = Run(system)
    assert run.cost == pytest.approx(3.0)
    assert run.activity("heater", mode="cold", time_slice="night") == pytest.approx(1.0)
    price = run.results["commodity_price"].sel(commodity="heat", period=2021)
    assert price.sum().item() == pytest.approx((1.0 + 2.0) / 2)


def test_the_rules_of_the_sequence_name_their_steps():
    """level_follows_sequence: the first after the last; sequence_level_within_size: for each."""
    linear = Run(round_system()).built.linear
    follows = linear.rows["level_follows_sequence"]
    first = linear.matrix[[follows.start], :].tocoo()
    found = {
        linear.column_at(int(j))[1]: float(value)
        for j, value in zip(first.coords[1], first.data, strict=True)
    }
    level = ("here", "charge", "2021")
    assert found == {
        (*level, "step-1"): 1.0, (*level, "step-4"): -1.0,
        ("here", "store", "pooled", "in", "2021", "day"): -0.5,
        ("here", "store", "pooled", "out", "2021", "day"): 0.5,
    }  # fmt: skip
    size = linear.rows["sequence_level_within_size"]
    assert len(list(size.index.listed())) == 4
