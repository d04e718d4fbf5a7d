"""Scales a profile to a yearly mean; what would exceed one is cut, and the rest raised."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
ROUNDING = 1e-9


def scaled(values: Floats, shares: Floats, mean: float) -> tuple[Floats, str]:
    """Return the profile with a weighted mean, and how: 'plain', 'cut' or 'impossible'.

    Example: values 2 and 0.5 in equal halves of the year scaled to 0.7: the factor 0.56 gives
    1.12 and 0.28; 1.12 is cut to 1 and the other half raised to 0.4.
    """
    outcome = "plain"
    result = np.maximum(values, 0.0)
    free = result > 0
    wanted = mean
    for _ in range(len(values) + 1):
        standing = float((result * shares)[free].sum())
        if standing <= 0:
            return np.minimum(result, 1.0), "impossible" if wanted > ROUNDING else outcome
        result = np.where(free, result * wanted / standing, result)
        over = free & (result > 1.0 + ROUNDING)
        if not over.any():
            return np.minimum(result, 1.0), outcome
        outcome = "cut"
        result = np.where(over, 1.0, result)
        free = free & ~over
        wanted = mean - float((result * shares)[~free].sum())
    return result, outcome
