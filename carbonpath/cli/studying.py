"""wedges, macc, alternatives: what is shown by solving again; kept beside the result."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from carbonpath.cli import options
from carbonpath.cli.comparing import years
from carbonpath.cli.console import note, number, say, say_json, table

if TYPE_CHECKING:
    import pandas as pd

    from carbonpath.run import Options

PERIOD = 2030
SHARES = "95,90,85,80,75"
SHOWN = "2025,2030,2035,2060"
YI_PER_BN = 10.0
"""亿元 in a billion."""


def shares(_context: click.Context, _parameter: click.Parameter, value: str) -> list[float]:
    """Read '95,90' as shares."""
    try:
        return [float(part) / 100.0 for part in value.split(",")]
    except ValueError:
        raise click.BadParameter(f"{value!r} is not like 95,90,85") from None


@click.command()
@click.argument("scenario", type=options.scenario_file)
@click.option("--year", default=PERIOD, show_default=True, help="The year whose CO2 is capped.")
@click.option("--caps", default=SHARES, callback=shares, show_default=True, metavar="%,%,...",
              help="Caps, in per cent of the CO2 without a cap, falling.")  # fmt: skip
@click.option("--quantity", default="co2_c1", show_default=True, help="The CO2 total capped.")
@options.results
@options.solving
@options.as_json
def macc(
    scenario: Path, year: int, caps: list[float], quantity: str, as_json: bool, **chosen: Any
) -> int:
    """Abatement cost of a year: a cap on its CO2 falls step by step, all else as in the scenario.

    Costs hold the change of everything, penalties of other targets and later years among it. If
    the scenario has a result, the curve is put beside it and shown in its report.
    """
    from dataclasses import asdict

    import pandas as pd

    from carbonpath.explain import MACC_METHOD, abatement
    from carbonpath.run import Options

    settings = Options(**chosen)
    found = [asdict(step) for step in abatement(scenario, settings, quantity, str(year), caps)]
    if len(found) < len(caps):
        note(f"no pathway holds {100 * caps[len(found)]:g} % of the CO2 of {year} without a cap")
    if not found:
        return 4
    facts = {"method": MACC_METHOD, "year": year, "quantity": quantity}
    kept = keep(scenario, settings, "macc", pd.DataFrame(found), facts)
    if as_json:
        say_json({"scenario": scenario.stem, "year": year, "steps": found, "stored": kept})
        return 0
    head = ["cap Mt", "avoided Mt", "marginal CNY/t", "mean CNY/t"]
    lines = [[s["cap"], s["avoided"], 1e3 * s["marginal"], 1e3 * s["mean"]] for s in found]
    say(table([head, *([number(value) for value in line] for line in lines)]))
    note(f"{quantity} of {year}; next: carbonpath explain {scenario}")
    return 0


@click.command()
@click.argument("scenario", type=options.scenario_file)
@click.option("--baseline", metavar="SCENARIO", help="Scenario to start from; default: the one "
              "that the scenario extends.")  # fmt: skip
@click.option("--years", default=SHOWN, callback=years, show_default=True, help="Years to show.")
@click.option("--quantity", default="co2_c1", show_default=True, help="The CO2 total.")
@options.results
@options.solving
@options.as_json
def wedges(
    scenario: Path,
    baseline: str | None,
    years: tuple[int, ...],
    quantity: str,
    as_json: bool,
    **chosen: Any,
) -> None:
    r"""What each policy of a scenario avoids and costs on top of a baseline, as a range.

    Each group of targets, prices and options is added alone to the baseline, and taken away alone
    from the scenario. If the scenario has a result, the table is put beside it and shown in its
    report.

    \b
    carbonpath wedges scenarios/peak-2030.yaml --baseline reference
    """
    from carbonpath import wedges as solving
    from carbonpath.explain import solver_options, with_foresight
    from carbonpath.policies import Pair
    from carbonpath.run import Options

    settings = Options(**chosen)
    own = with_foresight(scenario, settings)
    start = baseline_of(scenario, own.chain, baseline)
    pair = Pair(own, with_foresight(start, settings))
    tell = note if not as_json else lambda _text: None
    found = solving.wedges(pair, quantity, solver_options(own), tell)
    parts = {policy.key: policy.parts for policy in found.policies}
    facts = {
        "method": solving.METHOD, "baseline": start.stem, "quantity": quantity, "parts": parts
    }  # fmt: skip
    kept = keep(scenario, settings, "wedges", found.table, facts)
    if as_json:
        effects = found.table.to_dict("records")
        say_json({"scenario": scenario.stem, **facts, "effects": effects, "stored": kept})
        return
    say(table(rows(found.table, years, found.money)))
    say(solving.METHOD["en"])
    for key, names in parts.items():
        note(f"  {key}: {', '.join(names)}")
    note(f"next: carbonpath report {settings.results or 'results'}/{scenario.stem}")


@click.command()
@click.argument("scenario", type=options.scenario_file)
@click.option("--slack", default=2.0, show_default=True, type=click.FloatRange(0.0, 100.0),
              help="Rise of the discounted cost that is allowed, in per cent.")  # fmt: skip
@click.option("--years", default=str(PERIOD), callback=years, show_default=True, metavar="YEAR,...",
              help="Years whose capacities and totals are varied.")  # fmt: skip
@options.results
@options.solving
@options.as_json
def alternatives(
    scenario: Path, slack: float, years: tuple[int, ...], as_json: bool, **chosen: Any
) -> None:
    r"""How far capacities and totals can move while the cost stays close to the least.

    Each is made least and greatest with a solve of its own: some minutes at 4x8 slices. If the
    scenario has a result, the ranges are put beside it and shown in its report.

    \b
    carbonpath alternatives scenarios/peak-2030.yaml --slack 2 --years 2030
    """
    from carbonpath import alternatives as ranging
    from carbonpath.explain import solver_options, with_foresight
    from carbonpath.inputs.load import load_system
    from carbonpath.model.build import build
    from carbonpath.run import Options

    settings = Options(**chosen)
    own = with_foresight(scenario, settings)
    built = build(load_system(own).system)
    tell = note if not as_json else lambda _text: None
    found = ranging.alternatives(built, years, slack / 100.0, solver_options(own), tell)
    facts = {"method": ranging.METHOD, "slack": slack, "quantity": f"+{slack:g} %"}
    kept = keep(scenario, settings, "alternatives", found, facts)
    if as_json:
        ends = found.to_dict("records")
        say_json({"scenario": scenario.stem, **facts, "ranges": ends, "stored": kept})
        return
    head = ["", "year", "unit", "lowest", "optimum", "highest"]
    lines = found[["en", "period", "unit", "lowest", "optimum", "highest"]].to_numpy().tolist()
    shown = [[name, str(at), unit, *(number(x, 3) for x in row)] for name, at, unit, *row in lines]
    say(table([head, *shown]))
    say(ranging.METHOD["en"])
    note(f"next: carbonpath report {settings.results or 'results'}/{scenario.stem}")


def baseline_of(scenario: Path, chain: Sequence[str], baseline: str | None) -> Path:
    """Return the file of the baseline: named by id or path, else the scenario's parent."""
    if baseline is None:
        if len(chain) < 2:  # noqa: PLR2004 - itself and a parent
            raise click.UsageError(f"{scenario.stem} extends nothing; name one with --baseline")
        return scenario.parent / Path(chain[1]).name
    named = Path(baseline)
    path = named if named.suffix else scenario.parent / f"{baseline}.yaml"
    if not path.is_file():
        there = ", ".join(sorted(found.stem for found in scenario.parent.glob("*.yaml")))
        raise click.UsageError(f"{path} does not exist; there is {there}")
    return path


