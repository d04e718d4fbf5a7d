"""sweep plan, run, status and collect: uncertainty over many runs of one scenario."""

from pathlib import Path
from typing import Any

import click

from carbonpath.cli import options
from carbonpath.cli.console import note, say, say_json

FAILED = 8
SHOWN_FAILURES = 10
folder_of_sweep = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def sweep() -> None:
    r"""Uncertainty over many runs: plan, run, status, collect.

    \b
    carbonpath sweep plan scenarios/studies/cost-uncertainty.yaml --samples 200 --seed 7
    carbonpath sweep run results/sweeps/cost-uncertainty
    """


@sweep.command()
@click.argument("study", type=options.scenario_file)
@click.option("--samples", type=click.IntRange(1, 100_000), help="Runs; default: the study's.")
@click.option("--seed", type=click.IntRange(0), help="Same seed, same sample.")
@click.option("--method", type=click.Choice(["latin_hypercube", "sobol"]), help="Of drawing.")
@click.option("--extend", is_flag=True, help="Keep what is planned and the same, add the rest.")
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path),
              help="Folder; default: results/sweeps/STUDY.")  # fmt: skip
@options.solving
@options.as_json
def plan(study: Path, output: Path | None, as_json: bool, **wish: Any) -> None:
    """Draw the sample of a study file and write it down as a table; solves nothing."""
    from carbonpath.sweep.plan import Wish
    from carbonpath.sweep.plan import plan as planned

    found, finished = planned(study, Wish(**wish), output)
    place = output or found.folder
    if as_json:
        say_json({"sweep": str(place), "planned": len(found.points), "done": finished})
        return
    say(f"{place}: {len(found.points):,} runs of {found.plan['scenario']} planned, {finished:,} "
        f"done; {len(found.factors)} factors, seed {found.plan['drawing']['seed']}")  # fmt: skip
    note(f"next: carbonpath sweep run {place}")


@sweep.command()
@click.argument("folder", type=folder_of_sweep)
@click.option("--workers", "-j", type=click.IntRange(1), help="Default: one for each core.")
@click.option("--scheduler", metavar="tcp://HOST:PORT", help="A running Dask cluster.")
@click.option("--again", is_flag=True, help="Take up failed runs once more.")
@options.as_json
@options.quiet
def run(
    folder: Path, workers: int | None, scheduler: str | None, again: bool, as_json: bool,
    quiet: bool,
) -> int:  # fmt: skip
    """Do what is planned and not done; a sweep stopped at any moment goes on where it was."""
    from carbonpath.sweep.cluster import connected, run_all
    from carbonpath.sweep.folder import open_sweep
    from carbonpath.sweep.plan import refuse_changes

    planned = open_sweep(folder)
    refuse_changes(planned)
    tell = (lambda _text: None) if quiet or as_json else note
    with connected(scheduler, workers) as client:
        counts = run_all(planned, client, tell, again)
    said = told(folder, as_json)
    if not (as_json or quiet):
        note(f"{sum(counts.values()):,} runs done now; next: carbonpath sweep collect {folder}")
    return FAILED if said["failed"] else 0


@sweep.command()
@click.argument("folder", type=folder_of_sweep)
@options.as_json
def status(folder: Path, as_json: bool) -> None:
    """Say how far a sweep is, from its files alone."""
    told(folder, as_json)


def told(folder: Path, as_json: bool) -> dict[str, Any]:
    """Print how far a sweep is."""
    from carbonpath.sweep.folder import open_sweep
    from carbonpath.sweep.status import status as state

    found = state(open_sweep(folder))
    if as_json:
        say_json(found)
        return found
    words = ("done", "running", "infeasible", "failed", "waiting")
    parts = [f"{found['planned']:,} planned", *[f"{found[word]:,} {word}" for word in words]]
    if found["seconds_left"] is not None:
        parts.append(f"about {max(1, round(found['seconds_left'] / 60))} min left")
    say(" · ".join(parts))
    failures = list(found["failures"].items())
    if failures:
        more = f" · and {len(failures) - SHOWN_FAILURES} more" * (len(failures) > SHOWN_FAILURES)
        listed = " · ".join(f"{name} {why}" for name, why in failures[:SHOWN_FAILURES])
        say(f"  failed: {listed}{more}")
    return found


@sweep.command()
@click.argument("folder", type=folder_of_sweep)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.nc",
              help="A copy of summary.nc.")  # fmt: skip
@click.option("--allow-missing", is_flag=True, help="Pass over runs that failed or wait.")
@options.as_json
def collect(folder: Path, output: Path | None, allow_missing: bool, as_json: bool) -> None:
    """Put the indicators of all runs into one NetCDF file: sample x indicator x period."""
    from carbonpath.cli.writing import write
    from carbonpath.results.store import from_netcdf
    from carbonpath.sweep.collect import collect as collected
    from carbonpath.sweep.folder import SUMMARY, open_sweep

    data = collected(open_sweep(folder), allow_missing)
    place = write(output, data) if output else folder / SUMMARY
    names = ("planned", "used", "infeasible", "failed", "waiting")
    facts = {name: from_netcdf(data).attrs[name] for name in names}
    if as_json:
        say_json({"summary": str(place), **facts})
        return
    rest = " · ".join(f"{facts[name]:,} {name}" for name in names[2:])
    say(f"{place}: {facts['used']:,} of {facts['planned']:,} runs used · {rest}")
    note(f"next, in Python: xarray.open_dataset({str(place)!r}).to_dataframe()")
