"""Real faults on the real program: `pytest tests/faults`, Linux, a few minutes.

Kills, full disks, poor consoles and other users, each against a process of its own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import copied

ROOT = Path(__file__).parents[2]
Done = subprocess.CompletedProcess


def started(*arguments: object, **how: Any) -> "subprocess.Popen[str]":
    """Start the command line in a process of its own."""
    environment: dict[str, str] = {"PYTHONPATH": str(ROOT), **how.pop("environment", os.environ)}
    return subprocess.Popen(
        [sys.executable, "-m", "carbonpath", *map(str, arguments)],
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **how},
        env=environment,
    )


def done(*arguments: object, **how: Any) -> "Done[str]":
    """Run the command line to its end."""
    process = started(*arguments, **how)
    said, complaints = process.communicate(timeout=120)
    return Done(process.args, process.returncode, said or "", complaints or "")


def tutorial(place: Path) -> Path:
    """The scenario that the faults are tried on."""
    return place / "scenarios" / "tutorial.yaml"


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the tutorial solved; read only."""
    place = copied(tmp_path_factory.mktemp("clean"))
    assert done("run", tutorial(place), "--quiet").returncode == 0
    return place


@pytest.fixture
def project(clean: Path, tmp_path: Path) -> Path:
    """A project to be harmed, with the tutorial solved."""
    return Path(shutil.copytree(clean, tmp_path / "project"))
