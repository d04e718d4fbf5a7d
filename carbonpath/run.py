"""The pipeline: scenario file -> system -> matrix -> solution -> results -> report -> folder.

The only file that knows every stage. Each stage is one call; what goes wrong in it is an error with
its own exit code, and nothing is published unless everything held.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from carbonpath.accounts import Accounts
from carbonpath.accounts.peak import peak_year
from carbonpath.accounts.scorecard import targets
from carbonpath.accounts.verify import CHECKS, failures, remarks
from carbonpath.errors import (
    CertificateError,
    EnvironmentFault,
    InputError,
    ModelError,
    ScenarioError,
)
from carbonpath.export import csv, osemosys
from carbonpath.export.osemosys_view import View
from carbonpath.inputs.load import INPUTS, Loaded, errors_of, load_system, tables_of
from carbonpath.inputs.problems import Problems
from carbonpath.model.build import BuiltModel, build
from carbonpath.model.lowering import LoweringError, handover
from carbonpath.report.page import page_of
from carbonpath.report.word import write_briefing
from carbonpath.results import provenance, publish, store
from carbonpath.results.extract import extract
from carbonpath.results.lock import locked
from carbonpath.results.results import Results
from carbonpath.scenario import Scenario, Slices, examine_scenario
from carbonpath.solve.highs import SolverOptions
from carbonpath.solve.modes.myopic import myopic
from carbonpath.solve.modes.pathway import Pathway, foresight
from carbonpath.solve.modes.windows import Sight

Tell = Callable[[str], None]
INFEASIBLE = 4
MONEY = ("objective", "total_cost", "total_cost_social")
"""Discounted, constants included; the total leaves penalties out, the social one hurdle rates."""
METHODS = {"auto": "auto", "simplex": "simplex", "ipm": "interior", "hipo": "hipo"}
"""Words of a scenario's `solve: method` and what the solver calls them."""


@dataclass(frozen=True)
class Options:
    """What the command line may ask for beside the scenario file."""

    results: Path | None = None
    fresh: bool = False
    force: bool = False
    report: bool = True
    slices: tuple[int, int] | None = None
    knowledge: int | None = None

    def as_arguments(self) -> list[str]:
        """Return the same wishes as arguments of `carbonpath run`."""
        flags = {"--fresh": self.fresh, "--force": self.force, "--no-report": not self.report}
        values = {
            "--results": self.results,
            "--slices": f"{self.slices[0]}x{self.slices[1]}" if self.slices else None,
            "--knowledge": self.knowledge,
        }
        given = {name: value for name, value in values.items() if value is not None}
        return [
            *(name for name, wanted in flags.items() if wanted),
            *(text for name, value in given.items() for text in (name, str(value))),
        ]

    def facts(self) -> dict[str, object]:
        """Return what changes the solution, for the manifest and the hash of the inputs."""
        return {"slices": self.slices, "knowledge": self.knowledge, "report": self.report}


