"""Capacity: stock, lives, annuities, vintages, growth, adequacy, early closing, materials."""

import pytest

from carbonpath.system.finance import annuity
from tests.systems import Run, make

PLANT = {
    "capacity_unit": "GW", "capacity_to_activity": 1.0, "investment_cost": 100.0,
    "lifetime": 20.0, "hurdle_rate": 0.0,
}  # fmt: skip


def plant(**changes):
    """A plant that makes one unit of heat a year from one of capacity."""
    return {**PLANT, "flows": {"heat": 1.0}, **changes}


def heat(technologies, **changes):
    """A system with 10 units of heat demanded."""
    return make(technologies, {"heat": "service"}, **{"demand": {"heat": 10.0}, **changes})


def test_an_annuity_is_paid_in_every_served_year_of_the_horizon():
    """10 GW at 100 are built in 2021 at 8 % over 20 years: 101.85 is paid in each year 2021-2025.

    At a social rate of 5 % those five years are worth 4.3295: 101.85 x 4.3295 = 440.97.
    """
    system = heat({"plant": plant(hurdle_rate=0.08)}, periods=(2021, 2025), discount_rate=0.05)
    run = Run(system)
    assert run.value("new_capacity", vintage="2021") == pytest.approx(10)
    assert run.value("investment_payment", 2025) == pytest.approx(101.852, rel=1e-5)
    assert run.cost == pytest.approx(440.97, rel=1e-4)
    social = annuity(0.05, 20) * 1000 * 4.329477
    assert run.results.dataset.attrs["total_cost_social"] == pytest.approx(social, rel=1e-6)


def test_a_short_life_is_built_again_for_what_is_missing():
    """Built in 2021 for three years: serves 2021-2023, so half of 2022-2025 (4 years).

    Built in 2022 it serves 2022-2024, three of the four years. 10 are needed on average:
    0.5 x 10 + 0.75 x new = 10, new = 6.667. A year of service costs 100 / 3, and so does heat: what
    is built in 2021 for one more unit then spares half a unit of the later builds.
    """
    run = Run(heat({"plant": plant(lifetime=3.0)}, periods=(2021, 2025)))
    assert run.value("new_capacity", vintage="2021") == pytest.approx(10)
    assert run.value("new_capacity", vintage="2025") == pytest.approx(5 / 0.75)
    assert run.value("capacity", 2025) == pytest.approx(10)
    prices = [run.value("commodity_price", year) for year in (2021, 2025)]
    assert prices == pytest.approx([100 / 3, 100 / 3])


def test_stock_serves_before_anything_is_built():
    """6 of stock in 2021 and 3 in 2022: 4 are built at once, 3 later; a year costs 100 / 20 = 5.

    Another unit of stock in 2021 would save one unit built a year early, so the price of heat is
    5 in 2022 and 5 - 5 + 5 in 2021: one more unit then must be kept.
    """
    run = Run(heat({"plant": plant(stock={"2021": 6.0, "2022": 3.0})}, periods=(2021, 2022)))
    assert run.value("new_capacity", vintage="2021") == pytest.approx(4)
    assert run.value("new_capacity", vintage="2022") == pytest.approx(3)
    assert run.cost == pytest.approx(5 * 4 + 5 * 7)
    prices = [run.value("commodity_price", year) for year in (2021, 2022)]
    assert prices == pytest.approx([5, 5])


def test_kept_vintages_run_in_the_order_of_their_merit():
    """Stock of 2010 burns 3 per heat, vintage 2021 burns 2 and costs 0.1 a year to own.

    New plants take all they can: with at most 6 a year, old plants make 4, and one more unit at 3.
    """
    technology = plant(
        vintages="kept", investment_cost=1.0, lifetime=10.0, build_rate=6.0,
        stock={("2010", "2021"): 8.0}, flows={"heat": 1.0, "fuel": {"2010": -3.0, "2021": -2.0}},
    )  # fmt: skip
    supply = {"flows": {"fuel": 1.0}, "variable_cost": 1.0, "role": "supply"}
    run = Run(
        make(
            {"plant": technology, "supply": supply}, {"heat": "service", "fuel": "energy"},
            demand={"heat": 10.0},
        )
    )  # fmt: skip
    assert run.activity("plant", vintage="2021") == pytest.approx(6)
    assert run.activity("plant", vintage="2010") == pytest.approx(4)
    assert run.cost == pytest.approx(0.6 + 12 + 12)
    assert run.value("commodity_price", commodity="heat") == pytest.approx(3)


def test_pooled_vintages_run_as_one():
    """The same with one pooled flow of 2.5: 10 x 2.5 of fuel and nothing is built."""
    technology = plant(stock={"2021": 10.0}, flows={"heat": 1.0, "fuel": -2.5})
    supply = {"flows": {"fuel": 1.0}, "variable_cost": 1.0}
    run = Run(
        make(
            {"plant": technology, "supply": supply}, {"heat": "service", "fuel": "energy"},
            demand={"heat": 10.0},
        )
    )  # fmt: skip
    assert run.cost == pytest.approx(25)
    assert run.value("new_capacity", vintage="2021") == pytest.approx(0)


