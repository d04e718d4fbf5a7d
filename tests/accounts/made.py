"""A small run made by hand: six areas, a few technologies each, every number follows from LEVELS.

Electricity: end uses take `electricity`, the grid makes it from `electricity_bus` with a loss,
coal power fills what the other plants and the line leave. Nothing is optimised; the quantities
follow the definitions of the model, so that every identity holds and can be broken one by one.
"""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from carbonpath.results.results import Results

PERIODS = [2020, 2021, 2025, 2030, 2035, 2060]
YEARS = np.array([1, 1, 4, 5, 5, 25])
SLICES = {
    "annual": ("annual", "", 1.0),
    "summer": ("season", "summer", 0.5),
    "winter": ("season", "winter", 0.5),
    "summer-typical-00": ("slice", "summer", 0.24),
    "summer-typical-01": ("slice", "summer", 0.24),
    "summer-low-00": ("slice", "summer", 0.02),
    "winter-typical-00": ("slice", "winter", 0.24),
    "winter-typical-01": ("slice", "winter", 0.24),
    "winter-low-00": ("slice", "winter", 0.02),
}
# commodity: kind, carrier, unit, label zh, label en
COMMODITIES = {
    "coal": ("energy", "coal", "PJ", "煤炭", "Coal"),
    "oil": ("energy", "oil", "PJ", "石油", "Oil"),
    "natural_gas": ("energy", "gas", "PJ", "天然气", "Natural gas"),
    "biomass": ("energy", "biomass", "PJ", "生物质", "Biomass"),
    "heat": ("energy", "heat", "PJ", "热力", "Heat"),
    "electricity_bus": ("energy", "electricity", "PJ", "上网电力", "Electricity (bus)"),
    "electricity": ("energy", "electricity", "PJ", "电力", "Electricity"),
    "steel": ("material", "", "Mt", "粗钢", "Steel"),
    "cement": ("material", "", "Mt", "水泥", "Cement"),
    "ethylene": ("material", "", "Mt", "乙烯", "Ethylene"),
    "public_heating": ("service", "", "PJ", "公共建筑采暖", "Public heating"),
    "car_travel": ("service", "", "bn vkm", "小汽车出行", "Car travel"),
    "machinery": ("service", "", "PJ", "农业机械", "Farm machinery"),
    "cooking": ("service", "", "PJ", "炊事", "Cooking"),
    "co2": ("emission", "", "Mt", "二氧化碳", "CO2"),
    "co2_process": ("emission", "", "Mt", "过程二氧化碳", "Process CO2"),
    "co2_feedstock": ("emission", "", "Mt", "原料碳", "Feedstock CO2"),
    "co2_import": ("emission", "", "Mt", "外来电碳", "Imported CO2"),
    "ch4": ("emission", "", "Mt", "甲烷", "Methane"),
}
FACTOR = {"coal": 0.0909, "oil": 0.0722, "natural_gas": 0.0555}
FEED = {"cracker": ("oil",)}
# technology: sector, role, group, primary, capacity unit, flows per activity, label zh, label en
TECHNOLOGIES: dict[str, tuple[str, str, str, str, str, dict[str, float], str, str]] = {
    "coal_supply": ("energy", "supply", "supply", "", "", {"coal": 1}, "煤炭供应", "Coal supply"),
    "oil_supply": ("energy", "supply", "supply", "", "", {"oil": 1}, "石油供应", "Oil supply"),
    "gas_supply": ("energy", "supply", "supply", "", "", {"natural_gas": 1}, "天然气", "Gas"),
    "biomass_supply": (
        "energy", "supply", "supply", "biomass", "", {"biomass": 1}, "生物质", "Biomass",
    ),
    "coal_chp": (
        "energy", "generation", "coal", "", "GW",
        {"electricity_bus": 1, "heat": 0.6, "coal": -2.8}, "煤电", "Coal power",
    ),
    "gas_ccgt": (
        "energy", "generation", "gas", "", "GW", {"electricity_bus": 1, "natural_gas": -1.9},
        "气电", "Gas power",
    ),
    "nuclear": (
        "energy", "generation", "nuclear", "nuclear", "GW", {"electricity_bus": 1}, "核电",
        "Nuclear",
    ),
    "wind_offshore": (
        "energy", "generation", "wind_offshore", "wind", "GW", {"electricity_bus": 1}, "海上风电",
        "Offshore wind",
    ),
    "pv_rooftop": (
        "energy", "generation", "solar", "solar", "GW", {"electricity_bus": 1}, "屋顶光伏",
        "Rooftop PV",
    ),
    "waste_power": (
        "energy", "generation", "biomass", "biomass", "GW",
        {"electricity_bus": 1, "biomass": -4}, "生物质发电", "Biomass power",
    ),
    "line_west": (
        "energy", "import_line", "imports", "", "GW",
        {"electricity_bus": 1, "co2_import": 0.05}, "西部来电", "Western line",
    ),
    "grid": (
        "energy", "network", "grid", "", "", {"electricity": 1, "electricity_bus": -1.05},
        "电网", "Grid",
    ),
    "steel_bof": (
        "industry", "end_use", "steel", "", "Mt",
        {"steel": 1, "coal": -15, "electricity": -1, "co2_process": 0.1}, "转炉钢", "BOF steel",
    ),
    "steel_eaf": (
        "industry", "end_use", "steel", "", "Mt", {"steel": 1, "electricity": -2}, "电炉钢", "EAF",
    ),
    "kiln": (
        "industry", "end_use", "cement", "", "Mt",
        {"cement": 1, "coal": -3, "electricity": -0.3, "co2_process": 0.29}, "水泥窑", "Kiln",
    ),
    "cracker": (
        "industry", "end_use", "petrochemicals", "", "Mt",
        {"ethylene": 1, "oil": -44, "electricity": -3}, "裂解", "Cracker",
    ),
    "heating_chp": (
        "construction", "end_use", "heating", "", "PJ", {"public_heating": 1, "heat": -1.1},
        "集中供热", "District heat",
    ),
    "heating_pump": (
        "construction", "end_use", "heating", "", "PJ",
        {"public_heating": 1, "electricity": -0.35}, "热泵", "Heat pump",
    ),
    "car_ice": (
        "transport", "end_use", "car", "", "million vehicles", {"car_travel": 1, "oil": -2.4},
        "燃油车", "Petrol car",
    ),
    "car_bev": (
        "transport", "end_use", "car", "", "million vehicles",
        {"car_travel": 1, "electricity": -0.6}, "电动车", "Electric car",
    ),
    "tractor": (
        "agriculture", "end_use", "machinery", "", "PJ",
        {"machinery": 1, "oil": -3, "ch4": 0.002}, "柴油农机", "Tractor",
    ),
    "cooking_gas": (
        "residents", "end_use", "cooking", "", "PJ", {"cooking": 1, "natural_gas": -2}, "燃气灶",
        "Gas cooker",
    ),
    "cooking_electric": (
        "residents", "end_use", "cooking", "", "PJ", {"cooking": 1, "electricity": -1.2},
        "电炊具", "Electric cooker",
    ),
}  # fmt: skip
LEVELS = {
    "steel_bof": [10, 10, 9, 7, 5, 1],
    "steel_eaf": [4, 4, 5, 6, 7, 9],
    "kiln": [130, 130, 125, 115, 100, 60],
    "cracker": [6, 7, 8, 9, 9, 8],
    "heating_chp": [30, 30, 28, 20, 12, 0],
    "heating_pump": [60, 65, 90, 130, 170, 240],
    "car_ice": [170, 175, 160, 120, 70, 0],
    "car_bev": [2, 5, 50, 130, 220, 330],
    "tractor": [30, 30, 29, 27, 24, 10],
    "cooking_gas": [35, 35, 34, 30, 24, 4],
    "cooking_electric": [40, 42, 50, 60, 72, 100],
    "gas_ccgt": [40, 45, 60, 70, 60, 20],
    "nuclear": [250, 255, 290, 400, 520, 800],
    "wind_offshore": [8, 14, 50, 110, 200, 500],
    "pv_rooftop": [40, 55, 90, 150, 210, 420],
    "waste_power": [25, 27, 32, 36, 40, 45],
    "line_west": [400, 420, 520, 600, 620, 560],
}
OTHER_ELECTRICITY = np.array([1500, 1620, 1900, 2050, 2150, 2300.0])
"""Electricity of other users, PJ: it rides on cooking_electric's place in industry."""
HOURS = {"coal": 5000, "gas": 2500, "nuclear": 7700, "wind_offshore": 2800, "solar": 1050}
GDP = [6469.0, 7010, 8367, 10309, 12242, 19059]
PEOPLE = [64.68, 65.4, 65.3, 65.6, 65.6, 56.0]
DISCOUNT = 0.05
Frame = dict[str, np.ndarray]


