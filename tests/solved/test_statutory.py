"""The statutory totals on a toy province, every number worked out on paper, in PJ.

kappa is 2.5 PJ of primary energy per PJ of electricity. In 2020 / 2021:

power       coal plants 40 / 36 (2.5 of coal and 0.25 of CO2 each), wind 10 / 14, biomass 2 (3 of
            straw each); lines: hydro 6 (all non-fossil), coal 4 (one fifth non-fossil, 0.2 of CO2
            each), sent out 5 (half non-fossil, 0.15 of CO2 each). 57 in all, 50 after the grid.
fuels       coal 100 / 90; oil 30: 20 as material in a cracker (0.07 of CO2 each as feedstock),
            10 in cars (0.07 of CO2); straw 12: 6 in plants, 6 in boilers.
processes   cement emits 3.

BIO  = 2.5 x 2 + 6 = 11
R0   = 100 + 30 + 2.5 x (10 + 6 + 4 - 5) + 11 = 178.5, and 90 + 30 + 2.5 x 19 + 11 = 178.5
NF   = 2.5 x (10 + 6 + 0.8 - 2.5) + 11 = 46.75, and 56.75
RE   = 10 + 2 + 6 + 0.8 - 2.5 = 16.3, and 20.3
R1   = R0 - 20 (intensity); total control also less 2.5 x 4 in 2021
R2   = R0 - 20 - NF
"""

import pytest

from carbonpath.spec.units import PJ_PER_MTCE
from carbonpath.system.system import Limit
from tests.systems import Run, make

YEARS = ("2020", "2021")


def fixed(value, **rest):
    """A technology whose activity is given."""
    return {"activity_floor": value, "activity_limit": value, **rest}


def province(limits=(), **more):
    """Return the toy province."""
    generation = {"role": "generation"}
    technologies = {
        "coal_supply": {"role": "supply", "flows": {"coal": 1.0}},
        "oil_supply": {"role": "supply", "flows": {"oil": 1.0}},
        "straw_supply": {"role": "supply", "flows": {"straw": 1.0}},
        "coal_plant": {**generation, "flows": {"bus": 1.0, "coal": -2.5, "co2": 0.25}},
        "wind": fixed({"2020": 10.0, "2021": 14.0}, **generation, primary="wind",
                      flows={"bus": 1.0}),
        "straw_plant": fixed(2.0, **generation, primary="biomass",
                             flows={"bus": 1.0, "straw": -3.0}),
        "hydro_line": fixed(6.0, role="import_line", flows={"bus": 1.0}, non_fossil_share=1.0,
                            renewable_share=1.0),
        "coal_line": fixed(4.0, role="import_line", flows={"bus": 1.0, "co2_import": 0.2},
                           non_fossil_share=0.2, renewable_share=0.2),
        "sent_out": fixed(5.0, role="export_line", flows={"bus": -1.0, "co2_import": -0.15},
                          non_fossil_share=0.5, renewable_share=0.5),
        "grid": {"role": "network", "flows": {"bus": -1.14, "electricity": 1.0}},
        "office": {"flows": {"electricity": -1.0, "work": 1.0}, "sector": "construction"},
        "boiler": {"flows": {"straw": -1.2, "warmth": 1.0}},
        "cracker": {"flows": {"oil": -1.0, "ethylene": 0.5, "co2_feedstock": 0.07},
                    "feedstock_flow": {"oil": 1.0}, "sector": "industry"},
        "car": {"flows": {"oil": -1.0, "travel": 1.0, "co2": 0.07}, "fuel_flow": {"oil": 1.0}},
        "kiln": {"flows": {"cement": 1.0, "co2_process": 0.5}, "sector": "industry"},
        **more,
    }  # fmt: skip
    energy = {"coal": "coal", "oil": "oil", "straw": "biomass", "bus": "electricity",
              "electricity": "electricity"}  # fmt: skip
    commodities = {
        **{name: {"kind": "energy", "carrier": carrier} for name, carrier in energy.items()},
        **dict.fromkeys(("work", "warmth", "travel", "ethylene", "cement"), "service"),
        **dict.fromkeys(("co2", "co2_process", "co2_feedstock", "co2_import"), "emission"),
    }
    demand = {"work": 50.0, "warmth": 5.0, "travel": 10.0, "ethylene": 10.0, "cement": 6.0}
    return make(
        technologies, commodities, demand, periods=(2020, 2021), limits=limits,
        parameters={
            "kappa": {(year,): 2.5 for year in YEARS},
            "physical_factor": {("coal",): 0.05, ("oil",): 0.025},
        },
    )  # fmt: skip


@pytest.fixture(scope="module")
def run():
    return Run(province())


