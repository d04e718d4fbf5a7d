"""Costs: by part, by area, and the difference between two runs. bn CNY_2020 of a typical year."""

import xarray as xr

from carbonpath.accounts.declare import indicator
from carbonpath.accounts.grouping import AREAS, by_attribute, driver, whole
from carbonpath.results.results import Results

PARTS = ("investment_payment", "fixed_payment", "variable_payment")
EMISSION = "emission_payment"


@indicator(unit="bn CNY_2020", zh="分项年度成本", en="Yearly cost by part")
def cost_by_part(results: Results) -> xr.DataArray:
    """Cost of a typical year of each period: annuities, fixed, variable, payments for emissions.

    Penalties for missed targets are no cost of the system and are not among the parts.
    """
    parts = [whole(results, part).sum("technology") for part in PARTS]
    emission = whole(results, EMISSION).sum("commodity")
    joined = xr.concat([*parts, emission], dim="part")
    return joined.assign_coords(part=[*PARTS, EMISSION])


@indicator(unit="bn CNY_2020", zh="分领域年度成本", en="Yearly cost by area")
def cost_by_area(results: Results) -> xr.DataArray:
    """Annuities, fixed and variable cost of each area in a typical year."""
    parts = sum((whole(results, part).fillna(0.0) for part in PARTS[1:]), whole(results, PARTS[0]))
    return by_attribute(parts, "technology", "sector", AREAS)


@indicator(unit="bn CNY_2020", zh="分领域投资（年金）", en="Investment by area (annuities)")
def investment_by_area(results: Results) -> xr.DataArray:
    """What each area pays in a typical year for the equipment it built, as annuities."""
    return by_attribute(whole(results, PARTS[0]), "technology", "sector", AREAS)


@indicator(unit="bn CNY_2020", zh="未达标罚金", en="Penalties for missed targets")
def penalty(results: Results) -> xr.DataArray:
    """Shortfall of every soft target times its price, in a typical year of the period."""
    return penalties(results)


def penalties(results: Results) -> xr.DataArray:
    """Sum the penalty of limit rows by period."""
    paid = results["limit_penalty"].fillna(0.0) * results["limit_shortfall"].fillna(0.0)
    periods = xr.DataArray(list(results.periods), dims="period", name="period")
    same = results["limit_period"].astype(str) == periods.astype(str)
    summed: xr.DataArray = xr.dot(same.astype(float), paid, dim="limit_row")
    return summed.assign_coords(period=list(results.periods))


@indicator(unit="1", zh="年度成本占GDP比重", en="Yearly cost over GDP")
def cost_share_of_gdp(results: Results) -> xr.DataArray:
    """Cost of a typical year over the GDP of the year."""
    gdp = driver(results, "gdp")
    return cost_by_part(results).sum("part") / gdp


def discounted(results: Results, yearly: xr.DataArray) -> float:
    """Sum a yearly cost over the horizon at the social discount rate, bn CNY_2020."""
    return float((yearly * results.dataset["discount_weight"]).sum())


def discounted_penalties(results: Results) -> float:
    """Sum the penalties of all limit rows, discounted; one on the whole horizon in a mean year."""
    weight, years = results.dataset["discount_weight"], results.dataset["years"]
    worth = {str(p): float(w) for p, w in zip(results.periods, weight.values, strict=True)}
    worth[""] = float(weight.sum() / years.sum())
    paid = (results["limit_penalty"] * results["limit_shortfall"]).fillna(0.0)
    labels = results["limit_period"].values.astype(str)
    return sum(
        float(value) * worth[label] for value, label in zip(paid.values, labels, strict=True)
    )


def total_cost(results: Results) -> float:
    """Discounted cost of the whole horizon without penalties, bn CNY_2020."""
    return discounted(results, cost_by_part(results).sum("part"))


def total_cost_social(results: Results) -> float | None:
    """Discounted cost with investment at the social discount rate; None where it is not known."""
    if "social_investment_payment" not in results.dataset:
        return None
    own, social = (
        discounted(results, whole(results, name).sum("technology"))
        for name in (PARTS[0], f"social_{PARTS[0]}")
    )
    return total_cost(results) - own + social


def difference(results: Results, baseline: Results) -> xr.DataArray:
    """Yearly cost by part less that of another run, over the periods they share."""
    return cost_by_part(results) - cost_by_part(baseline)
