"""Every part of the Temoa formulation that is imported agrees with the formulation written out.

Each case adds rows to one small database of two regions; a few change flags of a technology.
"""

from pathlib import Path
from typing import Any

import pytest

from carbonpath.inputs.foreign.folder import UNSUPPORTED
from carbonpath.inputs.foreign.temoa.convert import import_temoa
from carbonpath.inputs.load import load
from tests.reference.published_temoa import Temoa
from tests.reference.small_temoa import PERIODS, REGIONS, VINTAGES, Tables, base, technology, write
from tests.systems import Run


def each(*tail: Any, regions: Any = REGIONS, periods: Any = PERIODS) -> list[tuple[Any, ...]]:
    return [(r, p, *tail) for r in regions for p in periods]


CASES: dict[str, dict[str, Any]] = {
    "plain": {},
    "price of emissions": {"cost_emission": each("co2", 20.0)},
    "limits on emissions": {"limit_emission": [("A", 2025, "co2", "le", 2.0),
                                               ("global", 2020, "co2", "le", 4.0)]},
    "limits on activity": {"limit_activity": [("A", 2020, "boiler", "le", 5.0),
                                              ("A+B", 2025, "sun", "ge", 20.0)]},
    "limits on capacity": {"limit_capacity": [("A", 2025, "sun", "ge", 2.0),
                                              ("global", 2020, "boiler", "le", 30.0)]},
    "limits on what is built": {"limit_new_capacity": [("B", 2020, "sun", "ge", 1.0),
                                                       ("A", 2025, "boiler", "le", 3.0)]},
    "resource": {"limit_resource": [("A", "well", "le", 60.0)]},
    "groups": {"tech_group": [("green",), ("power",)],
               "tech_group_member": [("green", "sun"), ("power", "sun"), ("power", "plant")],
               "limit_activity_share": each("green", "power", "ge", 0.4),
               "limit_capacity_share": [("global", 2025, "green", "power", "ge", 0.6)],
               "limit_new_capacity_share": [("A", 2020, "heater", "boiler", "ge", 0.3)]},
    "capacity factors": {"limit_annual_capacity_factor":
                         [(r, "plant", 2020, "ELC", "le", 0.3) for r in REGIONS],
                         "limit_seasonal_capacity_factor": [("A", "winter", "boiler", "le", 0.5)]},
    "capacity factor of a vintage": {"capacity_factor_process":
                                     [("B", "winter", "day", "sun", 2025, 0.5)]},
    "input split": {"limit_tech_input_split": each("GSL", "car", "ge", 0.4)},
    "input split of the year": {"limit_tech_input_split_annual": each("GSL", "car", "ge", 0.4)},
    "output split": {"limit_tech_output_split": each("refinery", "GSL", "ge", 0.2),
                     "limit_activity": each("refinery", "ge", 9.0)},
    "output split of the year": {"limit_tech_output_split_annual":
                                 each("refinery", "GSL", "ge", 0.3)},
    "growth": {"limit_growth_capacity": [("A", "boiler", "le", 0.2, 9.0)],
               "limit_growth_new_capacity": [("B", "boiler", "le", 0.1, 5.0)],
               "limit_degrowth_capacity": [("A", "plant", "le", 0.1, 0.2)],
               "limit_degrowth_new_capacity": [("A", "sun", "le", 0.0, 0.1)]},
    "storage at work": {"limit_capacity": each("store", "ge", 1.0),
                        "limit_activity": each("sun", "ge", 25.0),
                        "cost_emission": each("co2", 50.0)},
    "storage level": {"limit_storage_level_fraction": [("A", "winter", "day", "store", "e", 0.5)],
                      "limit_capacity": each("store", "ge", 1.0, regions=("A",))},
    "seasonal storage": {"technology": [technology("store", "ps", seas_stor=1)],
                         "limit_capacity": each("store", "ge", 4.0),
                         "limit_activity": each("sun", "ge", 25.0)},
    "loans": {"loan_rate": [("B", "sun", 2025, 0.06), ("A", "boiler", 2020, 0.0)],
              "loan_lifetime_process": [("B", "sun", 2025, 8.0), ("A", "boiler", 2020, 5.0)]},
    "process lifetimes": {"lifetime_process": [("B", "sun", 2020, 7.0),
                                               ("B", "plant", 2010, 12.0)]},
    "survival": {"lifetime_survival_curve": [
        ("A", 2020, "sun", 2020, 1.0), ("A", 2030, "sun", 2020, 0.6),
        ("A", 2036, "sun", 2020, 0.0), ("A", 2010, "plant", 2010, 1.0),
        ("A", 2026, "plant", 2010, 0.0)],
        "lifetime_process": [("A", "plant", 2010, 16.0), ("A", "sun", 2020, 16.0)],
        "limit_activity": each("sun", "ge", 9.0)},
    "survival of what is built later": {
        "lifetime_survival_curve": [
            ("A", 2025, "sun", 2025, 1.0), ("A", 2035, "sun", 2025, 0.5),
            ("A", 2041, "sun", 2025, 0.0)],
        "lifetime_process": [("A", "sun", 2025, 16.0)], "limit_activity": each("sun", "ge", 9.0)},
    "early retirement": {"technology": [technology("plant", retire=1)],
                         "lifetime_process": [("A", "plant", 2010, 18.0)],
                         "limit_capacity": [("A", 2020, "plant", "le", 1.0)]},
    "baseload": {"technology": [technology("plant", "pb")],
                 "limit_activity": each("plant", "ge", 9.0)},
    "annual": {"technology": [technology("sun", annual=1), technology("heater", annual=1)]},
    "flex": {"technology": [technology("refinery", flex=1)],
             "limit_tech_output_split": each("refinery", "DSL", "ge", 0.6),
             "limit_tech_input_split": each("GSL", "car", "ge", 0.5)},
    "waste": {"commodity": [("DSL", "wp")],
              "limit_tech_output_split": each("refinery", "DSL", "ge", 0.6),
              "limit_tech_input_split": each("GSL", "car", "ge", 0.5)},
    "annual commodity": {"commodity": [("ELC", "a"), ("DSL", "wa")]},
    "building": {"construction_input": [(r, "ELC", "sun", v, 0.5) for r in REGIONS
                                        for v in PERIODS],
                 "emission_embodied": [("A", "co2", "sun", 2020, 3.0)],
                 "limit_activity": each("sun", "ge", 9.0),
                 "cost_emission": each("co2", 1.0)},
    "exchange": {"technology": [technology("line", exchange=1, reserve=1)],
                 "efficiency": [(r, "ELC", "line", v, "ELC", 0.9) for r in ("A-B", "B-A")
                                for v in (2010, 2020)],
                 "existing_capacity": [(r, "line", 2010, 0.2) for r in ("A-B", "B-A")],
                 "capacity_to_activity": [(r, "line", 31.536) for r in ("A-B", "B-A")],
                 "cost_invest": [("A-B", "line", 2020, 1.0), ("B-A", "line", 2020, 1.0)],
                 "planning_reserve_margin": [("A", 0.2)],
                 "capacity_credit": [("A", p, t, v, 0.9) for p in PERIODS for v in VINTAGES
                                     for t in ("plant", "store")],
                 "limit_activity": each("heater", "ge", 20.0)},
    "reserve margin": {"planning_reserve_margin": [("A", 0.3), ("B", 0.1)],
                       "capacity_credit": [(r, p, t, v, c) for r in REGIONS for p in PERIODS
                                           for v in VINTAGES
                                           for t, c in (("plant", 0.9), ("sun", 0.1))],
                       "limit_activity": each("heater", "ge", 20.0)},
    "linked": {"commodity": [("CARBON", "p"), ("taken", "e"), ("SYN", "p")],
               "technology": [technology("capture", unlim_cap=1), technology("use")],
               "efficiency": [("A", "ground", "capture", v, "CARBON", 1.0) for v in VINTAGES]
               + [("A", "CARBON", "use", v, "GAS", 2.0) for v in VINTAGES],
               "emission_activity": [("A", "taken", "GAS", "plant", v, "ELC", -0.09)
                                     for v in VINTAGES],
               "linked_tech": [("A", "plant", "taken", "capture")],
               "lifetime_tech": [("A", "capture", 13.0)],
               "limit_activity": each("plant", "ge", 9.0)},
    "two ways to one demand": {"efficiency": [(r, "GAS", "heater", v, "HEAT", 0.7)
                                              for r in REGIONS for v in VINTAGES]},
    "no discounting": {"metadata_real": [("global_discount_rate", 0.0)]},
}  # fmt: skip
FACTORS = {"summer": (0.9, 1.1), "winter": (1.0, 0.8)}
"""Efficiency against its usual value, by day and by night."""


