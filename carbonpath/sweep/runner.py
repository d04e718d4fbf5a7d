"""What a worker does with one run: model, optimum, identities, indicators, one published file.

A worker solves the middle of all ranges once for each combination of options and keeps the solver
and the optimal basis. Each run starts from that basis, never from the run before it: what comes out
of a run depends on its values alone, not on which worker did it or in which order.

Where many runs are planned and all factors are linear, the numbers of a run's model are added up in
place (`solve.modes.family`), after a check against models that were built; otherwise each run's
model is built from its tables.
"""

import json
import math
import os
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from carbonpath.accounts.declare import Accounts
from carbonpath.accounts.scorecard import targets
from carbonpath.accounts.verify import failures
from carbonpath.errors import CarbonpathError, SolveError
from carbonpath.inputs.load import load_system
from carbonpath.model.build import BuiltModel, build
from carbonpath.results import provenance, publish
from carbonpath.results.extract import extract
from carbonpath.results.results import Results
from carbonpath.run import METHODS, Options, read
from carbonpath.solve.highs import INFEASIBLE, SolverOptions
from carbonpath.solve.modes.family import Family, family
from carbonpath.solve.session import Session
from carbonpath.sweep.folder import RUNNING, Record, Sweep, open_sweep
from carbonpath.sweep.study import Factor
from carbonpath.sweep.variation import Value, end, varied

Floats = npt.NDArray[np.float64]

MOST_ATTEMPTS = 3
INDICATORS = (
    "co2_by_scope", "carbon_intensity_change", "energy_consumption", "energy_intensity_change",
    "non_fossil_share", "coal_consumption", "electricity_consumption", "electrification_share",
    "net_imported_electricity", "electricity_import_share", "capacity_by_type",
    "generation_by_type", "electricity_price", "carbon_price", "cost_by_part",
    "cost_share_of_gdp",
)  # fmt: skip
"""Indicators that are kept of every run."""
UNBOUNDED = 5
RESULTS_OF = {INFEASIBLE: "infeasible", UNBOUNDED: "unbounded"}
"""Ends that are an answer, not a failure."""
WORTH = 4
"""Runs planned per model that is built to find the slopes, from which addition is worth it."""


@dataclass(frozen=True)
class Start:
    """Where the runs of one combination of options begin: the middle, solved, and its family."""

    session: Session
    basis: Any
    family: Family | None


class Bench:
    """One worker's place: the sweep, its base scenario, and a solved base for each option."""

    def __init__(self, folder: Path) -> None:
        self.sweep = open_sweep(folder)
        slices = self.sweep.plan["slices"]
        options = Options(
            slices=(slices[0], slices[1]) if slices else None,
            knowledge=self.sweep.plan["knowledge"],
        )
        self.base = read(self.sweep.scenario_file, options)
        settings = self.base.solve
        self.solver = SolverOptions(METHODS[settings.method], 1, settings.time_limit)
        self._starts: dict[tuple[Value, ...], Start | None] = {}

    def model(self, values: Mapping[str, Value]) -> BuiltModel:
        """Return the model of a point, built from its tables."""
        places: Mapping[str, str] = self.sweep.plan["places"]
        scenario = varied(self.base, self.sweep.factors, values, places)
        return build(load_system(scenario).system)

    def start(self, values: Mapping[str, Value]) -> Start | None:
        """Return where a point's options begin; None if the middle of their ranges is no start."""
        chosen = {f.id: values[f.id] for f in self.sweep.factors if f.choices is not None}
        options = tuple(chosen.values())
        if options not in self._starts:
            self._starts[options] = self._begun(chosen)
        return self._starts[options]

    def _begun(self, chosen: Mapping[str, Value]) -> Start | None:
        """Solve the middle; find the family around it if that is worth it."""
        numeric = [f for f in self.sweep.factors if f.choices is None]
        ends = [{f.id: between(f, share) for f in numeric} for share in (0.0, 0.5, 1.0)]
        found = None
        if numeric and self._worth_adding(len(numeric)):
            found = family(lambda point: self.model({**chosen, **point}), ends[1], ends[0])
        built = found.base if found else self.model({**chosen, **ends[1]})
        session = Session(built, self.solver)
        try:
            columns = session.solve().columns
        except SolveError:
            return None
        if found is not None and not self._proven(found, chosen, ends, columns):
            found = None
        return Start(session, session.basis(), found)

    def _worth_adding(self, numeric: int) -> bool:
        """Whether there are enough runs; it depends on the plan alone, so every worker agrees."""
        options = math.prod(len(f.choices) for f in self.sweep.factors if f.choices)
        return len(self.sweep.points) >= WORTH * (numeric + 3) * options

    def _proven(
        self, found: Family, chosen: Mapping[str, Value], ends: list[dict[str, float]], x: Floats
    ) -> bool:
        """Whether addition gives what is built where all is high, and at a mixed corner."""
        low, _, high = ends
        mixed = {name: (low, high)[at % 2][name] for at, name in enumerate(low)}
        corners = [(point, self.model({**chosen, **point})) for point in (high, mixed)]
        return all(found.fits(built, point) for point, built in corners) and all(
            alike(accounted(found.at(point), x), accounted(built, x)) for point, built in corners
        )

    def solved(self, values: Mapping[str, Value]) -> Record:
        """Return what comes out of a point: indicators by period, or that there is no pathway."""
        began = time.perf_counter()
        start = self.start(values)
        if start is not None and start.family is not None:
            numbers = {name: float(values[name]) for name in start.family.middle}
            built = start.family.at(numbers)
        else:
            built = self.model(values)
        prepared = time.perf_counter()
        session = Session(built, self.solver) if start is None else continued(built, start)
        try:
            solution = session.solve()
        except SolveError as fault:
            if fault.exit_code in RESULTS_OF:
                return {"status": RESULTS_OF[fault.exit_code]}
            raise
        ended = time.perf_counter()
        results = extract(
            session.built, solution.columns, solution.row_duals, solution.dual_objective
        )
        if problems := failures(results):
            return {"status": "failed", "reason": "; ".join(problems)}
        return {
            "status": "optimal",
            **kept(results),
            "seconds": {
                "model": round(prepared - began, 3),
                "solve": round(ended - prepared, 3),
                "account": round(time.perf_counter() - ended, 3),
            },
            "solver": {"method": solution.method, "iterations": solution.iterations},
        }


