"""Reads a Temoa database of schema v4: every table as rows, nothing interpreted."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from carbonpath.errors import InputError
from carbonpath.inputs.foreign.temoa.config import Configuration
from carbonpath.inputs.foreign.temoa.faults import YEARS, Checked
from carbonpath.inputs.foreign.temoa.layout import in_one_layout, renamed

Row = Mapping[str, Any]
NEEDED = ("time_period", "region", "technology", "commodity", "efficiency", "demand")
SCHEMA = 4
OLD = ("time_periods", "technologies", "Efficiency")
"""Tables of versions before 3."""
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
            found = [name for (name,) in names.fetchall() if not name.startswith("sqlite_")]
            tables = {name: renamed(name, _rows(connection, name)) for name in found}
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
        {column: _cell(column, cell) for column, cell in zip(columns, row, strict=True)}
        for row in cursor.fetchall()
    ]


def _cell(column: str, cell: Any) -> Any:
    """Names as text and years as whole numbers, whatever the database made of them."""
    if column in TEXTS and cell is not None:
        return str(cell)
    if column in YEARS and not isinstance(cell, int | None):
        try:
            return int(float(cell)) if float(cell).is_integer() else cell
        except (TypeError, ValueError, OverflowError):
            return cell
    return cell


def _check(path: Path, database: Database) -> None:
    """The database has the schema that is read here, and what every model needs."""
    version = _version(database)
    if not _is(version, SCHEMA):
        what = (
            "has no schema version (metadata DB_MAJOR)"
            if version is None
            else (f"is of schema version {version}, which is not read")
        )
        raise InputError(
            f"{path}: {what}; migrate it to version {SCHEMA} with Temoa's own tool", code="E812"
        )
    missing = [f"{path}: table {name} is missing or empty" for name in NEEDED
               if not database.rows(name)]  # fmt: skip
    if faults := [*missing, *Checked(database.tables).faults()]:
        raise InputError(faults, code="E813")


def _version(database: Database) -> Any:
    """The major version of the schema; version 3 writes MetaData, and those before have none."""
    names = sorted((n for n in database.tables if n.lower() == "metadata"), reverse=True)
    for row in (row for name in names for row in database.rows(name)):
        if row.get("element") == "DB_MAJOR":
            return row.get("value")
    if not names and any(name in database.tables for name in OLD):
        return "2 or older"
    return None


def _is(version: Any, wanted: int) -> bool:
    """Whether a cell is a whole version number."""
    try:
        return float(version) == wanted
    except (TypeError, ValueError):
        return False