def activity() -> Frame:
    """Activity of every technology by period: given, or what balances its commodity."""
    levels: Frame = {name: np.array(values, dtype=float) for name, values in LEVELS.items()}
    levels["motors"] = OTHER_ELECTRICITY
    flows = all_flows()
    taken = sum(-flows[t].get("electricity", 0.0) * levels[t] for t in levels if t in flows)
    levels["grid"] = np.asarray(taken)
    plants = [t for t in levels if flows[t].get("electricity_bus", 0.0) > 0.0]
    levels["coal_chp"] = 1.05 * levels["grid"] - sum(levels[t] for t in plants)
    for supply, fuel in {"coal": "coal", "oil": "oil", "gas": "natural_gas"}.items():
        levels[f"{supply}_supply"] = need(levels, flows, fuel)
    levels["biomass_supply"] = need(levels, flows, "biomass")
    return levels


def need(levels: Frame, flows: dict[str, dict[str, float]], fuel: str) -> np.ndarray:
    """What the technologies take of a fuel."""
    return np.asarray(sum(-flows[t].get(fuel, 0.0) * level for t, level in levels.items()))


def technologies() -> dict[str, Any]:
    """The technologies, with motors that stand for all other industry."""
    motors = ("industry", "end_use", "motors", "", "PJ", {"electricity": -1.0}, "电机", "Motors")
    return {**TECHNOLOGIES, "motors": motors}