def between(factor: Factor, share: float) -> float:
    """Return the value at a share of the way from the low to the high end of a range."""
    low, high = float(end(factor, 0)), float(end(factor, 1))
    return low + share * (high - low)


def accounted(built: BuiltModel, columns: Floats) -> Record:
    """Return the indicators of a model at given columns, which need be no optimum."""
    return kept(extract(built, columns, np.zeros(built.linear.matrix.shape[0])))


def alike(one: Record, other: Record) -> bool:
    """Whether two records hold the same numbers."""
    mine, theirs = one["indicators"], other["indicators"]
    return [row[:3] for row in mine] == [row[:3] for row in theirs] and np.allclose(
        np.array([row[3] for row in mine], dtype=float),
        np.array([row[3] for row in theirs], dtype=float), rtol=1e-7, atol=1e-9, equal_nan=True,
    )  # fmt: skip


def continued(built: BuiltModel, start: Start) -> Session:
    """Return a session that holds a point's numbers, on the basis of the middle if it fits."""
    mine, theirs = start.session.linear, built.linear
    if mine.matrix.shape != theirs.matrix.shape or list(mine.rows) != list(theirs.rows):
        return Session(built, start.session.options)
    return start.session.beside(built, start.basis)


def kept(results: Results) -> Record:
    """Return the numbers of a run that a summary needs: totals, missed targets, indicators."""
    accounts = Accounts(results)
    rows: list[list[Any]] = []
    for name in INDICATORS:
        values = accounts[name].reset_coords(drop=True)
        labels = [str(label) for label in values.dims if label != "period"]
        lines = values.stack(line=labels) if labels else values.expand_dims("line", axis=1)
        for at in range(lines.sizes["line"]):
            key = "|".join(map(str, lines["line"].values[at])) if labels else ""
            numbers = [
                None if value != value else float(value)
                for value in lines.isel(line=at).transpose("period").values
            ]
            rows.append([name, key, str(accounts[name].attrs["unit"]), numbers])
    missed = [one for one in targets(results) if not one["met"] and one["mode"] != "track"]
    totals = {name: float(results.dataset.attrs[name]) for name in TOTALS}
    return {
        **totals,
        "missed": sorted({str(one["id"]) for one in missed}),
        "periods": list(results.periods),
        "indicators": rows,
    }


TOTALS = ("objective", "total_cost", "total_cost_social")


@lru_cache(maxsize=1)
def bench(folder: str, plan_hash: str) -> Bench:
    """Return this worker's place for a plan, made when first asked for."""
    del plan_hash  # part of the key: another plan in the same folder is another place
    return Bench(Path(folder))


def done(folder: str, plan_hash: str, run: str, session: str) -> str:
    """Do one run and publish it; return its status. A run that is there already is not repeated.

    Whoever begins a run says so in a file; if the worker dies, the next one to take up the run
    finds it. The fourth attempt is not made: the run is recorded as failed.
    """
    place = bench(folder, plan_hash)
    if (found := place.sweep.record(run)) is not None:
        return str(found["status"])
    note = place.sweep.folder / RUNNING / f"{run}.json"
    before = attempts_before(note, session)
    if before >= MOST_ATTEMPTS:
        record: Record = {"status": "failed", "reason": LOST, "attempts": before}
    else:
        publish.replace_file(note, begun_note(session, before + 1))
        record = {**attempt(place, run), "attempts": before + 1}
    place.sweep.publish(run, record)
    note.unlink(missing_ok=True)
    return str(record["status"])


LOST = f"the worker was lost {MOST_ATTEMPTS} times (memory?)"


def attempt(place: Bench, run: str) -> Record:
    """Solve a run; a failure with a reason is recorded with it."""
    try:
        return place.solved(place.sweep.points[run])
    except CarbonpathError as fault:
        return {"status": "failed", "reason": "; ".join(fault.problems[:3])}


def begun_note(session: str, attempts: int) -> bytes:
    """Return the note of who is on a run."""
    who = {"session": session, "attempts": attempts, "host": socket.gethostname()}
    return json.dumps({**who, "pid": os.getpid(), "since": time.time()}).encode()


def attempts_before(note: Path, session: str) -> int:
    """Return how often this session began a run that it did not end.

    What an earlier session left, stopped or killed as a whole, blames no run.
    """
    try:
        said = json.loads(note.read_bytes())
    except (OSError, ValueError):
        return 0
    return int(said["attempts"]) if said.get("session") == session else 0


def sees(folder: str) -> tuple[str, str]:
    """Return the hash of the plan and of the model as this worker sees them."""
    sweep: Sweep = open_sweep(Path(folder))
    return str(sweep.plan["inputs_hash"]), provenance.hash_of_code(*provenance.MODEL)
