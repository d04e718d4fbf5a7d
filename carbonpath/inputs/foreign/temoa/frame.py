"""What all parts of the conversion share: the draft, ids of names, slices, modes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from carbonpath.errors import InputError
from carbonpath.inputs.foreign.folder import Draft, Names
from carbonpath.inputs.foreign.temoa.config import DYNAMIC
from carbonpath.inputs.foreign.temoa.database import Row
from carbonpath.inputs.foreign.temoa.finance import Terms
from carbonpath.inputs.foreign.temoa.processes import Pair, Process, Processes
from carbonpath.spec.units import PJ_PER_GW_YEAR

HOURS_OF_DAY = 24.0
SHARE_TOLERANCE = 1e-3
"""How far the shares of the year may be from one, as in Temoa; they are scaled to one."""
FULL = 1.0
FLAT = "flat"
SENSE = {"le": "<=", "ge": ">=", "e": "=="}
MONEY = "bn CNY_2020"


@dataclass(frozen=True)
class Slice:
    """A time slice: season, time of day, share of the year."""

    label: str
    season: str
    tod: str
    share: float


@dataclass(frozen=True)
class Piece:
    """A way a process turns an input into an output, in some time slices or (empty) in all.

    `derate` is what storage counts towards reserves for one unit of its output then.
    """

    efficiency: float
    suffix: str = ""
    slices: tuple[str, ...] = ()
    derate: float = 1.0


@dataclass(frozen=True)
class Frame:
    """The processes of a database, and the dataset in the making."""

    processes: Processes
    draft: Draft
    _memory: dict[tuple[object, ...], Any] = field(default_factory=dict)

    @cached_property
    def technologies(self) -> Mapping[str, str]:
        """The id of each technology."""
        names = Names()
        return {name: names.id(name) for name in self.processes.technology}

    @cached_property
    def commodities(self) -> Mapping[str, str]:
        """The id of each commodity."""
        names = Names()
        return {name: names.id(name) for name in self.processes.flag}

    @cached_property
    def regions(self) -> Mapping[str, str]:
        """The id of each region, and of each pair of regions that something connects."""
        names = Names(["here"])
        pairs = sorted({r for r, _, _ in self.processes.efficiency} - set(self.processes.regions))
        return {name: names.id(name) for name in (*self.processes.regions, *pairs)}

    @cached_property
    def days(self) -> float:
        """The days of a year."""
        return self.processes.data.days

    @cached_property
    def slices(self) -> tuple[Slice, ...]:
        """The time slices in order."""
        data, names = self.processes.data, Names(["annual"])
        seasons = sorted(data.rows("time_season"), key=lambda row: row["sequence"])
        times = sorted(data.rows("time_of_day"), key=lambda row: row["sequence"])
        parts = [(row["season"], float(row["segment_fraction"])) for row in seasons] or [("S", 1.0)]
        hours = [(row["tod"], float(row.get("hours", 1.0))) for row in times] or [("D", 1.0)]
        total = sum(hour for _, hour in hours)
        given = {
            (row["season"], row["tod"]): row["share"] for row in data.rows("time_segment_fraction")
        }
        shares = {
            (season, tod): given.get((season, tod), 0.0) if given else share * hour / total
            for season, share in parts
            for tod, hour in hours
        }
        year = sum(shares.values())
        if abs(year - 1.0) > SHARE_TOLERANCE:
            table = "time_segment_fraction" if given else "time_season"
            raise InputError(
                f"{table}: the shares of the year add up to {year:.6g}; make it 1", code="E816"
            )
        return tuple(
            Slice(names.id(f"{season}-{tod}"), season, tod, share / year)
            for (season, tod), share in shares.items()
        )

    def label(self, kind: str, name: object) -> str:
        """The id of a sector or a season: unique, and the same wherever it comes."""
        names, given = self._memory.setdefault(("label", kind), (Names(), dict[str, str]()))
        text = str(name)
        if text not in given:
            given[text] = names.id(text) if text else ""
        return str(given[text])

    def season_share(self, season: str) -> float:
        """The share of the year that a season has."""
        return sum(part.share for part in self.slices if part.season == season)

    def pieces(self, process: Process, pair: Pair) -> tuple[Piece, ...]:
        """The ways in which a process turns an input into an output: one for each efficiency."""
        key = ("pieces", *process, *pair)
        if key not in self._memory:
            self._memory[key] = self._pieces(process, pair)
        pieces: tuple[Piece, ...] = self._memory[key]
        return pieces

    def _pieces(self, process: Process, pair: Pair) -> tuple[Piece, ...]:
        region, tech, vintage = process
        factors = self.known(
            "efficiency_variable", "efficiency", "region", "input_comm", "tech", "vintage",
            "output_comm", "season", "tod",
        )  # fmt: skip
        own = (region, pair[0], tech, vintage, pair[1])
        base, found = (
            self.processes.efficiency[process][pair],
            dict[tuple[float, float], list[str]](),
        )
        for part in self.slices:
            factor = factors.get((*own, part.season, part.tod), 1.0)
            derate = self.derate(process, part) if self.processes.is_storage(tech) else 1.0
            found.setdefault((factor, derate), []).append(part.label)
        if len(found) == 1:
            ((factor, derate),) = found
            return (Piece(base * factor, derate=derate),)
        return tuple(
            Piece(base * factor, f".{self._part(tuple(labels))}", tuple(labels), derate)
            for (factor, derate), labels in found.items()
        )

    def _part(self, labels: tuple[str, ...]) -> str:
        """Name a set of time slices, the same whoever runs in them."""
        names: dict[tuple[str, ...], str] = self._memory.setdefault(("parts",), {})
        return names.setdefault(labels, f"part{len(names) + 1}")

    @property
    def dynamic(self) -> bool:
        """Whether reserve margins are by the dynamic method."""
        return self.processes.data.config.reserve_margin == DYNAMIC

    def derate(self, process: Process, part: Slice) -> float:
        """What capacity counts towards reserves in a season, by the dynamic method."""
        if not self.dynamic or not self.processes.has(process[1], "reserve"):
            return 1.0
        given = self.known(
            "reserve_capacity_derate", "factor", "region", "season", "tech", "vintage"
        )
        return given.get((process[0], part.season, process[1], process[2]), 1.0)

    def capacity_factor(self, process: Process, part: Slice) -> float:
        """The largest share of capacity that runs: of the process, else of its technology."""
        region, tech, vintage = process
        by_tech = self.known("capacity_factor_tech", "factor", "region", "tech", "season", "tod")
        own = self.known(
            "capacity_factor_process", "factor", "region", "tech", "vintage", "season", "tod"
        )
        place = (part.season, part.tod)
        general = by_tech.get((region, tech, *place), FULL)
        return own.get((region, tech, vintage, *place), general)

    def mode(self, process: Process, pair: Pair, kind: str = "out", suffix: str = "") -> str:
        """The mode in which a process turns an input into an output; `spill` throws that away."""
        name = f"{kind}.{self.commodities[pair[0]]}.{self.commodities[pair[1]]}{suffix}"
        return f"{name}.v{process[2]}" if self.processes.has(process[1], "unlim_cap") else name

    def modes(self, process: Process, pairs: Iterable[Pair] | None = None) -> list[str]:
        """All modes of a process whose activity is output, or those of some pairs."""
        kinds = ("out", "spill") if self.processes.has(process[1], "flex") else ("out",)
        chosen = self.processes.efficiency[process] if pairs is None else pairs
        return [
            self.mode(process, pair, kind, piece.suffix)
            for pair in chosen
            for piece in self.pieces(process, pair)
            for kind in kinds
        ]

    def has_mode(self, tech: str, kind: str) -> bool:
        """Whether a technology charges (`in`) or throws away (`spill`)."""
        return self.processes.is_storage(tech) if kind == "in" else self.processes.has(tech, "flex")

    def vintage(self, process: Process) -> str:
        """The vintage of a process as tables name it; none where its mode names it."""
        return "" if self.processes.has(process[1], "unlim_cap") else str(process[2])

    def cells(self, process: Process) -> dict[str, str]:
        """Technology and region as tables name them."""
        return {"technology": self.technologies[process[1]], "region": self.regions[process[0]]}

    def known(self, table: str, column: str, *keys: str) -> Mapping[tuple[Any, ...], float]:
        """A column of a table by key, read once."""
        if (table, column, *keys) not in self._memory:
            found = self.processes.data.values(table, column, *keys)
            self._memory[table, column, *keys] = found
        values: Mapping[tuple[Any, ...], float] = self._memory[table, column, *keys]
        return values

    def known_for(self, table: str) -> frozenset[tuple[str, str]]:
        """The regions and technologies that a table holds something for."""
        if (table,) not in self._memory:
            rows = self.processes.data.rows(table)
            self._memory[(table,)] = frozenset((row["region"], row["tech"]) for row in rows)
        pairs: frozenset[tuple[str, str]] = self._memory[(table,)]
        return pairs

    def rows(self, table: str, process: Process) -> Sequence[Row]:
        """The rows of a table that belong to a process."""
        if ("of", table) not in self._memory:
            found: dict[Process, list[Row]] = {}
            for row in self.processes.data.rows(table):
                key = (row["region"], row["tech"], int(row["vintage"]))
                found.setdefault(key, []).append(row)
            self._memory["of", table] = found
        rows: Sequence[Row] = self._memory["of", table].get(process, ())
        return rows

    def free(self, tech: str) -> bool:
        """Whether a technology needs no capacity."""
        return self.processes.has(tech, "unlim_cap")

    def even(self, tech: str) -> bool:
        """Whether a technology makes the same all year, but takes what differs by time slice."""
        annual = self.processes.has(tech, "annual")
        return annual and tech in self.processes.varying - self.processes.serving

    def shared(self, process: Process, output: str) -> bool:
        """Whether modes share an output's shape, or it has none: annual ones each follow it."""
        if self.processes.has(process[1], "annual"):
            return False
        inputs = [pair for pair in self.processes.efficiency[process] if pair[1] == output]
        parted = any(len(self.pieces(process, pair)) > 1 for pair in inputs)
        return len(inputs) > 1 or parted or output not in self.processes.demanded

    def counted(self, region: str, period: int, commodity: str) -> bool:
        """Whether a flow of a commodity is written: not where it is balanced elsewhere only."""
        if commodity in self.processes.demanded:
            return True
        everywhere = (region, period, commodity) in self.processes.balanced
        return everywhere or commodity not in self._somewhere

    @cached_property
    def _somewhere(self) -> frozenset[str]:
        return frozenset(name for _, _, name in self.processes.balanced)

    def once(
        self, parameter: str, process: Process, values: Mapping[str, float], **cells: str
    ) -> None:
        """Add a share by period, unless another vintage has added it already."""
        for period, value in values.items():
            key = (parameter, *process[:2], period, *sorted(cells.values()))
            if key not in self._memory:
                self._memory[key] = True
                between = "only" if period else ""
                self.draft.add(
                    "parameters", **self.cells(process), parameter=parameter, unit="1",
                    period=period, between=between, value=value, **cells,
                )  # fmt: skip

    def terms(self, process: Process) -> Terms:
        """On what terms the investment in a process is paid."""
        data = self.processes.data
        rate = self.known("loan_rate", "rate", "region", "tech", "vintage").get(process)
        life = self.known("loan_lifetime_process", "lifetime", "region", "tech", "vintage").get(
            process, self.processes.lifetime(process)
        )
        return Terms(
            data.setting("default_loan_rate") if rate is None else rate, life,
            data.setting("global_discount_rate"), self.processes.future[-1],
        )  # fmt: skip

    def standing(self, region: str, tech: str) -> list[int]:
        """The periods in which some vintage of a technology lives."""
        vintages = self.processes.vintages.get((region, tech), ())
        return sorted({p for v in vintages for p in self.processes.alive((region, tech, v))})

    @cached_property
    def unit(self) -> str:
        """The unit of capacity: GW, or a mere number where a unit does more than a GW can."""
        activity = self.known("capacity_to_activity", "c2a", "region", "tech").values()
        return "GW" if max(activity, default=0.0) <= PJ_PER_GW_YEAR else "1"

    def per_capacity(self, unit: str) -> str:
        """The unit of something per unit of capacity."""
        return unit if self.unit == "1" else f"{unit}/{self.unit}"