def all_flows() -> dict[str, dict[str, float]]:
    """Flows per activity, with the CO2 of fuels and feedstock."""
    flows = {}
    for name, row in technologies().items():
        given = dict(row[5])
        burns = name not in FEED and row[1] in ("generation", "end_use")
        carbon = sum(-given.get(f, 0.0) * factor for f, factor in FACTOR.items())
        if carbon > 0.0:
            given["co2" if burns else "co2_feedstock"] = carbon
        flows[name] = given
    return flows


def empty(*dims: str) -> xr.DataArray:
    """Zeros over some dimensions."""
    labels = {
        "region": ["zhejiang"],
        "technology": list(technologies()),
        "commodity": list(COMMODITIES),
        "period": PERIODS,
        "time_slice": list(SLICES),
        "situation": ["summer_evening", "winter_evening"],
    }
    shape = [len(labels[d]) for d in dims]
    return xr.DataArray(np.zeros(shape), dims=dims, coords={d: labels[d] for d in dims})


def physical() -> dict[str, xr.DataArray]:
    """Output, use, final energy, feedstock, emissions and net output."""
    dims = ("region", "technology", "commodity", "period")
    arrays = {n: empty(*dims) for n in ("output", "use", "fuel_use", "final_energy")}
    arrays |= {n: empty(*dims) for n in ("feedstock_use", "emissions")}
    arrays["net_output"] = empty("region", "commodity", "period", "time_slice")
    levels, flows = activity(), all_flows()
    for name, row in technologies().items():
        for commodity, value in flows[name].items():
            place = {"technology": name, "commodity": commodity}
            kind = COMMODITIES[commodity][0]
            amount = value * levels[name]
            arrays["net_output"].loc[{"commodity": commodity, "time_slice": "annual"}] += amount
            arrays["output" if value > 0 else "use"].loc[place] = abs(amount)
            if kind == "emission":
                arrays["emissions"].loc[place] = amount
            elif value < 0 and commodity in FEED.get(name, ()):
                arrays["feedstock_use"].loc[place] = -amount
            elif value < 0 and row[1] == "end_use":
                arrays["final_energy"].loc[place] = -amount
                arrays["fuel_use"].loc[place] = -amount
    return arrays


