"""Hands the runs of a sweep out to a Dask cluster: one of this machine's own, or any other.

The scheduler, the workers and their security are Dask's. What is finished is what is published in
the folder; this process only hands out what is not, and hands it out again when a worker is lost.
"""

import json
import os
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from carbonpath.errors import EnvironmentFault
from carbonpath.results import provenance, publish
from carbonpath.results.lock import locked
from carbonpath.sweep import runner
from carbonpath.sweep.folder import PROGRESS, RUNNING, RUNS, Sweep

Tell = Callable[[str], None]
EVERY = 2.0
"""Seconds between two notes of progress."""
MOST_TRIES = 8
"""How often a run is handed out; more than it is begun, as a lost worker takes others with it."""
TIMEOUT = "10s"
QUIET = {"distributed.logging.distributed": "critical"}
MISSING = "sweeps run on dask.distributed, which is not installed: pip install 'carbonpath[sweep]'"


@contextmanager
def connected(scheduler: str | None, workers: int | None) -> Iterator[Any]:
    """Give a Dask client: of the scheduler at an address, or of a new cluster on the loopback."""
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as fault:
        raise EnvironmentFault(MISSING, code="E907") from fault
    if scheduler:
        try:
            client = Client(scheduler, timeout=TIMEOUT)
        except (OSError, ValueError) as fault:
            raise EnvironmentFault(
                f"{scheduler}: no Dask scheduler answers; start one (dask scheduler) or leave "
                "--scheduler out",
                code="E907",
            ) from fault
        with client:
            yield client
        return
    quiet = {"distributed.scheduler.worker-saturation": 1.0, **QUIET}
    with (
        dask.config.set(quiet),
        LocalCluster(
            n_workers=workers or os.cpu_count() or 1, threads_per_worker=1, processes=True,
            host="127.0.0.1", dashboard_address=None, silence_logs="CRITICAL",
        ) as cluster,
        Client(cluster) as client,
    ):  # fmt: skip
        yield client


@dataclass
class Hand:
    """What has been handed out, and how it goes."""

    sweep: Sweep
    client: Any
    tell: Tell
    session: str = field(default_factory=lambda: uuid.uuid4().hex)
    counts: Counter[str] = field(default_factory=Counter)
    tries: Counter[str] = field(default_factory=Counter)
    began: float = field(default_factory=time.time)
    noted: float = 0.0

    def out(self, run: str) -> Any:
        """Hand out a run; each time under another name, so that Dask starts it anew."""
        self.tries[run] += 1
        return self.client.submit(
            runner.done, str(self.sweep.folder), self.sweep.hash, run, self.session,
            key=f"{run}-{self.tries[run]}-{self.session}", pure=False,
        )  # fmt: skip

    def note(self, waiting: int, *, ended: bool = False) -> None:
        """Write down now and then how far the sweep is."""
        now = time.time()
        if now - self.noted < EVERY and not ended:
            return
        self.noted = now
        said = {
            "session": self.session, "began": self.began, "updated": now, "ended": ended,
            "finished": sum(self.counts.values()), "waiting": waiting,
        }  # fmt: skip
        publish.replace_file(self.sweep.folder / PROGRESS, json.dumps(said).encode())
        if self.counts:
            self.tell(f"{sum(self.counts.values()):,} done · {waiting:,} to do")


def run_all(sweep: Sweep, client: Any, tell: Tell, again: bool = False) -> Counter[str]:
    """Do every run of a sweep that is not done; return how many of those ended in which way.

    `again`: failed runs are taken up once more.
    """
    with locked(sweep.folder.parent, sweep.folder.name):
        for name in (RUNS, RUNNING):
            (sweep.folder / name).mkdir(exist_ok=True)
        if again:
            forget_failed(sweep)
        waiting = sweep.waiting()
        if not waiting:
            return Counter()
        refuse_strangers(sweep, client)
        hand = Hand(sweep, client, tell)
        hand.note(len(waiting), ended=True)
        try:
            hand_out(hand, waiting)
        finally:
            hand.note(len(waiting) - sum(hand.counts.values()), ended=True)
    return hand.counts


def hand_out(hand: Hand, waiting: list[str]) -> None:
    """Hand out runs until each is published; a run whose worker is lost goes out again.

    Attempts are counted where the run is done (`runner.done`); here only a run that ends again and
    again without a word is given up.
    """
    from distributed import as_completed

    names: dict[str, str] = {}
    line = as_completed()
    for run in waiting:
        line.add(handed(hand, run, names))
    for future in line:
        run = names.pop(future.key)
        if future.status == "finished":
            hand.counts[future.result()] += 1
        elif (reason := ended_badly(hand, future)) and hand.tries[run] < MOST_TRIES:
            line.add(handed(hand, run, names))
        else:
            hand.sweep.publish(run, {"status": "failed", "reason": reason})
            hand.counts["failed"] += 1
        hand.note(len(waiting) - sum(hand.counts.values()))


def handed(hand: Hand, run: str, names: dict[str, str]) -> Any:
    """Hand out a run and remember whose future it is."""
    future = hand.out(run)
    names[future.key] = run
    return future


def ended_badly(hand: Hand, future: Any) -> str:
    """Return why a future has no result; raise what lies with the machine, not with the run."""
    if hand.client.status != "running":
        raise EnvironmentFault(
            "the scheduler is gone; carbonpath sweep run goes on where it was", code="E908"
        )
    fault = future.exception() if future.status == "error" else None
    if isinstance(fault, EnvironmentFault):
        raise fault
    return f"{type(fault).__name__}: {fault}" if fault else "the scheduler lost it"


def forget_failed(sweep: Sweep) -> None:
    """Let failed runs be done again."""
    for run, record in sweep.finished().items():
        if record["status"] == "failed":
            (sweep.folder / RUNS / f"{run}.json").unlink()


def refuse_strangers(sweep: Sweep, client: Any) -> None:
    """Refuse workers that do not see the folder, or hold another version of the model."""
    mine = (str(sweep.plan["inputs_hash"]), provenance.hash_of_code(*provenance.MODEL))
    found = client.run(runner.sees, str(sweep.folder), on_error="return")
    for worker, said in found.items():
        if isinstance(said, BaseException):
            raise EnvironmentFault(
                f"worker {worker} cannot use {sweep.folder} ({said}); the folder and carbonpath "
                "must be there for every worker under the same path",
                code="E908",
            )
        if tuple(said) != mine:
            raise EnvironmentFault(
                f"worker {worker} has another version of carbonpath or of the plan; install the "
                "same one everywhere",
                code="E908",
            )
