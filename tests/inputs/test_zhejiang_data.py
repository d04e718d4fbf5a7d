"""What must be true of the numbers of the Zhejiang dataset, read as plain tables."""

import runpy
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

DATASET = Path(__file__).parents[2] / "inputs" / "zhejiang"
FAST, LOWEST = "innovation=fast", 0.8


def table(name: str) -> pd.DataFrame:
    """Return a table of all sectors, as text."""
    parts = [
        pd.read_csv(path, dtype=str).fillna("").assign(sector=path.parent.name)
        for path in sorted(DATASET.glob(f"sectors/*/{name}.csv"))
    ]
    return pd.concat(parts).fillna("")


def test_the_fuels_of_2020_are_those_of_the_balance(capsys: pytest.CaptureFixture[str]):
    """Each fuel of each area is within 1 %, and what is made meets what is asked exactly."""
    script = runpy.run_path(str(DATASET / "derive" / "base_year_balance.py"))
    assert script["main"]() == 0, capsys.readouterr().out


def test_the_shares_of_gdp_add_up_to_one():
    """Industry, services, agriculture and construction are all of GDP in every given year."""
    drivers = pd.read_csv(DATASET / "drivers.csv", dtype=str).fillna("")
    parts = drivers[drivers["driver"].str.startswith("gdp_")]
    totals = parts.groupby("period")["value"].agg(lambda texts: texts.astype(float).sum())
    assert parts["driver"].nunique() == 4
    assert totals.to_numpy() == pytest.approx(1.0, abs=1e-9)


def test_town_and_village_add_up_to_the_population():
    """The two shares of the population are one together."""
    drivers = pd.read_csv(DATASET / "drivers.csv", dtype=str).fillna("")
    parts = drivers[drivers["driver"].isin(("urban_population", "rural_population"))]
    totals = parts.groupby("period")["value"].agg(lambda texts: texts.astype(float).sum())
    assert totals.to_numpy() == pytest.approx(1.0, abs=1e-9)


def test_fast_innovation_stays_near_the_reference():
    """No price of the fast series falls below 0.8 of the reference of its year."""
    prices = table("parameters").query("parameter == 'investment_cost'")
    year = prices["period"].replace("", "2020").astype(int)
    prices = prices.assign(year=year, value=prices["value"].astype(float))
    for technology, rows in prices.groupby("technology"):
        fast, reference = rows[rows["when"] == FAST], rows[rows["when"] == ""]
        if fast.empty:
            continue
        expected = np.interp(fast["year"], reference["year"], reference["value"])
        assert (fast["value"] >= LOWEST * expected * (1 - 1e-3)).all(), technology
