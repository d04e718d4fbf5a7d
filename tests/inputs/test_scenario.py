"""Scenario files: inheritance, places, and every fault with line and remedy."""

import string
from pathlib import Path

import pytest

from carbonpath.errors import ScenarioError
from carbonpath.scenario import examine_scenario, read_scenario
from carbonpath.scenario.schema import Definition, Horizon, LimitRow, Solve
from carbonpath.spec.nearest import nearest

BASE = """\
schema: carbonpath/scenario/1
title: {zh: 基准, en: Base}
dataset: small
horizon: {periods: [2020..2022, 2030], discount_rate: 4 %/yr}
innovation: slow
limits:
  - id: cap
    quantity: co2_c1
    sense: "<="
    value: {2030: 30 Mt}
changes:
  - {table: stock, where: {technology: coal}, scale: 0.5}
"""
CHILD = """\
schema: carbonpath/scenario/1
extends: base
horizon: {slices: {seasons: 12, blocks: 4}}
innovation: fast
drivers:
  gdp: {unit: 1e8 CNY_2020, 2025: 84600, 2030: 108000, between: geometric}
  population: {scale: 110 %}
limits:
  - {id: cap, mode: soft, price: 2000 CNY/t}
  - {id: old, remove: true}
changes:
  - {table: stock, where: {technology: gas}, drop: true}
solve: {time_limit: 20 min, threads: 2}
"""


def write(folder: Path, **files: str) -> Path:
    """Write scenarios by name and return the path of the last one."""
    (folder / "scenarios").mkdir(exist_ok=True)
    path = folder
    for name, text in files.items():
        path = folder / "scenarios" / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
    return path


def test_a_child_is_laid_over_its_parent(tmp_path: Path) -> None:
    scenario = read_scenario(write(tmp_path, base=BASE, child=CHILD))
    assert scenario.id == "child"
    assert scenario.project == tmp_path
    assert scenario.chain == ("scenarios/child.yaml", "scenarios/base.yaml")
    assert scenario.horizon.periods == (2020, 2021, 2022, 2030)
    assert scenario.horizon.slices.blocks == 4
    assert scenario.horizon.discount_rate == pytest.approx(0.04)
    assert scenario.options == {"innovation": "fast"}
    assert [limit.id for limit in scenario.limits] == ["cap", "old"]
    assert scenario.limits[0].quantity == "co2_c1"
    assert scenario.limits[0].mode == "soft"
    assert [change.scale for change in scenario.changes] == [0.5, None]
    assert scenario.drivers["gdp"].values[2025] == ("84600", "1e8 CNY_2020")
    assert scenario.solve.time_limit == 1200


def test_a_child_of_a_myopic_scenario_may_see_all(tmp_path: Path) -> None:
    parent = BASE + "solve: {mode: myopic, view: 2, step: 1}\n"
    head = "schema: carbonpath/scenario/1\nextends: base\n"
    child = head + "solve: {mode: foresight, view: null, step: null}\n"
    assert read_scenario(write(tmp_path, base=parent)).solve.view == 2
    assert read_scenario(write(tmp_path, base=parent, child=child)).solve == Solve()
    farther = read_scenario(write(tmp_path, base=parent, child=head + "solve: {view: 3}\n")).solve
    assert (farther.mode, farther.view, farther.step) == ("myopic", 3, 1)


def test_every_value_knows_its_file_and_line(tmp_path: Path) -> None:
    scenario = read_scenario(write(tmp_path, base=BASE, child=CHILD))
    assert scenario.place("limits", "cap", "value", 2030) == "scenarios/base.yaml:10"
    assert scenario.place("limits", "cap", "price") == "scenarios/child.yaml:9"
    assert scenario.place("changes", 1, "drop") == "scenarios/child.yaml:12"
    assert scenario.place("options", "innovation") == "scenarios/child.yaml:4"
    assert scenario.place("drivers", "gdp", 2025) == "scenarios/child.yaml:6"
    assert scenario.place("knowledge") == "scenarios/child.yaml:1"


