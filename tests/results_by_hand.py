"""A result of some technologies and two periods, written down instead of solved.

Coal makes 98 PJ of electricity, waste heat 2 PJ, wind 20 PJ, a line brings 30 PJ. A mill
takes 90 PJ, cars 40 PJ of gasoline, offices 20 PJ, a building site 5 PJ of diesel.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from carbonpath.results.results import Results

PERIODS = (2020, 2030)
TECHNOLOGIES = {
    # technology: sector, role, group, primary, label
    "coal_usc": ("energy", "generation", "coal_power", "", "煤电"),
    "wind_onshore": ("energy", "generation", "wind_onshore", "wind", "陆上风电"),
    "residual_heat": ("energy", "generation", "other_thermal", "", "余热发电"),
    "line_anhui": ("energy", "import_line", "lines", "", "皖电"),
    "mill": ("industry", "end_use", "steel", "", "钢铁"),
    "car_ice": ("transport", "end_use", "cars", "", "燃油车"),
    "car_bev": ("transport", "end_use", "cars", "", "电动车"),
    "office": ("construction", "end_use", "public_buildings", "", "办公"),
    "site": ("construction", "end_use", "building_site", "", "工地"),
}
COMMODITIES = {
    # commodity: kind, carrier, unit
    "coal": ("energy", "coal", "PJ"),
    "gasoline": ("energy", "oil", "PJ"),
    "diesel": ("energy", "oil", "PJ"),
    "electricity_bus": ("energy", "electricity", "PJ"),
    "electricity": ("energy", "electricity", "PJ"),
    "co2": ("emission", "", "Mt"),
}
FLOWS = {
    "output": {("coal_usc", "electricity_bus"): 98.0, ("residual_heat", "electricity_bus"): 2.0,
               ("wind_onshore", "electricity_bus"): 20.0,
               ("line_anhui", "electricity_bus"): 30.0},
    "final_energy": {("mill", "electricity"): 90.0, ("car_ice", "gasoline"): 40.0,
                     ("office", "electricity"): 20.0, ("site", "diesel"): 5.0},
    "emissions": {("coal_usc", "co2"): 23.0, ("car_ice", "co2"): 3.0, ("site", "co2"): 0.4},
}  # fmt: skip
TOTALS = {
    "coal_energy": (10.0, "Mtce"), "oil_energy": (2.0, "Mtce"), "gas_energy": (0.0, "Mtce"),
    "biomass_energy": (0.0, "Mtce"), "non_fossil_energy": (1.7, "Mtce"),
    "energy_total": (14.0, "Mtce"), "energy_total_r1": (13.5, "Mtce"),
    "energy_total_r1_intensity": (13.8, "Mtce"), "energy_total_r2": (12.3, "Mtce"),
    "coal_consumption": (14.0, "Mt"), "oil_consumption": (1.4, "Mt"),
    "net_imported_electricity": (30.0, "PJ"), "final_electricity": (110.0, "PJ"),
    "co2_energy": (26.4, "Mt"), "co2_process_total": (1.0, "Mt"),
    "co2_territorial_c0": (26.4, "Mt"), "co2_territorial_c1": (27.4, "Mt"),
    "co2_imported": (6.0, "Mt"), "co2_c0": (32.4, "Mt"), "co2_c1": (33.4, "Mt"),
}  # fmt: skip


def results(name: str = "by-hand", **changes: float) -> Results:
    """Return the result described above; `changes` replace totals in the last period."""
    arrays = {flow: _sparse(values) for flow, values in FLOWS.items()}
    for total, (value, unit) in TOTALS.items():
        series = [value, changes.get(total, value)]
        arrays[total] = _array(("region", "period"), [series], unit)
    arrays["total_capacity"] = _by_technology(
        {"coal_usc": 5.9, "residual_heat": 0.1, "wind_onshore": 2.0, "car_bev": 1.5}, ""
    )
    arrays["emission_payment"] = _array(
        ("region", "commodity", "period"),
        [[[0.2 if c == "co2" else np.nan] * 2 for c in COMMODITIES]], "bn CNY_2020/yr",
    )  # fmt: skip
    arrays["kappa"] = _array(("period",), [0.3, 0.295], "Mtce/TWh")
    for cost, value in (("social_investment_payment", 1.0), ("fixed_payment", 0.5),
                        ("variable_payment", 2.0)):  # fmt: skip
        arrays[cost] = _by_technology({"coal_usc": value}, "bn CNY_2020/yr")
    arrays["peak_load"] = _array(
        ("region", "period", "situation"), [[[7.0, 6.0], [9.0, 8.0]]], "GW"
    )
    arrays["driver_value"] = _array(("driver", "period"), [[6461.0, 9800.0], [64.6, 67.0]], "1")
    arrays["slice_output"] = _array(
        ("region", "technology", "period", "time_slice"),
        np.ones((1, len(TECHNOLOGIES), 2, 2)), "PJ",
    )  # fmt: skip
    arrays["activity"] = xr.DataArray(
        [100.0, 20.0], dims="activity_row", attrs={"unit": "PJ"},
        coords={"technology_": ("activity_row", ["coal_usc", "wind_onshore"])},
    )  # fmt: skip
    dataset = xr.Dataset(arrays, attrs={"objective": 40.0, "total_cost": 41.0, "status": "optimal"})
    tables = {"sources": pd.DataFrame({"source": ["zj-1"], "title": ["能源平衡表, 2021"]})}
    return Results(dataset.assign_coords(_coordinates()), tables, {"id": name, "status": "optimal"})


def _array(dims: Sequence[str], values: Any, unit: str) -> xr.DataArray:
    return xr.DataArray(np.asarray(values, dtype=float), dims=dims, attrs={"unit": unit})


def _by_technology(values: Mapping[str, float], unit: str) -> xr.DataArray:
    rows = [[values.get(technology, np.nan)] * len(PERIODS) for technology in TECHNOLOGIES]
    return _array(("region", "technology", "period"), [rows], unit)


def _sparse(values: Mapping[tuple[str, str], float]) -> xr.DataArray:
    """Return values by technology and commodity, the same in every period, NaN elsewhere."""
    full = np.full((1, len(TECHNOLOGIES), len(COMMODITIES), len(PERIODS)), np.nan)
    for (technology, commodity), value in values.items():
        full[0, [*TECHNOLOGIES].index(technology), [*COMMODITIES].index(commodity)] = value
    return _array(("region", "technology", "commodity", "period"), full, "PJ")


def _coordinates() -> dict[str, Any]:
    by_technology = zip(*TECHNOLOGIES.values(), strict=True)
    by_commodity = zip(*COMMODITIES.values(), strict=True)
    names = ("sector", "role", "group", "primary", "label_zh")
    units = {"generation": "GW", "import_line": "GW"}
    capacity_units = ["million vehicles" if t.startswith("car") else units.get(role, "")
                      for t, (_, role, *_) in TECHNOLOGIES.items()]  # fmt: skip
    return {
        "region": ["zhejiang"],
        "technology": [*TECHNOLOGIES],
        "commodity": [*COMMODITIES],
        "period": [*PERIODS],
        "situation": ["summer_evening", "winter_evening"],
        "driver": ["gdp", "population"],
        "time_slice": ["day", "night"],
        "technology_capacity_unit": ("technology", capacity_units),
        **{
            f"technology_{name}": ("technology", list(column))
            for name, column in zip(names, by_technology, strict=True)
        },
        **{
            f"commodity_{name}": ("commodity", list(column))
            for name, column in zip(("kind", "carrier", "unit"), by_commodity, strict=True)
        },
    }
