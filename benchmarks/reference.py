"""The reference problem: capacity expansion of several regions, made up but shaped like real ones.

Supply, power, conversion and end-use technologies with vintages serve demands in time slices;
storage, links between regions, growth limits, a reserve, supply limits and an emission cap.
Everything is a numpy array; `codes` in the comments are positions along a dimension.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

# regions, technologies, periods, days, slices of a day, kinds of storage
SIZES = {
    "10k": (2, 16, 3, 2, 4, 1),
    "60k": (2, 30, 4, 3, 6, 1),
    "250k": (3, 34, 5, 4, 8, 2),
    "800k": (4, 44, 5, 5, 12, 2),
    "2.4M": (5, 52, 6, 6, 16, 3),
    "10M": (8, 64, 7, 8, 23, 3),
}
FUELS = ("coal", "gas", "oil", "biomass", "uranium")
ELECTRICITY, HYDROGEN, HEAT = 5, 6, 7  # codes of carriers, after the fuels
CARBON = {0: 0.34, 1: 0.20, 2: 0.26}  # kt per GWh of coal, gas, oil
POWER = ("wind", "solar", "coal", "gas", "biomass", "uranium", "chp")
CAPITAL = {"supply": 0.01, "convert": 500.0, "renewable": 1100.0, "power": 1400.0, "use": 150.0}
RUNNING = {"supply": 20.0, "convert": 1.0, "renewable": 0.1, "power": 3.0, "use": 0.5}
STOCK = {"supply": 200.0, "convert": 1.0, "renewable": 0.5, "power": 6.0, "use": 3.0}
LIFE = {"supply": 100, "convert": 20, "renewable": 25, "power": 35, "use": 15}
CREDIT = {"power": 0.95, "renewable": 0.1}
STEP = 5  # years from one period to the next


@dataclass(frozen=True)
class Reference:
    """The problem. `v` counts the existing stock as 0, then the periods."""

    kinds: tuple[str, ...]  # of each technology
    regions: int
    periods: int
    slices: int
    stores: int
    carriers: int
    day: int  # slices of a day
    tvp: Array  # codes: a technology of a vintage that stands in a period
    outputs: Array  # codes: technology, carrier
    output: Array
    inputs: Array
    input: Array
    served: Array  # codes: carriers with a demand
    links: Array  # codes: from region, to region, carrier
    capital: Array  # [r, t, v]
    fixed: Array  # [r, t]
    running: Array  # [r, t]
    factor: Array  # [r, t, s]
    hours: Array  # [s]
    discount: Array  # [p]
    demand: Array  # [r, c, p, s]
    stock: Array  # [r, t]
    potential: Array  # [r, t]
    supply: Array  # [r, t, p]
    store_cost: Array  # [r, k]
    store_hours: Array  # [k]
    emission: Array  # [t]
    emission_cap: Array  # [p]
    peak: Array  # [r, p]
    credit: Array  # [t]
    growth: float = 1.9
    seed: float = 8.0
    efficiency: float = 0.92
    link_loss: float = 0.05
    link_capacity: float = 8.0
    link_cost: float = 0.5
    store_running: float = 0.2
    lost_load: float = 3000.0
    annuity: float = 0.8
    margin: float = 1.1
    store_life: int = 3  # periods

    def of_kind(self, *kinds: str) -> Array:
        """Return the codes of the technologies of some kinds."""
        return np.array([t for t, kind in enumerate(self.kinds) if kind in kinds], np.int32)

    @property
    def step_hours(self) -> float:
        """Hours of one slice in its day."""
        return 24.0 / self.day

    @property
    def store_vp(self) -> Array:
        """Codes: a vintage of storage (by period) that stands in a period."""
        pairs = [(v, p) for v in range(self.periods) for p in range(v, self.periods)]
        return np.array([(v, p) for v, p in pairs if p < v + self.store_life], np.int32)

    @property
    def before(self) -> Array:
        """The slice before each slice, round the day."""
        slices = np.arange(self.slices)
        return slices // self.day * self.day + (slices - 1) % self.day


def reference(size: str, seed: int = 0) -> Reference:
    """Return the problem of one of the sizes."""
    regions, technologies, periods, days, day, stores = SIZES[size]
    draw = np.random.default_rng(seed)
    demands = max(2, technologies // 6)
    names, kinds, outputs, inputs = _technologies(technologies, demands, draw)
    carriers, slices, vintages = 8 + demands, days * day, periods + 1
    count = len(kinds)
    noise = draw.uniform(0.8, 1.2, (regions, count, 1))
    learning = np.array([0.9 if kind == "renewable" else 0.985 for kind in kinds])
    capital = _each(kinds, CAPITAL)[:, None] * noise * learning[:, None] ** np.arange(vintages)
    served = np.array([ELECTRICITY, HEAT, *range(8, carriers)], np.int32)
    demand = _demand(regions, carriers, periods, slices, served, draw)
    burnt = np.zeros(count)
    for (t, c), amount in inputs.items():
        burnt[t] += CARBON.get(c, 0.0) * amount
    scale = max(1.0, demands / 3)
    return Reference(
        kinds=kinds, regions=regions, periods=periods, slices=slices, stores=stores,
        carriers=carriers, day=day, tvp=_standing(kinds, periods), served=served,
        outputs=np.array(list(outputs), np.int32), output=np.array(list(outputs.values())),
        inputs=np.array(list(inputs), np.int32), input=np.array(list(inputs.values())),
        links=_links(regions), capital=capital, fixed=capital[:, :, -1] * 0.03,
        running=_each(kinds, RUNNING) * draw.uniform(0.5, 1.5, (regions, count)),
        factor=_factors(names, kinds, regions, days, day, draw),
        hours=np.full(slices, 8760.0 / slices), discount=5 * 1.05 ** (-5.0 * np.arange(periods)),
        demand=demand, stock=_each(kinds, STOCK) * draw.uniform(0.5, 1.2, (regions, count)),
        potential=draw.uniform(40, 150, (regions, count)),
        supply=draw.uniform(0.4, 4.0, (regions, count, periods)) * 1e5 * scale,
        store_cost=draw.uniform(60, 250, (regions, stores)),
        store_hours=np.array([4.0, 8.0, 24.0])[:stores], emission=burnt,
        emission_cap=np.linspace(1.0, 0.15, periods) * regions * 2.5e4 * scale,
        peak=demand[:, ELECTRICITY].max(axis=2) * 1.5,
        credit=np.array([CREDIT.get(kind, 0.0) for kind in kinds]),
    )  # fmt: skip


def _technologies(count: int, demands: int, draw: Any) -> tuple[Any, ...]:
    """Return names, kinds, and amounts of carriers out and in of each technology."""
    names, kinds = [f"{fuel} supply" for fuel in FUELS], ["supply"] * len(FUELS)
    outputs, inputs = {(t, t): 1.0 for t in range(len(FUELS))}, {}

    def add(name: str, kind: str, out: dict[int, float], into: dict[int, float]) -> None:
        outputs.update({(len(names), c): amount for c, amount in out.items()})
        inputs.update({(len(names), c): amount for c, amount in into.items()})
        names.append(name)
        kinds.append(kind)

    add("electrolyser", "convert", {HYDROGEN: 1.0}, {ELECTRICITY: 1.4})
    add("boiler", "convert", {HEAT: 1.0}, {1: 1.1})
    for j in range(max(3, (count - 7) * 2 // 5)):
        source = POWER[j % len(POWER)]
        if source in ("wind", "solar"):
            add(source, "renewable", {ELECTRICITY: 1.0}, {})
        elif source == "chp":
            add(source, "power", {ELECTRICITY: 1.0, HEAT: 0.7}, {1: 2.2})
        else:
            add(source, "power", {ELECTRICITY: 1.0}, {FUELS.index(source): draw.uniform(1.6, 3)})
    carriers = (ELECTRICITY, 1, 2, HYDROGEN, HEAT, 0, 3)
    while len(names) < count:
        j = len(names)
        taken = carriers[j // demands % len(carriers)]
        add("use", "use", {8 + j % demands: 1.0}, {taken: draw.uniform(0.5, 2.0)})
    return names, tuple(kinds), outputs, inputs


def _each(kinds: tuple[str, ...], values: dict[str, float]) -> Array:
    return np.array([values[kind] for kind in kinds])


def _standing(kinds: tuple[str, ...], periods: int) -> Array:
    found = [
        (t, v, p)
        for t, kind in enumerate(kinds)
        for v in range(periods + 1)
        for p in range(max(0, v - 1), periods)
        if STEP * (p + 1 - v) < LIFE[kind]
    ]
    return np.array(found, np.int32)


def _links(regions: int) -> Array:
    pairs = [(a, (a + step) % regions) for a in range(regions) for step in (1, regions - 1)]
    pairs = sorted({pair for pair in pairs if pair[0] != pair[1]})
    return np.array([(a, b, c) for a, b in pairs for c in (ELECTRICITY, 1)], np.int32)


def _factors(names: Any, kinds: Any, regions: int, days: int, day: int, draw: Any) -> Array:
    hour = np.tile(np.arange(day) * 24 / day, days)
    sun = np.maximum(0.0, np.sin((hour - 6) / 12 * np.pi))
    factor = np.full((regions, len(kinds), days * day), 0.9)
    for t, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        if kind == "supply":
            factor[:, t] = 1.0
        elif name == "solar":
            factor[:, t] = np.round(sun * draw.uniform(0.3, 0.8, (regions, days * day)), 4)
        elif name == "wind":
            factor[:, t] = draw.uniform(0.05, 0.8, (regions, days * day))
    return factor


def _demand(
    regions: int, carriers: int, periods: int, slices: int, served: Array, draw: Any
) -> Array:
    demand = np.zeros((regions, carriers, periods, slices))
    growth = 1.08 ** np.arange(periods)[:, None]
    for c in served:
        level, shape = draw.uniform(2, 12, (regions, 1, 1)), draw.uniform(0.6, 1.2, slices)
        demand[:, c] = level * growth * shape
    return demand
