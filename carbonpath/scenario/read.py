"""Reads a scenario file and all it extends, merges them, and says what is wrong with each."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from carbonpath.errors import Coded, ScenarioError
from carbonpath.scenario.excerpt import with_excerpts
from carbonpath.scenario.merge import Layer, merge
from carbonpath.scenario.problems import ENTRIES, Fault, Part, faults_of, is_echo, part_without
from carbonpath.scenario.schema import SCHEMA, Definition, Scenario
from carbonpath.spec.codes import code_of
from carbonpath.spec.nearest import nearest
from carbonpath.strict_yaml import Document, Path_, read, shown

NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")
MAX_CHAIN = 8
FOLDER = "scenarios"
WHOLE = (*ENTRIES, "drivers")
"""Entries of these are left out whole when something in them is refused."""


def read_scenario(path: Path) -> Scenario:
    """Return a resolved scenario; raise a ScenarioError with every problem otherwise."""
    scenario, problems = examine_scenario(path)
    if scenario is None or problems:
        raise ScenarioError(problems)
    return scenario


def examine_scenario(path: Path) -> tuple[Scenario | None, list[str]]:
    """Return what can be read of a scenario, and every problem found on the way."""
    scenario, problems = _examined(path)
    return scenario, with_excerpts(problems, project_of(path))


def _examined(path: Path) -> tuple[Scenario | None, list[str]]:
    problems: list[str] = []
    try:
        chain = _chain(path)
    except ScenarioError as error:
        return None, error.problems
    layers = []
    for document in reversed(chain):
        part, found = _checked(document)
        problems += found
        layers.append(Layer(document, part))
    merged, places = merge(layers)
    missing = _missing(merged, chain[0].file)
    if missing:
        return None, problems or missing
    scenario = Scenario(
        **merged,
        id=path.stem,
        project=project_of(path),
        chain=tuple(document.file for document in chain),
        places=places,
    )
    if problem := scenario.solve.problem():
        problems.append(f"{scenario.place('solve')}: {problem}")
    return scenario, problems


def project_of(path: Path) -> Path:
    """Return the project of a scenario file: the folder that holds scenarios/ and inputs/."""
    return path.absolute().parent.parent


def _missing(merged: Mapping[str, Any], file: str) -> list[str]:
    """Say which entries a resolved scenario lacks."""
    needed = {"dataset": merged.get("dataset"), "horizon.periods": _periods(merged)}
    return [
        Coded(
            f"{file}:1:1: key {name!r} is missing, also in what the scenario extends; add it",
            code_of("missing_key"),
        )
        for name, value in needed.items()
        if not value
    ]


def _periods(merged: Mapping[str, Any]) -> object:
    horizon = merged.get("horizon")
    return horizon.get("periods") if isinstance(horizon, Mapping) else None


def _chain(path: Path) -> list[Document]:
    """Read a file and its ancestors, youngest first."""
    if not NAME.fullmatch(path.stem) or path.suffix != ".yaml":
        raise ScenarioError(
            f"{shown(path.name)} is no name of a scenario; use letters, digits, '_' and '-', at "
            "most 40, and the ending .yaml",
            code="E201",
        )
    folder = path.absolute().parent
    documents: list[Document] = []
    names = [path.stem]
    while True:
        document = _read(folder, names[-1], documents)
        documents.append(document)
        parent = document.data.get("extends") if isinstance(document.data, dict) else None
        if parent is None:
            return documents
        place = document.place(("extends",))
        names.append(_parent(parent, names, str(place)))


def _parent(parent: object, names: list[str], place: str) -> str:
    """Return the name of a parent scenario, or say why it cannot be one."""
    if not isinstance(parent, str) or not NAME.fullmatch(parent):
        raise ScenarioError(
            f"{place}: extends {shown(parent)} is outside the project; write the name of a file "
            f"in {FOLDER}/ without .yaml",
            code="E209",
        )
    way = " → ".join([*names, parent])
    if parent in names:
        raise ScenarioError(
            f"{place}: scenarios extend each other in a circle: {way}; break it", code="E210"
        )
    if len(names) >= MAX_CHAIN:
        raise ScenarioError(
            f"{place}: more than {MAX_CHAIN} scenarios extend each other: {way}", code="E211"
        )
    return parent


def _read(folder: Path, name: str, children: list[Document]) -> Document:
    """Read one file of the chain; it must lie in the folder, also behind links."""
    path = folder / f"{name}.yaml"
    place = f"{children[-1].place(('extends',))}: " if children else ""
    if not path.is_file():
        listed = ", ".join(sorted(p.stem for p in folder.glob("*.yaml"))[:12])
        remedy = f"write one of {listed}" if listed and children else "check the name"
        raise ScenarioError(f"{place}{FOLDER}/{name}.yaml does not exist; {remedy}", code="E202")
    if path.resolve().parent != folder.resolve():
        raise ScenarioError(
            f"{place}{FOLDER}/{name}.yaml leads outside the project; copy the file", code="E202"
        )
    document = read(path, f"{FOLDER}/{name}.yaml")
    if not isinstance(document.data, dict):
        raise ScenarioError(f"{document.file}:1:1: the file must hold keys and values", code="E212")
    return document


def _checked(document: Document) -> tuple[Part, list[str]]:
    """Return the valid part of one file, and a sentence for each part that is not."""
    data = document.data if isinstance(document.data, dict) else {}
    removed: set[Path_] = set()
    faults: list[Fault] = []
    if not any(nearest(str(key), ["schema"]) for key in data):
        faults.append(_without_schema(document))
    while True:
        part = part_without(data, removed)
        try:
            Definition.model_validate(part.data)
        except ValidationError as error:
            found = faults_of(error, document, part)
            refused = {fault.path for fault in found}
            faults += [fault for fault in found if not is_echo(fault, removed | refused)]
            whole = {path[:2] if path and path[0] in WHOLE else path for path in refused}
            if whole <= removed:
                return Part({}, {}), _sentences(faults)
            removed |= whole
        else:
            return part, _sentences(faults)


def _without_schema(document: Document) -> Fault:
    """A file that does not say which schema it follows."""
    sentence = f"key 'schema' is missing; add {SCHEMA!r}"
    return Fault(document.place(()), sentence, code_of("missing_key"), ())


def _sentences(faults: list[Fault]) -> list[str]:
    ordered = sorted(faults, key=lambda fault: (fault.place.line, fault.place.column))
    return [Coded(f"{fault.place}: {fault.sentence}", fault.code) for fault in ordered]
