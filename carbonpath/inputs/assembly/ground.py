"""What every part of the assembly stands on: labels, codes, periods, slices, and who lives when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from carbonpath.inputs.frames import Frame, origins, texts
from carbonpath.inputs.series import Fill, filled
from carbonpath.inputs.shapes import Shapes
from carbonpath.inputs.tables import Tables
from carbonpath.spec.columns import ABSENT
from carbonpath.spec.dimensions import POOLED
from carbonpath.spec.parameters import BY_NAME
from carbonpath.system.finance import survival
from carbonpath.system.parameter import DERIVED, Parameter
from carbonpath.system.time import Time

Ints = npt.NDArray[np.int64]
KINDS = ("energy", "material", "service", "stored", "emission", "other")
PARAMETER = Fill()
OF_FLOW = ["region", "technology", "mode", "commodity", "per", "where", "use", "vintage",
           "time_slice"]  # fmt: skip
OF_PARAMETER = ["region", "technology", "mode", "commodity", "situation", "time_slice", "vintage"]
"""What names a series of flows and of parameters."""


@dataclass(frozen=True)
class Ground:
    """The tables with everything that all parts of the assembly share, made once."""

    tables: Tables
    shapes: Shapes
    time: Time

    @cached_property
    def labels(self) -> dict[str, tuple[str, ...]]:
        """Ordered labels of each dimension; the order does not depend on the order of files."""
        tables = self.tables
        order = {name: place for place, name in enumerate(tables.sectors)}
        technologies = sorted(
            tables.technology, key=lambda name: (order[tables.technology[name]["folder"]], name)
        )
        commodities = sorted(
            tables.commodity, key=lambda name: (KINDS.index(tables.commodity[name]["kind"]), name)
        )
        periods = tuple(period.label for period in self.time.periods)
        modes = set(texts(tables["flows"], "mode")) | {"main"}
        return {
            "r": tuple(sorted(tables.names("regions"))),
            "t": tuple(technologies),
            "v": (*periods, *self._old_vintages(periods), POOLED),
            "m": tuple(sorted(modes)),
            "c": tuple(commodities),
            "p": periods,
            "s": tuple(node.label for node in self.time.nodes),
            "h": tuple(
                dict.fromkeys(
                    [
                        *texts(tables["checkpoints"], "checkpoint"),
                        *texts(tables["sequence"], "step"),
                    ]
                )
            ),
            "k": tuple(sorted(tables.names("situations"))),
        }

    def _old_vintages(self, periods: Sequence[str]) -> list[str]:
        """Return the years before the horizon in which stock that keeps its vintage was built."""
        rows, data = self.tables.technology, self.tables["stock"]
        built = zip(texts(data, "technology"), data["vintage"].tolist(), strict=True)
        kept = [year for name, year in built if rows[name]["vintages"] == "kept"]
        base = self.tables.dataset.base_year
        return sorted({str(year or base) for year in kept} - set(periods))

    def stock_vintages(self, technologies: Ints, built: Iterable[int]) -> Ints:
        """Return the vintage of rows of stock; without a year of building it is the base year."""
        code, base = self.code["v"], self.tables.dataset.base_year
        pairs = zip(technologies.tolist(), built, strict=True)
        return np.array(
            [code[str(year or base)] if self.keeps[t] else code[POOLED] for t, year in pairs],
            dtype=np.int64,
        )

    @cached_property
    def code(self) -> Mapping[str, Mapping[str, int]]:
        """The code of each label, by dimension."""
        return {
            letter: {label: place for place, label in enumerate(names)}
            for letter, names in self.labels.items()
        }

    def codes(self, letter: str, names: Iterable[str]) -> Ints:
        """Return the codes of names; -1 for the empty one."""
        code = self.code[letter]
        return np.array([code[name] if name else -1 for name in names], dtype=np.int64)

    @cached_property
    def years(self) -> Ints:
        """The year of each period."""
        return np.array([int(label) for label in self.labels["p"]], dtype=np.int64)

    @cached_property
    def base(self) -> int:
        """The code of the base year among periods; -1 where it lies before them."""
        return self.code["p"].get(str(self.tables.dataset.base_year), -1)

    @cached_property
    def anchor(self) -> int:
        """The period whose value holds for what does not depend on the period."""
        return max(self.base, 0)

    @cached_property
    def keeps(self) -> npt.NDArray[np.bool_]:
        """Which technologies keep their vintages."""
        rows = self.tables.technology
        return np.array([rows[name]["vintages"] == "kept" for name in self.labels["t"]], dtype=bool)

    def attribute(self, column: str) -> npt.NDArray[np.object_]:
        """Return an attribute of each technology, in the order of labels."""
        rows = self.tables.technology
        return np.array([rows[name][column] for name in self.labels["t"]], dtype=object)

    def commodity_attribute(self, column: str) -> npt.NDArray[np.object_]:
        """Return an attribute of each commodity, in the order of labels."""
        rows = self.tables.commodity
        return np.array([rows[name][column] for name in self.labels["c"]], dtype=object)

    def weights(self, level: str) -> npt.NDArray[np.float64]:
        """Return for each node of a level which slices lie in it, as ones."""
        nodes = self.time.at(level)
        parent = [self.time.node[label].parent for label in self.shapes.slices]
        inside = [
            [level == "annual" or node.label in (label, above) for label, above in
             zip(self.shapes.slices, parent, strict=True)]
            for node in nodes
        ]  # fmt: skip
        return np.array(inside, dtype=float)

    def yearly(self, data: Frame, keys: Sequence[str], fill: Fill = PARAMETER) -> pd.DataFrame:
        """Return the rows of a table for every period: row, p, value."""
        found = filled(data, keys, self.years.tolist(), fill)
        p = np.searchsorted(self.years, found["year"].to_numpy(dtype=np.int64))
        return pd.DataFrame({"row": found["row"], "p": p, "value": found["value"]})

    def in_regions(self, table: pd.DataFrame, region: Iterable[str]) -> pd.DataFrame:
        """Give each row the code `r` of its region; one without a region holds in all others.

        `region` names the region of each row. A row with a region takes the place of the row
        without one that is the same in all else but `row` and `value`.
        """
        full = table.assign(r=self.codes("r", region))
        general = full["r"] < 0
        every = self.everywhere(full[general].drop(columns="r"))
        if general.all():
            return every
        both = pd.concat([every, full[~general]], ignore_index=True)
        same = [column for column in both.columns if column not in ("row", "value")]
        return both.drop_duplicates(same, keep="last").reset_index(drop=True)

    @cached_property
    def lifetimes(self) -> npt.NDArray[np.float64]:
        """[r,t,p]: lifetime of what is built in a period; NaN where there is none."""
        table = np.full([len(self.labels[letter]) for letter in "rtp"], np.nan)
        given = self.parameter_rows("lifetime")
        table[given["r"], given["t"], given["p"]] = given["value"]
        return table

    def parameter_rows(self, name: str) -> pd.DataFrame:
        """Return a parameter by region, technology and period: row, r, t, p, value."""
        data = self.tables["parameters"]
        mine = data[data["parameter"] == name]
        found = self.yearly(mine.reset_index(drop=True), OF_PARAMETER)
        number = found["row"].to_numpy(dtype=np.int64)
        found["t"] = self.codes("t", texts(mine, "technology"))[number]
        found["row"] = mine.index.to_numpy(dtype=np.int64)[number]
        return self.in_regions(found, np.array(texts(mine, "region"), dtype=object)[number])

    @cached_property
    def survival(self) -> pd.DataFrame:
        """[r,t,v,p]: share of a period's years that what is built in period v serves."""
        built = self.parameter_rows("investment_cost")
        built = built[self.years[built["p"]] > self.tables.dataset.base_year]
        r, t, v = (built[letter].to_numpy() for letter in "rtp")
        life = self.lifetimes[r, t, v]
        unique, place = np.unique(life, return_inverse=True)
        shares = self._shares(unique)
        table = pd.DataFrame(
            {
                "r": np.repeat(r, len(self.years)),
                "t": np.repeat(t, len(self.years)),
                "v": np.repeat(v, len(self.years)),
                "p": np.tile(np.arange(len(self.years)), len(t)),
                "value": shares[place, v].reshape(-1),
            }
        )
        table = self._with_curves(table)
        serving: pd.DataFrame = table[table["value"] > 0].reset_index(drop=True)
        return serving

    def _with_curves(self, table: pd.DataFrame) -> pd.DataFrame:
        """Lay the survival that is given outright over that which follows from lifetimes."""
        data = self.tables["parameters"]
        mine = data[data["parameter"] == "survival_share"].reset_index(drop=True)
        given = self.yearly(mine, OF_PARAMETER)
        row = given.pop("row").to_numpy(dtype=np.int64)
        given["t"] = self.codes("t", texts(mine, "technology"))[row]
        given["v"] = np.searchsorted(self.years, mine["vintage"].to_numpy(dtype=np.int64))[row]
        given = self.in_regions(given, np.array(texts(mine, "region"), dtype=object)[row])
        own = given[given["p"] >= given["v"]].merge(table[[*"rtvp"]], on=[*"rtvp"])
        both = pd.concat([table, own], ignore_index=True)
        return both.drop_duplicates([*"rtvp"], keep="last")

    def _shares(self, lifetimes: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """[lifetime,v,p]: survival for each different lifetime."""
        periods = self.time.periods
        return np.array(
            [[[survival(v, life, p) for p in periods] for v in periods] for life in lifetimes]
        ).reshape(len(lifetimes), len(periods), len(periods))

    @cached_property
    def lives(self) -> pd.DataFrame:
        """[t,v,p]: the vintages that activity and capacity may have in each period."""
        pooled = np.flatnonzero(~self.keeps)
        count = len(self.years)
        free = pd.DataFrame(
            {
                "t": np.repeat(pooled, count),
                "v": np.full(len(pooled) * count, self.code["v"][POOLED]),
                "p": np.tile(np.arange(count), len(pooled)),
            }
        )
        kept = self.survival[self.keeps[self.survival["t"].to_numpy()]][["t", "v", "p"]]
        data = self.tables["stock"]
        stocked = self.codes("t", texts(data, "technology"))
        built = self.stock_vintages(stocked, data["vintage"].tolist())
        stocked, built = stocked[self.keeps[stocked]], built[self.keeps[stocked]]
        old = pd.DataFrame(
            {
                "t": np.repeat(stocked, count),
                "v": np.repeat(built, count),
                "p": np.tile(np.arange(count), len(stocked)),
            }
        )
        alive: pd.DataFrame = pd.concat([free, kept, old]).drop_duplicates()
        return alive.reset_index(drop=True)

    @cached_property
    def modes(self) -> pd.DataFrame:
        """[t,m]: the modes each technology runs in."""
        flows = self.tables["flows"]
        flows = flows[flows["per"] == "activity"]
        table = pd.DataFrame(
            {
                "t": self.codes("t", texts(flows, "technology")),
                "m": self.codes("m", texts(flows, "mode")),
            }
        )
        return table.drop_duplicates().reset_index(drop=True)

    def by_vintage(self, table: pd.DataFrame) -> pd.DataFrame:
        """Give rows by technology and period the vintages that live then.

        `vintage` is the year a row is given for: it holds from that vintage to the next one given,
        and a row without holds where there is none.
        """
        joined = table.merge(self.lives, on=["t", "p"])
        years = [9999 if label == POOLED else int(label) for label in self.labels["v"]]
        own = np.array(years, dtype=np.int64)[joined["v"].to_numpy()]
        given = joined["vintage"].to_numpy()
        living: pd.DataFrame = joined[(given == ABSENT) | (given <= own)].reset_index(drop=True)
        return living

    def everywhere(self, table: pd.DataFrame) -> pd.DataFrame:
        """Repeat rows in every region."""
        regions = pd.DataFrame({"r": np.arange(len(self.labels["r"]))})
        return table.merge(regions, how="cross")

    def made(self, name: str, table: pd.DataFrame, source: Frame | None = None) -> Parameter:
        """Make a parameter of a table whose columns are its letters and `value`."""
        dims = DERIVED[name][0] if name in DERIVED else BY_NAME[name].dims
        default = BY_NAME[name].default if name in BY_NAME else None
        full = self.everywhere(table) if "r" in dims and "r" not in table else table
        full = full.sort_values([*dims])
        keys = full[[*dims]].to_numpy(dtype=np.int32).reshape(len(full), len(dims))
        names: tuple[str, ...] = ()
        if source is not None and len(full):
            places = np.array(origins(source), dtype=object)
            names = tuple(places[full["row"].to_numpy(dtype=np.int64)])
        return Parameter(name, dims, keys, full["value"].to_numpy(dtype=float), default, names)
