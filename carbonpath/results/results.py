"""A solved scenario: the dataset, the tables beside it, and the manifest that vouches for both."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import xarray as xr

from carbonpath.errors import InputError


@dataclass(frozen=True)
class Study:
    """What solving a scenario again and again has shown: a table, and how it was made.

    `facts` hold at least `method`, a text in both languages.
    """

    table: pd.DataFrame
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Results:
    """Everything a report, a comparison or an export may know about a run.

    `dataset` holds quantities, capacities and prices by label, each with its unit. `tables` holds
    what is not an array: limits, sources, statistics, calibration, resolved values with origin.
    `manifest` says what was solved, from which inputs, with which versions. `studies` holds what
    was found later by solving the same scenario again, such as wedges and abatement costs.
    """

    dataset: xr.Dataset
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    manifest: Mapping[str, Any] = field(default_factory=dict)
    studies: Mapping[str, Study] = field(default_factory=dict)

    def __getitem__(self, name: str) -> xr.DataArray:
        """Return one array of the dataset, or say which ones there are."""
        if name not in self.dataset:
            raise InputError(
                f"the result holds no {name!r}; it holds {', '.join(self.names)}", code="E706"
            )
        return self.dataset[name]

    @property
    def names(self) -> tuple[str, ...]:
        """The arrays of the dataset, sorted."""
        return tuple(sorted(str(name) for name in self.dataset.data_vars))

    @property
    def id(self) -> str:
        """The scenario's id."""
        return str(self.manifest.get("id") or self.dataset.attrs.get("id", ""))

    @property
    def periods(self) -> tuple[int, ...]:
        """The periods, in order."""
        return tuple(int(period) for period in self.dataset["period"].values)
