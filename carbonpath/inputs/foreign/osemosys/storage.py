"""Stores of OSeMOSYS data: who holds them, and the moments at which they are held in size.

A store's level goes on from year to year. Seasons follow each other with all that each gains; in
a season day types follow each other, a day type repeats for DaysInDayType days, and brackets follow
each other in a day. As in the formulation the level is held at the start of each bracket of the
first day of the first week, at its end in the last day of the first week, and so in the last week.
"""

from collections.abc import Iterator, Mapping

from carbonpath.inputs.foreign.folder import UNSUPPORTED
from carbonpath.inputs.foreign.osemosys.frame import Frame, scaled
from carbonpath.inputs.foreign.osemosys.values import is_absent

Place = tuple[str, str, str]
"""Season, day type and bracket."""
Weights = Mapping[str, float]
"""By slice: the part of its yearly net charge."""


def stored_by(frame: Frame, store: str) -> list[str]:
    """Return the regions in which some technology charges or discharges a store."""
    found = {
        key[0]
        for name in ("TechnologyToStorage", "TechnologyFromStorage")
        for key in frame.values.keys(name, (0, 2))
        if key[1] == store
    }
    return [r for r in frame.values.members("REGION") if r in found]


def stores(frame: Frame) -> None:
    """Add what holds each store, and the checkpoints if there is any store."""
    values = frame.values
    used = [(s, r) for s in values.members("STORAGE") for r in stored_by(frame, s)]
    if not used:
        return
    for s in dict.fromkeys(s for s, _ in used):
        name = frame.technologies["STORAGE", s]
        frame.draft.add(
            "technologies", technology=name, role="storage", group="storage", time_level="slice",
            capacity_unit="PJ", activity_unit="PJ", label_zh=s, label_en=s,
        )  # fmt: skip
    for s, r in used:
        _store(frame, s, r)
    places = _places(frame)
    if places is None:
        frame.draft.tell(
            "Conversionls", UNSUPPORTED,
            "storage where time slices and places in season, day type and bracket are not one to "
            "one; the size of stores is not held",
        )  # fmt: skip
        return
    _checkpoints(frame, places)


def _store(frame: Frame, s: str, r: str) -> None:
    """Add the size, cost, content and rates of one store in one region."""
    values, draft = frame.values, frame.draft
    cells = {"technology": frame.technologies["STORAGE", s], "region": frame.region(r)}
    draft.add(
        "flows", **cells, mode="main", commodity=frame.commodities["STORAGE", s], per="capacity",
        value=1.0, unit="PJ/PJ",
    )  # fmt: skip

    def give(parameter: str, series: Mapping[str, float], unit: str) -> None:
        draft.series("parameters", series, **cells, parameter=parameter, unit=unit)

    life = values.at("OperationalLifeStorage", r, s)
    rate = values.at("DiscountRateStorage", r, s, otherwise=frame.rate(r))
    give("lifetime", dict.fromkeys(values.years, max(1.0, life)), "yr")
    if life > 0:
        usual = frame.money(frame.first_region)
        scale = frame.investment_scale(life, frame.money(r, rate), usual)
        cost = scaled(values.yearly("CapitalCostStorage", r, s), scale)
        give("investment_cost", cost, "bn CNY_2020/PJ")
        give("hurdle_rate", dict.fromkeys(values.years, usual.discount_rate), "1/yr")
    for year, value in values.yearly("ResidualStorageCapacity", r, s).items():
        if value > 0:
            draft.add("stock", **cells, period=year, value=value, unit="PJ")
    _limits(frame, s, r, cells)


def _limits(frame: Frame, s: str, r: str, cells: dict[str, str]) -> None:
    """Add what a store holds at first and at least, and how fast it fills and empties."""
    values, draft = frame.values, frame.draft
    if start := values.at("StorageLevelStart", r, s):
        draft.add("parameters", **cells, parameter="storage_start", value=start, unit="PJ")
    least = values.yearly("MinStorageCharge", r, s)
    if any(least.values()):
        draft.series("parameters", least, **cells, parameter="minimum_level", unit="1")
    for parameter, name in (
        ("charge_limit", "StorageMaxChargeRate"), ("discharge_limit", "StorageMaxDischargeRate"),
    ):  # fmt: skip
        most = values.at(name, r, s)
        if not is_absent(most):
            draft.add("parameters", **cells, parameter=parameter, value=most, unit="PJ/yr")


