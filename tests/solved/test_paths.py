"""One system that uses every rule: lowered to arrays and expanded by Pyomo it is the same model."""

import pytest

from carbonpath.model.build import build
from carbonpath.model.declare import rules
from carbonpath.model.lowering.compare import differences
from carbonpath.system.system import ALL_PERIODS, Limit
from carbonpath.system.time import ROOT, Node
from tests.solved.test_capacity import closing_system
from tests.solved.test_leaving import scrap_system
from tests.solved.test_sequence import round_system
from tests.solved.test_stores_and_reserves import (
    anytime_system,
    battery_system,
    lake_system,
    reserve_system,
)
from tests.systems import Run, cap, make

NODES = (
    ROOT,
    Node("summer", "season", 0.5, 1, "annual"),
    Node("winter", "season", 0.5, 2, "annual"),
    Node("s-day", "slice", 0.25, 1, "summer", "typical", 170.0),
    Node("s-night", "slice", 0.2, 2, "summer", "typical", 170.0),
    Node("s-low", "slice", 0.05, 3, "summer", "low", 20.0),
    Node("w-day", "slice", 0.25, 4, "winter", "typical", 170.0),
    Node("w-night", "slice", 0.2, 5, "winter", "typical", 170.0),
    Node("w-low", "slice", 0.05, 6, "winter", "low", 20.0),
)
SHAPE = {"s-day": 0.3, "s-night": 0.2, "s-low": 0.05, "w-day": 0.25, "w-night": 0.15, "w-low": 0.05}
YEARS = ("2020", "2021", "2023")
BUILT = {
    "capacity_unit": "GW", "capacity_to_activity": 31.536, "lifetime": 20.0, "hurdle_rate": 0.08,
    "investment_cost": 5.0, "time_level": "slice", "role": "generation",
}  # fmt: skip


def technologies():
    """Return technologies that between them use every parameter."""
    stock = dict.fromkeys(YEARS, 1.0)
    return {
        "coal_supply": {"role": "supply", "flows": {"coal": 1.0}, "variable_cost": 0.02},
        "oil_supply": {"role": "supply", "flows": {"oil": 1.0}, "variable_cost": 0.05,
                       "activity_limit": 99.0},
        "gas_supply": {"role": "supply", "flows": {"gas": 1.0}, "variable_cost": 0.06},
        "straw_supply": {"role": "supply", "flows": {"straw": 1.0}, "activity_floor": 0.5},
        "steel_supply": {"role": "supply", "flows": {"steel": 1.0}, "variable_cost": 4.0},
        "coal_plant": {**BUILT, "flows": {"bus": 1.0, "coal": -2.5, "co2": 0.25, "ash": 0.1},
                       "fuel_flow": {"coal": 2.5}, "stock": {"2020": 2.0, "2021": 1.9, "2023": 1.7},
                       "availability": 0.8, "minimum_load": 0.1, "ramp_rate": 0.05,
                       "fixed_cost": 0.05, "capacity_credit": 0.9, "retirement": "early",
                       "built": {"steel": -0.05, "co2": 0.1}, "withdrawn": {"scrap": 0.03},
                       "standing": {"steel": -0.001}},
        "gas_plant": {**BUILT, "vintages": "kept", "flows": {"bus": 1.0, "gas": -2.0, "co2": 0.11},
                      "fuel_flow": {"gas": 2.0}, "minimum_use": 0.05, "unit_size": 0.4,
                      "capacity_credit": 0.95, "stock": {("2010", y): 0.5 for y in YEARS}},
        "wind": {**BUILT, "primary": "wind", "flows": {"bus": 1.0}, "stock": stock,
                 "capacity_factor": {n.label: 0.3 + 0.02 * n.order for n in NODES[3:]},
                 "build_rate": 2.0, "build_floor": {"2021": 0.1}, "growth_rate": 0.3,
                 "growth_seed": 0.5, "capacity_limit": 9.0, "capacity_floor": {"2023": 1.5},
                 "capacity_credit": 0.1},
        "straw_plant": {**BUILT, "primary": "biomass", "flows": {"bus": 1.0, "straw": -3.0},
                        "stock": dict.fromkeys(YEARS, 0.02), "steady": 1.0, "input_need": 3.0},
        "line": {"role": "import_line", "time_level": "slice", "non_fossil_share": 0.6,
                 "renewable_share": 0.4, "flows": {"bus": 1.0, "co2_import": 0.1},
                 "variable_cost": 0.09, "activity_share": SHAPE},
        "sent": {"role": "export_line", "time_level": "slice", "non_fossil_share": 0.1,
                 "renewable_share": 0.1, "flows": {"bus": -1.0, "co2_import": -0.1},
                 "variable_cost": -0.01},
        "battery": {**BUILT, "role": "storage", "holds": {"charge": 0.0144}, "storage_loss": 0.001,
                    "flows": {"in": {"bus": -1.0, "charge": 0.9},
                              "out": {"bus": 1.0, "charge": -1.0}}},
        "grid": {"role": "network", "time_level": "slice",
                 "flows": {"bus": -1.05, "electricity": 1.0}},
        "office": {"flows": {"electricity": -1.0, "work": 1.0},
                   "peak_factor": {"electricity": 0.05}},
        "heating": {"time_level": "season", "flows": {"oil": -1.1, "warmth": 1.0, "co2": 0.08},
                    "fuel_flow": {"oil": 1.1}},
        "boiler": {"flows": {"straw": -1.2, "meals": 1.0}},
        "cracker": {"flows": {"oil": -1.0, "ethylene": 0.5, "co2_feedstock": 0.07},
                    "feedstock_flow": {"oil": 1.0}},
        "world": {"flows": {}, "exogenous_emission": {"co2": 0.1}},
        "kiln": {"flows": {"cement": 1.0, "co2_process": 0.5}},
    }  # fmt: skip


