"""Values of OSeMOSYS data by key, defaults filled in; years in order; no limit is None."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from carbonpath.inputs.foreign.osemosys.data import VALUE, OsemosysData
from carbonpath.inputs.foreign.osemosys.names import ABSENT, DIMENSIONS, LEAST_ABSENT

STRUCTURE = (
    "InputActivityRatio", "OutputActivityRatio", "EmissionActivityRatio", "TechnologyToStorage",
    "TechnologyFromStorage", "TradeRoute", "SpecifiedAnnualDemand", "AccumulatedAnnualDemand",
)  # fmt: skip
"""Parameters that say what exists: a default other than zero gives them everywhere."""
Key = tuple[str, ...]
ByYear = dict[str, float]


@dataclass(frozen=True)
class Values:
    """Answers what a parameter is for a key."""

    data: OsemosysData

    @cached_property
    def tables(self) -> Mapping[str, Mapping[Key, float]]:
        """The values given, by parameter and key; of what is everywhere by default, all values."""
        found = {}
        everywhere = {name: self.data.full(name) for name in STRUCTURE if self.default(name)}
        for name, table in {**self.data.parameters, **everywhere}.items():
            columns = [table[column].astype(str).tolist() for column in DIMENSIONS[name]]
            keys = zip(*columns, strict=True)
            found[name] = dict(zip(keys, table[VALUE].astype(float).tolist(), strict=True))
        return found

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The years, in order."""
        return tuple(sorted(self.data.sets["YEAR"], key=int))

    def members(self, name: str) -> tuple[str, ...]:
        """The members of a set, each once."""
        return tuple(dict.fromkeys(self.data.sets[name]))

    def given(self, name: str) -> Mapping[Key, float]:
        """The values given for a parameter."""
        return self.tables.get(name, {})

    def default(self, name: str, otherwise: float = 0.0) -> float:
        """The default of a parameter; where the data name none, that of the formulation."""
        return self.data.defaults.get(name, otherwise)

    def at(self, name: str, *key: str, otherwise: float = 0.0) -> float:
        """The value for a key."""
        found = self.given(name).get(key)
        return self.default(name, otherwise) if found is None else found

    def yearly(self, name: str, *key: str, otherwise: float = 0.0) -> ByYear:
        """The value for each year."""
        return {y: self.at(name, *key, y, otherwise=otherwise) for y in self.years}

    def limit(self, name: str, *key: str) -> float | None:
        """An upper limit, or nothing where the data say that there is none."""
        value = self.at(name, *key, otherwise=-1.0)
        return None if is_absent(value) else value

    def limits(self, name: str, *key: str) -> ByYear:
        """The upper limits of those years that have one."""
        found = {year: self.limit(name, *key, year) for year in self.years}
        return {year: value for year, value in found.items() if value is not None}

    def floors(self, name: str, *key: str) -> ByYear:
        """The lower limits above zero."""
        return {year: value for year, value in self.yearly(name, *key).items() if value > 0}

    def keys(self, name: str, places: Iterable[int]) -> Iterator[Key]:
        """Yield the parts of the keys of a parameter that hold a value other than zero, once."""
        chosen = tuple(places)
        seen: set[Key] = set()
        for key, value in self.given(name).items():
            part = tuple(key[place] for place in chosen)
            if value != 0 and part not in seen:
                seen.add(part)
                yield part


def is_absent(value: float) -> bool:
    """Whether an upper limit says that there is none: -1, or nines only from 99999 on."""
    nines = value >= LEAST_ABSENT and set(f"{value:.0f}") == {"9"}
    return value in ABSENT or nines
