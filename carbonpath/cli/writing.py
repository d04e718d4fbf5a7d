"""report and export: from solved scenarios to files for other people."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import click

from carbonpath.cli import options
from carbonpath.cli.console import complain, note, say, say_json

FORMS = ("iamc", "excel", "csv", "netcdf", "lp", "osemosys", "osemosys-results")
OF_MANY = ("iamc", "excel")
"""Forms in which several runs share a file."""
OF_SCENARIOS, IN_PART = ("lp", "osemosys"), 8
"""Forms that are made of a scenario, not of its results; the code of what is done in part."""


@click.command()
@click.argument("folders", nargs=-1, required=True, type=options.result_folder)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write here instead of report.html in the result folder.",
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
@click.option(
    "--briefing",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the first sheet as a Word document here instead of briefing.docx beside the page.",
)
@options.as_json
def report(
    folders: tuple[Path, ...],
    output: Path | None,
    language: Literal["zh", "en", "both"],
    plain: bool,
    briefing: Path | None,
    as_json: bool,
) -> None:
    r"""Write the HTML report of a solved scenario anew, and its first sheet as a Word document.

    \b
    carbonpath report results/peak-2030
    carbonpath report results/peak-2030 --lang zh --briefing briefing.docx
    """
    from carbonpath.accounts import Accounts
    from carbonpath.report.page import page_of
    from carbonpath.report.word import write_briefing
    from carbonpath.results.store import BRIEFING, read, replace_report

    if (output or briefing) and len(folders) > 1:
        raise click.UsageError(
            "--output and --briefing take one result; leave them out for several"
        )
    for folder in folders:
        accounts = Accounts(read(folder))
        html = page_of(accounts, language=language, plain=plain)
        document = write_briefing(accounts, language)
        place = output or replace_report(folder, html, document)
        sheet = briefing or place.with_name(BRIEFING)
        if output:
            write(output, html)
        if output or briefing:
            write(sheet, document)
        if as_json:
            say_json({"results": str(folder), "report": str(place), "briefing": str(sheet)})
        else:
            say(f"{place}  {len(html) / 1e6:.1f} MB")
            say(f"{sheet}  {len(document) / 1e3:.0f} kB")
    if not as_json:
        note("next: open the file in a browser; it needs no network")


@click.command()
@click.argument("sources", nargs=-1, required=True, type=options.either)
@click.option("--to", "form", type=click.Choice(FORMS), required=True)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="File to write; a folder for csv, osemosys and osemosys-results.",
)
@options.solving
@options.as_json
def export(
    sources: tuple[Path, ...],
    form: str,
    output: Path,
    slices: tuple[int, int] | None,
    knowledge: int | None,
    as_json: bool,
) -> int:
    r"""Write results as IAMC, Excel, CSV or NetCDF; a scenario file as LP or OSeMOSYS data.

    \b
    carbonpath export results/peak-2030 --to iamc -o peak-2030.csv
    carbonpath export results/* --to iamc -o all.xlsx
    carbonpath export results/* --to excel -o all.xlsx
    carbonpath export scenarios/peak-2030.yaml --to lp -o peak-2030.lp
    carbonpath export scenarios/utopia.yaml --to osemosys -o utopia
    carbonpath export results/utopia --to osemosys-results -o utopia-results
    """
    lost: list[str] = []
    if form not in OF_MANY and len(sources) > 1:
        raise click.UsageError(f"--to {form} takes one source")
    if any((form in OF_SCENARIOS) != source.is_file() for source in sources):
        kind = "a scenario file" if form in OF_SCENARIOS else "result folders"
        raise click.UsageError(f"--to {form} takes {kind}")
    if form == "lp":
        from carbonpath.run import Options, write_lp

        write_lp(sources[0], output, Options(slices=slices, knowledge=knowledge))
        written = [output]
    elif form == "osemosys":
        from carbonpath.run import Options, osemosys_files

        texts, lost = osemosys_files(sources[0], Options(slices=slices, knowledge=knowledge))
        written = [write(output / name, text.encode()) for name, text in texts.items()]
    else:
        written = [
            write(output / name, data)
            for name, data in exported(sources, form, output.suffix).items()
        ]
    if as_json:
        say_json({"form": form, "written": [str(path) for path in written], "lost": lost})
        return IN_PART if lost else 0
    say(str(output))
    note(f"{len(written)} file(s) written; next: carbonpath compare, to see scenarios side by side")
    complain(lost)
    return IN_PART if lost else 0


def exported(sources: Sequence[Path], form: str, ending: str) -> dict[str, bytes]:
    """Return the files of an export by name; a single file has no name of its own."""
    from carbonpath import __version__
    from carbonpath.export import csv, excel, iamc, netcdf
    from carbonpath.results.store import read

    solved = [read(source) for source in sources]
    if form == "csv":
        return csv.tables(solved[0], fine=True)
    if form == "osemosys-results":
        from carbonpath.export import osemosys_results

        return osemosys_results.tables(solved[0])
    if form == "netcdf":
        return {"": netcdf.file(solved[0])}
    if form == "excel":
        return {"": excel.file(solved)}
    table = iamc.table(solved, f"carbonpath {__version__}")
    return {"": iamc.workbook_of(table) if ending == ".xlsx" else iamc.text(table)}


def write(path: Path, data: bytes) -> Path:
    """Write one file, whole or not at all."""
    from carbonpath.results.publish import replace_file

    replace_file(path, data)
    return path
