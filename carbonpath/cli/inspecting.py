"""show, diff, verify and doctor: look closely, change nothing."""

from pathlib import Path

import click

from carbonpath.cli import options
from carbonpath.cli.console import complain, note, number, say, say_json, table


@click.command()
@click.argument("scenario", type=options.scenario_file)
@click.option("--origins", is_flag=True, help="Say for every value which file and line set it.")
@click.option("--table", "only", metavar="TABLE", help="One table only, e.g. limits.")
@click.option("--match", metavar="TEXT", help="Rows whose key contains this text.")
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
    from carbonpath.run import Options, resolve

    resolved = resolve(scenario, Options(slices=slices, knowledge=knowledge))
    rows = [
        value
        for value in resolved
        if (not only or value.table == only) and (not match or match in value.key)
    ]
    if as_json:
        for value in rows:
            say_json(value.as_json())
        return
    head = ["table", "key", "value", "unit"] + (["origin"] if origins else [])
    say(
        table(
            [head]
            + [[v.table, v.key, v.value, v.unit] + ([v.origin] if origins else []) for v in rows]
        )
    )
    note(f"{len(rows)} values; next: carbonpath run {scenario}")


@click.command()
@click.argument("first", type=options.either)
@click.argument("second", type=options.either)
@options.as_json
def diff(first: Path, second: Path, as_json: bool) -> None:
    """What differs between two scenarios or two results."""
    from carbonpath.run import differences

    found = differences(first, second)
    if as_json:
        say_json({"first": str(first), "second": str(second), "differences": found})
        return
    if not found:
        say("no difference")
    else:
        head = ["table", "key", str(first), str(second), "unit"]
        say(
            table(
                [head]
                + [
                    [str(row[name]) for name in ("table", "key", "first", "second", "unit")]
                    for row in found
                ]
            )
        )
    note(f"{len(found)} differences; next: carbonpath compare, once both are solved")


@click.command()
@click.argument("folders", nargs=-1, required=True, type=options.result_folder)
@options.as_json
@options.quiet
def verify(folders: tuple[Path, ...], as_json: bool, quiet: bool) -> int:
    """Re-check result folders: hashes, balances, optimality."""
    from carbonpath.run import verify_folder

    code = 0
    for folder in folders:
        checks = verify_folder(folder)
        failed = [check for check in checks if not check["passed"]]
        if as_json:
            say_json({"results": str(folder), "passed": not failed, "checks": checks})
        elif not quiet:
            rows = [
                [
                    "passed" if check["passed"] else "FAILED",
                    check["name"],
                    number(check["residual"], 2),
                ]
                for check in checks
            ]
            say(table([["check", "of", "largest residual"], *rows]))
            say(f"{folder}: {len(checks) - len(failed)} of {len(checks)} checks passed")
        complain([f"{folder}: {check['name']}: {check['message']}" for check in failed])
        code = max(code, 7 if failed else 0)
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
