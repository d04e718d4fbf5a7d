"""Which earlier decision leaves a window of a myopic run without a solution.

The decisions of earlier windows are made elastic, each family at a price in proportion to its size,
and the cheapest change of them after which the window has a solution is found.
"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from carbonpath.errors import SolveError
from carbonpath.model.lowering import LinearModel
from carbonpath.model.variables import VARIABLES
from carbonpath.solve.highs import SolverOptions, solve
from carbonpath.solve.modes.windows import Calendar, Window, as_seen

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
ATTEMPTS = (("new_capacity", "retired_capacity"), ("new_capacity", "retired_capacity", "activity"))
"""Decisions that a person would have taken otherwise; all else follows them.

Capacity is looked at first, with operation free to follow; where that is not the cause, as with a
budget that was spent, operation too.
"""
TELLING, SHOWN, SMALLEST = 1e-5, 8, 1e-6


def earlier_decisions(
    calendar: Calendar, window: Window, decided: Floats, options: SolverOptions
) -> list[str]:
    """Return the smallest change of earlier decisions that would do; none where no change helps."""
    whole = as_seen(calendar, replace(window, first=0), np.zeros_like(decided))
    for families in ATTEMPTS:
        places, price = _decisions(calendar, window, decided, families)
        try:
            change = _cheapest(whole, places, price, decided, options)
        except SolveError:
            return []
        if found := _sentences(calendar, places, price, decided, change):
            return found
    return []


def _decisions(
    calendar: Calendar, window: Window, decided: Floats, families: tuple[str, ...]
) -> tuple[Places, Floats]:
    """Return the columns of earlier decisions and the price of changing each by one.

    The largest of its family costs one.
    """
    columns = calendar.built.linear.columns
    places, prices = [], []
    for name in families:
        every = np.arange(columns[name].start, columns[name].stop)
        mine = every[calendar.columns[every] < window.first]
        size = max(SMALLEST, float(np.abs(decided[mine]).max(initial=0.0)))
        places.append(mine)
        prices.append(np.full(len(mine), 1.0 / size))
    return np.concatenate(places).astype(np.intp), np.concatenate(prices)


def _cheapest(
    model: LinearModel, places: Places, price: Floats, decided: Floats, options: SolverOptions
) -> Floats:
    """Return by how much each decision must rise (+) or fall (-)."""
    count, width = len(places), model.matrix.shape[1]
    held, part = np.maximum(decided[places], 0.0), model.matrix[:, places]
    lower, upper = model.col_lower.copy(), model.col_upper.copy()
    lower[places] = upper[places] = held
    elastic = replace(
        model,
        matrix=sp.hstack([model.matrix, part, -part]).tocsr(),
        col_lower=np.concatenate([lower, np.zeros(2 * count)]),
        col_upper=np.concatenate([upper, np.full(count, np.inf), held]),
        cost=np.concatenate([np.zeros(width), price, price]),
        cost_constant=0.0,
        integer=np.zeros(width + 2 * count, dtype=bool),
    )
    found = solve(elastic, options).columns[width:]
    difference: Floats = found[:count] - found[count:]
    return difference


def _sentences(
    calendar: Calendar, places: Places, price: Floats, decided: Floats, change: Floats
) -> list[str]:
    """Name the decisions that had to change, by technology and period, the largest first."""
    labels, model = calendar.built.system.labels, calendar.built.linear
    meaning = {spec.name: spec.meaning for spec in VARIABLES}
    weight = np.abs(change) * price
    totals: dict[tuple[str, ...], list[float]] = {}
    for place, rise, telling in zip(places.tolist(), change.tolist(), weight.tolist(), strict=True):
        if telling > TELLING:
            name, key = model.column_at(place)
            who = (name, str(key[0]), str(key[1]), labels["p"][calendar.columns[place]])
            entry = totals.setdefault(who, [0.0, 0.0, 0.0])
            for at, amount in enumerate((decided[place], rise, telling)):
                entry[at] += amount
    ordered = sorted(totals.items(), key=lambda item: -item[1][2])
    found = [
        f"{meaning[name]} ({name}: {region}, {technology}, {period}): {was:.6g} was decided, "
        f"{was + rise:.6g} would do"
        for (name, region, technology, period), (was, rise, _) in ordered[:SHOWN]
    ]
    return found if len(ordered) <= SHOWN else [*found, f"and {len(ordered) - SHOWN} more"]
