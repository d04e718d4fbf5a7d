"""One writer for a result at a time: a lock file that names its host and process.

The lock is the operating system's own (`flock`), so it ends with the process that holds it, even a
killed one; the text in the file only says who that is.
"""

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from carbonpath.errors import EnvironmentFault


@contextmanager
def locked(folder: Path, name: str) -> Iterator[None]:
    """Hold the lock of one result in `folder`; refuse at once when another process has it."""
    path = folder / ".locks" / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as fault:
        raise EnvironmentFault(
            f"{folder}: cannot be written ({fault.strerror}); choose another with --results",
            code="E901",
        ) from fault
    try:
        if not _take(descriptor):
            raise EnvironmentFault(
                f"{folder / name}: in use by {_holder(descriptor)}; wait for it or end it",
                code="E902",
            )
        _write(descriptor, _this_process())
        yield
        _write(descriptor, "")
    finally:
        os.close(descriptor)


def _this_process() -> str:
    """Who we are, for the one who finds the lock taken."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return json.dumps({"host": socket.gethostname(), "pid": os.getpid(), "since": now})


def _holder(descriptor: int) -> str:
    """Who holds the lock, as far as its file tells."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        who = json.loads(os.read(descriptor, 4096) or b"{}")
    except ValueError:
        who = {}
    if not who:
        return "another process"
    return f"process {who.get('pid')} on {who.get('host')} since {who.get('since')}"


def _write(descriptor: int, text: str) -> None:
    """Replace the text of the lock file; a full disk does not stop a run here."""
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, text.encode())


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> bool:
        """Lock a byte far behind the text, so that others can still read who holds it."""
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(descriptor: int) -> bool:
        """Take the lock without waiting."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
