"""The folder of a sweep: the plan, its sample, one small published file for each finished run.

plan.json (what is planned, from which inputs), study.yaml (the study as it was), sample.csv (a line
for each run), runs/<run>.json (what came out; there or not there, never half), running/<run>.json
(who is on it), progress.json (written now and then by the one who hands out the runs). A run counts
only with the key of its point: hash of inputs, factors and values.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from carbonpath.errors import InputError
from carbonpath.results import provenance, publish, store
from carbonpath.strict_yaml import decode, parse
from carbonpath.sweep.sample import RUN, from_csv
from carbonpath.sweep.study import Factor, checked
from carbonpath.sweep.variation import Value

SCHEMA = "carbonpath/sweep/1"
PLAN, STUDY, SAMPLE, SUMMARY, PROGRESS = (
    "plan.json", "study.yaml", "sample.csv", "summary.nc", "progress.json",
)  # fmt: skip
RUNS, RUNNING = "runs", "running"
Record = dict[str, Any]


@dataclass(frozen=True)
class Sweep:
    """A planned sweep: its folder, what plan.json says, its factors and its sample."""

    folder: Path
    plan: Record
    factors: tuple[Factor, ...]
    sample: pd.DataFrame

    @property
    def project(self) -> Path:
        """The project the base scenario belongs to."""
        return (self.folder / str(self.plan["project"])).resolve()

    @property
    def scenario_file(self) -> Path:
        """The file of the base scenario."""
        return self.project / "scenarios" / f"{self.plan['scenario']}.yaml"

    @cached_property
    def hash(self) -> str:
        """The hash of the whole plan."""
        return provenance.hash_of_facts(self.plan)

    @cached_property
    def points(self) -> dict[str, dict[str, Value]]:
        """The values of every run, in the order of the sample."""
        names = [factor.id for factor in self.factors]
        rows = self.sample.to_dict("records")
        return {str(row[RUN]): {name: row[name] for name in names} for row in rows}

    @cached_property
    def keys(self) -> dict[str, str]:
        """The key of every run."""
        made_from = [self.plan["inputs_hash"], self.plan["factors_hash"]]
        return {
            run: provenance.hash_of_facts({"made_from": made_from, "values": values})
            for run, values in self.points.items()
        }

    def record(self, run: str) -> Record | None:
        """Return what came out of a run; None if it is not finished, or of another plan."""
        found = sealed(self.folder / RUNS / f"{run}.json")
        return found if found and found.get("key") == self.keys[run] else None

    def publish(self, run: str, record: Mapping[str, Any]) -> None:
        """Publish what came out of a run, whole or not at all."""
        place = self.folder / RUNS / f"{run}.json"
        publish.replace_file(place, store.seal({"run": run, "key": self.keys[run], **record}))

    def finished(self) -> dict[str, Record]:
        """Return the records of all finished runs."""
        found = {run: self.record(run) for run in self.points}
        return {run: record for run, record in found.items() if record is not None}

    def waiting(self) -> list[str]:
        """Return the runs without a result, in the order of the sample."""
        return [run for run in self.points if self.record(run) is None]


def sealed(path: Path) -> Record | None:
    """Return the content of a sealed file; None if it is missing or not as it was written."""
    try:
        content = json.loads(path.read_bytes())
        stated = content.pop("sha256")
        return content if json.loads(store.seal(content))["sha256"] == stated else None
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return None


def open_sweep(folder: Path) -> Sweep:
    """Return the sweep planned in a folder, or say why there is none."""
    path = folder / PLAN
    if not path.is_file():
        raise InputError(
            f"{folder}: no sweep is planned here; begin with carbonpath sweep plan", code="E751"
        )
    plan = sealed(path)
    if plan is None or plan.get("schema") != SCHEMA:
        raise InputError(
            f"{path}: damaged, edited by hand, or of another version; plan again", code="E751"
        )
    data = (folder / SAMPLE).read_bytes() if (folder / SAMPLE).is_file() else b""
    if publish.digest(data) != plan["sample_hash"]:
        raise InputError(
            f"{folder / SAMPLE}: differs from what was planned; plan again", code="E751"
        )
    text = (folder / STUDY).read_bytes() if (folder / STUDY).is_file() else b""
    if publish.digest(text) != plan["text_hash"]:
        raise InputError(
            f"{folder / STUDY}: differs from what was planned; plan again", code="E751"
        )
    factors = checked(parse(decode(text, STUDY), STUDY)).factors
    return Sweep(folder.absolute(), plan, factors, from_csv(data, factors))
