"""One technology of OSeMOSYS data: flows, costs, capacity factors, stock and bounds."""

import math
from dataclasses import dataclass
from functools import cached_property

from carbonpath.inputs.foreign.folder import APPROXIMATED
from carbonpath.inputs.foreign.osemosys.frame import Frame, scaled
from carbonpath.inputs.foreign.osemosys.values import ByYear, Key

BOUNDS = (
    ("capacity_limit", "TotalAnnualMaxCapacity", "upper", ""),
    ("capacity_floor", "TotalAnnualMinCapacity", "lower", ""),
    ("build_rate", "TotalAnnualMaxCapacityInvestment", "upper", "/yr"),
    ("build_floor", "TotalAnnualMinCapacityInvestment", "lower", "/yr"),
)
ACTIVITY = "TotalTechnologyAnnualActivity"
PERIOD_ACTIVITY = "TotalTechnologyModelPeriodActivity"


@dataclass(frozen=True)
class Technology:
    """One technology in one region."""

    frame: Frame
    r: str
    t: str

    @property
    def key(self) -> Key:
        """Region and technology as the data name them."""
        return self.r, self.t

    @cached_property
    def cells(self) -> dict[str, str]:
        """Region and technology as tables name them."""
        name = self.frame.technologies["TECHNOLOGY", self.t]
        return {"technology": name, "region": self.frame.region(self.r)}

    @cached_property
    def unit(self) -> str:
        """The unit of capacity; it follows from what a unit of it can do in a year."""
        return self.frame.capacity_unit(self.t)

    @cached_property
    def modes(self) -> list[str]:
        """The modes in which it makes, takes, stores or emits something; all if none does.

        Where an activity is wanted, modes without flows may fulfil it too.
        """
        values = self.frame.values
        every = list(values.members("MODE_OF_OPERATION"))
        used = [m for m in every if (self.r, self.t, m) in self.frame.flowing]
        wanted = values.floors(f"{ACTIVITY}LowerLimit", *self.key)
        total = values.at(f"{PERIOD_ACTIVITY}LowerLimit", *self.key)
        return every if wanted or total > 0 else used or every[:1]

    @cached_property
    def factors(self) -> dict[str, ByYear]:
        """The capacity factor by slice and year, with the length of the slice in that year."""
        return self.frame.factors(*self.key)

    @cached_property
    def peak(self) -> float:
        """The largest capacity factor, if it is above one: then capacity does so much more."""
        return self.frame.peak(*self.key)

    def give(self, parameter: str, series: ByYear, unit: str, **cells: str) -> None:
        """Add a parameter."""
        self.frame.draft.series(
            "parameters", series, **self.cells, parameter=parameter, unit=unit, **cells
        )


def technology(frame: Frame, r: str, t: str) -> None:
    """Add all rows of a technology in a region."""
    tech = Technology(frame, r, t)
    _flows(tech)
    _costs(tech)
    _factors(tech)
    _bounds(tech)
    stock = {y: v for y, v in frame.values.yearly("ResidualCapacity", r, t).items() if v > 0}
    for year, value in stock.items():
        frame.draft.add("stock", **tech.cells, period=year, value=value, unit=tech.unit)


def _flows(tech: Technology) -> None:
    """What is made (+) and taken (-) by mode."""
    frame, values = tech.frame, tech.frame.values
    for m in tech.modes:
        fuels = _fuels(tech, m)
        for e in values.members("EMISSION"):
            ratio = values.yearly("EmissionActivityRatio", *tech.key, e, m)
            if any(ratio.values()):
                _flow(tech, m, frame.commodities["EMISSION", e], ratio, "Mt/PJ")
        for s in values.members("STORAGE"):
            put = values.at("TechnologyToStorage", *tech.key, s, m)
            got = values.at("TechnologyFromStorage", *tech.key, s, m)
            if put or got:
                net = dict.fromkeys(values.years, put - got)
                _flow(tech, m, frame.commodities["STORAGE", s], net, "PJ/PJ")
        if not fuels and (*tech.key, m) not in frame.flowing and values.members("FUEL"):
            fuel = frame.commodities["FUEL", values.members("FUEL")[0]]
            _flow(tech, m, fuel, dict.fromkeys(values.years, 0.0), "PJ/PJ")


def _fuels(tech: Technology, m: str) -> set[str]:
    """Add fuels made less fuels taken, where one is both the difference; return the fuels."""
    frame, values = tech.frame, tech.frame.values
    fuels = _of_mode(tech, "InputActivityRatio", m) | _of_mode(tech, "OutputActivityRatio", m)
    for fuel in (name for name in values.members("FUEL") if name in fuels):
        made = values.yearly("OutputActivityRatio", *tech.key, fuel, m)
        taken = values.yearly("InputActivityRatio", *tech.key, fuel, m)
        if any(made[y] and taken[y] for y in made):
            _tell_net(frame, tech.t, fuel)
        net = {y: made[y] - taken[y] for y in made}
        _flow(tech, m, frame.commodities["FUEL", fuel], net, "PJ/PJ")
    return fuels


def _of_mode(tech: Technology, name: str, m: str) -> set[str]:
    """The fuels of a mode."""
    given = tech.frame.values.given(name)
    return {key[2] for key in given if key[:2] == tech.key and key[3] == m}


def _flow(tech: Technology, mode: str, commodity: str, series: ByYear, unit: str) -> None:
    tech.frame.draft.series(
        "flows", series, **tech.cells, mode=mode, commodity=commodity, unit=unit
    )