def _places(frame: Frame) -> dict[Place, str] | None:
    """Return the slice in each place of the year, or nothing where they are not one to one."""
    values = frame.values
    kinds = (("Conversionls", "SEASON"), ("Conversionld", "DAYTYPE"),
             ("Conversionlh", "DAILYTIMEBRACKET"))  # fmt: skip
    found: dict[Place, str] = {}
    for s in values.members("TIMESLICE"):
        spots = [
            [x for x in values.members(kind) if values.at(name, s, x) != 0] for name, kind in kinds
        ]
        if any(len(spot) != 1 for spot in spots):
            return None
        place = (spots[0][0], spots[1][0], spots[2][0])
        if place in found:
            return None
        found[place] = s
    return found


class _Year:
    """Levels inside one year, as parts of the yearly net charge of each slice."""

    def __init__(self, frame: Frame, places: Mapping[Place, str], year: str) -> None:
        self.frame, self.places, self.year = frame, places, year
        order = {kind: sorted(frame.values.members(kind), key=int)
                 for kind in ("SEASON", "DAYTYPE", "DAILYTIMEBRACKET")}  # fmt: skip
        self.seasons, self.days = order["SEASON"], order["DAYTYPE"]
        self.brackets = order["DAILYTIMEBRACKET"]

    def day(self, season: str, day: str, brackets: list[str], times: float = 1.0) -> Weights:
        """What some brackets of one day of a day type gain, times over."""
        found = {}
        for bracket in brackets:
            s = self.places.get((season, day, bracket), "")
            length = self.frame.values.at("YearSplit", s, self.year) if s else 0.0
            if length:
                part = self.frame.values.at("DaySplit", bracket, self.year, otherwise=0.00137)
                found[s] = times * part / length
        return found

    def whole(self, season: str, day: str) -> Weights:
        """What all days of a day type in one week of a season gain."""
        days = self.frame.values.at("DaysInDayType", season, day, self.year, otherwise=7.0)
        return self.day(season, day, self.brackets, days)

    def until(self, number: int) -> Weights:
        """What the seasons before one gain."""
        before = self.seasons[:number]
        return {s: 1.0 for (season, _, _), s in self.places.items() if season in before}

    def start(self, number: int, day: int) -> Weights:
        """The level at the start of a day type in the first week of a season."""
        season = self.seasons[number]
        return _sum(self.until(number), *(self.whole(season, d) for d in self.days[:day]))

    def finish(self, number: int, day: int) -> Weights:
        """The level at the end of a day type in the last week of a season."""
        season = self.seasons[number]
        later = (self.whole(season, d) for d in self.days[day + 1 :])
        return _sum(self.until(number + 1), *(_minus(weights) for weights in later))

    def checkpoints(self) -> Iterator[tuple[str, Weights]]:
        """Yield the name of each moment and what has been gained by then."""
        for n, season in enumerate(self.seasons):
            for d, day in enumerate(self.days):
                for b, bracket in enumerate(self.brackets):
                    early = self.day(season, day, self.brackets[:b])
                    late = _minus(self.day(season, day, self.brackets[b + 1 :]))
                    name = f"{season}-{day}-{bracket}"
                    yield f"{name}-first-start", _sum(self.start(n, d), early)
                    yield f"{name}-last-end", _sum(self.finish(n, d), late)
                    if d:
                        past = self.day(season, self.days[d - 1], self.brackets[b + 1 :])
                        yield f"{name}-first-end", _sum(self.start(n, d), _minus(past))
                        yield f"{name}-last-start", _sum(self.finish(n, d - 1), early)


def _checkpoints(frame: Frame, places: Mapping[Place, str]) -> None:
    """Add the checkpoints of every year; those of equal years in one row."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    slices = frame.values.members("TIMESLICE")
    for year in frame.values.years:
        for name, weights in _Year(frame, places, year).checkpoints():
            for s in slices:
                if weights.get(s, 0.0) != 0.0 or s == slices[0]:
                    rows = found.setdefault(name, {}).setdefault(s, {})
                    rows[year] = weights.get(s, 0.0)
    for name, by_slice in found.items():
        for s, series in by_slice.items():
            full = {year: series.get(year, 0.0) for year in frame.values.years}
            frame.draft.series("checkpoints", full, checkpoint=name, time_slice=frame.slices[s])


def _sum(*parts: Weights) -> Weights:
    total: dict[str, float] = {}
    for part in parts:
        for s, value in part.items():
            total[s] = total.get(s, 0.0) + value
    return total


def _minus(weights: Weights) -> Weights:
    return {s: -value for s, value in weights.items()}
