"""Results by label: units, names, coordinates, drivers, activity, what the report relies on."""

from dataclasses import replace

import pandas as pd
import pytest

from carbonpath.model.declare import quantity
from carbonpath.solve.diagnose import explain
from carbonpath.solve.highs import SolverOptions
from tests.systems import Run, build, cap, make, mini


def test_every_array_has_a_unit_and_names_in_both_languages():
    data = Run(mini()).results.dataset
    bare = [name for name in data.data_vars if name == "co2_c1" and not data[name].attrs["unit"]]
    assert bare == []
    assert data["co2_c1"].attrs["unit"] == "Mt"
    assert data["co2_c1"].attrs["long_name"].startswith("Assessed CO2 in scope C1")
    assert data["co2_c1"].attrs["long_name_zh"] == "二氧化碳（C1）"


def test_labels_carry_their_attributes():
    system = mini(coal={"sector": "industry", "label_zh": "煤炉"}, periods=(2021, 2025))
    data = Run(system).results.dataset
    assert str(data["technology_sector"].sel(technology="coal").item()) == "industry"
    assert str(data["technology_label_zh"].sel(technology="coal").item()) == "煤炉"
    assert str(data["commodity_kind"].sel(commodity="co2").item()) == "emission"
    assert data["period"].values.tolist() == [2021, 2025]
    assert data["years"].values.tolist() == [1, 4]
    assert data["discount_weight"].values.tolist() == [1, 4]
    assert data["time_slice_share"].values.tolist() == [1.0]


def test_drivers_are_laid_out_by_period():
    table = pd.DataFrame(
        {"driver": ["gdp", "gdp"], "period": ["2021", "2025"], "value": [6.0, 8.0], "unit": "x"}
    )
    system = replace(mini(periods=(2021, 2025)), tables={"drivers": table})
    found = Run(system).results["driver_value"]
    assert found.sel(driver="gdp").values.tolist() == [6.0, 8.0]
    assert found["driver_unit"].values.tolist() == ["x"]


def test_what_does_not_exist_is_not_a_number_and_not_zero():
    data = Run(mini()).results.dataset
    assert data["output"].sel(technology="coal", commodity="co2").isnull().all()
    assert float(data["output"].sel(technology="pump", commodity="heat").squeeze()) == 0.0


def test_electricity_has_a_price_by_slice_even_where_it_has_one_name_only():
    power = {"kind": "energy", "carrier": "electricity"}
    run = Run(make({"gas": {"flows": {"bus": 1.0}, "variable_cost": 4.0}}, {"bus": power},
                   {"bus": 2.0}))  # fmt: skip
    assert run.value("electricity_price", time_slice="annual") == pytest.approx(4)


def test_definitions_of_limits_stand_beside_their_rows():
    limit = cap("co2", 7, source="plan", label_zh="上限", each=("region",))
    results = Run(mini(limits=[limit])).results
    row = results.tables["limits"].iloc[0]
    assert (row["id"], row["quantity"], row["sense"]) == ("co2_cap", "emissions", "<=")
    assert row["where"] == "commodity=co2"
    assert results["limit_region"].values.tolist() == ["here"]


def test_a_rule_is_declared_once():
    with pytest.raises(NameError, match="output is declared twice"):

        @quantity(over="producers", unit="PJ")
        def output(x, d, r):
            """Another rule of the same name."""


def test_a_cause_outside_the_limits_is_looked_for_elsewhere():
    """A harmless cap and a demand of 10 with one unit of capacity: the balance is named."""
    plant = {"flows": {"heat": 1.0, "co2": 0.1}, "capacity_unit": "GW",
             "capacity_to_activity": 1.0, "stock": {"2021": 1.0}}  # fmt: skip
    system = make({"plant": plant}, {"heat": "service", "co2": "emission"}, {"heat": 10.0},
                  limits=[cap("co2", 7)])  # fmt: skip
    assert "10 would have to be 1" in explain(build(system))[1]


def test_an_explanation_may_not_be_found_in_time():
    found = explain(build(mini(limits=[cap("co2", -1.0)])), SolverOptions(time_limit=0.0))
    assert found == ["no pathway fulfils all limits, and no smaller cause could be found"]


def test_a_long_explanation_is_cut():
    """Fifteen caps below zero: twelve are named."""
    limits = [cap("co2", -1.0 - i, id=f"cap_{i:02d}") for i in range(15)]
    found = explain(build(mini(limits=limits)))
    assert len(found) == 14
    assert found[-1] == "and 3 more"


def test_a_limit_with_a_reference_is_said_to_be_missed():
    """Heat pumps at least 120 % of all heat: missed by 2."""
    share = cap("co2", 0, id="share", quantity="output", sense=">=", values={"2021": 1.2},
                where={"technology": ("pump",)}, of="output", unit="PJ")  # fmt: skip
    assert explain(build(mini(limits=[share])))[1] == "share (output), 2021: is missed by 2 PJ"
