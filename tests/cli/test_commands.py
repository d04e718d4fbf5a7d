"""Every command on the tutorial: what it prints, what it writes, how it ends."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from carbonpath import run
from carbonpath.accounts import verify
from carbonpath.cli.entry import exit_code
from carbonpath.results.lock import locked
from carbonpath.results.store import read

Said = Callable[..., dict[str, Any]]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    """Run a command in this process; return its exit code and what it printed."""

    def command(*arguments: object) -> dict[str, Any]:
        capsys.readouterr()
        code = exit_code([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return {"code": code, "out": printed.out, "err": printed.err}

    return command


def scenario(project: Path, name: str = "tutorial") -> Path:
    """The file of a scenario."""
    return project / "scenarios" / f"{name}.yaml"


def test_a_run_leaves_report_solution_manifest_and_tables(solved: Path) -> None:
    """And nothing else, and no working folders."""
    folder = solved / "results" / "tutorial"
    assert sorted(path.name for path in folder.iterdir()) == [
        "briefing.docx", "manifest.json", "report.html", "solution.nc", "tables",
    ]  # fmt: skip
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["status"] == "optimal"
    assert manifest["seconds"].keys() >= {"read", "build", "solve", "certify", "report"}
    assert manifest["versions"]["pyomo"]
    assert not list((solved / "results" / ".staging").iterdir())


def test_json_has_one_object_per_scenario(said: Said, solved: Path) -> None:
    """With the keys that scripts rely on; the cost is that of the paper (see test_tutorial)."""
    found = said("run", scenario(solved), scenario(solved, "no-cap"), "--json")
    first, second = map(json.loads, found["out"].splitlines())
    assert first.keys() >= {"id", "status", "objective", "total_cost", "targets", "results"}
    assert (first["id"], second["id"]) == ("tutorial", "no-cap")
    assert first["total_cost"] == pytest.approx(first["objective"])
    assert second["total_cost"] < first["total_cost"]
    assert second["targets"] == []
    target = first["targets"][0]
    assert target.keys() >= {"id", "year", "target", "value", "met", "price"}
    assert [t["met"] for t in first["targets"]] == [True, True]


def test_an_unchanged_scenario_is_not_solved_again(said: Said, project: Path) -> None:
    """Until one byte of its inputs changes, or --fresh asks for it."""
    assert "nothing has changed since" in said("run", scenario(project))["out"]
    drivers = project / "inputs" / "tutorial" / "drivers.csv"
    drivers.write_text(drivers.read_text().replace("1960", "1961"))
    assert "nothing has changed" not in said("run", scenario(project))["out"]
    before = (project / "results" / "tutorial" / "manifest.json").stat().st_mtime_ns
    assert "nothing has changed" not in said("run", scenario(project), "--fresh")["out"]
    assert (project / "results" / "tutorial" / "manifest.json").stat().st_mtime_ns > before


def test_the_same_inputs_give_the_same_tables(said: Said, project: Path, tmp_path: Path) -> None:
    """Byte for byte, wherever they are written."""
    assert (
        said("run", scenario(project), "--results", tmp_path / "again", "--no-report")["code"] == 0
    )
    first, second = project / "results" / "tutorial", tmp_path / "again" / "tutorial"
    names = sorted(path.relative_to(first) for path in first.rglob("*.csv"))
    assert names
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)
    assert not (second / "report.html").exists()


def test_every_mistake_is_told_at_once_and_nothing_is_written(said: Said, project: Path) -> None:
    """Of the scenario file and of the tables, each with its place."""
    scenario(project).write_text(
        scenario(project).read_text().replace("lag: base", "lagg: base") + "notte: x\n"
    )
    stock = project / "inputs" / "tutorial" / "sectors" / "power" / "stock.csv"
    stock.write_text(stock.read_text().replace("1250,MW", "-1250,MWW"))
    for command in ("validate", "run"):
        found = said(
            command, scenario(project), *(["--results", project / "new"] * (command == "run"))
        )
        assert found["code"] == 3
        assert "lagg" in found["err"]
        assert "notte" in found["err"]
        assert "stock.csv line 2" in found["err"]
        assert "Traceback" not in found["err"]
    assert not (project / "new").exists()


def test_validate_solves_nothing(said: Said, project: Path) -> None:
    """It says what comes next."""
    found = said("validate", scenario(project))
    assert found["code"] == 0
    assert "0 errors" in found["out"]
    assert "next: carbonpath run" in found["err"]
    told = json.loads(said("validate", scenario(project), "--json")["out"])
    assert (told["errors"], told["warnings"]) == ([], [])


def test_what_cannot_be_met_is_exit_code_4_and_explained(said: Said, project: Path) -> None:
    """No coal and hardly any wind."""
    scenario(project, "dark").write_text(
        "schema: carbonpath/scenario/1\nextends: tutorial\nchanges:\n"
        "  - {table: parameters, add: {technology: wind, parameter: capacity_limit,"
        " value: '1', unit: MW, source: assumption, quality: assumed}}\n"
    )
    found = said("run", scenario(project, "dark"), "--json")
    assert found["code"] == 4
    outcome = json.loads(found["out"])
    assert (outcome["status"], outcome["results"]) == ("infeasible", None)
    assert "smallest change" in outcome["problems"][0]
    assert any("co2_cap" in problem for problem in outcome["problems"])
    assert not (project / "results" / "dark").exists()


def test_a_batch_with_a_failure_is_exit_code_8(said: Said, project: Path) -> None:
    """The others are solved with --keep-going, and not tried without it."""
    scenario(project, "bad").write_text("schema: carbonpath/scenario/1\nextends: nowhere\n")
    files = [scenario(project, name) for name in ("bad", "tutorial")]
    stopped = said("run", *files)
    assert stopped["code"] == 8
    assert "not tried" in stopped["out"]
    assert "unchanged" in said("run", *files, "--keep-going")["out"]
    side_by_side = said("run", *files, "--keep-going", "--jobs", 2, "--json")
    bad, good = map(json.loads, side_by_side["out"].splitlines())
    assert (bad["status"], good["status"]) == ("invalid", "optimal")
    assert side_by_side["code"] == 8


def test_a_failed_identity_is_exit_code_7(
    said: Said, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run is kept where nothing reads it; the old result stays."""
    monkeypatch.setitem(verify.CHECKS, "never_holds", lambda _results: iter(["two is not one"]))
    found = said("run", scenario(project), "--fresh")
    assert found["code"] == 7
    assert "never_holds: two is not one" in found["err"]
    failed = project / "results" / ".failed" / "tutorial"
    assert (failed / "solution.nc").exists()
    assert said("compare", failed)["code"] == 3
    assert said("verify", project / "results" / "tutorial")["code"] == 7
    monkeypatch.undo()
    assert said("verify", project / "results" / "tutorial")["code"] == 0


