"""The solver's thread: what the user stops is stopped, and what fails is said."""

import _thread
import gc
import signal
import threading
import time
import weakref

import highspy
import pytest

from carbonpath.errors import SolveError
from carbonpath.solve import highs


class Endless:
    """Stands for HiGHS: runs until it is cancelled."""

    def __init__(self) -> None:
        self.HandleUserInterrupt = False
        self.cancelled = threading.Event()

    def run(self) -> None:
        """Run until cancelled, a minute at most."""
        self.cancelled.wait(60)

    def cancelSolve(self) -> None:  # noqa: N802 - HiGHS' own name
        """Stop."""
        self.cancelled.set()


class Broken(Endless):
    """Stands for HiGHS that fails."""

    def run(self) -> None:
        """Fail."""
        raise RuntimeError("out of memory")


@pytest.fixture
def python_listens():
    """Python's own answer to Ctrl-C, whatever an earlier test of this process left."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("python_listens")
def test_an_interrupt_reaches_us_and_stops_the_solver():
    solver = Endless()
    threading.Timer(0.3, _thread.interrupt_main).start()
    start = time.perf_counter()
    with pytest.raises(KeyboardInterrupt):
        highs.run(solver)
    assert solver.cancelled.is_set()
    assert time.perf_counter() - start < 30


def test_a_failure_in_the_solver_is_told():
    with pytest.raises(SolveError, match="out of memory"):
        highs.run(Broken())


def test_what_is_not_installed_is_named_with_the_remedy(monkeypatch):
    monkeypatch.setattr(highs, "has_hipo", lambda: False)
    with pytest.raises(SolveError, match="highspy-extras.*take method ipm") as told:
        highs.configured(object(), None, highs.SolverOptions(method="hipo"))  # type: ignore[arg-type]
    assert told.value.exit_code == 9
    assert highs.fitting(highs.HUGE + 1) == "interior"


def test_the_largest_models_take_hipo_where_it_is(monkeypatch):
    monkeypatch.setattr(highs, "has_hipo", lambda: True)
    assert highs.fitting(highs.HUGE + 1) == "hipo"
    assert highs.fitting(highs.HUGE) == "interior"


def test_a_solved_model_is_let_go_at_once():
    """HiGHS holds factors and copies of the matrix: a sweep may not wait for a collection."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    held = weakref.ref(solver)
    gc.disable()
    try:
        highs.run(solver)
        del solver
        assert held() is None
    finally:
        gc.enable()
