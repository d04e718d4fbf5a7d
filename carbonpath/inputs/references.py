"""Names that must be declared in another table; and tables with likely misspellings repaired.

Rows whose names cannot even be guessed are left out, those of flows excepted: what a technology
makes under an unknown name may be just what another lacks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from carbonpath.inputs.frames import Frame, at, chosen, texts, written
from carbonpath.inputs.tables import Tables
from carbonpath.spec.accounting import BY_NAME as ACCOUNTING
from carbonpath.spec.nearest import hint, nearest
from carbonpath.spec.parameters import BY_NAME as PARAMETERS
from carbonpath.spec.quantities import BY_NAME as QUANTITIES
from carbonpath.spec.tables import TABLES
from carbonpath.strict_yaml import shown

PROFILES = "profiles of shapes"
ASSUMPTION = "assumption"
"""The source of what a scenario says without naming one; it needs no row in sources.csv."""


@dataclass(frozen=True)
class Reference:
    """A column whose cells must be names that `home` declares."""

    table: str
    column: str
    home: str
    thing: str


REFERENCES = (
    *(
        Reference(table, "technology", "technologies", "technology")
        for table in ("flows", "parameters", "stock", "profiles")
    ),
    *(
        Reference(table, "commodity", "commodities", "commodity")
        for table in ("flows", "parameters", "profiles", "demands", "prices", "reserves")
    ),
    *(
        Reference(table, "region", "regions", "region")
        for table in ("flows", "parameters", "stock", "demands", "prices", "reserves")
    ),
    Reference("accounting", "key", "commodities", "commodity"),
    Reference("elasticities", "commodity", "demands", "demand"),
    Reference("parameters", "parameter", "parameters in spec", "parameter"),
    Reference("accounting", "parameter", "accounting in spec", "parameter"),
    Reference("parameters", "situation", "situations", "situation"),
    Reference("demands", "driver", "drivers", "driver"),
    Reference("drivers", "of", "drivers", "driver"),
    Reference("limits", "per", "drivers", "driver"),
    Reference("limits", "quantity", "quantities in spec", "quantity"),
    Reference("limits", "of", "quantities in spec", "quantity"),
    Reference("history", "quantity", "quantities in spec", "quantity"),
    Reference("profiles", "profile", PROFILES, "profile"),
    Reference("slice_values", "time_slice", "time_slices", "time slice"),
    *(
        Reference(table.name, "source", "sources", "source")
        for table in TABLES
        if "source" in table.columns and table.name != "sources"
    ),
)
REMEDIES = {
    "parameters in spec": "see the parameters in docs/tables.md",
    "accounting in spec": f"write one of {', '.join(ACCOUNTING)}",
    "quantities in spec": "see the quantities in docs/equations.md",
    PROFILES: "add it to shapes.csv",
}


def declared(tables: Tables, home: str) -> frozenset[str]:
    """Return the names that a table or a register declares."""
    registers = {
        "parameters in spec": PARAMETERS,
        "accounting in spec": ACCOUNTING,
        "quantities in spec": QUANTITIES,
    }
    if home in registers:
        return frozenset(registers[home])
    if home == "sources":
        return tables.names("sources") | {ASSUMPTION}
    if home == PROFILES:
        return tables.names("shapes") | tables.names("slice_values")
    return tables.names(home)


def unknown_names(tables: Tables, reference: Reference) -> Iterator[str]:
    """Yield a sentence for each cell that names something undeclared."""
    data = tables[reference.table]
    known = declared(tables, reference.home)
    cells = texts(data, reference.column)
    rows = [row for row, cell in enumerate(cells) if cell and cell not in known]
    remedy = REMEDIES.get(reference.home, f"add it to {reference.home}.csv")
    for row, where in zip(rows, at(data, rows, reference.column), strict=True):
        advice = hint(cells[row], known, remedy)
        yield f"{where}: {reference.thing} {shown(cells[row])} is not declared; {advice}"


def repaired(tables: Tables) -> Tables:
    """Return tables in which unknown names are the nearest known ones, or their rows are gone."""
    frames: dict[str, Frame] = {}
    for reference in REFERENCES:
        if reference.column == "source":
            continue
        data = frames.get(reference.table, tables[reference.table])
        frames[reference.table] = _repaired(data, reference, declared(tables, reference.home))
    return tables.with_frames(frames)


def _repaired(data: Frame, reference: Reference, known: Iterable[str]) -> Frame:
    names = frozenset(known)
    cells = texts(data, reference.column)
    wrong = {cell for cell in cells if cell and cell not in names}
    if not wrong:
        return data
    meant = {cell: nearest(cell, names) for cell in wrong}
    rows = [row for row, cell in enumerate(cells) if meant.get(cell)]
    mended = written(data, rows, {reference.column: [meant[cells[row]] for row in rows]})
    if reference.table == "flows":
        return mended
    return chosen(mended, [meant.get(cell, cell) != "" or cell == "" for cell in cells])
