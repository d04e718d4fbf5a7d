"""The definitions that ship with the project are those of the exported table."""

from importlib.resources import files

import yaml

from carbonpath.export.variables import variables

DEFINITIONS = files("carbonpath.export") / "definitions"


def test_definitions_hold_every_variable_with_its_unit() -> None:
    said = {}
    for file in (DEFINITIONS / "variable").iterdir():
        for entry in yaml.safe_load(file.read_text(encoding="utf-8")):
            ((name, row),) = entry.items()
            assert name not in said
            assert row["description"]
            said[name] = row["unit"]
    assert said == {variable.name: variable.unit for variable in variables()}
