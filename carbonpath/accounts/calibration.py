"""Model against statistics in the base year: each row fixed or computed, with its deviation."""

import math

import pandas as pd

from carbonpath.accounts.declare import INDICATORS, Accounts
from carbonpath.errors import InputError
from carbonpath.results.results import Results
from carbonpath.spec.units import convert

TOLERANCE = 0.03
"""Deviation beyond which a row needs its explanation."""
COLUMNS = [
    "row", "label_zh", "label_en", "period", "unit", "statistic", "model", "deviation",
    "determined", "within", "explanation", "explanation_zh", "source", "quality",
]  # fmt: skip


def text(value: object) -> str:
    """A cell as text; missing is empty."""
    return "" if value is None or value != value else str(value)


def model_value(accounts: Accounts, name: str, key: str, period: int, unit: str) -> float:
    """Return an indicator's value at one label and period, in the statistic's unit."""
    if name not in INDICATORS:
        raise InputError(f"calibration.csv: no indicator is called {name!r}", code="E741")
    values = accounts[name].sel(period=period)
    if key:
        dimension = next((str(d) for d in values.dims), "")
        if not dimension or key not in values[dimension].values.astype(str):
            return math.nan
        values = values.sel({dimension: key})
    elif values.dims:
        values = values.sum()
    return convert(float(values), INDICATORS[name].unit, unit)


def calibration(results: Results) -> pd.DataFrame:
    """Return the calibration table: statistic, model, deviation, and whether it is within."""
    return calibrated(Accounts(results))


def calibrated(accounts: Accounts) -> pd.DataFrame:
    """Return the calibration table from indicators already formed."""
    table, rows = accounts.results.tables.get("calibration"), []
    for given in [] if table is None else table.to_dict("records"):
        period, unit = int(given["period"]), str(given["unit"])
        model = model_value(accounts, str(given["indicator"]), text(given.get("key")), period, unit)
        statistic = float(given["value"])
        deviation = model / statistic - 1.0 if statistic else math.nan
        tolerance = given.get("tolerance")
        allowed = TOLERANCE if text(tolerance) == "" else float(str(tolerance))
        rows.append(
            {
                **{name: text(given.get(name)) for name in COLUMNS},
                "period": period,
                "statistic": statistic,
                "model": model,
                "deviation": deviation,
                "within": bool(abs(deviation) <= allowed),
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS)


def to_markdown(table: pd.DataFrame) -> str:
    """Return the calibration table as a page of text for docs/calibration.md."""
    head = ("row", "unit", "statistic", "model", "deviation", "determined", "within", "explanation")
    lines = [f"| {' | '.join(head)} |", "|---|---|---:|---:|---:|---|---|---|"]
    for row in table.to_dict("records"):
        within = "yes" if row["within"] else "**no**"
        name = f"{row['label_zh']} {row['label_en']}".strip() or row["row"]
        apart = round(row["deviation"], 3) + 0.0
        lines.append(
            f"| {name} | {row['unit']} | {row['statistic']:.4g} | {row['model']:.4g} "
            f"| {apart:+.1%} | {row['determined']} | {within} | {row['explanation']} |"
        )
    return "\n".join(lines) + "\n"
