"""The reference problem in linopy, with its sparse-aware semantics."""

from __future__ import annotations

from typing import Any

import linopy
import numpy as np
import pandas as pd
import xarray as xr

from .raw import matched
from .reference import ELECTRICITY, Array, Reference

Labelled = xr.DataArray


class Axes:
    """The dimensions: `a` counts technologies of a vintage in a period, `n` carriers in one."""

    def __init__(self, ref: Reference) -> None:
        self.ref = ref
        sizes = {
            "r": ref.regions, "t": len(ref.kinds), "v": ref.periods + 1, "p": ref.periods,
            "s": ref.slices, "k": ref.stores, "a": len(ref.tvp), "l": len(ref.links),
            "n": ref.carriers * ref.periods, "tp": len(ref.kinds) * ref.periods,
            "b": ref.periods,
        }  # fmt: skip
        self.index = {name: pd.RangeIndex(size, name=name) for name, size in sizes.items()}

    def over(self, values: Array, dims: str) -> Labelled:
        """Return an array with labels."""
        names = dims.split()
        return Labelled(values, dims=names, coords={name: self.index[name] for name in names})

    def nodes(self, carriers: Any) -> Array:
        """Return the positions of carriers in all periods."""
        return (
            np.asarray(carriers)[:, None] * self.ref.periods + np.arange(self.ref.periods)
        ).ravel()


def build(ref: Reference) -> linopy.Model:
    """Return the linopy model."""
    linopy.options(semantics="v1")
    m = linopy.Model(sparse=True)
    axes = Axes(ref)
    x = _variables(m, axes)
    _balance(m, axes, x)
    _capacity(m, axes, x)
    _storage(m, axes, x)
    _limits(m, axes, x)
    m.add_objective(_cost(axes, x))
    return m


def _variables(m: linopy.Model, axes: Axes) -> dict[str, Any]:
    ref, i = axes.ref, axes.index
    lower, upper = np.zeros(ref.capital.shape), np.full(ref.capital.shape, np.inf)
    lower[:, :, 0] = upper[:, :, 0] = ref.stock
    potential = np.full((*ref.stock.shape, ref.periods), np.inf)
    renewable = ref.of_kind("renewable")
    potential[:, renewable] = ref.potential[:, renewable, None]
    served = pd.Index(axes.nodes(ref.served), name="n")
    bounds, standing = axes.over(lower, "r t v"), axes.over(potential, "r t p")
    stores = [i["r"], i["k"], i["p"], i["s"]]
    x = {
        "capacity": m.add_variables(bounds, axes.over(upper, "r t v"), name="capacity"),
        "standing": m.add_variables(0, standing, name="standing"),
        "activity": m.add_variables(0, coords=[i["r"], i["a"], i["s"]], name="activity"),
        "store": m.add_variables(0, coords=[i["r"], i["k"], i["b"]], name="store"),
        "flow": m.add_variables(
            0, ref.link_capacity, coords=[i["l"], i["p"], i["s"]], name="flow"),
        "unserved": m.add_variables(0, coords=[i["r"], served, i["s"]], name="unserved"),
        "emissions": m.add_variables(0, coords=[i["r"], i["p"]], name="emissions"),
    }  # fmt: skip
    for name in ("charge", "discharge", "level"):
        x[name] = m.add_variables(0, coords=stores, name=name)
    return x


def picked(expression: Any, dim: str, positions: Array) -> Any:
    """Return chosen members along a dimension, numbered anew."""
    chosen = expression.isel({dim: positions})
    return chosen.assign_coords({dim: pd.RangeIndex(len(positions), name=dim)})


def summed(expression: Any, dim: str, keys: Array, name: str) -> Any:
    """Return sums over the members of a dimension that share a key."""
    index = pd.RangeIndex(len(keys), name=dim)
    return expression.groupby(Labelled(keys, dims=dim, coords={dim: index}, name=name)).sum()


def values(given: Array, dim: str) -> Labelled:
    """Return numbers along a dimension of chosen members."""
    return Labelled(given, dims=dim, coords={dim: pd.RangeIndex(len(given), name=dim)})


def _balance(m: linopy.Model, axes: Axes, x: dict[str, Any]) -> None:
    ref, (t, _, p) = axes.ref, axes.ref.tvp.T
    parts = []
    for codes, amount, sign in ((ref.outputs, ref.output, 1.0), (ref.inputs, ref.input, -1.0)):
        flow, run = matched(codes[:, 0], t)
        runs = picked(x["activity"], "a", run) * values(sign * amount[flow], "a")
        parts.append(summed(runs, "a", codes[flow, 1] * ref.periods + p[run], "n"))
    stored = (1 * x["discharge"] - 1 * x["charge"]).sum("k")
    parts.append(stored.rename({"p": "n"}).assign_coords(n=axes.nodes([ELECTRICITY])))
    parts.append(1 * x["unserved"])
    out, into, carrier = ref.links.T
    for end, share in ((into, 1 - ref.link_loss), (out, -1.0)):
        for c in np.unique(carrier):
            chosen = np.flatnonzero(carrier == c)
            flows = summed(share * picked(x["flow"], "l", chosen), "l", end[chosen], "r")
            parts.append(flows.rename({"p": "n"}).assign_coords(n=axes.nodes([c])))
    i = axes.index
    aligned = [part.reindex({"n": i["n"], "r": i["r"]}).fillna(0) for part in parts]
    demand = ref.demand.reshape(ref.regions, -1, ref.slices)
    balance = sum(aligned[1:], aligned[0])
    m.add_constraints(balance >= axes.over(demand, "r n s"), name="balance")


