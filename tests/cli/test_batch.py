"""Many scenarios: exit codes, the table at the end, what is said first."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from carbonpath.cli import batch
from carbonpath.cli.scorecard import scorecard, sentence

TARGET = {
    "id": "non_fossil_2025", "label": "non-fossil share", "year": 2025, "sense": ">=", "unit": "%",
    "target": 24.0, "value": 22.6, "met": False, "price": 2000.0, "mode": "soft",
}  # fmt: skip


def outcome(name: str, **changes: Any) -> Mapping[str, Any]:
    """The outcome of a solved scenario."""
    return {
        "id": name, "status": "optimal", "exit_code": 0, "unchanged": False, "total_cost": 3000.0,
        "total_cost_social": 2841.0,
        "targets": [TARGET, {**TARGET, "met": True}], "results": f"results/{name}",
        "peak": {"year": 2028, "value": 402.1}, "solved_at": "2026-01-01T00:00:00+00:00", **changes,
    }  # fmt: skip


def test_a_single_scenario_has_its_own_exit_code() -> None:
    """4 stays 4; of several any failure is 8."""
    good, bad = outcome("a"), batch.failure(Path("b.yaml"), 4, ["no pathway"])
    assert batch.exit_code([good]) == 0
    assert batch.exit_code([bad]) == 4
    assert batch.exit_code([good, bad]) == 8
    assert bad["status"] == "infeasible"


def test_a_missed_target_is_said_first(capsys: pytest.CaptureFixture[str]) -> None:
    """Then the cost, the peak and the place."""
    batch.tell(outcome("a"))
    missed, headline, place = capsys.readouterr().out.splitlines()
    assert missed == "✘ MISSED non-fossil share 2025: 22.6 % (target >= 24 %)"
    assert headline == (
        "a: cost 28,410 亿元 · CO2 (C1) peaks 2028 at 402.1 Mt · 1 of 2 targets met"
    )
    assert place == "  results/a"


def test_a_tracked_target_is_not_missed(capsys: pytest.CaptureFixture[str]) -> None:
    """It was not asked for; it is counted apart."""
    batch.tell(outcome("a", targets=[{**TARGET, "mode": "track"}]))
    said = capsys.readouterr().out
    assert "MISSED" not in said
    assert "0 of 0 targets met" in said
    assert "tracked only, not asked for: 0 of 1 met" in said


def test_an_unchanged_scenario_is_said_to_be_skipped(capsys: pytest.CaptureFixture[str]) -> None:
    """With the way to solve it anyway."""
    batch.tell(outcome("a", unchanged=True))
    said = capsys.readouterr()
    assert "nothing has changed since 2026-01-01T00:00:00+00:00; not solved again" in said.out
    assert "--fresh" in said.err


def test_a_batch_ends_with_a_table() -> None:
    """One line for each scenario, failures among them."""
    lines = batch.overview(
        [outcome("a"), batch.failure(Path("b.yaml"), 3, ["x"]), outcome("c", unchanged=True)]
    ).splitlines()
    assert [line.split()[:2] for line in lines[1:]] == [
        ["a", "optimal"],
        ["b", "invalid"],
        ["c", "unchanged"],
    ]


def test_a_batch_says_who_missed_what() -> None:
    """One line for each target missed, with the scenario; a failed scenario has none."""
    bad = batch.failure(Path("b.yaml"), 4, ["no pathway"])
    assert batch.misses([outcome("a"), bad]) == [
        "✘ MISSED a: non-fossil share 2025: 22.6 % (target >= 24 %)"
    ]


def test_the_scorecard_has_scenarios_as_columns() -> None:
    """A target that one of them has not is '-' there."""
    text = scorecard({"a": [TARGET], "b": []})
    assert text.splitlines()[1].split("  ")[0] == "non-fossil share"
    assert "✘ MISSED 22.6 %" in text
    assert scorecard({"a": []}) == "no targets"


def test_a_target_without_a_year_is_for_all_years() -> None:
    """A limit on the whole horizon."""
    assert sentence({**TARGET, "year": None}).startswith("non-fossil share all years: ")
