"""import: other models' data as a dataset folder and a scenario that runs it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from carbonpath.cli import options
from carbonpath.cli.console import note, say, say_json, table

if TYPE_CHECKING:
    from carbonpath.inputs.foreign.folder import Told

IN_PART = 8
output = click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the new dataset: inputs/NAME. The scenario is scenarios/NAME.yaml beside it.",
)


currency = click.option(
    "--currency",
    help='What its money is called: "USD 2015", or Chinese and English: "万欧元|10 000 EUR".',
)


@click.group(name="import")
def import_() -> None:
    """Load another model's data: OSeMOSYS or Temoa."""


@import_.command()
@click.argument("source", type=options.either)
@output
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="otoole's configuration, if it is not config.yaml beside or inside the data.",
)
@currency
@options.as_json
def osemosys(
    source: Path, output: Path, config: Path | None, currency: str | None, as_json: bool
) -> int:
    r"""Load OSeMOSYS data: a MathProg data file, an otoole folder or an otoole workbook.

    \b
    carbonpath import osemosys utopia.txt -o inputs/utopia
    carbonpath import osemosys simplicity/data -o inputs/simplicity
    """
    from carbonpath.inputs.foreign.osemosys.read import import_osemosys

    scenario = scenario_beside(output)
    return reported(
        import_osemosys(source, output, scenario, config, currency), output, scenario, as_json
    )


@import_.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@output
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Temoa's configuration (TOML): time sequencing, reserve margin, days, myopic mode. "
    "Without it the usual ones.",
)
@currency
@options.as_json
def temoa(
    source: Path, output: Path, config: Path | None, currency: str | None, as_json: bool
) -> int:
    r"""Load a Temoa database of schema version 4.

    \b
    carbonpath import temoa utopia.sqlite -o inputs/utopia
    carbonpath import temoa utopia.sqlite --config config.toml -o inputs/utopia
    """
    from carbonpath.inputs.foreign.temoa.convert import import_temoa

    scenario = scenario_beside(output)
    return reported(
        import_temoa(source, output, scenario, config, currency), output, scenario, as_json
    )


def scenario_beside(folder: Path) -> Path:
    """Return where the scenario of a dataset folder inputs/NAME goes."""
    if folder.resolve().parent.name != "inputs":
        raise click.UsageError(f"-o {folder}: write inputs/NAME, where datasets lie")
    return folder.parent.parent / "scenarios" / f"{folder.name}.yaml"


def reported(told: Sequence["Told"], folder: Path, scenario: Path, as_json: bool) -> int:
    """Print what became of each thing; the code says whether something is not supported."""
    from carbonpath.inputs.foreign.folder import APPROXIMATED, IMPORTED, PAGE, UNSUPPORTED

    left = [entry for entry in told if entry.status == UNSUPPORTED]
    if as_json:
        rows = [{"name": t.name, "status": t.status, "how": t.how} for t in told]
        say_json({"dataset": str(folder), "scenario": str(scenario), "mapping": rows})
    else:
        last = [IMPORTED, APPROXIMATED, UNSUPPORTED]
        in_order = sorted(told, key=lambda entry: (last.index(entry.status), entry.name))
        say(table([["name", "status", "place"], *([t.name, t.status, t.how] for t in in_order)]))
        remarks = sum(entry.status == APPROXIMATED for entry in told)
        note(f"{folder} and {scenario} are written; this table is in {folder / PAGE}")
        note(f"{remarks} remarks; {len(left)} parts of the data are not supported")
        note(f"next: carbonpath run {scenario}")
    return IN_PART if left else 0
