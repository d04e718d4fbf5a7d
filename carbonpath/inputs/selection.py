"""What the patterns of a limit or a history row select: technologies, commodities, pairs."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from carbonpath.inputs.frames import texts
from carbonpath.inputs.patterns import matching
from carbonpath.inputs.tables import Tables
from carbonpath.spec.quantities import QuantitySpec

Row = Mapping[str, str]
Pairs = frozenset[tuple[str, str]]
EMISSION = "emission"


@dataclass(frozen=True)
class Selection:
    """Resolves selections against the technologies, commodities and flows there are."""

    tables: Tables

    def technologies(self, row: Row, prefix: str = "") -> list[str]:
        """Return the technologies that a row's technology, sector and group select."""
        wanted = tuple(row.get(f"{prefix}{name}", "") for name in ("technology", "sector", "group"))
        if wanted not in self._selected:
            self._selected[wanted] = self._technologies(*wanted)
        return self._selected[wanted]

    def _technologies(self, technology: str, sector: str, group: str) -> list[str]:
        rows = self.tables.technology
        names = matching(rows, technology)
        for pattern, attribute in ((sector, "folder"), (group, "group")):
            if pattern:
                accepted = set(matching({rows[name][attribute] for name in names}, pattern))
                names = [name for name in names if rows[name][attribute] in accepted]
        return names

    @cached_property
    def _selected(self) -> dict[tuple[str, ...], list[str]]:
        """What was selected before."""
        return {}

    def commodities(self, row: Row, prefix: str = "") -> list[str]:
        """Return the commodities that a row selects."""
        return matching(self.tables.commodity, row.get(f"{prefix}commodity", ""))

    def pairs(self, quantity: QuantitySpec, row: Row, prefix: str = "") -> Pairs:
        """Return the technologies and commodities that flows join and the row selects."""
        technologies = set(self.technologies(row, prefix))
        commodities = set(self.commodities(row, prefix))
        return frozenset(
            pair
            for pair in self._flowing(quantity)
            if pair[0] in technologies and pair[1] in commodities
        )

    def _flowing(self, quantity: QuantitySpec) -> Pairs:
        if quantity.name == "emissions":
            return self._emitting
        if quantity.name == "feedstock_use":
            return self._used("feedstock")
        return self._made if quantity.sign > 0 else self._taken

    @cached_property
    def _signs(self) -> list[tuple[str, str, float]]:
        """Technology, commodity and value of each flow; a value that is no number is NaN."""
        flows = self.tables["flows"]
        values = flows["value"].to_numpy(dtype=float).tolist()
        return list(zip(texts(flows, "technology"), texts(flows, "commodity"), values, strict=True))

    @cached_property
    def _emissions(self) -> frozenset[str]:
        rows = self.tables.commodity
        return frozenset(name for name in rows if rows[name]["kind"] == EMISSION)

    @cached_property
    def _made(self) -> Pairs:
        return frozenset(
            (t, c) for t, c, value in self._signs if not value < 0 and c not in self._emissions
        )

    @cached_property
    def _taken(self) -> Pairs:
        return frozenset(
            (t, c) for t, c, value in self._signs if not value > 0 and c not in self._emissions
        )

    def _used(self, *uses: str) -> Pairs:
        """Return what is taken for some uses."""
        flows = self.tables["flows"]
        columns = (texts(flows, name) for name in ("technology", "commodity", "use"))
        rows = zip(*columns, flows["value"].tolist(), strict=True)
        return frozenset((t, c) for t, c, use, value in rows if use in uses and not value > 0)

    @cached_property
    def _emitting(self) -> Pairs:
        """Declared emissions, and those that follow from fuel and feedstock."""
        declared = {(t, c) for t, c, value in self._signs if c in self._emissions}
        carbon = self._carbon
        burning = {(t, "co2") for t, c in self._used("fuel", "") if c in carbon}
        stored = {(t, "co2_feedstock") for t, c in self._used("feedstock") if c in carbon}
        return frozenset(declared | burning | stored)

    @cached_property
    def _carbon(self) -> frozenset[str]:
        """Commodities with a CO2 factor."""
        data = self.tables["accounting"]
        keys = zip(texts(data, "parameter"), texts(data, "key"), strict=True)
        return frozenset(key for parameter, key in keys if parameter == "co2_factor")


def row_texts(tables: Tables, table: str) -> list[dict[str, str]]:
    """Return the text cells of every row of a table."""
    data = tables[table]
    columns = [str(c) for c in data.columns if data[c].dtype == object]
    cells = {column: texts(data, column) for column in columns}
    return [{column: cells[column][row] for column in columns} for row in range(len(data))]
