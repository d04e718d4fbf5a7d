"""Which capacities, activities and flows exist: sparse tables of codes, one row per member.

Pooling of vintages and the time level of technologies and commodities are decided here and nowhere
else. A table is a DataFrame whose columns are dimension letters: r t v m c p s k as in the rules,
b a period of building, q another period, n a node of the technology's time level.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from carbonpath.errors import ModelError
from carbonpath.spec.dimensions import POOLED
from carbonpath.spec.parameters import BY_NAME
from carbonpath.system.parameter import DERIVED, Codes
from carbonpath.system.system import EnergySystem
from carbonpath.system.time import LEVELS

T = TypeVar("T")
Mask = npt.NDArray[np.bool_]
BALANCED = ("energy", "service", "material")
"""Kinds of commodity whose supply equals demand."""
DISPOSABLE = ("other",)
"""Kinds whose surplus may be thrown away at no cost."""
Places = npt.NDArray[np.int64]
MOST = 2**62
"""Codes of all letters of a table are packed into one number below this."""
SEQUENCE = "sequence"
"""The cycle of a store that is followed along the sequence of the year."""
HORIZON = "horizon"
"""The cycle of a store that never returns to its start."""


@dataclass(frozen=True)
class Existing:
    """The members of a system, made once; every property is one table."""

    system: EnergySystem
    made: dict[str, Any] = field(default_factory=dict)
    """What `once` has made of the system."""

    def given(self, name: str) -> pd.DataFrame:
        """Keys and values of a parameter; empty where nothing is given."""
        if name not in self.made:
            self.made[name] = self._given(name)
        table: pd.DataFrame = self.made[name]
        return table

    def _given(self, name: str) -> pd.DataFrame:
        parameter = self.system.parameters.get(name)
        dims = DERIVED[name][0] if name in DERIVED else BY_NAME[name].dims
        keys = np.zeros((0, len(dims)), np.int32) if parameter is None else parameter.keys
        columns = {letter: keys[:, j] for j, letter in enumerate(dims)}
        values = np.zeros(0) if parameter is None else parameter.values
        return pd.DataFrame({**columns, "value": values})

    def technologies(self, **wanted: Sequence[str]) -> Codes:
        """Codes of technologies whose attributes are among the wanted, e.g. role=("supply",)."""
        return _matching(self.system.technologies, wanted)

    def commodities(self, **wanted: Sequence[str]) -> Codes:
        """Codes of commodities whose attributes are among the wanted, e.g. carrier=("coal",)."""
        return _matching(self.system.commodities, wanted)

    @cached_property
    def period_years(self) -> npt.NDArray[np.int64]:
        """The calendar year of each period label."""
        return np.array([int(label) for label in self.system.labels["p"]])

    @cached_property
    def pooled(self) -> int:
        """The code of the one vintage of pooled technologies."""
        return self.system.labels["v"].index(POOLED)

    @cached_property
    def vintage_of_period(self) -> Codes:
        """The vintage code of each period."""
        places = {label: code for code, label in enumerate(self.system.labels["v"])}
        return np.array([places[label] for label in self.system.labels["p"]], dtype=np.int32)

    @cached_property
    def keeps_vintages(self) -> Mask:
        """For each technology, whether its activity and capacity keep their vintage."""
        return (self.system.technologies["vintages"] == "kept").to_numpy(dtype=bool)

    @cached_property
    def has_capacity(self) -> Mask:
        """For each technology, whether it has a capacity at all."""
        units = self.system.technologies["capacity_unit"]
        return (units.notna() & (units != "")).to_numpy(dtype=bool)

    @cached_property
    def builds(self) -> pd.DataFrame:
        """[r,t,v,p]: what can be built, in a period after the base year; v and p name the same."""
        cost = self.given("investment_cost")
        period_of = np.full(len(self.system.labels["v"]), -1, dtype=np.int32)
        period_of[self.vintage_of_period] = np.arange(len(self.vintage_of_period))
        if cost.empty:
            return pd.DataFrame({letter: np.zeros(0, np.int32) for letter in "rtvp"})
        table = cost[["r", "t", "v"]].assign(p=period_of[cost["v"]])
        future = self.period_years[table["p"]] > self.system.settings.base_year
        keep = (table["p"] >= 0) & future & self.has_capacity[table["t"]]
        return table[keep].reset_index(drop=True)

    @cached_property
    def service(self) -> pd.DataFrame:
        """[r,t,b,p]: the periods in which what was built in b serves, and the vintage v it has."""
        served = self.given("survival").rename(columns={"v": "b"})
        served = served[served["value"] > 0].drop(columns="value")
        built = self.builds[["r", "t", "v"]].rename(columns={"v": "b"})
        table = joined(served, built)
        table["v"] = np.where(self.keeps_vintages[table["t"]], table["b"], self.pooled)
        return table.astype(np.int32)

    @cached_property
    def capacities(self) -> pd.DataFrame:
        """[r,t,v,p]: where capacity stands or may stand."""
        stock = self.given("existing")
        stock = stock[(stock["value"] > 0) & self.has_capacity[stock["t"]]]
        return distinct(pd.concat([stock[[*"rtvp"]], self.service[[*"rtvp"]]]))

    @cached_property
    def runs(self) -> pd.DataFrame:
        """[r,t,v,m,p]: what may run: it has flows, and a capacity where it needs one."""
        both = pd.concat([self.given("flow"), self.given("flow_there")])
        flowing = distinct(both[[*"rtvmp"]])
        free = flowing[~self.has_capacity[flowing["t"]]]
        return distinct(pd.concat([joined(flowing, self.capacities), free]))

    @cached_property
    def activities(self) -> pd.DataFrame:
        """[r,t,v,m,p,s]: what may run, at every node of the technology's time level."""
        table = self.runs.assign(level=self.technology_level[self.runs["t"]])
        return joined(table, self.nodes.rename(columns={"n": "s"}))[[*"rtvmps"]]

    @cached_property
    def flows(self) -> pd.DataFrame:
        """[r,t,v,m,c,p]: flows of what may run, with their value."""
        return joined(self.given("flow"), self.runs)

    @cached_property
    def flows_there(self) -> pd.DataFrame:
        """[r,t,v,m,o,c,p]: flows of what runs in r that fall on region o, with their value."""
        return joined(self.given("flow_there"), self.runs)

    @cached_property
    def carried(self) -> Codes:
        """Codes of stored commodities whose content goes on from period to period."""
        return self.commodities(kind=("stored",), cycle=(HORIZON,))

    @cached_property
    def sequenced(self) -> Codes:
        """Codes of stored commodities that are followed along the sequence of the year."""
        return self.commodities(kind=("stored",), cycle=(SEQUENCE,))

    @cached_property
    def idle(self) -> Mask:
        """For each activity, whether its mode does not run in its time slice."""
        told = self.given("mode_runs")
        runs = told.loc[told["value"] > 0, [*"rtms"]].assign(runs=True)
        modes = told[[*"rtm"]].drop_duplicates().assign(told=True)
        table = self.activities.merge(modes, how="left").merge(runs, how="left")
        return (table["told"].notna() & table["runs"].isna()).to_numpy(dtype=bool)

    @cached_property
    def unbalanced(self) -> Codes:
        """Codes of commodities that may be made and taken at will."""
        return self.commodities(kind=BALANCED, surplus=("any",))

    @cached_property
    def disposable(self) -> Codes:
        """Codes of commodities of which more may be made than is taken."""
        free = self.commodities(kind=BALANCED, surplus=("free",))
        return np.sort(np.concatenate([free, self.commodities(kind=DISPOSABLE)]))

    @cached_property
    def flow_nodes(self) -> pd.DataFrame:
        """[r,t,v,m,c,p,n,s]: flows with the nodes n they run in and the nodes s they fall on."""
        return joined(self.flows, self.placement[[*"tcns"]])

    @cached_property
    def technology_level(self) -> Codes:
        """The time level of each technology, as a place in LEVELS."""
        return _levels(self.system.technologies)

    @cached_property
    def commodity_level(self) -> Codes:
        """The time level of each commodity, as a place in LEVELS."""
        return _levels(self.system.commodities)

    @cached_property
    def nodes(self) -> pd.DataFrame:
        """[level,n]: the nodes of each time level."""
        places = {label: code for code, label in enumerate(self.system.labels["s"])}
        rows = [(LEVELS.index(n.level), places[n.label]) for n in self.system.time.nodes]
        return pd.DataFrame(rows, columns=["level", "n"], dtype=np.int32)

    @cached_property
    def placement(self) -> pd.DataFrame:
        """[t,c,n,s]: the share of an activity in node n that falls on node s of a commodity."""
        pairs = distinct(pd.concat([self.flows[["t", "c"]], self.flows_there[["t", "c"]]]))
        pairs["from"] = self.technology_level[pairs["t"]]
        pairs["to"] = self.commodity_level[pairs["c"]]
        finer = joined(pairs, self._ancestors())[[*"tcns"]].assign(value=1.0)
        coarser = pairs[pairs["from"] < pairs["to"]]
        given = joined(self.given("placement"), coarser[["t", "c"]])
        self._check_shapes(coarser, given)
        return pd.concat([finer, given[[*"tcns", "value"]]], ignore_index=True)

    def _ancestors(self) -> pd.DataFrame:
        """[from,to,n,s]: each node n of level `from` with the node s of level `to` it lies in."""
        places = {label: code for code, label in enumerate(self.system.labels["s"])}
        rows = []
        for node in self.system.time.nodes:
            above = node
            while True:
                pair = (LEVELS.index(node.level), LEVELS.index(above.level))
                rows.append((*pair, places[node.label], places[above.label]))
                if not above.parent:
                    break
                above = self.system.time.node[above.parent]
        return pd.DataFrame(rows, columns=["from", "to", "n", "s"], dtype=np.int32)

    def _check_shapes(self, coarser: pd.DataFrame, given: pd.DataFrame) -> None:
        """Every technology coarser than a commodity it touches has a shape for it."""
        known = set(zip(given["t"], given["c"], strict=True))
        labels = self.system.labels
        if missing := sorted(
            (labels["t"][t], labels["c"][c])
            for t, c in zip(coarser["t"], coarser["c"], strict=True)
            if (t, c) not in known
        ):
            raise ModelError(
                [
                    f"technology {t!r} is coarser in time than {c!r} and has no shape for it; "
                    "add a row to profiles.csv (purpose shape)"
                    for t, c in missing
                ],
                code="E407",
            )


