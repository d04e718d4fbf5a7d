"""Identities hold in the run made by hand; each one notices what breaks it."""

import numpy as np
import pytest
import xarray as xr

from carbonpath.accounts.verify import CHECKS, failures, remarks
from carbonpath.results.results import Results
from tests.accounts.changed import Change, changed, scaled
from tests.accounts.made import made_results


def infinite(array: xr.DataArray) -> xr.DataArray:
    """One value without bound."""
    return array.where(array["period"] != 2030, np.inf)


def missing(array: xr.DataArray) -> xr.DataArray:
    """One value missing."""
    return array.where(array["period"] != 2030)


BREAKS: dict[str, dict[str, Change]] = {
    "values_are_finite": {"energy_total": missing, "fixed_payment": infinite},
    "balances_close": {"output": scaled(1.001), "demand": scaled(1.01), "net_output": scaled(-1.0)},
    "areas_add_up": {"co2_c1": scaled(1.001), "co2_c0": scaled(1.001), "emissions": scaled(0.999)},
    "energy_totals_agree": {"energy_total_r2": scaled(1.001), "coal_energy": scaled(1.001)},
    "fuel_shares_add_up": {"coal_energy": infinite},
    "energy_balance_closes": {"final_energy": scaled(1.01)},
    "costs_add_up": {"fixed_payment": scaled(1.001)},
    "history_is_as_given": {"limit_value": scaled(1.001)},
    "hard_limits_hold": {"limit_bound": scaled(0.5)},
    "activity_stays_within_capacity": {"total_capacity": scaled(0.1)},
}


def test_all_hold() -> None:
    """Nothing to complain of."""
    assert failures(made_results()) == []


def test_every_identity_is_broken_here() -> None:
    """A new identity is added to the list above, or has a test of its own."""
    assert {*BREAKS, "primal_and_dual_agree"} == set(CHECKS)


@pytest.mark.filterwarnings("ignore:invalid value")
@pytest.mark.parametrize(
    ("name", "array"), [(name, array) for name, arrays in BREAKS.items() for array in arrays]
)
def test_an_identity_notices(name: str, array: str) -> None:
    """One changed array, one sentence under the name of the identity."""
    results = changed(**{array: BREAKS[name][array]})
    assert any(sentence.startswith(f"{name}: ") for sentence in failures(results))


def test_objective_and_dual_are_stated_and_agree() -> None:
    """Without an objective nothing is proven; a gap between primal and dual is told."""
    made = made_results()
    silent = Results(made.dataset.drop_attrs(deep=False), made.tables, {})
    assert any("does not state its objective" in text for text in failures(silent))
    gap = made.dataset.assign_attrs(dual_objective=made.dataset.attrs["objective"] + 1.0)
    assert any("primal and dual" in text for text in failures(Results(gap, made.tables, {})))


def test_a_dual_objective_that_is_no_number_is_no_proof() -> None:
    made = made_results()
    blind = made.dataset.assign_attrs(dual_objective=float("nan"))
    told = failures(Results(blind, made.tables, {}))
    assert told == ["primal_and_dual_agree: primal and dual objectives differ by nan"]


def test_duals_of_a_myopic_run_are_checked_window_by_window() -> None:
    """There is no dual of the whole horizon: that is said, and each window's gap is told."""
    made = made_results()
    blind = made.dataset.assign_attrs(mode="myopic", dual_objective=0.0)
    good = {"window": 1, "objective": 5.0, "dual_objective": 5.0}
    bad = {"window": 2, "objective": 5.0, "dual_objective": 4.0}
    assert remarks(made) == []
    fine = Results(blind, made.tables, {"windows": [good]})
    assert failures(fine) == []
    assert "does not apply to the whole horizon" in remarks(fine)[0][1]
    assert failures(Results(blind, made.tables, {"windows": [good, bad]})) == [
        "primal_and_dual_agree: window 2: primal and dual objectives differ by 1"
    ]
    assert "does not record its windows" in failures(Results(blind, made.tables, {}))[0]


def test_a_run_without_limits_and_capacity_is_checked_too() -> None:
    """What is absent cannot be wrong."""
    made = made_results()
    rows = [name for name in made.dataset.variables if "limit_row" in made.dataset[name].dims]
    names = [*rows, "activity"]
    bare = made.dataset.drop_vars(names).assign(
        limit_penalty=("limit_row", np.zeros(0)), limit_shortfall=("limit_row", np.zeros(0)),
        limit_period=("limit_row", np.zeros(0, dtype=str)),
    )  # fmt: skip
    free = made.dataset.attrs["total_cost"]
    found = failures(Results(bare.assign_attrs(objective=free), {}, {}))
    assert found == []
