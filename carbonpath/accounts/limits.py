"""The limit rows of a run as a table: value, bound, shortfall and price in canonical units."""

from typing import Any

import numpy as np
import pandas as pd

from carbonpath.results.results import Results

NUMBERS = ("value", "of", "bound", "shortfall", "price", "penalty")
TEXTS = ("id", "region", "period")
OWN_UNITS = ("cap", "cap/yr", "act", "commodity")
"""Units that differ from technology to technology: the limit states its own."""
MET = 1e-6
"""Relative distance by which a target may be missed for rounding."""


def text(value: object) -> str:
    """A cell as text; missing is empty."""
    return "" if value is None or value != value else str(value)


def limit_rows(results: Results) -> pd.DataFrame:
    """Return one row per limit, region and period, with the limit's definition beside it."""
    dataset = results.dataset
    if "limit_row" not in dataset.dims or "limits" not in results.tables:
        return pd.DataFrame(columns=[*TEXTS, *NUMBERS])
    columns = {
        name: dataset[f"limit_{name}"].values
        for name in (*TEXTS, *NUMBERS)
        if f"limit_{name}" in dataset.variables
    }
    rows = pd.DataFrame(columns).assign(id=lambda t: t["id"].astype(str))
    rows["year"] = pd.to_numeric(rows["period"].astype(str), errors="coerce")
    definitions = results.tables["limits"].drop_duplicates("id")
    return rows.merge(definitions, on="id", how="left", suffixes=("", "_defined"))


def is_target(rows: pd.DataFrame) -> "pd.Series[Any]":
    """Tell targets and policies from the dataset's technical limits and history.

    A target is soft, tracked, stated in a regime, or written in a scenario file.
    """
    mode = rows["mode"].fillna("").astype(str)
    regime = column(rows, "regime") != ""
    stated = column(rows, "origin").str.contains(r"scenarios/|\.yaml", regex=True)
    return (mode.isin(["soft", "track"]) | regime | stated) & (mode != "history")


def column(rows: pd.DataFrame, name: str) -> "pd.Series[Any]":
    """A text column, empty where the table has none."""
    if name not in rows:
        return pd.Series("", index=rows.index, dtype=str)
    return rows[name].map(text).astype(str)


def margins(rows: pd.DataFrame) -> "pd.Series[Any]":
    """By how much each row is better than its bound, in the unit of the quantity."""
    better = pd.Series(np.where(column(rows, "sense") == ">=", 1.0, -1.0), index=rows.index)
    distance = (rows["value"] - rows["bound"]) * better
    exact = column(rows, "sense") == "=="
    kept: pd.Series[float] = distance.where(~exact, -(rows["value"] - rows["bound"]).abs())
    return kept


def are_met(rows: pd.DataFrame) -> "pd.Series[Any]":
    """Whether each row holds, but for rounding."""
    scale = np.maximum(rows["bound"].abs(), 1e-3)
    return margins(rows) >= -MET * scale


def binding(rows: pd.DataFrame) -> "pd.Series[Any]":
    """Whether each row holds with nothing to spare."""
    scale = np.maximum(rows["bound"].abs(), 1e-3)
    return margins(rows).abs() <= MET * scale
