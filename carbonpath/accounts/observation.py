"""A run against what happened: its errors beside those of two forecasts that need no model.

Persistence says that nothing changes after the last statistic the run could know. The trend is the
straight line through the statistics known (least squares). A model that does not beat them has no
claim on the near future.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from carbonpath.accounts.declare import INDICATORS, Accounts
from carbonpath.errors import InputError
from carbonpath.results.results import Results
from carbonpath.spec.nearest import hint
from carbonpath.spec.units import convert

COLUMNS = ("series", "key", "period", "value", "unit")
METHODS = ("model", "persistence", "trend")


@dataclass(frozen=True)
class Observation:
    """One observed value, in the unit of its indicator, and what each method said of it."""

    series: str
    key: str
    year: int
    unit: str
    observed: float
    said: Mapping[str, float]

    def error(self, method: str) -> float:
        """Relative error of a method; NaN where it says nothing."""
        return self.said[method] / self.observed - 1.0 if self.observed else float("nan")


def observe(results: Results, observed: pd.DataFrame) -> list[Observation]:
    """Compare a run with observed values (columns of statistics.csv); all problems at once."""
    _check_columns(observed)
    accounts = Accounts(results)
    found, problems = [], []
    for line, row in enumerate(observed.to_dict("records"), start=2):
        try:
            found.append(_observation(accounts, {str(k): v for k, v in row.items()}))
        except InputError as fault:
            problems += [f"observed line {line}: {problem}" for problem in fault.problems]
    if problems:
        raise InputError(problems, code="E723")
    return found


def mean_errors(observations: list[Observation]) -> dict[str, float]:
    """Return the mean absolute relative error of each method over what all of them could say."""
    errors = np.array([[abs(o.error(method)) for method in METHODS] for o in observations])
    common = errors[np.isfinite(errors).all(axis=1)] if len(errors) else errors
    means = common.mean(axis=0) if len(common) else [float("nan")] * len(METHODS)
    return dict(zip(METHODS, map(float, means), strict=True))


def _check_columns(observed: pd.DataFrame) -> None:
    """Refuse a table that lacks a column."""
    if missing := [name for name in COLUMNS if name not in observed and name != "key"]:
        raise InputError(
            f"observed: column {', '.join(missing)} is missing; see statistics.csv", code="E722"
        )


def _observation(accounts: Accounts, row: Mapping[str, object]) -> Observation:
    """Form one observation, or say what is wrong with its row."""
    name, key = str(row["series"]), _text(row.get("key"))
    if name not in INDICATORS:
        raise InputError(
            f"series {name!r} is no indicator; {hint(name, tuple(INDICATORS))}", code="E723"
        )
    unit = INDICATORS[name].unit
    year, observed = _year(row["period"]), _number(row["value"])
    modelled = pick(accounts[name], key)
    last = accounts.results.periods[0]
    known = dict(_known(accounts.results, name, key, unit, last))
    known = known or {last: float(modelled.sel(period=last))}
    said = {
        "model": float(modelled.interp(period=year)),
        "persistence": known[max(known)],
        "trend": _trend(known, year),
    }
    return Observation(name, key, year, unit, convert(observed, str(row["unit"]), unit), said)


def pick(values: xr.DataArray, key: str) -> xr.DataArray:
    """Return the series of one key (labels of its dimensions joined by '|'), by period."""
    dimensions = [str(name) for name in values.dims if name != "period"]
    labels = key.split("|") if key else []
    if len(labels) != len(dimensions):
        raise InputError(
            f"{values.name} needs a key for {', '.join(dimensions) or 'nothing'}", code="E723"
        )
    for dimension, label in zip(dimensions, labels, strict=True):
        known = tuple(map(str, values[dimension].values))
        if label not in known:
            raise InputError(
                f"{label!r} is no {dimension} of {values.name}; {hint(label, known)}", code="E723"
            )
    chosen = dict(zip(dimensions, labels, strict=True))
    return values.sel(chosen).reset_coords(drop=True).astype(float)


def _known(
    results: Results, name: str, key: str, unit: str, last: int
) -> Iterator[tuple[int, float]]:
    """Statistics of a series up to the base year, in the unit of the indicator."""
    table = results.tables.get("statistics", pd.DataFrame(columns=COLUMNS))
    for row in table.to_dict("records"):
        same = row["series"] == name and _text(row.get("key")) == key
        if same and int(row["period"]) <= last:
            yield int(row["period"]), convert(float(row["value"]), str(row["unit"]), unit)


def _trend(known: Mapping[int, float], year: int) -> float:
    """Continue the straight line through what is known; with one value there is no line."""
    if len(known) < 2:  # noqa: PLR2004
        return float("nan")
    slope, level = np.polyfit(list(known), list(known.values()), 1)
    return float(level + slope * year)


def _text(value: object) -> str:
    """A cell as text, '' where there is none."""
    return "" if value is None or value != value else str(value)


def _number(value: object) -> float:
    """A cell as a number."""
    try:
        number = float(str(value))
    except ValueError:
        number = float("nan")
    if not np.isfinite(number):
        raise InputError(
            f"value {value!r} is not a number; write it with digits and a point", code="E724"
        )
    return number


def _year(value: object) -> int:
    """A cell as a year."""
    if not str(value).isdigit():
        raise InputError(f"period {value!r} is not a year", code="E723")
    return int(str(value))
