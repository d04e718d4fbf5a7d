"""validate and run: from scenario files to published results."""

from pathlib import Path

import click

from carbonpath.cli import options
from carbonpath.cli.console import complain, note, say, say_json, told
from carbonpath.errors import code_in


@click.command()
@click.argument("scenarios", nargs=-1, required=True, type=options.scenario_file)
@options.solving
@options.as_json
@options.quiet
def validate(
    scenarios: tuple[Path, ...],
    slices: tuple[int, int] | None,
    knowledge: int | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """Check scenario and data files (no solve)."""
    from carbonpath.run import Options, check

    code, seen = 0, list[str]()
    for path in scenarios:
        errors, warnings = check(path, Options(slices=slices, knowledge=knowledge))
        code = 3 if errors else code
        codes = [code_in(problem) for problem in errors]
        seen += codes
        if as_json:
            said = {"errors": errors, "codes": codes, "warnings": warnings}
            say_json({"scenario": str(path), **said})
            continue
        complain(errors)
        if not quiet:
            complain([f"warning: {told(text)}" for text in warnings])
            say(f"{path}: {len(errors)} errors, {len(warnings)} warnings. Nothing was solved.")
    if not (quiet or as_json):
        run_them = f"next: carbonpath run {' '.join(map(str, scenarios))}"
        note(f"help: carbonpath explain {seen[0]}" if seen else run_them)
    return code


@click.command()
@click.argument("scenarios", nargs=-1, required=True, type=options.scenario_file)
@options.results
@click.option("--jobs", "-j", type=click.IntRange(1), default=1, help="Scenarios at a time.")
@click.option("--keep-going", is_flag=True, help="Go on with the others when one fails.")
@click.option("--fresh", is_flag=True, help="Solve again even if nothing has changed.")
@click.option("--force", is_flag=True, help="Replace a folder that holds other people's files.")
@click.option("--no-report", is_flag=True, help="Leave report.html out.")
@options.solving
@options.as_json
@options.quiet
def run(scenarios: tuple[Path, ...], as_json: bool, quiet: bool, **chosen: object) -> int:
    """Solve one or many scenarios and publish results and report."""
    from carbonpath.cli import batch
    from carbonpath.run import Options

    jobs, keep_going = int(str(chosen.pop("jobs"))), bool(chosen.pop("keep_going"))
    chosen["report"] = not chosen.pop("no_report")
    settings = Options(**chosen)  # type: ignore[arg-type]
    many = len(scenarios) > 1
    if not many:
        outcomes = [batch.solve_here(scenarios[0], settings, loud=not (quiet or as_json))]
    elif jobs == 1:
        outcomes = batch.one_by_one(scenarios, settings, keep_going, loud=not (quiet or as_json))
    else:
        outcomes = batch.side_by_side(scenarios, settings, keep_going, jobs, loud=not quiet)
    for outcome in outcomes:
        if as_json:
            say_json(outcome)
        elif not many:
            batch.tell(outcome)
    if many and not as_json:
        say("\n".join([*batch.misses(outcomes), batch.overview(outcomes)]))
    if not (quiet or as_json):
        note(batch.next_command(outcomes))
    return batch.exit_code(outcomes)
