"""Study files: what they may say, and what is said of those that are wrong."""

from pathlib import Path

import numpy as np
import pytest

from carbonpath.errors import CarbonpathError, InputError
from carbonpath.run import Options, read
from carbonpath.sweep.folder import open_sweep
from carbonpath.sweep.plan import Wish, plan, refuse_changes
from carbonpath.sweep.sample import drawn
from carbonpath.sweep.study import Factor, read_study
from carbonpath.sweep.variation import varied
from tests.sweep.island import STUDY, planted

HEAD = "schema: carbonpath/study/1\nscenario: tutorial\nfactors:\n"
WIND = "  - id: wind\n    table: parameters\n    where: {technology: wind}\n"
TOLD = {"source": "assumption"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            STUDY.replace("scenario: tutorial", "scenario: tutoral"),
            "scenarios/studies/island.yaml:3:11: scenarios/tutoral.yaml does not exist; "
            "write one of tutorial",
        ),
        (
            STUDY.replace("because: a trial", "becuse: a trial"),
            "scenarios/studies/island.yaml:17:5: unknown key 'becuse'; did you mean 'because'?",
        ),
        (
            STUDY.replace("    source: assumption\n", ""),
            "scenarios/studies/island.yaml:6:5: the range of factor 'wind_cost' has no source; "
            "name one of sources.csv, or write 'quality: assumed' and 'because'",
        ),
        (
            STUDY.replace("low: 0.6, high: 1.4", "low: 1.6, high: 1.4"),
            "scenarios/studies/island.yaml:10:12: low 1.6 is not below high 1.4; exchange or "
            "correct them",
        ),
        (
            STUDY.replace("high: 95 %", "high: 95 Mt"),
            "scenarios/studies/island.yaml:15:12: low, high and mode have different units (%, Mt); "
            "write one unit",
        ),
        (
            HEAD + WIND + "    option: innovation\n    scale: {low: 0.5, high: 1}\n",
            "scenarios/studies/island.yaml:4:5: factor 'wind' needs exactly one of limit, price, "
            "driver, table, option",
        ),
        (
            HEAD + WIND + "    choices: [a, b]\n    source: assumption\n",
            "scenarios/studies/island.yaml:4:5: factor 'wind': 'choices' belong to an 'option', "
            "and only",
        ),
        (
            HEAD + WIND + "    scale: {low: 0, high: 1, distribution: loguniform}\n",
            "scenarios/studies/island.yaml:7:12: a loguniform range begins above zero, not at 0",
        ),
        (
            STUDY.replace("technology: wind", "technology: wnd"),
            "scenarios/studies/island.yaml:6: no row of table 'parameters' has technology: wnd, "
            "parameter: investment_cost; did you mean 'wind'?",
        ),
        (
            STUDY.replace("source: assumption", "source: hearsay"),
            "scenarios/studies/island.yaml:6: source 'hearsay' of factor 'wind_cost' is not "
            "declared; add it to sources.csv, or write 'quality: assumed' and 'because'",
        ),
    ],
)
def test_a_wrong_study_is_refused_in_one_sentence(text: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(CarbonpathError) as refused:
        plan(planted(tmp_path, text), Wish())
    assert sentence in refused.value.problems
    assert refused.value.exit_code == 3
    assert not (tmp_path / "results").exists()


def test_a_study_outside_a_project_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "study.yaml"
    file.write_text(STUDY)
    with pytest.raises(CarbonpathError, match="belongs into a project"):
        read_study(file)


def test_each_part_of_a_range_is_drawn_from_once() -> None:
    """Latin hypercube: of 8 points one lies in each eighth of every distribution.

    Triangle from 0 to 4 with its peak at 4: share x^2/16 lies below x. Loguniform from 1 to 16:
    log2(x)/4. Choices weighted 1 : 3: two of eight points take the first.
    """
    factors = [
        Factor(id="flat", driver="gdp", scale={"low": 0.5, "high": 1.5}, **TOLD),
        Factor(
            id="peak", driver="gdp",
            scale={"low": 0, "high": 4, "mode": 4, "distribution": "triangular"}, **TOLD,
        ),
        Factor(
            id="log", driver="gdp", scale={"low": 1, "high": 16, "distribution": "loguniform"},
            **TOLD,
        ),
        Factor(id="pace", option="innovation", choices={"slow": 1, "fast": 3}, **TOLD),
    ]  # fmt: skip
    table = drawn(factors, "latin_hypercube", 8, 5, 0)
    shares = [
        table["flat"] - 0.5,
        table["peak"] ** 2 / 16,
        np.log2(table["log"]) / 4,
    ]
    for share in shares:
        assert sorted((share * 8).astype(int)) == list(range(8))
    assert (table["pace"] == "slow").sum() == 2
    assert list(table["run"][:2]) == ["s00001", "s00002"]
    assert table.equals(drawn(factors, "latin_hypercube", 8, 5, 0))
    assert not table.equals(drawn(factors, "latin_hypercube", 8, 6, 0))


def test_sobol_points_come_in_powers_of_two() -> None:
    factor = Factor(id="flat", driver="gdp", scale={"low": 0.5, "high": 1.5}, **TOLD)
    halves = (drawn([factor], "sobol", 4, 5, 0)["flat"] - 0.5) * 4
    assert sorted(halves.astype(int)) == [0, 1, 2, 3]
    with pytest.raises(InputError, match="powers of two"):
        drawn([factor], "sobol", 6, 5, 0)


def test_a_point_changes_the_tables_as_the_study_says(tmp_path: Path) -> None:
    """8000 CNY/kW x 0.75 = 6000; the cap of 2030 is set, that of 2025 stays."""
    from carbonpath.inputs.load import load_tables

    study = read_study(planted(tmp_path))
    base = read(study.scenario_file, Options())
    scenario = varied(
        base, study.definition.factors, {"wind_cost": 0.75, "cap": 70.0}, study.places
    )
    tables = load_tables(scenario)
    wind = tables["parameters"].query("technology == 'wind' and parameter == 'investment_cost'")
    assert wind["value"].tolist() == [6000.0]
    assert wind["file"].tolist() == ["scenarios/studies/island.yaml"]
    cap = tables["limits"].query("id == 'co2_cap'").set_index("period")["value"]
    assert cap.to_dict() == {2025: 100.0, 2030: 70.0}


def test_a_plan_solves_nothing_and_is_kept(tmp_path: Path) -> None:
    """The sample is a table with every digit; planning again changes nothing."""
    file = planted(tmp_path)
    sweep, done = plan(file, Wish())
    assert (len(sweep.points), done) == (12, 0)
    assert sorted(path.name for path in sweep.folder.iterdir()) == [
        "plan.json", "sample.csv", "study.yaml",
    ]  # fmt: skip
    again, _ = plan(file, Wish())
    assert again.keys == sweep.keys
    assert open_sweep(sweep.folder).points == sweep.points


def test_a_changed_study_is_refused_or_extended(tmp_path: Path) -> None:
    """More samples are added to those there; other ranges are another sample; a run says so too."""
    file = planted(tmp_path)
    sweep, _ = plan(file, Wish())
    with pytest.raises(InputError, match="size 12 was planned, not 20; .* --extend"):
        plan(file, Wish(samples=20))
    more, _ = plan(file, Wish(samples=20, extend=True))
    assert {run: more.keys[run] for run in sweep.keys} == sweep.keys
    assert [block["size"] for block in more.plan["blocks"]] == [12, 8]
    with pytest.raises(InputError, match="20 runs are planned already"):
        plan(file, Wish(samples=5, extend=True))
    file.write_text(STUDY.replace("high: 1.4", "high: 1.5"))
    with pytest.raises(InputError, match="the study file has changed"):
        refuse_changes(more)
    with pytest.raises(InputError, match="the study file has changed"):
        plan(file, Wish(samples=20))
    other, _ = plan(file, Wish(samples=20, extend=True))
    assert not set(other.keys.values()) & set(more.keys.values())
    refuse_changes(other)


def test_changed_data_are_refused(tmp_path: Path) -> None:
    file = planted(tmp_path)
    sweep, _ = plan(file, Wish())
    table = next((tmp_path / "inputs" / "tutorial").rglob("parameters.csv"))
    table.write_text(
        table.read_text().replace("wind,investment_cost,8000", "wind,investment_cost,9000")
    )
    with pytest.raises(InputError, match="dataset differs from what was planned"):
        refuse_changes(sweep)


@pytest.mark.parametrize("name", ["plan.json", "sample.csv", "study.yaml"])
def test_a_plan_edited_by_hand_is_refused(name: str, tmp_path: Path) -> None:
    sweep, _ = plan(planted(tmp_path), Wish())
    path = sweep.folder / name
    path.write_text(path.read_text().replace("1", "2", 1))
    with pytest.raises(InputError, match="plan again"):
        open_sweep(sweep.folder)