def varying(*pair: Any, regions: Any = REGIONS) -> list[tuple[Any, ...]]:
    """Rows of efficiency_variable for all vintages of a technology; the newest varies less."""
    return [
        (r, s, d, pair[0], pair[1], v, pair[2], x if v < 2025 else (1 + x) / 2)
        for r in regions for v in VINTAGES for s, factors in FACTORS.items()
        for d, x in zip(("day", "night"), factors, strict=True)
    ]  # fmt: skip


FIRM = [(r, s, t, v, x) for r in REGIONS for v in VINTAGES for s in ("summer", "winter")
        for t, x in (("plant", 0.8 + (s == "winter") / 10), ("store", 0.5 + (s == "winter") / 4),
                     ("sun", 0.9))]  # fmt: skip
YEAR = [("one", "winter", 0.2), ("two", "summer", 0.15), ("three", "winter", 0.4),
        ("four", "summer", 0.25)]  # fmt: skip
HALVES = [("summer", 0.5), ("winter", 0.5)]
SEASONS = {"technology": [technology("store", "ps", seas_stor=1)],
           "limit_capacity": each("store", "ge", 4.0), "limit_activity": each("sun", "ge", 25.0),
           "storage_duration": [(r, "store", 400.0) for r in REGIONS]}  # fmt: skip
