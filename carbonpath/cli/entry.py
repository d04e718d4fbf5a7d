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
from carbonpath.errors import CarbonpathError, Coded

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
        show_usage(fault)
        return fault.exit_code
    except CarbonpathError as fault:
        complain(fault.problems)
        return fault.exit_code
    except BrokenPipeError:
        return BUG
    except OSError as fault:
        complain([Coded(f"{fault.filename or 'output'}: {fault.strerror or fault}", code="E904")])
        return ENVIRONMENT
    except MemoryError:
        remedy = "solve fewer slices (--slices) or fewer jobs at once"
        complain([Coded(f"the memory is used up; {remedy}", code="E905")])
        return ENVIRONMENT
    return code if isinstance(code, int) else 0


def show_usage(fault: click.ClickException) -> None:
    """Print how the command is written, and what is wrong with how it was."""
    if isinstance(fault, click.exceptions.NoArgsIsHelpError):
        return fault.show()
    if isinstance(fault, click.UsageError) and fault.ctx is not None:
        note(f"{fault.ctx.get_usage()}\nTry '{fault.ctx.command_path} --help' for help.\n")
    return note(f"Error: E001  {fault.format_message()}")


def flushed(code: int) -> int:
    """Push out what is still held back; output that is lost is not a success."""
    try:
        sys.stdout.flush()
    except OSError as fault:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(fault, BrokenPipeError):
            complain([Coded(f"output: {fault.strerror}", code="E904")])
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
        note(f"E002  A bug in carbonpath: {kind.__name__}. Please report it with {folder / name}")
        return
    note(text)
