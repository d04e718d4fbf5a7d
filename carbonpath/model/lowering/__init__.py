"""Ordinary Pyomo rules lowered to sparse matrices: declare a `Space`, ask for its matrix."""

import pyomo.environ  # noqa: F401 - before scipy, else Pyomo loads scipy.stats: 0.4 s and 50 MB

from .errors import LoweringError
from .linear import Family, LinearModel, Operator
from .space import Space
from .tables import Index

__all__ = ["Family", "Index", "LinearModel", "LoweringError", "Operator", "Space"]
