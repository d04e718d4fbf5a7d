"""The reference problem as rules, lowered to arrays by carbonpath."""

from __future__ import annotations

from typing import Any

import numpy as np

from carbonpath.model.lowering import LinearModel, Space

from .raw import matched
from .reference import ELECTRICITY, Array, Reference
from .rules import CONSTRAINTS, COSTS, SCALARS


def build(ref: Reference) -> LinearModel:
    """Return the model of all rules."""
    return declared(ref).matrix()


def declared(ref: Reference) -> Space:
    """Return the space in which everything is declared, and every rule lowered."""
    space = Space(labels(ref), strict=True)
    _indices(space, ref)
    _data(space, ref)
    _joins(space, ref)
    _variables(space, ref)
    for rule, over in CONSTRAINTS.items():
        space.constraint(rule.__name__, over, rule)
    for rule, over in COSTS.items():
        space.cost(rule.__name__, over, rule)
    return space


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
        ("credit", "t", ref.credit), ("thousand_hours", "s", ref.hours * 1e-3),
    ):  # fmt: skip
        space.data(name, letters, product(*values.shape), values.ravel())
    for name in SCALARS:
        space.data(name, "", [()], [getattr(ref, name)])
    space.data("arriving", "", [()], [1 - ref.link_loss])
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