def _tell_net(frame: Frame, t: str, fuel: str) -> None:
    frame.draft.tell(
        "OutputActivityRatio", APPROXIMATED,
        f"{t} makes and takes {fuel} in one mode: only the difference is kept, which matters for "
        "reserve margins and targets alone",
    )  # fmt: skip


def hurdle_rate(frame: Frame, r: str, t: str) -> float:
    """The rate at which a technology's investment is repaid."""
    own = frame.values.given("DiscountRateIdv").get((r, t))
    if own is not None:
        return own
    return frame.values.data.defaults.get("DiscountRateIdv", frame.rate(r))


def _costs(tech: Technology) -> None:
    """Investment, lifetime, rates, fixed and variable costs."""
    values, frame = tech.frame.values, tech.frame
    life = values.at("OperationalLife", *tech.key, otherwise=1.0)
    rate = hurdle_rate(frame, *tech.key)
    if life != int(life):
        frame.draft.tell("OperationalLife", APPROXIMATED, f"{tech.t}: {life:g} years rounded up")
    tech.give("lifetime", dict.fromkeys(values.years, max(1.0, float(math.ceil(life)))), "yr")
    if life > 0:
        usual = frame.money(frame.first_region, hurdle=rate)
        scale = frame.investment_scale(life, frame.money(tech.r, hurdle=rate), usual)
        cost = scaled(values.yearly("CapitalCost", *tech.key), scale)
        tech.give("investment_cost", cost, money_per(tech.unit))
        tech.give("hurdle_rate", dict.fromkeys(values.years, rate), "1/yr")
    later = frame.operation_scale(tech.r)
    fixed = scaled(values.yearly("FixedCost", *tech.key), later)
    if any(fixed.values()):
        tech.give("fixed_cost", fixed, f"{money_per(tech.unit)}/yr")
    for m in tech.modes:
        running = scaled(values.yearly("VariableCost", *tech.key, m), later)
        if any(running.values()):
            tech.give("variable_cost", running, "bn CNY_2020/PJ", mode=m)


def _factors(tech: Technology) -> None:
    """Capacity factors by slice, availability of the year, activity of a unit of capacity."""
    values, frame = tech.frame.values, tech.frame
    able = values.at("CapacityToActivityUnit", *tech.key, otherwise=1.0) * tech.peak
    tech.give("capacity_to_activity", dict.fromkeys(values.years, able), f"PJ/{tech.unit}/yr")
    factors = {
        s: {y: v / tech.peak for y, v in series.items()} for s, series in tech.factors.items()
    }
    if len({v for series in factors.values() for v in series.values()}) == 1:
        series = next(iter(factors.values()))
        if set(series.values()) != {1.0}:
            tech.give("capacity_factor", series, "1")
    else:
        for s, series in factors.items():
            tech.give("capacity_factor", series, "1", time_slice=frame.slices[s])
    share = values.yearly("AvailabilityFactor", *tech.key, otherwise=1.0)
    if any(value < 1 for value in share.values()):
        tech.give("availability", {y: _available(tech, y, share[y]) for y in share}, "1")


def _available(tech: Technology, year: str, share: float) -> float:
    """The part of a full year that may be run: what the capacity factors leave, times the share."""
    if share >= 1:
        return 1.0
    mean = sum(
        tech.frame.shares[s] * series[year] / tech.peak for s, series in tech.factors.items()
    )
    return min(1.0, share * mean)


def _bounds(tech: Technology) -> None:
    """Bounds of capacity, of additions and of activity, and the size of units."""
    values, frame = tech.frame.values, tech.frame
    for parameter, name, end, per in BOUNDS:
        find = values.limits if end == "upper" else values.floors
        tech_bounds(tech, parameter, find(name, *tech.key), f"{tech.unit}{per}")
    tech_bounds(tech, "activity_limit", values.limits(f"{ACTIVITY}UpperLimit", *tech.key), "PJ")
    tech_bounds(tech, "activity_floor", values.floors(f"{ACTIVITY}LowerLimit", *tech.key), "PJ")
    units = values.yearly("CapacityOfOneTechnologyUnit", *tech.key)
    if any(units.values()):
        tech.give("unit_size", units, tech.unit)
    most = values.limit(f"{PERIOD_ACTIVITY}UpperLimit", *tech.key)
    least = values.at(f"{PERIOD_ACTIVITY}LowerLimit", *tech.key)
    for sense, value, word in (("<=", most, "most"), (">=", least or None, "least")):
        if value is not None:
            name = "-".join(x for x in (word, tech.cells["technology"], tech.cells["region"]) if x)
            frame.draft.add(
                "limits", id=name, quantity="total_activity", **tech.cells, sense=sense,
                between="total", value=value, unit="PJ",
            )  # fmt: skip


def tech_bounds(tech: Technology, parameter: str, bounds: ByYear, unit: str) -> None:
    """Add a bound in the years that have one."""
    if len(bounds) == len(tech.frame.values.years):
        tech.give(parameter, bounds, unit)
        return
    for year, value in bounds.items():
        tech.frame.draft.add(
            "parameters", **tech.cells, parameter=parameter, period=year, value=value, unit=unit
        )


def money_per(unit: str) -> str:
    """The unit of a cost per unit of capacity."""
    return "bn CNY_2020" if unit == "1" else f"bn CNY_2020/{unit}"
