"""Runs as one xarray Dataset for a Python session: scenario first, then labels, then period.

Every array has a unit and a title in English (`long_name`) and Chinese (`long_name_zh`), every
label a name in both (`sector_label_zh`, `sector_label_en`). Indicators stand beside the quantities
of the model; of two with one name the indicator stays.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from carbonpath.accounts.comparison import mismatches, refuse_equal_ids
from carbonpath.accounts.declare import INDICATORS, Accounts
from carbonpath.accounts.labels import Namer, Text
from carbonpath.errors import InputError
from carbonpath.results.results import Results

RENAMED = {"time_slice": "slice"}
"""Dimensions of the model and what they are called in a session."""
LONG = ("activity_row", "limit_row")
"""Dimensions without labels: what goes by them stays in the result (tables, scorecard)."""
AXES: Mapping[str, tuple[str, str]] = {
    "scenario": ("Scenario", "情景"),
    "region": ("Region", "地区"),
    "sector": ("Sector", "领域"),
    "technology": ("Technology", "技术"),
    "commodity": ("Commodity", "品种"),
    "period": ("Period", "时段（年）"),
    "slice": ("Time slice", "年内时段"),
    "vintage": ("Vintage", "建设批次"),
    "mode": ("Mode", "运行方式"),
    "situation": ("Peak situation", "高峰情形"),
    "checkpoint": ("Checkpoint of a store", "储存核对时点"),
    "driver": ("Driver", "驱动因素"),
    "scope": ("Scope of CO2", "碳排放口径"),
    "regime": ("Energy regime", "能源口径"),
    "carrier": ("Carrier", "载体"),
    "fuel": ("Fuel", "燃料"),
    "factor": ("Factor", "因素"),
    "group": ("Group of technologies", "技术组"),
    "part": ("Part of cost", "成本构成"),
    "balance_row": ("Row of the balance", "平衡表行"),
}
"""Dimension -> its title in English and Chinese."""
OWN = ("technology", "commodity")
"""Dimensions whose labels the dataset names itself."""
TOLD = ("objective", "total_cost", "total_cost_social", "base_year", "discount_rate", "status")


def trajectories(results: Results) -> xr.Dataset:
    """Return a run as a Dataset with the dimension `scenario` of length one."""
    arrays = {
        str(name): array
        for name, array in results.dataset.data_vars.items()
        if not set(LONG) & set(array.dims)
    }
    accounts = Accounts(results)
    arrays |= {name: accounts[name].reset_coords(drop=True) for name in INDICATORS}
    arrays = {name: array for name, array in arrays.items() if not set(LONG) & set(array.dims)}
    whole = xr.Dataset(arrays).reindex(in_order(arrays.values()))
    whole = whole.rename(renamed(results.dataset))
    whole = whole.drop_vars([name for name in whole.coords if set(LONG) & set(whole[name].dims)])
    whole = named(whole, Namer(results)).expand_dims(scenario=[results.id])
    return with_axes(whole.assign_coords(titles(results))).assign_attrs(
        {name: results.dataset.attrs[name] for name in TOLD if name in results.dataset.attrs}
    )


def in_order(arrays: Iterable[xr.DataArray | xr.Dataset]) -> dict[str, list[Any]]:
    """Return the labels of every dimension as they first appear; periods grow."""
    found: dict[str, dict[Any, None]] = {}
    for array in arrays:
        for name in map(str, array.dims):
            if name in array.coords:
                found.setdefault(name, {}).update(dict.fromkeys(array[name].values.tolist()))
    return {
        name: sorted(labels) if name == "period" else list(labels) for name, labels in found.items()
    }


def renamed(dataset: xr.Dataset) -> dict[str, str]:
    """Return new names of the dimensions of the model, and of the coordinates along them."""
    found = {}
    for old, new in RENAMED.items():
        for name in map(str, dataset.coords):
            if name == old or name.startswith(f"{old}_"):
                found[name] = name.replace(old, new, 1)
    return {name: new for name, new in found.items() if not set(LONG) & set(dataset[name].dims)}


def named(whole: xr.Dataset, namer: Namer) -> xr.Dataset:
    """Give the labels of every dimension a name in both languages."""
    coordinates: dict[str, tuple[str, np.ndarray]] = {}
    for dimension in map(str, whole.dims):
        if dimension == "period" or dimension not in whole.coords:
            continue
        said: list[Text] = [
            namer.exact(str(key)) if dimension in OWN else namer(str(key))
            for key in whole[dimension].values
        ]
        for language in ("zh", "en"):
            texts = np.array([one[language] for one in said], dtype=object)
            coordinates[f"{dimension}_label_{language}"] = (dimension, texts)
    return whole.assign_coords(coordinates)


def titles(results: Results) -> dict[str, tuple[str, list[str]]]:
    """Return the title of a scenario as coordinates."""
    title = results.manifest.get("title") or {}
    told = {"zh": title, "en": title} if isinstance(title, str) else title
    return {
        f"scenario_label_{language}": ("scenario", [str(told.get(language) or results.id)])
        for language in ("zh", "en")
    }


def with_axes(whole: xr.Dataset) -> xr.Dataset:
    """Give every dimension a title in both languages."""
    for name, (en, zh) in AXES.items():
        if name in whole.coords:
            whole[name].attrs |= {"long_name": en, "long_name_zh": zh}
    return whole


def joined(solved: Sequence[Results], *, allow_mismatch: bool = False) -> xr.Dataset:
    """Return runs along the dimension `scenario`; a label that a run lacks has no value there.

    Raise an InputError if data, base year, currency or model differ, unless that is allowed.
    """
    refuse_equal_ids(solved)
    problems = mismatches(solved)
    if problems and not allow_mismatch:
        told = [text.replace("--allow-mismatch", "allow_mismatch=True") for text in problems]
        raise InputError(told)
    runs = [trajectories(results) for results in solved]
    labels = runs[0].drop_vars(runs[0].data_vars).drop_dims("scenario")
    for run in runs[1:]:
        labels = labels.combine_first(run.drop_vars(run.data_vars).drop_dims("scenario"))
    bare = [run.drop_vars(set(labels.coords) - set(run.dims), errors="ignore") for run in runs]
    whole = xr.concat(
        bare, dim="scenario", join="outer", combine_attrs="drop_conflicts", data_vars="all",
        coords="minimal", compat="override",
    )  # fmt: skip
    return with_axes(whole.assign_coords(labels.coords).reindex(in_order(runs)))
