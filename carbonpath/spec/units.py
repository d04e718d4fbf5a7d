"""Units: a closed vocabulary, the dimension of each word, and its factor to the canonical unit.

A unit is one or more words joined by '/', each with an optional factor word: 'PJ', '1e4 tce',
'bn CNY_2020', 'CNY_2020/kW/yr', 't CO2/tce', '%'. Anything else is an error. No text is evaluated.

Dimensions are exponents over the base (PJ, yr, Mt, bn CNY_2020, km, million persons, million
vehicles, million households, million head). Power is energy per time, a passenger-kilometre is a
person times a kilometre, so that every composition is checked by physics.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from carbonpath.errors import InputError

HOURS_PER_YEAR = 8760.0
PJ_PER_TWH = 3.6
"""1 TWh = 3.6 PJ, by definition of the watt-hour."""
PJ_PER_MTCE = 29.3076
"""1 kgce = 7000 kcal x 4.1868 J/cal = 29.3076 MJ (definition of standard coal, GB/T 2589)."""
PJ_PER_GW_YEAR = HOURS_PER_YEAR * PJ_PER_TWH / 1000.0
MAX_LENGTH = 60

BASE = ("energy", "time", "mass", "money", "length", "person", "vehicle", "household", "head")
Exponents = tuple[int, ...]


def _exponents(**powers: int) -> Exponents:
    return tuple(powers.get(name, 0) for name in BASE)


NUMBER = _exponents()
ENERGY = _exponents(energy=1)
POWER = _exponents(energy=1, time=-1)
MASS = _exponents(mass=1)
MONEY = _exponents(money=1)


@dataclass(frozen=True)
class Unit:
    """A unit as written: exponents of the base dimensions, and how many base units one is."""

    text: str
    exponents: Exponents
    factor: float

    def per(self, other: "Unit") -> "Unit":
        """Return this unit divided by another."""
        exponents = tuple(a - b for a, b in zip(self.exponents, other.exponents, strict=True))
        return Unit(f"{self.text}/{other.text}", exponents, self.factor / other.factor)


def _words() -> dict[str, tuple[float, Exponents]]:
    """Return every accepted word with its factor and exponents."""
    area, volume = _exponents(length=2), _exponents(length=3)
    length, time = _exponents(length=1), _exponents(time=1)
    person, vehicle = _exponents(person=1), _exponents(vehicle=1)
    household, head = _exponents(household=1), _exponents(head=1)
    gigawatt = PJ_PER_GW_YEAR
    tce = PJ_PER_MTCE * 1e-6
    words: dict[str, tuple[float, Exponents]] = {"1": (1.0, NUMBER), "%": (0.01, NUMBER)}
    for exponents, factors in (
        (ENERGY, {"EJ": 1e3, "PJ": 1.0, "TJ": 1e-3, "GJ": 1e-6, "MJ": 1e-9, "kJ": 1e-12}),
        (ENERGY, {"TWh": 3.6, "GWh": 3.6e-3, "MWh": 3.6e-6, "kWh": 3.6e-9}),
        (ENERGY, {"Mtce": PJ_PER_MTCE, "ktce": tce * 1e3, "tce": tce, "kgce": tce * 1e-3}),
        (ENERGY, {"gce": tce * 1e-6}),
        (POWER, {"TW": gigawatt * 1e3, "GW": gigawatt, "MW": gigawatt * 1e-3}),
        (POWER, {"kW": gigawatt * 1e-6, "W": gigawatt * 1e-9}),
        (MASS, {"Gt": 1e3, "Mt": 1.0, "kt": 1e-3, "t": 1e-6, "kg": 1e-9, "g": 1e-12}),
        (MONEY, {"CNY_2020": 1e-9, "CNY": 1e-9}),
        (time, {"yr": 1.0, "d": 1 / 365, "h": 1 / HOURS_PER_YEAR}),
        (time, {"min": 1 / 60 / HOURS_PER_YEAR, "s": 1 / 3600 / HOURS_PER_YEAR}),
        (length, {"km": 1.0, "m": 1e-3}),
        (area, {"m2": 1e-6, "Mm2": 1.0, "km2": 1.0, "ha": 1e-2}),
        (volume, {"m3": 1e-9, "L": 1e-12}),
        (person, {"person": 1e-6, "persons": 1e-6}),
        (vehicle, {"vehicle": 1e-6, "vehicles": 1e-6}),
        (household, {"household": 1e-6, "households": 1e-6}),
        (head, {"head": 1e-6}),
        (_exponents(person=1, length=1), {"pkm": 1e-6}),
        (_exponents(vehicle=1, length=1), {"vkm": 1e-6}),
        (_exponents(mass=1, length=1), {"tkm": 1e-6}),
    ):
        words |= {word: (factor, exponents) for word, factor in factors.items()}
    return words


WORDS: Mapping[str, tuple[float, Exponents]] = _words()
CHINESE: Mapping[str, str] = {
    "吨标准煤": "tce", "吨标煤": "tce", "千瓦时": "kWh", "千瓦": "kW", "吨": "t", "元": "CNY_2020",
    "年": "yr", "小时": "h", "平方米": "m2", "立方米": "m3", "公里": "km", "人": "person",
    "人公里": "pkm", "吨公里": "tkm", "辆": "vehicle", "户": "household", "公顷": "ha", "度": "kWh",
}  # fmt: skip
"""Chinese words; 万 (1e4) or 亿 (1e8) may stand before them without a blank."""
FACTORS: Mapping[str, float] = {
    "1e2": 1e2, "1e3": 1e3, "1e4": 1e4, "1e6": 1e6, "1e8": 1e8, "1e9": 1e9, "1e12": 1e12,
    "thousand": 1e3, "million": 1e6, "bn": 1e9, "万": 1e4, "亿": 1e8,
}  # fmt: skip
AFTER_MASS = ("CO2", "CH4", "N2O")
"""Words that may follow a mass and say what it is a mass of: 't CO2' is 't'."""
CANONICAL = (
    "PJ", "GW", "Mt", "bn CNY_2020", "yr", "bn pkm", "bn tkm", "bn vkm", "million vehicles",
    "million persons", "million households", "million head", "Mm2", "bn m3", "1",
)  # fmt: skip
"""The unit in which a driver of each dimension is kept."""
SUGGESTIONS = (
    *WORDS, "1e4 tce", "1e4 t", "1e4 CNY_2020", "1e8 CNY_2020", "bn CNY_2020", "bn m2", "bn m3",
    "bn pkm", "bn tkm", "bn vkm", "million vehicles", "million persons", "CNY_2020/kW",
    "CNY_2020/kW/yr", "CNY_2020/MWh", "CNY_2020/GJ", "CNY_2020/t", "CNY_2020/tce", "%/yr", "1/yr",
    "gce/kWh", "kgce/kWh", "GJ/t", "kWh/t", "PJ/Mt", "t CO2/tce", "t CO2/GJ", "kg/GJ", "MJ/pkm",
    "MJ/tkm", "PJ/bn pkm", "PJ/bn tkm", "kWh/m2", "PJ/PJ", "GW/PJ", "PJ/GW/yr", "Mt/yr", "PJ/yr",
)  # fmt: skip
_OTHER_MONEY = re.compile(r"CNY_(?!2020\b)\d+|USD|EUR|RMB_|\$")
BASIS_WORDS = ("当量", "等价", "coal_equivalent", "calorific")


def parse(text: str) -> Unit:
    """Return a unit of the vocabulary; anything else is an InputError with near spellings."""
    problem = problem_with(text)
    if problem:
        raise InputError(problem, code="E221")
    return _parse(text)


@lru_cache(maxsize=4096)
def problem_with(text: str) -> str:
    """Return what is wrong with a unit, or nothing."""
    if len(text) > MAX_LENGTH:
        return f"unit {text[:20]!r}… is too long; write one like 'GWh' or 'CNY_2020/kW'"
    folded = unicodedata.normalize("NFKC", text)
    if any(word in folded for word in BASIS_WORDS):
        return (
            f"unit {text!r} names an accounting convention (当量 or 等价), which is no unit; give "
            "the physical energy, and kappa in accounting.csv"
        )
    if _OTHER_MONEY.search(folded):
        return (
            f"unit {text!r} is money of another year or country; convert it with a sourced "
            "deflator and write CNY_2020"
        )
    if _parse_or_none(text) is not None:
        return ""
    near = _nearest(folded)
    hint = f"did you mean {_listed(near)}?" if near else "see the units in docs/tables.md"
    return f"unit {text!r} is not known; {hint}"


def _nearest(text: str) -> list[str]:
    """Return up to three accepted units that look like the text, in any case of letters."""
    lower: dict[str, list[str]] = {}
    for unit in SUGGESTIONS:
        lower.setdefault(unit.lower(), []).append(unit)
    close = get_close_matches(text.lower(), lower, n=3, cutoff=0.5)
    mended = "/".join(
        (get_close_matches(term.lower(), lower, n=1, cutoff=0.6) or [""])[0]
        for term in text.split("/")
    )
    mended = "/".join(lower.get(term, [""])[0] for term in mended.split("/"))
    first = [mended] if _parse_or_none(mended) is not None else []
    return list(dict.fromkeys(first + [unit for word in close for unit in lower[word]]))[:3]


def _listed(words: list[str]) -> str:
    return ", ".join(words[:-1]) + " or " + words[-1] if len(words) > 1 else words[0]


def _parse(text: str) -> Unit:
    unit = _parse_or_none(text)
    if unit is None:
        raise InputError(problem_with(text), code="E221")
    return unit


@lru_cache(maxsize=4096)
def _parse_or_none(text: str) -> Unit | None:
    terms = [_term(term) for term in unicodedata.normalize("NFKC", text).split("/")]
    if any(term is None for term in terms):
        return None
    found = [term for term in terms if term is not None]
    unit = Unit("", *found[0])
    for term in found[1:]:
        unit = unit.per(Unit("", *term))
    return Unit(text.strip(), unit.exponents, unit.factor)


def _term(text: str) -> tuple[Exponents, float] | None:
    """Read one word with its factor word, e.g. '1e4 tce', 't CO2' or '万吨标准煤'."""
    words = text.split()
    if len(words) > 1 and words[-1] in AFTER_MASS:
        mass = _term(" ".join(words[:-1]))
        return mass if mass and mass[0] == MASS else None
    if len(words) == 1:
        return _word(words[0])
    if len(words) == 2 and words[0] in FACTORS and words[1] not in ("1", "%"):
        word = _word(words[1])
        return (word[0], word[1] * FACTORS[words[0]]) if word else None
    return None


def _word(word: str) -> tuple[Exponents, float] | None:
    times = 1.0
    if word[:1] in ("万", "亿") and len(word) > 1:
        times, word = FACTORS[word[0]], word[1:]
        if word not in CHINESE:
            return None
    factor, exponents = WORDS.get(CHINESE.get(word, word), (0.0, NUMBER))
    return (exponents, factor * times) if factor else None


def conversion(text: str, target: Unit) -> float:
    """Return the number that turns a value in `text` into the target unit."""
    unit = parse(text)
    if unit.exponents != target.exponents:
        raise InputError(
            f"unit {text!r} does not measure what {target.text!r} measures", code="E222"
        )
    return unit.factor / target.factor


def convert(value: float, text: str, target: str) -> float:
    """Return a value in another unit: convert(1, 'TWh', 'PJ') is 3.6."""
    return value * conversion(text, parse(target))


def canonical(unit: Unit) -> Unit:
    """Return the canonical unit of the same dimension, or the unit itself if there is none."""
    for text in CANONICAL:
        candidate = parse(text)
        if candidate.exponents == unit.exponents:
            return candidate
    return unit
