"""Our LMDI beside that of the package kaya-decomposition, on the exported table.

The package has one step, from a base year to a year, and six factors of fossil carbon: people,
GDP per head, final energy per GDP, primary per final energy, fossil share, carbon per fossil fuel.
Where both do the same, the step, the numbers are the same. We chain the steps, it does not; it can
also set negative parts to zero and spread the rest, which we do not.
"""

import pandas as pd
import pyam
import pytest
import xarray as xr
from kaya_decomposition import (
    compute_kaya_factors,
    compute_kaya_variables,
    compute_lmdi_cumulative,
    compute_lmdi_cumulative_sum,
)
from kaya_decomposition.lmdi_cumulative import FACTOR_TO_CUMULATIVE_NAME as NAMES

from carbonpath.accounts.decomposition import lmdi

CLOSE = 1e-5
"""The package takes carbon of two years as equal that differ by less than this part."""
ABSENT = (
    "Carbon Sequestration|CCS",
    "Carbon Sequestration|CCS|Biomass",
    "Carbon Sequestration|CCS|Fossil|Energy",
    "Carbon Sequestration|CCS|Fossil|Industrial Processes",
    "Carbon Sequestration|CCS|Biomass|Energy",
    "Carbon Sequestration|CCS|Biomass|Industrial Processes",
    "Emissions|CO2|AFOLU",
)
"""What the package asks for and the table does not hold: nothing here."""
MT_PER_GT = 1000.0


@pytest.fixture(scope="module")
def factors(table: pyam.IamDataFrame) -> pyam.IamDataFrame:
    """The factors that the package forms."""
    unit = {"billion CNY_2020/yr": "billion USD_2010/yr"}  # the package knows no CNY; only a label
    named = table.rename(variable={"GDP|Real": "GDP|MER"}, unit=unit)
    one = named.filter(variable="Emissions|CO2|Energy").data
    nothing = [one.assign(variable=name, value=0.0) for name in ABSENT]
    return compute_kaya_factors(compute_kaya_variables(pyam.concat([named, *map(read, nothing)])))


def read(frame: pd.DataFrame) -> pyam.IamDataFrame:
    """A table of pyam."""
    return pyam.IamDataFrame(frame)


def theirs(factors: pyam.IamDataFrame, before: int, after: int) -> dict[str, float]:
    """The parts of one step as the package forms them, Mt."""
    step = factors.filter(year=[before, after])
    parts = compute_lmdi_cumulative_sum(
        step, base_year=before, periods=[(before, after)], integration_method="endpoint",
        use_corrected=False,
    )  # fmt: skip
    return {str(name): float(value) * MT_PER_GT for name, value in parts.iloc[:, 0].items()}


def ours(factors: pyam.IamDataFrame, years: list[int]) -> dict[str, float]:
    """The parts from the first of some years to the last, chained over those between."""
    wide = factors.timeseries().droplevel(["model", "scenario", "region", "unit"])
    arrays = {
        said: xr.DataArray(
            wide.loc[name, years].to_numpy(), dims="period", coords={"period": years}
        )
        for name, said in NAMES.items()
    }
    parts = lmdi(arrays).isel(period=-1)
    return {str(name): float(parts.sel(factor=name)) for name in parts["factor"].values}


@pytest.mark.parametrize(("before", "after"), [(2020, 2021), (2020, 2030), (2030, 2060)])
def test_a_step_is_the_same(factors: pyam.IamDataFrame, before: int, after: int) -> None:
    found = ours(factors, [before, after])
    assert found == pytest.approx(theirs(factors, before, after), rel=CLOSE)
    carbon = factors.filter(variable="Total Fossil Carbon").timeseries().iloc[0]
    assert sum(found.values()) == pytest.approx(carbon[after] - carbon[before], abs=1e-9)


def test_chained_steps_are_the_sum_of_single_ones(factors: pyam.IamDataFrame) -> None:
    years = [2020, 2025, 2030, 2040, 2060]
    steps = [theirs(factors, *pair) for pair in zip(years, years[1:], strict=False)]
    summed = {name: sum(step[name] for step in steps) for name in steps[0]}
    assert ours(factors, years) == pytest.approx(summed, rel=CLOSE)


def test_what_the_package_corrects_we_leave(factors: pyam.IamDataFrame) -> None:
    """Its corrected parts have no negative one; ours have, because intensity falls."""
    corrected = compute_lmdi_cumulative(factors.filter(year=[2020, 2030]), base_year=2020)
    found = ours(factors, [2020, 2030])
    assert corrected.filter(year=2030).data["value"].min() >= 0.0
    assert min(found.values()) < 0.0
