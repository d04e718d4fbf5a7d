"""Collects the finished runs of a sweep into one table over sample, indicator and period."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from carbonpath.accounts.declare import INDICATORS
from carbonpath.errors import PartialError
from carbonpath.results import publish, store
from carbonpath.sweep.folder import SUMMARY, Record, Sweep
from carbonpath.sweep.runner import TOTALS

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
UNIT_OF_TOTALS = "bn CNY_2020"


def summary(sweep: Sweep, missing: bool = False) -> xr.Dataset:
    """Return what the runs of a sweep say, by sample, indicator and period.

    A run without a pathway is a result: it has no numbers, and is counted. A run that failed or
    was not done would be averaged away; that is refused, unless `missing` allows it.
    """
    records = sweep.finished()
    failed = sorted(run for run, one in records.items() if one["status"] == "failed")
    waiting = [run for run in sweep.points if run not in records]
    if (failed or waiting) and not missing:
        raise PartialError(
            f"{sweep.folder}: {len(failed)} of {len(sweep.points)} runs failed and {len(waiting)} "
            "are not done; a summary would pass over them. Finish with carbonpath sweep run "
            "(--again for failed ones), or collect what there is with --allow-missing",
            code="E754",
        )
    used = {run: one for run, one in records.items() if one["status"] == "optimal"}
    if not used:
        raise PartialError(
            f"{sweep.folder}: no run has an optimum; there is nothing to collect", code="E754"
        )
    runs = list(sweep.points)
    dataset = xr.Dataset({**values(runs, used), **drawn(sweep)})
    dataset = dataset.assign_coords(status=("sample", [ended(records, run) for run in runs]))
    dataset = with_quantiles(dataset)
    infeasible = sum(one["status"] in ("infeasible", "unbounded") for one in records.values())
    return dataset.assign_attrs(
        schema="carbonpath/summary/1", plan=plan_facts(sweep), planned=len(runs), used=len(used),
        infeasible=infeasible, failed=len(failed), waiting=len(waiting),
    )  # fmt: skip


def ended(records: Mapping[str, Record], run: str) -> str:
    """Return how a run ended; waiting if it has not."""
    return str(records[run]["status"]) if run in records else "waiting"


def values(runs: list[str], used: Mapping[str, Record]) -> dict[str, xr.DataArray]:
    """Lay the indicators and totals out over all runs; NaN where a run has none."""
    labels = list(
        dict.fromkeys(
            (name, key, unit)
            for run in runs
            if run in used
            for name, key, unit, _ in used[run]["indicators"]
        )
    )
    place = {(name, key): at for at, (name, key, _) in enumerate(labels)}
    periods = next(iter(used.values()))["periods"]
    full = np.full((len(runs), len(labels), len(periods)), np.nan)
    totals = np.full((len(runs), len(TOTALS)), np.nan)
    missed = np.full(len(runs), "", dtype=object)
    for at, run in enumerate(runs):
        if run in used:
            for name, key, _, numbers in used[run]["indicators"]:
                full[at, place[name, key]] = np.array(numbers, dtype=float)
            totals[at] = [used[run][name] for name in TOTALS]
            missed[at] = " ".join(used[run]["missed"])
    coordinates = {"sample": runs, "period": periods, "indicator": [joined(*one) for one in labels]}
    coordinates |= described(labels)
    found = xr.DataArray(full, dims=("sample", "indicator", "period"), coords=coordinates)
    money = {"unit": UNIT_OF_TOTALS}
    return {
        "value": found.assign_attrs(long_name="Indicators of every run"),
        "missed_targets": xr.DataArray(missed, dims="sample"),
        **{
            name: xr.DataArray(totals[:, at], dims="sample", attrs=money)
            for at, name in enumerate(TOTALS)
        },
    }


def joined(name: str, key: str, _unit: str) -> str:
    """Return the label of an indicator with its key."""
    return f"{name}|{key}" if key else name


def described(labels: list[tuple[str, str, str]]) -> dict[str, Any]:
    """Return name, key, unit and titles of each indicator as coordinates."""
    told = [INDICATORS[name] for name, _, _ in labels]
    columns = {
        "name": [name for name, _, _ in labels],
        "key": [key for _, key, _ in labels],
        "unit": [unit for _, _, unit in labels],
        "title": [one.en for one in told],
        "title_zh": [one.zh for one in told],
    }
    return {
        f"indicator_{name}": ("indicator", np.array(cells, dtype=object))
        for name, cells in columns.items()
    }


def drawn(sweep: Sweep) -> dict[str, xr.DataArray]:
    """Return the sample: numbers of ranges, and the place of choices in their list."""
    names = [factor.id for factor in sweep.factors]
    table = np.array(
        [
            [
                float(list(factor.choices).index(str(values[factor.id])))
                if factor.choices
                else float(values[factor.id])
                for factor in sweep.factors
            ]
            for values in sweep.points.values()
        ]
    )
    return {"drawn": xr.DataArray(table, dims=("sample", "factor"), coords={"factor": names})}


def with_quantiles(dataset: xr.Dataset) -> xr.Dataset:
    """Add mean and quantiles over the runs that have an optimum."""
    value = dataset["value"]
    known = value.notnull().any("sample")
    filled = value.where(known, 0.0)  # no quantile of nothing: these become NaN again
    found = filled.quantile(list(QUANTILES), dim="sample", skipna=True).where(known)
    mean = filled.mean("sample", skipna=True).where(known)
    return dataset.assign(
        quantiles=found.assign_attrs(long_name="Quantiles over the runs with an optimum"),
        mean=mean.assign_attrs(long_name="Mean over the runs with an optimum"),
    )


def plan_facts(sweep: Sweep) -> dict[str, Any]:
    """Return what a reader of the summary needs to know of the plan."""
    names = ("name", "title", "note", "scenario", "scenario_title", "slices", "drawing", "blocks",
             "factors", "facts", "versions", "inputs_hash")  # fmt: skip
    return {name: sweep.plan[name] for name in names}


def collect(sweep: Sweep, missing: bool = False) -> bytes:
    """Return the summary as the bytes of a NetCDF file; the folder's own copy is written too."""
    data = store.to_netcdf(summary(sweep, missing))
    publish.replace_file(sweep.folder / SUMMARY, data)
    return data
