"""Tables to CSV and back without a change: every column's kind is kept beside the text."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

import pandas as pd

from carbonpath.errors import InputError

Schema = Sequence[Sequence[str]]
"""Column names in order, each with its kind: integer, number, boolean, text, json; the kind of an
index column ends in '*'."""


def write(table: pd.DataFrame) -> tuple[bytes, Schema]:
    """Return a table as CSV and the schema that `read` needs."""
    named = [name for name in table.index.names if name is not None]
    flat = table.reset_index() if named else table
    kinds = {str(name): _kind(flat[name]) for name in flat.columns}
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(kinds)
    columns = [[_text(v, kinds[str(name)]) for v in flat[name].tolist()] for name in flat.columns]
    writer.writerows(zip(*columns, strict=True))
    schema = [[name, kind + "*" * (name in named)] for name, kind in kinds.items()]
    return buffer.getvalue().encode(), schema


def read(data: bytes, schema: Schema, place: str) -> pd.DataFrame:
    """Return the table that `write` wrote; `place` names it in a complaint."""
    rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
    if not rows or rows[0] != [name for name, _ in schema]:
        raise InputError(
            f"{place}: its columns are not those of the manifest; run again", code="E705"
        )
    table = pd.DataFrame(
        {
            name: _column([row[at] for row in rows[1:]], kind.rstrip("*"))
            for at, (name, kind) in enumerate(schema)
        }
    )
    named = [name for name, kind in schema if kind.endswith("*")]
    return table.set_index(named) if named else table


def _kind(column: "pd.Series[Any]") -> str:
    """The kind of a column; whatever is not plain is kept as JSON."""
    if pd.api.types.is_bool_dtype(column):
        return "boolean"
    if pd.api.types.is_integer_dtype(column):
        return "integer"
    if pd.api.types.is_float_dtype(column):
        return "number"
    plain = all(isinstance(value, str) for value in column.tolist() if not _missing(value))
    return "text" if plain else "json"


def _missing(value: object) -> bool:
    """None, NaN and the like."""
    return value is None or value is pd.NA or value is pd.NaT or value != value


def _text(value: object, kind: str) -> str:
    """One cell as text; a float keeps every digit."""
    if _missing(value):
        return ""
    if kind == "json":
        return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_plain)
    return repr(value) if kind == "number" else str(value)


def _plain(value: Any) -> Any:
    """JSON for what the standard encoder does not know: numpy scalars, sets, tuples as keys."""
    return value.item() if hasattr(value, "item") else sorted(value)


def _column(cells: list[str], kind: str) -> "pd.Series[Any]":
    """The cells of a column as values of its kind; an empty text cell stays an empty text."""
    if kind == "number":
        return pd.Series([float(cell) if cell else float("nan") for cell in cells], dtype=float)
    if kind == "integer":
        return pd.Series([int(cell) for cell in cells], dtype="int64")
    if kind == "boolean":
        return pd.Series([cell == "True" for cell in cells], dtype=bool)
    if kind == "json":
        return pd.Series([json.loads(cell) if cell else None for cell in cells], dtype=object)
    return pd.Series(cells, dtype=str)
