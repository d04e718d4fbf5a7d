"""Reads a Temoa database of schema v4: every table as rows, nothing interpreted."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from carbonpath.errors import InputError
from carbonpath.inputs.foreign.temoa.config import Configuration
from carbonpath.inputs.foreign.temoa.layout import in_one_layout

Row = Mapping[str, Any]
NEEDED = ("time_period", "region", "technology", "commodity", "efficiency", "demand")
SCHEMA = 4
DAYS = 365.0
TEXTS = (
    "region", "tech", "season", "tod", "input_comm", "output_comm", "emis_comm", "commodity",
    "demand_name", "name", "group_name", "tech_or_group", "sub_group", "super_group", "seas_seq",
    "primary_region", "primary_tech", "driven_tech", "tech_group",
)  # fmt: skip
"""Columns of names: read as text, whatever the database made of them."""


@dataclass(frozen=True)
class Database:
    """The tables of a database by name, and the settings that Temoa keeps outside it."""

    tables: Mapping[str, Sequence[Row]]
    config: Configuration = Configuration()

    def rows(self, name: str) -> Sequence[Row]:
        """The rows of a table; none where the database lacks it."""
        return self.tables.get(name, ())

    def values(self, table: str, column: str, *keys: str) -> dict[tuple[Any, ...], float]:
        """A column of numbers by key columns; rows without a number are left out."""
        return {
            tuple(row[key] for key in keys): float(row[column])
            for row in self.rows(table)
            if row[column] is not None
        }

    @property
    def days(self) -> float:
        """The days of a year: of the configuration, else of the database, else 365."""
        own = self.config.days
        return float(self.setting("days_per_period", DAYS) if own is None else own)

    def setting(self, name: str, otherwise: float | None = None) -> float:
        """A number of metadata_real or metadata."""
        for table in ("metadata_real", "metadata"):
            for row in self.rows(table):
                if row["element"] == name and row["value"] is not None:
                    return float(row["value"])
        if otherwise is None:
            raise InputError(f"metadata_real: {name} is missing; add it", code="E813")
        return otherwise


def read_database(path: Path, config: Configuration | None = None) -> Database:
    """Read every table of a database, in the layout of the latest draft of the schema."""
    if not path.is_file():
        raise InputError(
            f"{path}: there is no such file; name a Temoa database (.sqlite)", code="E811"
        )
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        with connection:
            names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            tables = {name: _rows(connection, name) for (name,) in names.fetchall()}
    except sqlite3.DatabaseError as fault:
        raise InputError(
            f"{path}: is not a database that can be read: {fault}", code="E811"
        ) from fault
    finally:
        connection.close()
    database = Database(tables, config or Configuration())
    _check(path, database)
    return replace(database, tables=in_one_layout(tables, _periods(database), database.days))


def _periods(database: Database) -> list[int]:
    """The periods that are optimised; the last future year only marks the end."""
    rows = database.rows("time_period")
    return sorted(int(row["period"]) for row in rows if row["flag"] == "f")[:-1]


def _rows(connection: sqlite3.Connection, name: str) -> list[Row]:
    quoted = name.replace('"', '""')
    cursor = connection.execute(f'SELECT * FROM "{quoted}"')
    columns = [column[0] for column in cursor.description]
    return [
        {
            column: str(cell) if column in TEXTS and cell is not None else cell
            for column, cell in zip(columns, row, strict=True)
        }
        for row in cursor.fetchall()
    ]


def _check(path: Path, database: Database) -> None:
    """The database has the schema that is read here, and what every model needs."""
    version = next((r["value"] for r in database.rows("metadata") if r["element"] == "DB_MAJOR"), 0)
    if int(version or 0) != SCHEMA:
        raise InputError(
            f"{path}: schema version {version or 'unknown'} is not read; migrate it to version "
            f"{SCHEMA} with Temoa's own tool",
            code="E812",
        )
    if missing := [name for name in NEEDED if not database.rows(name)]:
        raise InputError(
            [f"{path}: table {name} is missing or empty" for name in missing], code="E813"
        )
