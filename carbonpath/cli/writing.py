"""report and export: from solved scenarios to files for other people."""

from pathlib import Path

import click

from carbonpath.cli import options
from carbonpath.cli.console import note, say, say_json


@click.command()
@click.argument("folders", nargs=-1, required=True, type=options.result_folder)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write here instead of report.html in the result folder.",
)
@options.as_json
def report(folders: tuple[Path, ...], output: Path | None, as_json: bool) -> None:
    """Write the HTML report of a solved scenario anew."""
    from carbonpath.run import write_report

    if output and len(folders) > 1:
        raise click.UsageError("--output takes one result; leave it out for several")
    for folder in folders:
        page = write_report(folder, output)
        if as_json:
            say_json({"results": str(folder), "report": str(page)})
        else:
            say(f"{page}  {page.stat().st_size / 1e6:.1f} MB")
    if not as_json:
        note("next: open the file in a browser; it needs no network")


@click.command()
@click.argument("sources", nargs=-1, required=True, type=options.either)
@click.option("--to", "form", type=click.Choice(["iamc", "csv", "netcdf", "lp"]), required=True)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="File to write; a folder for csv.",
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
) -> None:
    r"""Write solved scenarios as IAMC, CSV or NetCDF; a scenario file as LP.

    \b
    carbonpath export results/peak-2030 --to iamc -o peak-2030.csv
    carbonpath export results/* --to iamc -o all.csv
    carbonpath export scenarios/peak-2030.yaml --to lp -o peak-2030.lp
    """
    from carbonpath import run

    if form != "iamc" and len(sources) > 1:
        raise click.UsageError(f"--to {form} takes one source")
    if (form == "lp") != sources[0].is_file():
        kind = "a scenario file" if form == "lp" else "result folders"
        raise click.UsageError(f"--to {form} takes {kind}")
    if form == "lp":
        written = run.write_lp(sources[0], output, run.Options(slices=slices, knowledge=knowledge))
    else:
        written = run.write_export(sources, form, output)
    if as_json:
        say_json({"form": form, "written": [str(path) for path in written]})
        return
    for path in written if len(written) == 1 else [output]:
        say(str(path))
    note(f"{len(written)} file(s) written; next: carbonpath compare, to see scenarios side by side")
