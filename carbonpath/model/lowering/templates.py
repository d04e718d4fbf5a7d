"""Everything taken from Pyomo's template and expression modules, which are not public API.

Tested with Pyomo 6.10; a newer minor version needs only this file looked at.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from pyomo.core.expr.relational_expr import EqualityExpression, InequalityExpression

from .errors import LoweringError


def relation(name: str, expression: Any) -> bool | tuple[str, Any, Any]:
    """Return a comparison as ('<=' or '==', left, right), or a bool where nothing varies."""
    if isinstance(expression, (bool, np.bool_)):
        return bool(expression)
    if isinstance(expression, EqualityExpression):
        return "==", *expression.args
    if isinstance(expression, InequalityExpression) and not expression.strict:
        return "<=", *expression.args
    raise LoweringError(f"{name}: a constraint must return one comparison (<=, >= or ==)")
