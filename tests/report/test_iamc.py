"""The IAMC table holds the variables asked for, in their units, and adds up."""

from dataclasses import replace
from io import BytesIO

import numpy as np
import pandas as pd
import pytest

from carbonpath.accounts.prices import carbon_penalty
from carbonpath.errors import InputError
from carbonpath.export import csv, iamc, netcdf
from carbonpath.export.variables import variables
from carbonpath.results.store import from_netcdf
from tests.accounts.made import made_results
from tests.results_by_hand import PERIODS, results

ASKED = """
Emissions|CO2|Energy
Emissions|CO2|Industrial Processes
Emissions|CO2|Energy and Industrial Processes
Emissions|CO2|Energy|Supply
Emissions|CO2|Energy|Demand|{Industry,Transportation,Residential,Commercial,AFOFI}
Emissions|CO2|Indirect|Net Electricity Imports
Primary Energy
Primary Energy|{Coal,Oil,Gas,Nuclear,Hydro,Wind,Solar,Biomass}
Final Energy
Final Energy|{Industry,Transportation,Residential,Commercial,AFOFI}
Final Energy|{Electricity,Gases,Liquids,Solids,Heat,Hydrogen}
Secondary Energy|Electricity
Secondary Energy|Electricity|{Coal,Gas,Nuclear,Hydro,Wind|Onshore,Wind|Offshore,Solar|PV,Biomass}
Secondary Energy|Electricity|Net Imports
Capacity|Electricity
Capacity|Electricity|{Coal,Gas,Nuclear,Hydro,Pumped Storage,Wind|Onshore,Wind|Offshore}
Capacity|Electricity|{Solar|PV,Biomass,Storage|Battery}
Peak Load|Electricity
Statutory|Energy Consumption|{R0,R1 Total,R1 Intensity,R2}
Statutory|Non-Fossil Share
Statutory|{Coal,Oil} Consumption
Statutory|Energy Intensity|{R0,R1 Intensity,R2}
Statutory|CO2|{C0,C1}
Statutory|Carbon Intensity|{C0,C1}
GDP|Real
Population
Price|Carbon
Cost|Total
Stock|Electric Vehicles
"""


def spelt_out(line: str) -> list[str]:
    """'A|{B,C} D' -> ['A|B D', 'A|C D']."""
    if "{" not in line:
        return [line]
    head, rest = line.split("{")
    inside, tail = rest.split("}")
    return [f"{head}{name}{tail}" for name in inside.split(",")]


@pytest.fixture(scope="module")
def values() -> pd.DataFrame:
    """The table of the result written by hand, by variable."""
    return iamc.table([results()], "carbonpath 0").set_index("variable")


def test_every_variable_asked_for_is_there(values: pd.DataFrame) -> None:
    """The list of the issue, spelt out."""
    asked = [name for line in ASKED.split("\n") if line for name in spelt_out(line)]
    assert not set(asked) - set(values.index)


def test_no_variable_stands_twice() -> None:
    """A name is a row."""
    names = [variable.name for variable in variables()]
    assert len(names) == len(set(names))


def test_the_head_is_that_of_iamc(values: pd.DataFrame) -> None:
    """Five columns, then the years."""
    frame = values.reset_index()
    assert list(frame.columns[:5]) == ["variable", "model", "scenario", "region", "unit"]
    assert set(frame.columns[5:]) == set(PERIODS)
    assert set(frame["region"]) == {"China|Zhejiang"}


@pytest.mark.parametrize(
    ("name", "unit", "value"),
    [
        ("Emissions|CO2|Energy", "Mt CO2/yr", 26.4),
        ("Emissions|CO2|Energy|Supply", "Mt CO2/yr", 23.0),
        ("Emissions|CO2|Energy|Demand|Transportation", "Mt CO2/yr", 3.0),
        ("Emissions|CO2|Energy|Demand|Industry", "Mt CO2/yr", 0.4),
        ("Emissions|CO2|Energy|Demand|Commercial", "Mt CO2/yr", 0.0),
        ("Emissions|CO2|Energy and Industrial Processes", "Mt CO2/yr", 27.4),
        ("Primary Energy|Coal", "EJ/yr", 10 * 29.3076e-3),
        ("Primary Energy|Wind", "EJ/yr", 0.020),
        ("Final Energy", "EJ/yr", 0.155),
        ("Final Energy|Industry", "EJ/yr", 0.095),
        ("Final Energy|Commercial", "EJ/yr", 0.020),
        ("Final Energy|Liquids", "EJ/yr", 0.045),
        ("Secondary Energy|Electricity", "EJ/yr", 0.120),
        ("Secondary Energy|Electricity|Coal", "EJ/yr", 0.098),
        ("Secondary Energy|Electricity|Other", "EJ/yr", 0.002),
        ("Secondary Energy|Electricity|Net Imports", "EJ/yr", 0.030),
        ("Capacity|Electricity", "GW", 8.0),
        ("Capacity|Electricity|Wind|Onshore", "GW", 2.0),
        ("Peak Load|Electricity", "GW", 9.0),
        ("Statutory|Non-Fossil Share", "%", 100 * 1.7 / 14.0),
        ("Statutory|Energy Intensity|R0", "tce/10^4 CNY_2020", 14.0 / 9800 * 100 / 10),
        ("Cost|Total", "billion CNY_2020/yr", 3.7),
        ("Price|Carbon", "CNY_2020/t CO2", 0.2 / 27.4 * 1000),
        ("Stock|Electric Vehicles", "million", 1.5),
    ],
)
def test_values_are_those_of_the_result(
    values: pd.DataFrame, name: str, unit: str, value: float
) -> None:
    """Each by hand from tests/results_by_hand.py, in 2030."""
    assert values.loc[name, "unit"] == unit
    assert values.loc[name, 2030] == pytest.approx(value)


