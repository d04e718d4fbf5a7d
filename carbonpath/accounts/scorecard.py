"""Every target on one line: regime, base, target, value, margin, hardness, met, price.

A limit with one or a few levels has a line for each level, at the first year it holds (from then on
it holds until replaced; the worst later year counts). A limit that changes in every period, such as
falling emissions after a peak, has one line at its worst year.
"""

import math
from typing import Any

import numpy as np
import pandas as pd

from carbonpath.accounts.grouping import base_year, driver, whole
from carbonpath.accounts.limits import (
    OWN_UNITS,
    are_met,
    binding,
    is_target,
    limit_rows,
    margins,
    text,
)
from carbonpath.accounts.prices import shadow_prices
from carbonpath.errors import InputError
from carbonpath.results.results import Results
from carbonpath.spec.units import conversion, parse

TOLD = {
    "Mtce/bn CNY_2020": "tce/1e4 CNY_2020",
    "Mt/bn CNY_2020": "t/1e4 CNY_2020",
}
"""Intensities as people know them."""
NO_LAG = ("", "0", "0.0")
"""A limit within one period."""
FEW = 6
"""Up to so many levels of a limit have a line each."""
COLUMNS = [
    "id", "label_zh", "label_en", "regime", "mode", "sense", "year", "until", "unit", "base",
    "target", "value", "margin", "met", "binding", "price", "price_unit", "point", "words_zh",
    "words_en", "worst_year", "price_year", "source",
]  # fmt: skip


def scorecard(results: Results) -> pd.DataFrame:
    """Return the targets of a run: those missed first, tracked ones after those that act.

    Of the missed ones those on a statutory account (with a regime) come before the others.
    """
    rows = limit_rows(results)
    if rows.empty:
        return pd.DataFrame(columns=COLUMNS)
    rows = rows.assign(met=are_met(rows), binding=binding(rows), margin=margins(rows))
    rows = rows[is_target(rows)]
    rows = rows.assign(level=[stated(results, row, "bound") for row in rows.to_dict("records")])
    lines = [
        line(results, part)
        for _, target in rows.groupby(["id", "region"], sort=False)
        for part in stretches(target.sort_values("year"))
    ]
    table = pd.DataFrame(lines, columns=COLUMNS)
    prices = shadow_prices(results).drop_duplicates(["id", "year"]).set_index(["id", "year"])
    for name in ("price", "price_unit", "point", "words_zh", "words_en"):
        keys = list(zip(table["id"], table["price_year"], strict=True))
        table[name] = [prices[name].get(key, "" if "unit" in name else None) for key in keys]
    tracked = table["met"] | (table["mode"] == "track")
    aside = ~tracked.astype(bool) & (table["regime"].map(text) == "")
    order = ["met", "tracked", "aside", "year", "id"]
    ordered = table.assign(tracked=tracked, aside=aside).sort_values(order, kind="stable")
    return ordered[COLUMNS].reset_index(drop=True)


def stated(results: Results, row: dict[Any, Any], name: str) -> float:
    """Return bound or value as the target states it: a total, a share, or change of an intensity.

    Against another period (`lag`) the growth of the driver (`per`) is taken out, and a change on
    the period before is given per year.
    """
    number = float(row[name])
    lag, per = text(row.get("lag")), text(row.get("per"))
    if not text(row.get("of_defined")):
        return number / float(driver(results, per).sel(period=int(row["year"]))) if per else number
    of = float(row["of"])
    share = number / of if of else math.nan
    if lag in NO_LAG:
        return share
    now, before = int(row["year"]), reference_year(results, row)
    if per:
        growth = driver(results, per)
        share *= float(growth.sel(period=before)) / float(growth.sel(period=now))
    between = now - before if lag == "1" else 1
    return float(np.sign(share) * abs(share) ** (1.0 / between))


