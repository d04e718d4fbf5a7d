"""Draws the sample: points spread evenly over all ranges at once, the same for the same seed."""

import io
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats
from scipy.stats import qmc

from carbonpath.errors import InputError
from carbonpath.sweep.study import Factor

Floats = npt.NDArray[np.float64]
RUN = "run"
INSIDE = 1e-12
"""Shares of a distribution stay this far inside of 0 and 1."""


def drawn(factors: Sequence[Factor], method: str, size: int, seed: int, first: int) -> pd.DataFrame:
    """Return `size` points as a table: a run's name, then a value (or choice) of each factor.

    Latin hypercube: each factor's distribution is cut into `size` equally likely parts and each
    part is drawn from once (McKay, Beckman and Conover 1979). Sobol: scrambled low-discrepancy
    points (Owen), in powers of two. Both by scipy.stats.qmc.
    """
    generator = np.random.default_rng([seed, first])
    if method == "sobol":
        if size & (size - 1) or first:
            raise InputError(
                f"Sobol points come in powers of two and are not added to; {size} is not possible "
                f"here: plan {2 ** max(1, size - 1).bit_length()} anew, or use latin_hypercube",
                code="E753",
            )
        shares = qmc.Sobol(len(factors), seed=generator).random(size)
    else:
        shares = qmc.LatinHypercube(len(factors), seed=generator).random(size)
    shares = np.clip(shares, INSIDE, 1.0 - INSIDE)
    names = [f"s{number:05d}" for number in range(first + 1, first + size + 1)]
    columns = {factor.id: quantiles(factor, shares[:, at]) for at, factor in enumerate(factors)}
    return pd.DataFrame({RUN: names, **columns})


def quantiles(factor: Factor, shares: Floats) -> list[float] | list[str]:
    """Return the values of a factor below which given shares of its distribution lie."""
    if factor.choices is not None:
        names, weights = list(factor.choices), np.array(list(factor.choices.values()), dtype=float)
        ends = np.cumsum(weights) / weights.sum()
        at = np.minimum(np.searchsorted(ends, shares, side="right"), len(names) - 1)
        return [names[place] for place in at]
    given = factor.scale or factor.value
    assert given is not None  # the schema has seen to it
    low, mode, high = given.numbers
    if given.distribution == "loguniform":
        values = np.exp(np.log(low) + shares * (np.log(high) - np.log(low)))
    elif given.distribution == "triangular":
        values = stats.triang.ppf(shares, (mode - low) / (high - low), low, high - low)
    else:
        values = low + shares * (high - low)
    return [float(value) for value in values]


def to_csv(table: pd.DataFrame) -> bytes:
    """Return the table as CSV; numbers keep every digit."""
    cells = table.map(lambda value: repr(value) if isinstance(value, float) else value)
    return bytes(cells.to_csv(index=False, lineterminator="\n").encode())


def from_csv(data: bytes, factors: Sequence[Factor]) -> pd.DataFrame:
    """Return the table in the bytes of a CSV file."""
    table = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)
    numeric = {factor.id: float for factor in factors if factor.choices is None}
    return table.astype(numeric)