def totals(a: dict[str, xr.DataArray]) -> dict[str, tuple[xr.DataArray, str]]:
    """The statutory totals by the definitions of the model."""
    per_pj = xr.DataArray(KAPPA / 3.6, dims="period", coords={"period": PERIODS})

    def made(names: list[str], commodity: str) -> xr.DataArray:
        return a["output"].sel(technology=names, commodity=commodity, drop=True).sum("technology")

    found: dict[str, tuple[xr.DataArray, str]] = {}
    for fuel in ("coal", "oil", "gas"):
        commodity = {"gas": "natural_gas"}.get(fuel, fuel)
        found[f"{fuel}_energy"] = (made([f"{fuel}_supply"], commodity) / 29.3076, "Mtce")
    fossil = found["coal_energy"][0] + found["oil_energy"][0] + found["gas_energy"][0]
    primary = made(["nuclear", "wind_offshore", "pv_rooftop"], "electricity_bus")
    line = made(["line_west"], "electricity_bus")
    biomass = per_pj * made(["waste_power"], "electricity_bus")
    feed = a["feedstock_use"].sum(["technology", "commodity"]) / 29.3076
    non_fossil = per_pj * (primary + 0.5 * line) + biomass
    total = fossil + per_pj * (primary + line) + biomass
    renewable = made(["wind_offshore", "pv_rooftop", "waste_power"], "electricity_bus")
    r1 = total - feed - per_pj * (renewable - renewable.isel(period=0, drop=True))
    generation = made(["coal_chp", "gas_ccgt", "waste_power"], "electricity_bus") + primary
    electric = a["final_energy"].sel(commodity="electricity", drop=True).sum("technology")
    emitted = a["emissions"].sum("technology")
    c = {n: emitted.sel(commodity=n, drop=True) for n in COMMODITIES if n.startswith("co2")}
    found |= {
        "fossil_energy": (fossil, "Mtce"),
        "biomass_energy": (biomass, "Mtce"),
        "feedstock_energy": (feed, "Mtce"),
        "non_fossil_energy": (non_fossil, "Mtce"),
        "energy_total": (total, "Mtce"),
        "energy_total_r1": (r1, "Mtce"),
        "energy_total_r1_intensity": (total - feed, "Mtce"),
        "energy_total_r2": (total - feed - non_fossil, "Mtce"),
        "primary_electricity": (primary, "PJ"),
        "net_imported_electricity": (line, "PJ"),
        "renewable_electricity": (renewable, "PJ"),
        "electricity_consumption": (generation + line, "PJ"),
        "final_electricity": (electric, "PJ"),
        "final_energy_total": (a["final_energy"].sum(["technology", "commodity"]), "PJ"),
        "coal_consumption": (found["coal_energy"][0] / 0.7143, "Mt"),
        "oil_consumption": (found["oil_energy"][0] / 1.4286, "Mt"),
        "co2_energy": (c["co2"], "Mt"),
        "co2_process_total": (c["co2_process"], "Mt"),
        "co2_feedstock_total": (c["co2_feedstock"], "Mt"),
        "co2_imported": (c["co2_import"], "Mt"),
        "co2_territorial_c0": (c["co2"] + c["co2_feedstock"], "Mt"),
        "co2_territorial_c1": (c["co2"] + c["co2_process"], "Mt"),
        "co2_c0": (c["co2"] + c["co2_feedstock"] + c["co2_import"], "Mt"),
        "co2_c1": (c["co2"] + c["co2_process"] + c["co2_import"], "Mt"),
    }
    return found


KAPPA = np.array([0.300, 0.2995, 0.2975, 0.295, 0.295, 0.295])


