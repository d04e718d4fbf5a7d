"""The tutorial, solved on paper.

Demand: 31.536 PJ in 2020; GDP grows 1.44-fold and 1.96-fold, elasticity 0.5: x 1.2 and x 1.4, that
is 37.8432 and 44.1504 PJ.
Coal plants: 1.25 GW x 31.536 x 0.8 = 31.536 PJ, all of the demand of 2020. They burn 2.5 PJ of coal
per PJ: 78.84 PJ, which emit 78.84 x 2.66 / 29.3076 = 7.15563 Mt.
A PJ of electricity costs from coal 2.5 x 0.8 / 29.3076 = 0.0682417 bn; from a new coal plant
4 x 0.0582782 / (31.536 x 0.8) = 0.0092400 more; from new wind 8 x 0.0802426 / 7.884 = 0.0814232.
So without the cap coal would grow. With it coal stays at 31.536 PJ in 2025 and wind makes 6.3072 PJ
with 0.8 GW; in 2030 coal makes 0.8 x 31.536 = 25.2288 and wind 18.9216 PJ with 2.4 GW.
One more Mt of CO2 saves (0.0814232 - 0.0682417) / (2.5 x 0.0907614) = 0.0580931 bn.
"""

from pathlib import Path

import pytest

from carbonpath.inputs import load
from carbonpath.model.build import build
from carbonpath.results.extract import extract
from carbonpath.solve.highs import SolverOptions, solve

SCENARIO = Path(__file__).parents[2] / "scenarios" / "tutorial.yaml"
WEIGHTS = (1.0, sum(1.05**-n for n in range(1, 6)), sum(1.05**-n for n in range(6, 11)))
"""Worth in 2020 of one unit paid in every year of 2020, 2021-2025 and 2026-2030."""


def test_the_tutorial_gives_what_paper_gives() -> None:
    built = build(load(SCENARIO))
    solution = solve(built.linear, SolverOptions())
    results = extract(built, solution.columns, solution.row_duals).dataset
    capacity = results["total_capacity"].sel(region="island")
    assert capacity.sel(technology="wind", period=[2025, 2030]).values == pytest.approx([0.8, 2.4])
    assert capacity.sel(technology="coal_plant").values == pytest.approx([1.25] * 3)
    carbon = results["emissions"].sel(region="island", technology="coal_plant", commodity="co2")
    assert carbon.values == pytest.approx([7.155632, 7.155632, 5.724506], rel=1e-6)
    assert results["limit_price"].values == pytest.approx([0.0580931] * 2, rel=1e-5)
    coal, wind = (2.152070, 2.152070, 1.721656), (0.0, 0.513553, 1.540658)
    cost = sum(w * (c + i) for w, c, i in zip(WEIGHTS, coal, wind, strict=True))
    assert solution.objective == pytest.approx(cost, rel=1e-5)
