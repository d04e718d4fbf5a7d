"""The NetCDF file describes itself, and what it cannot hold comes back all the same (F42)."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
import xarray as xr

from carbonpath.export import netcdf
from carbonpath.results.store import from_netcdf, to_netcdf
from tests.accounts.made import made_results

ATTRIBUTES: list[Any] = [None, {"a": [1, None]}, True, [], "json:x", "\n", "中文", 1.5, "x" * 300]


def test_the_attributes_of_cf_are_there() -> None:
    opened = xr.load_dataset(BytesIO(netcdf.file(made_results())), engine="h5netcdf")
    assert opened.attrs["Conventions"] == "CF-1.11"
    assert {"title", "source", "history"} <= set(opened.attrs)
    numbers = [array for array in opened.data_vars.values() if array.dtype.kind == "f"]
    assert numbers
    assert all(array.attrs["units"] for array in numbers)
    assert opened["co2_c1"].attrs["units"] == opened["co2_c1"].attrs["unit"] == "Mt"
    assert opened["period"].attrs["units"] == "year"


@pytest.mark.parametrize("value", ATTRIBUTES, ids=repr)
def test_attributes_come_back_as_they_were(value: Any) -> None:
    array = xr.DataArray(np.arange(2.0), dims="x", attrs={"told": value})
    dataset = xr.Dataset({"a": array}, attrs={"told": value})
    back = from_netcdf(to_netcdf(dataset))
    assert (back.attrs["told"], back["a"].attrs["told"]) == (value, value)
    assert type(back.attrs["told"]) is type(value)
    xr.testing.assert_equal(back, dataset)


@pytest.mark.parametrize("label", ["a/b", "two\nlines", "n" * 300, "风电", "=1+1"])
def test_labels_come_back_as_they_were(label: str) -> None:
    dataset = xr.Dataset(
        {"a": ("t", [1.0, 2.0])}, coords={"t": np.array([label, "b"], dtype=object)}
    )
    back = from_netcdf(to_netcdf(dataset))
    assert back["t"].values.tolist() == [label, "b"]
    xr.testing.assert_equal(back["a"].drop_vars("t"), dataset["a"].drop_vars("t"))
