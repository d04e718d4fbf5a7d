"""Ordinary Pyomo rules lowered to sparse matrices: declare a `Space`, ask for its matrix."""

from . import templates  # noqa: F401 - before scipy, else Pyomo loads scipy.stats
from .errors import LoweringError
from .linear import Family, LinearModel, Operator
from .space import Space
from .tables import Index

__all__ = ["Family", "Index", "LinearModel", "LoweringError", "Operator", "Space"]