FAULTS = [
    ("inovation: fast", "unknown key 'inovation'; did you mean 'innovation'?"),
    ("horizon: {periods: [2020, 2015]}", "years must grow, but 2015 follows 2020"),
    ("horizon: {periods: [2030..2020]}", "range 2030..2020 runs backwards; write 2020..2030"),
    ("horizon: {periods: [2020-01-01]}", "'2020-01-01' is no year; write four digits, e.g. 2030"),
    ("horizon: {periods: [202]}", "year 202 is out of range; write 1900 to 2200"),
    ("horizon: {slices: {seasons: 5}}", "5 seasons are not possible; write 1, 4 or 12"),
    ("horizon: {slices: {blocks: 7}}", "7 blocks do not divide 24 hours; write 1, 2, 3, 4, 6, 8, "
     "12 or 24"),
    ("horizon: {slices: {blocks: eight}}", "blocks: 'eight' is not a whole number"),
    ("horizon: {discount_rate: -100 %/yr}", "discount_rate: '-100 %/yr' is too small; more than "
     "-0.5 is accepted"),
    ("knowledge: '2021'", "'2021' is no year; write four digits, e.g. 2030"),
    ("limits: [{id: a, sense: <}]", "'<' is not accepted; did you mean '<='?"),
    ("limits: [{id: a, sense: '<=', value: {2030: 30 Mtt}}]",
     "unit 'Mtt' is not known; did you mean Mt, Mtce or t?"),
    ("limits: [{id: a, value: {}}]", "no value is given; write e.g. {2030: 30 %}"),
    ("limits: [{id: a, value: {unit: Mt, 2030: 3 Mt}}]",
     "'3 Mt' has a unit although 'Mt' is given; keep one"),
    ("limits: [{id: a, value: {2030: true}}]",
     "'True' is no amount; write a number and a unit, e.g. '30 %'"),
    ("limits: [{id: a, value: {2030: 1e999 Mt}}]",
     "'1e999 Mt' is no amount; write a number and a unit, e.g. '30 %'"),
    ("limits: [{mode: soft}]", "key 'id' is missing; add it"),
    ("limits: [{id: 5}]", "id: '5' is not text; put it in quotes"),
    ("limits: {id: a}", "limits: a block of keys must be a list, each entry after '- '"),
    ("drivers: {gdp: {}}", "give either values by year with their unit, or 'scale'"),
    ("changes: [{table: stock, where: {}, scale: 2}]",
     "'set', 'scale' and 'drop' need 'where'; 'add' has none"),
    ("changes: [{table: stock, where: {technology: a}}]",
     "a change needs exactly one of 'set', 'scale', 'add' and 'drop'"),
    ("solve: {solver: GLPK 5}", "'GLPK 5' is no name of a solver; write highs, or "
     "another as Pyomo names it, such as glpk or cbc"),
    ("solve: {threads: 0}", "threads: '0' is too small; 1 or more is accepted"),
    ("solve: {view: 2}", "'view', 'step' and 'reconsider' belong to mode myopic; add "
     "'mode: myopic', or give them as null"),
    ("solve: {mode: myopic}", "mode myopic needs 'view', the number of periods seen at once"),
    ("solve: {mode: myopic, view: 1, step: 0}", "step: '0' is too small; 1 or more is accepted"),
    ("solve: {mode: myopic, view: 2, step: 3}",
     "step 3 is more than view 2; what is decided must be seen"),
    ("solve: {mode: sighted}", "mode: 'sighted' is not accepted; write 'foresight' or 'myopic'"),
    ("solve: {time_limit: 20 PJ}", "unit 'PJ' does not measure what 's' measures"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), FAULTS)
def test_a_fault_is_one_sentence_with_its_place(text: str, sentence: str, tmp_path: Path) -> None:
    head = "schema: carbonpath/scenario/1\ndataset: small\n"
    if not text.startswith("horizon: {periods"):
        head += "horizon: {periods: [2020]}\n" if not text.startswith("horizon") else ""
    _, problems = examine_scenario(write(tmp_path, a=f"{head}{text}\n"))
    line = head.count("\n") + 1
    assert len(problems) == 1
    assert problems[0].startswith(f"scenarios/a.yaml:{line}:")
    assert problems[0].split(": ", 1)[1] == sentence