def stock(a: dict[str, xr.DataArray]) -> dict[str, tuple[xr.DataArray, str]]:
    """Capacity from full-load hours, additions, firm capacity and load."""
    capacity = empty("region", "technology", "period") * np.nan
    for name, row in technologies().items():
        if row[4] == "GW" and row[1] == "generation":
            made = a["output"].sel(technology=name, commodity="electricity_bus").isel(region=0)
            hours = HOURS.get(row[2], 5000)
            capacity.loc[{"technology": name}] = made.values / 3.6e-3 / hours
    years = xr.DataArray(YEARS, dims="period", coords={"period": PERIODS})
    added = capacity.diff("period").reindex(period=PERIODS).clip(min=0.0) / years
    load = empty("region", "period", "situation") + 92.68
    load = load * (a["final_energy"].sum(["technology", "commodity", "region"]) / 3000.0 + 0.3)
    return {
        "total_capacity": (capacity, "cap"),
        "added_capacity": (added, "cap/yr"),
        "withdrawn_capacity": (
            (-capacity.diff("period")).reindex(period=PERIODS).clip(min=0.0) / years,
            "cap/yr",
        ),
        "capacity_limit": (capacity.where(capacity["technology"] == "nuclear"), "cap"),
        "capacity_to_activity": (capacity.isel(period=0, drop=True) * 0.0 + 31.536, "PJ/GW/yr"),
        "firm_capacity": ((load * 1.1).transpose("region", "period", "situation"), "GW"),
        "peak_load": (load.transpose("region", "period", "situation"), "GW"),
    }


def by_slice(a: dict[str, xr.DataArray]) -> dict[str, tuple[xr.DataArray, str]]:
    """Generation and use by slice: flat, but the sun only in the second slice of a day."""
    made = a["output"].sel(commodity="electricity_bus", drop=True)
    used = a["final_energy"].sel(commodity="electricity", drop=True)
    share = np.array([d[2] if d[0] == "slice" else 0.0 for d in SLICES.values()])
    weights = xr.DataArray(share, dims="time_slice", coords={"time_slice": list(SLICES)})
    noon = np.array([1.0 if name.endswith("01") else 0.0 for name in SLICES]) * share
    sun = xr.DataArray(noon / noon.sum(), dims="time_slice", coords={"time_slice": list(SLICES)})
    power = (made * weights).where(made["technology"] != "pv_rooftop", made * sun)
    return {"slice_output": (power, "PJ"), "slice_use": (used * weights, "PJ")}


def money(a: dict[str, xr.DataArray]) -> dict[str, tuple[xr.DataArray, str]]:
    """Payments in proportion to activity; a carbon price on CO2 from 2021."""
    throughput = a["output"].sum("commodity")
    paid = empty("region", "commodity", "period")
    price = xr.DataArray([0, 0.05, 0.08, 0.15, 0.2, 0.8], dims="period")
    price = price.assign_coords(period=PERIODS)
    paid.loc[{"commodity": "co2"}] = a["emissions"].sel(commodity="co2").sum("technology") * price
    prices = empty("region", "commodity", "period") + 0.03
    prices.loc[{"commodity": "electricity"}] = 0.12
    return {
        "investment_payment": (throughput * 0.01, "bn CNY_2020"),
        "social_investment_payment": (throughput * 0.008, "bn CNY_2020"),
        "fixed_payment": (throughput * 0.004, "bn CNY_2020"),
        "variable_payment": (throughput * 0.02, "bn CNY_2020"),
        "emission_payment": (paid, "bn CNY_2020"),
        "commodity_price": (prices, "bn CNY_2020/unit"),
    }


LIMITS = [
    # id, quantity, of, sense, mode, regime, unit, label zh, label en
    ("non_fossil", "non_fossil_energy", "energy_total", ">=", "soft", "R0", "%", "非化石能源占比",
     "Non-fossil share"),
    ("coal_2025", "coal_consumption", "", "<=", "soft", "", "Mt", "煤炭消费总量", "Coal"),
    ("peak_c1", "co2_c1", "co2_c1", "<=", "hard", "C1", "1", "二氧化碳达峰", "CO2 peak"),
    ("history_steel", "output", "", "==", "history", "", "Mt", "粗钢", "Steel"),
]  # fmt: skip


