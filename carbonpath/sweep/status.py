"""How far a sweep is, from its files alone."""

import json
import os
import socket
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from carbonpath.sweep.folder import PROGRESS, RUNNING, Sweep

Facts = dict[str, Any]
ENDS = ("optimal", "infeasible", "unbounded", "failed")


def status(sweep: Sweep) -> Facts:
    """Return how many runs are planned, done, running, infeasible, failed, waiting; minutes left.

    `done` counts every run with a result, whatever it is; failed ones are named with their reason.
    """
    records = sweep.finished()
    counts = {end: sum(one["status"] == end for one in records.values()) for end in ENDS}
    progress = read_note(sweep.folder / PROGRESS)
    running = [run for run in on_the_way(sweep.folder, progress) if run not in records]
    todo = len(sweep.points) - len(records)
    return {
        "name": sweep.plan["name"],
        "folder": str(sweep.folder),
        "planned": len(sweep.points),
        "done": counts["optimal"],
        "running": len(running),
        "infeasible": counts["infeasible"] + counts["unbounded"],
        "failed": counts["failed"],
        "waiting": todo - len(running),
        "seconds_left": seconds_left(progress, todo) if running else None,
        "failures": {
            run: str(record.get("reason", ""))
            for run, record in records.items()
            if record["status"] == "failed"
        },
    }


def read_note(path: Path) -> Facts:
    """Return a note; empty if there is none."""
    try:
        return dict(json.loads(path.read_bytes()))
    except (OSError, ValueError):
        return {}


def on_the_way(folder: Path, progress: Mapping[str, Any]) -> list[str]:
    """Return the runs that a worker of the present session is on."""
    notes = {path.stem: read_note(path) for path in sorted((folder / RUNNING).glob("*.json"))}
    return [
        run
        for run, note in notes.items()
        if note and note.get("session") == progress.get("session") and is_alive(note, progress)
    ]


def is_alive(note: Mapping[str, Any], progress: Mapping[str, Any]) -> bool:
    """Whether a worker lives: on this machine its process, elsewhere if the session goes on."""
    if progress.get("ended"):
        return False
    if note.get("host") != socket.gethostname() or os.name == "nt":
        return True
    return Path(f"/proc/{note.get('pid')}").exists() or not Path("/proc").exists()


def seconds_left(progress: Mapping[str, Any], todo: int) -> float | None:
    """Return the seconds left at the pace of this session so far."""
    finished = int(progress.get("finished", 0))
    if not finished:
        return None
    pace = (float(progress["updated"]) - float(progress["began"])) / finished
    return max(0.0, pace * todo - (time.time() - float(progress["updated"])))
