"""Everything taken from Pyomo's template and expression modules, which are not public API.

Tested with Pyomo 6.10; a newer minor version needs only this file looked at. A rule that is
called with symbolic labels returns a tree of the classes below and of Pyomo's arithmetic.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import numpy as np
from pyomo.common.errors import PyomoException
from pyomo.core.expr.numeric_expr import (
    DivisionExpression,
    NegationExpression,
    ProductExpression,
    SumExpression,
)
from pyomo.core.expr.relational_expr import EqualityExpression, InequalityExpression
from pyomo.core.expr.template_expr import (
    IndexTemplate,
    NPV_Numeric_GetItemExpression,
    NPV_Structural_GetItemExpression,
    Numeric_GetItemExpression,
    TemplateSumExpression,
    templatize_rule,
)

from .errors import LoweringError, NotLowerable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_BROKEN = (
    PyomoException, TypeError, ValueError, AttributeError, LookupError, RuntimeError, StopIteration,
)  # fmt: skip


class DataItem(NPV_Numeric_GetItemExpression):  # type: ignore[misc]
    """`d.name[...]` for data, with a symbolic label among the labels."""

    __slots__ = ()


class LookupItem(NPV_Structural_GetItemExpression):  # type: ignore[misc]
    """`d.name[...]` for a lookup: a symbolic label."""

    __slots__ = ()


class ColumnItem(Numeric_GetItemExpression):  # type: ignore[misc]
    """`x.name[...]`, a variable or a quantity."""

    __slots__ = ()


class JoinItem(NPV_Structural_GetItemExpression):  # type: ignore[misc]
    """`d.name[...]` for a join: what a sum runs over."""

    __slots__ = ()

    def is_expression_type(self, expression_system: Any = None) -> bool:
        """Say no, so that Pyomo asks for `dimen` and does not try labels at random."""
        return False

    @property
    def dimen(self) -> int:
        """Number of labels of one member."""
        return int(self._args_[0].dimen)


class _Rows:
    """Stands for the set over which a family is templated."""

    def __init__(self, dimen: int) -> None:
        self.dimen = dimen

    def is_expression_type(self) -> bool:
        return False


def templatize(rule: Callable[..., Any], dimen: int) -> tuple[Any, tuple[Any, ...]]:
    """Call a rule once with symbolic labels; return its tree and those labels."""
    speaker = logging.getLogger("pyomo.core.expr.template_expr")
    was, speaker.disabled = speaker.disabled, True
    try:
        tree, symbols = templatize_rule(None, lambda _, labels: rule(*labels), _Rows(dimen))
    except _BROKEN as reason:
        raise NotLowerable(str(reason)) from reason
    finally:
        speaker.disabled = was
    return tree, tuple(symbols)


def is_symbol(label: Any) -> bool:
    """Tell whether a label is symbolic."""
    return isinstance(label, (IndexTemplate, LookupItem))


def is_index(label: Any) -> bool:
    """Tell whether a label is one of the symbols that a family or a sum runs over."""
    return isinstance(label, IndexTemplate)


def is_plain(label: Any) -> bool:
    """Tell whether a label is concrete: neither symbolic nor arithmetic on symbols."""
    return not hasattr(label, "is_expression_type")


def parts(item: Any) -> tuple[Any, Sequence[Any]]:
    """Return what an item subscripts, and the labels."""
    return item._args_[0], item._args_[1:]


def arguments(tree: Any) -> Sequence[Any]:
    """Return the arguments of a node."""
    found: Sequence[Any] = tree.args
    return found


def summed(tree: Any) -> tuple[Any, Iterator[tuple[JoinItem, Sequence[Any]]]]:
    """Return the body of a sum, and what it runs over: a join and its symbols, one by one."""
    return tree._local_args_[0], ((group[0]._set, group) for group in tree.template_iters())


def varies(tree: Any) -> bool:
    """Tell whether a tree holds a variable."""
    return bool(getattr(tree, "is_potentially_variable", lambda: False)())


def kind(tree: Any) -> str:
    """Return which of the node kinds the evaluator knows a tree is; '' for any other."""
    for cls, name in _KINDS:
        if isinstance(tree, cls):
            return name
    return ""


_KINDS: tuple[tuple[Any, str], ...] = (
    (ColumnItem, "column"),
    (DataItem, "data"),
    (TemplateSumExpression, "sum over"),
    (ProductExpression, "product"),
    (SumExpression, "sum"),
    (NegationExpression, "negation"),
    (DivisionExpression, "division"),
    ((int, float, np.integer, np.floating), "number"),
)


def relation(name: str, expression: Any) -> bool | tuple[str, Any, Any]:
    """Return a comparison as ('<=' or '==', left, right), or a bool where nothing varies."""
    if isinstance(expression, (bool, np.bool_)):
        return bool(expression)
    if isinstance(expression, EqualityExpression):
        return "==", *expression.args
    if isinstance(expression, InequalityExpression) and not expression.strict:
        return "<=", *expression.args
    raise LoweringError(f"{name}: a constraint must return one comparison (<=, >= or ==)")
