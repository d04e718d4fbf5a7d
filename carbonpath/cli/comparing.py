"""compare and observe: scenarios beside each other, a scenario beside what happened."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from carbonpath.cli import options
from carbonpath.cli.console import note, number, say, say_json, table
from carbonpath.cli.scorecard import scorecard

if TYPE_CHECKING:
    import pandas as pd

    from carbonpath.accounts.observation import Observation
    from carbonpath.results.results import Results

YEARS = "2020,2025,2030,2035,2060"


def years(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[int, ...]:
    """Read '2020,2030' as years."""
    try:
        return tuple(int(year) for year in value.split(","))
    except ValueError:
        raise click.BadParameter(f"{value!r} is not like 2020,2030") from None


@click.command()
@click.argument("folders", nargs=-1, required=True, type=options.result_folder)
@click.option("--years", default=YEARS, callback=years, show_default=True, help="Years to show.")
@click.option("--all", "everything", is_flag=True, help="Every indicator, not the headlines.")
@click.option("--allow-mismatch", is_flag=True, help="Compare different data or versions.")
@click.option("--baseline", default="", help="Id to compare with; the first if not given.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write one HTML page about all of them besides.",
)
@click.option(
    "--lang",
    "language",
    type=click.Choice(["zh", "en", "both"]),
    default="both",
    show_default=True,
    help="Language of the page.",
)
@click.option("--plain", is_flag=True, help="Larger page that old browsers can read.")
@options.as_json
def compare(
    folders: tuple[Path, ...],
    years: tuple[int, ...],
    everything: bool,
    as_json: bool,
    **page: Any,
) -> None:
    r"""Put solved scenarios side by side as a plain table, or as a page.

    \b
    carbonpath compare results/reference results/peak-2030 -o comparison.html
    """
    from carbonpath.accounts.comparison import (
        differences_of_kind,
        headlines,
        mismatches,
        side_by_side,
    )
    from carbonpath.errors import InputError
    from carbonpath.results.store import read

    solved = [read(folder) for folder in folders]
    frame = side_by_side(solved)
    problems = mismatches(solved)
    if problems and not page["allow_mismatch"]:
        raise InputError(problems, code="E710")
    written = write_page(solved, differences_of_kind(solved), page) if page["output"] else ""
    shown = frame[frame.index.isin(years, level="year")] if everything else headlines(frame, years)
    targets = {results.id: results.manifest.get("targets", []) for results in solved}
    if as_json:
        say_json(
            {"targets": targets, "indicators": list(records(shown)), "mismatch": problems}
            | ({"report": str(page["output"])} if written else {})
        )
        return
    for problem in problems:
        say(f"NOT COMPARABLE: {problem}")
    say(scorecard(targets))
    say()
    say(table([["indicator", "year", *frame.columns], *cells(shown)]))
    if written:
        say(written)
        return
    note("next: add -o FILE.html for one page, or carbonpath export RESULTS --to iamc -o FILE.csv")


def write_page(
    solved: Sequence["Results"], problems: Sequence[tuple[str, str]], page: dict[str, Any]
) -> str:
    """Write the page about several results; return its place and size.

    Data too large to be part of the page lie beside it as an Excel file.
    """
    from carbonpath.accounts.labels import text
    from carbonpath.export import excel
    from carbonpath.report.contrast import compose
    from carbonpath.results.publish import replace_file

    beside = Path(page["output"]).with_suffix(".xlsx")
    html, large = compose(
        solved,
        beside.name,
        page["baseline"],
        [text(zh, en) for zh, en in problems],
        page["language"],
        page["plain"],
    )
    if large:
        replace_file(beside, excel.file(solved))
    replace_file(page["output"], html)
    return f"{page['output']}  {len(html) / 1e6:.1f} MB"


def records(frame: "pd.DataFrame") -> Iterable[dict[str, Any]]:
    """Rows as JSON; NaN becomes null."""
    for row in frame.reset_index().to_dict("records"):
        yield {str(name): None if value != value else value for name, value in row.items()}


def cells(frame: "pd.DataFrame") -> Iterable[list[str]]:
    """Rows as text: an indicator is named once, with its unit; a share is shown in per cent."""
    from carbonpath.accounts.declare import INDICATORS
    from carbonpath.accounts.labels import LABELS

    told = ""
    for index, *values in frame.itertuples(name=None):
        name, key, unit, year = index
        share = unit == "1"
        keys = ", ".join(LABELS.get(one, ("", one))[1] for one in str(key).split("|") if one)
        title = f"{INDICATORS[name].en}{': ' if keys else ''}{keys} [{'%' if share else unit}]"
        shown = [number(value * 100.0 if share else value) for value in values]
        yield ["" if title == told else title, str(year), *shown]
        told = title


@click.command()
@click.argument("folder", type=options.result_folder)
@click.argument("observed", type=options.scenario_file)
@options.as_json
def observe(folder: Path, observed: Path, as_json: bool) -> None:
    """Errors of a run against observed series, beside persistence and a linear trend.

    OBSERVED is a CSV with the columns series, key, period, value and unit, as statistics.csv has
    them: the name of an indicator, a label of its dimension, a year.
    """
    import pandas as pd

    from carbonpath.accounts.observation import mean_errors
    from carbonpath.accounts.observation import observe as against
    from carbonpath.errors import InputError
    from carbonpath.results.store import read

    try:
        rows = pd.read_csv(observed, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (ValueError, UnicodeDecodeError) as fault:
        raise InputError(f"{observed}: is no CSV in UTF-8 ({fault})", code="E721") from fault
    observations = against(read(folder), rows)
    means = mean_errors(observations)
    if as_json:
        say_json({"results": str(folder), "rows": list(map(as_row, observations)), "mean": means})
        return
    head = ["series", "key", "year", "unit", "observed", "model"]
    say(
        table(
            [[*head, "error %", "persistence %", "trend %"], *map(observation_cells, observations)]
        )
    )
    said = ", ".join(f"{method} {number(100 * error, 3)} %" for method, error in means.items())
    say(f"mean absolute error: {said}")
    note("next: carbonpath show SCENARIO --origins, to see which assumption drives an error")


def as_row(observation: "Observation") -> dict[str, Any]:
    """One observation as JSON."""
    errors = {f"{method}_error": observation.error(method) for method in observation.said}
    known = {name: None if error != error else error for name, error in errors.items()}
    return {
        "series": observation.series,
        "key": observation.key,
        "year": observation.year,
        "unit": observation.unit,
        "observed": observation.observed,
        "model": observation.said["model"],
        **known,
    }


def observation_cells(observation: "Observation") -> list[str]:
    """One observation as text."""
    return [
        observation.series,
        observation.key,
        str(observation.year),
        observation.unit,
        number(observation.observed),
        number(observation.said["model"]),
        *(number(100.0 * observation.error(method), 3) for method in observation.said),
    ]
