"""A folder of files appears whole or not at all.

Files are written to a staging folder and flushed to the disk; then the old folder steps aside and
the new one takes its name. What an interruption leaves behind is put right by `recover`.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from carbonpath.errors import EnvironmentFault

STAGING, PREVIOUS, FAILED = ".staging", ".previous", ".failed"
REMEDIES = {
    errno.ENOSPC: "the disk is full; free some space",
    errno.EDQUOT: "the disk quota is used up; free some space",
    errno.EFBIG: "the file size limit is reached; raise it",
    errno.EROFS: "the folder is read-only; choose another with --results",
    errno.EACCES: "no permission to write; choose another with --results",
    errno.EPERM: "no permission to write; choose another with --results",
    errno.ENOTDIR: "a file stands where a folder is needed; move it away",
    errno.ENAMETOOLONG: "the path is too long; choose a shorter --results",
}


@contextmanager
def storage_faults(place: Path) -> Iterator[None]:
    """Turn a failure of the file system into a sentence with a remedy."""
    try:
        yield
    except OSError as fault:
        remedy = REMEDIES.get(fault.errno or 0, fault.strerror or str(fault))
        raise EnvironmentFault(f"{place}: {remedy}", code="E901") from fault


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def check_place(folder: Path, name: str, *, force: bool = False) -> None:
    """Refuse before any work when a result could not be published here."""
    target = folder / name
    with storage_faults(folder):
        (folder / STAGING).mkdir(parents=True, exist_ok=True)
        probe = folder / STAGING / f".probe-{os.getpid()}"
        probe.write_bytes(b"\0" * 4096)
        probe.unlink()
    if force or not (target.exists() or target.is_symlink()):
        return
    if not target.is_dir() or not (target / "manifest.json").is_file():
        raise EnvironmentFault(
            f"{target}: stands in the way and is no result of carbonpath; move it or use --force",
            code="E903",
        )


def recover(folder: Path, name: str) -> None:
    """Put right what an interrupted publication left; the caller holds the lock."""
    target, previous = folder / name, folder / PREVIOUS / name
    with storage_faults(folder):
        _remove(folder / STAGING / name)
        if previous.exists():
            if target.exists():
                _remove(previous)
            else:
                previous.rename(target)


def stage(folder: Path, name: str, files: Mapping[str, bytes]) -> Path:
    """Write files to the staging folder, flushed to the disk, and return that folder."""
    staging = folder / STAGING / name
    with storage_faults(folder):
        try:
            _remove(staging)
            for relative, data in files.items():
                _write_through(staging / relative, data)
            for path in sorted({staging, *((staging / relative).parent for relative in files)}):
                _flush_folder(path)
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise
    return staging


def publish(folder: Path, name: str, files: Mapping[str, bytes]) -> Path:
    """Make `folder`/`name` hold exactly these files; return it. The caller holds the lock."""
    staging = stage(folder, name, files)
    target, previous = folder / name, folder / PREVIOUS / name
    with storage_faults(folder):
        previous.parent.mkdir(exist_ok=True)
        if target.exists() or target.is_symlink():
            _remove(previous)
            target.rename(previous)
        staging.rename(target)
        _flush_folder(folder)
        _remove(previous)
    return target


def replace_file(path: Path, data: bytes) -> None:
    """Write one file under a working name and rename it, so that it is never half there."""
    working = path.with_name(f".{path.name}.{os.getpid()}")
    with storage_faults(path):
        try:
            _write_through(working, data)
            working.replace(path)
        finally:
            working.unlink(missing_ok=True)


def set_aside(folder: Path, name: str, files: Mapping[str, bytes]) -> Path:
    """Keep a run that failed its checks where no report or comparison reads it."""
    staging = stage(folder, name, files)
    target = folder / FAILED / name
    with storage_faults(folder):
        target.parent.mkdir(exist_ok=True)
        _remove(target)
        staging.rename(target)
    return target


def _write_through(path: Path, data: bytes) -> None:
    """Write one file and wait until the disk has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(path: Path) -> None:
    """Wait until the disk has the names in a folder (where the system can say so)."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(path: Path) -> None:
    """Remove a file, a link or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif path.exists() or path.is_symlink():
        path.unlink()
