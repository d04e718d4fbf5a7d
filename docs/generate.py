"""Writes the pages that are made from the code: tables, equations, codes, coverage, and more.

`python docs/generate.py` writes them; with `--check` it writes nothing and fails if one is old.
`python docs/generate.py --calibration results/reference` writes docs/calibration.md from a run.
"""

import argparse
import inspect
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from reference import commands_page, indicators_page

import carbonpath.model.constraints
import carbonpath.model.quantities  # noqa: F401 - registers the rules
from carbonpath.accounts.calibration import calibration, to_markdown
from carbonpath.inputs.foreign.osemosys import page as osemosys
from carbonpath.inputs.foreign.temoa import page as temoa
from carbonpath.model.declare import Rule, rules
from carbonpath.model.variables import VARIABLES
from carbonpath.results.store import read
from carbonpath.scenario import schema
from carbonpath.scenario.written import FILE, json_schema
from carbonpath.spec.accounting import ACCOUNTING
from carbonpath.spec.codes import FAMILIES, Code, codes
from carbonpath.spec.columns import choices
from carbonpath.spec.dimensions import DIMENSIONS
from carbonpath.spec.parameters import PARAMETERS, ParameterSpec
from carbonpath.spec.quantities import QUANTITIES
from carbonpath.spec.tables import TABLES, Table

HERE = Path(__file__).parent
NOTICE = "<!-- Made by docs/generate.py. Do not edit. -->"


def main() -> int:
    """Write the pages, or say which are old."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail if a page is old")
    parser.add_argument("--calibration", type=Path, metavar="RESULT", help="a solved scenario")
    wanted = parser.parse_args()
    if wanted.calibration:
        (HERE / "calibration.md").write_text(calibration_page(wanted.calibration), "utf-8")
        return 0
    check, old = wanted.check, []
    pages = {
        "tables.md": tables_page(), "equations.md": equations_page(),
        "coverage.md": coverage_page(), "codes.md": codes_page(),
        "commands.md": page("Commands", commands_page()),
        "indicators.md": page("Indicators", indicators_page()),
    }  # fmt: skip
    made = {HERE / name: content for name, content in pages.items()}
    made[Path(schema.__file__).with_name(FILE)] = json_schema(schema.Definition)
    for path, content in made.items():
        if check and (not path.exists() or path.read_text(encoding="utf-8") != content):
            old.append(path.name)
        elif not check:
            path.write_text(content, encoding="utf-8", newline="\n")
    if old:
        print(f"old: {', '.join(old)}; run python docs/generate.py", file=sys.stderr)
    return 1 if old else 0


def calibration_page(folder: Path) -> str:
    """The model's base year beside the statistics, from a stored run."""
    results = read(folder)
    rows = calibration(results)
    outside = [str(row["row"]) for row in rows.to_dict("records") if not row["within"]]
    return page(
        "Calibration",
        [
            f"The base year of `{results.id}` against statistics. A fixed row is an input of the "
            "model, a computed one is its answer. Every run prints this table in its report and in "
            "`tables/calibration.csv`.",
            f"{len(rows) - len(outside)} of {len(rows)} rows are within their tolerance (3 % "
            f"unless the row says otherwise). Outside: {', '.join(outside) or 'none'}.",
            to_markdown(rows).rstrip(),
        ],
    )


def page(title: str, parts: Iterable[str]) -> str:
    """A page with a title; parts stand a line apart."""
    return "\n\n".join([NOTICE, f"# {title}", *parts]) + "\n"


def grid(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    names = list(head)
    lines = [names, ["---"] * len(names), *(list(row) for row in rows)]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines
    )


def tables_page() -> str:
    """Every input table, every parameter, every quantity a limit may name."""
    return page(
        "Input tables",
        [
            "A table is a CSV file. A row is known by its keys; a second row with the same keys is "
            "an error, and so is an unknown column. Empty means absent. A number carries its "
            "unit, its source and a quality tag: official, derived, proxy or assumed.",
            *(part for table in TABLES for part in describe(table)),
            "## Parameters of technologies",
            "`cap` is the technology's capacity unit, `act` its activity unit. Without a default a "
            "value must be given.",
            parameter_grid(PARAMETERS),
            "## Factors of the accounts",
            parameter_grid(ACCOUNTING),
            "## Quantities that limits may name",
            "`commodity`, `cap` and `act` stand for the unit of what is selected.",
            grid(
                ("quantity", "by", "unit"),
                ((f"`{q.name}`", dimensions(q.dims), q.unit) for q in QUANTITIES),
            ),
        ],
    )