def once(make: Callable[[Existing], T]) -> Callable[[Existing], T]:
    """Make something of a system once, however many sets and joins ask for it."""
    name = make.__qualname__

    @wraps(make)
    def found(exists: Existing) -> T:
        if name not in exists.made:
            exists.made[name] = make(exists)
        thing: T = exists.made[name]
        return thing

    return found


def joined(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    """Join two tables on the letters they share; in the order of the left one."""
    shared = [column for column in left.columns if column in right.columns and column != "value"]
    of_left, of_right = packed([left[shared], right[shared]])
    at_left, at_right = matches(of_left, of_right)
    more = {name: right[name].to_numpy()[at_right] for name in right.columns if name not in shared}
    return pd.DataFrame({name: left[name].to_numpy()[at_left] for name in left.columns} | more)


def distinct(table: pd.DataFrame) -> pd.DataFrame:
    """Drop repeated rows and sort, so that runs repeat whatever the order of the files."""
    (keys,) = packed([table])
    _, first = np.unique(keys, return_index=True)
    return pd.DataFrame({name: table[name].to_numpy()[first] for name in table.columns})


def packed(tables: Sequence[pd.DataFrame]) -> list[npt.NDArray[np.int64]]:
    """Number the rows of tables of the same letters: equal rows alike, in the order of codes."""
    keys = [np.zeros(len(table), dtype=np.int64) for table in tables]
    span = 1
    for name in tables[0].columns:
        codes = [table[name].to_numpy() for table in tables]
        width = 1 + max((int(part.max()) for part in codes if len(part)), default=0)
        span *= width
        if span > MOST:
            keys, span = _renumbered(keys), width * sum(map(len, keys))
        keys = [key * width + part for key, part in zip(keys, codes, strict=True)]
    return keys


def _renumbered(keys: Sequence[npt.NDArray[np.int64]]) -> list[npt.NDArray[np.int64]]:
    """Number by rank, so that there is room for more letters."""
    ranks = np.unique(np.concatenate(keys), return_inverse=True)[1].ravel()
    return np.split(ranks, np.cumsum([len(key) for key in keys])[:-1])


def matches(left: Places, right: Places) -> tuple[Places, Places]:
    """Return the rows of every pair of equal numbers, in the order of the left ones."""
    order = np.argsort(right, kind="stable")
    first, last = (np.searchsorted(right, left, side, sorter=order) for side in ("left", "right"))
    times = last - first
    at_left = np.repeat(np.arange(len(left)), times)
    within = np.arange(len(at_left)) - np.repeat(np.cumsum(times) - times, times)
    return at_left, order[np.repeat(first, times) + within]


def _levels(table: pd.DataFrame) -> Codes:
    return np.array([LEVELS.index(level) for level in table["time_level"]], dtype=np.int32)


def _matching(table: pd.DataFrame, wanted: Mapping[str, Sequence[str]]) -> Codes:
    keep = np.ones(len(table), dtype=bool)
    for attribute, values in wanted.items():
        keep &= table[attribute].isin(list(values)).to_numpy(dtype=bool)
    return np.flatnonzero(keep).astype(np.int32)
