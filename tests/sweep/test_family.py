"""Models made by addition are the models that are built; where they are not, it is seen."""

from pathlib import Path

import numpy as np
import pytest

from carbonpath.results.extract import extract
from carbonpath.solve.modes.family import Family, family
from carbonpath.sweep.plan import Wish, plan
from carbonpath.sweep.runner import Bench
from tests.sweep.island import STUDY, planted

DRIVER = """\
  - id: growth
    driver: gdp
    periods: 2030
    scale: {low: 0.9, high: 1.2}
    source: assumption
"""


def bench_of(place: Path, text: str = STUDY, samples: int = 12) -> Bench:
    """A worker's place for a study."""
    sweep, _ = plan(planted(place, text), Wish(samples=samples))
    return Bench(sweep.folder)


def test_added_numbers_are_those_of_the_built_model(tmp_path: Path) -> None:
    """At a point inside: cost of wind x 1.31, a cap of 63 %."""
    bench = bench_of(tmp_path)
    found = family(bench.model, {"wind_cost": 1.0, "cap": 80.0}, {"wind_cost": 0.6, "cap": 60.0})
    assert isinstance(found, Family)
    point = {"wind_cost": 1.31, "cap": 63.0}
    assert found.fits(bench.model(point), point)
    assert not found.fits(bench.model({**point, "cap": 64.0}), point)


def test_a_sweep_in_place_gives_what_building_gives(tmp_path: Path) -> None:
    """20 runs of two factors are worth the slopes, 12 are not; the numbers are the same."""
    built, added = bench_of(tmp_path / "a"), bench_of(tmp_path / "b", samples=20)
    values = {"wind_cost": 0.7, "cap": 72.0}
    start = added.start(values)
    assert start is not None
    assert start.family is not None
    one, other = built.solved(values), added.solved(values)
    assert built.start(values).family is None  # type: ignore[union-attr]
    assert one["total_cost"] == pytest.approx(other["total_cost"], rel=1e-9)
    for mine, theirs in zip(one["indicators"], other["indicators"], strict=True):
        assert mine[:3] == theirs[:3]
        numbers = [np.array(row[3], dtype=float) for row in (mine, theirs)]
        np.testing.assert_allclose(*numbers, rtol=1e-7, atol=1e-9)


def test_a_factor_that_is_not_linear_is_built_each_time(tmp_path: Path) -> None:
    """Demand rises with the square root of GDP: no slope fits, and the check sees it."""
    bench = bench_of(tmp_path, STUDY + DRIVER, samples=40)
    values = {"wind_cost": 0.7, "cap": 72.0, "growth": 1.2}
    start = bench.start(values)
    assert start is not None
    assert start.family is None
    assert bench.solved(values)["status"] == "optimal"


def test_a_session_beside_another_leaves_it_as_it_is(tmp_path: Path) -> None:
    """From one basis twice, with something else between: the same vertex, bit by bit."""
    bench = bench_of(tmp_path)
    start = bench.start({"wind_cost": 1.0, "cap": 80.0})
    assert start is not None
    cheap, dear = (bench.model({"wind_cost": cost, "cap": 65.0}) for cost in (0.6, 1.4))
    first = start.session.beside(cheap, start.basis).solve()
    start.session.beside(dear, start.basis).solve()
    again = start.session.beside(cheap, start.basis).solve()
    assert first.columns.tobytes() == again.columns.tobytes()
    assert extract(cheap, first.columns, first.row_duals).dataset.attrs["status"] == "optimal"
