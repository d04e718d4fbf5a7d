"""An infeasible model explained: the smallest change of named limits that would make it feasible.

Rows are made elastic at a price in proportion to their bound, and the cheapest stretch is found:
first limits and history, then bounds of single technologies, then every row.
"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from carbonpath.errors import SolveError
from carbonpath.model.build import BuiltModel
from carbonpath.model.declare import REGISTER
from carbonpath.model.lowering import LinearModel
from carbonpath.solve.highs import SolverOptions, solve
from carbonpath.system.system import Limit

LIMITS = ("limits", "history")
BOUNDS = (
    *LIMITS, "additions_within_build_rate", "committed_capacity_is_added",
    "additions_grow_within_rate", "capacity_within_limit", "capacity_above_floor",
    "activity_within_limit", "activity_above_floor", "activity_above_minimum_use",
    "activity_above_minimum_load", "firm_capacity_covers_peak",
)  # fmt: skip
TELLING = 1e-5
"""Relative stretch below which a row counts as kept."""
SHOWN = 12


def explain(built: BuiltModel, options: SolverOptions | None = None) -> list[str]:
    """Return sentences that name what cannot hold together, largest relative change first."""
    model = built.linear
    for families in (LIMITS, BOUNDS, tuple(model.rows)):
        rows = _places(model, families)
        if not len(rows):
            continue
        try:
            stretch = _cheapest_stretch(model, rows, options)
        except SolveError:
            continue
        found = _sentences(built, rows, stretch)
        if found:
            return ["no pathway fulfils all of these; the smallest change that would do:", *found]
    return ["no pathway fulfils all limits, and no smaller cause could be found"]


def _places(model: LinearModel, families: tuple[str, ...]) -> npt.NDArray[np.intp]:
    slices = [model.rows[name].slice for name in families if name in model.rows]
    return np.concatenate([np.arange(part.start, part.stop) for part in slices] or [np.zeros(0)]
                          ).astype(np.intp)  # fmt: skip


def _cheapest_stretch(
    model: LinearModel, rows: npt.NDArray[np.intp], options: SolverOptions | None
) -> npt.NDArray[np.float64]:
    """Return for each row by how much it must rise (+) or fall (-) to be fulfilled."""
    count, width = len(rows), model.matrix.shape[1]
    ones = np.ones(count)
    shape = (model.matrix.shape[0], count)
    up = sp.csr_array((ones, (rows, np.arange(count))), shape=shape)
    price = 1.0 / _scale(model, rows)
    elastic = replace(
        model,
        matrix=sp.hstack([model.matrix, up, -up]).tocsr(),
        col_lower=np.concatenate([model.col_lower, np.zeros(2 * count)]),
        col_upper=np.concatenate([model.col_upper, np.full(2 * count, np.inf)]),
        cost=np.concatenate([np.zeros(width), price, price]),
        cost_constant=0.0,
        integer=np.zeros(width + 2 * count, dtype=bool),
    )
    found = solve(elastic, options).columns[width:]
    difference: npt.NDArray[np.float64] = found[count:] - found[:count]
    return difference


def _scale(model: LinearModel, rows: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
    """Return the size of each row: its bound, or one where the bound is nothing."""
    bounds = np.stack([model.row_lower[rows], model.row_upper[rows]])
    size = np.max(np.where(np.isfinite(bounds), np.abs(bounds), 0.0), axis=0)
    scale: npt.NDArray[np.float64] = np.where(size > 0, size, 1.0)
    return scale


def _sentences(
    built: BuiltModel, rows: npt.NDArray[np.intp], stretch: npt.NDArray[np.float64]
) -> list[str]:
    """Name the rows that had to give, the largest relative change first."""
    model = built.linear
    relative = np.abs(stretch) / _scale(model, rows)
    order = [int(i) for i in np.argsort(-relative) if relative[i] > TELLING]
    found = [_sentence(built, int(rows[i]), float(stretch[i])) for i in order[:SHOWN]]
    return found if len(order) <= SHOWN else [*found, f"and {len(order) - SHOWN} more"]


def _sentence(built: BuiltModel, row: int, change: float) -> str:
    """Say in plain words which row would have to move, and how far."""
    model = built.linear
    name, key = model.row_at(row)
    bound = model.row_upper[row] if change > 0 else model.row_lower[row]
    if name in LIMITS:
        place = model.rows[name].index.codes[row - model.rows[name].start, 0]
        entry = built.limits.table.iloc[int(place)]
        limit = next(one for one in built.system.limits if one.id == entry["id"])
        return _limit_sentence(limit, str(entry["period"]), entry["group"], bound, change)
    what = REGISTER[name].title if name in REGISTER else name
    place_words = ", ".join(str(label) for label in key)
    return f"{what} ({name}: {place_words}): {bound:.6g} would have to be {bound + change:.6g}"


def _limit_sentence(
    limit: Limit, period: str, group: tuple[str, ...], bound: float, change: float
) -> str:
    label = limit.label_zh or limit.label_en or limit.quantity
    where = " ".join([period or "whole horizon", *group])
    if limit.of:
        text = f"is missed by {abs(change):.6g} {limit.unit}".rstrip()
    else:
        text = f"{limit.sense} {bound:.6g} would have to be {bound + change:.6g} {limit.unit}"
    origin = f" [{limit.origin}]" if limit.origin else ""
    return f"{limit.id} ({label}), {where}: {text.rstrip()}{origin}"
