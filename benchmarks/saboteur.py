"""A Dask plugin that kills workers in the middle of chosen runs, to see what a sweep loses."""

import os
import signal
from pathlib import Path
from typing import Any

from distributed import WorkerPlugin

from carbonpath.sweep import runner


class Saboteur(WorkerPlugin):
    """Kills the worker at the first attempt of some runs and at every attempt of others.

    Every attempt that comes to its end leaves a line in `log`; what was killed is noted in `once`.
    """

    def __init__(self, folder: Path, once: frozenset[str], always: frozenset[str]) -> None:
        self.folder, self.once, self.always = folder, once, always
        self.name = "saboteur"

    def setup(self, worker: Any) -> None:
        """Lie in wait in every worker, those that are started anew among them."""
        del worker
        honest = runner.attempt

        def sabotaged(place: runner.Bench, run: str) -> dict[str, Any]:
            if run in self.always or self.first_time(run):
                os.kill(os.getpid(), signal.SIGKILL)
            record = honest(place, run)
            with (self.folder / "log").open("a") as log:
                log.write(f"{run}\n")
            return record

        runner.attempt = sabotaged

    def first_time(self, run: str) -> bool:
        """Whether a run that is to be killed once begins for the first time."""
        if run not in self.once:
            return False
        try:
            (self.folder / f"killed-{run}").touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def finished(self) -> list[str]:
        """Return the runs whose attempts came to their end, one entry for each attempt."""
        log = self.folder / "log"
        return log.read_text().split() if log.exists() else []
