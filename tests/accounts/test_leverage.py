"""What the answer hangs on: money at stake, limits of growth, assumed data."""

import math

import pytest
import xarray as xr

from carbonpath.accounts.leverage import assumed_share, held_back, priced_targets
from carbonpath.results.results import Results
from tests.accounts.made import made_results


def test_weights_are_money_and_the_heaviest_target_comes_first() -> None:
    """Weight = price x bound x 1 %, in the heaviest year of each target; tracked ones have none."""
    made = made_results()
    found = priced_targets(made)
    assert len(found)
    assert found["weight"].is_monotonic_decreasing
    assert found["id"].is_unique
    top = found.iloc[0]
    data = made.dataset
    rows = (data["limit_id"].astype(str) == top["id"]).values
    weights = abs(data["limit_price"] * data["limit_bound"]).values[rows] * 0.01
    assert top["weight"] == pytest.approx(weights.max())
    tracked = made.tables["limits"].assign(mode="track")
    assert priced_targets(Results(data, {**made.tables, "limits": tracked}, {})).empty
    assert priced_targets(Results(data, {}, {})).empty


def test_plants_at_a_limit_are_named_the_largest_first() -> None:
    """Capacity limits equal to what stands: of every plant with capacity, after the base year."""
    made = made_results()
    limit = made["total_capacity"].rename("capacity_limit").assign_attrs(unit="GW")
    bound = made.dataset.assign(capacity_limit=limit)
    found = held_back(Results(bound, made.tables, made.manifest))
    assert len(found)
    assert found["capacity"].is_monotonic_decreasing
    assert (found["first"] > made.periods[0]).all()
    units = made["technology_capacity_unit"].to_series()
    assert set(units[found["id"]]) == {"GW"}
    free = made.dataset.drop_vars(
        [n for n in ("capacity_limit", "build_rate") if n in made.dataset]
    )
    assert held_back(Results(free, made.tables, {})).empty


def test_the_share_of_assumed_values_is_counted_over_all_tables() -> None:
    made = made_results()
    share = assumed_share(made)
    values = made.tables["values"]["quality"]
    assert share == pytest.approx((values == "assumed").mean())
    assert math.isnan(assumed_share(Results(xr.Dataset(), {}, {})))
