"""Names, years, slices and money of an import: what all of its parts stand on."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from carbonpath.inputs.foreign.folder import APPROXIMATED, Draft, Names
from carbonpath.inputs.foreign.osemosys.values import ByYear, Key, Values
from carbonpath.spec.dimensions import ANNUAL
from carbonpath.system.finance import (
    SINKING_FUND,
    STRAIGHT_LINE,
    Conventions,
    Money,
    discount_weight,
    payment_overnight,
)
from carbonpath.system.time import Period

GIGAWATT = 31.536
"""A CapacityToActivityUnit by which capacity is in GW and activity in PJ."""
USUAL_RATE = 0.05
ROUNDING = 1e-9


@dataclass(frozen=True)
class Frame:
    """Values, the draft they go into, and the ids of everything."""

    values: Values
    draft: Draft

    @cached_property
    def regions(self) -> Mapping[str, str]:
        """The id of each region."""
        names = Names({"here"})
        return {region: names.id(region) for region in self.values.members("REGION")}

    def region(self, r: str) -> str:
        """Return what stands in a column of regions: nothing where there is only one."""
        return self.regions[r] if len(self.regions) > 1 else ""

    def tail(self, e: str, r: str) -> str:
        """Return what ends the id of a limit or price of an emission."""
        commodity, region = self.commodities["EMISSION", e], self.region(r)
        return f"{commodity}-{region}" if region else commodity

    @cached_property
    def slices(self) -> Mapping[str, str]:
        """The id of each time slice."""
        names = Names({ANNUAL, *(f"season-{s}" for s in self.values.members("SEASON"))})
        return {s: names.id(s) for s in self.values.members("TIMESLICE")}

    @cached_property
    def commodities(self) -> Mapping[tuple[str, str], str]:
        """The id of each fuel, emission and store, by set and name."""
        names, found = Names(), {}
        for kind, suffix in (("FUEL", ""), ("EMISSION", "_emission"), ("STORAGE", "_stored")):
            for name in self.values.members(kind):
                found[kind, name] = names.id(name, suffix)
        return found

    @cached_property
    def technologies(self) -> Mapping[tuple[str, str], str]:
        """The id of each technology and of the technology that holds each store."""
        names, found = Names(), {}
        for kind, suffix in (("TECHNOLOGY", ""), ("STORAGE", "_store")):
            for name in self.values.members(kind):
                found[kind, name] = names.id(name, suffix)
        return found

    @cached_property
    def shares(self) -> Mapping[str, float]:
        """The share of each slice, as a mean over the years, so that they add up to one."""
        years, slices = self.values.years, self.values.members("TIMESLICE")
        means = {
            s: sum(self.values.at("YearSplit", s, y) for y in years) / len(years) for s in slices
        }
        total = sum(means.values())
        return {s: mean / total for s, mean in means.items()}

    def length(self, s: str, year: str) -> float:
        """Return a slice's share in a year against its mean share."""
        share = self.shares[s]
        return self.values.at("YearSplit", s, year) / share if share else 1.0

    @cached_property
    def years(self) -> tuple[int, int]:
        """The first and the last year."""
        return int(self.values.years[0]), int(self.values.years[-1])

    @cached_property
    def flowing(self) -> set[Key]:
        """[r,t,m]: the modes in which technologies make, take, store or emit."""
        found: set[Key] = set()
        for name in ("InputActivityRatio", "OutputActivityRatio", "EmissionActivityRatio",
                     "TechnologyToStorage", "TechnologyFromStorage"):  # fmt: skip
            found.update(self.values.keys(name, (0, 1, 3)))
        return found

    def factors(self, r: str, t: str) -> dict[str, ByYear]:
        """Return the capacity factor by slice and year, with the slice's length in that year."""
        return {
            s: {
                y: self.values.at("CapacityFactor", r, t, s, y, otherwise=1.0) * self.length(s, y)
                for y in self.values.years
            }
            for s in self.values.members("TIMESLICE")
        }

    def peak(self, r: str, t: str) -> float:
        """Return the largest capacity factor of a technology, or one."""
        found = self.factors(r, t).values()
        most = max((v for series in found for v in series.values()), default=1.0)
        return most if most > 1 + ROUNDING else 1.0

    def capacity_unit(self, t: str) -> str:
        """GW where a unit of capacity does 31.536 in a year in all regions, else a number."""
        able = {
            self.values.at("CapacityToActivityUnit", r, t, otherwise=1.0) * self.peak(r, t)
            for r in self.values.members("REGION")
        }
        return "GW" if able == {GIGAWATT} else "1"

    def rate(self, r: str) -> float:
        """Return the discount rate of a region."""
        return self.values.at("DiscountRate", r, otherwise=USUAL_RATE)

    def salvage(self, r: str) -> str:
        """Return how investments lose their value in a region."""
        method = self.values.at("DepreciationMethod", r, otherwise=1.0)
        return STRAIGHT_LINE if method == 2 else SINKING_FUND

    @cached_property
    def first_region(self) -> str:
        """The region whose rate and depreciation are those of the dataset."""
        return self.values.members("REGION")[0]

    def money(self, r: str, rate: float | None = None, hurdle: float | None = None) -> Money:
        """Return how investments are paid in a region, or at other rates."""
        discount = self.rate(r) if rate is None else rate
        first, last = self.years
        conventions = Conventions("single", "overnight", self.salvage(r), "middle", first)
        return Money(discount, discount if hurdle is None else hurdle, first, last, conventions)

    def operation_scale(self, r: str) -> ByYear:
        """Return by year what a cost in a region is worth against one in the first region."""
        first = self.years[0]

        def worth(region: str, year: str) -> float:
            period = Period(year, int(year), int(year))
            return discount_weight(period, self.rate(region), first, "middle")

        return {y: worth(r, y) / worth(self.first_region, y) for y in self.values.years}

    def investment_scale(self, lifetime: float, own: Money, usual: Money) -> ByYear:
        """Return by year what an investment is worth, against what the dataset's rate makes it."""
        if own == usual:
            return dict.fromkeys(self.values.years, 1.0)
        self.draft.tell(
            "DiscountRate", APPROXIMATED,
            "rates or depreciation differ: costs are scaled by year so that the objective is exact",
        )  # fmt: skip

        def worth(year: str, money: Money) -> float:
            p = Period(year, int(year), int(year))
            later = discount_weight(p, money.discount_rate, money.base_year, "middle")
            return payment_overnight(p, lifetime, p, money) * later

        return {year: worth(year, own) / worth(year, usual) for year in self.values.years}


def scaled(series: ByYear, scale: ByYear) -> ByYear:
    """Multiply two series."""
    return {year: value * scale[year] for year, value in series.items()}
