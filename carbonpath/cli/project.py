"""The files of a new project: its folders, workbooks with a sheet for each table, one scenario."""

from collections.abc import Iterator
from pathlib import Path

from carbonpath.export.workbook import Row, Sheet, saved
from carbonpath.scenario import schema
from carbonpath.scenario.written import FILE
from carbonpath.spec.columns import choices
from carbonpath.spec.tables import TABLES, Table

DATASET, SECTOR, WORKBOOK = "province", "power", "tables.xlsx"
GIVEN: dict[str, tuple[Row, ...]] = {
    "sources": (("assumption", "Own assumption"), ("definition", "Definition")),
    "regions": (("province", "本省", "Province"),),
}
"""Rows that every project needs; all other tables are empty."""
SCENARIO = f"""# yaml-language-server: $schema={FILE}
schema: carbonpath/scenario/1
title: {{zh: 参考情景, en: Reference}}
note: >
  What this scenario assumes, in a few sentences.
dataset: province
horizon:
  periods: [2020, 2025, 2030]
  slices: {{seasons: 1, blocks: 1}}
"""
SETTINGS = """schema: carbonpath/dataset/1
title: {zh: 新数据集, en: New dataset}
base_year: 2020
discount_rate: 5 %/yr
note: >
  Where the numbers come from and for whom they are made.
"""
AREA = """label: {zh: 电力, en: Power}
colour: "#4D4D4D"
order: 1
"""
README = """# {name}

An empty project. Fill in the workbooks, sheet by sheet; the sheet `notes` says what each table and
column means. A sheet may also be a CSV file of the same name beside the workbook, and sheets that
are not needed may stay empty or be deleted.

| file | what to fill in |
|---|---|
| `inputs/province/dataset.yaml` | title, base year, discount rate |
| `inputs/province/tables.xlsx` | what holds for all: sources, commodities, drivers, limits |
| `inputs/province/sectors/power/sector.yaml` | how the sector is called and coloured |
| `inputs/province/sectors/power/tables.xlsx` | technologies, flows, parameters, stock, demands |
| `scenarios/reference.yaml` | years, time slices, and what differs between scenarios |
| `scenarios/scenario.schema.json` | nothing: it lets an editor complete and mark keys |

In this order: commodities, technologies, flows (what a technology makes is positive, what it takes
is negative), parameters (costs, lifetimes), stock (what stands in the base year), demands. A second
sector is a second folder beside `power`.

```bash
carbonpath validate scenarios/reference.yaml     # says what is missing, and where
carbonpath run scenarios/reference.yaml
```

Every number needs a unit, a source that is listed in the sheet `sources`, and its quality:
official, derived, proxy or assumed.
"""


def project_files(name: str) -> dict[str, bytes]:
    """Return path -> content of an empty project."""
    inputs = f"inputs/{DATASET}"
    texts = {
        "README.md": README.format(name=name),
        "scenarios/reference.yaml": SCENARIO,
        f"{inputs}/dataset.yaml": SETTINGS,
        f"{inputs}/sectors/{SECTOR}/sector.yaml": AREA,
    }
    made = {path: text.encode() for path, text in texts.items()}
    made[f"scenarios/{FILE}"] = Path(schema.__file__).with_name(FILE).read_bytes()
    own, of_sector = template(("dataset", "both")), template(("sector",))
    return made | {
        f"{inputs}/{WORKBOOK}": own,
        f"{inputs}/sectors/{SECTOR}/{WORKBOOK}": of_sector,
    }


def template(places: tuple[str, ...]) -> bytes:
    """Return a workbook with an empty sheet for each table of some places, and notes on them."""
    tables = [table for table in TABLES if table.place in places]
    sheets = [("notes", notes(tables)), *((table.name, empty(table)) for table in tables)]
    return saved(sheets)


def empty(table: Table) -> Sheet:
    """Return a table with its header, and the rows that every project needs."""
    rows = GIVEN.get(table.name, ())
    return Sheet(table.name, table.meaning, [table.columns], rows, labels=len(table.keys[:1]))


def notes(tables: list[Table]) -> Sheet:
    """Return the meaning of each table and what each of its columns accepts."""
    rows = [row for table in tables for row in explained(table)]
    return Sheet(
        "notes", "", [["table", "column", "needed", "accepted", "meaning"]], rows, labels=2
    )


def explained(table: Table) -> Iterator[Row]:
    """Return a row for a table and one for each of its columns."""
    yield [table.name, "", "", "", table.meaning]
    for column in table.columns:
        needed = "yes" if column in table.required else ""
        otherwise = table.defaults.get(column, "")
        accepted = ", ".join(choices(table.name, column))
        said = f"otherwise {otherwise}" if otherwise else ""
        yield [table.name, column, needed, accepted, said]
