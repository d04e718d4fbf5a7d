"""Temoa's own reference cases, imported from their databases: published optima.

Conventions of both: a period begins at its label and the last label marks the end; investment is a
loan whose worth is spread over the lifetime; costs fall at the end of each year and are discounted
to the first period.
"""

from pathlib import Path

import pytest

from carbonpath.inputs.foreign.folder import UNSUPPORTED
from carbonpath.inputs.foreign.temoa.convert import import_temoa
from carbonpath.inputs.load import load
from tests.systems import Run

CASES = Path(__file__).parents[2] / ".." / "shared" / "reference-cases" / "temoa"
OPTIMA = {"utopia": 34853.6835, "test_system": 468575.0703}


@pytest.mark.parametrize("name", OPTIMA)
def test_the_published_optimum_is_reached(name: str, tmp_path: Path) -> None:
    database = CASES / f"{name}.sqlite"
    if not database.exists():
        pytest.skip(f"reference case {name} is not there")
    scenario = tmp_path / "scenarios" / "case.yaml"
    told = import_temoa(database, tmp_path / "inputs" / "case", scenario)
    assert not [entry for entry in told if entry.status == UNSUPPORTED]
    assert Run(load(scenario)).cost == pytest.approx(OPTIMA[name], rel=1e-7)
