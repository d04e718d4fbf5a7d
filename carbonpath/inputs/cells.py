"""What a cell of text means: a number, a whole number, an id; and how to mend it if it is none."""

import re
import unicodedata

import numpy as np
import numpy.typing as npt
import pandas as pd

NUMBER = r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
ID = r"[A-Za-z0-9][A-Za-z0-9_.\-]*"
_NUMBER = re.compile(NUMBER)
_MYRIADS = {"万": 1e4, "亿": 1e8, "千": 1e3, "百万": 1e6}
_NOTHING = {"nan", "na", "n/a", "none", "null", "-", "—", "–", "--", "——", "...", "/", "#n/a"}
_ENDLESS = {"inf", "+inf", "-inf", "infinity", "∞", "-∞"}


def numbers(cells: pd.Series) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Return the numbers of a column (NaN where empty or bad), and where the cells are bad."""
    empty = (cells == "").to_numpy()
    good = cells.str.fullmatch(NUMBER).to_numpy(dtype=bool)
    values = np.full(len(cells), np.nan)
    values[good] = cells.to_numpy(dtype=object)[good].astype(float)
    endless = np.isinf(values)
    values[endless] = np.nan
    return values, ~(empty | good) | endless


def number_remedy(text: str) -> str:
    """Say how to write what someone meant by a cell that is no number."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if folded.lower() in _NOTHING:
        return "leave the row out if there is no value"
    if folded.lower() in _ENDLESS or _NUMBER.fullmatch(folded.replace(",", "")) is not None:
        return _plain_or_endless(folded)
    if match := re.fullmatch(f"({NUMBER}) ?%", folded):
        return f"write {match[1]} with unit %, or {float(match[1]) / 100:g} with unit 1"
    if match := re.fullmatch(f"({NUMBER}) ?(百万|万|亿|千)", folded):
        return f"write {float(match[1]) * _MYRIADS[match[2]]:.12g}"
    if match := re.fullmatch(f"[<>≤≥≈~=约]+ ?({NUMBER})", folded):
        return f"write {match[1]}; a direction belongs in 'sense', a doubt in 'note'"
    if match := re.fullmatch(f"[\"'“‘]({NUMBER})[\"'”’]", folded):
        return f"write {match[1]} without quotes"
    if match := re.match(f"({NUMBER}) ?[A-Za-z]", folded):
        return f"write {match[1]} and put the unit in the column of units"
    return "write a plain number, e.g. 1200 or 1.2e3"


def _plain_or_endless(folded: str) -> str:
    bare = folded.replace(",", "")
    if _NUMBER.fullmatch(bare) and abs(float(bare)) < float("inf"):
        return f"write {bare}"
    return "leave the row out: without a row there is no limit"


def id_remedy(text: str) -> str:
    """Say what an id may be made of, and which character is not allowed."""
    bad = next((c for c in text if not re.fullmatch(r"[A-Za-z0-9_.\-]", c)), text[:1])
    name = unicodedata.name(bad, f"U+{ord(bad):04X}").lower()
    return f"it holds {name}; use letters a-z, digits, '_', '-' and '.', and begin with a letter"
