"""Glob patterns that select names: 'coal_*|gas_*'; empty selects all."""

import re
from collections.abc import Iterable
from fnmatch import translate
from functools import lru_cache


def split(patterns: str) -> tuple[str, ...]:
    """Return the patterns of a cell."""
    return tuple(part.strip() for part in patterns.split("|") if part.strip())


def matching(names: Iterable[str], patterns: str) -> list[str]:
    """Return the names that any pattern matches, or all names where there is none."""
    accepts = _compiled(patterns)
    return list(names) if accepts is None else [name for name in names if accepts.match(name)]


@lru_cache(maxsize=4096)
def _compiled(patterns: str) -> re.Pattern[str] | None:
    parts = split(patterns)
    return re.compile("|".join(map(translate, parts))) if parts else None
