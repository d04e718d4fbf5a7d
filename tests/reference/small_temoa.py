"""A small Temoa database of two regions, and changes that each use one part of the formulation."""

import sqlite3
from pathlib import Path
from typing import Any

KEYS = {
    "cost": "region period tech vintage cost", "limit": "region period tech_or_group operator",
    "share": "region period sub_group super_group operator share",
    "growth": "region tech_or_group operator rate seed",
}  # fmt: skip
COLUMNS = {
    "metadata": "element value", "metadata_real": "element value", "region": "region",
    "time_period": "period flag", "time_season": "season segment_fraction",
    "time_of_day": "tod hours", "commodity": "name flag",
    "technology": "tech flag unlim_cap annual reserve retire flex seas_stor exchange sector",
    "efficiency": "region input_comm tech vintage output_comm efficiency",
    "existing_capacity": "region tech vintage capacity", "lifetime_tech": "region tech lifetime",
    "lifetime_process": "region tech vintage lifetime",
    "lifetime_survival_curve": "region period tech vintage fraction",
    "capacity_to_activity": "region tech c2a", "cost_invest": "region tech vintage cost",
    "cost_fixed": KEYS["cost"], "cost_variable": KEYS["cost"],
    "cost_emission": "region period emis_comm cost", "loan_rate": "region tech vintage rate",
    "loan_lifetime_process": "region tech vintage lifetime",
    "capacity_factor_tech": "region season tod tech factor",
    "capacity_factor_process": "region season tod tech vintage factor",
    "demand": "region period commodity demand",
    "demand_specific_distribution": "region period season tod demand_name dsd",
    "storage_duration": "region tech duration",
    "limit_storage_level_fraction": "region season tod tech operator fraction",
    "emission_activity": "region emis_comm input_comm tech vintage output_comm activity",
    "emission_embodied": "region emis_comm tech vintage value",
    "construction_input": "region input_comm tech vintage value",
    "limit_activity": f"{KEYS['limit']} activity", "limit_capacity": f"{KEYS['limit']} capacity",
    "limit_new_capacity": "region vintage tech_or_group operator new_cap",
    "limit_emission": "region period emis_comm operator value",
    "limit_resource": "region tech_or_group operator cum_act",
    "limit_activity_share": KEYS["share"], "limit_capacity_share": KEYS["share"],
    "limit_new_capacity_share": "region vintage sub_group super_group operator share",
    "limit_annual_capacity_factor": "region tech_or_group vintage output_comm operator factor",
    "limit_seasonal_capacity_factor": "region season tech_or_group operator factor",
    "limit_tech_input_split": "region period input_comm tech operator proportion",
    "limit_tech_output_split": "region period tech output_comm operator proportion",
    "limit_tech_input_split_annual": "region period input_comm tech operator proportion",
    "limit_tech_output_split_annual": "region period tech output_comm operator proportion",
    "limit_growth_capacity": KEYS["growth"], "limit_degrowth_capacity": KEYS["growth"],
    "limit_growth_new_capacity": KEYS["growth"], "limit_degrowth_new_capacity": KEYS["growth"],
    "tech_group": "group_name", "tech_group_member": "group_name tech",
    "linked_tech": "primary_region primary_tech emis_comm driven_tech",
    "planning_reserve_margin": "region margin",
    "capacity_credit": "region period tech vintage credit",
    "reserve_capacity_derate": "region season tech vintage factor",
    "rps_requirement": "region period tech_group requirement",
    "end_of_life_output": "region tech vintage output_comm value",
    "emission_end_of_life": "region emis_comm tech vintage value",
    "efficiency_variable": "region season tod input_comm tech vintage output_comm efficiency",
    "limit_growth_new_capacity_delta": KEYS["growth"],
    "limit_degrowth_new_capacity_delta": KEYS["growth"],
    "time_season_sequential": "seas_seq season segment_fraction",
    "ramp_up_hourly": "region tech rate", "ramp_down_hourly": "region tech rate",
}  # fmt: skip
IN_ORDER = ("time_season", "time_of_day", "time_season_sequential")
PERIODS, VINTAGES, REGIONS = (2020, 2025), (2010, 2020, 2025), ("A", "B")
Tables = dict[str, list[tuple[Any, ...]]]


def technology(name: str, flag: str = "p", **has: int) -> tuple[Any, ...]:
    names = ("unlim_cap", "annual", "reserve", "retire", "flex", "seas_stor", "exchange")
    return (name, flag, *(has.get(n, 0) for n in names), "all")


