"""Resolved tables as a list of values with their origin, and as one hash."""

import hashlib
from collections.abc import Iterator

import pandas as pd

from carbonpath.inputs.frames import Frame, origins, texts
from carbonpath.inputs.tables import Tables
from carbonpath.spec.columns import ABSENT
from carbonpath.spec.tables import LABELS, TABLES, TRACE, Table

UNHASHED = (*TRACE, *LABELS, "because", "known_since", "licence", "number", "publisher", "title")
"""Columns that say where a value comes from or how it is shown: no number depends on them."""
COLUMNS = ("table", "key", "value", "unit", "quality", "source", "note", "origin")


def values(tables: Tables) -> pd.DataFrame:
    """Return every value of the resolved tables with key, unit, quality, source and origin."""
    parts = [_values(table, tables[table.name]) for table in TABLES if len(tables[table.name])]
    empty = pd.DataFrame({column: [] for column in COLUMNS}, dtype=object)
    return pd.concat([empty, *parts], ignore_index=True)


def _values(table: Table, data: Frame) -> pd.DataFrame:
    """Return one row for each row of a table that has a value."""
    if "value" not in table.columns or table.name == "shapes":
        return pd.DataFrame({column: [] for column in COLUMNS}, dtype=object)
    keys = [_words(data, column) for column in table.keys]
    named = zip(*keys, strict=True)
    return pd.DataFrame(
        {
            "table": table.name,
            "key": [
                " ".join(f"{k}={c}" for k, c in zip(table.keys, cells, strict=True) if c)
                for cells in named
            ],
            "value": data["value"].to_numpy(dtype=float),
            "unit": texts(data, "unit") if "unit" in data else "",
            **{column: texts(data, column) for column in ("quality", "source")},
            "note": texts(data, "note") if "note" in data else "",
            "origin": origins(data),
        }
    )


def _words(data: Frame, column: str) -> list[str]:
    """Return the cells of a column as text; absent ones are empty."""
    cells = data[column].tolist()
    return ["" if cell in ("", ABSENT) or cell != cell else _plain(cell) for cell in cells]


def _plain(cell: object) -> str:
    return repr(cell) if isinstance(cell, float) else str(cell)


def content_hash(tables: Tables) -> str:
    """Return one hash of all resolved values, whatever the order of rows, columns and files."""
    digest = hashlib.sha256()
    for line in sorted(_lines(tables)):
        digest.update(line.encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _lines(tables: Tables) -> Iterator[str]:
    """Yield one line for each row."""
    yield f"options {sorted(tables.options.items())} periods {tables.periods}"
    for table in TABLES:
        data = tables[table.name]
        columns = sorted(set(table.columns) - set(UNHASHED))
        cells = [_words(data, column) for column in columns]
        folders = texts(data, "folder")
        for folder, row in zip(folders, zip(*cells, strict=True), strict=True):
            named = "\t".join(f"{c}={v}" for c, v in zip(columns, row, strict=True) if v)
            yield f"{table.name}\t{folder}\t{named}"
