"""Numbers people use: pure functions of Results. A module counts by being here."""

from importlib import import_module
from pkgutil import iter_modules

for module in sorted(found.name for found in iter_modules(__path__)):
    import_module(f"{__name__}.{module}")

from carbonpath.accounts.declare import INDICATORS, Accounts  # noqa: E402

__all__ = ["INDICATORS", "Accounts"]
