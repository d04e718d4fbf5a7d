"""The fast path: a rule is called once with symbolic labels and evaluated over whole tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import NotLowerable

if TYPE_CHECKING:
    from .blocks import Block, Rule
    from .space import Space
    from .tables import Index


def lower_quantity(space: Space, name: str, rule: Rule, index: Index) -> Block:
    """Lower a quantity."""
    raise NotLowerable("not written yet")


def lower_constraint(space: Space, name: str, rule: Rule, index: Index) -> Block:
    """Lower a constraint."""
    raise NotLowerable("not written yet")
