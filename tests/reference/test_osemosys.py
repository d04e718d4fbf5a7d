"""OSeMOSYS's own reference cases, imported from their data files: published optima and tables.

Conventions of all three: each year counts once, investment is paid overnight at the start of its
year, operation at mid-year, what is left at the end is salvaged by the sinking fund.
"""

from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest

from carbonpath.errors import InputError
from carbonpath.export import osemosys_results
from carbonpath.inputs.foreign.osemosys.read import draft_osemosys, import_osemosys
from carbonpath.inputs.load import load
from tests.systems import Run

CASES = Path(__file__).parents[2] / ".." / "shared" / "reference-cases"
OPTIMA = {
    "osemosys-super-simple/super_simple_model.txt": 46.43123317,
    "osemosys-utopia/utopia_gnu_tests.txt": 29446.86269,
    "osemosys-simplicity/data": 4497.319670,
}
REFUSED = {
    "data_simp_capacity_inv_check.txt": (
        "technology HYD1 in 2020: TotalAnnualMinCapacityInvestment 0.03 is above "
        "TotalAnnualMaxCapacityInvestment 0.02"
    ),
    "data_simp_annual_act_check.txt": (
        "technology RIVER in 2014: TotalTechnologyAnnualActivityLowerLimit 15 is above "
        "TotalTechnologyAnnualActivityUpperLimit 10"
    ),
    "data_simp_capacity_1_check.txt": (
        "technology HYD1 in 2015: ResidualCapacity 0.1 is above TotalAnnualMaxCapacity 0.02"
    ),
    "data_simp_Timeslice_check.txt": (
        "YearSplit of 2014 does not sum to 1: the time slices add up to 1.1"
    ),
}


def case(name: str) -> Path:
    """Return the path of a reference case, or skip the test."""
    path = CASES / name
    if not path.exists():
        pytest.skip(f"reference case {name} is not there")
    return path


def imported(name: str, project: Path) -> Run:
    """Import a case, load it from its folder and solve it."""
    scenario = project / "scenarios" / "case.yaml"
    import_osemosys(case(name), project / "inputs" / "case", scenario)
    return Run(load(scenario))


@pytest.mark.parametrize("name", OPTIMA)
def test_the_published_optimum_is_reached(name: str, tmp_path: Path) -> None:
    assert imported(name, tmp_path).cost == pytest.approx(OPTIMA[name], rel=1e-6)


def test_utopia_agrees_table_by_table(tmp_path: Path) -> None:
    """Capacities, activities, emissions and costs of every technology and year (glpsol 5.0)."""
    data = imported("osemosys-utopia/utopia_gnu_tests.txt", tmp_path).results.dataset
    folder = case("osemosys-utopia/results-computed-glpsol")
    for table, name in (
        ("NewCapacity", "added_capacity"), ("TotalCapacityAnnual", "total_capacity"),
        ("TotalTechnologyAnnualActivity", "total_activity"),
        ("AnnualFixedOperatingCost", "fixed_payment"),
        ("AnnualVariableOperatingCost", "variable_payment"),
    ):  # fmt: skip
        wanted = pd.read_csv(folder / f"{table}.csv").set_index(["TECHNOLOGY", "YEAR"])["VALUE"]
        found = data[name].sum("region").drop_sel(technology="DAM", errors="ignore").to_series()
        found.index.names = wanted.index.names
        both = pd.concat([wanted, found], axis=1).fillna(0.0).to_numpy()
        assert both[:, 1] == pytest.approx(both[:, 0], rel=1e-6, abs=1e-6), table
    emissions = data["emissions"].sum(["region", "technology"]).to_series()
    wanted = pd.read_csv(folder / "AnnualEmissions.csv").set_index(["EMISSION", "YEAR"])["VALUE"]
    emissions.index.names = wanted.index.names
    both = pd.concat([wanted, emissions], axis=1).fillna(0.0).to_numpy()
    assert both[:, 1] == pytest.approx(both[:, 0], rel=1e-6)


def test_utopia_gives_the_tables_that_osemosys_writes(tmp_path: Path) -> None:
    """Exported under their names, row by row those of glpsol; storage has no name of its own."""
    results = imported("osemosys-utopia/utopia_gnu_tests.txt", tmp_path).results
    texts = osemosys_results.tables(results)
    folder = case("osemosys-utopia/results-computed-glpsol")
    for name in (
        "NewCapacity", "TotalCapacityAnnual", "TotalTechnologyAnnualActivity",
        "TotalTechnologyModelPeriodActivity", "ProductionByTechnologyAnnual", "AnnualEmissions",
        "AnnualFixedOperatingCost", "AnnualVariableOperatingCost", "TotalDiscountedCost",
    ):  # fmt: skip
        found = pd.read_csv(BytesIO(texts[f"{name}.csv"]))
        wanted = pd.read_csv(folder / f"{name}.csv")
        assert list(found.columns) == list(wanted.columns)
        keys = [column for column in wanted.columns if column != "VALUE"]
        both = pd.concat([t.set_index(keys)["VALUE"] for t in (wanted, found)], axis=1)
        numbers = both.fillna(0.0).to_numpy()
        assert numbers[:, 1] == pytest.approx(numbers[:, 0], rel=1e-6, abs=1e-6), name


def test_utopia_costs_what_it_costs_year_by_year(tmp_path: Path) -> None:
    """Discounted cost of each year, salvage taken off in the year of building."""
    data = imported("osemosys-utopia/utopia_gnu_tests.txt", tmp_path).results.dataset
    parts = ("investment_payment", "fixed_payment", "variable_payment")
    yearly = sum(data[name].sum(["region", "technology"]) for name in parts)
    wanted = pd.read_csv(
        case("osemosys-utopia/results-computed-glpsol") / "TotalDiscountedCost.csv"
    )
    found = (yearly * data["discount_weight"]).to_numpy()
    assert found == pytest.approx(wanted["VALUE"].to_numpy(), rel=1e-6)


@pytest.mark.parametrize("name", REFUSED)
def test_data_that_contradict_themselves_are_refused(name: str) -> None:
    with pytest.raises(InputError, match="line|in|of") as refused:
        draft_osemosys(case(f"osemosys-bad-data/{name}"), "bad")
    assert any(REFUSED[name] in problem for problem in refused.value.problems)
