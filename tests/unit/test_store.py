"""Results are stored whole or not at all, and read back as they were."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest
import xarray as xr

from carbonpath.errors import EnvironmentFault, InputError
from carbonpath.results import publish, store, tabular
from carbonpath.results.lock import locked
from carbonpath.results.results import Results
from tests.results_by_hand import results


def published(folder: Path, name: str = "one", **facts: object) -> Path:
    """Publish the result written by hand and return its folder."""
    stored = store.with_manifest(results(name), inputs_hash="abc", **facts)
    return publish.publish(folder, name, store.pack(stored, {"report.html": b"<html>"}))


def test_a_result_comes_back_as_it_was(tmp_path: Path) -> None:
    """Arrays, units, labels, tables and manifest survive the disk."""
    written, folder = results("one"), published(tmp_path)
    read = store.read(folder)
    xr.testing.assert_identical(read.dataset, written.dataset)
    pd.testing.assert_frame_equal(read.tables["sources"], written.tables["sources"])
    assert read.id == "one"
    assert read.periods == (2020, 2030)


def test_the_same_result_is_the_same_file() -> None:
    """Two writings are byte for byte equal."""
    assert store.pack(results(), {}) == store.pack(results(), {})


def test_a_missing_array_is_named_with_those_there_are() -> None:
    """The message lists what can be asked for."""
    with pytest.raises(InputError, match="no 'co2_c9'; it holds .*co2_c1"):
        results()["co2_c9"]


@pytest.mark.parametrize("name", ["solution.nc", "tables/inputs/sources.csv", "report.html"])
def test_a_changed_file_is_named(tmp_path: Path, name: str) -> None:
    """One byte is enough."""
    folder = published(tmp_path)
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    with pytest.raises(InputError, match=f"{name}: differs from what was written"):
        store.read(folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """So is a file that is gone."""
    folder = published(tmp_path)
    (folder / "solution.nc").unlink()
    with pytest.raises(InputError, match=r"solution\.nc: missing"):
        store.read(folder)


def test_an_edited_manifest_is_no_manifest(tmp_path: Path) -> None:
    """The manifest carries its own hash."""
    folder = published(tmp_path)
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, "status": "optimal!"}))
    with pytest.raises(InputError, match="damaged or edited by hand"):
        store.read_manifest(folder)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"sha256": 1}', "\0"])
def test_a_damaged_manifest_is_a_sentence(tmp_path: Path, content: str) -> None:
    """Whatever stands there, no traceback."""
    folder = published(tmp_path)
    (folder / "manifest.json").write_text(content)
    with pytest.raises(InputError, match="damaged or edited by hand"):
        store.read_manifest(folder)


def test_a_folder_without_manifest_is_no_result(tmp_path: Path) -> None:
    """Files alone prove nothing."""
    with pytest.raises(InputError, match="no result here"):
        store.read(tmp_path)


def test_a_newer_schema_is_refused_by_name(tmp_path: Path) -> None:
    """Never a guess."""
    folder = published(tmp_path)
    manifest = store.read_manifest(folder)
    (folder / "manifest.json").write_bytes(
        store.seal({**manifest, "schema": "carbonpath/result/9"})
    )
    with pytest.raises(InputError, match="written as 'carbonpath/result/9'"):
        store.read_manifest(folder)


def test_unchanged_inputs_are_found(tmp_path: Path) -> None:
    """Only a whole result with the same hash counts."""
    folder = published(tmp_path)
    assert store.find_unchanged(folder, "abc") is not None
    assert store.find_unchanged(folder, "abd") is None
    (folder / "solution.nc").unlink()
    assert store.find_unchanged(folder, "abc") is None


def test_a_new_result_replaces_the_old(tmp_path: Path) -> None:
    """Nothing of the old folder is left, and no working folder either."""
    published(tmp_path, note="first")
    folder = published(tmp_path, note="second")
    assert store.read_manifest(folder)["note"] == "second"
    assert not list((tmp_path / publish.STAGING).iterdir())
    assert not list((tmp_path / publish.PREVIOUS).iterdir())


def test_an_interrupted_exchange_gives_the_old_result_back(tmp_path: Path) -> None:
    """Killed between the two renames: the old folder is found under its working name."""
    folder = published(tmp_path)
    (tmp_path / publish.PREVIOUS).mkdir(exist_ok=True)
    folder.rename(tmp_path / publish.PREVIOUS / "one")
    assert store.read(folder).id == "one"
    assert folder.is_dir()


def test_a_crash_at_any_write_leaves_the_old_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fail the n-th flush for every n: the old result stays whole until the new one is."""
    folder = published(tmp_path, note="old")
    genuine = os.fsync
    for nth in range(1, 40):
        left = [nth]

        def failing(descriptor: int, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise OSError(28, "No space left on device")
            genuine(descriptor)

        monkeypatch.setattr(os, "fsync", failing)
        with suppress(EnvironmentFault):
            published(tmp_path, note=f"new {nth}")
        publish.recover(tmp_path, "one")
        note = store.read_manifest(folder)["note"]
        store.read(folder)
        assert note in ("old", f"new {nth}")
        if left[0] > 0:
            return
    pytest.fail("more flushes than expected")


def test_a_killed_process_leaves_a_whole_result(tmp_path: Path) -> None:
    """SIGKILL at random moments of an endless series of publications."""
    published(tmp_path)
    program = (
        "from pathlib import Path; import sys\n"
        "from tests.unit.test_store import published\n"
        "while True: published(Path(sys.argv[1]))"
    )
    for pause in (0.0, 0.011, 0.037):
        process = subprocess.Popen(
            [sys.executable, "-c", "print('up', flush=True)\n" + program, str(tmp_path)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        assert process.stdout is not None
        process.stdout.readline()
        try:
            process.wait(1.5 + pause)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        with locked(tmp_path, "one"):
            publish.recover(tmp_path, "one")
        store.read(tmp_path / "one")


def test_a_failed_run_is_kept_where_nothing_reads_it(tmp_path: Path) -> None:
    """Exit 7: for diagnosis only."""
    folder = publish.set_aside(tmp_path, "one", store.pack(results("one"), {}))
    assert folder == tmp_path / ".failed" / "one"
    with pytest.raises(InputError, match="failed its checks"):
        store.read(folder)


def test_a_second_writer_is_refused_by_name(tmp_path: Path) -> None:
    """The message tells who has the lock; afterwards it is free."""
    with (
        locked(tmp_path, "one"),
        pytest.raises(EnvironmentFault, match=f"in use by process {os.getpid()} on "),
        locked(tmp_path, "one"),
    ):
        pass
    with locked(tmp_path, "one"):
        pass


def test_a_dead_writer_leaves_no_lock(tmp_path: Path) -> None:
    """The lock ends with its process, however that ends."""
    program = (
        "from pathlib import Path; import os, sys\n"
        "from carbonpath.results.lock import locked\n"
        "with locked(Path(sys.argv[1]), 'one'): os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    with locked(tmp_path, "one"):
        pass


def test_other_peoples_files_are_not_replaced(tmp_path: Path) -> None:
    """Neither a folder that is no result, nor a file put into one."""
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "thesis.docx").touch()
    with pytest.raises(EnvironmentFault, match="is no result of carbonpath"):
        publish.check_place(tmp_path, "one")
    publish.check_place(tmp_path, "one", force=True)
    shutil.rmtree(tmp_path / "one")
    folder = published(tmp_path)
    (folder / "thesis.docx").touch()
    with pytest.raises(EnvironmentFault, match=r"holds thesis\.docx"):
        store.refuse_foreign_files(folder)


def test_a_file_in_the_place_of_the_folder_is_named_at_once(tmp_path: Path) -> None:
    """Checked before any solving."""
    (tmp_path / "results").touch()
    with pytest.raises(EnvironmentFault, match="results: "):
        publish.check_place(tmp_path / "results", "one")


def test_a_new_report_keeps_the_result_valid(tmp_path: Path) -> None:
    """The manifest knows the new page."""
    folder = published(tmp_path)
    page = store.replace_report(folder, b"<html>new")
    assert page.read_bytes() == b"<html>new"
    store.read(folder)


def test_tables_keep_kinds_missing_cells_and_the_text_na() -> None:
    """Integers stay integers, NA stays a text, a dict stays a dict, an index stays an index."""
    table = pd.DataFrame(
        {
            "year": [2020, 2030],
            "value": [0.1, float("nan")],
            "listed": [True, False],
            "text": ["NA", "a,\n'b"],
            "each": [{"2030": 0.24}, None],
        },
        index=pd.Index(["x", "y"], name="id"),
    )
    data, schema = tabular.write(table)
    pd.testing.assert_frame_equal(tabular.read(data, schema, "t.csv"), table)


def test_a_table_whose_columns_changed_is_refused() -> None:
    """Its head must be that of the manifest."""
    with pytest.raises(InputError, match=r"t\.csv: its columns are not those of the manifest"):
        tabular.read(b"a,b\n1,2\n", [["a", "integer"]], "t.csv")


def test_attributes_that_netcdf_lacks_survive() -> None:
    """None, a dict and a bool come back as they were."""
    attrs = {"none": None, "labels": {"zh": "煤"}, "flag": True, "text": "json:x", "n": 3}
    dataset = xr.Dataset({"a": ("x", [1.0], {"flag": False})}, attrs=attrs)
    xr.testing.assert_identical(store.from_netcdf(store.to_netcdf(dataset)), dataset)


def test_results_know_their_id_without_a_manifest() -> None:
    """A result in memory may have no manifest yet."""
    assert Results(xr.Dataset(attrs={"id": "x"})).id == "x"
