"""The published OSeMOSYS formulation, written out row by row, to compare an import with.

Slow and plain on purpose: expressions are dicts of columns, one row for each equation. Written from
the equations of the OSeMOSYS documentation; it knows nothing of carbonpath.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import coo_array

Line = dict[Any, float]


def plus(*lines: Line) -> Line:
    total: Line = {}
    for line in lines:
        for key, value in line.items():
            total[key] = total.get(key, 0.0) + value
    return total


def times(factor: float, line: Line) -> Line:
    return {key: factor * value for key, value in line.items()}


@dataclass
class Published:
    """An OSeMOSYS model: sets, values (given, then default) and the rows collected so far."""

    sets: Mapping[str, tuple[str, ...]]
    given: Mapping[str, Mapping[tuple[str, ...], float]]
    defaults: Mapping[str, float]
    rows: list[tuple[Line, float, float]] = field(default_factory=list)
    whole: set[Any] = field(default_factory=set)
    free: set[Any] = field(default_factory=set)

    def __call__(self, name: str, *key: str) -> float:
        """The value for a key, or the default."""
        found = self.given.get(name, {}).get(key)
        return self.defaults[name] if found is None else found

    def __getitem__(self, name: str) -> tuple[str, ...]:
        """The members of a set."""
        return self.sets.get(name, ())

    def row(self, line: Line, low: float = -np.inf, high: float = np.inf) -> None:
        """Hold a line between bounds; its constant (key None) is moved to them."""
        constant = line.pop(None, 0.0)
        self.rows.append((line, low - constant, high - constant))

    def objective(self) -> float:
        """Solve; return the published objective."""
        cost = self.cost()
        for build in (self.capacity, self.balance, self.limits, self.targets, self.storage):
            build()
        columns = {key: None for line, _, _ in self.rows for key in line} | dict.fromkeys(cost)
        columns.pop(None, None)
        place = {key: number for number, key in enumerate(columns)}
        entries = [(i, place[k], v) for i, (line, _, _) in enumerate(self.rows)
                   for k, v in line.items()]  # fmt: skip
        i, j, v = (np.array(x) for x in zip(*entries, strict=True))
        matrix = coo_array((v, (i.astype(int), j.astype(int))), (len(self.rows), len(place)))
        low, high = (np.array([row[n] for row in self.rows]) for n in (1, 2))
        found = milp(
            np.array([cost.get(key, 0.0) for key in place]),
            constraints=LinearConstraint(matrix.tocsr(), low, high),
            integrality=np.array([key in self.whole for key in place]),
            bounds=(np.array([-np.inf if k in self.free else 0.0 for k in place]), np.inf),
            options={"mip_rel_gap": 1e-9},
        )
        assert found.status == 0, found.message
        return float(found.fun) + cost.get(None, 0.0)

    def every(self, *names: str) -> Any:
        """Every combination of members of some sets."""
        return product(*(self[name] for name in names))

    def total(self, r: str, t: str, y: str) -> Line:
        """Capacity that stands: what is left of old, and what was built within its life."""
        life = self("OperationalLife", r, t)
        built = {("new", r, t, b): 1.0 for b in self["YEAR"] if 0 <= int(y) - int(b) < life}
        return plus({None: self("ResidualCapacity", r, t, y)}, built)

    def rate(self, r: str, s: str, t: str, m: str, y: str, factor: float = 1.0) -> Line:
        """Rate of a mode in a slice."""
        return {("rate", r, s, t, m, y): factor}

    def activity(self, r: str, t: str, y: str, m: str = "") -> Line:
        """Activity of a year."""
        modes = (m,) if m else self["MODE_OF_OPERATION"]
        slices = self["TIMESLICE"]
        return plus(*(self.rate(r, s, t, m, y, self("YearSplit", s, y))
                      for s in slices for m in modes))  # fmt: skip

    def flow(self, name: str, r: str, s: str, f: str, y: str, only: str = "") -> Line:
        """Rate of making or taking a fuel in a slice."""
        technologies = (only,) if only else self["TECHNOLOGY"]
        return plus(*(self.rate(r, s, t, m, y, self(name, r, t, f, m, y))
                      for t in technologies for m in self["MODE_OF_OPERATION"]
                      if self(name, r, t, f, m, y)))  # fmt: skip

    def capacity(self) -> None:
        """Rates within capacity, availability of the year, whole units."""
        for r, t, y in self.every("REGION", "TECHNOLOGY", "YEAR"):
            able = self("CapacityToActivityUnit", r, t)
            total, year = self.total(r, t, y), 0.0
            for s in self["TIMESLICE"]:
                factor = self("CapacityFactor", r, t, s, y)
                year += factor * self("YearSplit", s, y)
                runs = plus(*(self.rate(r, s, t, m, y) for m in self["MODE_OF_OPERATION"]))
                self.row(plus(runs, times(-factor * able, total)), high=0.0)
            if (share := self("AvailabilityFactor", r, t, y)) < 1:
                runs = self.activity(r, t, y)
                self.row(plus(runs, times(-year * share * able, total)), high=0.0)
            if unit := self("CapacityOfOneTechnologyUnit", r, t, y):
                self.whole.add(("units", r, t, y))
                self.row({("units", r, t, y): unit, ("new", r, t, y): -1.0}, 0.0, 0.0)

    def balance(self) -> None:
        """Fuels by slice and by year."""
        for r, f, y in self.every("REGION", "FUEL", "YEAR"):
            yearly: Line = {}
            for s in self["TIMESLICE"]:
                split = self("YearSplit", s, y)
                made = times(split, self.flow("OutputActivityRatio", r, s, f, y))
                taken = times(-split, self.flow("InputActivityRatio", r, s, f, y))
                net = plus(made, taken, self.sent(r, s, f, y))
                demand = self("SpecifiedAnnualDemand", r, f, y)
                self.row(dict(net), demand * self("SpecifiedDemandProfile", r, f, s, y))
                yearly = plus(yearly, net)
            self.row(yearly, self("AccumulatedAnnualDemand", r, f, y))

    def sent(self, r: str, s: str, f: str, y: str) -> Line:
        """What trade takes from a balance: one free amount for each pair of regions."""
        found: Line = {}
        for other in self["REGION"]:
            if part := self("TradeRoute", r, other, f, y):
                first = min(r, other)
                key = ("trade", *sorted((r, other)), s, f, y)
                self.free.add(key)
                found = plus(found, {key: -part if r == first else part})
        return found

    def limits(self) -> None:
        """Bounds of capacity, additions and activity; -1 is none."""

        def bound(line: Line, low: float, high: float) -> None:
            self.row(line, low if low > 0 else -np.inf, np.inf if high == -1 else high)

        for r, t in self.every("REGION", "TECHNOLOGY"):
            for y in self["YEAR"]:
                ends = lambda a, b, r=r, t=t, y=y: (self(a, r, t, y), self(b, r, t, y))  # noqa: E731
                bound(self.total(r, t, y),
                      *ends("TotalAnnualMinCapacity", "TotalAnnualMaxCapacity"))  # fmt: skip
                added = (f"TotalAnnual{end}CapacityInvestment" for end in ("Min", "Max"))
                bound({("new", r, t, y): 1.0}, *ends(*added))
                name = "TotalTechnologyAnnualActivity"
                bound(self.activity(r, t, y), *ends(f"{name}LowerLimit", f"{name}UpperLimit"))
            name = "TotalTechnologyModelPeriodActivity"
            bound(plus(*(self.activity(r, t, y) for y in self["YEAR"])),
                  self(f"{name}LowerLimit", r, t), self(f"{name}UpperLimit", r, t))  # fmt: skip

    def emitted(self, r: str, e: str, y: str, only: str = "") -> Line:
        """Emissions of a year."""
        technologies = (only,) if only else self["TECHNOLOGY"]
        return plus(*(times(self("EmissionActivityRatio", r, t, e, m, y),
                            self.activity(r, t, y, m))
                      for t in technologies for m in self["MODE_OF_OPERATION"]
                      if self("EmissionActivityRatio", r, t, e, m, y)))  # fmt: skip

    def targets(self) -> None:  # noqa: C901 - a list of equations
        """Limits on emissions, reserve margins, renewable targets."""
        for r, e in self.every("REGION", "EMISSION"):
            for y in self["YEAR"]:
                if (most := self("AnnualEmissionLimit", r, e, y)) != -1:
                    left = most - self("AnnualExogenousEmission", r, e, y)
                    self.row(self.emitted(r, e, y), high=left)
            if (most := self("ModelPeriodEmissionLimit", r, e)) != -1:
                total = plus(*(self.emitted(r, e, y) for y in self["YEAR"]))
                self.row(total, high=most - self("ModelPeriodExogenousEmission", r, e))
        for r, y in self.every("REGION", "YEAR"):
            firm = plus(*(times(self("ReserveMarginTagTechnology", r, t, y)
                                * self("CapacityToActivityUnit", r, t), self.total(r, t, y))
                          for t in self["TECHNOLOGY"]))  # fmt: skip
            made: Line = {}
            for s in self["TIMESLICE"]:
                needing = plus(*(times(self("ReserveMarginTagFuel", r, f, y),
                                       self.flow("OutputActivityRatio", r, s, f, y))
                                 for f in self["FUEL"]))  # fmt: skip
                if (margin := self("ReserveMargin", r, y)) > 0:
                    self.row(plus(firm, times(-margin, needing)), 0.0)
                for t, f in self.every("TECHNOLOGY", "FUEL"):
                    weight = self("RETagTechnology", r, t, y) - self(
                        "REMinProductionTarget", r, y) * self("RETagFuel", r, f, y)  # fmt: skip
                    out = self.flow("OutputActivityRatio", r, s, f, y, t)
                    made = plus(made, times(weight * self("YearSplit", s, y), out))
            self.row(made, 0.0)

    def cost(self) -> Line:
        """The discounted cost of everything."""
        first, last = int(self["YEAR"][0]), int(self["YEAR"][-1])
        parts: list[Line] = [{None: 0.0}]
        for r, t, y in self.every("REGION", "TECHNOLOGY", "YEAR"):
            d, life = self("DiscountRate", r), self("OperationalLife", r, t)
            own = self.given.get("DiscountRateIdv", {}).get((r, t), d)
            recovery = (1 - 1 / (1 + own)) / (1 - (1 + own) ** -life)
            present = (1 - (1 + d) ** -life) * (1 + d) / d
            value, old = self("CapitalCost", r, t, y) * recovery * present, int(y)
            left = self.left(r, d, life, last - old + 1)
            worth = value * ((1 + d) ** (first - old) - left * (1 + d) ** (first - last - 1))
            later = (1 + d) ** (first - old - 0.5)
            running = [times(self("VariableCost", r, t, m, y), self.activity(r, t, y, m))
                       for m in self["MODE_OF_OPERATION"]]  # fmt: skip
            paid = [times(self("EmissionsPenalty", r, e, y), self.emitted(r, e, y, t))
                    for e in self["EMISSION"]]  # fmt: skip
            fixed = times(self("FixedCost", r, t, y), self.total(r, t, y))
            parts += [{("new", r, t, y): worth}, times(later, plus(fixed, *running, *paid))]
        return plus(*parts, *self.store_costs(first, last))

    def left(self, r: str, d: float, life: float, years: int) -> float:
        """Share of value left after some years."""
        if years >= life:
            return 0.0
        if self("DepreciationMethod", r) == 1 and d > 0:
            return 1 - ((1 + d) ** years - 1) / ((1 + d) ** life - 1)
        return 1 - years / life

    def store_costs(self, first: int, last: int) -> Any:
        """What new stores cost."""
        for r, s, y in self.every("REGION", "STORAGE", "YEAR"):
            d, life = self("DiscountRateStorage", r, s), self("OperationalLifeStorage", r, s)
            left = self.left(r, d, life, last - int(y) + 1)
            worth = (1 + d) ** (first - int(y)) - left * (1 + d) ** (first - last - 1)
            yield {("store", r, s, y): worth * self("CapitalCostStorage", r, s, y)}

    def storage(self) -> None:
        """Levels of every store from year to year."""
        for r, s in self.every("REGION", "STORAGE"):
            start: Line = {None: self("StorageLevelStart", r, s)}
            for y in self["YEAR"]:
                start = self.store_year(r, s, y, start)

    def charge(self, name: str, r: str, s: str, place: tuple[str, str, str], y: str) -> Line:
        """Rate of charging or discharging in a season, day type and bracket."""
        return plus(*(
            self.rate(r, s_, t, m, y, self(name, r, t, s, m) * self.inside(s_, place))
            for s_ in self["TIMESLICE"] if self.inside(s_, place)
            for t, m in self.every("TECHNOLOGY", "MODE_OF_OPERATION") if self(name, r, t, s, m) > 0
        ))  # fmt: skip

    def inside(self, s: str, place: tuple[str, str, str]) -> float:
        """Whether a slice lies in a place."""
        names = ("Conversionls", "Conversionld", "Conversionlh")
        return float(np.prod([self(n, s, x) for n, x in zip(names, place, strict=True)]))

    def store_year(self, r: str, s: str, y: str, start: Line) -> Line:
        """Hold a store within its size at the moments of a year; return its level at the end."""
        life = self("OperationalLifeStorage", r, s)
        size = plus({None: self("ResidualStorageCapacity", r, s, y)},
                    {("store", r, s, b): 1.0 for b in self["YEAR"]
                     if 0 <= int(y) - int(b) < life})  # fmt: skip
        least = times(self("MinStorageCharge", r, s, y), size)
        seasons, days, hours = (self[n] for n in ("SEASON", "DAYTYPE", "DAILYTIMEBRACKET"))
        gain, day = {}, {}
        for place in product(seasons, days, hours):
            put = self.charge("TechnologyToStorage", r, s, place, y)
            got = self.charge("TechnologyFromStorage", r, s, place, y)
            self.row(dict(put), high=self("StorageMaxChargeRate", r, s))
            self.row(dict(got), high=self("StorageMaxDischargeRate", r, s))
            net = plus(put, times(-1.0, got))
            length = sum(self("YearSplit", x, y) * self.inside(x, place) for x in self["TIMESLICE"])
            gain[place], day[place] = times(length, net), times(self("DaySplit", place[2], y), net)

        def hold(level: Line) -> None:
            self.row(plus(level, times(-1.0, size)), high=0.0)
            self.row(plus(level, times(-1.0, least)), 0.0)

        for season in seasons:
            whole = {d: plus(*(day[season, d, h] for h in hours)) for d in days}
            weekly = {d: times(self("DaysInDayType", season, d, y), whole[d]) for d in days}
            end = plus(start, *(gain[season, d, h] for d in days for h in hours))
            for n, d in enumerate(days):
                first = plus(start, *(weekly[x] for x in days[:n]))
                last = plus(end, *(times(-1.0, weekly[x]) for x in days[n + 1 :]))
                for k in range(len(hours)):
                    early = plus(*(day[season, d, h] for h in hours[:k]))
                    hold(plus(first, early))
                    hold(plus(last, *(times(-1.0, day[season, d, h]) for h in hours[k + 1 :])))
                    if n:
                        past = (times(-1.0, day[season, days[n - 1], h]) for h in hours[k + 1 :])
                        hold(plus(first, *past))
                        before = plus(end, *(times(-1.0, weekly[x]) for x in days[n:]))
                        hold(plus(before, early))
            start = end
        return start