def limits():
    """Return limits of every kind."""
    return (
        cap("co2", 20, values={"2021": 20.0, "2023": 18.0}),
        cap("co2", 19, id="soft", values={"2023": 16.0}, mode="soft", price={"2023": 0.3}),
        cap("co2", 0, id="budget", values={ALL_PERIODS: 90.0}),
        cap("co2", 15, id="track", values={"2023": 15.0}, mode="track"),
        Limit("share", "non_fossil_energy", ">=", {"2023": 0.05}, of="energy_total"),
        Limit("growth", "output", "<=", {"2021": 1.5, "2023": 1.5}, {"primary": ("wind",)},
              each=("technology",), of="output", of_where={"primary": ("wind",)}, lag=1, seed=1.0),
        Limit("past", "output", "==", {"2020": 9.0}, {"technology": ("wind",)}, mode="history"),
    )  # fmt: skip


def rich():
    """Return the system."""
    power = {"kind": "energy", "time_level": "slice", "carrier": "electricity"}
    commodities = {
        **{name: {"kind": "energy", "carrier": carrier} for name, carrier in (
            ("coal", "coal"), ("oil", "oil"), ("gas", "gas"), ("straw", "biomass"))},
        "bus": power, "electricity": power, "steel": "material",
        "charge": {"kind": "stored", "time_level": "slice", "cycle": "day"},
        "warmth": {"kind": "service", "time_level": "season"},
        **dict.fromkeys(("work", "meals", "ethylene", "cement"), "service"),
        **dict.fromkeys(("ash", "scrap"), "other"),
        **dict.fromkeys(("co2", "co2_process", "co2_feedstock", "co2_import"), "emission"),
    }  # fmt: skip
    demand = {"work": 50.0, "warmth": 5.0, "meals": 4.0, "ethylene": 10.0, "cement": 6.0}
    return make(
        technologies(), commodities, demand, periods=(2020, 2021, 2023), nodes=NODES,
        limits=limits(), discount_rate=0.05, situations=("evening",),
        shapes={("office", "electricity"): SHAPE},
        parameters={
            "kappa": {(year,): 2.4 for year in YEARS},
            "physical_factor": {("coal",): 0.05, ("oil",): 0.025},
            "reserve_margin": {("evening",): 0.1},
            "emission_price": {("here", "co2", year): 0.05 for year in YEARS},
        },
    )  # fmt: skip


@pytest.fixture(scope="module")
def built():
    return build(rich(), strict=True)


@pytest.fixture(scope="module")
def others():
    """What the rich system lacks: stores over years, reserves, demand at any time, closing."""
    systems = (
        lake_system(charge_limit=2.0, discharge_limit=1.0, minimum_level=0.1),
        battery_system(), reserve_system(), anytime_system(), closing_system(),
        scrap_system(), round_system(),
    )  # fmt: skip
    return [build(system, strict=True) for system in systems]


def test_every_rule_has_rows(built, others):
    empty = [
        rule.name
        for rule in rules("quantity", "cost", "constraint")
        if not any(len(model.space.indices[rule.over]) for model in (built, *others))
    ]
    assert empty == []


def test_lowered_and_expanded_models_are_the_same(built, others):
    for model in (built, *others):
        assert differences(model.linear, model.space.expanded().matrix()) == []


def test_the_rich_system_has_an_optimum_whose_parts_add_up():
    """Primal and dual agree (whole units fixed), and the discounted parts make the objective."""
    run = Run(rich())
    data = run.results.dataset
    parts = ("investment_payment", "fixed_payment", "variable_payment", "emission_payment")
    yearly = sum(data[part].sum(set(data[part].dims) - {"period"}) for part in parts)
    linear = run.built.linear
    penalty = linear.values("shortfall_penalty", run.solution.columns)
    missed = float(penalty @ linear.objective["shortfall_penalty"])
    assert float((yearly * data["discount_weight"]).sum()) + missed == pytest.approx(run.cost)
    assert data.attrs["dual_objective"] == pytest.approx(run.cost, rel=1e-5)
