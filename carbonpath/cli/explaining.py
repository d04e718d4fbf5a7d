"""explain and peak: what a target costs and why, by solving one model again and again."""

from pathlib import Path
from typing import Any

import click

from carbonpath.cli import options
from carbonpath.cli.console import note, number, say, say_json, table
from carbonpath.cli.writing import write


@click.command()
@click.argument("source", type=options.path_or_code)
@click.option("--target", metavar="ID-YEAR", help="One target; default: every target missed.")
@click.option("--no-bracket", is_flag=True, help="Leave out the share under other accounts.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.md")
@options.solving
@options.as_json
def explain(
    source: Path | str,
    target: str | None,
    no_bracket: bool,
    output: Path | None,
    slices: tuple[int, int] | None,
    knowledge: int | None,
    as_json: bool,
) -> int:
    r"""Say why a scenario is infeasible, what a target costs, or what the code of a problem means.

    SOURCE is a scenario file, a result folder, whose scenario is solved again, or a code. For a
    target: the best value there is, what the way to it costs, and, for the non-fossil share, the
    share under other rules of counting.

    \b
    carbonpath explain scenarios/plan-2025.yaml --target non_fossil_share-2025
    carbonpath explain E312
    """
    if isinstance(source, str):
        return meaning(source, as_json=as_json)
    from carbonpath.cli.explanation import as_markdown, as_text
    from carbonpath.explain import explained
    from carbonpath.run import Options

    path, settings = scenario_of(source), Options(slices=slices, knowledge=knowledge)
    tell = note if not as_json else lambda _text: None
    found = explained(path, settings, target, not no_bracket, tell)
    command = f"carbonpath explain {path.parent.name}/{path.name}"
    command += f" --target {target}" if target else ""
    command += f" --slices {slices[0]}x{slices[1]}" if slices else ""
    if output:
        write(output, as_markdown(found, command).encode())
    if as_json:
        say_json(found)
    else:
        say(as_text(found))
        note(f"next: carbonpath show {path} --origins --table limits")
    return 4 if found["status"] == "infeasible" else 0


def meaning(code: str, *, as_json: bool) -> int:
    """Print what a code means and what to do, in both languages."""
    from dataclasses import asdict

    from carbonpath.spec.codes import codes

    known = codes()
    if code not in known:
        near = sorted(known, key=lambda other: abs(int(other[1:]) - int(code[1:])))[:3]
        raise click.UsageError(f"there is no code {code}; the nearest are {', '.join(near)}")
    entry = known[code]
    if as_json:
        say_json(asdict(entry))
        return 0
    say(f"{code}  {entry.name}")
    say(f"  {entry.meaning_zh}。\n  办法：{entry.remedy_zh}。")
    say(f"  {entry.meaning_en}.\n  Remedy: {entry.remedy_en}.")
    return 0


def scenario_of(source: Path) -> Path:
    """Return the scenario file; of a result folder, the file it was made from."""
    if source.is_file():
        return source
    path = source.resolve().parent.parent / "scenarios" / f"{source.resolve().name}.yaml"
    if not path.is_file():
        raise click.UsageError(f"{path} is missing; name the scenario file of {source} instead")
    return path


@click.command()
@click.argument("scenario", type=options.scenario_file)
@click.option("--from", "first", default=2025, show_default=True, help="First year of the peak.")
@click.option("--to", "last", default=2030, show_default=True, help="Last year of the peak.")
@click.option("--quantity", default="co2_c1", show_default=True, help="The CO2 total that peaks.")
@options.solving
@options.as_json
def peak(
    scenario: Path,
    first: int,
    last: int,
    quantity: str,
    slices: tuple[int, int] | None,
    knowledge: int | None,
    as_json: bool,
) -> None:
    """Cost by year of the peak: CO2 must not rise after each year in turn."""
    from dataclasses import asdict

    from carbonpath.explain import peaks
    from carbonpath.run import Options

    settings = Options(slices=slices, knowledge=knowledge)
    found = peaks(scenario, settings, quantity, list(range(first, last + 1)))
    if as_json:
        say_json({"scenario": scenario.stem, "years": [asdict(one) for one in found]})
        return
    say(table(peak_rows(found)))
    note(f"{quantity}; next: carbonpath explain {scenario}")


def peak_rows(found: list[Any]) -> list[list[str]]:
    """The table of peak years, the latest first; cost beside that of the latest."""
    lines = [["no rise after", "cost bn CNY", "more than the last", "highest price CNY/t"]]
    for one in found:
        if one.objective is None:
            lines.append([str(one.year), "no pathway", "-", "-"])
            continue
        more = number(one.objective - found[0].objective) if found[0].objective else "-"
        price = number(1e3 * one.highest_price)
        lines.append([str(one.year), number(one.objective, 7), more, price])
    return lines
