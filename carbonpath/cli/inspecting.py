"""show, diff, verify and doctor: look closely, change nothing."""

from pathlib import Path

import click

from carbonpath.cli import options
from carbonpath.cli.console import complain, note, say, say_json, table
from carbonpath.errors import Coded


@click.command()
@click.argument("scenario", type=options.scenario_file)
@click.option("--origins", is_flag=True, help="Say for every value which file and line set it.")
@click.option("--table", "only", metavar="TABLE", help="One table only, e.g. limits.")
@click.option("--match", metavar="TEXT", help="Only rows whose key contains this text.")
@options.solving
@options.as_json
def show(
    scenario: Path,
    origins: bool,
    only: str | None,
    match: str | None,
    slices: tuple[int, int] | None,
    knowledge: int | None,
    as_json: bool,
) -> None:
    """Print a resolved scenario, with the origin of every value."""
    from carbonpath.cli.resolved import of_scenario
    from carbonpath.run import Options

    found = [
        value
        for value in of_scenario(scenario, Options(slices=slices, knowledge=knowledge))
        if (not only or value.table == only) and (not match or match in value.key)
    ]
    if as_json:
        say_json({"scenario": scenario.stem, "values": [value.as_json() for value in found]})
        return
    head = ["table", "key", "value", "unit", *(["origin"] if origins else [])]
    rows = [[v.table, v.key, v.value, v.unit, *([v.origin] if origins else [])] for v in found]
    say(table([head, *rows]))
    note(f"{len(found)} values; next: carbonpath run {scenario}")


@click.command()
@click.argument("first", type=options.either)
@click.argument("second", type=options.either)
@options.as_json
def diff(first: Path, second: Path, as_json: bool) -> None:
    """What differs between two scenarios (files) or two results (folders)."""
    from carbonpath.cli.resolved import differences, of_result, of_scenario
    from carbonpath.run import Options

    values = [
        of_scenario(path, Options()) if path.is_file() else of_result(path)
        for path in (first, second)
    ]
    found = differences(*values)
    if as_json:
        say_json({"first": str(first), "second": str(second), "differences": found})
        return
    names = ("table", "key", "first", "second", "unit", "origin")
    head = ["table", "key", first.stem, second.stem, "unit", "set by"]
    say(
        table([head, *([row[name] for name in names] for row in found)])
        if found
        else "no difference"
    )
    note(f"{len(found)} differences; next: carbonpath compare, once both are solved")


@click.command()
@click.argument("folders", nargs=-1, required=True, type=options.result_folder)
@options.as_json
@options.quiet
def verify(folders: tuple[Path, ...], as_json: bool, quiet: bool) -> int:
    """Re-check result folders: hashes of all files, balances, costs, limits, duality."""
    from carbonpath.accounts.verify import CHECKS, remarks
    from carbonpath.results.store import read
    from carbonpath.spec.codes import code_of

    code = 0
    for folder in folders:
        results = read(folder)
        found = {name: list(check(results)) for name, check in CHECKS.items()}
        failed = {name: problems for name, problems in found.items() if problems}
        if as_json:
            say_json({"results": str(folder), "passed": not failed, "checks": found})
        elif not quiet:
            words = [["FAILED" if name in failed else "passed", name] for name in found]
            say(table([["passed", "every file is as it was written"], *words]))
            say(f"{folder}: {len(found) - len(failed)} of {len(found)} identities hold")
            for _, remark in remarks(results):
                say(remark)
        complain(
            [
                Coded(f"{folder}: {name}: {text}", code_of(name))
                for name in failed
                for text in failed[name]
            ]
        )
        code = max(code, 7 if failed else 0)
    if not (as_json or quiet):
        note(
            "next: carbonpath run SCENARIO --fresh" if code else "next: carbonpath compare RESULTS"
        )
    return code


@click.command()
@options.results
@options.as_json
def doctor(results: Path | None, as_json: bool) -> int:
    """Versions, solver, disk, locale: what to send with a bug report."""
    from carbonpath.cli.doctor import findings

    found = findings(results or Path("results"))
    if as_json:
        say_json({subject: {"found": text, "fine": fine} for subject, text, fine in found})
    else:
        say(table([[s, text, "" if fine else "<- to be mended"] for s, text, fine in found]))
        note("next: carbonpath validate scenarios/*.yaml")
    return 0 if all(fine for _, _, fine in found) else 9