def reference_year(results: Results, row: dict[Any, Any]) -> int:
    """Return the period whose total a limit is compared with."""
    if text(row.get("lag")) != "1":
        return base_year(results)
    return max(period for period in results.periods if period < int(row["year"]))


def stretches(target: pd.DataFrame) -> list[pd.DataFrame]:
    """Cut the rows of a target into stretches of years with the same level."""
    known = target["level"].round(9)
    number = (known != known.shift()).cumsum()
    if number.nunique() > FEW:
        return [target]
    return [part for _, part in target.groupby(number)]


def line(results: Results, part: pd.DataFrame) -> dict[str, Any]:
    """Return the line of one stretch, at its worst year."""
    scale = np.maximum(part["bound"].abs(), 1e-3)
    worst = part.loc[(part["margin"] / scale).round(6).idxmin()]
    factor, unit = own_unit(results, worst)
    row = {str(name): value for name, value in worst.items()}
    target, value = (stated(results, row, name) * factor for name in ("bound", "value"))
    better = 1.0 if text(worst["sense"]) == ">=" else -1.0
    return {
        **{name: worst.get(name, "") for name in COLUMNS},
        "year": year(part["year"].iloc[0]),
        "until": year(part["year"].iloc[-1]),
        "worst_year": worst["year"],
        "price_year": priciest(part),
        "unit": unit,
        "base": base_value(results, worst) * factor,
        "target": target,
        "value": value,
        "margin": better * (value - target),
        "met": bool(part["met"].all()),
        "binding": bool(part["met"].all() and part["binding"].any()),
    }


def priciest(part: pd.DataFrame) -> float:
    """Return the year of a stretch in which its price is highest."""
    height = part["price"].abs().fillna(-1.0).to_numpy()
    return float(part["year"].to_numpy()[height.argmax()])


def year(value: object) -> int | None:
    """A year, or None for a limit on the whole horizon."""
    return int(float(str(value))) if value == value else None


def own_unit(results: Results, row: "pd.Series[Any]") -> tuple[float, str]:
    """Return the unit in which a target is told and the factor from canonical units.

    Shares and changes are told in per cent, intensities per 10 000 CNY, all else as stated.
    """
    unit = str(results[row["quantity"]].attrs.get("unit", ""))
    of, given, per = (text(row.get(name)) for name in ("of_defined", "unit", "per"))
    if of and (unit == results[of].attrs.get("unit") or unit in OWN_UNITS):
        return conversion("1", parse("%")), "%"
    if of or per:
        unit = f"{unit}/{results[of].attrs.get('unit', '') if of else 'bn CNY_2020'}"
        told = TOLD.get(unit, given or unit)
    else:
        told = given or unit
    if unit in OWN_UNITS:
        return 1.0, told
    try:
        return conversion(unit, parse(told)), told
    except InputError:
        return 1.0, unit


def base_value(results: Results, row: "pd.Series[Any]") -> float:
    """Return the same total or ratio in the base year; 1 on itself; NaN for a selection."""
    quantity, of, lag = str(row["quantity"]), text(row.get("of_defined")), text(row.get("lag"))
    if lag not in NO_LAG:
        return math.nan if lag == "1" else 1.0
    named = [quantity, of] if of else [quantity]
    plain = [
        name in results.dataset and set(results[name].dims) == {"region", "period"}
        for name in named
    ]
    if not all(plain):
        return math.nan
    values = [float(whole(results, name).sel(period=base_year(results))) for name in named]
    if not of:
        return values[0]
    return values[0] / values[1] if values[1] else math.nan


def targets(results: Results) -> list[dict[str, Any]]:
    """Return the scorecard as plain records, for JSON and the terminal."""
    table = scorecard(results)
    return [
        {str(name): plain(value) for name, value in record.items()}
        | {"label": text(record["label_en"]) or text(record["label_zh"])}
        for record in table.to_dict("records")
    ]


def plain(value: Any) -> Any:
    """A value that JSON knows; missing numbers are None."""
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value