def limit_rows(found: dict[str, tuple[xr.DataArray, str]]) -> dict[str, Any]:
    """Limit rows: a share that is missed in 2025, a coal cap that holds, falling CO2 after 2030."""
    rows = []

    def total(name: str, period: int) -> float:
        return float(found[name][0].sel(period=period).sum())

    for period, level in ((2025, 0.5), (2030, 0.3)):
        value, of = total("non_fossil_energy", period), total("energy_total", period)
        short = max(0.0, level * of - value)
        rows.append(("non_fossil", period, value, of, level * of, short, 2.0 * (short > 0)))
    rows.append(("coal_2025", 2025, total("coal_consumption", 2025), np.nan, 400.0, 0.0, 0.0))
    for before, period in ((2030, 2035), (2035, 2060)):
        value, of = total("co2_c1", period), total("co2_c1", before)
        rows.append(("peak_c1", period, value, of, of, 0.0, 0.0))
    rows.append(("history_steel", 2020, 14.0, np.nan, 14.0, 0.0, np.nan))
    names = ("id", "period", "value", "of", "bound", "shortfall", "price")
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    arrays = {f"limit_{n}": ("limit_row", np.array(columns[n])) for n in names[2:]}
    penalty = np.where(np.array(columns["shortfall"]) > 0.0, 2.0, np.nan)
    arrays["limit_penalty"] = ("limit_row", penalty)
    coords = {
        "limit_id": ("limit_row", np.array(columns["id"], dtype=str)),
        "limit_region": ("limit_row", np.array(["zhejiang"] * len(rows))),
        "limit_period": ("limit_row", np.array(columns["period"], dtype=str)),
    }
    return {"arrays": arrays, "coords": coords, "penalty": penalty}


def coordinates() -> dict[str, Any]:
    """What is known of technologies, commodities, periods and slices."""
    rows = technologies()
    names = ("sector", "role", "group", "primary", "capacity_unit")
    found: dict[str, Any] = {
        f"technology_{name}": ("technology", [str(row[at]) for row in rows.values()])
        for at, name in enumerate(names)
    }
    found["technology_label_zh"] = ("technology", [row[6] for row in rows.values()])
    found["technology_label_en"] = ("technology", [row[7] for row in rows.values()])
    found["technology_activity_unit"] = ("technology", ["PJ"] * len(rows))
    for at, name in enumerate(("kind", "carrier", "unit", "label_zh", "label_en")):
        found[f"commodity_{name}"] = ("commodity", [row[at] for row in COMMODITIES.values()])
    weights = [sum((1 + DISCOUNT) ** -(y - 2020) for y in served(p)) for p in range(len(YEARS))]
    found["years"] = ("period", YEARS)
    found["discount_weight"] = ("period", np.array(weights))
    found["time_slice_level"] = ("time_slice", [row[0] for row in SLICES.values()])
    found["time_slice_season"] = ("time_slice", [row[1] for row in SLICES.values()])
    found["time_slice_share"] = ("time_slice", [row[2] for row in SLICES.values()])
    found["time_slice_hours"] = ("time_slice", [8.0 for _ in SLICES])
    return found


def served(at: int) -> range:
    """The years a period stands for."""
    return range(PERIODS[at] - int(YEARS[at]) + 1, PERIODS[at] + 1)