def test_a_damaged_result_is_refused_by_every_reader(said: Said, project: Path) -> None:
    """Naming the file."""
    folder = project / "results" / "tutorial"
    data = bytearray((folder / "solution.nc").read_bytes())
    data[len(data) // 3] ^= 255
    (folder / "solution.nc").write_bytes(data)
    for command in (["verify"], ["compare"], ["report"], ["export", "--to", "iamc", "-o", "x.csv"]):
        found = said(*command, folder)
        assert found["code"] == 3
        assert "solution.nc  E705  differs from what was written" in found["err"]


def test_a_result_in_use_is_exit_code_9(said: Said, project: Path) -> None:
    """Another process has the lock."""
    with locked(project / "results", "tutorial"):
        found = said("run", scenario(project), "--fresh")
    assert found["code"] == 9
    assert f"in use by process {os.getpid()}" in found["err"]


def test_a_place_that_cannot_be_written_is_exit_code_9_before_solving(
    said: Said, project: Path
) -> None:
    """A file stands where the results should go."""
    (project / "file").touch()
    found = said("run", scenario(project), "--results", project / "file" / "results")
    assert found["code"] == 9
    assert "solve" not in found["err"]


def test_interruption_is_exit_code_130(
    said: Said, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At any stage; the old result stays, nothing is half-written."""

    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    for stage in ("read", "build", "foresight", "extract", "page_of"):
        with monkeypatch.context() as patch:
            patch.setattr(run, stage, interrupted)
            found = said("run", scenario(project), "--fresh")
        assert (found["code"], found["out"]) == (130, "")
        assert "Interrupted" in found["err"]
        assert said("verify", project / "results" / "tutorial")["code"] == 0
        assert not list((project / "results" / ".staging").iterdir())


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_stops_a_process_quickly(project: Path, name: str) -> None:
    """Within two seconds on a free machine, whatever it is doing, with 130."""
    command = [sys.executable, "-m", "carbonpath", "run", str(scenario(project)), "--fresh"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert process.stderr is not None
    process.stderr.readline()
    process.send_signal(getattr(signal, name))
    start = time.monotonic()
    assert process.wait(20) == 130
    assert time.monotonic() - start < 6.0
    process.stderr.close()
    read(project / "results" / "tutorial")


def test_show_prints_every_value_with_the_line_that_set_it(said: Said, project: Path) -> None:
    """Of the scenario it extends, too."""
    found = said("show", scenario(project, "no-cap"), "--origins")
    assert "sectors/power/stock.csv line 2" in found["out"]
    assert "scenarios/tutorial.yaml:" in found["out"]
    one = said("show", scenario(project), "--table", "stock", "--match", "coal", "--json")
    (value,) = json.loads(one["out"])["values"]
    assert value == {
        "table": "stock", "key": "technology=coal_plant vintage=2010", "value": "1250",
        "unit": "MW", "origin": "sectors/power/stock.csv line 2",
    }  # fmt: skip


def test_diff_tells_what_differs_between_scenarios(said: Said, project: Path) -> None:
    """The cap is gone; nothing else."""
    found = said("diff", scenario(project), scenario(project, "no-cap"), "--json")
    rows = json.loads(found["out"])["differences"]
    assert {row["table"] for row in rows} == {"limits"}
    assert all(row["second"] == "" for row in rows)
    same = said("diff", scenario(project), scenario(project))
    assert same["out"] == "no difference\n"


def test_diff_tells_what_differs_between_results(said: Said, solved: Path) -> None:
    """From what each result keeps of its inputs."""
    folders = [solved / "results" / name for name in ("tutorial", "no-cap")]
    rows = json.loads(said("diff", *folders, "--json")["out"])["differences"]
    assert any("co2_cap" in row["key"] for row in rows)
    assert said("diff", folders[0], folders[0])["out"] == "no difference\n"


def test_compare_begins_with_the_scorecard(said: Said, solved: Path) -> None:
    """Then indicators, scenarios as columns; --json has the same."""
    folders = [solved / "results" / name for name in ("tutorial", "no-cap")]
    lines = said("compare", *folders)["out"].splitlines()
    assert lines[0].split() == ["target", "year", "asked", "tutorial", "no-cap"]
    assert lines[1].startswith("Cap on CO2")
    found = json.loads(said("compare", *folders, "--years", "2030", "--json")["out"])
    assert {row["year"] for row in found["indicators"]} == {2030}
    assert found["targets"].keys() == {"tutorial", "no-cap"}


def test_compare_refuses_different_data_unless_told(said: Said, project: Path) -> None:
    """With a banner if told."""
    stock = project / "inputs" / "tutorial" / "sectors" / "power" / "stock.csv"
    stock.write_text(stock.read_text().replace("1250", "1260"))
    assert said("run", scenario(project))["code"] == 0
    folders = [project / "results" / name for name in ("tutorial", "no-cap")]
    refused = said("compare", *folders)
    assert refused["code"] == 3
    assert "data differs" in refused["err"]
    assert "NOT COMPARABLE: data differs" in said("compare", *folders, "--allow-mismatch")["out"]


def test_observe_prints_errors_beside_simple_forecasts(said: Said, solved: Path) -> None:
    """Observed electricity of 2025: 10 TWh; the model has 8.76 x sqrt(1.44) = 10.512."""
    observed = solved / "observed.csv"
    observed.write_text("series,key,period,value,unit\nelectricity_consumption,,2025,10,TWh\n")
    folder = solved / "results" / "tutorial"
    (row,) = json.loads(said("observe", folder, observed, "--json")["out"])["rows"]
    assert row["model_error"] == pytest.approx(0.0512)
    assert row["persistence_error"] == pytest.approx(-0.124)
    assert "mean absolute error" in said("observe", folder, observed)["out"]
    observed.write_bytes(b"\xff\xfe\x00")
    assert said("observe", folder, observed)["code"] == 3


def test_report_is_written_anew_and_the_result_stays_valid(said: Said, project: Path) -> None:
    """In the folder, or elsewhere."""
    folder = project / "results" / "tutorial"
    assert said("report", folder, "--lang", "en")["code"] == 0
    assert said("verify", folder)["code"] == 0
    assert said("report", folder, "-o", project / "page.html")["code"] == 0
    assert (project / "page.html").read_bytes().startswith(b"<!")


@pytest.mark.parametrize("form", ["iamc", "csv", "netcdf", "lp"])
def test_export_writes_every_form(said: Said, solved: Path, tmp_path: Path, form: str) -> None:
    """A table, a folder of tables, a NetCDF file, an LP file."""
    source = scenario(solved) if form == "lp" else solved / "results" / "tutorial"
    output = tmp_path / "out" / f"export.{form}"
    found = said("export", source, "--to", form, "-o", output)
    assert (found["code"], found["out"].strip()) == (0, str(output))
    if form == "iamc":
        table = pd.read_csv(output)
        assert list(table.columns[:5]) == ["model", "scenario", "region", "variable", "unit"]
        assert set(table["region"]) == {"China|Island"}
    if form == "csv":
        assert (output / "activity.csv").exists()
    if form == "lp":
        assert "supply" in output.read_text()


def test_doctor_says_that_all_is_fine(said: Said) -> None:
    """Exit code 0 on a machine where the tests run."""
    found = said("doctor")
    assert found["code"] == 0
    assert "works" in found["out"]


def test_a_myopic_run_tells_of_its_windows_and_records_them(said: Said, project: Path) -> None:
    """Two windows of the tutorial: each is told as it ends, is in the manifest, and verifies."""
    path = project / "scenarios" / "blind.yaml"
    path.write_text(
        "schema: carbonpath/scenario/1\nextends: tutorial\nsolve: {mode: myopic, view: 1}\n"
    )
    done = said("run", path)
    assert done["code"] == 0
    assert "window 1/2  2020-2025 decided" in done["err"]
    assert "window 2/2  2030 decided" in done["err"]
    assert "primal_and_dual_agree does not apply to the whole horizon" in done["err"]
    folder = project / "results" / "blind"
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["mode"] == "myopic"
    assert [window["seen_to"] for window in manifest["windows"]] == ["2025", "2030"]
    checked = said("verify", folder)
    assert checked["code"] == 0
    assert "checked in each of its 2 windows" in checked["out"]
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "短视运行没有全期的对偶解" in page
    lost = said("export", path, "--to", "osemosys", "-o", project / "otoole")
    assert "mode myopic" in lost["err"] + lost["out"]
