"""Where a change of emissions comes from: additive LMDI-I, chained from period to period, and Kaya.

C = sum over cells of the product of factors. The part of a factor x in a step is
L(C1, C0) ln(x1 / x0), with L(a, b) = (a - b) / (ln a - ln b) and L(a, a) = a. Nothing is left over.
"""

from collections.abc import Mapping

import numpy as np
import xarray as xr

from carbonpath.accounts.activity import final_energy_by_area
from carbonpath.accounts.declare import indicator
from carbonpath.accounts.emissions import co2_with_electricity
from carbonpath.accounts.grouping import driver, ratio, whole
from carbonpath.results.results import Results

TINY = 1e-20
"""Stands for zero in a logarithm (Ang's recommendation)."""


def logarithmic_mean(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """L(a, b) of two numbers of the same sign: L(a, a) = a, and near equality without rounding."""
    relative = b / a - 1.0
    close = np.abs(relative) < 1e-6
    series = a * (1.0 + relative / 2.0 - relative**2 / 12.0)
    apart = np.where(close, 2.0, b / a)
    return np.where(close, series, a * (apart - 1.0) / np.log(apart))


def step(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Parts of one step: arrays (factor, cell) to (factor, cell); the sum is the change.

    A cell whose product changes sign goes through zero: the factors that changed sign share the
    whole change equally, which is the limit of the method there.
    """
    old, new = (np.where(values == 0.0, TINY, values) for values in (before, after))
    start, end = old.prod(axis=0), new.prod(axis=0)
    turned = np.sign(old) != np.sign(new)
    crossing = (start * end <= 0.0) | (turned.sum(axis=0) > 0)
    mean = np.where(crossing, 0.0, logarithmic_mean(start, np.where(crossing, start, end)))
    parts = mean * np.log(np.where(turned, 1.0, new / np.where(turned, new, old)))
    share = turned / np.maximum(turned.sum(axis=0), 1)
    return np.where(crossing, share * (end - start), parts)


def from_neighbours(values: np.ndarray) -> np.ndarray:
    """Fill gaps along the first axis from the value before, at the start from the one after."""
    filled = values.copy()
    for at in range(1, len(filled)):
        filled[at] = np.where(np.isnan(filled[at]), filled[at - 1], filled[at])
    for at in range(len(filled) - 2, -1, -1):
        filled[at] = np.where(np.isnan(filled[at]), filled[at + 1], filled[at])
    return np.where(np.isnan(filled), TINY, filled)


def lmdi(factors: Mapping[str, xr.DataArray]) -> xr.DataArray:
    """Parts of every step by factor and cell, cumulated from the first period, which is zero.

    Factors are arrays over period and any cell dimensions; where a cell is empty (no energy, hence
    no intensity) its ratio is taken from the nearest period that has one, so that it has no part.
    If a factor is not known at all, neither are the parts.
    """
    arrays = xr.broadcast(*factors.values())
    stacked = xr.concat(arrays, dim="factor").assign_coords(factor=list(factors))
    ordered = stacked.transpose("period", "factor", ...)
    known = ordered.notnull().any([name for name in ordered.dims if name != "factor"]).all()
    values = from_neighbours(ordered.values)
    flat = values.reshape(values.shape[0], values.shape[1], -1)
    parts = np.zeros_like(flat)
    for at in range(1, len(flat)):
        parts[at] = step(flat[at - 1], flat[at])
    found: xr.DataArray = ordered.copy(data=parts.cumsum(axis=0).reshape(values.shape))
    return found.where(known)


@indicator(unit="Mt", zh="Kaya分解：较基年变化（C1）", en="Kaya decomposition of CO2 (C1)")
def kaya(results: Results) -> xr.DataArray:
    """Change of CO2 (C1, with net imports) by population, wealth, energy and carbon.

    CO2 = population x GDP per head x energy (R0) per GDP x CO2 per energy.
    """
    people, wealth = driver(results, "population"), driver(results, "gdp")
    energy, carbon = whole(results, "energy_total"), whole(results, "co2_c1")
    return lmdi(
        {
            "population": people,
            "gdp_per_head": wealth / people,
            "energy_per_gdp": energy / wealth,
            "co2_per_energy": carbon / energy,
        }
    )


@indicator(unit="Mt", zh="分领域LMDI分解：较基年变化", en="LMDI decomposition of CO2 by area")
def lmdi_by_area(results: Results) -> xr.DataArray:
    """Change of CO2 of each area, electricity allocated: economy, energy per GDP, CO2 per energy.

    The energy area's own losses have no final energy; its whole change is carbon per energy.
    """
    energy = final_energy_by_area(results)
    wealth = driver(results, "gdp")
    counted = energy.where(energy > 0.0)
    carbon = co2_with_electricity(results)
    served = (counted.count("period") > 0).expand_dims(period=energy["period"])
    base = counted.where(served, wealth)
    return lmdi(
        {
            "economy": wealth * xr.ones_like(energy),
            "energy_per_gdp": base / wealth,
            "co2_per_energy": ratio(carbon, base),
        }
    )
