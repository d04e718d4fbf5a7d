"""The resolved tables: read, patched, typed and reduced to one scenario's options."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from carbonpath.inputs.dataset import Dataset, Sector
from carbonpath.inputs.frames import Frame, texts
from carbonpath.scenario import Scenario

DECLARES = {
    "sources": "source", "regions": "region", "commodities": "commodity",
    "technologies": "technology", "demands": "commodity", "drivers": "driver",
    "situations": "situation", "time_slices": "time_slice", "shapes": "profile",
    "slice_values": "profile", "limits": "id",
}  # fmt: skip
"""The column in which a table declares names that others use."""


@dataclass(frozen=True)
class Tables:
    """Every table of a dataset as one scenario sees it, and the settings that go with them."""

    scenario: Scenario
    dataset: Dataset
    sectors: Mapping[str, Sector]
    frames: Mapping[str, Frame]
    options: Mapping[str, str]

    def __getitem__(self, name: str) -> Frame:
        return self.frames[name]

    def names(self, table: str, column: str = "") -> frozenset[str]:
        """Return the names a table declares, or those in a column of it."""
        return frozenset(texts(self.frames[table], column or DECLARES[table])) - {""}

    @cached_property
    def periods(self) -> tuple[int, ...]:
        """The years of the horizon."""
        return self.scenario.horizon.periods or ()

    @cached_property
    def technology(self) -> Mapping[str, Mapping[str, str]]:
        """Each technology's row by name."""
        return _by_name(self.frames["technologies"], "technology")

    @cached_property
    def commodity(self) -> Mapping[str, Mapping[str, str]]:
        """Each commodity's row by name."""
        return _by_name(self.frames["commodities"], "commodity")

    def with_frames(self, frames: Mapping[str, Frame]) -> "Tables":
        """Return the same tables with some of them replaced."""
        return Tables(
            self.scenario, self.dataset, self.sectors, {**self.frames, **frames}, self.options
        )


def _by_name(data: Frame, key: str) -> dict[str, dict[str, str]]:
    """Return rows of text by name; of two equal names the first counts."""
    columns = {str(column): texts(data, column) for column in data.columns}
    rows: dict[str, dict[str, str]] = {}
    for position, name in enumerate(columns[key]):
        rows.setdefault(name, {column: cells[position] for column, cells in columns.items()})
    return rows
