"""The year's slices: shares, seasons, low days, energy; and profiles scaled to a mean."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonpath.inputs.capacity_factors import scaled
from carbonpath.inputs.dataset import Dataset
from carbonpath.inputs.shapes import Shapes, blocks_of, seasons_of, shapes_of
from carbonpath.scenario import Slices

DATASET = Dataset(base_year=2020, low_days={"spring": 4, "summer": 6, "autumn": 5, "winter": 8})


class Stand(dict[str, pd.DataFrame]):
    """Stands for the resolved tables."""

    dataset = DATASET

    def __init__(self, frames: dict[str, pd.DataFrame], scenario: SimpleNamespace) -> None:
        super().__init__(frames)
        self.scenario = scenario


def shapes_with(low: float, seasons: int = 4, blocks: int = 8) -> Shapes:
    """Return slices with one profile that grows by month and hour, and is `low` on low days."""
    rows = [
        ("x", "typical", month, hour, month + hour / 24)
        for month in range(1, 13)
        for hour in range(24)
    ]
    rows += [("x", "low", month, hour, low) for month in range(1, 13) for hour in range(24)]
    columns = ["profile", "day", "month", "hour", "value"]
    table = pd.DataFrame(rows, columns=columns).astype({"profile": object, "day": object})
    horizon = SimpleNamespace(slices=Slices(seasons=seasons, blocks=blocks))
    frames = {"shapes": table, "time_slices": pd.DataFrame({"time_slice": []})}
    return shapes_of(Stand(frames, SimpleNamespace(horizon=horizon)))  # type: ignore[arg-type]


@pytest.mark.parametrize(("seasons", "blocks", "count"), [(4, 8, 40), (12, 4, 72), (1, 1, 3)])
def test_slices_share_out_the_year(seasons: int, blocks: int, count: int) -> None:
    """4 x 8 blocks and 4 low days of two blocks: 40."""
    shapes = shapes_with(0.5, seasons, blocks)
    assert len(shapes.slices) == count
    assert shapes.shares.sum() == pytest.approx(1.0)


@given(low=st.floats(0, 12))
@settings(max_examples=20, deadline=None)
def test_energy_is_conserved_whatever_the_low_day(low: float) -> None:
    """The mean over slices is the mean of the 12 x 24 table: sum of days x month mean / 365."""
    days = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    mean = float(days @ (np.arange(1, 13) + 11.5 / 24)) / 365
    assert shapes_with(low).mean("x") == pytest.approx(mean)


def test_months_fall_into_their_season() -> None:
    """The low day is 0.5 in every slice; in summer the typical mean is that of June to August."""
    shapes = shapes_with(0.5)
    by_slice = dict(zip(shapes.slices, shapes.values["x"].tolist(), strict=True))
    assert by_slice["summer-low-01"] == pytest.approx(0.5)
    assert by_slice["winter-typical-01"] < by_slice["summer-typical-01"]
    nodes = {node.label: node for node in shapes.nodes}
    assert nodes["summer"].share == pytest.approx(92 / 365)
    assert nodes["summer-low-01"].repeats == 6
    assert nodes["summer-low-01"].hours == pytest.approx(9)
    assert nodes["summer-typical-01"].hours == pytest.approx(3)


def test_low_days_of_months_add_up_to_those_of_seasons() -> None:
    blocks = blocks_of(DATASET, Slices(seasons=12, blocks=1))
    low = sum(block.days for block in blocks if block.day == "low" and block.label.endswith("01"))
    assert low == pytest.approx(4 + 6 + 5 + 8)


def test_a_dataset_may_move_its_seasons() -> None:
    dataset = Dataset(
        base_year=2020, seasons={"wet": (1, 2, 3, 4, 5, 6), "dry": (7, 8, 9, 10, 11, 12)}
    )
    assert list(seasons_of(dataset, 4)) == ["wet", "dry"]
    assert list(seasons_of(dataset, 12))[0] == "m01"
    assert seasons_of(dataset, 1) == {"year": tuple(range(1, 13))}


def test_a_profile_is_scaled_to_its_mean() -> None:
    values, outcome = scaled(np.array([0.2, 0.4]), np.array([0.5, 0.5]), 0.6)
    assert values.tolist() == pytest.approx([0.4, 0.8])
    assert outcome == "plain"


def test_what_exceeds_one_is_cut_and_the_rest_raised() -> None:
    """2 and 0.5 to a mean of 0.7: factor 0.56 gives 1.12 and 0.28; cut to 1, so 0.4 is left."""
    values, outcome = scaled(np.array([2.0, 0.5]), np.array([0.5, 0.5]), 0.7)
    assert values.tolist() == pytest.approx([1.0, 0.4])
    assert outcome == "cut"


def test_a_mean_that_zeros_forbid_is_impossible() -> None:
    assert scaled(np.array([1.0, 0.0]), np.array([0.5, 0.5]), 0.7)[1] == "impossible"
    assert scaled(np.array([0.0, 0.0]), np.array([0.5, 0.5]), 0.0)[1] == "plain"