RAMPS = {"ramp_up_hourly": [(r, "plant", 0.02) for r in REGIONS],
         "ramp_down_hourly": [("A", "plant", 0.01)],
         "limit_activity": each("plant", "ge", 9.0)}  # fmt: skip
LINE = {"technology": [technology("line", exchange=1, reserve=1)],
        "efficiency": [(r, "ELC", "line", v, "ELC", 0.9) for r in ("A-B", "B-A")
                       for v in (2010, 2020)],
        "existing_capacity": [(r, "line", 2010, 0.2) for r in ("A-B", "B-A")],
        "capacity_to_activity": [(r, "line", 31.536) for r in ("A-B", "B-A")],
        "cost_invest": [("A-B", "line", 2020, 1.0), ("B-A", "line", 2020, 1.0)],
        "planning_reserve_margin": [("A", 0.2), ("B", 0.1)],
        "limit_activity": each("heater", "ge", 20.0)}  # fmt: skip
CREDITS = [(r, p, t, v, c + (v == 2020) / 20) for r in REGIONS for p in PERIODS for v in VINTAGES
           for t, c in (("plant", 0.9), ("sun", 0.1))]  # fmt: skip
DYNAMIC = {"reserve_margin": "dynamic"}
MORE: dict[str, dict[str, Any]] = {
    "end of life": {
        "end_of_life_output": [("A", "plant", 2010, "OIL", 2.0), ("A", "heater", 2010, "OIL", 1.0),
                               ("B", "boiler", 2020, "DSL", 0.5), ("A", "sun", 2025, "OIL", 9.0)],
        "emission_end_of_life": [("A", "co2", "plant", 2010, 3.0), ("B", "co2", "car", 2020, 0.1),
                                 ("B", "co2", "heater", 2010, 0.5)],
        "limit_emission": [("B", 2025, "co2", "le", 2.0)]},
    "end of life of what is gone when the horizon begins": {
        "efficiency": [("A", "GAS", "plant", 2000, "ELC", 0.3)],
        "existing_capacity": [("A", "plant", 2000, 1.5)],
        "lifetime_process": [("A", "plant", 2000, 20.0)],
        "end_of_life_output": [("A", "plant", 2000, "OIL", 2.0)],
        "emission_end_of_life": [("A", "co2", "plant", 2000, 1.0)]},
    "end of life of a technology that is gone": {
        "technology": [technology("mill")],
        "efficiency": [("A", "GAS", "mill", 2010, "ELC", 0.3)],
        "existing_capacity": [("A", "mill", 2010, 1.5)], "lifetime_tech": [("A", "mill", 10.0)],
        "end_of_life_output": [("A", "mill", 2010, "OIL", 2.0)]},
    "end of life by a survival curve": {
        "lifetime_survival_curve": [
            ("A", 2020, "sun", 2020, 1.0), ("A", 2030, "sun", 2020, 0.6),
            ("A", 2036, "sun", 2020, 0.0), ("A", 2010, "plant", 2010, 1.0),
            ("A", 2026, "plant", 2010, 0.0)],
        "lifetime_process": [("A", "plant", 2010, 16.0), ("A", "sun", 2020, 16.0)],
        "end_of_life_output": [("A", "plant", 2010, "OIL", 2.0), ("A", "sun", 2020, "OIL", 0.3)],
        "emission_end_of_life": [("A", "co2", "sun", 2020, 0.1)],
        "limit_activity": each("sun", "ge", 9.0)},
    "end of life when closed early": {
        "technology": [technology("plant", retire=1)],
        "lifetime_process": [("A", "plant", 2010, 18.0), ("B", "plant", 2010, 30.0)],
        "end_of_life_output": [(r, "plant", 2010, "OIL", 20.0) for r in REGIONS],
        "limit_capacity": [("A", 2020, "plant", "le", 1.0)]},
    "end of life of what nothing takes there": {
        "commodity": [("SCRAP", "p")], "technology": [technology("smelter", unlim_cap=1)],
        "efficiency": [("A", "SCRAP", "smelter", 2010, "OIL", 0.9)],
        "lifetime_tech": [("A", "smelter", 12.0)],
        "end_of_life_output": [(r, t, 2010, "SCRAP", 2.0) for r in REGIONS
                               for t in ("plant", "heater")]},
    "change of what is built": {
        "limit_growth_new_capacity_delta": [("B", "boiler", "le", 0.2, 2.0)],
        "limit_degrowth_new_capacity_delta": [("A", "sun", "le", 0.5, 0.3)],
        "existing_capacity": [("B", "boiler", 2010, 1.0), ("B", "boiler", 2000, 0.4)],
        "limit_new_capacity": [("A", 2020, "sun", "ge", 1.0)]},
    "decline that is less than nothing": {
        "limit_degrowth_capacity": [("A", "boiler", "le", -1.0, 8.0)],
        "limit_degrowth_new_capacity": [("B", "boiler", "le", -1.5, 4.0)]},
    "efficiency by time slice": {"efficiency_variable": varying("GAS", "plant", "ELC")
                                 + varying("ELC", "heater", "HEAT"),
                                 "limit_activity": each("plant", "ge", 9.0)},
    "efficiency of a store by time slice": {"efficiency_variable": varying("ELC", "store", "ELC"),
                                            "limit_capacity": each("store", "ge", 1.0),
                                            "limit_activity": each("sun", "ge", 25.0),
                                            "cost_emission": each("co2", 50.0)},
    "efficiency by time slice, shares of inputs": {
        "efficiency_variable": varying("GSL", "car", "TRIPS"),
        "limit_tech_input_split": [("A", 2020, "GSL", "car", "ge", 0.4)],
        "limit_tech_input_split_annual": [("B", 2025, "GSL", "car", "ge", 0.4)]},
    "efficiency by time slice of what runs by the year": {
        "technology": [technology("heater", annual=1), technology("plant", annual=1)],
        "efficiency_variable": varying("ELC", "heater", "HEAT") + varying("GAS", "plant", "ELC"),
        "limit_activity": each("plant", "ge", 9.0)},
    "efficiency by time slice of what may be thrown away": {
        "technology": [technology("refinery", flex=1)],
        "efficiency_variable": varying("OIL", "refinery", "DSL"),
        "limit_tech_output_split": each("refinery", "DSL", "ge", 0.6),
        "limit_tech_input_split": each("GSL", "car", "ge", 0.5)},
    "renewables": {"tech_group": [("green",)], "tech_group_member": [("green", "sun")],
                   "rps_requirement": [("A", 2020, "green", 0.9), ("B", 2025, "green", 0.95)]},
    "credit of a vintage": {"planning_reserve_margin": [("A", 0.3), ("B", 0.1)],
                            "capacity_credit": CREDITS,
                            "limit_activity": each("heater", "ge", 20.0)},
    "credit of a line": {**LINE, "capacity_credit": CREDITS + [
        (r, p, "line", v, 0.5) for r in ("A-B", "B-A") for p in PERIODS for v in (2010, 2020)]},
    "dynamic margin": {"config": DYNAMIC, "planning_reserve_margin": [("A", 0.3), ("B", 0.1)],
                       "reserve_capacity_derate": FIRM,
                       "limit_activity": each("heater", "ge", 20.0)},
    "dynamic margin of a line": {"config": DYNAMIC, **LINE, "reserve_capacity_derate": FIRM},
    "storage vintages apart": {"efficiency": [(r, "ELC", "store", 2025, "ELC", 0.95)
                                              for r in REGIONS],
                               "limit_new_capacity": [(r, p, "store", "ge", 0.5) for r in REGIONS
                                                      for p in PERIODS],
                               "lifetime_tech": [(r, "store", 25.0) for r in REGIONS],
                               "limit_storage_level_fraction":
                                   [("A", "winter", "day", "store", "e", 0.5)],
                               "limit_activity": each("sun", "ge", 25.0)},
    "ramps": RAMPS,
    "ramps from season to season": {
        **RAMPS, "config": {"time_sequencing": "representative_periods"},
        "time_season_sequential": YEAR},
    "consecutive days": {**RAMPS, "config": {"time_sequencing": "consecutive_days"},
                         "time_season": HALVES, "limit_capacity": each("store", "ge", 1.0),
                         "limit_activity": each("sun", "ge", 25.0),
                         "limit_storage_level_fraction":
                             [("A", "winter", "day", "store", "e", 0.5)]},
    "consecutive days, seasonal storage": {
        **SEASONS, "config": {"time_sequencing": "consecutive_days"}, "time_season": HALVES},
    "sequential seasons": {**SEASONS, "time_season_sequential": YEAR},
    "sequential seasons, level": {
        **SEASONS, "config": {"time_sequencing": "representative_periods"},
        "time_season_sequential": YEAR,
        "limit_storage_level_fraction": [("A", "three", "day", "store", "e", 0.05)]},
}  # fmt: skip
CASES |= MORE
REPLACED = {"commodity": 1, "technology": 1, "metadata_real": 1, "cost_emission": 3,
            "efficiency": 5, "lifetime_tech": 2, "time_season": 1, "storage_duration": 2,
            "limit_activity": 4}  # fmt: skip
