"""A new project is empty but sound; filled in, in Excel, it gives what the same CSV files give."""

from pathlib import Path

import openpyxl
import pytest

from carbonpath.cli.entry import exit_code
from carbonpath.results.store import read
from tests.cli.conftest import ROOT

TUTORIAL = ROOT / "inputs" / "tutorial"


@pytest.fixture
def started(tmp_path: Path) -> Path:
    """An empty project."""
    assert exit_code(["init", str(tmp_path / "mine")]) == 0
    return tmp_path / "mine"


def test_a_new_project_has_all_files(started: Path) -> None:
    files = {str(path.relative_to(started)) for path in started.rglob("*") if path.is_file()}
    assert files == {
        "README.md",
        "scenarios/reference.yaml",
        "scenarios/scenario.schema.json",
        "inputs/province/dataset.yaml",
        "inputs/province/tables.xlsx",
        "inputs/province/sectors/power/sector.yaml",
        "inputs/province/sectors/power/tables.xlsx",
    }
    assert "# mine" in (started / "README.md").read_text()


def test_an_empty_project_is_read_and_asks_only_for_content(
    started: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    exit_code(["validate", str(started / "scenarios" / "reference.yaml")])
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    for word in ("not readable", "no table is called", "unknown", "belongs in"):
        assert word not in said.out + said.err


def fill(workbook: Path, folder: Path) -> None:
    """Type the CSV files of a folder into the sheets of a workbook, column by column."""
    book = openpyxl.load_workbook(workbook)
    for path in folder.glob("*.csv"):
        sheet = book[path.stem]
        columns = {str(cell.value): cell.column for cell in sheet[1]}
        sheet.delete_rows(2, sheet.max_row)
        head, *lines = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
        for row, line in enumerate(lines, 2):
            for name, text in zip(head, line, strict=True):
                number = name in ("value", "period") and text
                value = float(text) if number else text
                sheet.cell(row, columns[name]).value = value or None
    book.save(workbook)


def test_a_project_filled_in_gives_what_the_tutorial_gives(started: Path, solved: Path) -> None:
    inputs = started / "inputs" / "province"
    fill(inputs / "tables.xlsx", TUTORIAL)
    fill(inputs / "sectors" / "power" / "tables.xlsx", TUTORIAL / "sectors" / "power")
    scenario = (ROOT / "scenarios" / "tutorial.yaml").read_text(encoding="utf-8")
    path = started / "scenarios" / "reference.yaml"
    path.write_text(scenario.replace("dataset: tutorial", "dataset: province"), encoding="utf-8")
    assert exit_code(["run", str(path), "--quiet"]) == 0
    mine = read(started / "results" / "reference").dataset.attrs["objective"]
    theirs = read(solved / "results" / "tutorial").dataset.attrs["objective"]
    assert mine == pytest.approx(theirs, rel=1e-9)


def test_a_folder_that_holds_something_is_left_alone(started: Path) -> None:
    before = (started / "README.md").read_bytes()
    assert exit_code(["init", str(started)]) == 3
    assert (started / "README.md").read_bytes() == before
