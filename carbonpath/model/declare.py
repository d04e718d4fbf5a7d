"""Registers of quantities, costs and constraints. A rule is registered by being imported."""

import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from types import CodeType
from typing import Any

Function = Callable[..., Any]


@dataclass(frozen=True)
class Rule:
    """A function `rule(x, d, *labels)`: its index set, unit, and Chinese title."""

    name: str
    kind: str
    over: str
    unit: str
    zh: str
    function: Function

    @property
    def title(self) -> str:
        """The first sentence of the docstring, without its full stop."""
        return (inspect.getdoc(self.function) or "").split("\n", 1)[0].rstrip(".")

    @property
    def names(self) -> frozenset[str]:
        """Every attribute name the rule uses: what it may read of decisions and data."""
        return frozenset(_names(self.function.__code__))


REGISTER: dict[str, Rule] = {}


def _registered(kind: str, over: str, unit: str, zh: str) -> Callable[[Function], Function]:
    def register(function: Function) -> Function:
        name = function.__name__
        if name in REGISTER:
            raise NameError(f"{name} is declared twice")
        REGISTER[name] = Rule(name, kind, over, unit, zh, function)
        return function

    return register


def quantity(over: str, unit: str, zh: str = "") -> Callable[[Function], Function]:
    """Register a named linear expression."""
    return _registered("quantity", over, unit, zh)


def cost(over: str, unit: str = "bn CNY_2020/yr", zh: str = "") -> Callable[[Function], Function]:
    """Register a quantity that enters the objective, discounted."""
    return _registered("cost", over, unit, zh)


def constraint(over: str, unit: str) -> Callable[[Function], Function]:
    """Register rows: the function returns one comparison."""
    return _registered("constraint", over, unit, "")


def rules(*kinds: str) -> list[Rule]:
    """Return the registered rules of the given kinds, sorted by name."""
    return sorted((r for r in REGISTER.values() if r.kind in kinds), key=lambda r: r.name)


def load(package: str, path: list[str]) -> None:
    """Import every module of a package, so that a file counts by being there."""
    for module in pkgutil.iter_modules(path):
        import_module(f"{package}.{module.name}")


def _names(code: CodeType) -> set[str]:
    inner = [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    return set(code.co_names).union(*(_names(part) for part in inner))
