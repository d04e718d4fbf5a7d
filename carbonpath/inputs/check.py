"""The register of checks, and their run: every problem of every check, then one report.

A check is a function of the tables that yields sentences and raises nothing. Its name says what
good data do. Checks of names come first; what they repair (a likely misspelling) the others see
repaired, so that one slip is told once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from carbonpath.inputs.problems import Problems
from carbonpath.inputs.tables import Tables

Sentences = Callable[[Tables], Iterator[str]]


@dataclass(frozen=True)
class Check:
    """One registered check; the findings of a warning do not stop a run."""

    name: str
    find: Sentences
    warning: bool
    of_names: bool


CHECKS: dict[str, Check] = {}


def check(find: Sentences) -> Sentences:
    """Register a check whose findings are errors."""
    return _register(find, warning=False, of_names=False)


def check_names(find: Sentences) -> Sentences:
    """Register a check of names, which sees the tables as they are written."""
    return _register(find, warning=False, of_names=True)


def warn(find: Sentences) -> Sentences:
    """Register a check whose findings may be right, and are only told."""
    return _register(find, warning=True, of_names=False)


def _register(find: Sentences, *, warning: bool, of_names: bool) -> Sentences:
    if find.__name__ in CHECKS:
        raise ValueError(f"two checks are called {find.__name__}")
    CHECKS[find.__name__] = Check(find.__name__, find, warning, of_names)
    return find


def run_checks(written: Tables, mended: Tables, problems: Problems) -> None:
    """Run every check, by name, on the tables as written or as mended and converted."""
    for name in sorted(CHECKS):
        found = CHECKS[name]
        tables = written if found.of_names else mended
        problems.add(name, found.find(tables), warning=found.warning)