def _capacity(m: linopy.Model, axes: Axes, x: dict[str, Any]) -> None:
    ref, i = axes.ref, axes.index
    t, v, p = (axes.over(column, "a") for column in ref.tvp.T)
    capacity = x["capacity"].to_linexpr().isel(t=t, v=v).drop_vars(["t", "v"])
    factor = axes.over(ref.factor[:, ref.tvp[:, 0]], "r a s")
    m.add_constraints(1 * x["activity"] - factor * capacity <= 0, name="within_capacity")
    keys = ref.tvp[:, 0] * ref.periods + ref.tvp[:, 2]
    total = summed(1 * capacity, "a", keys, "tp").reindex({"tp": i["tp"]}).fillna(0)
    of_t, of_p = np.divmod(np.arange(len(i["tp"])), ref.periods)
    at = {"t": axes.over(of_t, "tp"), "p": axes.over(of_p, "tp")}
    standing = x["standing"].to_linexpr().isel(at).drop_vars(["t", "p"])
    m.add_constraints(1 * standing - total == 0, name="standing_capacity")
    renewable = x["standing"].isel(t=ref.of_kind("renewable"))
    earlier = renewable.isel(p=slice(0, -1)).assign_coords(p=i["p"][1:])
    growth = renewable.isel(p=slice(1, None)) - ref.growth * earlier
    m.add_constraints(growth <= ref.seed, name="growth_limit")


def _storage(m: linopy.Model, axes: Axes, x: dict[str, Any]) -> None:
    ref, i, level = axes.ref, axes.index, x["level"]
    before = level.isel(s=ref.before).assign_coords(s=i["s"])
    change = ref.efficiency * ref.step_hours * x["charge"]
    change = change - ref.step_hours / ref.efficiency * x["discharge"]
    m.add_constraints(1 * level - before - change == 0, name="storage")
    v, p = ref.store_vp.T
    standing = summed(1 * picked(x["store"], "b", v), "b", p, "p")
    hours = axes.over(ref.store_hours, "k")
    m.add_constraints(1 * level - hours * standing <= 0, name="largest_level")
    m.add_constraints(1 * x["charge"] - standing <= 0, name="largest_charge")
    m.add_constraints(1 * x["discharge"] - standing <= 0, name="largest_discharge")


def _limits(m: linopy.Model, axes: Axes, x: dict[str, Any]) -> None:
    ref, (t, _, p) = axes.ref, axes.ref.tvp.T
    hours = axes.over(ref.hours, "s")
    burning = np.flatnonzero(ref.emission[t])
    runs = picked(x["activity"], "a", burning) * (values(ref.emission[t[burning]], "a") * hours)
    emitted = summed(runs.sum("s"), "a", p[burning], "p")
    m.add_constraints(1 * x["emissions"] - emitted == 0, name="emission_account")
    cap = axes.over(ref.emission_cap, "p")
    m.add_constraints((1 * x["emissions"]).sum("r") <= cap, name="emission_limit")
    supply = ref.of_kind("supply")
    place = np.full(len(ref.kinds), -1)
    place[supply] = np.arange(len(supply))
    taken = np.flatnonzero(place[t] >= 0)
    runs = (picked(x["activity"], "a", taken) * hours).sum("s")
    sums = summed(runs, "a", place[t[taken]] * ref.periods + p[taken], "g")
    groups = pd.RangeIndex(len(supply) * ref.periods, name="g")
    most = ref.supply[:, supply].reshape(ref.regions, -1)
    coords = {"r": axes.index["r"], "g": groups}
    m.add_constraints(sums <= Labelled(most, dims=("r", "g"), coords=coords), name="supply_limit")
    firm = np.flatnonzero(ref.credit)
    credit = Labelled(ref.credit[firm], dims="t", coords={"t": axes.index["t"][firm]})
    reserve = (x["standing"].isel(t=firm) * credit).sum("t")
    m.add_constraints(reserve >= axes.over(ref.margin * ref.peak, "r p"), name="reserve")


def _cost(axes: Axes, x: dict[str, Any]) -> Any:
    ref, (t, _, p) = axes.ref, axes.ref.tvp.T
    discount, hours = axes.over(ref.discount, "p"), axes.over(ref.hours * 1e-3, "s")
    capital = np.zeros(ref.capital.shape)
    capital[:, :, 1:] = ref.annuity * ref.discount * ref.capital[:, :, 1:]
    running = axes.over(ref.running[:, t], "r a") * axes.over(ref.discount[p], "a")
    nodes = axes.nodes(ref.served)
    lost = Labelled(ref.discount[nodes % ref.periods], dims="n", coords={"n": nodes})
    store = ref.annuity * axes.over(ref.store_cost, "r k") * axes.over(ref.discount, "b")
    return (
        (x["capacity"] * axes.over(capital, "r t v")).sum()
        + (x["standing"] * (axes.over(ref.fixed, "r t") * discount)).sum()
        + (x["activity"] * (running * hours)).sum()
        + (x["discharge"] * (ref.store_running * discount * hours)).sum()
        + (x["store"] * store).sum()
        + (x["flow"] * (ref.link_cost * discount * hours)).sum()
        + (x["unserved"] * (ref.lost_load * lost * hours)).sum()
    )
