"""The reference problem as rules, lowered to arrays by carbonpath."""

from __future__ import annotations

from typing import Any

import numpy as np

from carbonpath.model.lowering import LinearModel, Space

from .raw import matched
from .reference import ELECTRICITY, Array, Reference

LETTERS = "rtvpskcl"


def build(ref: Reference) -> LinearModel:
    """Return the model of all rules."""
    space = Space(labels(ref), strict=True)
    _indices(space, ref)
    _data(space, ref)
    _joins(space, ref)
    _variables(space, ref)
    for declare, over, rule in _rules(ref):
        getattr(space, declare)(rule.__name__, over, rule)
    return space.matrix()


def labels(ref: Reference) -> dict[str, list[str]]:
    """Return the labels of every dimension; vintages are called as periods are."""
    periods = [str(2025 + 5 * p) for p in range(ref.periods)]
    counts = {
        "r": ref.regions, "t": len(ref.kinds), "s": ref.slices, "k": ref.stores,
        "c": ref.carriers, "l": len(ref.links),
    }  # fmt: skip
    named = {letter: [f"{letter}{i}" for i in range(count)] for letter, count in counts.items()}
    return {**named, "p": periods, "v": ["stock", *periods]}


def product(*tables: Any) -> Array:
    """Return all combinations of the rows of tables; a number stands for that many codes."""
    given = [np.arange(t)[:, None] if isinstance(t, int) else np.asarray(t) for t in tables]
    given = [t[:, None] if t.ndim == 1 else t for t in given]
    shape = tuple(len(t) for t in given)
    found = np.empty((sum(t.shape[1] for t in given), *shape), np.int32)
    columns = ((i, column) for i, table in enumerate(given) for column in table.T)
    for place, (i, column) in zip(found, columns, strict=True):
        place[...] = column.reshape([-1 if i == j else 1 for j in range(len(shape))])
    return found.reshape(len(found), -1).T


def _indices(space: Space, ref: Reference) -> None:
    r, t, p, s, k, c = (
        ref.regions, len(ref.kinds), ref.periods, ref.slices, ref.stores, ref.carriers
    )  # fmt: skip
    later = np.arange(1, p)
    built = np.arange(1, p + 1)
    for name, letters, codes in (
        ("runs", "rtvps", product(r, ref.tvp, s)),
        ("vintages", "rtv", product(r, t, p + 1)),
        ("built", "rtv", product(r, t, built)),
        ("technologies", "rtp", product(r, t, p)),
        ("growing", "rtp", product(r, ref.of_kind("renewable"), later)),
        ("suppliers", "rtp", product(r, ref.of_kind("supply"), p)),
        ("balances", "rcps", product(r, c, p, s)),
        ("stores", "rkps", product(r, k, p, s)),
        ("built_stores", "rkv", product(r, k, built)),
        ("flows", "lps", product(len(ref.links), p, s)),
        ("demands", "rcps", product(r, ref.served, p, s)),
        ("regions", "rp", product(r, p)),
        ("periods", "p", product(p)),
    ):
        space.index(name, letters, codes)


def _data(space: Space, ref: Reference) -> None:
    for name, letters, values in (
        ("capital", "rtv", ref.capital), ("fixed", "rt", ref.fixed),
        ("running", "rt", ref.running), ("factor", "rts", ref.factor), ("hours", "s", ref.hours),
        ("discount", "p", ref.discount), ("demand", "rcps", ref.demand),
        ("supply", "rtp", ref.supply), ("store_cost", "rk", ref.store_cost),
        ("store_hours", "k", ref.store_hours), ("emission", "t", ref.emission),
        ("emission_cap", "p", ref.emission_cap), ("peak", "rp", ref.peak),
        ("credit", "t", ref.credit),
    ):  # fmt: skip
        space.data(name, letters, product(*values.shape), values.ravel())
    space.data("output", "tc", ref.outputs, ref.output)
    space.data("input", "tc", ref.inputs, ref.input)


def _joins(space: Space, ref: Reference) -> None:
    t, v, p = ref.tvp.T
    for name, codes in (("makers", ref.outputs), ("takers", ref.inputs)):
        flow, run = matched(codes[:, 0], t)
        space.join(name, "cp", "tv", np.stack([codes[flow, 1], p[run], t[run], v[run]], 1))
    space.join("vintages", "tp", "v", ref.tvp[:, [0, 2, 1]])
    burning = ref.emission[t] > 0
    space.join("burners", "p", "tv", ref.tvp[burning][:, [2, 0, 1]])
    space.join("firm", "", "t", np.flatnonzero(ref.credit)[:, None])
    space.join("slices", "", "s", product(ref.slices))
    space.join("regions", "", "r", product(ref.regions))
    stored = np.stack([np.full(ref.stores, ELECTRICITY), np.arange(ref.stores)], 1)
    space.join("stores", "c", "k", stored)
    space.join("served", "c", "c", np.stack([ref.served] * 2, 1))
    links = np.arange(len(ref.links))
    space.join("links_out", "rc", "l", np.stack([*ref.links[:, [0, 2]].T, links], 1))
    space.join("links_in", "rc", "l", np.stack([*ref.links[:, [1, 2]].T, links], 1))
    space.join("store_vintages", "p", "v", ref.store_vp[:, ::-1] + [0, 1])
    space.lookup("previous", "p", np.arange(1, ref.periods), "p", np.arange(ref.periods - 1))
    space.lookup("before", "s", np.arange(ref.slices), "s", ref.before)


