"""Ranges at a cost close to the least, on the tutorial without its cap.

See tests/inputs/test_tutorial.py for its numbers: in 2030 a PJ of electricity costs 0.0774817 bn
from a new coal plant and 0.0814232 from wind, so that wind instead of coal built in 2030 costs
0.0039415 bn per PJ and year. The years 2026 to 2030 weigh 1.05^-6 + ... + 1.05^-10 = 3.3923. With a
slack of 0.1 % of the least cost of about 24.2 bn, wind makes 1.81 PJ in 2030, which is less than
the 6.3072 PJ that coal plants of 2030 would make, and coal falls by 2.5 PJ for each.
"""

import numpy as np
import pandas as pd
import pytest

from carbonpath.alternatives import alternatives
from carbonpath.errors import InputError
from carbonpath.inputs.load import load_system
from carbonpath.model.build import BuiltModel, build
from carbonpath.run import Options, read
from carbonpath.solve.highs import SolverOptions, solve
from tests.cli.conftest import copied

SLACK = 1e-3
WIND, COAL = 0.0814232, 0.0774817
WEIGHT = sum(1.05**-n for n in range(6, 11))
PJ_PER_GW = 0.25 * 31.536
MT_PER_PJ = 1.4 / 29.3076


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltModel:
    """The tutorial without its cap."""
    folder = copied(tmp_path_factory.mktemp("alternatives")) / "scenarios"
    (folder / "free.yaml").write_text(
        "schema: carbonpath/scenario/1\nextends: tutorial\nlimits: [{id: co2_cap, remove: true}]\n",
        encoding="utf-8",
    )
    return build(load_system(read(folder / "free.yaml", Options())).system)


def made(built: BuiltModel, slack: float) -> pd.DataFrame:
    """The ranges of 2030."""
    found = alternatives(built, [2030], slack, SolverOptions(), lambda _text: None)
    return found.set_index(["measure", "key"])


def test_wind_is_worth_what_the_slack_pays(built: BuiltModel) -> None:
    least = solve(built.linear).objective
    wind = SLACK * least / ((WIND - COAL) * WEIGHT)
    assert 0.0 < wind < 6.3072
    found = made(built, SLACK)
    capacity = found.loc["capacity", "wind"]
    assert capacity["lowest"] == capacity["optimum"] == pytest.approx(0.0, abs=1e-9)
    assert capacity["highest"] == pytest.approx(wind / PJ_PER_GW, rel=1e-4)
    coal = found.loc["coal_consumption", "coal_consumption"]
    assert coal["optimum"] - coal["lowest"] == pytest.approx(2.5 * wind * MT_PER_PJ, rel=1e-4)


def test_without_slack_nothing_moves(built: BuiltModel) -> None:
    """The optimum of the tutorial is the only one."""
    found = made(built, 0.0)
    ends = found[["lowest", "optimum", "highest"]].to_numpy(float)
    assert np.ptp(ends, axis=1) == pytest.approx(0.0, abs=1e-5)


def test_the_model_itself_stays_as_it_was(built: BuiltModel) -> None:
    rows, cost = built.linear.matrix.shape[0], built.linear.cost.copy()
    made(built, SLACK)
    assert built.linear.matrix.shape[0] == rows
    assert (built.linear.cost == cost).all()


def test_a_year_that_is_no_period_is_refused(built: BuiltModel) -> None:
    with pytest.raises(InputError, match=r"2031: no period of the scenario; there is 2020, 2025"):
        alternatives(built, [2031], SLACK, SolverOptions(), lambda _text: None)
