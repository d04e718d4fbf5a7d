"""Puts what solving a scenario again has shown beside its result, and into its report."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from carbonpath.errors import InputError
from carbonpath.report.page import write_page
from carbonpath.results import store
from carbonpath.results.results import Study
from carbonpath.run import Options, made_from, read

SAME = {"dataset_hash": "data", "scenario_hash": "scenario file", "model_hash": "model"}
"""Facts in which a study and the result it is put beside must agree."""


def made(path: Path, options: Options, table: pd.DataFrame, facts: Mapping[str, Any]) -> Study:
    """Return a study of a scenario with the facts that every study tells."""
    slices = read(path, options).horizon.slices
    told = {
        "scenario": path.stem,
        "slices": f"{slices.seasons}x{slices.blocks}",
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    return Study(table, {**told, **facts})


def keep(path: Path, options: Options, name: str, study: Study) -> Path:
    """Put a study beside the result of its scenario; return the file.

    Raise an InputError if there is no result, or one made of other inputs.
    """
    scenario = read(path, options)
    folder = (options.results or scenario.project / "results") / scenario.id
    results = store.read(folder)
    facts = made_from(scenario, options)
    apart = [title for key, title in SAME.items() if results.manifest.get(key) != facts[key]]
    if apart:
        raise InputError(
            f"{folder}: was solved with another {' and '.join(apart)}; run the scenario again, "
            "then repeat this",
            code="E714",
        )
    having = store.with_study(results, name, study)
    with_report = store.REPORT in results.manifest["files"]
    return store.add_study(folder, having, name, write_page([having]) if with_report else None)