def base() -> Tables:
    """Gas, oil, sun and a store make power, fuels and heat in two regions."""
    tables: Tables = {name: [] for name in COLUMNS}
    tables |= {
        "metadata": [("DB_MAJOR", 4), ("DB_MINOR", 0)],
        "metadata_real": [("global_discount_rate", 0.05), ("default_loan_rate", 0.08)],
        "region": [("A",), ("B",)],
        "time_period": [(2000, "e"), (2010, "e"), (2020, "f"), (2025, "f"), (2035, "f")],
        "time_season": [("summer", 0.4), ("winter", 0.6)],
        "time_of_day": [("day", 14.0), ("night", 10.0)],
        "commodity": [
            ("ground", "s"),
            ("GAS", "p"),
            ("OIL", "p"),
            ("ELC", "p"),
            ("DSL", "p"),
            ("GSL", "p"),
            ("HEAT", "d"),
            ("TRIPS", "d"),
            ("co2", "e"),
        ],
        "technology": [
            technology("well", unlim_cap=1),
            technology("pump", unlim_cap=1),
            technology("plant", reserve=1),
            technology("sun", reserve=1),
            technology("store", "ps", reserve=1),
            technology("refinery"),
            technology("heater"),
            technology("boiler"),
            technology("car"),
            technology("imports", unlim_cap=1),
        ],
        "storage_duration": [("A", "store", 6.0)],
    }
    tables["cost_emission"] = [(r, p, "co2", 4.0) for r in REGIONS for p in PERIODS]
    for r in REGIONS:
        tables["efficiency"] += [(r, "ground", "well", 2010, "GAS", 1.0),
                                 (r, "ground", "pump", 2010, "OIL", 1.0),
                                 (r, "ground", "imports", 2010, "DSL", 1.0)]  # fmt: skip
        tables["lifetime_tech"] += [(r, t, 100.0) for t in ("well", "pump", "imports")]
        tables["lifetime_tech"] += [(r, "plant", 13.0), (r, "sun", 20.0), (r, "store", 12.0),
                                    (r, "refinery", 30.0), (r, "heater", 15.0),
                                    (r, "boiler", 7.0), (r, "car", 12.0)]  # fmt: skip
        tables["capacity_to_activity"] += [(r, t, 31.536) for t in ("plant", "sun", "store")]
        tables["existing_capacity"] += [(r, "plant", 2010, 2.0), (r, "heater", 2010, 9.0)]
        for v in VINTAGES:
            tables["efficiency"] += [(r, "GAS", "plant", v, "ELC", 0.4 + (v - 2010) / 100),
                                     (r, "ELC", "heater", v, "HEAT", 0.95),
                                     (r, "GAS", "boiler", v, "HEAT", 0.8),
                                     (r, "ground", "sun", v, "ELC", 1.0),
                                     (r, "ELC", "store", v, "ELC", 0.85),
                                     (r, "OIL", "refinery", v, "DSL", 0.9),
                                     (r, "OIL", "refinery", v, "GSL", 0.95),
                                     (r, "DSL", "car", v, "TRIPS", 0.3),
                                     (r, "GSL", "car", v, "TRIPS", 0.25)]  # fmt: skip
            tables["emission_activity"] += [
                (r, "co2", "GAS", "plant", v, "ELC", 0.1),
                (r, "co2", "GAS", "boiler", v, "HEAT", 0.07),
            ]
        for v in PERIODS:
            tables["cost_invest"] += [(r, "plant", v, 6.0), (r, "sun", v, 75.0 - 5 * (v - 2020)),
                                      (r, "store", v, 4.0), (r, "refinery", v, 0.3),
                                      (r, "heater", v, 0.5), (r, "boiler", v, 0.4),
                                      (r, "car", v, 1.0)]  # fmt: skip
        for p in PERIODS:
            tables["cost_variable"] += [(r, p, "well", 2010, 1.0 + (r == "B")),
                                        (r, p, "pump", 2010, 1.5),
                                        (r, p, "imports", 2010, 2.5)]  # fmt: skip
            for v in VINTAGES:
                if v <= p:
                    tables["cost_fixed"] += [(r, p, "plant", v, 0.4), (r, p, "sun", v, 0.1)]
                    tables["cost_variable"] += [(r, p, "store", v, 0.01)]
            tables["demand"] += [(r, p, "HEAT", 30.0 + 10 * (p == 2025)), (r, p, "TRIPS", 6.0)]
            tables["demand_specific_distribution"] += [
                (r, p, "summer", "day", "HEAT", 0.1), (r, p, "winter", "day", "HEAT", 0.5),
                (r, p, "winter", "night", "HEAT", 0.4),
            ]  # fmt: skip
        tables["capacity_factor_tech"] += [
            (r, s, d, "sun", x) for s, d, x in (("summer", "day", 0.6), ("summer", "night", 0.0),
                                                ("winter", "day", 0.3), ("winter", "night", 0.0))
        ]  # fmt: skip
    return tables


def write(tables: Tables, path: Path) -> Path:
    """Write a database."""
    with sqlite3.connect(path) as connection:
        for name, columns in COLUMNS.items():
            named = columns.split()
            extra = " , sequence" if name in IN_ORDER else ""
            connection.execute(f"CREATE TABLE {name} ({', '.join(named)}{extra})")
            for number, row in enumerate(tables.get(name, [])):
                cells = (*row, number) if extra else row
                marks = ", ".join("?" * len(cells))
                connection.execute(f"INSERT INTO {name} VALUES ({marks})", cells)
    connection.close()
    return path