def keep(
    path: Path, settings: "Options", name: str, frame: "pd.DataFrame", facts: Mapping[str, Any]
) -> str | None:
    """Put a study beside the result of its scenario; say so, or why it cannot be."""
    from carbonpath import studies
    from carbonpath.errors import InputError

    try:
        place = studies.keep(path, settings, name, studies.made(path, settings, frame, facts))
    except InputError as fault:
        note(f"not stored: {'; '.join(fault.problems)}")
        return None
    note(f"stored in {place}, and shown in the report beside it")
    return str(place)


def rows(frame: "pd.DataFrame", years: Sequence[int], money: str = "") -> Iterator[list[str]]:
    """The table of wedges: a line for each policy; ranges from alone to last."""
    keys = frame[["policy", "measure", "period"]].itertuples(index=False, name=None)
    values = dict(zip(keys, frame[["alone", "last"]].to_numpy(), strict=True))
    shown = [year for year in years if ("all", "co2", year) in values]
    yield ["policy", *(f"Mt {year}" for year in shown), "Mt horizon", f"cost {money or '亿元'}"]
    for key, name in frame.drop_duplicates("policy")[["policy", "en"]].itertuples(index=False):
        places = [*(("co2", year) for year in shown), ("cumulative", 0)]
        cells = [span(*values[key, *place]) for place in places]
        cost = span(*((1.0 if money else YI_PER_BN) * values[key, "cost", 0]))
        yield [str(name), *cells, cost]


def span(alone: float, last: float) -> str:
    """A range as text, one number where both are the same."""
    first, second = (number(value, 3) for value in (alone, last))
    return first if first == second else f"{first} … {second}"
