"""Full disks, other users, poor surroundings: a sentence with a code, the old result kept."""

import os
import resource
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from tests.faults.conftest import done, started, tutorial

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root")


def is_whole(place: Path) -> bool:
    return done("verify", place / "results" / "tutorial", "--quiet").returncode == 0


@pytest.mark.parametrize("kilobytes", [1, 8, 64, 256, 1024])
def test_a_limit_of_file_size_keeps_the_old_result(project: Path, kilobytes: int) -> None:
    """The writes fail one after the other as the limit grows."""

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024))

    found = done("run", tutorial(project), "--fresh", preexec_fn=limited)
    assert found.returncode == 9, found.stderr
    assert "E901" in found.stderr
    assert "file size limit" in found.stderr
    assert is_whole(project)
    assert not (project / "results" / ".staging" / "tutorial").exists()


@ROOT_ONLY
@pytest.mark.parametrize("kilobytes", [64, 512, 1500])
def test_a_full_disk_is_told_and_leaves_nothing(
    project: Path, tmp_path: Path, kilobytes: int
) -> None:
    """A real file system of so many kilobytes takes the results."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(disk)], check=False,
        capture_output=True,
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip("this machine does not let us mount")
    try:
        found = done("run", tutorial(project), "--results", disk / "results")
        assert found.returncode == 9, found.stderr
        assert "the disk is full" in found.stderr
        assert not (disk / "results" / "tutorial").exists()
        assert not (disk / "results" / ".staging" / "tutorial").exists()
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_path_that_is_too_long_is_told_before_solving(project: Path) -> None:
    found = done("run", tutorial(project), "--results", project / ("x" * 300))
    assert found.returncode == 9
    assert "too long" in found.stderr
    assert "solve" not in found.stderr


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1"])
def test_no_console_is_too_poor_for_a_run(project: Path, encoding: str) -> None:
    """Commands that print Chinese, symbols and errors."""
    plain = {"LC_ALL": "C", "PYTHONIOENCODING": encoding, "PATH": os.environ["PATH"]}
    wrong = project / "scenarios" / "wrong.yaml"
    wrong.write_text("schema: carbonpath/scenario/1\nextends: tutorial\n路径: 1\n", "utf-8")
    for arguments, code in (
        (["run", tutorial(project), "--fresh"], 0),
        (["validate", wrong], 3),
        (["show", tutorial(project), "--origins"], 0),
        (["compare", project / "results" / "tutorial"], 0),
        (["explain", "E312"], 0),
    ):
        found = done(*arguments, environment=plain, encoding=encoding, errors="replace")
        assert found.returncode == code, found.stderr
        assert "UnicodeEncodeError" not in found.stderr


@pytest.mark.parametrize("command", ["show", "explain", "compare"])
def test_output_that_cannot_be_written_is_no_success(project: Path, command: str) -> None:
    """/dev/full takes nothing."""
    source: object = project / "results" / "tutorial"
    source = {"show": tutorial(project), "explain": "E312", "compare": source}[command]
    with Path("/dev/full").open("w") as full:
        process = started(command, source, stdout=full)
        _, complaints = process.communicate(timeout=60)
    assert process.returncode == 9
    assert "E904" in complaints
    assert "Traceback" not in complaints


def test_a_closed_output_is_no_traceback(project: Path) -> None:
    process = started("validate", tutorial(project), preexec_fn=lambda: os.close(1))
    _, complaints = process.communicate(timeout=60)
    assert "Traceback" not in complaints


def test_hash_seeds_time_zones_and_folders_change_no_byte(project: Path, tmp_path: Path) -> None:
    """Five runs in five surroundings: the same tables, byte by byte."""
    seen = set()
    for seed, zone in enumerate(("UTC", "Asia/Shanghai", "America/St_Johns", "UTC", "Etc/GMT+12")):
        here = tmp_path / f"copy-{seed}"
        shutil.copytree(project / "scenarios", here / "scenarios")
        shutil.copytree(project / "inputs", here / "inputs")
        surroundings = {**os.environ, "PYTHONHASHSEED": str(seed), "TZ": zone}
        found = done("run", tutorial(here), environment=surroundings, cwd=here if seed % 2 else "/")
        assert found.returncode == 0, found.stderr
        tables = sorted((here / "results" / "tutorial" / "tables").rglob("*.csv"))
        assert len(tables) > 5
        seen.add(tuple((path.name, path.read_bytes()) for path in tables))
    assert len(seen) == 1
