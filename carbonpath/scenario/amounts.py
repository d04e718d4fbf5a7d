"""Amounts and years as a scenario file writes them: '30 %', {2030: 30 %}, 2020..2035, '20 min'."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from carbonpath.errors import InputError
from carbonpath.spec.columns import INTEGERS
from carbonpath.spec.units import convert, problem_with
from carbonpath.strict_yaml import shown

_AMOUNT = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(.*)", re.ASCII | re.DOTALL)
_RANGE = re.compile(r"(\d{4})\.\.(\d{4})", re.ASCII)
FIRST_YEAR, LAST_YEAR = INTEGERS["period"]


class Amount(NamedTuple):
    """A number and a unit, both as text; '1' is the unit of a plain number."""

    number: str
    unit: str


class UnknownUnitError(ValueError):
    """A unit is not of the vocabulary."""


def amount(value: object) -> Amount:
    """Read '30 %' or 0.3; the unit must be of the vocabulary."""
    if isinstance(value, Amount):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError(f"{shown(value)} is no amount; write a number and a unit, e.g. '30 %'")
    if not isinstance(value, str):
        return Amount(repr(value), "1")
    match = _AMOUNT.fullmatch(value.strip())
    if match is None or not float("-inf") < float(match[1]) < float("inf"):
        raise ValueError(f"{shown(value)} is no amount; write a number and a unit, e.g. '30 %'")
    unit = match[2] or "1"
    if problem := problem_with(unit):
        raise UnknownUnitError(problem)
    return Amount(match[1], unit)


def amount_in(value: object, unit: str) -> float:
    """Read an amount and return it in a unit, e.g. '20 min' in seconds."""
    given = amount(value)
    try:
        return convert(float(given.number), given.unit, unit)
    except InputError as error:
        raise ValueError(str(error)) from error


def year(value: object) -> int:
    """Read a year; dates, texts and numbers with a fraction are refused."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{shown(value)} is no year; write four digits, e.g. 2030")
    if not FIRST_YEAR <= value <= LAST_YEAR:
        raise ValueError(f"year {value} is out of range; write {FIRST_YEAR} to {LAST_YEAR}")
    return value


def years(value: object) -> tuple[int, ...]:
    """Read 2030, '2020..2035', or a list of both, in growing order."""
    entries = value if isinstance(value, (list, tuple)) else [value]
    found: list[int] = []
    for entry in entries:
        match = _RANGE.fullmatch(entry) if isinstance(entry, str) else None
        if match:
            first, last = year(int(match[1])), year(int(match[2]))
            if last < first:
                raise ValueError(f"range {entry} runs backwards; write {last}..{first}")
            found += range(first, last + 1)
        else:
            found.append(year(entry))
    for before, after in zip(found, found[1:], strict=False):
        if after <= before:
            raise ValueError(f"years must grow, but {after} follows {before}")
    return tuple(found)


def series(value: object) -> dict[int | None, Amount]:
    """Read one amount, {year: amount}, {unit, year: number} or {unit, values: {year: number}}."""
    if not isinstance(value, Mapping):
        return {None: amount(value)}
    entries = dict(value)
    unit = entries.pop("unit", None)
    inner = entries.pop("values", None)
    if inner is not None:
        if entries:
            raise ValueError("give years either beside 'unit' or inside 'values', not both")
        entries = dict(inner) if isinstance(inner, Mapping) else {None: inner}
    if not entries:
        raise ValueError("no value is given; write e.g. {2030: 30 %}")
    return {None if key is None else year(key): _with_unit(v, unit) for key, v in entries.items()}


def _with_unit(value: object, unit: object) -> Amount:
    """Give a plain number the unit that stands beside it."""
    if unit is None:
        return amount(value)
    given = amount(value)
    if given.unit != "1":
        raise ValueError(f"{shown(value)} has a unit although {shown(unit)} is given; keep one")
    return amount(f"{given.number} {unit}")
