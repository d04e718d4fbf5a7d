"""The way in and the way out: streams, signals, exit codes."""

import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType, TracebackType
from typing import NoReturn

import click

from carbonpath.cli.commands import carbonpath
from carbonpath.cli.console import complain, note, prepare_streams
from carbonpath.errors import CarbonpathError

INTERRUPTED, ENVIRONMENT, WRONG_USAGE, BUG = 130, 9, 2, 1


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and end the process with its exit code (see `carbonpath --help`)."""
    prepare_streams()
    sys.excepthook = record_bug
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), interrupt)
    sys.exit(flushed(exit_code(arguments)))


def interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Ctrl-C, a cluster's time-out and a closed terminal all stop a run the same way."""
    raise KeyboardInterrupt


def exit_code(arguments: Sequence[str] | None) -> int:
    """Run one command; every failure foreseen becomes sentences and a code."""
    try:
        code = carbonpath.main(arguments, prog_name="carbonpath", standalone_mode=False)
    except (click.Abort, KeyboardInterrupt):
        note("Interrupted. Nothing half-written is left behind.")
        return INTERRUPTED
    except click.ClickException as fault:
        fault.show()
        return fault.exit_code
    except CarbonpathError as fault:
        complain(fault.problems)
        return fault.exit_code
    except BrokenPipeError:
        return BUG
    except OSError as fault:
        complain([f"{fault.filename or 'output'}: {fault.strerror or fault}"])
        return ENVIRONMENT
    except MemoryError:
        complain(["The memory is used up; solve fewer slices (--slices) or fewer jobs at once"])
        return ENVIRONMENT
    return code if isinstance(code, int) else 0


def flushed(code: int) -> int:
    """Push out what is still held back; output that is lost is not a success."""
    try:
        sys.stdout.flush()
    except OSError as fault:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(fault, BrokenPipeError):
            complain([f"output: {fault.strerror}"])
        return code or (BUG if isinstance(fault, BrokenPipeError) else ENVIRONMENT)
    return code


def record_bug(
    kind: type[BaseException], fault: BaseException, trace: TracebackType | None
) -> None:
    """Save the traceback of an unforeseen failure and name the file."""
    text = "".join(traceback.format_exception(kind, fault, trace))
    name = f"carbonpath-error-{datetime.now(UTC):%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    for folder in (Path.cwd(), Path(tempfile.gettempdir())):
        try:
            (folder / name).write_text(text, encoding="utf-8")
        except OSError:
            continue
        note(f"A bug in carbonpath: {kind.__name__}. Please report it with {folder / name}")
        return
    note(text)
