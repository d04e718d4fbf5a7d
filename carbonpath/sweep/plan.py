"""Plans a sweep: draws the sample and writes it down; solves nothing."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from carbonpath.errors import InputError
from carbonpath.results import provenance, publish, store
from carbonpath.results.lock import locked
from carbonpath.run import Options, made_from, read
from carbonpath.scenario import Scenario
from carbonpath.sweep import sample
from carbonpath.sweep.folder import PLAN, SAMPLE, SCHEMA, STUDY, Sweep, open_sweep
from carbonpath.sweep.study import METHODS, Factor, Study, read_study
from carbonpath.sweep.variation import check

RESULTS, SWEEPS = "results", "sweeps"
COUNTS = ("dataset_hash", "scenario_hash", "model_hash", "options")
"""Facts about a run that may change what comes out of it."""
WORDS = ("label", "source", "quality", "because")
"""What a factor says of itself without changing a number."""
Facts = dict[str, Any]


@dataclass(frozen=True)
class Wish:
    """What the command line may ask for beside the study file."""

    samples: int | None = None
    seed: int | None = None
    method: str | None = None
    slices: tuple[int, int] | None = None
    knowledge: int | None = None
    extend: bool = False

    @property
    def options(self) -> Options:
        """What concerns every scenario."""
        return Options(slices=self.slices, knowledge=self.knowledge)


def plan(path: Path, wish: Wish, folder: Path | None = None) -> tuple[Sweep, int]:
    """Plan a study in a folder; return the sweep and how many of its runs are finished already.

    A folder that holds another plan is refused, unless `extend` keeps what is finished and still
    the same: more samples of the same factors are added; other ranges are drawn anew.
    """
    study = read_study(path)
    place = folder or study.project / RESULTS / SWEEPS / path.stem
    base = read(study.scenario_file, wish.options)
    check(base, study.definition.factors, study.places)
    facts = facts_of(study, base, wish)
    before = open_sweep(place) if (place / PLAN).exists() else None
    if before is not None:
        found = differences(before, facts)
        if not found:
            return before, len(before.finished())
        if not wish.extend:
            raise InputError([f"{place}: {one}" for one in found], code="E752")
    table, blocks = points(study, facts["drawing"], before, facts)
    sweep = written(study, table, {**facts, "blocks": blocks}, place)
    return sweep, len(sweep.finished())


def differences(before: Sweep, facts: Mapping[str, Any]) -> list[str]:
    """Say what differs from the plan that is there."""
    old, told = before.plan, []
    if old["study_hash"] != facts["study_hash"]:
        told.append("the study file has changed since it was planned")
    told += [
        f"{name.removesuffix('_hash').replace('_', ' ')} differs from what was planned"
        for name in COUNTS
        if old["facts"][name] != facts["facts"][name]
    ]
    told += [
        f"{name} {old['drawing'][name]} was planned, not {value}"
        for name, value in facts["drawing"].items()
        if old["drawing"][name] != value
    ]
    remedy = "plan into another folder (-o), or add --extend to keep what is the same"
    return [f"{one}; {remedy}" for one in told]


def facts_of(study: Study, base: Scenario, wish: Wish) -> Facts:
    """Return what a plan says, but for the sample."""
    definition = study.definition
    given = definition.sample
    method = wish.method or given.method
    if method not in METHODS:
        raise InputError(
            f"method {method!r} is not known; write {' or '.join(METHODS)}", code="E753"
        )
    drawing = {
        "method": method,
        "size": wish.samples or given.size,
        "seed": given.seed if wish.seed is None else wish.seed,
    }
    everything = made_from(base, wish.options)
    facts = json.loads(json.dumps({name: everything[name] for name in COUNTS}))
    factors = [described(factor) for factor in definition.factors]
    return {
        "schema": SCHEMA,
        "name": study.path.stem,
        "title": definition.title.model_dump(),
        "note": definition.note,
        "study": study.path.relative_to(study.project).as_posix(),
        "scenario": definition.scenario,
        "scenario_title": base.title.model_dump(),
        "slices": list(wish.slices) if wish.slices else None,
        "knowledge": wish.knowledge,
        "drawing": drawing,
        "facts": facts,
        "versions": everything["versions"],
        "inputs_hash": provenance.hash_of_facts(facts),
        "study_hash": provenance.hash_of_facts({"of": definition.scenario, "factors": factors}),
        "factors_hash": provenance.hash_of_facts({"factors": [effect(one) for one in factors]}),
        "text_hash": publish.digest(study.text.encode()),
        "factors": factors,
        "places": dict(study.places),
    }


def described(factor: Factor) -> Facts:
    """Return what a factor is, as plain data for the plan and the report."""
    given = factor.scale or factor.value
    low, mode, high = given.numbers if given else (None, None, None)
    return {
        "id": factor.id,
        "label": factor.label.model_dump(),
        "kind": factor.kind,
        "of": getattr(factor, factor.kind),
        "where": {name: str(value) for name, value in factor.where.items()},
        "periods": list(factor.periods or ()),
        "unit": factor.unit,
        "way": "scale" if factor.scale else "value" if factor.value else "choices",
        "distribution": given.distribution if given else "choice",
        "low": low, "mode": mode, "high": high,
        "choices": dict(factor.choices or {}),
        "source": factor.source, "quality": factor.quality, "because": factor.because,
    }  # fmt: skip


def effect(factor: Facts) -> Facts:
    """Return the part of a factor that a run depends on, or the drawing of its values."""
    return {name: value for name, value in factor.items() if name not in WORDS}


def points(
    study: Study, drawing: Mapping[str, Any], before: Sweep | None, facts: Mapping[str, Any]
) -> tuple[pd.DataFrame, list[Facts]]:
    """Return the sample, and the blocks it was drawn in.

    Where the factors are those of the earlier plan its points stay, and a block is added.
    """
    factors = study.definition.factors
    kept: pd.DataFrame | None = None
    blocks: list[Facts] = []
    if before is not None and before.plan["factors_hash"] == facts["factors_hash"]:
        kept, blocks = before.sample, list(before.plan["blocks"])
    first = 0 if kept is None else len(kept)
    more = int(drawing["size"]) - first
    if more < 0:
        raise InputError(
            f"{first} runs are planned already, more than {drawing['size']}; plan into another "
            "folder with -o",
            code="E753",
        )
    if more == 0 and kept is not None:
        return kept, blocks
    table = sample.drawn(factors, drawing["method"], more, drawing["seed"], first)
    blocks.append({"first": first + 1, "size": more, "seed": drawing["seed"]})
    return table if kept is None else pd.concat([kept, table], ignore_index=True), blocks


def written(study: Study, table: pd.DataFrame, facts: Facts, place: Path) -> Sweep:
    """Write sample, study and plan, the plan last, each whole or not at all."""
    data = sample.to_csv(table)
    with publish.storage_faults(place):
        place.mkdir(parents=True, exist_ok=True)
    project = os.path.relpath(study.project, place.absolute())
    whole = {**facts, "project": Path(project).as_posix(), "sample_hash": publish.digest(data)}
    with locked(place.absolute().parent, place.name):
        publish.replace_file(place / STUDY, study.text.encode())
        publish.replace_file(place / SAMPLE, data)
        publish.replace_file(place / PLAN, store.seal(whole))
    return open_sweep(place)


def refuse_changes(sweep: Sweep) -> None:
    """Refuse to go on with a sweep whose study, scenario, data or model is no longer as planned."""
    slices = sweep.plan["slices"]
    wish = Wish(
        slices=(slices[0], slices[1]) if slices else None, knowledge=sweep.plan["knowledge"]
    )
    path = sweep.project / str(sweep.plan["study"])
    now = facts_of(read_study(path), read(sweep.scenario_file, wish.options), wish)
    now["drawing"] = sweep.plan["drawing"]
    if found := differences(sweep, now):
        again = f"carbonpath sweep plan {path} -o {sweep.folder}"
        raise InputError([f"{sweep.folder}: {one}: {again}" for one in found], code="E752")
