"""One parameter: its given values, and its declared default elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int32]
Values = npt.NDArray[np.float64]

DERIVED: Mapping[str, tuple[str, str]] = {
    "flow": ("rtvmcp", "Made (+) or taken (-) by one unit of activity, emissions included"),
    "flow_there": ("rtvmocp", "Made (+) or taken (-) in region o by one unit of activity in r"),
    "fuel_flow": ("rtvmcp", "Energy burnt or used up by one unit of activity, positive"),
    "feedstock_flow": ("rtvmcp", "Energy taken as material by one unit of activity, positive"),
    "build_flow": ("rtvc", "Made (+) or taken (-) by one unit of new capacity"),
    "retirement_flow": ("rtc", "Made (+) or taken (-) by one unit of withdrawn capacity"),
    "leaving_flow": ("rtvcp", "Made (+) or taken (-) by one unit of a vintage that leaves"),
    "capacity_flow": (
        "rtvocps",
        "Made (+) or taken (-) in region o by one unit of standing capacity in r, at "
        "the yearly rate of each node",
    ),
    "store_size": ("rtvc", "Stored commodity that one unit of capacity can hold"),
    "placement": ("tcns", "Share of an activity in node n that falls on node s of a commodity"),
    "existing": ("rtvp", "Stock of the base year that still stands"),
    "old_stock": ("rtv", "Stock that stood in the base year, where that lies before the horizon"),
    "survival": ("rtvp", "Share of a period's years that capacity built in period v serves"),
    "demand": ("rcps", "Final demand"),
    "yearly_demand": ("rcp", "Final demand that may be met at any time of the year"),
    "emission_price": ("rcp", "Price of an emission, bn CNY_2020/Mt"),
    "reserve_requirement": ("rcp", "Firm capacity wanted per production in every time slice"),
    "step_order": ("h", "Place of a step in the sequence of the year"),
    "step_times": ("hs", "Share of a time slice's yearly net output gained in a step"),
    "level_weight": ("phs", "Share of a node's net output that a store holds at checkpoint h"),
    "reserve_margin": ("k", "Firm capacity wanted above the peak load"),
    "kappa": ("p", "Primary energy per electricity in the statutory accounts, PJ/PJ"),
    "physical_factor": ("c", "Mass of a fuel per energy, Mt/PJ"),
}
"""Parameters that are made from several tables: dimension letters and meaning.

Vintage `v` is the period of building in build_flow and survival, and the vintage of capacity
('pooled' for pooled technologies) in the others. `n` is a node of the technology's time level.
"""


@dataclass(frozen=True)
class Parameter:
    """Values by key; `keys` holds one code per dimension letter into the system's labels.

    `origins` names file and line of each value, or is empty.
    """

    name: str
    dims: str
    keys: Codes
    values: Values
    default: float | None = None
    origins: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.values)

    def where(self, letter: str, codes: Codes) -> "Parameter":
        """Return the part whose dimension `letter` is one of `codes`."""
        keep = np.isin(self.keys[:, self.dims.index(letter)], codes)
        origins = tuple(np.array(self.origins, dtype=object)[keep]) if self.origins else ()
        return Parameter(
            self.name, self.dims, self.keys[keep], self.values[keep], self.default, origins
        )


def parameter(
    name: str,
    dims: str,
    rows: Mapping[tuple[str, ...], float],
    labels: Mapping[str, Sequence[str]],
    default: float | None = None,
) -> Parameter:
    """Make a parameter from labelled rows, e.g. {("zhejiang", "coal"): 0.08}."""
    position = {letter: {label: i for i, label in enumerate(labels[letter])} for letter in dims}
    keys = [[position[d][label] for d, label in zip(dims, key, strict=True)] for key in rows]
    return Parameter(
        name,
        dims,
        np.array(keys, dtype=np.int32).reshape(len(rows), len(dims)),
        np.array(list(rows.values()), dtype=np.float64),
        default,
    )