@dataclass
class Clock:
    """Times the stages of a run and tells of each as it ends."""

    tell: Tell
    seconds: dict[str, float] = field(default_factory=dict)
    said: str = ""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time one stage; what it puts into `said` is told with it."""
        start, self.said = time.perf_counter(), ""
        yield
        self.seconds[name] = round(time.perf_counter() - start, 3)
        self.tell(f"  {name:<8} {self.seconds[name]:6.1f} s   {self.said}".rstrip())


def solve_scenario(path: Path, options: Options, tell: Tell) -> dict[str, Any]:
    """Solve one scenario file and publish its results; return the outcome as plain data."""
    scenario = read(path, options)
    folder = options.results or scenario.project / "results"
    publish.check_place(folder, scenario.id, force=options.force)
    with locked(folder, scenario.id):
        publish.recover(folder, scenario.id)
        if not options.force:
            store.refuse_foreign_files(folder / scenario.id)
        facts = made_from(scenario, options)
        found = store.find_unchanged(folder / scenario.id, str(facts["inputs_hash"]))
        if found is not None and not options.fresh:
            return outcome(found, folder / scenario.id, unchanged=True)
        tell(f"{scenario.id}  {scenario.title.zh}  {scenario.title.en}".rstrip())
        results = solved(scenario, facts, Clock(tell), folder, options)
    return outcome(results.manifest, folder / scenario.id, unchanged=False)


def read(path: Path, options: Options) -> Scenario:
    """Return the scenario with the command line's wishes; all problems, its tables' among them."""
    scenario, found = examine_scenario(path)
    if scenario is None:
        raise ScenarioError(found)
    if found:
        problems = Problems()
        tables_of(scenario, problems)
        raise ScenarioError([*found, *errors_of(scenario, problems)])
    changed: dict[str, object] = {}
    if options.knowledge is not None:
        changed["knowledge"] = options.knowledge
    if options.slices is not None:
        slices = Slices(seasons=options.slices[0], blocks=options.slices[1])
        changed["horizon"] = scenario.horizon.model_copy(update={"slices": slices})
    return scenario.model_copy(update=changed)


def check(path: Path, options: Options) -> tuple[list[str], list[str]]:
    """Return every error and every warning of a scenario and its dataset; solve nothing."""
    try:
        warnings = load_system(read(path, options)).warnings
    except (ScenarioError, InputError, ModelError) as fault:
        return fault.problems, []
    return [], warnings


def made_from(scenario: Scenario, options: Options) -> dict[str, object]:
    """Return what a result is made from, as facts for the manifest."""
    folder = scenario.project / INPUTS / str(scenario.dataset)
    chain = [scenario.project / file for file in scenario.chain]
    facts: dict[str, object] = {
        "dataset_hash": provenance.hash_of_dataset(folder),
        "scenario_hash": provenance.hash_of_files(scenario.project, chain),
        "code_hash": provenance.hash_of_code(),
        "model_hash": provenance.hash_of_code(*provenance.MODEL),
        "versions": provenance.versions(),
        "options": options.facts(),
    }
    return {**facts, "inputs_hash": provenance.hash_of_facts({**facts, "id": scenario.id})}


def solved(
    scenario: Scenario, facts: Mapping[str, object], clock: Clock, folder: Path, options: Options
) -> Results:
    """Run every stage; publish the results, or set them aside if an identity fails."""
    with clock.stage("read"):
        loaded = load_system(scenario)
        clock.said = describe(loaded)
    with clock.stage("build"):
        built = build(loaded.system)
        clock.said = size(built)
    with clock.stage("solve"):
        pathway = decided(built, scenario, clock.tell)
        clock.said = f"{pathway.solver} {pathway.method} · optimal"
        clock.said += f" · {pathway.iterations:,} iterations" if pathway.iterations else ""
    with clock.stage("certify"):
        results = extract(
            built, pathway.columns, pathway.row_duals, pathway.dual_objective, pathway.mode
        )
        results = store.with_manifest(
            results,
            **facts,
            **told(scenario, built, pathway, loaded.warnings),
            **{name: results.dataset.attrs[name] for name in MONEY},
            currency=money(results),
        )
        problems = failures(results)
        clock.said = f"{len(CHECKS)} identities, {len(problems)} failures"
    for _, remark in remarks(results):
        clock.tell(f"           {remark}")
    if problems:
        place = publish.set_aside(folder, scenario.id, store.pack(results, {}))
        raise CertificateError(
            [*problems, f"the run is kept in {place} for diagnosis"], code="E611"
        )
    results = store.with_manifest(results, targets=targets(results), peak=peak_year(results))
    return published(results, clock, folder, options)


def decided(built: BuiltModel, scenario: Scenario, tell: Tell) -> Pathway:
    """Solve in the mode that the scenario asks for."""
    wanted = scenario.solve
    options = SolverOptions(
        METHODS[wanted.method], wanted.threads, wanted.time_limit, solver=wanted.solver
    )
    if wanted.mode == "myopic" and wanted.view is not None:
        sight = Sight(wanted.view, wanted.step or 1, wanted.reconsider or False)
        return myopic(built, sight, options, tell)
    return foresight(built, options)


def published(results: Results, clock: Clock, folder: Path, options: Options) -> Results:
    """Make the report and the tables, and publish everything in one step."""
    extra = {f"tables/{name}": data for name, data in csv.tables(results).items()}
    if options.report:
        with clock.stage("report"):
            accounts = Accounts(results)
            extra[store.REPORT] = page_of(accounts)
            extra[store.BRIEFING] = write_briefing(accounts)
            clock.said = f"{len(extra[store.REPORT]) / 1e6:.1f} MB"
    with clock.stage("write"):
        content = store.content(results, extra)
        clock.said = str(folder / results.id)
    results = store.with_manifest(
        results, seconds=clock.seconds, peak_memory_mb=provenance.peak_memory()
    )
    publish.publish(folder, results.id, store.vouched(content, results.manifest))
    return results


def told(
    scenario: Scenario, built: BuiltModel, pathway: Pathway, warnings: list[str]
) -> dict[str, object]:
    """What the manifest tells beside what the result is made from."""
    matrix = built.linear.matrix
    return {
        "id": scenario.id,
        "title": {"zh": scenario.title.zh, "en": scenario.title.en},
        "note": scenario.note,
        "chain": list(scenario.chain),
        "dataset": scenario.dataset,
        "base_year": built.system.settings.base_year,
        "choices": dict(built.system.settings.options),
        "changes": [change.model_dump(mode="json") for change in scenario.changes],
        "status": "optimal",
        "solved_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "size": {"rows": matrix.shape[0], "columns": matrix.shape[1], "nonzeros": matrix.nnz},
        "solver": {
            "name": pathway.solver,
            "method": pathway.method,
            "iterations": pathway.iterations,
        },
        "mode": pathway.mode,
        "windows": list(pathway.windows),
        "warnings": warnings,
    }


def write_lp(path: Path, output: Path, options: Options) -> None:
    """Write the matrix of a scenario as an LP file, every row and column under its name."""
    built = build(load_system(read(path, options)).system)
    with publish.storage_faults(output):
        output.parent.mkdir(parents=True, exist_ok=True)
    try:
        handover.write_lp(built.linear, output)
    except LoweringError as fault:
        raise EnvironmentFault(str(fault), code="E901") from fault


def osemosys_files(path: Path, options: Options) -> tuple[dict[str, str], list[str]]:
    """Return a scenario as otoole CSV files by name, and what has no place in them."""
    scenario = read(path, options)
    found = osemosys.files(View(load_system(scenario).system))
    blind = [] if scenario.solve.mode == "foresight" else [f"solve: mode {scenario.solve.mode}"]
    return found.texts, [*found.lost, *blind]


def describe(loaded: Loaded) -> str:
    """The size of a system in words."""
    system = loaded.system
    counts = {
        "technologies": len(system.technologies),
        "commodities": len(system.commodities),
        "limits": len(system.limits),
        "periods": len(system.time.periods),
        "slices": len(system.time.at("slice")),
        "warnings": len(loaded.warnings),
    }
    return " · ".join(f"{count} {name}" for name, count in counts.items())


def size(built: BuiltModel) -> str:
    """The size of a matrix in words."""
    matrix = built.linear.matrix
    return f"{matrix.shape[0]:,} rows · {matrix.shape[1]:,} columns · {matrix.nnz:,} non-zeros"


def money(results: Results) -> dict[str, str]:
    """What the money of a run is called, in Chinese and English."""
    names = {"zh": "2020年元", "en": "CNY_2020"}
    attributes = results.dataset.attrs
    return {key: str(attributes.get(f"currency_{key}", name)) for key, name in names.items()}


def outcome(manifest: Mapping[str, Any], folder: Path, *, unchanged: bool) -> dict[str, Any]:
    """What `run --json` says of one scenario."""
    told = ("id", "title", "status", "objective", "total_cost", "total_cost_social", "targets",
            "currency", "peak", "solved_at", "seconds", "peak_memory_mb", "size",
            "warnings")  # fmt: skip
    facts = {name: manifest.get(name) for name in told}
    return {**facts, "exit_code": 0, "unchanged": unchanged, "results": str(folder)}