def test_a_newer_schema_is_told(tmp_path: Path) -> None:
    text = "schema: carbonpath/scenario/2\ndataset: a\nhorizon: {periods: [2020]}\n"
    with pytest.raises(ScenarioError, match="is not known to this version"):
        read_scenario(write(tmp_path, a=text))
    text = "dataset: a\nhorizon: {periods: [2020]}\n"
    with pytest.raises(ScenarioError, match="key 'schema' is missing"):
        read_scenario(write(tmp_path, a=text))


def test_what_no_ancestor_gives_is_missing(tmp_path: Path) -> None:
    _, problems = examine_scenario(write(tmp_path, a="schema: carbonpath/scenario/1\n"))
    assert problems == [
        f"scenarios/a.yaml:1:1: key {key!r} is missing, also in what the scenario extends; add it"
        for key in ("dataset", "horizon.periods")
    ]


def test_several_faults_are_told_together_and_the_rest_is_read(tmp_path: Path) -> None:
    text = BASE + "knowledge: x\nsolve: {threads: -1}\nnot: 1\n"
    scenario, problems = examine_scenario(write(tmp_path, a=text))
    assert len(problems) == 3
    assert scenario is not None
    assert scenario.limits[0].id == "cap"


OUTSIDE = ["../secret", "/etc/passwd", "~root", "http://x/y", "C:\\x", "\\\\host\\x", "a/b", "..",
           "a.yaml", "", "x" * 41, 5]  # fmt: skip


@pytest.mark.parametrize("parent", OUTSIDE)
def test_nothing_outside_the_project_is_read(parent: object, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("canary")
    text = f"schema: carbonpath/scenario/1\nextends: {parent!r}\n"
    with pytest.raises(ScenarioError) as fault:
        read_scenario(write(tmp_path, a=text))
    assert "is outside the project" in str(fault.value)
    assert "canary" not in str(fault.value)


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("canary: 1")
    path = write(tmp_path, a="schema: carbonpath/scenario/1\nextends: b\n")
    (tmp_path / "scenarios" / "b.yaml").symlink_to(tmp_path / "secret.yaml")
    with pytest.raises(ScenarioError, match="leads outside the project"):
        read_scenario(path)


def test_circles_and_long_chains_are_shown(tmp_path: Path) -> None:
    head = "schema: carbonpath/scenario/1\nextends: "
    with pytest.raises(ScenarioError, match="in a circle: a → b → a; break it"):
        read_scenario(write(tmp_path, b=f"{head}a\n", a=f"{head}b\n"))
    with pytest.raises(ScenarioError, match="in a circle: c → c; break it"):
        read_scenario(write(tmp_path, c=f"{head}c\n"))
    chain = {f"n{i}": f"{head}n{i + 1}\n" for i in range(9, -1, -1)}
    with pytest.raises(ScenarioError, match="more than 8 scenarios extend each other: n0 → n1"):
        read_scenario(write(tmp_path, **chain))


def test_a_missing_parent_is_named_with_those_there_are(tmp_path: Path) -> None:
    text = "schema: carbonpath/scenario/1\nextends: bas\n"
    with pytest.raises(ScenarioError) as fault:
        read_scenario(write(tmp_path, base=BASE, a=text))
    assert str(fault.value) == (
        "scenarios/a.yaml:2:10: scenarios/bas.yaml does not exist; write one of a, base"
    )


def test_one_edit_of_a_key_suggests_the_key() -> None:
    """Leaving out any one letter, or swapping two, of a key of 4 letters or more finds it again."""
    tried = found = 0
    for model in (Definition, Horizon, LimitRow, Solve):
        keys = [field.alias or name for name, field in model.model_fields.items()]
        for key in (key for key in keys if len(key) >= 4):
            edits = [key[:i] + key[i + 1 :] for i in range(len(key))]
            edits += [key[:i] + key[i + 1] + key[i] + key[i + 2 :] for i in range(len(key) - 1)]
            edits += [key[:i] + string.ascii_lowercase[i] + key[i + 1 :] for i in range(len(key))]
            for edit in (edit for edit in edits if edit not in keys):
                tried += 1
                found += nearest(edit, keys) == key
    assert found / tried >= 0.95
