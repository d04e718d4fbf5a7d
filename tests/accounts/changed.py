"""The run made by hand, with one array changed."""

from collections.abc import Callable

import xarray as xr

from carbonpath.results.results import Results
from tests.accounts.made import made_results

Change = Callable[[xr.DataArray], xr.DataArray]


def changed(**changes: Change) -> Results:
    """Return the run with some arrays replaced by a function of themselves."""
    made = made_results()
    arrays = {name: change(made[name]) for name, change in changes.items()}
    return Results(made.dataset.assign(arrays), made.tables, made.manifest)


def scaled(factor: float) -> Change:
    """Return a change that multiplies an array."""
    return lambda array: array * factor
