"""The generated pages about commands and indicators; docs/generate.py writes them."""

from collections.abc import Iterator
from itertools import groupby

import click

from carbonpath.accounts import INDICATORS
from carbonpath.accounts.declare import Indicator
from carbonpath.cli.commands import EPILOG, carbonpath


def commands_page() -> list[str]:
    """Every command with its arguments and options, as `--help` prints them."""
    context = click.Context(carbonpath, info_name="carbonpath", **carbonpath.context_settings)
    parts = [
        "`carbonpath COMMAND --help` prints the same. Results go to stdout, all else to stderr.",
        EPILOG.replace("\n", " "),
    ]
    for name in carbonpath.list_commands(context):
        command = carbonpath.commands[name]
        parts += [f"## {name}", f"```text\n{helped(command, name, context)}\n```"]
    return parts


def helped(command: click.Command, name: str, above: click.Context) -> str:
    """What a command says about itself, at a fixed width."""
    inner = click.Context(
        command, info_name=name, parent=above, terminal_width=96, max_content_width=96
    )
    return "\n".join(line.rstrip() for line in command.get_help(inner).splitlines())


def indicators_page() -> list[str]:
    """Every indicator by topic: the module of carbonpath/accounts it stands in."""

    def topic(one: Indicator) -> str:
        return one.function.__module__.rpartition(".")[2]

    parts = [
        'Numbers people use, formed from a stored result: `Accounts(results)["non_fossil_share"]`. '
        "Shares have the unit 1 and are printed in per cent.",
    ]
    for name, found in groupby(sorted(INDICATORS.values(), key=topic), key=topic):
        parts += [f"## {name}", "\n".join([*HEAD, *rows(found)])]
    return parts


HEAD = ("| indicator | 中文 | English | unit | meaning |", "|---|---|---|---|---|")


def rows(found: Iterator[Indicator]) -> Iterator[str]:
    """A line for each indicator."""
    for one in sorted(found, key=lambda each: each.name):
        yield f"| `{one.name}` | {one.zh} | {one.en} | {one.unit} | {one.meaning} |"
