"""Scenarios as one IAMC table: model, scenario, region, variable, unit, then a column per year."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

import pandas as pd
import yaml

from carbonpath.accounts.comparison import refuse_equal_ids
from carbonpath.accounts.currency import Currency
from carbonpath.errors import InputError
from carbonpath.export.variables import MONEY, variables
from carbonpath.export.workbook import Row, Sheet, saved
from carbonpath.results.results import Results

KEYS = ["model", "scenario", "region", "variable", "unit"]
COUNTRY = "China"
SIGNIFICANT = 8


def table(solved: Sequence[Results], model: str) -> pd.DataFrame:
    """Return every variable of every scenario, with a column per year."""
    refuse_equal_ids(solved)
    if unknown := [one.name for one in variables() if one.name not in defined()]:
        raise InputError(
            f"{', '.join(unknown)}: not among the definitions that ship with the project; add each "
            "with its unit to carbonpath/export/definitions/variable/",
            code="E742",
        )
    years = sorted({year for results in solved for year in results.periods})
    rows = [row for results in solved for row in _rows(results, model)]
    return pd.DataFrame(rows, columns=[*KEYS, *years])


@lru_cache(maxsize=1)
def defined() -> frozenset[str]:
    """Return the names of the variables that the shipped definitions hold."""
    folder = files("carbonpath.export") / "definitions" / "variable"
    entries = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in folder.iterdir()]
    return frozenset(name for listed in entries for entry in listed for name in entry)


def text(frame: pd.DataFrame) -> bytes:
    """Return the table as CSV."""
    content = frame.to_csv(index=False, float_format=f"%.{SIGNIFICANT}g", lineterminator="\n")
    return content.encode()


def workbook_of(frame: pd.DataFrame) -> bytes:
    """Return the table as a workbook with the one sheet `data`, as IAMC tools read it."""
    rows: list[Row] = [
        [None if value != value else value for value in row]
        for row in frame.itertuples(index=False, name=None)
    ]
    return saved([("data", Sheet("data", "", [list(map(plain, frame.columns))], rows, labels=5))])


def plain(name: object) -> str | int:
    """Return the head of a column: a year is a number."""
    return int(name) if isinstance(name, int) else str(name)


def _rows(results: Results, model: str) -> Iterator[dict[str | int, object]]:
    """One row for each variable."""
    for variable in variables():
        names = (model, results.id, region(results), variable.name, unit_in(results, variable.unit))
        series = variable.values(results)
        row: dict[str | int, object] = dict(zip(KEYS, names, strict=True))
        yield row | {year: float(series.sel(period=year)) for year in results.periods}


def unit_in(results: Results, unit: str) -> str:
    """The unit of a variable, in the money of the run."""
    money = Currency.of(results)
    if unit == MONEY and money.foreign:
        return f"{money.en}/yr"
    return money.unit(unit)[0]


def region(results: Results) -> str:
    """The province: the one region of the result, or its dataset where there are several."""
    labels = [str(label) for label in results.dataset["region"].values]
    dataset = str(results.manifest.get("dataset", ""))
    return f"{COUNTRY}|{(labels[0] if len(labels) == 1 else dataset).title()}"
