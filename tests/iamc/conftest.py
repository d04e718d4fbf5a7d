"""The exported table of a run of the province, read by pyam."""

from pathlib import Path

import pyam
import pytest

from carbonpath.cli.entry import exit_code

ROOT = Path(__file__).parents[2]
FULL = ("peak-2030", "plan-2025", "reference")
"""Runs of the province, any of which will do."""


@pytest.fixture(scope="session")
def table(tmp_path_factory: pytest.TempPathFactory) -> pyam.IamDataFrame:
    """The exported table; the tests solve nothing."""
    stored = [ROOT / "results" / name for name in FULL]
    there = [str(run) for run in stored if (run / "manifest.json").exists()]
    if not there:
        pytest.exit("solve one first: carbonpath run scenarios/peak-2030.yaml", returncode=9)
    path = tmp_path_factory.mktemp("iamc") / "table.csv"
    assert exit_code(["export", there[0], "--to", "iamc", "-o", str(path)]) == 0
    return pyam.IamDataFrame(path)