def test_additions_grow_from_a_seed_at_their_rate():
    """10 % a year and a seed of 1 GW: 1 in 2021, 2.1 in 2022.

    Then 1.21 x 2.1 + 2.1 in each of the two years to 2024. A dear backup (50) covers the rest.
    """
    fast = plant(investment_cost=1.0, growth_rate=0.1, growth_seed=1.0)
    backup = {"flows": {"heat": 1.0}, "variable_cost": 50.0}
    run = Run(
        heat({"plant": fast, "backup": backup}, demand={"heat": 50.0}, periods=(2021, 2022, 2024))
    )
    assert run.value("added_capacity", 2022) == pytest.approx(2.1)
    assert run.value("added_capacity", 2024) == pytest.approx(4.641)
    assert run.value("total_capacity", 2024) == pytest.approx(1 + 2.1 + 2 * 4.641)


def test_build_rate_is_per_year():
    """At most 2 GW a year: 4 GW are built in the two years to 2022, at 0.05 a year each.

    One more GW a year is 2 GW that save 50 - 0.05 in each of two years: 199.8.
    """
    run = Run(
        heat(
            {"plant": plant(build_rate=2.0, investment_cost=1.0),
             "backup": {"flows": {"heat": 1.0}, "variable_cost": 50.0}},
            periods=(2022,),
        )
    )  # fmt: skip
    assert run.value("new_capacity", vintage="2022") == pytest.approx(4)
    assert run.value("added_capacity", 2022) == pytest.approx(2)
    assert run.dual("additions_within_build_rate") == pytest.approx(-199.8)


def test_committed_projects_are_built_and_potentials_hold():
    """3 GW of a dear plant are committed; a cheap one may stand at 5; a third makes the rest.

    They cost 5, 0.05 and 1 a year: one GW committed less saves 4, one more of the potential 0.95.
    """
    run = Run(
        heat(
            {
                "dear": plant(build_floor=3.0),
                "cheap": plant(investment_cost=1.0, capacity_limit=5.0),
                "third": plant(investment_cost=20.0, capacity_floor=0.5),
            },
        )
    )
    assert run.value("total_capacity", technology="dear") == pytest.approx(3)
    assert run.value("total_capacity", technology="cheap") == pytest.approx(5)
    assert run.value("total_capacity", technology="third") == pytest.approx(2)
    assert run.cost == pytest.approx(3 * 5 + 5 * 0.05 + 2 * 1)
    assert abs(run.dual("committed_capacity_is_added", "dear")) == pytest.approx(4)
    assert run.dual("capacity_within_limit", "cheap") == pytest.approx(-0.95)


def test_firm_capacity_covers_the_peak_with_its_margin():
    """10 PJ at 0.05 GW/PJ make a peak of 0.5 GW; with 20 % margin 0.6 GW must be firm.

    2 GW of wind count 10 %: 0.2 GW. So 0.4 GW of gas are built (1 a year each) though wind makes
    all the energy. One more GW of peak costs 1.2, so one more PJ of demand 0.06.
    """
    wind = plant(role="generation", capacity_to_activity=31.536, stock={"2021": 2.0},
                 flows={"power": 1.0}, capacity_credit=0.1, capacity_limit=2.0)  # fmt: skip
    gas = plant(role="generation", capacity_to_activity=31.536, investment_cost=20.0,
                flows={"power": 1.0}, capacity_credit=1.0, variable_cost=9.0)  # fmt: skip
    user = {"flows": {"power": -1.0, "light": 1.0}, "peak_factor": {"power": 0.05}}
    run = Run(
        make(
            {"wind": wind, "gas": gas, "user": user}, {"power": "energy", "light": "service"},
            demand={"light": 10.0}, situations=("evening",),
            parameters={"reserve_margin": {("evening",): 0.2}},
        )
    )  # fmt: skip
    assert run.value("peak_load") == pytest.approx(0.5)
    assert run.value("firm_capacity") == pytest.approx(0.6)
    assert run.value("total_capacity", technology="gas") == pytest.approx(0.4)
    assert run.value("output", technology="gas", commodity="power") == pytest.approx(0)
    assert run.value("commodity_price", commodity="light") == pytest.approx(0.06)


@pytest.mark.parametrize(("backup", "kept"), [(0.1, 0.0), (3.0, 5.0)])
def test_closed_capacity_stays_closed(backup, kept):
    """5 GW idle in 2021 cost 1 each a year and are wanted in 2022, where a backup costs 0.1 or 3.

    Keeping costs 5 + 5, closing 5 x backup: 0.5 closes it at once, 15 keeps it for 10. One more
    unit of heat in 2022 comes from the backup.
    """
    old = {
        "capacity_unit": "GW", "capacity_to_activity": 1.0, "retirement": "early",
        "fixed_cost": 1.0, "stock": {"2021": 5.0, "2022": 5.0}, "flows": {"heat": 1.0},
    }  # fmt: skip
    other = {"flows": {"heat": 1.0}, "variable_cost": backup}
    demand = {("heat", "2021"): 0.0, ("heat", "2022"): 5.0}
    run = Run(heat({"old": old, "backup": other}, demand=demand, periods=(2021, 2022)))
    assert run.value("capacity", 2022) == pytest.approx(kept)
    assert run.cost == pytest.approx(10.0 if kept else 0.5)
    assert run.value("commodity_price", 2022) == pytest.approx(backup)


