"""Compare the fuel use of the base year in the sector folders with the energy balance.

Run by hand after a change of flows or history:  python inputs/zhejiang/derive/base_year_balance.py

Fuel use is the sum over technologies of the activity behind the output fixed in history.csv times
the input in flows.csv. balance_2020.csv is the balance of 2021 by area and fuel, brought back to
2020 with the ratio of the two years (electricity 0.876, coal, coke and heat 0.93, oil 0.95, gas
0.85), the petrol and diesel of private and service cars moved to transport. Exits with 1 where an
area misses a fuel by more than 1 %.
"""

import sys
from pathlib import Path

import pandas as pd

HERE = Path(__file__).parent
BASE_YEAR = 2020
TOLERANCE = 0.01
EXACT = 1e-5
SECTORS = ("industry", "construction", "transport", "agriculture", "residents")
OUTSIDE_BALANCE = ("biomass_rural",)
"""Non-commercial firewood and straw are not in the statistical balance."""


def table(sector: str, name: str) -> pd.DataFrame:
    """Return one table of a sector as text."""
    return pd.read_csv(HERE.parent / "sectors" / sector / f"{name}.csv", dtype=str).fillna("")


def inputs(sector: str) -> pd.DataFrame:
    """Return the energy inputs of the base year, per unit of activity."""
    flows = table(sector, "flows")
    flows = flows[(flows["use"] != "") & (flows["when"] == "")]
    flows = flows[flows["period"].isin(("", str(BASE_YEAR)))]
    return flows.assign(amount=-flows["value"].astype(float))


def base_activity(sector: str) -> pd.Series:
    """Return the activity of the base year: the output in history.csv over its flow."""
    keys = ["technology", "commodity"]
    history = table(sector, "history")
    history = history[(history["quantity"] == "output") & (history["period"] == str(BASE_YEAR))]
    made = table(sector, "flows").drop_duplicates(keys).set_index(keys)["value"].astype(float)
    output = history.set_index(keys)["value"].astype(float)
    return (output / made.reindex(output.index)).droplevel("commodity")


def fuel_use(sector: str) -> pd.DataFrame:
    """Return PJ by area and fuel in the base year."""
    activity = base_activity(sector)
    group = table(sector, "technologies").set_index("technology")["group"]
    rows = inputs(sector)
    rows = rows[rows["technology"].isin(activity.index)]
    used = rows["amount"] * rows["technology"].map(activity)
    area = rows["technology"].map(group).map(lambda name: area_of(sector, name))
    area = area.where(rows["use"] != "feedstock", sector + "_feedstock")
    return pd.DataFrame({"area": area, "fuel": rows["commodity"], "model": used})


def area_of(sector: str, group: str) -> str:
    """Return the area of the balance a technology group belongs to."""
    if sector == "construction":
        return "building_sites" if group == "building_site" else "buildings"
    return sector


def main() -> int:
    """Print model, balance and deviation; return 1 where one is too large."""
    balance = pd.read_csv(HERE / "balance_2020.csv").set_index(["area", "fuel"])["value"]
    model = pd.concat([fuel_use(sector) for sector in SECTORS])
    result = model.groupby(["area", "fuel"])["model"].sum().to_frame()
    own = balance[balance.index.get_level_values("area").isin(result.index.unique("area"))]
    result = result.join(own.rename("balance"), how="outer").fillna(0.0)
    outside = result.index.get_level_values("fuel").isin(OUTSIDE_BALANCE)
    result = result[~outside & (result.max(axis=1) > 0)]
    deviation = (result["model"] / result["balance"] - 1).abs()
    print(result.assign(deviation_percent=100 * deviation).round(3).to_string())
    wrong = result[deviation > TOLERANCE]
    print(f"{len(result)} fuels, {len(wrong)} outside {TOLERANCE:.0%}")
    return max(int(len(wrong) > 0), unmet_services())


def unmet_services() -> int:
    """Print the demands of the base year that fixed outputs do not meet exactly."""
    wrong = 0
    for sector in SECTORS:
        history, demands = table(sector, "history"), table(sector, "demands")
        made = history.groupby("commodity")["value"].agg(lambda texts: texts.astype(float).sum())
        asked = demands[demands["period"] == str(BASE_YEAR)].set_index("commodity")["value"]
        gap = (asked.astype(float) - made.reindex(asked.index)).abs()
        for commodity in gap.index[~(gap < EXACT)]:
            wrong = 1
            print(f"{sector}: {commodity}: asked {asked[commodity]}, made {made.get(commodity)}")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
