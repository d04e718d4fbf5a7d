"""OSeMOSYS data in memory: sets, given values and defaults, whatever file they came from."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from carbonpath.inputs.foreign.osemosys.names import DIMENSIONS, SETS

VALUE = "VALUE"


@dataclass(frozen=True)
class OsemosysData:
    """Sets and parameters as given.

    `parameters` holds one table per parameter: a text column per dimension and VALUE (a number).
    `defaults` holds the value of every combination that is not given; a parameter that is absent
    from both has no value at all.
    """

    sets: Mapping[str, tuple[str, ...]]
    parameters: Mapping[str, pd.DataFrame]
    defaults: Mapping[str, float]
    others: tuple[str, ...] = ()
    """Parameters beyond the formulation that the data declare and fill."""
    problems: tuple[str, ...] = ()
    """What is wrong with the file although the rest of it can be read: names, and repetitions."""

    def given(self, name: str) -> pd.DataFrame:
        """Return the rows that were given for a parameter (empty if none)."""
        if name in self.parameters:
            return self.parameters[name]
        return pd.DataFrame(columns=[*DIMENSIONS[name], VALUE])

    def full(self, name: str) -> pd.DataFrame:
        """Return every combination of a parameter's sets with its value, defaults filled in.

        Combinations without a default and without a given value are left out.
        """
        dims = list(DIMENSIONS[name])
        members = [self.sets.get(dim.removeprefix("_"), ()) for dim in dims]
        index = pd.MultiIndex.from_product(members, names=dims)
        values = self.given(name).set_index(dims)[VALUE].reindex(index)
        if name in self.defaults:
            values = values.fillna(self.defaults[name])
        return values.dropna().rename(VALUE).reset_index()


def empty_sets() -> dict[str, tuple[str, ...]]:
    """Every set of the formulation, empty."""
    return dict.fromkeys(SETS, ())
