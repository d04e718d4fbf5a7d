"""The command `carbonpath` and the list of its subcommands."""

import click

from carbonpath import __version__
from carbonpath.cli.comparing import compare, observe
from carbonpath.cli.explaining import explain, peak
from carbonpath.cli.importing import import_
from carbonpath.cli.inspecting import diff, doctor, show, verify
from carbonpath.cli.solving import run, validate
from carbonpath.cli.starting import init
from carbonpath.cli.studying import alternatives, macc, wedges
from carbonpath.cli.sweeping import sweep
from carbonpath.cli.writing import export, report

EPILOG = """Exit codes: 0 done; 1 bug; 2 wrong usage; 3 input invalid; 4 infeasible; 5 unbounded;
6 solver stopped early; 7 a check of the solution failed; 8 done in part; 9 disk, permission or
solver missing; 130 interrupted."""


class InOrder(click.Group):
    """Lists its commands in the order of a working day, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order they were added."""
        return list(self.commands)


@click.group(
    cls=InOrder,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="carbonpath")
def carbonpath() -> None:
    """Least-cost pathways of Zhejiang's energy system to its carbon peak.

    Start with: carbonpath run scenarios/peak-2030.yaml
    """


for command in (
    validate, run, report, compare, explain, macc, wedges, alternatives, peak, sweep, observe, show,
    diff, import_, export, verify, init, doctor,
):  # fmt: skip
    command.help = (command.help or "").replace("\\b\n", "\b\n")  # click keeps lines after this
    carbonpath.add_command(command)
