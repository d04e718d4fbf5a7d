"""explain, macc and peak on the tutorial, whose cap on coal binds."""

import json
from pathlib import Path
from typing import Any

import pytest

from carbonpath.cli.entry import exit_code
from carbonpath.explain import explained
from carbonpath.run import Options

SOFT = """schema: carbonpath/scenario/1
extends: tutorial
limits:
  - {id: co2_cap, mode: soft, price: 1 CNY_2020/t, value: {2030: 80 %}}
"""
IMPOSSIBLE = """schema: carbonpath/scenario/1
extends: tutorial
limits:
  - {id: co2_cap, value: {2025: -10 %, 2030: -10 %}}
"""


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """Run a command in this process; return its exit code and what it printed."""
    capsys.readouterr()
    code = exit_code([str(argument) for argument in arguments])
    return code, capsys.readouterr().out


def explanation(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    """What `explain --json` says of the target of 2030."""
    code, out = said(capsys, "explain", *arguments, "--target", "co2_cap-2030", "--json")
    assert code == 0
    found: dict[str, Any] = json.loads(out)["explained"][0]
    return found


def test_a_binding_target_is_explained(capsys, solved: Path):
    """The cap of 80 % binds; stricter steps cost what the duals say; nothing need be burnt."""
    target = explanation(capsys, solved / "scenarios" / "tutorial.yaml")
    assert target["met"]
    assert target["binding"]
    assert target["best"] <= 80.0
    assert target["best_meets"]
    first, second = target["steps"][:2]
    assert first["value"] == pytest.approx(80.0)
    low, high = sorted([first["marginal"], second["marginal"]])
    assert low * 0.999 <= second["difference"] <= high * 1.001
    costs = [step["cost"] for step in target["steps"]]
    assert costs == sorted(costs)


def test_a_result_is_explained_from_its_scenario(capsys, solved: Path):
    """The folder of a result stands for the scenario file; nothing in it changes."""
    folder = solved / "results" / "tutorial"
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert explanation(capsys, folder)["value"] == pytest.approx(80.0)
    assert before == {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_a_missed_target_is_explained_without_being_named(capsys, project: Path):
    """Its shortfall, its penalty, and what meeting it would cost; also as a page."""
    path = project / "scenarios" / "soft.yaml"
    path.write_text(SOFT)
    page = project / "page.md"
    code, out = said(capsys, "explain", path, "-o", page)
    assert code == 0
    assert "missed: the penalty is paid" in out
    assert "shortfall" in out
    text = page.read_text(encoding="utf-8")
    assert "carbonpath explain scenarios/soft.yaml" in text
    assert "## All targets" in text
    assert "MISSED" in text


def test_an_infeasible_scenario_says_what_cannot_hold_together(capsys, project: Path):
    """Exit code 4, and the limit by name."""
    path = project / "scenarios" / "impossible.yaml"
    path.write_text(IMPOSSIBLE)
    code, out = said(capsys, "explain", path)
    assert code == 4
    assert "co2_cap" in out


def test_unknown_targets_are_refused(capsys, solved: Path):
    """With the names there are."""
    path = solved / "scenarios" / "tutorial.yaml"
    assert said(capsys, "explain", path, "--target", "coal-2031")[0] == 3
    assert said(capsys, "explain", solved / "inputs")[0] == 2


def test_without_missed_targets_all_are_listed(capsys, solved: Path):
    """Asked, reached, binding."""
    code, out = said(capsys, "explain", solved / "scenarios" / "tutorial.yaml")
    assert code == 0
    assert "binds" in out


def test_abatement_costs_rise(capsys, solved: Path):
    """A falling cap costs more and more."""
    path = solved / "scenarios" / "no-cap.yaml"
    code, out = said(
        capsys, "macc", path, "--caps", "90,60,30", "--quantity", "emissions", "--json"
    )
    assert code == 0
    steps = json.loads(out)["steps"]
    assert [step["cap"] for step in steps] == sorted((s["cap"] for s in steps), reverse=True)
    assert [step["mean"] for step in steps] == sorted(step["mean"] for step in steps)
    assert said(capsys, "macc", path, "--caps", "90,x")[0] == 2
    assert said(capsys, "macc", path, "--year", 2031, "--quantity", "emissions")[0] == 3
    assert "CNY/t" in said(capsys, "macc", path, "--caps", "90", "--quantity", "emissions")[1]


def test_years_of_the_peak_are_listed(capsys, solved: Path):
    """An earlier peak never costs less."""
    path = solved / "scenarios" / "no-cap.yaml"
    arguments = ("peak", path, "--from", 2020, "--to", 2025, "--quantity", "emissions")
    code, out = said(capsys, *arguments, "--json")
    assert code == 0
    costs = [one["objective"] for one in json.loads(out)["years"]]
    assert costs == sorted(costs)
    assert "no rise after" in said(capsys, *arguments)[1]


def test_the_share_is_bracketed_only_where_there_is_one(solved: Path):
    """The tutorial has no non-fossil share, so that its targets have no bracket."""
    found = explained(
        solved / "scenarios" / "tutorial.yaml", Options(), "co2_cap-2030", True, lambda _text: None
    )
    assert "bracket" not in found["explained"][0]


@pytest.mark.parametrize(
    "command", [["explain"], ["macc", "--year", "2030"], ["peak"]],
    ids=lambda words: words[0],
)  # fmt: skip
def test_a_myopic_scenario_has_no_one_optimum_to_move(
    command: list[str], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The three commands that move an optimum refuse it, and say what to ask instead."""
    path = project / "scenarios" / "blind.yaml"
    path.write_text(
        "schema: carbonpath/scenario/1\nextends: tutorial\nsolve: {mode: myopic, view: 1}\n"
    )
    assert exit_code([command[0], str(path), *command[1:]]) == 3
    told = capsys.readouterr().err
    assert told.startswith("scenarios/blind.yaml:3 ")
    assert "explain, macc and peak compare optima of the whole horizon" in told