MTCE = {
    "coal_energy": (100, 90),
    "oil_energy": (30, 30),
    "gas_energy": (0, 0),
    "fossil_energy": (130, 120),
    "biomass_energy": (11, 11),
    "feedstock_energy": (20, 20),
    "energy_total": (178.5, 178.5),
    "non_fossil_energy": (46.75, 56.75),
    "energy_total_r1": (158.5, 148.5),
    "energy_total_r1_intensity": (158.5, 158.5),
    "energy_total_r2": (111.75, 101.75),
}
OTHERS = {
    "primary_electricity": (10, 14),
    "net_imported_electricity": (5, 5),
    "net_imported_non_fossil_electricity": (4.3, 4.3),
    "renewable_electricity": (16.3, 20.3),
    "electricity_consumption": (57, 57),
    "final_electricity": (50, 50),
    "final_energy_total": (66, 66),
    "coal_consumption": (5, 4.5),
    "oil_consumption": (0.75, 0.75),
    "co2_energy": (10.7, 9.7),
    "co2_process_total": (3, 3),
    "co2_feedstock_total": (1.4, 1.4),
    "co2_imported": (0.05, 0.05),
    "co2_territorial_c0": (12.1, 11.1),
    "co2_territorial_c1": (13.7, 12.7),
    "co2_c0": (12.15, 11.15),
    "co2_c1": (13.75, 12.75),
}


@pytest.mark.parametrize("name", MTCE)
def test_energy_total_in_coal_equivalent(run, name):
    found = [run.value(name, int(year)) * PJ_PER_MTCE for year in YEARS]
    assert found == pytest.approx(list(MTCE[name]), abs=1e-9)


@pytest.mark.parametrize("name", OTHERS)
def test_total_in_its_own_unit(run, name):
    assert [run.value(name, int(year)) for year in YEARS] == pytest.approx(
        list(OTHERS[name]), abs=1e-9
    )


def test_flows_by_technology_add_up_to_the_totals(run):
    """Fuel and feedstock stand apart: the cracker burns nothing, the car feeds nothing."""
    assert run.value("fuel_use", technology="car", commodity="oil") == pytest.approx(10)
    assert run.value("feedstock_use", technology="cracker", commodity="oil") == pytest.approx(20)
    assert run.value("use", technology="cracker", commodity="oil") == pytest.approx(20)
    assert run.value("final_energy", technology="cracker") == pytest.approx(0)
    assert run.value("supplied_energy", technology="coal_supply") == pytest.approx(90)


def test_a_share_of_non_fossil_energy_is_an_exact_row():
    """At least 35 % of R0 in 2021 where 31.8 % are fixed: a dearer wind makes up for coal.

    Each PJ of extra wind replaces 2.5 of coal and adds 2.5 at kappa, so R0 stays 178.5 and
    0.35 x 178.5 - 56.75 = 5.725 = 2.5 x 2.29 of wind. Coal costs nothing and extra wind 4, so a
    unit of the row costs 4 / 2.5 per PJ: 46.89 per Mtce.
    """
    share = Limit("share", "non_fossil_energy", ">=", {"2021": 0.35}, of="energy_total")
    more = {"role": "generation", "primary": "wind", "flows": {"bus": {"2021": 1.0}},
            "variable_cost": 4.0}  # fmt: skip
    run = Run(province((share,), more_wind=more))
    assert run.value("output", technology="more_wind") == pytest.approx(2.29)
    assert run.value("non_fossil_energy") / run.value("energy_total") == pytest.approx(0.35)
    assert run.price("share") == pytest.approx(-4 / 2.5 * PJ_PER_MTCE)


def test_gas_counts_as_gas():
    """2 of heat from gas take 2 of gas supply."""
    run = Run(
        make({"gas_supply": {"role": "supply", "flows": {"gas": 1.0}},
              "stove": {"flows": {"gas": -1.0, "meals": 1.0}}},
             {"gas": {"kind": "energy", "carrier": "gas"}, "meals": "service"}, {"meals": 2.0},
             parameters={"kappa": {("2021",): 2.5}})
    )  # fmt: skip
    assert run.value("gas_energy") * PJ_PER_MTCE == pytest.approx(2)
    assert run.value("energy_total") * PJ_PER_MTCE == pytest.approx(2)


def test_exports_of_products_are_negative_supply():
    """A refinery makes 9 of diesel from 10 of crude; 4 are used at home and 5 leave: oil is 5."""
    run = Run(
        make({"crude_supply": {"role": "supply", "flows": {"crude": 1.0}},
              "refinery": {"role": "conversion", "flows": {"crude": -1.0, "diesel": 0.9}},
              "diesel_export": fixed(5.0, role="supply", flows={"diesel": -1.0}),
              "truck": {"flows": {"diesel": -1.0, "freight": 1.0}}},
             {"crude": {"kind": "energy", "carrier": "oil"},
              "diesel": {"kind": "energy", "carrier": "oil"}, "freight": "service"},
             {"freight": 4.0}, parameters={"kappa": {("2021",): 2.5}})
    )  # fmt: skip
    assert run.value("oil_energy") * PJ_PER_MTCE == pytest.approx(5)
