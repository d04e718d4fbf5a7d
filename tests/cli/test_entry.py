"""Streams, exit codes, help: what holds for every command."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from carbonpath.cli.console import clean, number, table, width

COMMANDS = (
    "validate", "run", "report", "compare", "observe", "show", "diff", "export", "verify", "doctor",
)  # fmt: skip


def carbonpath(
    *arguments: str, cwd: Path | None = None, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "carbonpath", *arguments],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        cwd=cwd,
        env={**os.environ, **environment},
        check=False,
    )


def test_help_lists_the_commands_in_the_order_of_work() -> None:
    """And the exit codes below them."""
    done = carbonpath("--help")
    places = [done.stdout.index(f"  {command} ") for command in COMMANDS]
    assert places == sorted(places)
    assert "130 interrupted" in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_json(command: str) -> None:
    """--json is on every command."""
    done = carbonpath(command, "--help")
    assert done.returncode == 0
    assert "--json" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["fly"],
        ["run"],
        ["run", "no-such-file.yaml"],
        ["run", "--jobs", "0", "x.yaml"],
        ["compare", "--years", "soon", "."],
        ["export", ".", "--to", "pdf", "-o", "x"],
        ["export", ".", "--to", "lp", "-o", "x"],
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    """With a sentence on stderr and nothing on stdout."""
    done = carbonpath(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Error: " in done.stderr


def test_a_folder_that_is_no_result_is_exit_code_3(tmp_path: Path) -> None:
    """One sentence, no traceback."""
    for command in (["compare"], ["report"], ["verify"]):
        done = carbonpath(*command, str(tmp_path))
        assert done.returncode == 3
        assert "no result here" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_bug_is_exit_code_1_and_its_traceback_goes_to_a_file(tmp_path: Path) -> None:
    """The name of the file is printed."""
    program = (
        "import carbonpath.cli.entry as entry\n"
        "def broken(*_, **__): raise RuntimeError('boom')\n"
        "entry.carbonpath.main = broken\n"
        "entry.main([])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    (file,) = tmp_path.glob("carbonpath-error-*.txt")
    assert done.returncode == 1
    assert str(file) in done.stderr
    assert "Traceback" not in done.stderr
    assert "RuntimeError: boom" in file.read_text()


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8"])
def test_no_console_is_too_poor(encoding: str) -> None:
    """Under any encoding the doctor speaks without an error."""
    done = carbonpath("doctor", PYTHONIOENCODING=encoding, LC_ALL="C")
    assert "UnicodeEncodeError" not in done.stderr
    assert done.returncode == 0


def test_only_results_are_on_stdout() -> None:
    """The solver's banner is not among them."""
    done = carbonpath("doctor", "--json")
    assert done.stdout.startswith("{")
    assert done.stdout.count("\n") == 1


def test_a_reader_that_leaves_is_no_traceback() -> None:
    """`carbonpath doctor | true` ends quietly."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "carbonpath", "doctor"],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_is_lost_is_no_success() -> None:
    """A full disk under stdout is exit code 9."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "carbonpath", "doctor"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 9
    assert "Traceback" not in done.stderr


def test_control_characters_never_reach_the_console() -> None:
    """Nor do marks that turn the direction of writing."""
    assert clean("a\x1b[31mb\u202ec\n", "utf-8") == "a[31mbc\n"
    assert clean("✘ ≥ 24 %", "ascii") == "x >= 24 %"


def test_chinese_takes_two_columns() -> None:
    """So that tables stay straight."""
    assert width("煤电") == 4
    assert table([["name", "GW"], ["煤电", "46.2"], ["wind", "2"]]) == (
        "name    GW\n煤电  46.2\nwind     2"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "-"), (float("nan"), "-"), (0.0, "0"), (0.24123, "0.2412"), (28410.4, "28,410")],
)
def test_numbers_are_short(value: float | None, text: str) -> None:
    """Four digits, thousands apart."""
    assert number(value) == text


def test_an_error_reads_where_code_what_and_shows_its_line(tmp_path: Path) -> None:
    """With a caret under the key, and what to ask for more."""
    (tmp_path / "scenarios").mkdir()
    path = tmp_path / "scenarios" / "a.yaml"
    path.write_text("schema: carbonpath/scenario/1\ndatasett: x\nhorizon: {periods: [2020]}\n")
    done = carbonpath("validate", str(path))
    assert done.returncode == 3
    lines = done.stderr.splitlines()
    assert lines[0] == "scenarios/a.yaml:2:1  E203  unknown key 'datasett'; did you mean 'dataset'?"
    assert lines[1:4] == [
        "  1 | schema: carbonpath/scenario/1",
        "  2 | datasett: x",
        "    | ^^^^^^^^",
    ]
    assert lines[-1] == "help: carbonpath explain E203"


def test_explain_says_what_a_code_means_in_both_languages() -> None:
    done = carbonpath("explain", "e312")
    assert done.returncode == 0
    assert "两行的键相同" in done.stdout
    assert "Two rows have the same key." in done.stdout
    told = json.loads(carbonpath("explain", "E312", "--json").stdout)
    assert (told["code"], told["name"]) == ("E312", "keys_are_unique")
    wrong = carbonpath("explain", "E319")
    assert wrong.returncode == 2
    assert "E001  there is no code E319; the nearest are" in wrong.stderr
