"""'Did you mean': the nearest accepted word."""

from collections.abc import Iterable
from difflib import get_close_matches

LISTED = 12


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the accepted word most like this one, or nothing."""
    lower: dict[str, str] = {}
    for candidate in sorted(known):
        lower.setdefault(candidate.lower(), candidate)
    close = get_close_matches(word.lower(), lower, n=1, cutoff=0.6)
    return lower[close[0]] if close else ""


def hint(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return a remedy: the nearest word, else the list if it is short, else `otherwise`."""
    words = list(known)
    if near := nearest(word, words):
        return f"did you mean {near!r}?"
    if otherwise:
        return otherwise
    if 0 < len(words) <= LISTED:
        return "write one of " + ", ".join(words)
    return "check the spelling"
