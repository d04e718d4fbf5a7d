"""One lowered family: its coefficients over the columns known so far, and its constants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import numpy as np

from .errors import LoweringError
from .tables import Data, Floats, Index, Join, Lookup, Mask
from .templates import varies

Rule: TypeAlias = Callable[..., Any]
Sense: TypeAlias = Literal["upper", "lower", "equal"]
Reference: TypeAlias = Data | Lookup | Join

LE: Sense = "upper"  # expression <= constant
GE: Sense = "lower"  # expression >= constant
EQ: Sense = "equal"


@dataclass(frozen=True)
class Variable:
    """A family of columns, with its bounds."""

    name: str
    index: Index
    start: int
    lower: Floats
    upper: Floats
    integer: Mask


@dataclass(frozen=True)
class Block:
    """`matrix @ columns + constant`, for a constraint compared with zero in the given sense."""

    matrix: Any
    constant: Floats
    sense: Sense = EQ

    def bounds(self) -> tuple[Floats, Floats]:
        """Return the row bounds; constants of the rule move here."""
        bound = 0.0 - self.constant
        free = np.full(len(bound), np.inf)
        lower = -free if self.sense == LE else bound
        upper = free if self.sense == GE else bound
        return lower, upper


@dataclass(frozen=True)
class Quantity:
    """A named linear expression over an index."""

    name: str
    index: Index
    rule: Rule
    block: Block


@dataclass(frozen=True)
class Constraint:
    """Rows over an index: from a rule, or ready-made from parts over variables and quantities."""

    name: str
    index: Index
    rule: Rule | None
    matrix: Any
    lower: Floats
    upper: Floats
    parts: dict[str, Any] = field(default_factory=dict)
    limits: tuple[Floats, ...] = ()  # of ready-made rows, before the constants of quantities


def orientation(rows: list[tuple[str, Any, Any]], name: str) -> tuple[Sense, bool]:
    """Return sense and whether rows read right less left: so where no left side has a variable."""
    if len({row[0] for row in rows}) > 1:
        raise LoweringError(f"{name}: some rows are equations and some are not")
    turned = bool(rows) and not any(varies(row[1]) for row in rows)
    if rows and rows[0][0] == "==":
        return EQ, turned
    return (GE if turned else LE), turned
