"""Time series: from the years given to every year wanted, by the rule that `between` names.

linear, geometric, hold: gaps are filled, and the end values hold outside the years given.
Without `between` every year must be given. Limits differ: see `Fill`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from carbonpath.inputs.frames import Frame, texts
from carbonpath.spec.columns import ABSENT

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
FAR = 10_000
"""More than any year, so that series and year make one sortable number."""


@dataclass(frozen=True)
class Fill:
    """What is done about years that are not given.

    `step`: without `between`, or with hold, the value of a year holds until the next one given,
    and nothing holds before the first. `outside`: end values hold before the first year given.
    """

    step: bool = False
    outside: bool = True


PARAMETER = Fill()
LIMIT = Fill(step=True, outside=False)


@dataclass(frozen=True)
class Series:
    """Rows of series, sorted by series and year; and the number of each series."""

    number: Ints
    year: Ints
    value: Floats
    between: npt.NDArray[np.object_]
    row: Ints


def series_of(data: Frame, keys: Sequence[str], column: str = "amount") -> Series:
    """Sort the rows of a table into series; `keys` without the period name a series."""
    number = data.groupby(list(keys), sort=False).ngroup().to_numpy(dtype=np.int64)
    year = data["period"].to_numpy(dtype=np.int64)
    order = np.lexsort((year, number))
    between = np.array(texts(data, "between"), dtype=object) if "between" in data else None
    value = data[column].to_numpy(dtype=float)
    words = between if between is not None else np.full(len(data), "", dtype=object)
    return Series(
        number[order].astype(np.int64),
        year[order],
        value[order],
        words[order],
        order.astype(np.int64),
    )


def filled(
    data: Frame,
    keys: Sequence[str],
    years: Sequence[int],
    fill: Fill = PARAMETER,
    column: str = "amount",
) -> pd.DataFrame:
    """Return one row for each series and year: `row` of the table it comes from, year, value."""
    if data.empty:
        return pd.DataFrame({"row": [], "year": [], "value": []}).astype(
            {"row": np.int64, "year": np.int64, "value": float}
        )
    series = series_of(data, keys, column)
    wanted = np.array(years, dtype=np.int64)
    count = int(series.number.max()) + 1
    number = np.repeat(np.arange(count), len(wanted))
    year = np.tile(wanted, count)
    left, right = _neighbours(series, number, year)
    value = _values(series, left, right, year, fill)
    source = np.where(left >= 0, left, right)
    keep = ~np.isnan(value)
    return pd.DataFrame({"row": series.row[source[keep]], "year": year[keep], "value": value[keep]})


def missing_years(data: Frame, keys: Sequence[str], years: Sequence[int]) -> dict[int, list[int]]:
    """Return for series without `between` the years not given, by the first row of the series."""
    if data.empty:
        return {}
    strict = data.assign(_=np.ones(len(data)))
    given = filled(strict, keys, years, PARAMETER, "_")
    number = data.groupby(list(keys), sort=False).ngroup().to_numpy()
    known = set(zip(number[given["row"].to_numpy()].tolist(), given["year"].tolist(), strict=True))
    first = {int(n): row for row, n in reversed(list(enumerate(number.tolist())))}
    gaps = {
        row: [year for year in years if (n, year) not in known] for n, row in sorted(first.items())
    }
    return {row: absent for row, absent in gaps.items() if absent}


def _neighbours(series: Series, number: Ints, year: Ints) -> tuple[Ints, Ints]:
    """Return the rows at or before, and after, each series and year; -1 where there is none."""
    place = series.number * FAR + series.year
    after = np.searchsorted(place, number * FAR + year, side="right")
    left = after - 1
    left = np.where((left >= 0) & (series.number[np.maximum(left, 0)] == number), left, -1)
    last = len(place) - 1
    inside = (after <= last) & (series.number[np.minimum(after, last)] == number)
    return left.astype(np.int64), np.where(inside, after, -1).astype(np.int64)


def _values(series: Series, left: Ints, right: Ints, year: Ints, fill: Fill) -> Floats:
    """Return the value of each series and year; NaN where there is none."""
    anchor = np.where(left >= 0, left, right)
    rule = series.between[anchor]
    start, end = np.maximum(left, 0), np.maximum(right, 0)
    exact = (left >= 0) & ((series.year[start] == year) | (series.year[start] == ABSENT))
    held = np.where(left >= 0, series.value[start], np.nan)
    after = np.where(right >= 0, series.value[end], np.nan)
    fills = np.isin(rule.astype(str), ("linear", "geometric", "hold"))
    steps = fill.step & np.isin(rule.astype(str), ("", "hold"))
    value = np.where(exact | steps, held, np.nan)
    both = fills & ~exact & ~steps & (left >= 0) & (right >= 0)
    value[both] = _between(series, left[both], right[both], year[both])
    open_end = fills & ~exact & ~steps & (right < 0)
    value[open_end] = held[open_end]
    if fill.outside:
        before = fills & (left < 0)
        value[before] = after[before]
    return value


def _between(series: Series, left: Ints, right: Ints, year: Ints) -> Floats:
    """Interpolate between two years by each row's rule."""
    first, last = series.year[left], series.year[right]
    share = (year - first) / (last - first)
    low, high = series.value[left], series.value[right]
    rule = series.between[left].astype(str)
    value = np.where(rule == "hold", low, low + share * (high - low))
    growing = rule == "geometric"
    with np.errstate(invalid="ignore", divide="ignore"):
        geometric = low * (high / low) ** share
    result: Floats = np.where(growing, geometric, value)
    return result
