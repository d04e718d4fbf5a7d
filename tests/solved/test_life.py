"""How capacity ends: survival curves, early closing that emits, limits to its fall."""

import pytest

from carbonpath.system.system import STEP, Limit
from tests.systems import Run, make

PLANT = {"flows": {"heat": 1.0}, "capacity_unit": "GW", "capacity_to_activity": 1.0}
BACKUP = {"flows": {"heat": 1.0}, "variable_cost": 20.0}


def test_a_survival_curve_wears_capacity_down():
    """Of what is built in 2021, for 30 over three years, 60 % stand in 2022 and 30 % in 2023.

    6 of heat a year, backup 20. A GW that is used in all years saves 20 + 12 + 6 = 38 and is built
    until 2021 is met: 6, then 3.6 and 1.8. One more would save 18 only. Cost 180 + 20 x 6.6 = 312.
    One more unit in 2021 builds a GW that saves 18 later: 12; later ones cost the backup's 20.
    """
    plant = {**PLANT, "investment_cost": 30.0, "lifetime": 3.0, "hurdle_rate": 0.0,
             "build_rate": {"2021": 50.0, "2022": 0.0, "2023": 0.0}}  # fmt: skip
    left = {"2021": 1.0, "2022": 0.6, "2023": 0.3}
    run = Run(
        make({"plant": plant, "backup": BACKUP}, {"heat": "service"}, {"heat": 6.0},
             (2021, 2022, 2023),
             parameters={"survival": {("here", "plant", "2021", y): s for y, s in left.items()}})
    )  # fmt: skip
    found = [run.value("total_capacity", y, technology="plant") for y in (2021, 2022, 2023)]
    assert found == pytest.approx([6.0, 3.6, 1.8])
    assert run.cost == pytest.approx(312)
    prices = [run.value("commodity_price", y) for y in (2021, 2022, 2023)]
    assert prices == pytest.approx([12.0, 20.0, 20.0])


def test_closing_early_emits_and_the_emission_is_paid():
    """5 GW cost 1 a year each, 2 are wanted. Closing one emits 0.5 Mt at 1.2: 0.6, less than 1.

    3 are closed in 2021 (2020 cannot): 5 in 2020, 2 + 1.8 in 2021. One more unit of heat keeps a
    GW: 1 less the 0.6 of closing it.
    """
    old = {**PLANT, "retirement": "early", "fixed_cost": 1.0, "withdrawn": {"co2": 0.5},
           "stock": {"2020": 5.0, "2021": 5.0}, "closing": {"2020": 0.0, "2021": 1.0}}  # fmt: skip
    run = Run(
        make({"old": old}, {"heat": "service", "co2": "emission"}, {"heat": 2.0}, (2020, 2021),
             parameters={"emission_price": {("here", "co2", "2021"): 1.2}})
    )  # fmt: skip
    assert run.value("retired_capacity") == pytest.approx(3)
    assert run.value("withdrawn_capacity") == pytest.approx(3)
    assert run.value("emissions") == pytest.approx(1.5)
    assert run.cost == pytest.approx(5 + 2 + 1.8)
    assert run.value("commodity_price", commodity="heat") == pytest.approx(0.4)


def test_capacity_falls_no_faster_than_it_may():
    """10 GW stand in 2021 and cost 2 each; 1 is used. What stood is at most 1 + 1.25 x what stands.

    So 2022 keeps at least (10 - 1) / 1.25 = 7.2: 20 + 14.4. One GW less would save 2.
    """
    old = {**PLANT, "retirement": "early", "fixed_cost": 2.0, "stock": {"2021": 10.0, "2022": 10.0},
           "closing": {"2021": 0.0, "2022": 1.0}}  # fmt: skip
    fall = Limit("fall", "total_capacity", ">=", {"2022": 0.8}, of="total_capacity", lag=STEP,
                 seed=-0.8)  # fmt: skip
    run = Run(make({"old": old}, {"heat": "service"}, {"heat": 1.0}, (2021, 2022), limits=[fall]))
    assert run.value("total_capacity", 2022) == pytest.approx(7.2)
    assert run.cost == pytest.approx(34.4)
    assert run.price("fall", 2022) == pytest.approx(-2)
