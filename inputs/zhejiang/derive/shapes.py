"""Make shapes.csv: month x hour shapes of load, sun, wind, hydro and the import lines.

Run once with pvlib installed: python inputs/zhejiang/derive/shapes.py (not needed at run time).

Every shape is a table of 12 months x 24 hours for a typical and for a low day. Only ratios matter.
- pv: clear-sky irradiance on a south-facing plane (pvlib, Ineichen model) x the share of it that
  arrives in each month x the loss of warm modules.
- wind, hydro, import lines and most loads: a monthly factor x an hourly factor (patterns.csv).
- load_total: the provincial load of 2018 as month x hour means (load_2018.csv); its February,
  in which the Spring Festival fell, is replaced by the mean of itself and its neighbours.
- load_industry: what the other loads, at their electricity use of 2020, leave of load_total.
"""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pvlib

HERE = Path(__file__).parent
LATITUDE, LONGITUDE, ALTITUDE = 29.5, 120.5, 60.0
TILT, AZIMUTH = 18.0, 180.0
MODULE_LOSS_PER_KELVIN, REFERENCE_TEMPERATURE, HEATING_PER_IRRADIANCE = 0.0037, 25.0, 0.025
AIR_TEMPERATURE = (5, 7, 11, 17, 22, 25, 30, 29, 25, 20, 14, 8)
DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
LOW_DAY = {"pv": 0.25, "wind_onshore": 0.15, "wind_offshore": 0.18}
"""What a calm, dark day gives of a typical one; 1 for every other shape."""
SMALLEST_SHARE = 0.5
"""The industrial load never falls below this share of its mean."""


def patterns() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the monthly and the hourly factors: one column for each profile."""
    table = pd.read_csv(HERE / "patterns.csv")
    wide = [
        table[table.axis == axis].pivot(index="position", columns="profile", values="value")
        for axis in ("month", "hour")
    ]
    return wide[0], wide[1]


def sun(clearness: np.ndarray) -> np.ndarray:
    """Return the output of a fixed module, month x hour, as a share of its rating."""
    times = pd.date_range("2021-01-01", "2022-01-01", freq="10min", tz="Asia/Shanghai")[:-1]
    place = pvlib.location.Location(LATITUDE, LONGITUDE, "Asia/Shanghai", ALTITUDE)
    position = place.get_solarposition(times)
    clear = place.get_clearsky(times, model="ineichen", solar_position=position)
    plane = pvlib.irradiance.get_total_irradiance(
        TILT, AZIMUTH, position.apparent_zenith, position.azimuth, clear.dni, clear.ghi, clear.dhi
    )["poa_global"].clip(lower=0)
    means = plane.groupby([times.month, times.hour]).mean().to_numpy().reshape(12, 24)
    arriving = means * clearness[:, None]
    warm = np.array(AIR_TEMPERATURE)[:, None] + HEATING_PER_IRRADIANCE * arriving
    return arriving / 1000 * (1 - MODULE_LOSS_PER_KELVIN * (warm - REFERENCE_TEMPERATURE))


def total_load() -> np.ndarray:
    """Return the provincial load, month x hour, with the festival month filled up by half."""
    load = pd.read_csv(HERE / "load_2018.csv", index_col="month").to_numpy()
    load[1] = (load[1] + (load[0] + load[2]) / 2) / 2
    return normalised(load)


def normalised(shape: np.ndarray) -> np.ndarray:
    """Return the shape with a yearly mean of one."""
    return shape / np.average(shape.mean(axis=1), weights=DAYS)


def industry(shapes: dict[str, np.ndarray]) -> np.ndarray:
    """Return the industrial load: the total less every other load, at the use of 2020."""
    use = pd.read_csv(HERE / "electricity_2020.csv", index_col="profile")["value"]
    rest = shapes["load_total"] * use.sum()
    for profile in use.index.drop("load_industry"):
        rest = rest - shapes[profile] * use[profile]
    return normalised(np.maximum(rest / use["load_industry"], SMALLEST_SHARE))


def all_shapes() -> dict[str, np.ndarray]:
    """Return every shape by profile."""
    months, hours = patterns()
    flat_months, flat_hours = pd.Series(1.0, months.index), pd.Series(1.0, hours.index)
    shapes = {"load_flat": np.ones((12, 24)), "load_total": total_load()}
    for profile in sorted({*months, *hours} - {"clearness"}):
        month = months.get(profile, flat_months).to_numpy()
        shapes[profile] = normalised(np.outer(month, hours.get(profile, flat_hours).to_numpy()))
    shapes["pv"] = sun(months["clearness"].to_numpy())
    shapes["load_industry"] = industry(shapes)
    return shapes


def main() -> None:
    """Write shapes.csv beside the dataset's other tables."""
    trace = pd.read_csv(HERE / "patterns.csv").drop_duplicates("profile").set_index("profile")
    trace = trace[["source", "quality"]]
    trace.loc["pv"] = ("pvlib", "proxy")
    trace.loc["load_total"] = ("pypsa-china-pik", "derived")
    trace.loc["load_industry"] = ("pypsa-china-pik", "derived")
    trace.loc["load_flat"] = ("assumption", "assumed")
    with (HERE.parent / "shapes.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["profile", "day", "month", "hour", "value", "source", "quality"])
        for profile, shape in sorted(all_shapes().items()):
            for day, factor in (("typical", 1.0), ("low", LOW_DAY.get(profile, 1.0))):
                for month, hour in np.ndindex(shape.shape):
                    value = round(float(shape[month, hour] * factor), 4)
                    writer.writerow([profile, day, month + 1, hour, value, *trace.loc[profile]])


if __name__ == "__main__":
    main()
