"""The reference problem in ordinary Pyomo: every row and every variable is an object."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from types import SimpleNamespace
from typing import Any

import pyomo.environ as pyo

from .reference import ELECTRICITY, Array, Reference


def numbers(ref: Reference) -> Any:
    """Return the data as lists and dicts, as a reader of files leaves them."""
    d = SimpleNamespace(ref=ref, tvp=ref.tvp.tolist(), links=list(enumerate(ref.links.tolist())))
    for name in ("capital", "fixed", "running", "factor", "demand", "stock", "potential", "supply",
                 "store_cost", "peak"):  # fmt: skip
        setattr(d, name, keyed(getattr(ref, name)))
    for name in ("hours", "discount", "store_hours", "emission", "emission_cap", "credit"):
        setattr(d, name, getattr(ref, name).tolist())
    d.output = dict(zip(map(tuple, ref.outputs.tolist()), ref.output.tolist(), strict=True))
    d.input = dict(zip(map(tuple, ref.inputs.tolist()), ref.input.tolist(), strict=True))
    d.vintages = defaultdict(list)
    for t, v, p in d.tvp:
        d.vintages[t, p].append(v)
    d.makers, d.takers = defaultdict(list), defaultdict(list)
    for names, codes in ((d.makers, ref.outputs), (d.takers, ref.inputs)):
        for t, c in codes.tolist():
            names[c].append(t)
    d.store_vintages = defaultdict(list)
    for v, p in ref.store_vp.tolist():
        d.store_vintages[p].append(v)
    d.links_in, d.links_out = defaultdict(list), defaultdict(list)
    for i, (a, b, c) in d.links:
        d.links_out[a, c].append(i)
        d.links_in[b, c].append(i)
    return d


def keyed(values: Array) -> dict[tuple[int, ...], float]:
    """Return an array as a dict."""
    return dict(zip(product(*map(range, values.shape)), values.ravel().tolist(), strict=True))


def build(d: Any) -> Any:
    """Return the Pyomo model."""
    ref: Reference = d.ref
    m = pyo.ConcreteModel()
    for name, size in (("R", ref.regions), ("T", len(ref.kinds)), ("P", ref.periods),
                       ("V", ref.periods + 1), ("S", ref.slices), ("K", ref.stores),
                       ("C", ref.carriers), ("L", len(ref.links))):  # fmt: skip
        setattr(m, name, pyo.Set(initialize=range(size)))
    m.TVP = pyo.Set(initialize=map(tuple, d.tvp), dimen=3)
    m.served = pyo.Set(initialize=ref.served.tolist())
    renewable = set(ref.of_kind("renewable").tolist())
    _variables(m, d, renewable)
    _balance(m, d)
    _capacity(m, d, renewable)
    _limits(m, d)
    m.cost = pyo.Objective(expr=_cost(m, d))
    return m


def _variables(m: Any, d: Any, renewable: set[int]) -> None:
    positive = {"domain": pyo.NonNegativeReals}
    m.capacity = pyo.Var(
        m.R, m.T, m.V, **positive,
        bounds=lambda m, r, t, v: (0, None) if v else (d.stock[r, t], d.stock[r, t]),
    )  # fmt: skip
    m.standing = pyo.Var(
        m.R, m.T, m.P, **positive,
        bounds=lambda m, r, t, p: (0, d.potential[r, t] if t in renewable else None),
    )  # fmt: skip
    m.activity = pyo.Var(m.R, m.TVP, m.S, **positive)
    m.charge = pyo.Var(m.R, m.K, m.P, m.S, **positive)
    m.discharge = pyo.Var(m.R, m.K, m.P, m.S, **positive)
    m.level = pyo.Var(m.R, m.K, m.P, m.S, **positive)
    m.store = pyo.Var(m.R, m.K, m.P, **positive)
    m.flow = pyo.Var(m.L, m.P, m.S, bounds=(0, d.ref.link_capacity))
    m.unserved = pyo.Var(m.R, m.served, m.P, m.S, **positive)
    m.emissions = pyo.Var(m.R, m.P, **positive)


def _balance(m: Any, d: Any) -> None:
    served, arriving = set(d.ref.served.tolist()), 1 - d.ref.link_loss

    def balance(m: Any, r: int, c: int, p: int, s: int) -> Any:
        net = sum(d.output[t, c] * m.activity[r, t, v, p, s]
                  for t in d.makers[c] for v in d.vintages[t, p])  # fmt: skip
        net -= sum(d.input[t, c] * m.activity[r, t, v, p, s]
                   for t in d.takers[c] for v in d.vintages[t, p])  # fmt: skip
        if c == ELECTRICITY:
            net += sum(m.discharge[r, k, p, s] - m.charge[r, k, p, s] for k in m.K)
        net += sum(arriving * m.flow[i, p, s] for i in d.links_in[r, c])
        net -= sum(m.flow[i, p, s] for i in d.links_out[r, c])
        if c in served:
            net += m.unserved[r, c, p, s]
        return net >= d.demand[r, c, p, s]

    m.balance = pyo.Constraint(m.R, m.C, m.P, m.S, rule=balance)


def _capacity(m: Any, d: Any, renewable: set[int]) -> None:
    ref: Reference = d.ref
    before, hours, efficiency = ref.before.tolist(), ref.step_hours, ref.efficiency
    m.within_capacity = pyo.Constraint(
        m.R, m.TVP, m.S,
        rule=lambda m, r, t, v, p, s:
        m.activity[r, t, v, p, s] <= d.factor[r, t, s] * m.capacity[r, t, v],
    )  # fmt: skip
    m.standing_capacity = pyo.Constraint(
        m.R, m.T, m.P,
        rule=lambda m, r, t, p:
        m.standing[r, t, p] == sum(m.capacity[r, t, v] for v in d.vintages[t, p]),
    )  # fmt: skip
    m.growth_limit = pyo.Constraint(
        m.R, sorted(renewable), range(1, ref.periods),
        rule=lambda m, r, t, p:
        m.standing[r, t, p] <= ref.growth * m.standing[r, t, p - 1] + ref.seed,
    )  # fmt: skip
    m.storage = pyo.Constraint(
        m.R, m.K, m.P, m.S,
        rule=lambda m, r, k, p, s: m.level[r, k, p, s] == m.level[r, k, p, before[s]]
        + hours * (efficiency * m.charge[r, k, p, s] - m.discharge[r, k, p, s] / efficiency),
    )  # fmt: skip
    for name, var, size in (("largest_level", m.level, d.store_hours),
                            ("largest_charge", m.charge, [1.0] * ref.stores),
                            ("largest_discharge", m.discharge, [1.0] * ref.stores)):  # fmt: skip

        def limit(m: Any, r: int, k: int, p: int, s: int, var: Any = var, size: Any = size) -> Any:
            return var[r, k, p, s] <= size[k] * sum(m.store[r, k, v] for v in d.store_vintages[p])

        setattr(m, name, pyo.Constraint(m.R, m.K, m.P, m.S, rule=limit))


def _limits(m: Any, d: Any) -> None:
    ref: Reference = d.ref
    burners = [t for t in m.T if d.emission[t]]
    firm = [t for t in m.T if d.credit[t]]
    m.emission_account = pyo.Constraint(
        m.R, m.P,
        rule=lambda m, r, p: m.emissions[r, p] == sum(
            d.emission[t] * d.hours[s] * m.activity[r, t, v, p, s]
            for t in burners for v in d.vintages[t, p] for s in m.S),
    )  # fmt: skip
    m.emission_limit = pyo.Constraint(
        m.P, rule=lambda m, p: sum(m.emissions[r, p] for r in m.R) <= d.emission_cap[p]
    )
    m.supply_limit = pyo.Constraint(
        m.R, ref.of_kind("supply").tolist(), m.P,
        rule=lambda m, r, t, p: sum(
            d.hours[s] * m.activity[r, t, v, p, s] for v in d.vintages[t, p] for s in m.S
        ) <= d.supply[r, t, p],
    )  # fmt: skip
    m.reserve = pyo.Constraint(
        m.R, m.P,
        rule=lambda m, r, p:
        sum(d.credit[t] * m.standing[r, t, p] for t in firm) >= ref.margin * d.peak[r, p],
    )  # fmt: skip


def _cost(m: Any, d: Any) -> Any:
    ref: Reference = d.ref
    hourly = [[discount * hours * 1e-3 for hours in d.hours] for discount in d.discount]
    built = range(1, ref.periods + 1)
    return (
        sum(ref.annuity * d.discount[v - 1] * d.capital[r, t, v] * m.capacity[r, t, v]
            for r in m.R for t in m.T for v in built)
        + sum(ref.annuity * d.discount[v] * d.store_cost[r, k] * m.store[r, k, v]
              for r in m.R for k in m.K for v in m.P)
        + sum(d.fixed[r, t] * d.discount[p] * m.standing[r, t, p]
              for r in m.R for t in m.T for p in m.P)
        + sum(d.running[r, t] * hourly[p][s] * m.activity[r, t, v, p, s]
              for r in m.R for t, v, p in m.TVP for s in m.S)
        + sum(ref.store_running * hourly[p][s] * m.discharge[r, k, p, s]
              for r in m.R for k in m.K for p in m.P for s in m.S)
        + sum(ref.link_cost * hourly[p][s] * m.flow[i, p, s]
              for i in m.L for p in m.P for s in m.S)
        + sum(ref.lost_load * hourly[p][s] * m.unserved[r, c, p, s]
              for r in m.R for c in m.served for p in m.P for s in m.S)
    )  # fmt: skip
