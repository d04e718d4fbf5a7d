"""Options that several commands share."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from carbonpath.spec.codes import PATTERN

Command = Callable[..., Any]

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON on stdout.")
quiet = click.option("--quiet", "-q", is_flag=True, help="Print nothing but the result.")
results = click.option(
    "--results",
    type=click.Path(file_okay=False, path_type=Path),
    help="Parent of the result folders; default: results/ beside scenarios/.",
)
knowledge = click.option(
    "--knowledge", type=int, metavar="YEAR", help="Drop projections known only after this year."
)
scenario_file = click.Path(exists=True, dir_okay=False, path_type=Path)
result_folder = click.Path(exists=True, file_okay=False, path_type=Path)
either = click.Path(exists=True, path_type=Path)


class PathOrCode(click.Path):
    """A scenario file, a result folder, or the code of a problem."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return a path that exists, or the code as text."""
        if PATTERN.fullmatch(str(value).upper()) and not Path(value).exists():
            return str(value).upper()
        return super().convert(value, param, ctx)


path_or_code = PathOrCode(exists=True, path_type=Path)


class Slices(click.ParamType[tuple[int, int]]):
    """Seasons x blocks, e.g. 4x8."""

    name = "SEASONSxBLOCKS"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """Read '4x8' as (4, 8)."""
        match = re.fullmatch(r"(\d+)x(\d+)", str(value))
        if not match:
            self.fail(f"{value!r} is not like 4x8 (seasons x blocks of the day)", param, ctx)
        return int(match[1]), int(match[2])


slices = click.option(
    "--slices", type=Slices(), help="Time slices instead of the scenario's, e.g. 1x2 for a trial."
)


def solving(command: Command) -> Command:
    """Options of every command that reads a scenario."""
    return slices(knowledge(command))
