"""Glob patterns that select names: 'coal_*|gas_*'; empty selects all."""

from collections.abc import Iterable
from fnmatch import fnmatchcase


def split(patterns: str) -> tuple[str, ...]:
    """Return the patterns of a cell."""
    return tuple(part.strip() for part in patterns.split("|") if part.strip())


def matching(names: Iterable[str], patterns: str) -> list[str]:
    """Return the names that any pattern matches, or all names where there is none."""
    parts = split(patterns)
    if not parts:
        return list(names)
    return [name for name in names if any(fnmatchcase(name, part) for part in parts)]
