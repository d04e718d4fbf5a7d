"""A project of its own for every test of the commands, with the tutorial solved once."""

import shutil
from pathlib import Path

import pytest

from carbonpath.cli.entry import exit_code

ROOT = Path(__file__).parents[2]


def copied(place: Path) -> Path:
    """Copy the tutorial into a new project."""
    (place / "scenarios").mkdir(parents=True)
    shutil.copytree(ROOT / "inputs" / "tutorial", place / "inputs" / "tutorial")
    shutil.copy(ROOT / "scenarios" / "tutorial.yaml", place / "scenarios")
    (place / "scenarios" / "no-cap.yaml").write_text(
        "schema: carbonpath/scenario/1\nextends: tutorial\n"
        "limits:\n  - {id: co2_cap, remove: true}\n"
    )
    return place


@pytest.fixture(scope="session")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which the tutorial and the same without its cap are solved; read only."""
    place = copied(tmp_path_factory.mktemp("solved"))
    scenarios = [str(place / "scenarios" / f"{name}.yaml") for name in ("tutorial", "no-cap")]
    assert exit_code(["run", *scenarios, "--quiet"]) == 0
    return place


@pytest.fixture
def project(tmp_path: Path, solved: Path) -> Path:
    """A project to change, with both scenarios solved."""
    return Path(shutil.copytree(solved, tmp_path / "project"))
