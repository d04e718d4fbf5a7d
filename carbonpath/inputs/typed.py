"""Checks every cell against what its column must be, and gives columns their type."""

import re
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from carbonpath.inputs.cells import ID, id_remedy, number_remedy, numbers
from carbonpath.inputs.frames import DOUBTFUL, FILE, LINE, PLACED, UNREAD, Frame, Frames, at, texts
from carbonpath.inputs.problems import Problems, place
from carbonpath.spec.columns import ABSENT, IDS, INTEGERS, NUMBERS, PATTERNS, UNITS, choices
from carbonpath.spec.nearest import hint, nearest
from carbonpath.spec.tables import TABLES, Table
from carbonpath.spec.units import problem_with
from carbonpath.strict_yaml import shown

Flags = npt.NDArray[np.bool_]
_ID = re.compile(ID)


def typed_tables(frames: Frames, problems: Problems) -> dict[str, Frame]:
    """Return the tables with numbers as numbers; every bad cell is noted."""
    return {table.name: _typed(table, frames[table.name], problems) for table in TABLES}


def _typed(table: Table, data: Frame, problems: Problems) -> Frame:
    """Check and convert one table."""
    doubtful = np.zeros(len(data), dtype=bool)
    for column in table.required:
        unread = (data[column] == UNREAD).to_numpy()
        if unread.any():
            doubtful |= unread
            data = data.assign(**{column: data[column].mask(unread, "")})
    problems.add("required_cells_are_filled", _empty_cells(table, data, doubtful))
    problems.add("keys_are_unique", _duplicates(table, data))
    columns: dict[str, pd.Series] = {}
    for column in table.columns:
        cells = data[column]
        columns[column] = cells
        if column in NUMBERS:
            values, bad = numbers(cells)
            columns[column] = pd.Series(values, index=data.index)
            problems.add("cells_are_numbers", _bad_numbers(data, column, bad))
        elif column in INTEGERS:
            years, bad = _integers(cells, *INTEGERS[column])
            columns[column] = pd.Series(years, index=data.index)
            problems.add("cells_are_whole_numbers", _bad_integers(data, column, bad))
            doubtful |= bad
        else:
            wrong = _bad_words(table, data, column)
            kind = "units_are_known" if column in UNITS else "cells_are_accepted_words"
            problems.add(kind, wrong.values())
            doubtful[list(wrong)] = True
            columns[column] = _mended(table, column, cells) if wrong else cells
    columns |= {column: data[column] for column in PLACED}
    return pd.DataFrame({**columns, DOUBTFUL: doubtful})


def _empty_cells(table: Table, data: Frame, told: Flags) -> Iterator[str]:
    for column in table.required:
        cells = texts(data, column)
        empty = [row for row, text in enumerate(cells) if text == "" and not told[row]]
        for where in at(data, empty, column):
            yield f"{where}: empty; fill it in"


def _bad_numbers(data: Frame, column: str, bad: Flags) -> Iterator[str]:
    cells, rows = texts(data, column), np.flatnonzero(bad).tolist()
    for row, where in zip(rows, at(data, rows, column), strict=True):
        text = cells[row]
        yield f"{where}: {shown(text)} is not a number; {number_remedy(text)}"


def _integers(cells: pd.Series, low: int, high: int) -> tuple[npt.NDArray[np.int64], Flags]:
    """Return whole numbers (ABSENT where empty or bad), and where the cells are bad."""
    empty = (cells == "").to_numpy()
    good = cells.str.fullmatch(r"[0-9]{1,6}").to_numpy(dtype=bool)
    values = np.full(len(cells), ABSENT, dtype=np.int64)
    values[good] = cells.to_numpy(dtype=object)[good].astype(np.int64)
    outside = good & ((values < low) | (values > high))
    values[outside] = ABSENT
    return values, ~(empty | good) | outside


def _bad_integers(data: Frame, column: str, bad: Flags) -> Iterator[str]:
    low, high = INTEGERS[column]
    cells, rows = texts(data, column), np.flatnonzero(bad).tolist()
    example = (low + high) // 2
    for row, where in zip(rows, at(data, rows, column), strict=True):
        text = shown(cells[row])
        yield f"{where}: {text} is no whole number from {low} to {high}; write e.g. {example}"


def _bad_words(table: Table, data: Frame, column: str) -> dict[int, str]:
    """Check ids, units and closed lists, each different text once; return sentences by row."""
    cells = texts(data, column)
    problem_of = {text: _problem(table, column, text) for text in set(cells) if text != ""}
    rows = [row for row, text in enumerate(cells) if problem_of.get(text)]
    places = at(data, rows, column)
    return {
        row: f"{where}: {problem_of[cells[row]]}" for row, where in zip(rows, places, strict=True)
    }


def _mended(table: Table, column: str, cells: pd.Series) -> pd.Series:
    """Take the nearest accepted word for a misspelt one, so that later checks see what is meant."""
    words = choices(table.name, column)
    mended = [
        text if not words or text in words or not text else nearest(text, words)
        for text in cells.tolist()
    ]
    return pd.Series(mended, index=cells.index, dtype=object)


def _problem(table: Table, column: str, text: str) -> str:
    """Return what is wrong with the text of a cell, or nothing."""
    words = choices(table.name, column)
    if words:
        return "" if text in words else f"{shown(text)} is not accepted; {hint(text, words)}"
    if column in UNITS:
        return problem_with(text)
    if column in IDS and column not in PATTERNS.get(table.name, ()):
        return "" if _ID.fullmatch(text) else f"{shown(text)} is no name; {id_remedy(text)}"
    return ""


def _duplicates(table: Table, data: Frame) -> Iterator[str]:
    """Name every pair of rows with the same key."""
    if data.empty:
        return
    again = data.duplicated(list(table.keys), keep=False).to_numpy()
    if not again.any():
        return
    for _, same in data[again].groupby(list(table.keys), sort=False):
        first = same.iloc[0]
        key = ", ".join(f"{name}={first[name]}" for name in table.keys if first[name] != "")
        for _, other in same.iloc[1:].iterrows():
            values = _compared(first, other)
            yield f"{_pair(first, other)}: the same key ({key}){values}; keep one"


def _pair(first: pd.Series, other: pd.Series) -> str:
    if first[FILE] == other[FILE]:
        return f"{place(first[FILE], first[LINE], 's')} and {other[LINE]}"
    return f"{place(first[FILE], first[LINE])} and {place(other[FILE], other[LINE])}"


def _compared(first: pd.Series, other: pd.Series) -> str:
    if "value" not in first.index:
        return ""
    same = first["value"] == other["value"]
    return f" with value {first['value']}" if same else f", {first['value']} and {other['value']}"
