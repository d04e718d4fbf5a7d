"""Indicators of solved scenarios side by side, and whether they may be compared at all."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
import xarray as xr

from carbonpath.accounts.declare import INDICATORS, Accounts
from carbonpath.errors import InputError
from carbonpath.results.results import Results

KEYS = ["indicator", "key", "unit", "year"]
FINE = {"time_slice", "technology", "limit_row", "commodity"}
"""Dimensions too long to be compared line by line."""
HEADLINES: Mapping[str, tuple[str, ...]] = {
    "co2_by_scope": ("C1", "C0", "territorial_C1"),
    "non_fossil_share": ("",),
    "energy_consumption": ("R0", "R2"),
    "coal_consumption": ("",),
    "electricity_consumption": ("",),
    "electrification_share": ("",),
    "capacity_total": ("",),
    "net_imported_electricity": ("",),
}
"""Indicators, and the keys of each, that a first look at several scenarios needs."""
SAME = {
    "dataset_hash": ("数据", "data"),
    "base_year": ("基年", "base year"),
    "model_hash": ("模型版本", "model version"),
}
"""Facts of the manifest that scenarios must share to be comparable, and what they are called."""


def side_by_side(solved: Sequence[Results]) -> pd.DataFrame:
    """Return indicators as rows (indicator, key, unit, year), scenarios as columns."""
    return indicators([Accounts(results) for results in solved])


def indicators(solved: Sequence[Accounts]) -> pd.DataFrame:
    """Return the same of accounts, so that what they have formed is not formed again."""
    refuse_equal_ids([one.results for one in solved])
    return pd.concat([series(one) for one in solved], axis="columns", sort=False)


def headlines(frame: pd.DataFrame, years: Sequence[int]) -> pd.DataFrame:
    """Keep the indicators of a first look, in its order, and some years."""
    wanted = [(name, key) for name, keys in HEADLINES.items() for key in keys]
    order = {pair: position for position, pair in enumerate(wanted)}
    rows = frame.reset_index()
    place = [order.get(pair, -1) for pair in zip(rows["indicator"], rows["key"], strict=True)]
    rows = rows.assign(place=place)
    rows = rows[(rows["place"] >= 0) & rows["year"].isin(years)].sort_values(["place", "year"])
    return rows.drop(columns="place").set_index(KEYS)


def series(accounts: Accounts) -> "pd.Series[float]":
    """Return every comparable indicator of one run as one long series under its id."""
    name = accounts.results.id
    rows = [row for indicator in INDICATORS for row in _rows(accounts[indicator])]
    frame = pd.DataFrame(rows, columns=[*KEYS, name])
    return frame.set_index(KEYS)[name]


def _rows(values: xr.DataArray) -> Iterator[tuple[object, ...]]:
    """One row for each key and year, if the indicator is short enough to be compared."""
    if "period" not in values.dims or FINE & set(values.dims):
        return
    labels = [str(name) for name in values.dims if name != "period"]
    stacked = values.reset_coords(drop=True).transpose("period", *labels).to_series()
    for index, value in stacked.items():
        year, *key = index if isinstance(index, tuple) else (index,)
        yield values.name, "|".join(map(str, key)), values.attrs["unit"], int(year), float(value)


def mismatches(solved: Sequence[Results]) -> list[str]:
    """Say in which respects results must not be compared."""
    return [
        f"{english}; run both again, or use --allow-mismatch"
        for _, english in differences_of_kind(solved)
    ]


def differences_of_kind(solved: Sequence[Results]) -> list[tuple[str, str]]:
    """Return the respects in which results must not be compared, in Chinese and English."""
    found = {
        names: {results.id: str(results.manifest.get(fact, ""))[:12] for results in solved}
        for fact, names in SAME.items()
    }
    found[("货币", "currency")] = {results.id: currency(results) for results in solved}
    apart = {names: values for names, values in found.items() if len(set(values.values())) > 1}
    return [
        (
            f"{zh}不同：" + "，".join(f"{name} {value}" for name, value in values.items()),
            f"{en} differs: " + ", ".join(f"{name} {value}" for name, value in values.items()),
        )
        for (zh, en), values in apart.items()
    ]


def currency(results: Results) -> str:
    """Return the unit of money of a run, with its price year."""
    if "investment_payment" not in results.dataset:
        return ""
    return str(results["investment_payment"].attrs.get("unit", ""))


def against(frame: pd.DataFrame, baseline: str) -> pd.DataFrame:
    """Return the difference of each scenario from the baseline, which itself is left out."""
    others = [name for name in frame.columns if name != baseline]
    return frame[others].sub(frame[baseline], axis="index")


def refuse_equal_ids(solved: Sequence[Results]) -> None:
    """Two scenarios of one name could not be told apart."""
    ids = [results.id for results in solved]
    if twice := sorted({name for name in ids if ids.count(name) > 1}):
        raise InputError(
            f"two results are called {', '.join(twice)}; take one of them", code="E711"
        )
