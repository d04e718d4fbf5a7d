"""Many scenarios, one after the other or side by side; one outcome (a JSON object) for each."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carbonpath.cli.console import complain, note, number, say, table
from carbonpath.cli.scorecard import sentence
from carbonpath.errors import CarbonpathError, Coded, PartialError, code_in

if TYPE_CHECKING:
    from carbonpath.run import Options

Outcome = Mapping[str, Any]
STATUS = {3: "invalid", 4: "infeasible", 5: "unbounded", 6: "stopped", 7: "failed checks"}
HOME, YI = "CNY_2020", "亿元"
YI_PER_BN = 10.0
"""亿元 in a billion."""
TRACKED = "track"
"""The mode of a limit that is only reported."""
GRACE = 2.0
"""Seconds a scenario gets to clean up when the batch is interrupted."""


def solve_here(path: Path, options: "Options", *, loud: bool) -> Outcome:
    """Solve one scenario in this process; a failure becomes an outcome, told on stderr."""
    from carbonpath.run import solve_scenario

    try:
        return solve_scenario(path, options, note if loud else lambda _text: None)
    except CarbonpathError as fault:
        complain(fault.problems)
        return failure(path, fault.exit_code, fault.problems)


def failure(path: Path, code: int, problems: Sequence[str]) -> Outcome:
    """The outcome of a scenario without a result."""
    return {
        "id": path.stem,
        "status": STATUS.get(code, "failed"),
        "exit_code": code,
        "problems": list(problems),
        "codes": [code_in(problem) for problem in problems],
        "objective": None,
        "total_cost": None,
        "targets": [],
        "results": None,
    }


def one_by_one(
    paths: Sequence[Path], options: "Options", keep_going: bool, *, loud: bool
) -> list[Outcome]:
    """Solve scenarios in turn; stop at the first failure unless told to go on."""
    outcomes: list[Outcome] = []
    for path in paths:
        outcomes.append(solve_here(path, options, loud=loud))
        if loud:
            note(line(outcomes[-1]))
        if outcomes[-1]["exit_code"] and not keep_going:
            break
    return outcomes + [_left_out(path) for path in paths[len(outcomes) :]]


def side_by_side(
    paths: Sequence[Path], options: "Options", keep_going: bool, jobs: int, *, loud: bool
) -> list[Outcome]:
    """Solve scenarios in processes of their own, so that a crash costs only its own scenario."""
    outcomes: dict[Path, Outcome] = {}
    with ThreadPoolExecutor(jobs) as pool, _children(pool) as running:
        futures = {pool.submit(_solve_apart, path, options, running): path for path in paths}
        for future in as_completed(futures):
            if future.cancelled():
                continue
            path = futures[future]
            outcomes[path] = future.result()
            if loud:
                _complain_of(outcomes[path])
                note(line(outcomes[path]))
            if outcomes[path]["exit_code"] and not keep_going:
                for other in futures:
                    other.cancel()
    return [outcomes.get(path) or _left_out(path) for path in paths]


def _complain_of(outcome: Outcome) -> None:
    """Tell what a scenario in a process of its own said was wrong."""
    if outcome["exit_code"]:
        said = zip(outcome["problems"], outcome["codes"], strict=True)
        complain([Coded(problem, code) for problem, code in said])


def _left_out(path: Path) -> Outcome:
    """The outcome of a scenario that was not tried because an earlier one failed."""
    return {
        **failure(path, PartialError.exit_code, [Coded("not tried", code="E003")]),
        "status": "not tried",
    }


@contextmanager
def _children(pool: ThreadPoolExecutor) -> Iterator[list["subprocess.Popen[str]"]]:
    """Processes at work; at the end none outlives this one, and no new one starts."""
    running: list[subprocess.Popen[str]] = []
    try:
        yield running
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in list(running):
            process.terminate()
        for process in list(running):
            try:
                process.wait(GRACE)
            except subprocess.TimeoutExpired:
                process.kill()


def _solve_apart(path: Path, options: "Options", running: list["subprocess.Popen[str]"]) -> Outcome:
    """Solve one scenario in a process of its own and return what it said."""
    command = [sys.executable, "-m", "carbonpath", "run", str(path), "--json", "--quiet"]
    process = subprocess.Popen(
        command + options.as_arguments(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    running.append(process)
    said, complaints = process.communicate()
    running.remove(process)
    try:
        outcome: Outcome = json.loads(said)
    except ValueError:
        problems = complaints.strip().splitlines() or [f"ended with {process.returncode}"]
        code = process.returncode if process.returncode > 0 else 1
        return failure(path, code, [f"{path}: {text}" for text in problems])
    return outcome


def line(outcome: Outcome) -> str:
    """One line for a scenario that has ended."""
    if outcome["exit_code"]:
        return f"{outcome['id']}: {outcome['status']}"
    how = "unchanged since its last run" if outcome["unchanged"] else outcome["status"]
    return f"{outcome['id']}: {how}, {score(outcome)} targets met"


def asked(outcome: Outcome) -> list[Mapping[str, Any]]:
    """The targets that a scenario asks for; those it only tracks are not among them."""
    return [target for target in outcome["targets"] if target["mode"] != TRACKED]


def missed(outcome: Outcome) -> list[Mapping[str, Any]]:
    """The targets asked for and not met."""
    return [target for target in asked(outcome) if not target["met"]]


def score(outcome: Outcome) -> str:
    """How many targets are met, of how many."""
    return f"{len(asked(outcome)) - len(missed(outcome))} of {len(asked(outcome))}"


def tell(outcome: Outcome) -> None:
    """Print a result for reading: what was missed, then what it costs, then where it is."""
    if outcome["exit_code"]:
        return
    for target in missed(outcome):
        say(f"✘ MISSED {sentence(target)}")
    if outcome["unchanged"]:
        say(f"{outcome['id']}: nothing has changed since {outcome['solved_at']}; not solved again")
        note("  --fresh solves it anyway")
    said = f"cost {cost(outcome)} {money(outcome)}{peak(outcome)}"
    say(f"{outcome['id']}: {said} · {score(outcome)} targets met")
    if tracked := [target for target in outcome["targets"] if target["mode"] == TRACKED]:
        met = sum(target["met"] for target in tracked)
        say(f"  tracked only, not asked for: {met} of {len(tracked)} met (see the report)")
    say(f"  {outcome['results']}")


def misses(outcomes: Sequence[Outcome]) -> list[str]:
    """The targets missed by each scenario of a batch, said before its table."""
    return [
        f"✘ MISSED {outcome['id']}: {sentence(target)}"
        for outcome in outcomes
        for target in missed(outcome)
    ]


def cost(outcome: Outcome) -> str:
    """The discounted cost without penalties, investment at the social rate, in its money."""
    bn = outcome.get("total_cost_social") or outcome["total_cost"]
    factor = YI_PER_BN if money(outcome) == YI else 1.0
    return number(None if bn is None else bn * factor, 5)


def money(outcome: Outcome) -> str:
    """The unit of a cost: 亿元, or the money of imported data."""
    name = str((outcome.get("currency") or {}).get("en", HOME))
    return YI if name == HOME else name


def peak(outcome: Outcome) -> str:
    """When and where CO2 with net imports peaks."""
    top = outcome.get("peak")
    return f" · CO2 (C1) peaks {top['year']} at {number(top['value'])} Mt" if top else ""


def overview(outcomes: Sequence[Outcome]) -> str:
    """The table at the end of a batch."""
    units = {money(outcome) for outcome in outcomes if not outcome["exit_code"]} or {YI}
    head = f"cost {units.pop()}" if len(units) == 1 else "cost"
    rows = [["scenario", "status", head, "targets met", "results"]]
    for outcome in outcomes:
        rows.append(
            [
                outcome["id"],
                "unchanged" if outcome.get("unchanged") else outcome["status"],
                cost(outcome)
                if units.isdisjoint({money(outcome)})
                else f"{cost(outcome)} {money(outcome)}",
                score(outcome) if not outcome["exit_code"] else "-",
                outcome["results"] or "-",
            ]
        )
    return table(rows)


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """0 if all is well; of one scenario its own code; of several 8 if any failed."""
    codes = {int(outcome["exit_code"]) for outcome in outcomes} - {0}
    if not codes:
        return 0
    return codes.pop() if len(outcomes) == 1 else PartialError.exit_code


def next_command(outcomes: Sequence[Outcome]) -> str:
    """What to do next."""
    solved = [str(outcome["results"]) for outcome in outcomes if outcome["results"]]
    if len(solved) > 1:
        return f"next: carbonpath compare {' '.join(solved)}"
    if solved:
        return f"next: carbonpath export {solved[0]} --to iamc -o {outcomes[0]['id']}.csv"
    return "next: carbonpath validate, then run again"