def _variables(space: Space, ref: Reference) -> None:
    lower, upper = np.zeros(ref.capital.shape), np.full(ref.capital.shape, np.inf)
    lower[:, :, 0] = upper[:, :, 0] = ref.stock
    space.variable("capacity", "vintages", lower.ravel(), upper.ravel())
    upper = np.full((*ref.stock.shape, ref.periods), np.inf)
    renewable = ref.of_kind("renewable")
    upper[:, renewable] = ref.potential[:, renewable, None]
    space.variable("standing", "technologies", 0.0, upper.ravel())
    space.variable("activity", "runs")
    for name in ("charge", "discharge", "level"):
        space.variable(name, "stores")
    space.variable("store", "built_stores")
    space.variable("flow", "flows", 0.0, ref.link_capacity)
    space.variable("unserved", "demands")
    space.variable("emissions", "regions")


def _rules(ref: Reference) -> list[tuple[str, str, Any]]:
    """Return how each rule is declared, over what, and the rule."""
    growth, seed, margin, annuity = ref.growth, ref.seed, ref.margin, ref.annuity
    arriving, hours_each, efficiency = 1 - ref.link_loss, ref.step_hours, ref.efficiency
    link_cost, store_running, lost_load = ref.link_cost, ref.store_running, ref.lost_load

    def balance(x, d, r, c, p, s):
        made = sum(d.output[t, c] * x.activity[r, t, v, p, s] for t, v in d.makers[c, p])
        taken = sum(d.input[t, c] * x.activity[r, t, v, p, s] for t, v in d.takers[c, p])
        stored = sum(x.discharge[r, k, p, s] - x.charge[r, k, p, s] for k in d.stores[c])
        come = sum(arriving * x.flow[l, p, s] for l in d.links_in[r, c])
        gone = sum(x.flow[l, p, s] for l in d.links_out[r, c])
        unserved = sum(x.unserved[r, e, p, s] for e in d.served[c])
        return made - taken + stored + come - gone + unserved >= d.demand[r, c, p, s]

    def within_capacity(x, d, r, t, v, p, s):
        return x.activity[r, t, v, p, s] <= d.factor[r, t, s] * x.capacity[r, t, v]

    def standing_capacity(x, d, r, t, p):
        return x.standing[r, t, p] == sum(x.capacity[r, t, v] for v in d.vintages[t, p])

    def growth_limit(x, d, r, t, p):
        return x.standing[r, t, p] <= growth * x.standing[r, t, d.previous[p]] + seed

    def storage(x, d, r, k, p, s):
        change = efficiency * x.charge[r, k, p, s] - x.discharge[r, k, p, s] / efficiency
        return x.level[r, k, p, s] == x.level[r, k, p, d.before[s]] + hours_each * change

    def largest_level(x, d, r, k, p, s):
        standing = sum(x.store[r, k, v] for v in d.store_vintages[p])
        return x.level[r, k, p, s] <= d.store_hours[k] * standing

    def largest_charge(x, d, r, k, p, s):
        return x.charge[r, k, p, s] <= sum(x.store[r, k, v] for v in d.store_vintages[p])

    def largest_discharge(x, d, r, k, p, s):
        return x.discharge[r, k, p, s] <= sum(x.store[r, k, v] for v in d.store_vintages[p])

    def emission_account(x, d, r, p):
        return x.emissions[r, p] == sum(
            d.emission[t] * d.hours[s] * x.activity[r, t, v, p, s]
            for t, v in d.burners[p]
            for s in d.slices
        )

    def emission_limit(x, d, p):
        return sum(x.emissions[r, p] for r in d.regions) <= d.emission_cap[p]

    def supply_limit(x, d, r, t, p):
        taken = sum(
            d.hours[s] * x.activity[r, t, v, p, s] for v in d.vintages[t, p] for s in d.slices
        )
        return taken <= d.supply[r, t, p]

    def reserve(x, d, r, p):
        firm = sum(d.credit[t] * x.standing[r, t, p] for t in d.firm)
        return firm >= margin * d.peak[r, p]

    def investment(x, d, r, t, v):
        return annuity * d.discount[v] * d.capital[r, t, v] * x.capacity[r, t, v]

    def store_investment(x, d, r, k, v):
        return annuity * d.discount[v] * d.store_cost[r, k] * x.store[r, k, v]

    def fixed_cost(x, d, r, t, p):
        return d.fixed[r, t] * d.discount[p] * x.standing[r, t, p]

    def running_cost(x, d, r, t, p):
        price = d.running[r, t] * d.discount[p] * 1e-3
        return price * sum(
            d.hours[s] * x.activity[r, t, v, p, s] for v in d.vintages[t, p] for s in d.slices
        )

    def storage_cost(x, d, r, k, p, s):
        return store_running * d.discount[p] * d.hours[s] * 1e-3 * x.discharge[r, k, p, s]

    def link_payment(x, d, l, p, s):
        return link_cost * d.discount[p] * d.hours[s] * 1e-3 * x.flow[l, p, s]

    def unserved_cost(x, d, r, c, p, s):
        return lost_load * d.discount[p] * d.hours[s] * 1e-3 * x.unserved[r, c, p, s]

    return [
        ("constraint", "balances", balance), ("constraint", "runs", within_capacity),
        ("constraint", "technologies", standing_capacity), ("constraint", "growing", growth_limit),
        ("constraint", "stores", storage), ("constraint", "stores", largest_level),
        ("constraint", "stores", largest_charge), ("constraint", "stores", largest_discharge),
        ("constraint", "regions", emission_account), ("constraint", "periods", emission_limit),
        ("constraint", "suppliers", supply_limit), ("constraint", "regions", reserve),
        ("cost", "built", investment), ("cost", "built_stores", store_investment),
        ("cost", "technologies", fixed_cost), ("cost", "technologies", running_cost),
        ("cost", "stores", storage_cost), ("cost", "flows", link_payment),
        ("cost", "demands", unserved_cost),
    ]  # fmt: skip
