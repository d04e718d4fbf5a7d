"""The published Temoa formulation, written out row by row, to compare an import with.

Slow and plain on purpose: expressions are dicts of columns. Written from the equations of the Temoa
documentation (loans, capacity, flows, demands, storage, limits); it knows nothing of carbonpath.
Every row of a table is a tuple in the order of the columns of schema v4.
"""
# ruff: noqa: C901, D102 - a list of equations, named as in the documentation

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import coo_array

from tests.reference.published import Line, plus, times

Rows = list[tuple[Any, ...]]
SENSE = {"le": (-np.inf, 0.0), "ge": (0.0, np.inf), "e": (0.0, 0.0)}


@dataclass
class Temoa:
    """A database as tuples, and the rows collected so far."""

    tables: Mapping[str, Rows]
    sequencing: str = "seasonal_timeslices"
    margin: str = "static"
    rows: list[tuple[Line, float, float]] = field(default_factory=list)

    def __getitem__(self, table: str) -> Rows:
        return self.tables.get(table, [])

    def get(self, table: str, *key: Any, otherwise: float = 0.0) -> float:
        """The number that follows a key at the start of a row."""
        return next((r[len(key)] for r in self[table] if r[: len(key)] == key), otherwise)

    @cached_property
    def future(self) -> list[int]:
        return sorted(p for p, flag in self["time_period"] if flag == "f")

    @property
    def periods(self) -> list[int]:
        return self.future[:-1]

    def length(self, p: int) -> int:
        return self.future[self.future.index(p) + 1] - p

    @cached_property
    def slices(self) -> dict[tuple[str, str], float]:
        return {(s, d): share * hours / 24 for s, share in self["time_season"]
                for d, hours in self["time_of_day"]}  # fmt: skip

    def season(self, s: str) -> float:
        return sum(share for (s_, _), share in self.slices.items() if s_ == s)

    def tech(self, t: str, name: str) -> Any:
        names = ("tech", "flag", "unlim_cap", "annual", "reserve", "retire", "flex", "seas_stor")
        row = next(r for r in self["technology"] if r[0] == t)
        return dict(zip(names, row, strict=False))[name]

    def life(self, r: str, t: str, v: int) -> float:
        usual = self.get("lifetime_tech", r, t, otherwise=40.0)
        return self.get("lifetime_process", r, t, v, otherwise=usual)

    def curve(self, r: str, t: str, v: int) -> dict[int, float]:
        points = {y: x for r_, y, t_, v_, x in self["lifetime_survival_curve"]
                  if (r_, t_, v_) == (r, t, v)}  # fmt: skip
        if not points:
            return {}
        years = range(min(points), max(points) + 1)
        return {y: float(np.interp(y, sorted(points), [points[k] for k in sorted(points)]))
                for y in years}  # fmt: skip

    def left(self, p: int, r: str, t: str, v: int) -> float:
        """Share of a period that a process serves."""
        curve, n = self.curve(r, t, v), self.length(p)
        if curve:
            return min(1.0, sum(curve.get(y, 0.0) for y in range(p, p + n)) / n)
        return min(1.0, (v + self.life(r, t, v) - p) / n)

    @cached_property
    def processes(self) -> dict[tuple[str, int, str, int], dict[tuple[str, str], float]]:
        """[r,p,t,v]: efficiency by input and output."""
        found: dict[Any, dict[tuple[str, str], float]] = {}
        for r, i, t, v, o, eff in self["efficiency"]:
            stands = self.tech(t, "unlim_cap") or self.get("existing_capacity", r, t, v)
            if v < self.future[0] and not stands:
                continue
            for p in self.periods:
                if v <= p < v + self.life(r, t, v):
                    found.setdefault((r, p, t, v), {})[i, o] = eff
        return found

    def efficiency(self, key: Any, io: Any, sd: Any) -> float:
        """Efficiency in a slice: that of the process times the factor of the slice."""
        r, _, t, v = key
        factor = self.get("efficiency_variable", r, *sd, io[0], t, v, io[1], otherwise=1.0)
        return self.processes[key][io] * factor

    def charged(self, key: Any, sd: Any) -> Line:
        """What charging adds to a store in a slice."""
        return {("in", *key, io, sd): self.efficiency(key, io, sd) for io in self.processes[key]}

    def out(self, key: Any, pairs: Iterable[Any], parts: Iterable[Any]) -> Line:
        """Output of a process through some pairs in some slices."""
        return {("out", *key, io, sd): 1.0 for io in pairs for sd in parts}

    def made(self, key: Any) -> Line:
        return self.out(key, self.processes[key], self.slices)

    def hold(self, line: Line, op: str = "e", value: float = 0.0) -> None:
        low, high = SENSE[op]
        constant = value - line.pop(None, 0.0)
        self.rows.append((line, low + constant, high + constant))

    def capacity(self, r: str, p: int, t: str, v: int) -> Line:
        """Capacity: what was built or stood, less what was retired, times the share served."""
        line: Line = {("new", r, t, v): 1.0}
        if v < self.future[0]:
            line = {None: self.get("existing_capacity", r, t, v)}
        if self.tech(t, "retire"):
            for q in self.periods:
                if v < q <= p and q <= v + self.life(r, t, v) - self.length(q):
                    curve = self.curve(r, t, v)
                    line[("retired", r, q, t, v)] = -1.0 / (curve.get(q, 1.0) if curve else 1.0)
        return times(self.left(p, r, t, v), line)

    def full(self, key: Any) -> Line:
        r, p, t, v = key
        activity = self.get("capacity_to_activity", r, t, otherwise=1.0)
        return times(activity, self.capacity(r, p, t, v))

    def factor(self, key: Any, sd: tuple[str, str]) -> float:
        r, _, t, v = key
        usual = self.get("capacity_factor_tech", r, *sd, t, otherwise=1.0)
        return self.get("capacity_factor_process", r, *sd, t, v, otherwise=usual)

    def share(self, r: str, p: int, c: str, sd: tuple[str, str]) -> float:
        given = [x for x in self["demand_specific_distribution"] if x[:2] + x[4:5] == (r, p, c)]
        return self.get("demand_specific_distribution", r, p, *sd, c) if given else self.slices[sd]

    def objective(self) -> float:
        cost = self.cost()
        for build in (self.operation, self.storage, self.balance, self.demand, self.limits,
                      self.splits, self.growth, self.changes, self.ramps, self.renewables,
                      self.bound_technologies):  # fmt: skip
            build()
        columns = {key: None for line, _, _ in self.rows for key in line} | dict.fromkeys(cost)
        columns.pop(None, None)
        place = {key: number for number, key in enumerate(columns)}
        entries = [(i, place[k], x) for i, (line, _, _) in enumerate(self.rows)
                   for k, x in line.items() if k is not None]  # fmt: skip
        i, j, x = (np.array(part) for part in zip(*entries, strict=True))
        matrix = coo_array((x, (i.astype(int), j.astype(int))), (len(self.rows), len(place)))
        low, high = (np.array([row[n] for row in self.rows]) for n in (1, 2))
        weights = np.array([cost.get(key, 0.0) for key in place])
        found = milp(weights, constraints=LinearConstraint(matrix.tocsr(), low, high))
        assert found.status == 0, found.message
        return float(found.fun) + cost.get(None, 0.0)

    def operation(self) -> None:
        """Output within capacity in every slice (annual: over the year), one shape, steadiness."""
        for key, pairs in self.processes.items():
            r, p, t, _ = key
            if not self.tech(t, "unlim_cap"):
                self.hold(self.capacity(*key), "ge")
            if self.tech(t, "annual"):
                for io in pairs:
                    year = self.out(key, [io], self.slices)
                    for sd in self.slices:
                        part = self.out(key, [io], [sd])
                        share = self.share(r, p, io[1], sd)
                        self.hold(plus(part, times(-share, year)))
                if not any(self.kind(o) == "d" for _, o in pairs):
                    if not self.tech(t, "unlim_cap"):
                        self.hold(plus(self.full(key), times(-1.0, self.made(key))), "ge")
                    continue
            for sd, share in self.slices.items():
                runs = self.out(key, pairs, [sd])
                if self.tech(t, "flag") == "ps":
                    runs = plus(runs, self.charged(key, sd))
                if not self.tech(t, "unlim_cap"):
                    able = times(self.factor(key, sd) * share, self.full(key))
                    self.hold(plus(able, times(-1.0, runs)), "ge")
                first = next(x for x in self.slices if x[0] == sd[0])
                if self.tech(t, "flag") == "pb" and sd != first:
                    other = self.out(key, pairs, [first])
                    self.hold(plus(times(self.slices[first], runs), times(-share, other)))

    def kind(self, c: str) -> str:
        return next(flag for name, flag in self["commodity"] if name == c)

    def steps(self) -> list[tuple[str, tuple[str, str], float]]:
        """Seasons as they follow one another: name, slice, share of the season's days."""
        rows = self["time_season_sequential"] or [(s, s, x) for s, x in self["time_season"]]
        return [(name, sd, share / self.season(s))
                for name, s, share in rows for sd in self.slices if sd[0] == s]  # fmt: skip

    def after(self, sd: tuple[str, str]) -> tuple[str, str]:
        """The slice that follows in the day, or among consecutive days."""
        days = self.sequencing == "consecutive_days"
        inside = [x for x in self.slices if days or x[0] == sd[0]]
        return inside[(inside.index(sd) + 1) % len(inside)]

    def storage(self) -> None:
        """Levels by day within their season or from day to day, or along the year's sequence."""
        for key in self.processes:
            if self.tech(key[2], "flag") == "ps":
                self.along(key) if self.tech(key[2], "seas_stor") else self.by_day(key)

    def size(self, key: Any) -> Line:
        hours = self.get("storage_duration", key[0], key[2], otherwise=4.0)
        return times(hours / 8760, self.full(key))

    def net(self, key: Any, sd: Any) -> Line:
        return plus(self.charged(key, sd), times(-1.0, self.out(key, self.processes[key], [sd])))

    def fractions(self, key: Any, season: str, d: str, level: Line) -> None:
        for r, s, d_, t, op, share in self["limit_storage_level_fraction"]:
            if (r, t, s, d_) == (key[0], key[2], season, d):
                self.hold(plus(level, times(-share, self.size(key))), op)

    def by_day(self, key: Any) -> None:
        for sd in self.slices:
            now, then = {("level", *key, sd): 1.0}, {("level", *key, self.after(sd)): -1.0}
            self.hold(plus(now, self.net(key, sd), then))
            scale = self.season(sd[0]) * 365
            self.hold(plus(times(scale, self.size(key)), times(-1.0, now)), "ge")
            self.fractions(key, *sd, times(1 / scale, now))

    def along(self, key: Any) -> None:
        """Seasonal storage: a level for each season of the sequence, and one within its days."""
        row, days = self.steps(), len(self["time_of_day"])

        def level(step: Any) -> Line:
            name, sd, share = step
            return {("season", *key, name): 1.0, ("level", *key, sd): share}

        for n, step in enumerate(row):
            _, sd, share = step
            if (n + 1) % days:
                then = {("level", *key, row[n + 1][1]): -1.0}
                self.hold(plus({("level", *key, sd): 1.0}, self.net(key, sd), then))
            else:
                following = level(row[(n + 1) % len(row)])
                gained = times(share, self.net(key, sd))
                self.hold(plus(level(step), gained, times(-1.0, following)))
            self.hold(plus(self.size(key), times(-1.0, level(step))), "ge")
            self.fractions(key, step[0], sd[1], level(step))

    def ramps(self) -> None:
        """Output changes between slices that follow one another no faster than it may."""
        pairs = {(sd, self.after(sd)) for sd in self.slices}
        if self.sequencing == "representative_periods":
            row, days = self.steps(), len(self["time_of_day"])
            for n, (_, sd, _) in enumerate(row):
                if not (n + 1) % days:
                    pairs.add((sd, row[(n + 1) % len(row)][1]))
        hours = dict(self["time_of_day"])
        for table, sign in (("ramp_up_hourly", 1.0), ("ramp_down_hourly", -1.0)):
            for key in self.processes:
                rate = self.get(table, key[0], key[2], otherwise=-1.0)
                for one, two in pairs if rate >= 0 else ():
                    share = rate * (hours[one[1]] + hours[two[1]]) / 2
                    if share >= 1:
                        continue
                    line = [self.out(key, self.processes[key], [x]) for x in (two, one)]
                    rise = plus(times(sign / self.slices[two], line[0]),
                                times(-sign / self.slices[one], line[1]))  # fmt: skip
                    self.hold(plus(times(share, self.full(key)), times(-1.0, rise)), "ge")

    def survives(self, r: str, t: str, v: int, year: int) -> float:
        curve = self.curve(r, t, v)
        return curve.get(year, 0.0) if curve else 1.0

    def ends(self, r: str, t: str, v: int) -> float:
        curve = self.curve(r, t, v)
        return max(curve) if curve else v + self.life(r, t, v)

    def retired(self, r: str, p: int, t: str, v: int) -> Line:
        """Yearly retirement: capacity at the start of a period less that at its end."""
        if self.tech(t, "unlim_cap"):
            return {}
        end, n = self.ends(r, t, v), self.length(p)
        natural = p <= end < p + n
        early = self.tech(t, "retire") and v < p <= end - n
        if not (natural or early or (self.curve(r, t, v) and v <= p <= end)):
            return {}
        if p == end and p == self.periods[0]:
            old = self.get("existing_capacity", r, t, v)
            start: Line = {None: old * self.survives(r, t, v, p)}
        else:
            at = self.periods[self.periods.index(p) - 1] if p == end else p
            share = self.survives(r, t, v, p) / self.left(at, r, t, v)
            start = times(share, self.capacity(r, at, t, v))
        after = self.future[self.future.index(p) + 1]
        if natural:
            stop: Line = {}
        elif p == self.periods[-1] or after == end:
            stop = times(self.survives(r, t, v, after) / self.survives(r, t, v, p), start)
        else:
            share = self.survives(r, t, v, after) / self.left(after, r, t, v)
            stop = times(share, self.capacity(r, after, t, v))
        return times(1 / n, plus(start, times(-1.0, stop)))

    def yielded(self, table: str, r: str, p: int, c: str) -> Line:
        """What capacity gives of a commodity when it leaves."""
        lines: list[Line] = [{}]
        for row in self[table]:
            r_, t, v, c_ = row[:4] if table == "end_of_life_output" else (
                row[0], row[2], row[3], row[1])  # fmt: skip
            if (r_, c_) == (r, c):
                lines.append(times(row[4], self.retired(r, p, t, v)))
        return plus(*lines)

    def balance(self) -> None:
        """Commodities that something makes and something takes."""
        made: dict[Any, Line] = {}
        taken: dict[Any, Line] = {}

        def note(store: dict[Any, Line], at: Any, line: Line) -> None:
            store[at] = plus(store.get(at, {}), line)

        for key, pairs in self.processes.items():
            r, p, t, v = key
            source, _, target = r.partition("-")
            for i, o in pairs:
                for sd in self.slices:
                    out = self.out(key, [(i, o)], [sd])
                    into = {("in", *key, (i, o), sd): 1.0}
                    storing = self.tech(t, "flag") == "ps"
                    need = 1 / self.efficiency(key, (i, o), sd)
                    note(taken, (source, p, i, sd), into if storing else times(need, out))
                    waste = {("flex", *key, (i, o), sd): -1.0} if self.tech(t, "flex") else {}
                    note(made, (target or source, p, o, sd), plus(out, waste))
                    if waste:
                        self.hold(plus(out, waste), "ge")
            for r_, i, t_, v_, x in self["construction_input"]:
                if (r_, t_, v_) == (r, t, v) and v == p:
                    for sd, share in self.slices.items():
                        new = {("new", r, t, v): x * share / self.length(p)}
                        note(taken, (r, p, i, sd), new)
        for r, t, v, c, _ in self["end_of_life_output"]:
            for p in self.periods:
                line = self.retired(r, p, t, v)
                for sd, share in self.slices.items() if line else ():
                    value = self.get("end_of_life_output", r, t, v, c)
                    note(made, (r, p, c, sd), times(share * value, line))
        for at in made.keys() & taken.keys():
            if self.kind(at[2]) == "d":
                continue
            net = plus(made[at], times(-1.0, taken[at]))
            if "a" not in self.kind(at[2]):
                self.hold(net, "ge" if "w" in self.kind(at[2]) else "e")
        yearly = {at[:3] for at in made.keys() & taken.keys() if "a" in self.kind(at[2])}
        for at in yearly:
            parts = [plus(made[*at, sd], times(-1.0, taken[*at, sd])) for sd in self.slices]
            self.hold(plus(*parts), "ge" if "w" in self.kind(at[2]) else "e")

    def demand(self) -> None:
        """What is made of a demand over the year, and its distribution."""
        for r, p, c, value in self["demand"]:
            makers = [key for key, pairs in self.processes.items()
                      if key[:2] == (r, p) and any(o == c for _, o in pairs)]  # fmt: skip
            for key in makers:
                pairs = [io for io in self.processes[key] if io[1] == c]
                for sd in self.slices:
                    part, year = self.out(key, pairs, [sd]), self.out(key, pairs, self.slices)
                    self.hold(plus(part, times(-self.share(r, p, c, sd), year)))
            every = (self.out(key, [io for io in self.processes[key] if io[1] == c], self.slices)
                     for key in makers)  # fmt: skip
            self.hold(plus(*every), "e", value)

    def among(self, region: str, group: str, p: int) -> list[Any]:
        regions = [r for (r,) in self["region"]] if region == "global" else region.split("+")
        members = [t for g, t in self["tech_group_member"] if g == group] or group.split("+")
        return [key for key in self.processes if key[0] in regions and key[1] == p
                and key[2] in members]  # fmt: skip

    def total(self, what: str, region: str, group: str, p: int) -> Line:
        """Activity, capacity or new capacity of a group in a period."""
        keys = self.among(region, group, p)
        if what == "activity":
            return plus(*(self.made(key) for key in keys))
        if what == "capacity":
            return plus(*(self.capacity(*key) for key in keys))
        return {("new", r, t, v): 1.0 for r, _, t, v in keys if v == p}

    def limits(self) -> None:
        """Bounds, shares, capacity factors, emissions, lines."""
        for what in ("activity", "capacity", "new_capacity"):
            for r, p, t, op, x in self[f"limit_{what}"]:
                self.hold(self.total(what, r, t, p), op, x)
            for r, p, sub, whole, op, x in self[f"limit_{what}_share"]:
                of = self.total(what, r, whole, p)
                self.hold(plus(self.total(what, r, sub, p), times(-x, of)), op)
        for r, t, op, x in self["limit_resource"]:
            self.hold(plus(*(self.total("activity", r, t, p) for p in self.periods)), op, x)
        for p in self.periods:
            for r, t, v, o, op, x in self["limit_annual_capacity_factor"]:
                keys = [key for key in self.among(r, t, p) if key[3] == v]
                runs = (self.out(k, [io for io in self.processes[k] if io[1] == o], self.slices)
                        for k in keys)  # fmt: skip
                if keys:
                    full = plus(*(self.full(key) for key in keys))
                    self.hold(plus(*runs, times(-x, full)), op)
            for r, s, t, op, x in self["limit_seasonal_capacity_factor"]:
                keys = self.among(r, t, p)
                inside = [sd for sd in self.slices if sd[0] == s]
                runs = (self.out(key, self.processes[key], inside) for key in keys)
                full = plus(*(self.full(key) for key in keys))
                self.hold(plus(*runs, times(-x * self.season(s), full)), op)
        for r, p, e, op, x in self["limit_emission"]:
            regions = [r_ for (r_,) in self["region"]] if r == "global" else r.split("+")
            self.hold(plus(*(self.emitted(r_, p, e) for r_ in regions)), op, x)
        for key in self.processes:
            ends = key[0].split("-")
            if len(ends) == 2:
                back = self.capacity(f"{ends[1]}-{ends[0]}", *key[1:])
                self.hold(plus(self.capacity(*key), times(-1.0, back)))

    def emitted(self, r: str, p: int, e: str) -> Line:
        lines: list[Line] = [{}]
        for r_, e_, i, t, v, o, x in self["emission_activity"]:
            if (r_, e_) == (r, e) and (r, p, t, v) in self.processes:
                lines.append(times(x, self.out((r, p, t, v), [(i, o)], self.slices)))
        for r_, e_, t, v, x in self["emission_embodied"]:
            if (r_, e_, v) == (r, e, p):
                lines.append({("new", r, t, v): x / self.length(p)})
        return plus(*lines, self.yielded("emission_end_of_life", r, p, e))

    def splits(self) -> None:
        """Shares of inputs and outputs."""
        for side, place in (("input", 0), ("output", 1)):
            for suffix in ("", "_annual"):
                for row in self[f"limit_tech_{side}_split{suffix}"]:
                    r, p, a, b, op, x = row
                    c, t = (b, a) if place else (a, b)
                    for key in self.among(r, t, p):
                        self.split(key, place, c, op, x, by_slice=not suffix)

    def split(self, key: Any, place: int, c: str, op: str, x: float, *, by_slice: bool) -> None:
        pairs = self.processes[key]
        own = [io for io in pairs if io[place] == c]
        if not own or (self.tech(key[2], "annual") and by_slice):
            return
        for parts in [[sd] for sd in self.slices] if by_slice else [list(self.slices)]:

            def part(chosen: Any, parts: Any = parts) -> Line:
                lines = ({("out", *key, io, sd): 1 if place else 1 / self.efficiency(key, io, sd)
                          for sd in parts} for io in chosen)  # fmt: skip
                return plus(*lines)

            self.hold(plus(part(own), times(-x, part(pairs))), op)

    def growth(self) -> None:
        """Growth and decline of capacity and of what is built."""
        for what in ("capacity", "new_capacity"):
            for kind in ("growth", "degrowth"):
                for r, t, op, rate, seed in self[f"limit_{kind}_{what}"]:
                    for n, p in enumerate(self.periods):
                        now = self.total(what, r, t, p)
                        before = self.total(what, r, t, self.periods[n - 1]) if n else {
                            None: self.past(what, r, t)}  # fmt: skip
                        if kind == "degrowth":
                            now, before = before, now
                        self.hold(plus(now, times(-1 - rate, before)), op, seed)

    def changes(self) -> None:
        """Growth and decline of the change of what is built."""
        past = sorted(p for p, flag in self["time_period"] if flag == "e")
        for kind in ("growth", "degrowth"):
            for r, t, op, rate, seed in self[f"limit_{kind}_new_capacity_delta"]:
                built = [{None: self.old(r, t, p)} for p in past[-2:]]
                built += [self.total("new_capacity", r, t, p) for p in self.periods]
                for n in range(2, len(built)):
                    now = plus(built[n], times(-1.0, built[n - 1]))
                    before = plus(built[n - 1], times(-1.0, built[n - 2]))
                    if kind == "degrowth":
                        now, before = before, now
                    self.hold(plus(now, times(-1 - rate, before)), op, seed)

    def old(self, r: str, t: str, p: int) -> float:
        return sum(x for r_, t_, v, x in self["existing_capacity"] if (r_, t_, v) == (r, t, p))

    def past(self, what: str, region: str, t: str) -> float:
        last = max((p for p, flag in self["time_period"] if flag == "e"), default=0)
        total = 0.0
        for r, t_, v, x in self["existing_capacity"]:
            if (r, t_) != (region, t):
                continue
            years = v + self.life(r, t, v) - last
            if what == "new_capacity":
                total += x * (v == last)
            elif years > 0:
                total += x * min(1.0, years / (self.periods[0] - last))
        return total

    def bound_technologies(self) -> None:
        """Linked technologies, and reserve margins by the static method."""
        for r, t, e, driven in self["linked_tech"]:
            for key in [k for k in self.processes if (k[0], k[2]) == (r, t)]:
                for sd in self.slices:
                    rows = [x for x in self["emission_activity"]
                            if (x[0], x[1], x[3], x[4]) == (r, e, t, key[3])]  # fmt: skip
                    lines = (times(x[6], self.out(key, [(x[2], x[5])], [sd])) for x in rows)
                    other = (r, key[1], driven, key[3])
                    made = self.out(other, self.processes[other], [sd])
                    self.hold(plus(*lines, made))
        for r, margin in self["planning_reserve_margin"]:
            for p in self.periods:
                keys = [k for k in self.processes if k[1] == p and self.tech(k[2], "reserve")]
                for sd in self.slices if any(k[0] == r for k in keys) else ():
                    self.hold(plus(*(self.reserve(k, r, sd, margin) for k in keys)), "ge")

    def firm(self, key: Any, sd: Any) -> Line:
        """What a process counts in a slice: by its credit, or by what it could make then."""
        r, p, t, v = key
        if self.margin == "static":
            credit = self.get("capacity_credit", r, p, t, v)
            return times(credit * self.slices[sd], self.full(key))
        derate = self.get("reserve_capacity_derate", r, sd[0], t, v, otherwise=1.0)
        if self.tech(t, "flag") == "ps":
            into = {("in", *key, io, sd): -derate for io in self.processes[key]}
            return plus(times(derate, self.out(key, self.processes[key], [sd])), into)
        return times(derate * self.factor(key, sd) * self.slices[sd], self.full(key))

    def reserve(self, key: Any, region: str, sd: Any, margin: float) -> Line:
        r, _, t, _ = key
        source, _, target = r.partition("-")
        pairs = self.processes[key]
        runs = self.out(key, pairs, [sd])
        if r == region:
            storing = self.tech(t, "flag") == "ps"
            into = {("in", *key, io, sd): 1.0 for io in pairs} if storing else {}
            return plus(self.firm(key, sd), times(-1 - margin, runs), times(1 + margin, into))
        if target == region:
            return plus(self.firm(key, sd), times(-1 - margin, runs))
        if target and source == region:
            sent = plus(*(times(1 / self.efficiency(key, io, sd), self.out(key, [io], [sd]))
                          for io in pairs))  # fmt: skip
            return plus(times(1 + margin, sent), times(-1.0, self.firm(key, sd)))
        return {}

    def renewables(self) -> None:
        """The share of a group in the output of all technologies with reserve."""
        for r, p, group, share in self["rps_requirement"]:
            every = [k for k in self.processes if k[:2] == (r, p) and self.tech(k[2], "reserve")]
            members = [t for g, t in self["tech_group_member"] if g == group]
            own = [self.made(k) for k in every if k[2] in members]
            self.hold(plus(*own, *(times(-share, self.made(k)) for k in every)), "ge")

    def cost(self) -> Line:
        """Loans, fixed, variable and emission costs, discounted to the first period."""
        rate = self.get("metadata_real", "global_discount_rate")
        zero, end = self.future[0], self.future[-1]

        def worth(i: float, n: float) -> float:
            return n if i == 0 else (1 - (1 + i) ** -n) / i

        parts: list[Line] = [{None: 0.0}]
        for r, t, v, x in self["cost_invest"]:
            if v not in self.periods:
                continue
            life = self.life(r, t, v)
            loan = self.get("loan_lifetime_process", r, t, v, otherwise=life)
            usual = self.get("metadata_real", "default_loan_rate")
            yearly = x / worth(self.get("loan_rate", r, t, v, otherwise=usual), loan)
            value = yearly * worth(rate, int(loan))
            curve = self.curve(r, t, v)
            if curve:
                each = {y: c * (1 + rate) ** -(y - v + 1) for y, c in curve.items()}
                value *= sum(c for y, c in each.items() if y < end) / sum(each.values())
            else:
                value *= worth(rate, min(life, end - v)) / worth(rate, life)
            parts.append({("new", r, t, v): value * (1 + rate) ** -(v - zero)})
        for key in self.processes:
            r, p, t, v = key
            years = worth(rate, self.length(p)) * (1 + rate) ** -(p - zero)
            runs = times(self.get("cost_variable", r, p, t, v), self.made(key))
            fixed = times(self.get("cost_fixed", r, p, t, v), self.capacity(*key))
            parts.append(times(years, plus(runs, {} if self.tech(t, "unlim_cap") else fixed)))
        for r, p, e, x in self["cost_emission"]:
            years = worth(rate, self.length(p)) * (1 + rate) ** -(p - zero)
            parts.append(times(years * x, self.emitted(r, p, e)))
        return plus(*parts)