def test_parts_add_up(values: pd.DataFrame) -> None:
    """Areas and forms of final energy, kinds of plants, supply and demand of energy CO2."""
    areas = [f"Final Energy|{name}" for name in
             ("Industry", "Transportation", "Residential", "Commercial", "AFOFI")]  # fmt: skip
    forms = [f"Final Energy|{name}" for name in
             ("Electricity", "Gases", "Liquids", "Solids", "Heat", "Hydrogen")]  # fmt: skip
    whole = values.loc["Final Energy", 2030]
    assert values.loc[areas, 2030].sum() == pytest.approx(whole)
    assert values.loc[forms, 2030].sum() == pytest.approx(whole)
    for name in ("Secondary Energy|Electricity", "Capacity|Electricity"):
        kinds = [n for n in values.index if n.startswith(f"{name}|") and "Imports" not in n]
        assert values.loc[kinds, 2030].sum() == pytest.approx(values.loc[name, 2030])
    carbon = ["Emissions|CO2|Energy|Supply", "Emissions|CO2|Energy|Demand"]
    assert values.loc[carbon, 2030].sum() == pytest.approx(values.loc["Emissions|CO2|Energy", 2030])


def test_two_scenarios_share_a_table() -> None:
    """One below the other; two of one name are refused."""
    both = iamc.table([results("a"), results("b")], "carbonpath 0")
    assert list(both["scenario"].unique()) == ["a", "b"]
    with pytest.raises(InputError, match="two results are called a"):
        iamc.table([results("a"), results("a")], "carbonpath 0")


def test_plain_tables_have_one_row_per_value() -> None:
    """Labels, value, unit; nothing where nothing is; slices only when asked for."""
    files = csv.tables(results())
    lines = files["final_energy.csv"].decode().splitlines()
    assert lines[0] == "region,technology,commodity,period,value,unit"
    assert lines[1] == "zhejiang,mill,electricity,2020,90,PJ"
    assert len(lines) == 1 + 4 * len(PERIODS)
    assert "slice_output.csv" not in files
    fine = csv.tables(results(), fine=True)
    assert "slice_output.csv" in fine
    assert fine["activity.csv"].decode().splitlines()[1] == "coal_usc,100,PJ"


def test_netcdf_tells_where_it_comes_from() -> None:
    """The scenario and the manifest travel with the file."""
    dataset = from_netcdf(netcdf.file(results("a")))
    assert dataset.attrs["scenario"] == "a"
    assert "optimal" in dataset.attrs["manifest"]


def test_a_workbook_holds_the_same_table() -> None:
    """One sheet, `data`, numbers as numbers, years as numbers."""
    frame = iamc.table([results()], "carbonpath 0")
    found = pd.read_excel(BytesIO(iamc.workbook_of(frame)), sheet_name="data")
    assert found.columns.tolist() == frame.columns.tolist()
    assert found["variable"].tolist() == frame["variable"].tolist()
    assert found[2030].to_numpy() == pytest.approx(frame[2030].to_numpy(), nan_ok=True)


def test_the_penalty_of_a_missed_target_is_told_apart() -> None:
    """Of two limits on CO2 the dearer one counts: missed in 2025, met in 2030."""
    made = made_results()
    limits = pd.DataFrame(
        {"id": ["cap", "other"], "quantity": "co2_c1", "of": "", "sense": "<=", "mode": "soft"}
    )
    names = {"id": ["cap", "other", "cap"], "period": ["2025", "2025", "2030"]}
    numbers = {"price": [0.3, 0.1, 0.2], "shortfall": [5.0, 0.0, 0.0]}
    rows = {f"limit_{n}": ("limit_row", np.array(v, dtype=object)) for n, v in names.items()}
    rows |= {f"limit_{n}": ("limit_row", np.array(v)) for n, v in numbers.items()}
    dataset = made.dataset.drop_dims("limit_row", errors="ignore").assign(rows)
    told = carbon_penalty(replace(made, dataset=dataset, tables={"limits": limits}))
    assert told.sel(period=[2021, 2025, 2030]).values == pytest.approx([0.0, 300.0, 0.0])


def test_a_variable_that_is_not_defined_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(iamc, "defined", lambda: frozenset({"Final Energy"}))
    with pytest.raises(InputError, match="Primary Energy.*not among the definitions"):
        iamc.table([results()], "carbonpath 0")
