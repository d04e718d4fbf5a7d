"""An indicator: a named function of Results with unit and titles, found again in one register."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import xarray as xr

from carbonpath.accounts.currency import Currency
from carbonpath.errors import InputError
from carbonpath.results.results import Results

Found = TypeVar("Found")
Function = Callable[[Results], xr.DataArray]


@dataclass(frozen=True)
class Indicator:
    """One indicator: what it is called, in which unit it comes, and how it is formed."""

    name: str
    unit: str
    zh: str
    en: str
    iamc: str
    function: Function

    @property
    def meaning(self) -> str:
        """The first line of its description."""
        return (self.function.__doc__ or "").strip().splitlines()[0]

    def __call__(self, results: Results) -> xr.DataArray:
        """Return the values, with name, unit and titles in the attributes."""
        values = self.function(results).rename(self.name)
        unit, factor = Currency.of(results).unit(self.unit)
        values = values if factor == 1.0 else values * factor
        return values.assign_attrs(
            unit=unit, long_name=self.en, long_name_zh=self.zh, meaning=self.meaning
        )


INDICATORS: dict[str, Indicator] = {}
"""Every indicator by name."""


def indicator(*, unit: str, zh: str, en: str, iamc: str = "") -> Callable[[Function], Indicator]:
    """Register a function of Results as an indicator under its own name."""

    def register(function: Function) -> Indicator:
        name = function.__name__
        if name in INDICATORS:
            raise ValueError(f"two indicators are called {name!r}")
        INDICATORS[name] = Indicator(name, unit, zh, en, iamc, function)
        return INDICATORS[name]

    return register


@dataclass(frozen=True)
class Accounts(Mapping[str, xr.DataArray]):
    """The indicators of one run by name; each is formed once, when first asked for."""

    results: Results
    formed: dict[str, xr.DataArray] = field(default_factory=dict, repr=False)
    found: dict[Callable[..., Any], Any] = field(default_factory=dict, repr=False)

    def __getitem__(self, name: str) -> xr.DataArray:
        """Return an indicator, or say that there is none of this name."""
        if name not in INDICATORS:
            raise InputError(
                f"no indicator is called {name!r}; there are {', '.join(INDICATORS)}", code="E741"
            )
        if name not in self.formed:
            self.formed[name] = INDICATORS[name](self.results)
        return self.formed[name]

    def once(self, function: Callable[[Results], Found]) -> Found:
        """Return what a function finds in the run, such as its scorecard; it is asked once."""
        if function not in self.found:
            self.found[function] = function(self.results)
        found: Found = self.found[function]
        return found

    def __iter__(self) -> Iterator[str]:
        """The names of all indicators."""
        return iter(INDICATORS)

    def __len__(self) -> int:
        """How many indicators there are."""
        return len(INDICATORS)
