"""How the money of a run is written: 亿元 and 元 at home, or the money of imported data.

Imported data carry their own money; 'bn CNY_2020' inside the model stands for one unit of it.
"""

from dataclasses import dataclass

from carbonpath.results.results import Results
from carbonpath.spec.units import convert

HOME = "CNY_2020"
INSIDE = f"bn {HOME}"
"""One unit of money as the model counts it."""
SMALL = {
    f"{HOME}/kWh": f"{INSIDE}/PJ", f"{HOME}/t": f"{INSIDE}/Mt", f"1e8 {HOME}": INSIDE,
    f"{HOME}/t CO2": f"{INSIDE}/Mt",
}  # fmt: skip
"""Unit in which money is shown at home -> the same in the model's own units."""
YI_PER_BN = 10.0
"""亿元 in a billion."""


@dataclass(frozen=True)
class Currency:
    """The name of a money in both languages; empty at home."""

    zh: str = ""
    en: str = ""

    @classmethod
    def of(cls, results: Results) -> "Currency":
        """The money of a run."""
        attributes = results.dataset.attrs
        names = (str(attributes.get(f"currency_{language}", "")) for language in ("zh", "en"))
        return cls(*names)

    @property
    def foreign(self) -> bool:
        """Whether it is another money than 元 of 2020."""
        return bool(self.en)

    @property
    def shown(self) -> float:
        """The number on a page for one unit of the model's money."""
        return 1.0 if self.foreign else YI_PER_BN

    @property
    def page(self) -> tuple[str, str]:
        """The unit of large amounts on a page."""
        return (self.zh, self.en) if self.foreign else ("亿元", "1e8 CNY")

    @property
    def large(self) -> str:
        """The unit of large amounts in English sentences, one for each unit of the model's."""
        return self.en if self.foreign else "bn CNY"

    @property
    def small(self) -> tuple[str, str]:
        """The unit of prices."""
        return (self.zh, self.en) if self.foreign else ("元", "CNY")

    def unit(self, unit: str) -> tuple[str, float]:
        """Return a unit in this money, and what turns values in the unit at home into it."""
        if not self.foreign or HOME not in unit:
            return unit, 1.0
        inside = SMALL.get(unit, unit)
        factor = convert(1.0, unit.removesuffix(" CO2"), inside) if inside != unit else 1.0
        return inside.replace(INSIDE, self.en), factor
