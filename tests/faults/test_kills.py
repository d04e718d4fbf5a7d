"""A run stopped at any moment leaves the old result or the new one, whole."""

import os
import random
import shutil
import signal
import time
from pathlib import Path

import pytest

from tests.faults.conftest import done, started, tutorial

KILLS, SIGNALS = 12, 6
IN_TIME = 2.0
"""Seconds in which an interrupted run must end on free cores; busy ones are slower."""


def in_time() -> float:
    return IN_TIME * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def is_whole(place: Path) -> bool:
    return done("verify", place / "results" / "tutorial", "--quiet").returncode == 0


def test_a_kill_at_any_moment_leaves_a_whole_result(project: Path) -> None:
    """Nothing can be done after SIGKILL; the next run clears what was staged."""
    chance = random.Random(29)
    start = time.monotonic()
    assert done("run", tutorial(project), "--fresh").returncode == 0
    length = time.monotonic() - start
    for _ in range(KILLS):
        process = started("run", tutorial(project), "--fresh")
        time.sleep(length * chance.uniform(0.3, 1.05))
        process.kill()
        process.communicate()
        assert is_whole(project)
    assert done("run", tutorial(project), "--fresh").returncode == 0
    left = [path.name for path in (project / "results" / ".staging").iterdir()]
    assert "tutorial" not in left


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_at_any_moment_ends_a_run_soon_and_as_130(project: Path, name: str) -> None:
    """From the moment the program speaks until it ends; what ended before is a success."""
    chance = random.Random(27)
    for _ in range(SIGNALS):
        process = started("run", tutorial(project), "--fresh")
        assert process.stderr is not None
        process.stderr.readline()  # it has begun
        time.sleep(chance.uniform(0.0, 1.5))
        process.send_signal(getattr(signal, name))
        sent = time.monotonic()
        said, complaints = process.communicate(timeout=30)
        assert time.monotonic() - sent < in_time()
        assert process.returncode in (0, 130), (said, complaints)
        assert "Traceback" not in complaints
        assert "A bug in" not in complaints
        assert is_whole(project)


@pytest.mark.parametrize("wait", [0.3, 0.6, 1.0])
def test_a_signal_during_start_up_is_no_bug(project: Path, wait: float) -> None:
    """While libraries are still being loaded."""
    process = started("run", tutorial(project), "--fresh")
    time.sleep(wait)
    process.send_signal(signal.SIGINT)
    _, complaints = process.communicate(timeout=30)
    assert process.returncode in (0, 130, -signal.SIGINT), complaints
    assert "A bug in" not in complaints
    assert not list(project.glob("carbonpath-error-*"))


def test_two_interrupts_are_one(project: Path) -> None:
    process = started("run", tutorial(project), "--fresh")
    assert process.stderr is not None
    process.stderr.readline()
    process.send_signal(signal.SIGINT)
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode in (130, -signal.SIGINT)
    assert is_whole(project)


def test_of_many_runs_at_once_each_wins_or_is_told_who_has_the_place(project: Path) -> None:
    """Exit code 0 or 9, nothing else, and a whole result at the end."""
    processes = [started("run", tutorial(project), "--fresh") for _ in range(8)]
    codes = []
    for process in processes:
        _, complaints = process.communicate(timeout=300)
        codes.append(process.returncode)
        assert process.returncode == 0 or "E902" in complaints
    assert set(codes) <= {0, 9}
    assert 0 in codes
    assert is_whole(project)


def test_an_interrupted_batch_stops_with_its_children(project: Path) -> None:
    """Two scenarios side by side; no process outlives the batch."""
    second = project / "scenarios" / "second.yaml"
    shutil.copy(tutorial(project), second)
    process = started("run", tutorial(project), second, "--fresh", "--jobs", "2",
                      start_new_session=True)  # fmt: skip
    time.sleep(2.0)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == 130
    time.sleep(0.2)
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
