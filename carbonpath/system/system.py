"""The validated system: sets, parameters, flows and limits. Immutable; no files, no solver."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from carbonpath.spec.dimensions import BY_LETTER
from carbonpath.system.finance import PLAIN, Conventions
from carbonpath.system.parameter import Codes, Parameter
from carbonpath.system.time import Time

ALL_PERIODS = ""
"""The key of a limit's value that holds for the whole horizon, periods weighted by years."""
BASE_YEAR = -1
"""The lag of a limit whose total `of` is that of the base year."""
STEP = 2
"""The lag of a limit whose total `of` is that of the period before, its factor not per year."""
NODE = "n"
"""A second letter for time slices, where a technology's node meets a commodity's node."""
OTHER = "o"
"""A second letter for regions, where a technology makes or takes in another than its own."""
SECOND = {NODE: ("s", "node"), OTHER: ("r", "other_region")}

TECHNOLOGY_COLUMNS = (
    "sector", "role", "group", "primary", "time_level", "vintages", "capacity_unit",
    "activity_unit", "state_listed", "retirement", "label_zh", "label_en",
)  # fmt: skip
COMMODITY_COLUMNS = (
    "kind", "time_level", "unit", "carrier", "cycle", "surplus", "label_zh", "label_en", "sector",
)  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """Choices that hold for the whole system."""

    base_year: int
    discount_rate: float
    conventions: Conventions = PLAIN
    scenario: str = ""
    dataset: str = ""
    title_zh: str = ""
    title_en: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    knowledge: int | None = None
    currency: tuple[str, str] = ("", "")
    """What its money is called in Chinese and English; empty: CNY_2020."""

    @property
    def discount_to(self) -> int:
        """The year to which costs are discounted."""
        year = self.conventions.discount_to
        return self.base_year if year is None else year


@dataclass(frozen=True)
class Limit:
    """total(quantity) [+ shortfall]  sense  value, or value x total(of) + seed.

    `where` and `of_where` map a dimension name (technology, commodity, region, mode, time_slice,
    situation) or an attribute (sector, group, role, primary, carrier, kind) to glob patterns.
    `each` names dimensions or attributes kept apart; periods always are, unless the only key of
    `values` is ALL_PERIODS. With `lag` = 1 the factor is per year and is compounded over the years
    between the two periods, and so is the seed; with STEP they are taken as they stand; with
    BASE_YEAR it is the total of the base year, times the factor as it stands. A limit for
    ALL_PERIODS weights each by its years, unless `weighted` is false. `per` names the driver whose
    growth since that period `values` already contain (a limit on an intensity); the model does not
    read it, reports do. `mode`: hard, soft, track or history.
    """

    id: str
    quantity: str
    sense: str
    values: Mapping[str, float]
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    each: tuple[str, ...] = ()
    of: str = ""
    of_where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lag: int = 0
    seed: float = 0.0
    mode: str = "hard"
    price: Mapping[str, float] = field(default_factory=dict)
    regime: str = ""
    unit: str = ""
    label_zh: str = ""
    label_en: str = ""
    source: str = ""
    because: str = ""
    origin: str = ""
    per: str = ""
    weighted: bool = True


@dataclass(frozen=True)
class EnergySystem:
    """Everything the model reads, by label and code.

    `labels` holds the ordered labels of each dimension letter (r t v m c p s k). Parameters that
    were used up on the way (capture_rate, co2_factor, profiles) are not among `parameters`: what
    is there must be read by the model.
    """

    labels: Mapping[str, tuple[str, ...]]
    technologies: pd.DataFrame
    commodities: pd.DataFrame
    time: Time
    parameters: Mapping[str, Parameter]
    limits: tuple[Limit, ...]
    settings: Settings
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    def decode(self, dims: str, codes: Codes) -> pd.DataFrame:
        """Return the labels of codes, one column per dimension name."""
        columns = {}
        for position, letter in enumerate(dims):
            source, name = SECOND.get(letter) or (letter, BY_LETTER[letter].name)
            columns[name] = np.array(self.labels[source], dtype=object)[codes[:, position]]
        return pd.DataFrame(columns)
