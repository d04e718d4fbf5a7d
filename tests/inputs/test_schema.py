"""The published JSON Schema: it takes what the program takes, and marks what it can."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from carbonpath.scenario import examine_scenario, schema
from carbonpath.scenario.written import FILE, json_schema
from tests.inputs.good import GOOD, written

ROOT = Path(__file__).parents[2]
PUBLISHED = Path(schema.__file__).with_name(FILE)
HEAD = "schema: carbonpath/scenario/1\nextends: good\n"
ACCEPTED = (
    "horizon: {periods: [2020..2025, 2030], discount_rate: 5 %/yr, margin: 0.1}",
    "horizon: {periods: 2020..2022}",
    "title: Good\nknowledge: 2021\nsolve: {time_limit: 20 min, threads: 2}",
    "drivers: {gdp: {unit: 1e8 CNY_2020, 2025: 1500, 2030: 2100, between: geometric}}",
    "drivers: {gdp: {scale: {2025: 1.1}}}",
    "limits: [{id: coal_cap, value: {unit: Mt, 2025: 19}, where: {technology: [a*, b]}}]",
    "limits: [{id: coal_cap, each: technology}]",
    "prices: [{id: ets, of: co2, value: {2025: 80 CNY_2020/t}, between: linear}]",
    "changes: [{table: parameters, where: {technology: battery, parameter: lifetime}, set: 12 yr}]",
    "changes: [{table: stock, where: {technology: coal_plant}, scale: 80 %, because: retired}]",
)
REFUSED = (
    "tittle: x", "horizon: {period: [2020]}", "horizon: {periods: [soon]}", "limits: {id: x}",
    "limits: [{quantity: output}]", "limits: [{id: x, sense: '<'}]", "solve: {solver: Cplex 12}",
    "drivers: {gdp: {2025: [1]}}", "changes: [{set: 3}]", "prices: [{id: x, value: {soon: 3}}]",
    "limits: [{id: x, value: much}]",
)  # fmt: skip


def faults(text: str) -> list[str]:
    """What the schema says of a scenario; JSON has only texts for keys."""
    data: Any = json.loads(json.dumps(yaml.safe_load(text)))
    validator = Draft202012Validator(json.loads(PUBLISHED.read_text(encoding="utf-8")))
    return [fault.message for fault in validator.iter_errors(data)]


def test_the_published_schema_is_that_of_the_program() -> None:
    text = PUBLISHED.read_text(encoding="utf-8")
    assert text == json_schema(schema.Definition)
    Draft202012Validator.check_schema(json.loads(text))


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").glob("*.yaml")), ids=lambda p: p.stem)
def test_shipped_scenarios_fit(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_the_program_takes_the_schema_takes(text: str, tmp_path: Path) -> None:
    good = written(tmp_path)
    (good.parent / "child.yaml").write_text(HEAD + text, encoding="utf-8")
    assert examine_scenario(good.parent / "child.yaml")[1] == []
    assert faults(HEAD + text) == []


@pytest.mark.parametrize("text", REFUSED)
def test_what_the_schema_marks_the_program_refuses(text: str, tmp_path: Path) -> None:
    good = written(tmp_path)
    (good.parent / "child.yaml").write_text(HEAD + text, encoding="utf-8")
    assert len(faults(HEAD + text)) >= 1
    assert examine_scenario(good.parent / "child.yaml")[1] != []


def test_the_schema_must_be_named() -> None:
    assert faults(GOOD["scenarios/good.yaml"]) == []
    assert faults("dataset: small\n") == ["'schema' is a required property"]
