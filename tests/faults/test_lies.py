"""A solver that lies, dies or is never asked: what is not proven is not published."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.conftest import ROOT, tutorial

LIES = {
    "twice the vector": "columns=found.columns * 2.0",
    "nothing at all": "columns=found.columns * 0.0",
    "a little less": "columns=found.columns * (1.0 - 1e-4)",
    "another objective": "dual_objective=found.dual_objective * 1.01",
    "other prices": "dual_objective=float('nan')",
}
PROGRAM = """
from dataclasses import replace
from carbonpath.solve import highs
from carbonpath.solve.modes import pathway
asked = highs.solve
def lying(model, *more, **named):
    found = asked(model, *more, **named)
    return replace(found, {lie})
for place in (highs, pathway):
    for name, thing in vars(place).copy().items():
        if thing is asked:
            setattr(place, name, lying)
from carbonpath.cli.entry import main
main()
"""


def ran(program: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)], capture_output=True, text=True,
        check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_an_optimum_that_is_none_is_not_published(project: Path, lie: str) -> None:
    """The identities are computed from the inputs; the run is set aside, exit code 7."""
    before = (project / "results" / "tutorial" / "manifest.json").read_bytes()
    found = ran(PROGRAM.format(lie=LIES[lie]), "run", tutorial(project), "--fresh")
    assert found.returncode == 7, found.stderr
    assert "E6" in found.stderr
    assert (project / "results" / "tutorial" / "manifest.json").read_bytes() == before
    assert (project / "results" / ".failed" / "tutorial").is_dir()


def test_a_crash_of_the_solver_costs_only_its_own_scenario(project: Path) -> None:
    """Side by side each scenario has a process; the batch tells of the one that died."""
    crash = project / "sitecustomize.py"
    crash.write_text(
        "import os, signal, sys\n"
        "if sys.argv[1:2] == ['run'] and 'no-cap.yaml' in ' '.join(sys.argv) "
        "and '--json' in sys.argv:\n"
        "    os.kill(os.getpid(), signal.SIGSEGV)\n"
        "import threading\n"
    )
    found = subprocess.run(
        [sys.executable, "-m", "carbonpath", "run", str(tutorial(project)),
         str(project / "scenarios" / "no-cap.yaml"), "--fresh", "--jobs", "2", "--keep-going"],
        capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": f"{project}{os.pathsep}{ROOT}"},
    )  # fmt: skip
    assert found.returncode == 8, found.stderr
    assert "no-cap" in found.stdout
    assert "optimal" in found.stdout