"""Tables in which a row takes the place of one with the same first cells."""


def changed(changes: dict[str, Any]) -> Tables:
    tables = base()
    for name, rows in changes.items():
        if name == "config":
            continue
        width = REPLACED.get(name, 99)
        kept = [row for row in tables[name] if row[:width] not in [new[:width] for new in rows]]
        tables[name] = kept + rows
    return tables


def published(case: str) -> float:
    """The optimum of the formulation written out."""
    settings = CASES[case].get("config", {})
    return Temoa(
        changed(CASES[case]), settings.get("time_sequencing", "seasonal_timeslices"),
        settings.get("reserve_margin", "static"),
    ).objective()  # fmt: skip


def configured(case: str, folder: Path) -> Path | None:
    """The configuration file of a case, if it has one."""
    settings = CASES[case].get("config")
    if settings is None:
        return None
    path = folder / "config.toml"
    path.write_text("".join(f'{name} = "{value}"\n' for name, value in settings.items()))
    return path


@pytest.mark.parametrize("case", CASES)
def test_an_import_agrees_with_the_formulation(case: str, tmp_path: Path) -> None:
    scenario = tmp_path / "scenarios" / "case.yaml"
    told = import_temoa(
        write(changed(CASES[case]), tmp_path / "a.sqlite"), tmp_path / "inputs" / "case", scenario,
        configured(case, tmp_path),
    )  # fmt: skip
    assert not [entry for entry in told if entry.status == UNSUPPORTED]
    assert Run(load(scenario)).cost == pytest.approx(published(case), rel=1e-7)


def test_every_case_matters() -> None:
    """No case costs what the plain one does: what it adds is felt."""
    costs = {case: published(case) for case in CASES}
    same = [c for c, cost in costs.items() if c != "plain" and abs(cost - costs["plain"]) < 1e-9]
    assert same == []
