"""The matrix of a model, family by family, and the way back from its vectors to keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .tables import Floats, Index, Key, Mask


@dataclass(frozen=True)
class Family:
    """Columns or rows of one name: contiguous, one for each row of its index."""

    name: str
    index: Index
    start: int

    @property
    def stop(self) -> int:
        """The position after the last one."""
        return self.start + len(self.index)

    @property
    def slice(self) -> slice:
        """Where the family stands in a vector of the model."""
        return slice(self.start, self.stop)

    def member(self, position: int) -> str:
        """Return the name of one column or row, such as `activity(coal_power,2030)`."""
        return member_name(self.name, self.index.key(position - self.start))


@dataclass(frozen=True)
class Operator:
    """A quantity: `matrix @ columns + constant`, one row for each row of its index."""

    index: Index
    matrix: Any
    constant: Floats

    def __call__(self, columns: Floats) -> Floats:
        """Return the quantity's values at a vector of columns."""
        values: Floats = self.matrix @ columns + self.constant
        return values


@dataclass(frozen=True)
class LinearModel:
    """Minimise cost @ x + cost_constant, row_lower <= matrix @ x <= row_upper, x in its bounds."""

    columns: Mapping[str, Family]
    rows: Mapping[str, Family]
    quantities: Mapping[str, Operator]
    matrix: Any
    row_lower: Floats
    row_upper: Floats
    col_lower: Floats
    col_upper: Floats
    cost: Floats
    cost_constant: float
    integer: Mask
    objective: Mapping[str, Floats] = field(default_factory=dict)  # weights of the cost quantities
    notes: tuple[str, ...] = ()

    def split_columns(self, x: Floats) -> dict[str, Floats]:
        """Return each variable's part of a vector over columns."""
        return {name: x[family.slice] for name, family in self.columns.items()}

    def split_rows(self, y: Floats) -> dict[str, Floats]:
        """Return each constraint's part of a vector over rows."""
        return {name: y[family.slice] for name, family in self.rows.items()}

    def values(self, name: str, x: Floats) -> Floats:
        """Return the values of a variable or quantity at a vector of columns."""
        if name in self.columns:
            return x[self.columns[name].slice]
        return self.quantities[name](x)

    def column_names(self) -> list[str]:
        """Return the name of every column; made only when asked for."""
        return _names(self.columns)

    def row_names(self) -> list[str]:
        """Return the name of every row; made only when asked for."""
        return _names(self.rows)

    def column_at(self, position: int) -> tuple[str, Key]:
        """Return the variable and the labels of a column."""
        return _at(self.columns, position)

    def row_at(self, position: int) -> tuple[str, Key]:
        """Return the constraint and the labels of a row."""
        return _at(self.rows, position)


def member_name(name: str, key: Key) -> str:
    """Return a printable name of one member of a family."""
    return f"{name}({','.join(map(str, key))})" if key else name


def _names(families: Mapping[str, Family]) -> list[str]:
    return [member_name(f.name, key) for f in families.values() for key in f.index.listed()]


def _at(families: Mapping[str, Family], position: int) -> tuple[str, Key]:
    family = next(f for f in families.values() if f.start <= position < f.stop)
    return family.name, family.index.key(int(np.int64(position) - family.start))
