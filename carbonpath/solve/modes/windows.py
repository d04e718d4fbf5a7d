"""Windows of a myopic run: which periods each sees and decides, and the model as one sees it.

A window is the model of the whole horizon with other bounds and costs. What earlier windows decided
is fixed, so that stock, vintages, growth, stores and limits refer back to it without being written
anew; what lies beyond the view has neither columns nor rows nor costs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from carbonpath.model.build import LIMIT, BuiltModel
from carbonpath.model.data import payment_factors, weights_of_periods
from carbonpath.model.lowering import LinearModel
from carbonpath.model.lowering.linear import Family
from carbonpath.model.lowering.tables import Index
from carbonpath.system.index import Existing
from carbonpath.system.system import ALL_PERIODS, EnergySystem

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
INVESTMENT = "investment_payment"
HORIZON = -1
"""The period of what belongs to no single one: a limit over the whole horizon, its shortfall."""


@dataclass(frozen=True)
class Sight:
    """How far a window sees and how much of it is decided, in periods.

    With `reconsider` a window without a solution takes back the period before, and so on.
    """

    view: int
    step: int = 1
    reconsider: bool = False


@dataclass(frozen=True)
class Window:
    """Periods by their place: `first` to `decided` are decided, up to `seen` are seen."""

    number: int
    first: int
    decided: int
    seen: int
    last: bool

    def words(self, labels: tuple[str, ...]) -> str:
        """Say which periods are decided and how far the window sees."""
        decided = _span(labels[self.first], labels[self.decided])
        return f"{decided} decided" + (
            f", seen to {labels[self.seen]}" if self.seen > self.decided else ""
        )


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}-{last}"


def windows(system: EnergySystem, sight: Sight) -> list[Window]:
    """Return the windows: each sees some periods and decides the first of them.

    Periods up to the base year are history: they come with the first window and do not count. The
    window that sees the last period decides all it sees, as nothing new would be seen later.
    Example: 2020 to 2025, view 3, step 2: 2020-2022 seen to 2023, 2023-2025.
    """
    labels = system.labels["p"]
    end, found = len(labels) - 1, list[Window]()
    for start in range(min(history(system), end), len(labels), sight.step):
        seen = min(start + sight.view - 1, end)
        decided = end if seen == end else start + sight.step - 1
        first = 0 if not found else start
        found.append(Window(len(found) + 1, first, decided, seen, seen == end))
        if seen == end:
            break
    return found


def history(system: EnergySystem) -> int:
    """Return how many periods there are up to the base year."""
    return sum(int(label) <= system.settings.base_year for label in system.labels["p"])


@dataclass(frozen=True)
class Calendar:
    """The period of every column, row and cost of a model, by its place."""

    built: BuiltModel

    @cached_property
    def exists(self) -> Existing:
        """The members of the system."""
        return Existing(self.built.system)

    def before(self, period: int) -> int:
        """Return the period before; history, up to the base year, is one with its first."""
        past = history(self.built.system)
        return 0 if period - 1 <= past else period - 1

    @cached_property
    def columns(self) -> Places:
        """The period of each column."""
        return self._all(self.built.linear.columns)

    @cached_property
    def rows(self) -> Places:
        """The period of each row."""
        return self._all(self.built.linear.rows)

    def _all(self, families: Mapping[str, Family]) -> Places:
        return np.concatenate([self.of(family.index) for family in families.values()])

    def of(self, index: Index) -> Places:
        """Return the period of each member of a family: its own, or that of its building."""
        letters = "".join(index.letters)
        if letters == LIMIT:
            return self._limits[index.codes[:, 0]]
        if "p" in letters:
            return index.codes[:, letters.index("p")].astype(np.int64)
        return self._builds[index.codes[:, letters.index("v")]]

    @cached_property
    def _limits(self) -> Places:
        places = {label: place for place, label in enumerate(self.built.system.labels["p"])}
        places[ALL_PERIODS] = HORIZON
        found = [places[str(period)] for period in self.built.limits.table["period"]]
        return np.array(found, dtype=np.int64)

    @cached_property
    def _builds(self) -> Places:
        found = np.full(len(self.built.system.labels["v"]), HORIZON, dtype=np.int64)
        found[self.exists.vintage_of_period] = np.arange(len(self.exists.vintage_of_period))
        return found


def as_seen(calendar: Calendar, window: Window, decided: Floats) -> LinearModel:
    """Return the model as a window sees it.

    Columns of earlier periods are fixed at what was `decided`, those of later ones at nothing. Rows
    of neither bind. A limit over the whole horizon counts what was used before; an upper one leaves
    the rest to every window, a lower one is owed at the end and binds in the last window alone.
    """
    model = calendar.built.linear
    columns, rows = calendar.columns, calendar.rows
    past, future = (columns >= 0) & (columns < window.first), columns > window.seen
    fixed, value = past | future, np.where(past, decided, 0.0)
    idle = ((rows >= 0) & (rows < window.first)) | (rows > window.seen)
    owed = idle if window.last else idle | (rows == HORIZON)
    cost, constant = _costs(calendar, window)
    return replace(
        model,
        col_lower=np.where(fixed, value, model.col_lower),
        col_upper=np.where(fixed, value, model.col_upper),
        row_lower=np.where(owed, -np.inf, model.row_lower),
        row_upper=np.where(idle, np.inf, model.row_upper),
        integer=model.integer & ~fixed,
        cost=cost,
        cost_constant=constant,
    )


def _costs(calendar: Calendar, window: Window) -> tuple[Floats, float]:
    """Return the costs of the periods seen, those of earlier decisions in them included."""
    model = calendar.built.linear
    cost, constant = _investment(calendar, window), 0.0
    for name, weights in model.objective.items():
        if name == INVESTMENT:
            continue
        operator = model.quantities[name]
        periods = calendar.of(operator.index)
        unseen = (periods != HORIZON) & ((periods < window.first) | (periods > window.seen))
        acting = np.where(unseen, 0.0, weights)
        cost = cost + operator.matrix.T @ acting
        constant += float(acting @ operator.constant)
    return cost, constant


def _investment(calendar: Calendar, window: Window) -> Floats:
    """Return what new capacity costs in the periods seen, as if the horizon ended with the view."""
    system = calendar.built.system
    end = system.time.periods[window.seen].last_year
    table = payment_factors(system, calendar.exists, end).rename(columns={"b": "v"})
    table = table[table["p"] >= window.first].drop(columns="social")
    price = calendar.exists.given("investment_cost").rename(columns={"value": "price"})
    worth = weights_of_periods(system)
    weights = np.array([worth[label] for label in system.labels["p"]])
    table = table.merge(price, on=[*"rtv"])
    table["cost"] = table["value"] * table["price"] * weights[table["p"]]
    builds = calendar.built.linear.columns["new_capacity"]
    keys = pd.DataFrame(builds.index.codes, columns=[*"rtv"])
    summed = table.groupby([*"rtv"], as_index=False)["cost"].sum()
    cost = np.zeros(calendar.built.linear.matrix.shape[1])
    cost[builds.slice] = keys.merge(summed, on=[*"rtv"], how="left")["cost"].fillna(0.0)
    return cost
