"""From a scenario file to resolved tables: read, patch, check, select, convert. Every problem."""

import re
from dataclasses import dataclass
from pathlib import Path

from carbonpath.errors import InputError
from carbonpath.inputs import checks as _registered
from carbonpath.inputs.assemble import assemble
from carbonpath.inputs.check import run_checks
from carbonpath.inputs.convert import converted
from carbonpath.inputs.dataset import read_dataset, read_sectors
from carbonpath.inputs.patch import patched
from carbonpath.inputs.problems import Problems
from carbonpath.inputs.read import read_tables
from carbonpath.inputs.references import repaired
from carbonpath.inputs.select import chosen_options, selected
from carbonpath.inputs.tables import Tables
from carbonpath.inputs.typed import typed_tables
from carbonpath.scenario import Scenario, examine_scenario, read_scenario
from carbonpath.scenario.excerpt import with_excerpts
from carbonpath.system.system import EnergySystem

INPUTS = "inputs"
NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")
assert _registered  # importing the package registers its checks


@dataclass(frozen=True)
class Examination:
    """What `validate` tells: the scenario and tables as far as they go, errors and warnings."""

    scenario: Scenario | None
    tables: Tables | None
    errors: tuple[str, ...]
    warnings: tuple[str, ...]


def examine(path: Path) -> Examination:
    """Read and check a scenario and its dataset; nothing is raised, everything is told."""
    scenario, found = examine_scenario(path)
    if scenario is None:
        return Examination(None, None, tuple(found), ())
    problems = Problems()
    tables = tables_of(scenario, problems)
    errors = (*found, *errors_of(scenario, problems))
    return Examination(
        scenario, None if errors else tables, errors, tuple(problems.listed_warnings())
    )


@dataclass(frozen=True)
class Loaded:
    """What a run needs of the inputs: the system, the tables it is made of, and warnings."""

    system: EnergySystem
    tables: Tables
    warnings: list[str]


def load_system(scenario: Scenario) -> Loaded:
    """Return the system of a scenario, or raise an InputError with every problem."""
    problems = Problems()
    tables = tables_of(scenario, problems)
    if tables is None or problems:
        raise InputError(errors_of(scenario, problems))
    return Loaded(assemble(tables), tables, problems.listed_warnings())


def errors_of(scenario: Scenario, problems: Problems) -> list[str]:
    """Return the errors of a scenario's tables, those of YAML files with the lines they name."""
    folders = scenario.project, scenario.project / INPUTS / str(scenario.dataset)
    return with_excerpts(problems.listed_errors(), *folders)


def load(path: Path) -> EnergySystem:
    """Return the system that a scenario file describes."""
    return load_system(read_scenario(path)).system


def load_tables(scenario: Scenario) -> Tables:
    """Return the tables of a scenario, or raise an InputError with every problem."""
    problems = Problems()
    tables = tables_of(scenario, problems)
    if tables is None or problems:
        raise InputError(errors_of(scenario, problems))
    return tables


def dataset_folder(scenario: Scenario, problems: Problems) -> Path | None:
    """Return the folder of a scenario's dataset, which must lie in the project."""
    name, place = scenario.dataset or "", scenario.place("dataset")
    root = scenario.project / INPUTS
    folder = root / name
    if not NAME.fullmatch(name) or folder.resolve().parent != root.resolve():
        problems.add(
            "the_dataset_is_in_the_project",
            f"{place}: dataset {name!r} is outside the project; write the name of a folder in "
            f"{INPUTS}/",
        )
    elif not folder.is_dir():
        there = ", ".join(sorted(p.name for p in root.glob("*") if p.is_dir())) or "none"
        problems.add(
            "the_dataset_is_in_the_project",
            f"{place}: there is no dataset {name!r} in {INPUTS}/; there is {there}",
        )
    else:
        return folder
    return None


def tables_of(scenario: Scenario, problems: Problems) -> Tables | None:
    """Read, patch, type, select, check and convert; None where not even that can be done."""
    folder = dataset_folder(scenario, problems)
    if folder is None:
        return None
    dataset, sectors = read_dataset(folder, problems), read_sectors(folder, problems)
    frames = patched(read_tables(folder, problems), scenario, problems)
    typed = typed_tables(frames, problems)
    if dataset is None:
        return None
    options = chosen_options(dataset, scenario, problems)
    frames = selected(typed, dataset, options, scenario.knowledge, problems)
    tables = Tables(scenario, dataset, sectors, frames, options)
    return _checked(tables, problems)


def _checked(tables: Tables, problems: Problems) -> Tables:
    """Check names as they are, and all else with likely misspellings repaired."""
    mended = repaired(tables)
    ready, misfits = converted(mended)
    problems.add("units_fit_their_columns", misfits)
    run_checks(tables, ready, problems)
    return ready
