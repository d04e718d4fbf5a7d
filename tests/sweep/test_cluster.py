"""Sweeps on a real Dask cluster on the loopback: nothing lost, nothing twice, the same summary."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import dask
import pytest
import xarray as xr
from distributed import Client, LocalCluster

from benchmarks.saboteur import Saboteur
from carbonpath.cli.entry import exit_code
from carbonpath.errors import PartialError
from carbonpath.results.store import from_netcdf
from carbonpath.sweep.cluster import run_all
from carbonpath.sweep.collect import collect
from carbonpath.sweep.folder import Sweep
from carbonpath.sweep.plan import Wish, plan
from carbonpath.sweep.status import status
from tests.sweep.island import planted

POISON = "s00007"
KILLED = frozenset({"s00002", "s00005"})


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the study."""
    folder = tmp_path_factory.mktemp("sweeps")
    planted(folder)
    return folder


def client_of(workers: int) -> Any:
    """A client of a new cluster on the loopback."""
    cluster = LocalCluster(
        n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None,
        silence_logs="CRITICAL",
    )  # fmt: skip
    return cluster, Client(cluster)


@pytest.fixture(scope="module")
def sabotaged(place: Path) -> tuple[Sweep, Saboteur]:
    """The sweep with two workers killed once in mid-run, and one killed by a run each time."""
    sweep, _ = plan(place / "scenarios" / "studies" / "island.yaml", Wish(), place / "a")
    saboteur = Saboteur(place, KILLED, frozenset({POISON}))
    with dask.config.set({"distributed.scheduler.worker-saturation": 1.0}):
        cluster, client = client_of(3)
        with cluster, client:
            client.register_plugin(saboteur)
            run_all(sweep, client, lambda _text: None)
    return sweep, saboteur


def test_killed_workers_cost_only_their_run(sabotaged: tuple[Sweep, Saboteur]) -> None:
    """Each run but the poison ends exactly once; the poison is given up after three attempts."""
    sweep, saboteur = sabotaged
    found = status(sweep)
    assert (found["planned"], found["done"] + found["infeasible"], found["failed"]) == (12, 11, 1)
    assert (found["waiting"], found["running"]) == (0, 0)
    assert found["failures"] == {POISON: "the worker was lost 3 times (memory?)"}
    assert sorted(saboteur.finished()) == sorted(set(sweep.points) - {POISON})
    assert {sweep.finished()[run]["attempts"] for run in KILLED} == {2}
    assert not list((sweep.folder / "running").glob("*"))


def test_failures_are_not_averaged_away(sabotaged: tuple[Sweep, Saboteur]) -> None:
    """Unless told; then the summary states how many runs it rests on."""
    sweep, _ = sabotaged
    with pytest.raises(PartialError, match="1 of 12 runs failed and 0 are not done"):
        collect(sweep)
    summary = from_netcdf(collect(sweep, missing=True))
    assert (summary.attrs["planned"], summary.attrs["used"], summary.attrs["failed"]) == (12, 11, 1)
    assert int(summary["total_cost"].notnull().sum()) == 11


def test_a_sweep_goes_on_with_one_worker_to_the_same_summary(
    sabotaged: tuple[Sweep, Saboteur], place: Path
) -> None:
    """What is missing, damaged or failed is done again and nothing else; 1 and 3 workers agree."""
    before, _ = sabotaged
    half = place / "b"
    shutil.copytree(before.folder, half)
    sweep, _ = plan(place / "scenarios" / "studies" / "island.yaml", Wish(), half)
    for run in ("s00001", "s00003", "s00004"):
        (half / "runs" / f"{run}.json").unlink()
    damaged = half / "runs" / "s00006.json"
    damaged.write_text(damaged.read_text().replace("optimal", "optimum"))
    alone, _ = plan(place / "scenarios" / "studies" / "island.yaml", Wish(), place / "c")
    cluster, client = client_of(1)
    with cluster, client:
        counts = run_all(sweep, client, lambda _text: None, again=True)
        assert sum(counts.values()) == 5
        assert not run_all(sweep, client, lambda _text: None)
        run_all(alone, client, lambda _text: None)
    one, three = from_netcdf(collect(alone)), from_netcdf(collect(sweep))
    assert isinstance(one, xr.Dataset)
    assert one.identical(three)
    assert one.attrs["used"] == 12


def test_status_and_collect_read_files_only(
    sabotaged: tuple[Sweep, Saboteur], capsys: pytest.CaptureFixture[str]
) -> None:
    """No cluster is there any more; both say what is there, exit 8 where runs failed."""
    folder = str(sabotaged[0].folder)
    assert exit_code(["sweep", "status", folder]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("12 planned · ")
    assert said[1] == f"  failed: {POISON} the worker was lost 3 times (memory?)"
    assert exit_code(["sweep", "collect", folder]) == 8
    assert exit_code(["sweep", "collect", folder, "--allow-missing", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["used"] == 11


def test_without_dask_the_remedy_is_named(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sweep, _ = plan(place / "scenarios" / "studies" / "island.yaml", Wish(), place / "d")
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert exit_code(["sweep", "run", str(sweep.folder)]) == 9
    assert "pip install 'carbonpath[sweep]'" in capsys.readouterr().err
