"""The floor: index arithmetic in numpy to triplets, then to a matrix; no modelling layer."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp

from .reference import ELECTRICITY, Array, Reference


class Matrix:
    """Columns and rows by blocks, and triplets."""

    def __init__(self) -> None:
        self.columns = self.rows = 0
        self.at: dict[str, Array] = {}
        self.lower: list[Array] = []
        self.upper: list[Array] = []
        self.triplets: list[tuple[Array, Array, Array]] = []

    def block(self, name: str, *shape: int) -> Array:
        """Number the columns of a variable."""
        size = int(np.prod(shape))
        self.at[name] = np.arange(self.columns, self.columns + size, dtype=np.int32).reshape(shape)
        self.columns += size
        return self.at[name]

    def family(self, shape: tuple[int, ...], lower: Any, upper: Any) -> Array:
        """Number the rows of a constraint."""
        size = int(np.prod(shape))
        rows = np.arange(self.rows, self.rows + size, dtype=np.int32).reshape(shape)
        self.rows += size
        self.lower.append(np.broadcast_to(lower, shape).ravel())
        self.upper.append(np.broadcast_to(upper, shape).ravel())
        return rows

    def add(self, rows: Array, columns: Array, values: Any) -> None:
        """Add coefficients."""
        arrays = np.broadcast_arrays(rows, columns, values)
        self.triplets.append(tuple(array.ravel() for array in arrays))  # type: ignore[arg-type]


def build(ref: Reference) -> dict[str, Any]:
    """Return the arrays that a solver takes."""
    m = Matrix()
    r, p, s, k = ref.regions, ref.periods, ref.slices, ref.stores
    t = len(ref.kinds)
    m.block("capacity", r, t, p + 1)
    m.block("standing", r, t, p)
    m.block("activity", r, len(ref.tvp), s)
    for name in ("charge", "discharge", "level"):
        m.block(name, r, k, p, s)
    m.block("store", r, k, p)
    m.block("flow", len(ref.links), p, s)
    m.block("unserved", r, len(ref.served), p, s)
    m.block("emissions", r, p)
    _balance(m, ref)
    _capacity(m, ref)
    _storage(m, ref)
    _limits(m, ref)
    rows, columns, values = (np.concatenate(arrays) for arrays in zip(*m.triplets, strict=True))
    if np.count_nonzero(values) < len(values):
        kept = values != 0
        rows, columns, values = rows[kept], columns[kept], values[kept]
    matrix = sp.csr_array((values, (rows, columns)), shape=(m.rows, m.columns))
    lower, upper, cost = _columns(m, ref)
    return {
        "matrix": matrix, "cost": cost, "col_lower": lower, "col_upper": upper,
        "row_lower": np.concatenate(m.lower), "row_upper": np.concatenate(m.upper),
    }  # fmt: skip


def _columns(m: Matrix, ref: Reference) -> tuple[Array, Array, Array]:
    lower, upper, cost = np.zeros(m.columns), np.full(m.columns, np.inf), np.zeros(m.columns)
    at, t, p = m.at, ref.tvp[:, 0], ref.tvp[:, 2]
    lower[at["capacity"][:, :, 0]] = upper[at["capacity"][:, :, 0]] = ref.stock
    renewable = ref.of_kind("renewable")
    upper[at["standing"][:, renewable]] = ref.potential[:, renewable, None]
    upper[at["flow"]] = ref.link_capacity
    hourly = ref.discount[:, None] * ref.hours * 1e-3
    cost[at["capacity"][:, :, 1:]] = ref.annuity * ref.discount * ref.capital[:, :, 1:]
    cost[at["standing"]] = ref.fixed[:, :, None] * ref.discount
    cost[at["activity"]] = ref.running[:, t, None] * hourly[p]
    cost[at["discharge"]] = ref.store_running * hourly
    cost[at["store"]] = ref.annuity * ref.store_cost[:, :, None] * ref.discount
    cost[at["flow"]] = ref.link_cost * hourly
    cost[at["unserved"]] = ref.lost_load * hourly
    return lower, upper, cost


def matched(keys: Array, others: Array) -> tuple[Array, Array]:
    """Return all pairs of positions where a key equals another."""
    order = np.argsort(others, kind="stable")
    first = np.searchsorted(others[order], keys)
    count = np.searchsorted(others[order], keys, "right") - first
    left = np.repeat(np.arange(len(keys)), count)
    inside = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return left, order[first[left] + inside]


def _balance(m: Matrix, ref: Reference) -> None:
    shape = (ref.regions, ref.carriers, ref.periods, ref.slices)
    rows, at, (t, _, p) = m.family(shape, ref.demand, np.inf), m.at, ref.tvp.T
    for codes, amount, sign in ((ref.outputs, ref.output, 1.0), (ref.inputs, ref.input, -1.0)):
        flow, run = matched(codes[:, 0], t)
        values = (sign * amount[flow])[None, :, None]
        m.add(rows[:, codes[flow, 1], p[run]], at["activity"][:, run], values)
    m.add(rows[:, None, ELECTRICITY], at["discharge"], 1.0)
    m.add(rows[:, None, ELECTRICITY], at["charge"], -1.0)
    out, into, c = ref.links.T
    m.add(rows[into, c], at["flow"], 1 - ref.link_loss)
    m.add(rows[out, c], at["flow"], -1.0)
    m.add(rows[:, ref.served], at["unserved"], 1.0)


def _capacity(m: Matrix, ref: Reference) -> None:
    at, (t, v, p) = m.at, ref.tvp.T
    rows = m.family(at["activity"].shape, -np.inf, 0.0)
    m.add(rows, at["activity"], 1.0)
    m.add(rows, at["capacity"][:, t, v][:, :, None], -ref.factor[:, t])
    rows = m.family(at["standing"].shape, 0.0, 0.0)
    m.add(rows, at["standing"], 1.0)
    m.add(rows[:, t, p], at["capacity"][:, t, v], -1.0)
    renewable = ref.of_kind("renewable")
    rows = m.family((ref.regions, len(renewable), ref.periods - 1), -np.inf, ref.seed)
    m.add(rows, at["standing"][:, renewable, 1:], 1.0)
    m.add(rows, at["standing"][:, renewable, :-1], -ref.growth)


def _storage(m: Matrix, ref: Reference) -> None:
    at, (v, p) = m.at, ref.store_vp.T
    rows = m.family(at["level"].shape, 0.0, 0.0)
    m.add(rows, at["level"], 1.0)
    m.add(rows, at["level"][..., ref.before], -1.0)
    m.add(rows, at["charge"], -ref.efficiency * ref.step_hours)
    m.add(rows, at["discharge"], ref.step_hours / ref.efficiency)
    for name, hours in (
        ("level", ref.store_hours[:, None, None]), ("charge", 1.0), ("discharge", 1.0)
    ):  # fmt: skip
        rows = m.family(at[name].shape, -np.inf, 0.0)
        m.add(rows, at[name], 1.0)
        m.add(rows[:, :, p], at["store"][:, :, v, None], -np.asarray(hours))


def _limits(m: Matrix, ref: Reference) -> None:
    at, (t, _, p) = m.at, ref.tvp.T
    rows = m.family((ref.regions, ref.periods), 0.0, 0.0)
    m.add(rows, at["emissions"], 1.0)
    burning = np.flatnonzero(ref.emission[t])
    values = -ref.emission[t[burning]][:, None] * ref.hours
    m.add(rows[:, p[burning], None], at["activity"][:, burning], values)
    m.add(m.family((ref.periods,), -np.inf, ref.emission_cap), at["emissions"], 1.0)
    supply = ref.of_kind("supply")
    place = np.full(len(ref.kinds), -1)
    place[supply] = np.arange(len(supply))
    rows = m.family((ref.regions, len(supply), ref.periods), -np.inf, ref.supply[:, supply])
    taken = np.flatnonzero(place[t] >= 0)
    m.add(rows[:, place[t[taken]], p[taken], None], at["activity"][:, taken], ref.hours)
    firm = np.flatnonzero(ref.credit)
    rows = m.family((ref.regions, ref.periods), ref.margin * ref.peak, np.inf)
    m.add(rows[:, None], at["standing"][:, firm], ref.credit[firm][None, :, None])
