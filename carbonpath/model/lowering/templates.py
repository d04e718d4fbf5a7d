"""Everything taken from Pyomo's template and expression modules, which are not public API.

Tested with Pyomo 6.10; a newer minor version needs only this file looked at. A rule that is
called with symbolic labels returns a tree of the classes below and of Pyomo's arithmetic.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import numpy as np
from pyomo.common import dependencies
from pyomo.common.errors import InvalidConstraintError, PyomoException
from pyomo.core.expr import template_expr
from pyomo.core.expr.numeric_expr import (
    ARG_TYPE,
    DivisionExpression,
    NegationExpression,
    ProductExpression,
    SumExpression,
    register_arg_type,
)
from pyomo.core.expr.relational_expr import EqualityExpression, InequalityExpression
from pyomo.core.expr.template_expr import (
    NPV_Numeric_GetItemExpression,
    NPV_Structural_GetItemExpression,
    Numeric_GetItemExpression,
    TemplateSumExpression,
    templatize_rule,
)

from .errors import LoweringError, NotLowerable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["InvalidConstraintError"]

_BROKEN = (
    PyomoException, TypeError, ValueError, AttributeError, LookupError, RuntimeError, StopIteration,
)  # fmt: skip
_ASKED = ("eq", "ne", "hash", "bool", "len", "contains", "float", "int")
_OPERATORS = (
    *_ASKED, "lt", "le", "gt", "ge", "iter", "str", "format", "index", "neg", "pos", "abs",
    "add", "radd", "iadd", "sub", "rsub", "isub", "mul", "rmul", "imul",
    "truediv", "rtruediv", "itruediv", "pow", "rpow", "mod", "rmod",
)  # fmt: skip

# Once it is imported, Pyomo loads scipy.stats with any part of scipy: 0.4 s and 50 MB for nothing.
getattr(dependencies.DeferredImportCallbackFinder, "_callbacks", {}).pop("scipy", None)

# By default Pyomo learns from the first sum it meets whether sums hold variables at all.
register_arg_type(TemplateSumExpression, ARG_TYPE.OTHER)


def _refuse(self: Any, *_: Any) -> Any:
    """Stand for an operator that would answer without knowing the label."""
    raise NotLowerable("a label or a join is used for something else than a subscript or a sum")


def _guarded(operators: Sequence[str]) -> Callable[[Any], Any]:
    """Let a class refuse operators; unguarded, `label == "coal"` would quietly say no."""

    def guard(cls: Any) -> Any:
        for operator in operators:
            setattr(cls, f"__{operator}__", _refuse)
        return cls

    return guard


@_guarded(_OPERATORS)
class Symbol(template_expr.IndexTemplate):  # type: ignore[misc]
    """A label that a family or a sum runs over."""

    __slots__ = ()


class DataItem(NPV_Numeric_GetItemExpression):  # type: ignore[misc]
    """`d.name[...]` for data, with a symbolic label among the labels."""

    __slots__ = ()


@_guarded(_OPERATORS)
class LookupItem(NPV_Structural_GetItemExpression):  # type: ignore[misc]
    """`d.name[...]` for a lookup: a symbolic label."""

    __slots__ = ()


class ColumnItem(Numeric_GetItemExpression):  # type: ignore[misc]
    """`x.name[...]`, a variable or a quantity."""

    __slots__ = ()


@_guarded(_ASKED)
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
    speaker = logging.getLogger(template_expr.__name__)
    was, speaker.disabled = speaker.disabled, True
    pyomo_symbol, template_expr.IndexTemplate = template_expr.IndexTemplate, Symbol
    try:
        tree, symbols = templatize_rule(None, lambda _, labels: rule(*labels), _Rows(dimen))
    except _BROKEN as reason:
        if isinstance(reason.__context__, (LoweringError, NotLowerable)):
            raise reason.__context__ from None
        raise NotLowerable(str(reason)) from reason
    finally:
        template_expr.IndexTemplate = pyomo_symbol
        speaker.disabled = was
    return tree, tuple(symbols)


def is_index(label: Any) -> bool:
    """Tell whether a label is one of the symbols that a family or a sum runs over."""
    return isinstance(label, Symbol)


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
    """Tell whether a tree holds a variable; Pyomo's own answer is wrong around template sums."""
    if isinstance(tree, TemplateSumExpression):
        return varies(tree._local_args_[0])
    if isinstance(tree, (ProductExpression, SumExpression, NegationExpression, DivisionExpression)):
        return any(map(varies, tree.args))
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
