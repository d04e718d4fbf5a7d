"""What exists in a Temoa database: periods, processes (region, technology, vintage), lives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from carbonpath.errors import InputError
from carbonpath.inputs.foreign.temoa.database import Database

Process = tuple[str, str, int]
"""Region (or pair of regions), technology, vintage."""
Pair = tuple[str, str]
"""Input and output commodity."""
LIFETIME = 40.0
"""Years of a technology whose lifetime the database does not give."""
GLOBAL = "global"
NO_CURVE: Mapping[int, float] = {}


@dataclass(frozen=True)
class Processes:
    """Answers who lives when, and how well it works."""

    data: Database

    @cached_property
    def future(self) -> Sequence[int]:
        """The periods and, last, the year that marks the end."""
        rows = self.data.rows("time_period")
        years = sorted(int(row["period"]) for row in rows if row["flag"] == "f")
        if len(years) < 2:
            raise InputError(
                "time_period: fewer than two future periods; the last marks the end", code="E813"
            )
        return years

    @cached_property
    def periods(self) -> Sequence[int]:
        """The periods that are optimised."""
        return self.future[:-1]

    def length(self, period: int) -> int:
        """The years of a period."""
        return self.future[self.future.index(period) + 1] - period

    @cached_property
    def regions(self) -> Sequence[str]:
        """The regions."""
        return [row["region"] for row in self.data.rows("region")]

    @cached_property
    def technology(self) -> Mapping[str, Mapping[str, Any]]:
        """The row of each technology."""
        return {row["tech"]: row for row in self.data.rows("technology")}

    @cached_property
    def flag(self) -> Mapping[str, str]:
        """The flag of each commodity: s, p, a, d, e, w, wa, wp."""
        return {row["name"]: str(row["flag"]) for row in self.data.rows("commodity")}

    def has(self, tech: str, attribute: str) -> bool:
        """Whether a technology has an attribute: unlim_cap, annual, reserve, retire, flex, ..."""
        return bool(self.technology[tech].get(attribute) or 0)

    def is_storage(self, tech: str) -> bool:
        """Whether a technology stores."""
        return str(self.technology[tech]["flag"]) == "ps"

    @cached_property
    def efficiency(self) -> Mapping[Process, Mapping[Pair, float]]:
        """The efficiency of each process that may live, by input and output."""
        found: dict[Process, dict[Pair, float]] = {}
        stock = self.data.values("existing_capacity", "capacity", "region", "tech", "vintage")
        for row in self.data.rows("efficiency"):
            key = (row["region"], row["tech"], int(row["vintage"]))
            old = key[2] < self.future[0]
            if old and not stock.get(key) and not self.has(key[1], "unlim_cap"):
                continue
            if float(row["efficiency"]) > 0:
                pair = (row["input_comm"], row["output_comm"])
                found.setdefault(key, {})[pair] = float(row["efficiency"])
        return {key: pairs for key, pairs in found.items() if self.alive(key)}

    @cached_property
    def leaving(self) -> Sequence[Process]:
        """The processes that leave service in some period, also those gone when it begins."""
        stock = self.data.values("existing_capacity", "capacity", "region", "tech", "vintage")
        gone = {
            key
            for row in self.data.rows("efficiency")
            if (key := (row["region"], row["tech"], int(row["vintage"]))) not in self.efficiency
            and key[2] < self.future[0]
            and stock.get(key, 0.0) > 0
            and key[2] + self.lifetime(key) == self.future[0]
        }
        every = [*self.efficiency, *sorted(gone)]
        return [key for key in every if self.retirement_periods(key)]

    def retirement_periods(self, process: Process) -> list[int]:
        """The periods in which a process leaves: its life ends, or it wears out, or may close."""
        _, tech, vintage = process
        if self.has(tech, "unlim_cap"):
            return []
        end, curve = vintage + self.lifetime(process), process in self.curves
        early = self.has(tech, "retire")
        return [
            p
            for p in self.periods
            if p <= end < p + self.length(p)
            or (early and vintage < p <= end - self.length(p))
            or (curve and vintage <= p <= end)
        ]

    @cached_property
    def varying(self) -> frozenset[str]:
        """Technologies whose efficiency differs between time slices."""
        return frozenset(row["tech"] for row in self.data.rows("efficiency_variable"))

    @cached_property
    def _process_lives(self) -> Mapping[tuple[Any, ...], float]:
        return self.data.values("lifetime_process", "lifetime", "region", "tech", "vintage")

    @cached_property
    def _lives(self) -> Mapping[tuple[Any, ...], float]:
        return self.data.values("lifetime_tech", "lifetime", "region", "tech")

    def lifetime(self, process: Process) -> float:
        """Years a process lives; with a survival curve until nothing is left."""
        own = self._process_lives.get(process)
        life = self._lives.get(process[:2], LIFETIME) if own is None else own
        curve = self.curves.get(process)
        return float(max(curve) - process[2]) if curve else life

    @cached_property
    def curves(self) -> Mapping[Process, Mapping[int, float]]:
        """The share that survives in each year, where a process has a curve; gaps are filled."""
        given: dict[Process, dict[int, float]] = {}
        for row in self.data.rows("lifetime_survival_curve"):
            key = (row["region"], row["tech"], int(row["vintage"]))
            given.setdefault(key, {})[int(row["period"])] = float(row["fraction"])
        _check_curves(given)
        return {key: _filled(points) for key, points in given.items()}

    def alive(self, process: Process) -> list[int]:
        """The periods in which a process lives."""
        _, _, vintage = process
        end = vintage + self.lifetime(process)
        return [p for p in self.periods if vintage <= p < end]

    def surviving(self, process: Process, period: int) -> float:
        """Share of a period that a process serves, on average over its years."""
        years = self.length(period)
        curve = self.curves.get(process)
        if curve:
            left = sum(curve.get(year, 0.0) for year in range(period, period + years))
        else:
            left = process[2] + self.lifetime(process) - period
        return min(1.0, left / years)

    @cached_property
    def demanded(self) -> frozenset[str]:
        """Commodities of final demand."""
        return frozenset(name for name, flag in self.flag.items() if flag == "d")

    @cached_property
    def serving(self) -> frozenset[str]:
        """Technologies that serve a final demand: they follow its distribution over the year."""
        pairs = ((t, o) for (_, t, _), found in self.efficiency.items() for _, o in found)
        return frozenset(t for t, o in pairs if o in self.demanded)

    @cached_property
    def vintages(self) -> Mapping[tuple[str, str], Sequence[int]]:
        """The vintages of each technology in each region."""
        found: dict[tuple[str, str], list[int]] = {}
        for region, tech, vintage in sorted(self.efficiency):
            found.setdefault((region, tech), []).append(vintage)
        return found

    def runs_by_year(self, tech: str) -> bool:
        """Whether a technology makes the same throughout the year."""
        return self.has(tech, "annual") and tech not in self.serving | self.varying

    def in_group(self, name: str) -> list[str]:
        """The technologies that a technology, a group or a sum 'a+b' names."""
        groups = {row["group_name"] for row in self.data.rows("tech_group")}
        if name in groups:
            members = self.data.rows("tech_group_member")
            return [row["tech"] for row in members if row["group_name"] == name]
        return name.split("+") if "+" in name else [name]

    def in_regions(self, name: str) -> list[str]:
        """The regions that a region, 'global' or a sum 'a+b' names."""
        if name == GLOBAL:
            return list(self.regions)
        return name.split("+") if "+" in name else [name]

    @cached_property
    def balanced(self) -> frozenset[tuple[str, int, str]]:
        """Region, period and commodity that something makes and something takes."""
        made, taken = set(), set()
        for region, period, pair in self._flowing():
            source, _, target = region.partition("-")
            taken.add((source, period, pair[0]))
            made.add((target or source, period, pair[1]))
        for row in self.data.rows("construction_input"):
            taken.add((row["region"], int(row["vintage"]), row["input_comm"]))
        outputs: dict[Process, list[str]] = {}
        for row in self.data.rows("end_of_life_output"):
            key = (row["region"], row["tech"], int(row["vintage"]))
            outputs.setdefault(key, []).append(row["output_comm"])
        for process in self.leaving if outputs else ():
            for period in self.retirement_periods(process):
                made |= {(process[0], period, name) for name in outputs.get(process, ())}
        return frozenset(made & taken)

    def _flowing(self) -> Iterator[tuple[str, int, Pair]]:
        for process, pairs in self.efficiency.items():
            for period in self.alive(process):
                for pair in pairs:
                    yield process[0], period, pair


def _filled(points: Mapping[int, float]) -> dict[int, float]:
    """Fill the years between those given along straight lines."""
    years = sorted(points)
    curve = dict(points)
    for before, after in zip(years[:-1], years[1:], strict=True):
        for year in range(before + 1, after):
            share = (year - before) / (after - before)
            curve[year] = points[before] + share * (points[after] - points[before])
    return curve


def _check_curves(given: Mapping[Process, Mapping[int, float]]) -> None:
    """A curve begins at one in its vintage, never rises, and ends at zero."""
    problems = []
    for (region, tech, vintage), points in sorted(given.items()):
        years = sorted(points)
        name = f"lifetime_survival_curve: {tech} {vintage} in {region}"
        if years[0] != vintage or points[years[0]] != 1:
            problems.append(f"{name} must begin at 1 in {vintage}")
        if points[years[-1]] > 1e-4:
            problems.append(f"{name} ends at {points[years[-1]]:g}; continue it to 0")
        if any(points[b] - points[a] > 1e-4 for a, b in zip(years[:-1], years[1:], strict=True)):
            problems.append(f"{name} rises; it may only fall")
    if problems:
        raise InputError(problems, code="E814")
