"""The objective: the declared costs of every period, discounted to the base year."""

import numpy as np
import numpy.typing as npt

from carbonpath.model.constraints.limits import LimitRows
from carbonpath.model.data import weights_of_periods
from carbonpath.model.declare import rules
from carbonpath.model.lowering import Space
from carbonpath.system.system import ALL_PERIODS, EnergySystem

Floats = npt.NDArray[np.float64]


def weights(system: EnergySystem, space: Space, limits: LimitRows) -> dict[str, Floats]:
    """Return for each cost part the worth of one unit a year in each of its rows.

    objective = sum over p of discount_weight[p] * (all cost parts in p)
    """
    worth = weights_of_periods(system)
    by_period = np.array([worth[label] for label in system.labels["p"]])
    years = sum(period.years for period in system.time.periods)
    by_label = {**worth, ALL_PERIODS: sum(worth.values()) / years}
    found = {}
    for rule in rules("cost"):
        index = space.index_of(rule.name)
        if "p" in index.letters:
            found[rule.name] = by_period[index.codes[:, index.letters.index("p")]]
        else:
            periods = limits.table["period"].to_numpy()[index.codes[:, 0]]
            found[rule.name] = np.array([by_label[str(p)] for p in periods], dtype=float)
    return found
