"""LMDI leaves nothing over, whatever the numbers."""

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from carbonpath.accounts import Accounts
from carbonpath.accounts.decomposition import lmdi, logarithmic_mean
from tests.accounts.made import made_results

NUMBERS = st.one_of(st.just(0.0), st.floats(1e-3, 1e3))


def over_periods(values: list[list[float]]) -> xr.DataArray:
    """Rows are cells, columns periods."""
    return xr.DataArray(
        values,
        dims=("cell", "period"),
        coords={"period": [2020 + at for at in range(len(values[0]))]},
    )


def test_the_logarithmic_mean_of_equal_numbers_is_the_number() -> None:
    """L(a, a) = a, also when rounding makes them all but equal."""
    a = np.array([5.0, 5.0, 2.0])
    b = np.array([5.0, 5.0 * (1 + 1e-9), 4.0])
    assert logarithmic_mean(a, b) == pytest.approx([5.0, 5.0, 2.0 / np.log(2.0)])


def test_two_factors_share_a_change() -> None:
    """From 1 x 1 to 2 x 3: L(6, 1) = 5 / ln 6; ln 2 and ln 3 of it are 1.934 and 3.066."""
    parts = lmdi({"a": over_periods([[1.0, 2.0]]), "b": over_periods([[1.0, 3.0]])})
    last = parts.isel(period=1, cell=0)
    assert float(last.sel(factor="a")) == pytest.approx(5 * np.log(2) / np.log(6))
    assert float(last.sel(factor="b")) == pytest.approx(5 * np.log(3) / np.log(6))


def test_a_cell_that_changes_sign_is_the_factor_that_did() -> None:
    """Biomass with capture goes from +2 to -1: the change of -3 is its carbon content's."""
    energy, carbon = over_periods([[1.0, 1.5]]), over_periods([[2.0, -2.0 / 3.0]])
    parts = lmdi({"energy": energy, "carbon": carbon}).isel(period=1, cell=0)
    assert float(parts.sel(factor="carbon")) == pytest.approx(-3.0)
    assert float(parts.sel(factor="energy")) == 0.0


@given(
    st.lists(st.lists(NUMBERS, min_size=3, max_size=3), min_size=4, max_size=4),
    st.lists(st.sampled_from([-1.0, 1.0]), min_size=3, max_size=3),
)
def test_the_parts_add_up(rows: list[list[float]], signs: list[float]) -> None:
    """Two cells of two factors over three periods, with zeros and changes of sign."""
    a = over_periods([rows[0], [v * s for v, s in zip(rows[1], signs, strict=True)]])
    b = over_periods(rows[2:])
    change = (a * b).isel(period=2) - (a * b).isel(period=0)
    parts = lmdi({"a": a, "b": b}).isel(period=2).sum("factor")
    scale = max(1.0, float(abs(a * b).max()))
    assert parts.values == pytest.approx(change.values, abs=1e-9 * scale)


def test_kaya_and_areas_are_exact() -> None:
    """Both decompositions of the run add up to the change of CO2 to 1e-9."""
    accounts = Accounts(made_results())
    total = accounts["co2_by_scope"].sel(scope="C1")
    change = (total - total.isel(period=0)).values
    assert accounts["kaya"].sum("factor").values == pytest.approx(change, abs=1e-9)
    areas = accounts["co2_with_electricity"]
    by_area = (areas - areas.isel(period=0)).transpose("sector", "period").values
    found = accounts["lmdi_by_area"].sum("factor").transpose("sector", "period").values
    assert found == pytest.approx(by_area, abs=1e-9)
