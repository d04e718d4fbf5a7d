"""Colours, order and number formats: one colour for a key in every chart.

Based on the Okabe-Ito palette, which readers with any colour vision can tell apart; neighbours in a
stack differ in lightness, so that grey print works, and bars of some keys carry a pattern besides.
"""

import math
from collections.abc import Iterable, Mapping
from zlib import crc32

COLOURS: Mapping[str, str] = {
    # areas
    "energy": "#5B5B66",
    "industry": "#7F4F24",
    "construction": "#BC6C25",
    "transport": "#0072B2",
    "agriculture": "#009E73",
    "residents": "#E76F51",
    # fuels, carriers, plants
    "coal": "#3B3B3B",
    "coal_ccs": "#8A8A8A",
    "oil": "#8C564B",
    "gas": "#E69F00",
    "electricity": "#0072B2",
    "heat": "#D55E00",
    "hydrogen": "#CC79A7",
    "biomass": "#6B8E23",
    "waste": "#A8A032",
    "nuclear": "#882255",
    "hydro": "#1B4F8A",
    "pumped": "#7FB2DB",
    "wind": "#009E73",
    "wind_onshore": "#009E73",
    "wind_offshore": "#66C7AB",
    "solar": "#F0C808",
    "pv": "#F0C808",
    "pv_rooftop": "#F7E27A",
    "geothermal": "#B5651D",
    "other_thermal": "#B5651D",
    "noncommercial": "#B9C29A",
    "battery": "#AA6FB5",
    "storage": "#AA6FB5",
    "net_imports": "#56B4E9",
    "import": "#56B4E9",
    "line": "#56B4E9",
    "export": "#C9A66B",
    # series
    "C1": "#000000",
    "C0": "#D55E00",
    "territorial_C1": "#0072B2",
    "territorial_C0": "#E69F00",
    "fuel": "#5B5B66",
    "process": "#7F4F24",
    "feedstock": "#C9A66B",
    "R0": "#000000",
    "R1_total": "#E69F00",
    "R1_intensity": "#D55E00",
    "R2": "#0072B2",
    # costs and factors
    "investment_payment": "#0072B2",
    "fixed_payment": "#56B4E9",
    "variable_payment": "#E69F00",
    "emission_payment": "#8A8A8A",
    "population": "#56B4E9",
    "gdp_per_head": "#E69F00",
    "economy": "#E69F00",
    "energy_per_gdp": "#009E73",
    "co2_per_energy": "#0072B2",
}
SPARE = (
    "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#8C564B", "#6B8E23",
    "#882255", "#F0C808", "#5B5B66", "#66C7AB",
)  # fmt: skip
"""Colours for keys that have none of their own, in order within one chart."""
PATTERNS: Mapping[str, str] = {
    "net_imports": "/",
    "import": "/",
    "line": "/",
    "biomass": ".",
    "waste": "x",
    "battery": "\\",
    "pumped": "-",
    "coal_ccs": "/",
    "heat": ".",
}
ORDER = (
    "coal", "oil", "gas", "waste", "biomass", "heat", "nuclear", "hydro", "geothermal", "wind",
    "wind_onshore", "wind_offshore", "solar", "pv", "electricity", "hydrogen", "net_imports",
    "import", "line", "pumped", "battery", "storage", "export",
)  # fmt: skip
"""From the bottom of a stack upwards."""


NOTHING = 1e-9
"""What is smaller is shown as zero: it is rounding."""


def stem(key: str, known: Iterable[str]) -> str:
    """Return the longest known key that a key starts with, or nothing."""
    fitting = [name for name in known if key == name or key.startswith(name)]
    return max(fitting, key=len, default="")


def colour(key: str) -> str:
    """Return the colour of a key, the same in every chart."""
    known = stem(key, COLOURS)
    return COLOURS[known] if known else SPARE[crc32(key.encode()) % len(SPARE)]


def colours_in_turn(keys: Iterable[str]) -> dict[str, str]:
    """Return different colours for the technologies of one service, in their order."""
    return {key: SPARE[at % len(SPARE)] for at, key in enumerate(keys)}


def shades(carriers: Mapping[str, str]) -> dict[str, str]:
    """Return the colour of each technology's main carrier, lighter for each further one of it."""
    found: dict[str, str] = {}
    seen: dict[str, int] = {}
    for key, carrier in carriers.items():
        at = seen.get(carrier, 0)
        seen[carrier] = at + 1
        found[key] = lighter(colour(carrier) if carrier else "#9AA0A6", at)
    return found


def lighter(tint: str, steps: int) -> str:
    """Return a colour mixed with white, a little more for each step."""
    share = 1.0 - 0.72**steps
    parts = [int(tint[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(part + (255 - part) * share):02X}" for part in parts)


def pattern(key: str) -> str:
    """Return the pattern that a key carries in bars besides its colour."""
    return PATTERNS.get(stem(key, PATTERNS), "")


def ordered(keys: Iterable[str]) -> list[str]:
    """Return keys in the order of stacks; unknown ones keep their place at the end."""
    places = {name: at for at, name in enumerate(ORDER)}
    return sorted(keys, key=lambda key: places.get(stem(key, ORDER), len(ORDER)))


def number(value: float | None, digits: int = 3) -> str:
    """Return a number with three significant digits and thin groups of thousands."""
    if value is None or not math.isfinite(value):
        return "—"
    if abs(value) < NOTHING:
        return "0"
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    said = f"{value:,.{min(decimals, 9)}f}"
    return said.replace(",", "\u202f").replace("-", "\u2212")


def signed(value: float) -> str:
    """Return a change with its sign, three significant digits."""
    return ("+" if value > 0.0 else "") + number(value)


def percent(value: float | None, decimals: int = 1) -> str:
    """Return a share in per cent; what rounds to nothing has no sign."""
    if value is None or not math.isfinite(value):
        return "—"
    told = round(value * 100.0, decimals) + 0.0
    return f"{told:.{decimals}f}\u202f%".replace("-", "\u2212")


def rounded(value: float, digits: int = 4) -> float | None:
    """Return a value with four significant digits for a chart; None where there is none."""
    if not math.isfinite(value):
        return None
    return 0.0 if abs(value) < NOTHING else float(f"{value:.{digits}g}")
