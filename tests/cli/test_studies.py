"""wedges and macc: printed, kept beside the result, shown in its report, gone with the result."""

import json
from pathlib import Path

import pytest

from carbonpath.cli.entry import exit_code
from carbonpath.results.store import read
from tests.cli.test_explain import said


def page(folder: Path) -> str:
    """The report of a result."""
    return (folder / "report.html").read_text(encoding="utf-8")


def test_wedges_are_kept_and_shown(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    """The cap is the only policy, so alone and last are one number: 6.3072 PJ of wind in 2025."""
    scenario, folder = project / "scenarios" / "tutorial.yaml", project / "results" / "tutorial"
    assert 'id="c-wedges"' not in page(folder)
    code, out = said(
        capsys, "wedges", scenario, "--baseline", "no-cap", "--years", "2025,2030", "--json"
    )
    told = json.loads(out)
    assert (code, told["parts"]) == (0, {"carbon_limits": ["co2_cap"]})
    assert told["stored"].endswith("wedges.csv")
    study = read(folder).studies["wedges"]
    assert study.facts["baseline"] == "no-cap"
    row = study.table.set_index(["policy", "measure", "period"]).loc["carbon_limits", "co2", 2025]
    assert [row["alone"], row["last"]] == pytest.approx([6.3072 * 2.5 * 2.66 / 29.3076] * 2)
    html = page(folder)
    assert 'id="c-wedges"' in html
    assert "二氧化碳上限" in html
    assert study.facts["method"]["en"].split(":")[0] in html


def test_the_curve_is_kept_and_shown(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    """Wind instead of coal of 2030: the marginal cost is the price of the tutorial's cap."""
    scenario, folder = project / "scenarios" / "tutorial.yaml", project / "results" / "tutorial"
    code, out = said(capsys, "macc", scenario, "--caps", "90,50")
    assert code == 0
    assert "58.09" in out
    assert 'id="c-macc"' in page(folder)
    study = read(folder).studies["macc"]
    assert study.table["marginal"].tolist() == pytest.approx([0.0580931] * 2, rel=1e-5)
    assert (study.facts["year"], study.facts["slices"]) == (2030, "1x1")


def test_the_curve_ends_where_no_pathway_is_left(
    capsys: pytest.CaptureFixture[str], project: Path
) -> None:
    scenario = project / "scenarios" / "tutorial.yaml"
    code = exit_code(["macc", str(scenario), "--caps", "90,-10"])
    assert code == 0
    assert "no pathway holds -10 %" in capsys.readouterr().err
    assert exit_code(["macc", str(scenario), "--caps", "-10"]) == 4


def test_a_result_of_other_inputs_keeps_no_study(
    capsys: pytest.CaptureFixture[str], project: Path
) -> None:
    """The scenario has changed since it was solved; solved again, it has no old study."""
    scenario, folder = project / "scenarios" / "tutorial.yaml", project / "results" / "tutorial"
    assert exit_code(["wedges", str(scenario), "--baseline", "no-cap"]) == 0
    scenario.write_text(scenario.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    capsys.readouterr()
    assert exit_code(["macc", str(scenario), "--caps", "90"]) == 0
    assert "solved with another scenario file" in capsys.readouterr().err
    assert exit_code(["run", str(scenario), "--quiet"]) == 0
    assert read(folder).studies == {}
    assert 'id="c-wedges"' not in page(folder)


def test_ranges_are_kept_and_shown(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    """What they are is solved on paper in tests/solved/test_alternatives.py."""
    scenario, folder = project / "scenarios" / "no-cap.yaml", project / "results" / "no-cap"
    code, out = said(capsys, "alternatives", scenario, "--slack", "0.1", "--years", "2030")
    assert code == 0
    assert "every end is an optimum of its own" in out
    study = read(folder).studies["alternatives"]
    assert study.facts["slack"] == 0.1
    wind = study.table.set_index("key").loc["wind"]
    assert wind["lowest"] == wind["optimum"] == pytest.approx(0.0, abs=1e-9)
    assert wind["highest"] > 0.1
    assert 'id="robustness"' in page(folder)
    assert exit_code(["alternatives", str(scenario), "--years", "2031"]) == 3


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["tutorial.yaml"], "extends nothing; name one with --baseline"),
        (["tutorial.yaml", "--baseline", "nothing"], "does not exist; there is no-cap, tutorial"),
    ],
)
def test_a_baseline_that_is_not_there_is_named(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str], solved: Path
) -> None:
    name, *rest = arguments
    assert exit_code(["wedges", str(solved / "scenarios" / name), *rest]) == 2
    assert sentence in capsys.readouterr().err
