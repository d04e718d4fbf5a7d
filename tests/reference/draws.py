"""Random OSeMOSYS data sets that use the parts of the formulation together.

Each can be met: every fuel has a dear technology without bounds in every region. Whether it is met
within the limits drawn is for the solvers to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from random import Random

from carbonpath.inputs.foreign.osemosys.data import OsemosysData
from tests.reference.small import dataset

Values = dict[str, dict[str, float]]
FUELS = ("coal", "power", "heat")
MAKERS = ("mine", "plant", "chp", "wind", "boiler")
SPARES = {fuel: f"spare_{fuel}" for fuel in FUELS}


@dataclass
class Draw:
    """A data set in the making."""

    random: Random
    sets: dict[str, Sequence[str]] = field(default_factory=dict)
    given: Values = field(default_factory=dict)
    alike: bool = True
    """Whether slices are as long in one year as in another."""

    def often(self, chance: float) -> bool:
        """Whether something happens."""
        return self.random.random() < chance

    def value(self, low: float, high: float) -> float:
        """A number with few digits."""
        return round(self.random.uniform(low, high), 3)

    def put(self, name: str, key: str, value: float) -> None:
        """Give a value."""
        self.given.setdefault(name, {})[key] = value

    def yearly(self, name: str, key: str, low: float, high: float) -> None:
        """Give a value for all years, or one for each."""
        if self.often(0.5):
            self.put(name, f"{key} *", self.value(low, high))
            return
        for year in self.sets["YEAR"]:
            self.put(name, f"{key} {year}", self.value(low, high))

    def some(self, name: str, key: str, chance: float, low: float, high: float) -> None:
        """Give a yearly value now and then."""
        if self.often(chance):
            self.yearly(name, key, low, high)


def drawn(seed: int) -> OsemosysData:
    """Return the data set of a seed."""
    draw = Draw(Random(seed))
    stored = draw.often(0.45)
    _sets(draw, stored)
    _time(draw, stored)
    _lengths(draw)
    _money(draw)
    for region in draw.sets["REGION"]:
        _demands(draw, region)
        _flows(draw, region)
        for technology in MAKERS:
            _costs(draw, region, technology)
            _bounds(draw, region, technology)
        _limits(draw, region)
        if stored:
            _store(draw, region)
    _trade(draw)
    return dataset({name: " ".join(members) for name, members in draw.sets.items()}, draw.given)


def _sets(draw: Draw, stored: bool) -> None:
    years = range(2020, 2020 + draw.random.randint(2, 4))
    if not stored and draw.often(0.2):
        years = range(2020, 2036, draw.random.randint(2, 6))
    draw.sets = {
        "YEAR": [str(year) for year in years],
        "REGION": ("A", "B", "C")[: draw.random.choices((1, 2, 3), (6, 3, 1))[0]],
        "FUEL": FUELS, "EMISSION": ("CO2", "NOX"), "MODE_OF_OPERATION": ("1", "2"),
        "TECHNOLOGY": (*MAKERS, *SPARES.values(), *(["pump"] if stored else [])),
        "STORAGE": ["lake"] if stored else [],
    }  # fmt: skip


def _time(draw: Draw, stored: bool) -> None:
    """Slices, one in each place of the year; the lengths of days."""
    kinds = ("SEASON", "DAYTYPE", "DAILYTIMEBRACKET")
    if stored:
        counts = [draw.random.randint(1, most) for most in (3, 2, 3)]
    else:
        counts = [draw.random.randint(1, 4), 1, 1]
    for kind, count in zip(kinds, counts, strict=True):
        draw.sets[kind] = [str(n + 1) for n in range(count)]
    places = list(product(*(draw.sets[kind] for kind in kinds)))
    if len(places) > 3 and draw.often(0.2):
        places.pop(draw.random.randrange(len(places)))
    draw.random.shuffle(places)
    draw.sets["TIMESLICE"] = ["s" + "".join(place) for place in places]
    for slice_, place in zip(draw.sets["TIMESLICE"], places, strict=True):
        for name, member in zip(
            ("Conversionls", "Conversionld", "Conversionlh"), place, strict=True
        ):
            draw.put(name, f"{slice_} {member}", 1.0)
    for bracket in draw.sets["DAILYTIMEBRACKET"]:
        draw.put("DaySplit", f"{bracket} *", draw.value(0.3, 2) / 365 / counts[2])
    for day in draw.sets["DAYTYPE"]:
        draw.put("DaysInDayType", f"* {day} *", 7.0 / counts[1])


def _lengths(draw: Draw) -> None:
    draw.alike = draw.often(0.75)
    shares = _shares(draw)
    for year in draw.sets["YEAR"]:
        for slice_, share in zip(draw.sets["TIMESLICE"], shares, strict=True):
            draw.put("YearSplit", f"{slice_} {year}", share)
        shares = shares if draw.alike else _shares(draw)


def _shares(draw: Draw) -> list[float]:
    weights = [draw.value(0.5, 2) for _ in draw.sets["TIMESLICE"]]
    return [weight / sum(weights) for weight in weights]


def _money(draw: Draw) -> None:
    draw.put("DiscountRate", "*", draw.value(0.01, 0.12))
    for region in draw.sets["REGION"]:
        if draw.often(0.2):
            draw.put("DiscountRate", region, draw.value(0.01, 0.12))
        if draw.often(0.4):
            draw.put("DepreciationMethod", region, 2.0)


def _demands(draw: Draw, region: str) -> None:
    for fuel, chance in (("power", 1.0), ("heat", 0.5)):
        if draw.often(chance):
            draw.yearly("SpecifiedAnnualDemand", f"{region} {fuel}", 5, 40)
            for slice_, share in zip(draw.sets["TIMESLICE"], _shares(draw), strict=True):
                draw.put("SpecifiedDemandProfile", f"{region} {fuel} {slice_} *", share)
    draw.some("AccumulatedAnnualDemand", f"{region} heat", 0.5, 5, 60)
    draw.some("AccumulatedAnnualDemand", f"{region} coal", 0.2, 1, 9)


def _flows(draw: Draw, region: str) -> None:
    """Two modes of the cogenerating plant and of the boiler; by-products; emissions."""

    def flow(technology: str, fuel: str, mode: str, low: float, high: float, end: str) -> None:
        draw.yearly(f"{end}ActivityRatio", f"{region} {technology} {fuel} {mode}", low, high)

    flow("mine", "coal", "1", 1, 1, "Output")
    for technology in ("plant", "chp"):
        flow(technology, "coal", "1", 2, 3, "Input")
        flow(technology, "power", "1", 0.9, 1, "Output")
    flow("chp", "heat", "1", 0.3, 0.8, "Output")
    flow("chp", "coal", "2", 1.1, 1.4, "Input")
    flow("chp", "heat", "2", 1, 1, "Output")
    flow("wind", "power", "1", 1, 1, "Output")
    for fuel, mode in (("coal", "1"), ("power", "2")):
        flow("boiler", fuel, mode, 1, 1.5, "Input")
        flow("boiler", "heat", mode, 1, 1, "Output")
    for fuel, technology in SPARES.items():
        flow(technology, fuel, "1", 1, 1, "Output")
        draw.put("VariableCost", f"{region} {technology} 1 *", draw.value(30, 60))
        draw.put("CapacityToActivityUnit", f"{region} {technology}", 100.0)
    for technology, mode in (("mine", "1"), ("plant", "1"), ("boiler", "1"), ("chp", "2")):
        for emission in draw.sets["EMISSION"]:
            key = f"{region} {technology} {emission} {mode}"
            draw.some("EmissionActivityRatio", key, 0.6, 0.02, 0.3)


def _costs(draw: Draw, region: str, technology: str) -> None:
    key = f"{region} {technology}"
    able = draw.random.choice((1.0, 8.76, 31.536))
    draw.put("CapacityToActivityUnit", key, able)
    draw.put("OperationalLife", key, draw.random.choice((1, 2, 3, 10, 25, 40)))
    draw.some("CapitalCost", key, 0.9, 0.5 * able, 3 * able)
    draw.some("FixedCost", key, 0.5, 0.01 * able, 0.1 * able)
    for mode in draw.sets["MODE_OF_OPERATION"]:
        draw.some("VariableCost", f"{key} {mode}", 0.6, 0.1, 5)
    draw.some("AvailabilityFactor", key, 0.4, 0.5, 1)
    for slice_ in draw.sets["TIMESLICE"]:
        most = 1.3 if draw.often(0.05) else 1
        draw.some("CapacityFactor", f"{key} {slice_}", 0.7 if technology == "wind" else 0.2,
                  0.05, most)  # fmt: skip
    left = draw.value(0, 25) / able
    for year in draw.sets["YEAR"] if draw.often(0.5) else ():
        draw.put("ResidualCapacity", f"{key} {year}", left)
        left = round(left * draw.value(0.5, 1), 4)
    if draw.often(0.15):
        draw.put("DiscountRateIdv", key, draw.value(0.01, 0.15))


def _bounds(draw: Draw, region: str, technology: str) -> None:
    key = f"{region} {technology}"
    able = draw.given["CapacityToActivityUnit"][key]
    old = max((v for k, v in draw.given.get("ResidualCapacity", {}).items() if k.startswith(key)),
              default=0.0)  # fmt: skip
    for name, chance, low, high in (
        ("TotalAnnualMaxCapacity", 0.15, old + 10 / able, old + 40 / able),
        ("TotalAnnualMinCapacity", 0.1, 1 / able, 9 / able),
        ("TotalAnnualMaxCapacityInvestment", 0.15, 4 / able, 20 / able),
        ("TotalAnnualMinCapacityInvestment", 0.1, 0.5 / able, 3 / able),
        ("TotalTechnologyAnnualActivityUpperLimit", 0.15, 6, 30),
        ("TotalTechnologyAnnualActivityLowerLimit", 0.1, 0.5, 2),
    ):
        draw.some(name, key, chance, low, high)
    if draw.often(0.1):
        draw.put("TotalTechnologyModelPeriodActivityUpperLimit", key, draw.value(20, 60))
    if draw.often(0.1):
        draw.put("TotalTechnologyModelPeriodActivityLowerLimit", key, draw.value(8, 20))
    if draw.often(0.06):
        draw.put("CapacityOfOneTechnologyUnit", f"{key} *", draw.value(2, 6) / able)


def _limits(draw: Draw, region: str) -> None:
    """Emissions, reserve margin and renewable target."""
    for emission in draw.sets["EMISSION"]:
        key = f"{region} {emission}"
        draw.some("EmissionsPenalty", key, 0.3, 0.5, 20)
        draw.some("AnnualExogenousEmission", key, 0.3, 0, 1)
        draw.some("AnnualEmissionLimit", key, 0.25, 1.2, 12)
        if draw.often(0.2):
            draw.put("ModelPeriodEmissionLimit", key, draw.value(4, 25))
            draw.put("ModelPeriodExogenousEmission", key, draw.value(0, 2))
    if draw.alike and draw.often(0.35):
        draw.yearly("ReserveMargin", region, 1, 1.4)
        draw.put("ReserveMarginTagFuel", f"{region} power *", 1.0)
        draw.put("ReserveMarginTagTechnology", f"{region} spare_power *", 1.0)
        draw.put("CapitalCost", f"{region} spare_power *", draw.value(20, 90))
        for technology in ("plant", "chp", "wind"):
            draw.some("ReserveMarginTagTechnology", f"{region} {technology}", 0.7, 0.1, 1)
    if draw.often(0.35):
        draw.yearly("REMinProductionTarget", region, 0.05, 0.6)
        draw.put("RETagFuel", f"{region} power *", 1.0)
        draw.put("RETagTechnology", f"{region} wind *", 1.0)
        draw.put("RETagTechnology", f"{region} spare_power *", float(draw.often(0.5)))


def _store(draw: Draw, region: str) -> None:
    key, pump = f"{region} lake", f"{region} pump"
    draw.yearly("InputActivityRatio", f"{pump} power 1", 1, 1.4)
    draw.put("OutputActivityRatio", f"{pump} power 2 *", 1.0)
    draw.put("TechnologyToStorage", f"{pump} lake 1", 1.0)
    draw.put("TechnologyFromStorage", f"{pump} lake 2", draw.random.choice((1.0, 1.25)))
    draw.put("OperationalLife", pump, draw.random.choice((2, 20)))
    draw.put("CapitalCost", f"{pump} *", draw.value(0.01, 0.5))
    draw.put("OperationalLifeStorage", key, draw.random.choice((1, 2, 30)))
    draw.yearly("CapitalCostStorage", key, 0.05, 4)
    draw.put("DiscountRateStorage", key, draw.value(0.02, 0.1))
    draw.some("ResidualStorageCapacity", key, 0.4, 0.01, 0.5)
    draw.some("MinStorageCharge", key, 0.4, 0, 0.3)
    if draw.often(0.6):
        draw.put("StorageLevelStart", key, draw.value(0.0, 0.4))
    for name in ("StorageMaxChargeRate", "StorageMaxDischargeRate"):
        if draw.alike and draw.often(0.3):
            draw.put(name, key, draw.value(1, 20))


def _trade(draw: Draw) -> None:
    for one, other in combinations(draw.sets["REGION"], 2):
        for fuel in FUELS:
            if draw.often(0.4):
                there, back = (1.0, 1.0) if draw.often(0.7) else (1.0, draw.value(0.8, 1))
                draw.put("TradeRoute", f"{one} {other} {fuel} *", there)
                draw.put("TradeRoute", f"{other} {one} {fuel} *", back)