def closing_system():
    """5 GW of 2020 idle in 2021 for 1 each a year; in 2022 they cannot be closed."""
    old = {
        "capacity_unit": "GW", "capacity_to_activity": 1.0, "retirement": "early",
        "vintages": "kept", "fixed_cost": 1.0, "flows": {"heat": 1.0},
        "stock": {("2020", "2021"): 5.0, ("2020", "2022"): 5.0},
        "closing": {"2021": 1.0, "2022": 0.0},
    }  # fmt: skip
    other = {"flows": {"heat": 1.0}, "variable_cost": 3.0}
    demand = {("heat", "2021"): 2.0, ("heat", "2022"): 1.0}
    return heat({"old": old, "backup": other}, demand=demand, periods=(2021, 2022))


def test_what_cannot_be_closed_lasts():
    """2 GW work in 2021 and stay in 2022 though 1 would do: 2 + 2 (unclosable_capacity_lasts).

    Keeping the second in 2021 costs 1 then and 1 in 2022, which together beat the backup at 3.
    """
    run = Run(closing_system())
    assert run.value("capacity", 2021) == pytest.approx(2)
    assert run.value("capacity", 2022) == pytest.approx(2)
    assert run.cost == pytest.approx(4)


def test_withdrawn_capacity_leaves_scrap_and_waste():
    """10 GW in 2020 are 6 in 2022: 2 GW a year leave, with 0.1 of scrap and 0.5 of waste each.

    Scrap of which nobody takes anything is thrown away; waste is an emission and counted.
    """
    old = {
        "capacity_unit": "GW", "capacity_to_activity": 1.0, "flows": {"heat": 1.0},
        "stock": {"2020": 10.0, "2022": 6.0}, "withdrawn": {"scrap": 0.1, "waste": 0.5},
    }  # fmt: skip
    run = Run(
        make(
            {"old": old}, {"heat": "service", "scrap": "other", "waste": "emission"},
            demand={"heat": 5.0}, periods=(2020, 2022),
        )
    )  # fmt: skip
    assert run.value("withdrawn_capacity", 2022) == pytest.approx(2)
    assert run.value("net_output", 2022, commodity="scrap") == pytest.approx(0.2)
    assert run.value("output", 2022, technology="old", commodity="scrap") == pytest.approx(0.2)
    assert run.value("emissions", 2022, commodity="waste") == pytest.approx(1.0)


def test_building_takes_material_and_standing_takes_upkeep():
    """10 GW built over two years take 0.05 of steel each: 0.25 a year; upkeep takes 0.01: 0.1.

    Steel costs 100, so a year costs 35 beside the plant's 50, and one more unit of heat 8.5.
    """
    steel = {"flows": {"steel": 1.0}, "variable_cost": 100.0}
    run = Run(
        make(
            {"plant": plant(built={"steel": -0.05}, standing={"steel": -0.01}), "steel": steel},
            {"heat": "service", "steel": "material"}, demand={"heat": 10.0}, periods=(2022,),
        )
    )  # fmt: skip
    assert run.value("output", 2022, technology="steel") == pytest.approx(0.35)
    assert run.value("use", 2022, technology="plant", commodity="steel") == pytest.approx(0.35)
    assert run.cost == pytest.approx(2 * (50 + 35))
    assert run.value("commodity_price", 2022, commodity="heat") == pytest.approx(8.5)


def test_building_emits_what_it_embodies():
    """10 GW built over two years emit 2 each: 10 a year; at 3 per tonne 30 a year are paid.

    One more unit of heat costs the plant's 5 a year and 3 for what its building emits.
    """
    run = Run(
        make(
            {"plant": plant(built={"co2": 2.0})}, {"heat": "service", "co2": "emission"},
            demand={"heat": 10.0}, periods=(2022,),
            parameters={"emission_price": {("here", "co2", "2022"): 3.0}},
        )
    )  # fmt: skip
    assert run.value("emissions", 2022) == pytest.approx(10)
    assert run.value("emission_payment", 2022) == pytest.approx(30)
    assert run.value("commodity_price", 2022, commodity="heat") == pytest.approx(8)


def test_capacity_comes_in_whole_units():
    """10 units of heat from plants of 4 GW: three are built, 12 GW, at 5 a year each.

    A model with whole numbers has no dual. With the number of plants fixed it has one: two units
    more of heat cost nothing.
    """
    run = Run(heat({"plant": plant(unit_size=4.0)}))
    assert run.value("total_capacity") == pytest.approx(12)
    assert run.cost == pytest.approx(60)
    assert run.value("commodity_price") == pytest.approx(0)
