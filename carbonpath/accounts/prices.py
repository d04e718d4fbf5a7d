"""Shadow prices in words: what one more unit of a limit would save, undiscounted, per year.

A price of a missed soft target equals its penalty and is called so; it is no cost of abatement.
"""

from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from carbonpath.accounts.currency import Currency
from carbonpath.accounts.declare import indicator
from carbonpath.accounts.grouping import base_year, reached, whole
from carbonpath.accounts.limits import OWN_UNITS, are_met, column, is_target, limit_rows, text
from carbonpath.results.results import Results
from carbonpath.spec.units import convert

SMALL_UNITS = {
    "Mt": "t",
    "Mtce": "tce",
    "GW": "kW",
    "PJ": "GJ",
    "TWh": "kWh",
    "1e3 ha": "ha",
    "million vehicles": "vehicle",
}
"""Unit of a quantity -> the unit in which people know its price."""
CNY_PER_BN = convert(1.0, "bn CNY_2020", "CNY_2020")
NOTHING = 1e-9
AT_HOME = Currency()
COLUMNS = [
    "id", "label_zh", "label_en", "year", "price", "price_unit", "point", "met", "words_zh",
    "words_en",
]  # fmt: skip


def small_price(price: float, unit: str, money: Currency = AT_HOME) -> tuple[float, str]:
    """Turn bn CNY per canonical unit into CNY per the unit people use; other money stays."""
    if money.foreign:
        return price, f"{money.en}/{unit}"
    small = SMALL_UNITS.get(unit, unit)
    if unit in SMALL_UNITS:
        return convert(price, f"bn CNY_2020/{unit}", f"CNY_2020/{small}"), f"CNY/{small}"
    return price * CNY_PER_BN, f"CNY/{unit}"


def words(
    price: float, unit: str, sense: str, met: bool, money: Currency = AT_HOME
) -> tuple[str, str]:
    """Say a shadow price in Chinese and English."""
    if abs(price) < NOTHING:
        return "不起约束", "does not bind"
    plain, of = plain_number(abs(price)), unit.removeprefix(f"{money.small[1]}/")
    amount = f"{plain} {money.small[0]}"
    in_english = f"{plain} {money.en}" if money.foreign else f"CNY {plain}"
    if not met:
        return (
            f"未达标：价格等于罚金 {amount}/{of}，并非减排成本",
            f"missed: the price equals the penalty, {in_english} per {of}, not a cost of abatement",
        )
    if sense == ">=":
        return (
            f"要求降低 1 {of} 可节省 {amount}",
            f"asking for one {of} less would save {in_english}",
        )
    return f"放宽 1 {of} 可节省 {amount}", f"allowing one more {of} would save {in_english}"


def plain_number(value: float) -> str:
    """Return a number with four significant digits and never an exponent."""
    return f"{float(f'{value:.4g}'):,.9f}".rstrip("0").rstrip(".").replace(",", "")


def shadow_prices(results: Results) -> pd.DataFrame:
    """Return the price of every target and year: in CNY per unit, and per percentage point.

    `point` is what one percentage point of a share costs in a year, bn CNY_2020.
    """
    rows = limit_rows(results)
    if rows.empty:
        return pd.DataFrame(columns=COLUMNS)
    rows = rows.assign(met=are_met(rows))[is_target(rows)]
    rows = rows[(column(rows, "mode") != "track") & rows["price"].notna()]
    found, money = [], Currency.of(results)
    for row in rows.to_dict("records"):
        unit = str(results[row["quantity"]].attrs.get("unit", ""))
        unit = text(row["unit"]) if unit in OWN_UNITS else unit
        price, price_unit = small_price(float(row["price"]), unit, money)
        said = words(price, price_unit, str(row["sense"]), bool(row["met"]), money)
        found.append(
            {
                **{name: row.get(name, "") for name in COLUMNS},
                "price": price,
                "price_unit": price_unit,
                "point": point_price(results, row),
                "words_zh": said[0],
                "words_en": said[1],
            }
        )
    return pd.DataFrame(found, columns=COLUMNS)


def point_price(results: Results, row: dict[Any, Any]) -> float:
    """What one percentage point of a share costs in a year, bn CNY_2020; NaN if it is no share."""
    of = text(row.get("of_defined"))
    if of not in results.dataset:
        return float("nan")
    same = results[of].attrs.get("unit") == results[str(row["quantity"])].attrs.get("unit")
    return abs(float(row["price"]) * 0.01 * float(row["of"])) if same else float("nan")


def penalty_years(results: Results) -> list[int]:
    """Return the years in which a soft target is missed: prices then hold its penalty."""
    rows = limit_rows(results)
    if rows.empty:
        return []
    missed = rows[(column(rows, "mode") == "soft") & (rows["shortfall"].fillna(0.0) > NOTHING)]
    return sorted({int(year) for year in missed["year"].dropna()})


@indicator(unit="CNY_2020/kWh", zh="电力边际成本（年均）", en="Marginal cost of electricity")
def electricity_price(results: Results) -> xr.DataArray:
    """Yearly mean price of delivered electricity: marginal, of the model, no market forecast.

    The base year is fixed to statistics, so that it has no price.
    """
    price = reached(results["commodity_price"].mean("region"), "commodity", "electricity")
    if not price.sizes["commodity"]:
        price = results["commodity_price"].mean("region").isel(commodity=[0]) * np.nan
    free = price.max("commodity").where(price["period"] > base_year(results))
    return free * convert(1.0, "bn CNY_2020/PJ", "CNY_2020/kWh")


@indicator(
    unit="CNY_2020/t", zh="碳价（市场价加约束边际价）", en="Carbon price", iamc="Price|Carbon"
)
def carbon_price(results: Results) -> xr.DataArray:
    """Price paid per tonne on average plus the highest shadow price of a limit on CO2.

    Years in which nothing is paid and no such limit binds have no price.
    """
    paid = whole(results, "emission_payment").sum("commodity")
    emitted = whole(results, "co2_territorial_c1")
    market = (paid / emitted.where(emitted > 0.0)).fillna(0.0)
    rows = limit_rows(results)
    marginal = market * 0.0
    if not rows.empty:
        carbon = rows[column(rows, "quantity").str.startswith("co2_") & rows["price"].notna()]
        highest = carbon.groupby("year")["price"].max()
        marginal = marginal + np.array([highest.get(p, 0.0) for p in marginal["period"].values])
    price = market + marginal
    return price.where(price > NOTHING) * convert(1.0, "bn CNY_2020/Mt", "CNY_2020/t")


def carbon_penalty(results: Results) -> xr.DataArray:
    """Part of the carbon price that is the penalty of a missed soft target on CO2, CNY_2020/t.

    Zero in years in which the highest shadow price of a limit on CO2 belongs to a target that is
    met: then the price is a marginal cost of abatement.
    """
    rows = limit_rows(results)
    found = xr.zeros_like(results.dataset["period"], dtype=float)
    if rows.empty:
        return found
    carbon = rows[column(rows, "quantity").str.startswith("co2_") & rows["price"].notna()]
    highest = carbon.sort_values("price").drop_duplicates("year", keep="last")
    missed = highest[highest["shortfall"].fillna(0.0) > NOTHING].set_index("year")["price"]
    values = [float(missed.get(period, 0.0)) for period in found["period"].values]
    return found.copy(data=values) * convert(1.0, "bn CNY_2020/Mt", "CNY_2020/t")