def describe(table: Table) -> Iterator[str]:
    """One table: its meaning and its columns."""
    places = {
        "dataset": "one file of the dataset",
        "sector": "one file in each sector's folder",
        "both": "a file of the dataset, and one in each sector's folder",
    }
    yield f"## {table.name}.csv"
    yield f"{table.meaning}. Place: {places[table.place]}."
    yield grid(
        ("column", "key", "needed", "otherwise", "accepted"),
        (
            (
                f"`{column}`",
                "yes" if column in table.keys else "",
                "yes" if column in table.required else "",
                table.defaults.get(column, ""),
                ", ".join(choices(table.name, column)),
            )
            for column in table.columns
        ),
    )


def parameter_grid(parameters: Iterable[ParameterSpec]) -> str:
    """Parameters with dimensions, unit, default, and their names in other models."""
    return grid(
        ("parameter", "by", "unit", "default", "from", "to", "meaning", "OSeMOSYS", "Temoa"),
        (
            (
                f"`{spec.name}`",
                dimensions(spec.dims),
                spec.unit,
                number(spec.default),
                number(spec.lower),
                number(spec.upper),
                spec.meaning,
                spec.osemosys,
                spec.temoa,
            )
            for spec in parameters
        ),
    )


def dimensions(letters: str) -> str:
    """The names of dimension letters."""
    return ", ".join(dimension.name for dimension in DIMENSIONS if dimension.letter in letters)


def number(value: float | None) -> str:
    """A number, or nothing."""
    return "" if value is None else f"{value:g}"


def equations_page() -> str:
    """Every variable, quantity, cost and constraint with its formula, as its docstring has it."""
    return page(
        "Equations",
        [
            "Letters: " + ", ".join(f"`{d.letter}` {d.name}" for d in DIMENSIONS) + ". Where a "
            "rule exists is an index set of carbonpath/system/members.py, named after 'for each'. "
            "The objective is the sum of all costs in all periods, each discounted to the base "
            "year.",
            "## Variables",
            grid(
                ("variable", "for each", "unit", "meaning"),
                ((f"`{v.name}`", v.over, v.unit, v.meaning) for v in VARIABLES),
            ),
            *(part for kind in ("quantity", "cost", "constraint") for part in family(kind)),
        ],
    )


def family(kind: str) -> Iterator[str]:
    """All rules of a kind, by the file they stand in."""
    titles = {"quantity": "Quantities", "cost": "Costs", "constraint": "Constraints"}
    yield f"## {titles[kind]}"
    in_order = sorted(rules(kind), key=lambda r: (r.function.__module__, line_of(r)))
    for module, found in groupby(in_order, key=lambda r: r.function.__module__):
        name = module.removeprefix("carbonpath.model.").replace(".", "/")
        yield f"### {name}.py"
        yield from (part for rule in found for part in equation(rule))


def line_of(rule: Rule) -> int:
    """The line a rule begins at."""
    return int(rule.function.__code__.co_firstlineno)


def equation(rule: Rule) -> Iterator[str]:
    """A rule: its name, what it says, its formula."""
    first, _, rest = (inspect.getdoc(rule.function) or "").partition("\n")
    unit = f", {rule.unit}" if rule.unit else ""
    title = f" {rule.zh}" if rule.zh else ""
    yield f"**`{rule.name}`**{title} (for each {rule.over}{unit})"
    yield first
    if rest.strip():
        yield f"```text\n{rest.strip(chr(10)).rstrip()}\n```"


def coverage_page() -> str:
    """Where everything of other formulations has its place, or that it has none."""
    return page(
        "Coverage",
        [
            "What other models' data become here, and what has no place. An import prints this for "
            "the data at hand and ends with exit code 8 if something in them is not supported. "
            "How years count and how money is paid: `docs/conventions.md`.",
            "## OSeMOSYS",
            osemosys.INTRODUCTION,
            grid(
                ("set or parameter", "by", "in carbonpath"),
                ((f"`{name}`", by, place) for name, by, place in osemosys.rows()),
            ),
            "## Temoa",
            temoa.INTRODUCTION,
            grid(
                ("table or flag", "in carbonpath"),
                ((f"`{name}`", place) for name, place in temoa.rows()),
            ),
        ],
    )


def codes_page() -> str:
    """Every code of a problem, by area, with its remedy in both languages."""
    families = groupby(codes().values(), key=lambda entry: FAMILIES[entry.code[1]])
    return page(
        "Codes of errors and warnings",
        [
            "A message reads `where  code  what`; E marks an error, W a warning. "
            "`carbonpath explain E312` prints what a code means. A code keeps its meaning.",
            *(part for title, found in families for part in (f"## {title}", code_grid(found))),
        ],
    )


def code_grid(found: Iterable[Code]) -> str:
    """A table of codes; meaning and remedy stand in both languages."""
    return grid(
        ("code", "含义", "办法", "meaning", "remedy"),
        ((c.code, c.meaning_zh, c.remedy_zh, c.meaning_en, c.remedy_en) for c in found),
    )


if __name__ == "__main__":
    sys.exit(main())
