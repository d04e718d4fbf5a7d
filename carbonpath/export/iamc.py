"""Scenarios as one IAMC table: model, scenario, region, variable, unit, then a column per year."""

from collections.abc import Iterator, Sequence

import pandas as pd

from carbonpath.errors import InputError
from carbonpath.export.variables import variables
from carbonpath.results.results import Results

KEYS = ["model", "scenario", "region", "variable", "unit"]
COUNTRY = "China"
SIGNIFICANT = 8


def table(solved: Sequence[Results], model: str) -> pd.DataFrame:
    """Return every variable of every scenario, with a column per year."""
    _refuse_equal_ids(solved)
    rows = [row for results in solved for row in _rows(results, model)]
    return (
        pd.DataFrame(rows)
        .pivot_table(index=KEYS, columns="year", values="value", sort=False, dropna=False)
        .reset_index()
        .rename_axis(columns=None)
    )


def text(frame: pd.DataFrame) -> bytes:
    """Return the table as CSV."""
    content = frame.to_csv(index=False, float_format=f"%.{SIGNIFICANT}g", lineterminator="\n")
    return content.encode()


def _rows(results: Results, model: str) -> Iterator[dict[str, object]]:
    """One row for each variable and year."""
    for variable in variables():
        names = (model, results.id, region(results), variable.name, variable.unit)
        series = variable.values(results)
        for period in results.periods:
            value = float(series.sel(period=period))
            yield {**dict(zip(KEYS, names, strict=True)), "year": period, "value": value}


def region(results: Results) -> str:
    """The province: the one region of the result, or its dataset where there are several."""
    labels = [str(label) for label in results.dataset["region"].values]
    dataset = str(results.manifest.get("dataset", ""))
    return f"{COUNTRY}|{(labels[0] if len(labels) == 1 else dataset).title()}"


def _refuse_equal_ids(solved: Sequence[Results]) -> None:
    """Two scenarios of one name could not be told apart."""
    ids = [results.id for results in solved]
    if twice := sorted({name for name in ids if ids.count(name) > 1}):
        raise InputError(f"two results are called {', '.join(twice)}; export one of them")