def tables() -> dict[str, pd.DataFrame]:
    """The tables beside the dataset."""
    names = ["id", "quantity", "of", "sense", "mode", "regime", "unit", "label_zh", "label_en"]
    limits = pd.DataFrame(LIMITS, columns=names).assign(source="plan", origin="limits.csv line 2")
    statistics = pd.DataFrame(
        [
            ("co2_by_scope", "energy", 2010, 330.0, "Mt", "inventory", "official"),
            ("co2_by_scope", "energy", 2019, 400.0, "Mt", "inventory", "official"),
            ("car_fuel_moved", "residents", 2020, 100.0, "PJ", "balance", "derived"),
        ],
        columns=["series", "key", "period", "value", "unit", "source", "quality"],
    )
    calibration = pd.DataFrame(
        [("steel", "services", "steel", 2020, 14.0, "own unit", "fixed", "粗钢", "Steel"),
         ("electricity", "electricity_consumption", "", 2020, 480.0, "TWh", "computed", "用电量",
          "Electricity")],
        columns=["row", "indicator", "key", "period", "value", "unit", "determined", "label_zh",
                 "label_en"],
    ).iloc[1:]  # fmt: skip
    extra = {"tolerance": "", "explanation": "", "source": "yearbook", "quality": "official"}
    calibration = calibration.assign(**extra)
    values = pd.DataFrame(
        {"table": ["flows", "flows", "demands"], "quality": ["official", "assumed", "derived"],
         "source": ["inventory", "plan", "inventory"]}
    )  # fmt: skip
    sources = pd.DataFrame(
        {"source": ["inventory", "plan"], "title": ["Inventory", "Plan <b>"],
         "publisher": ["Bureau", "Government"], "number": ["", "No. 1"], "year": ["2021", "2021"]}
    )  # fmt: skip
    return {
        "limits": limits,
        "statistics": statistics,
        "calibration": calibration,
        "values": values,
        "sources": sources,
    }


@cache
def made_results(scenario: str = "made") -> Results:
    """Return the run."""
    physics = physical()
    found = totals(physics) | stock(physics) | by_slice(physics) | money(physics)
    units = {"net_output": "own", "output": "own", "use": "own", "emissions": "Mt"}
    rows = limit_rows(found)
    arrays: dict[str, Any] = {n: a.assign_attrs(unit=u) for n, (a, u) in found.items()}
    arrays |= {n: a.assign_attrs(unit=units.get(n, "PJ")) for n, a in physics.items()}
    demand = physics["net_output"].sum("time_slice").clip(min=0.0)
    final = [c for c, row in COMMODITIES.items() if row[0] in ("service", "material")]
    arrays["demand"] = demand.where(demand["commodity"].isin(final), 0.0)
    arrays["driver_value"] = xr.DataArray(
        [GDP, PEOPLE], dims=("driver", "period"),
        coords={"driver": ["gdp", "population"], "period": PERIODS},
    )  # fmt: skip
    arrays["activity"] = running(physics)
    arrays["kappa"] = xr.DataArray(
        KAPPA, dims="period", coords={"period": PERIODS}, attrs={"unit": "Mtce/TWh"}
    )
    dataset = xr.Dataset(arrays).assign_coords(coordinates())
    dataset = dataset.assign(rows["arrays"]).assign_coords(rows["coords"])
    return stated(Results(dataset, tables(), {"id": scenario, "status": "optimal"}))


def running(physics: dict[str, xr.DataArray]) -> xr.DataArray:
    """Electricity made as activity in long form."""
    made = physics["output"].sel(commodity="electricity_bus").isel(region=0).to_series()
    some = made.rename("value")[made > 0.0].reset_index()
    coords = {
        f"{name}_": ("activity_row", some[name].astype(str).to_numpy(dtype=object))
        for name in ("technology", "period")
    }
    return xr.DataArray(some["value"].to_numpy(), dims="activity_row", coords=coords)


def stated(results: Results) -> Results:
    """Write the objective and the cost into the attributes."""
    dataset = results.dataset
    weight = dataset["discount_weight"]
    names = ("investment_payment", "fixed_payment", "variable_payment", "emission_payment")
    cost = sum(float((dataset[name] * weight).sum()) for name in names)
    paid = 0.0
    for row in range(dataset.sizes["limit_row"]):
        period = int(dataset["limit_period"].values[row])
        short = np.nan_to_num(dataset["limit_penalty"][row] * dataset["limit_shortfall"][row])
        paid += float(short * weight.sel(period=period))
    attrs = {"objective": cost + paid, "total_cost": cost, "status": "optimal"}
    return Results(dataset.assign_attrs(attrs), results.tables, results.manifest)
