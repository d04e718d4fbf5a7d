"""Every part of the OSeMOSYS formulation on a small system, against the formulation written out.

Two plants and a fuel supply, two slices, three years; each case adds one part and must change the
optimum of the plain system, so that a part that is lost does not go unnoticed.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from carbonpath.export.osemosys import files
from carbonpath.export.osemosys_view import View
from carbonpath.inputs.foreign.osemosys.convert import converted
from carbonpath.inputs.foreign.osemosys.read import read_osemosys
from tests.reference.small import dataset, published, run

SETS = {
    "YEAR": "2020 2021 2022", "REGION": "A", "TIMESLICE": "day night", "FUEL": "coal power",
    "TECHNOLOGY": "mine plant wind", "MODE_OF_OPERATION": "1 2", "EMISSION": "CO2",
}  # fmt: skip
GIVEN: dict[str, dict[Any, float]] = {
    "YearSplit": {"day *": 0.6, "night *": 0.4},
    "OutputActivityRatio": {"* mine coal 1 *": 1, "* plant power 1 *": 1, "* wind power 1 *": 1},
    "InputActivityRatio": {"* plant coal 1 *": 2.5},
    "EmissionActivityRatio": {"* mine CO2 1 *": 0.1},
    "SpecifiedAnnualDemand": {"* power *": 20, "* power 2021": 22, "* power 2022": 25},
    "SpecifiedDemandProfile": {"* power day *": 0.7, "* power night *": 0.3},
    "CapitalCost": {"* plant *": 40, "* wind *": 30, "* wind 2022": 25},
    "FixedCost": {"* plant *": 1, "* wind *": 0.5},
    "VariableCost": {"* mine 1 *": 1.2},
    "CapacityFactor": {"* wind day *": 0.25, "* wind night *": 0.4},
    "AvailabilityFactor": {"* plant *": 0.9},
    "CapacityToActivityUnit": {"* plant": 31.536, "* wind": 31.536},
    "OperationalLife": {"* plant": 30, "* wind": 2, "* mine": 1},
    "ResidualCapacity": {"* plant 2020": 0.5, "* plant 2021": 0.3},
}
STORE = {
    "TECHNOLOGY": "mine plant wind pump", "STORAGE": "lake", "SEASON": "1 2", "DAYTYPE": "1 2",
    "DAILYTIMEBRACKET": "1 2",
    "TIMESLICE": "a b c d e f g h",
}  # fmt: skip
PLACES = [(s, d, h) for s in "12" for d in "12" for h in "12"]
SLICES = dict(zip("abcdefgh", PLACES, strict=True))
PUMPED: dict[str, dict[Any, float]] = {
    "YearSplit": {f"{s} *": 0.5 * (5 / 7 if d == "1" else 2 / 7) * (0.4 if h == "1" else 0.6)
                  for s, (_, d, h) in SLICES.items()},
    "Conversionls": {f"{s} {place[0]}": 1 for s, place in SLICES.items()},
    "Conversionld": {f"{s} {place[1]}": 1 for s, place in SLICES.items()},
    "Conversionlh": {f"{s} {place[2]}": 1 for s, place in SLICES.items()},
    "DaysInDayType": {"* 1 *": 5, "* 2 *": 2},
    "DaySplit": {"1 *": 0.4 / 365, "2 *": 0.6 / 365},
    "SpecifiedDemandProfile": {f"* power {s} *": 0.125 for s in "abcdefgh"},
    "CapacityFactor": {f"* wind {s} *": f for s, f in
                       zip("abcdefgh", (.05, .5, .1, .6, .3, .3, .2, .4), strict=True)},
    "InputActivityRatio": {"* plant coal 1 *": 2.5, "* pump power 1 *": 1.25},
    "OutputActivityRatio": {"* mine coal 1 *": 1, "* plant power 1 *": 1, "* wind power 1 *": 1,
                            "* pump power 2 *": 1},
    "TechnologyToStorage": {"* pump lake 1": 1}, "TechnologyFromStorage": {"* pump lake 2": 1},
    "StorageLevelStart": {"* lake": 0.02}, "MinStorageCharge": {"* lake *": 0.1},
    "CapitalCostStorage": {"* lake *": 1.5}, "ResidualStorageCapacity": {"* lake *": 0.05},
    "CapitalCost": {"* plant *": 40, "* wind *": 20, "* pump *": 0.2},
    "OperationalLife": {"* plant": 30, "* wind": 20, "* pump": 40, "* mine": 1},
    "VariableCost": {"* mine 1 *": 2.0},
}  # fmt: skip
CASES: dict[str, tuple[dict[str, str], dict[str, dict[Any, float]]]] = {
    "plain": ({}, {}),
    "straight line": ({}, {"DepreciationMethod": {"A": 2}}),
    "no discounting but nearly": ({}, {"DiscountRate": {"A": 1e-6}}),
    "own rate": ({}, {"DiscountRateIdv": {"A plant": 0.12}}),
    "accumulated demand": ({}, {"AccumulatedAnnualDemand": {"A coal *": 7}}),
    "both demands": ({}, {"AccumulatedAnnualDemand": {"A power *": 24}}),
    "largest capacity": ({}, {"TotalAnnualMaxCapacity": {"A plant 2021": 0.35}}),
    "smallest capacity": ({}, {"TotalAnnualMinCapacity": {"A wind *": 2}}),
    "largest addition": ({}, {"TotalAnnualMaxCapacityInvestment": {"A plant 2021": 0.1}}),
    "smallest addition": ({}, {"TotalAnnualMinCapacityInvestment": {"A wind 2021": 0.3}}),
    "largest activity": ({}, {"TotalTechnologyAnnualActivityUpperLimit": {"A plant 2021": 5}}),
    "smallest activity": ({}, {"TotalTechnologyAnnualActivityLowerLimit": {"A wind *": 14}}),
    "activity of the horizon": (
        {}, {"TotalTechnologyModelPeriodActivityUpperLimit": {"A plant": 10}}
    ),
    "least activity of the horizon": (
        {"MODE_OF_OPERATION": "1"},
        {"TotalTechnologyModelPeriodActivityLowerLimit": {"A plant": 25}},
    ),
    "emission penalty": ({}, {"EmissionsPenalty": {"A CO2 *": 60}}),
    "emission limit": (
        {}, {"AnnualEmissionLimit": {"A CO2 *": 2.2}, "AnnualExogenousEmission": {"A CO2 2021": 1}}
    ),
    "emissions of the horizon": (
        {}, {"ModelPeriodEmissionLimit": {"A CO2": 5}, "ModelPeriodExogenousEmission": {"A CO2": 2}}
    ),
    "both accounts of exogenous emissions": (
        {}, {"AnnualEmissionLimit": {"A CO2 *": 5.2}, "ModelPeriodEmissionLimit": {"A CO2": 9},
             "AnnualExogenousEmission": {"A CO2 2021": 1, "A CO2 2022": 3.5},
             "ModelPeriodExogenousEmission": {"A CO2": 6}, "EmissionsPenalty": {"A CO2 *": 3}},
    ),
    "exogenous emissions of years and a limit of the horizon": (
        {}, {"ModelPeriodEmissionLimit": {"A CO2": 4}, "AnnualExogenousEmission": {"A CO2 *": 9}}
    ),
    "exogenous emissions of the horizon and limits of years": (
        {}, {"AnnualEmissionLimit": {"A CO2 *": 2.2}, "ModelPeriodExogenousEmission": {"A CO2": 9}}
    ),
    "reserve margin": (
        {}, {"ReserveMargin": {"A *": 1.3}, "ReserveMarginTagFuel": {"A power *": 1},
             "ReserveMarginTagTechnology": {"A plant *": 1, "A wind *": 0.2}},
    ),
    "renewable target": (
        {}, {"REMinProductionTarget": {"A 2021": 0.7, "A 2022": 0.5}, "RETagFuel": {"A power *": 1},
             "RETagTechnology": {"A wind *": 1}},
    ),
    "units": ({}, {"CapacityOfOneTechnologyUnit": {"A plant *": 0.35, "A wind 2022": 0.25}}),
    "slices that differ by year": (
        {}, {"YearSplit": {"day *": 0.6, "night *": 0.4, "day 2022": 0.5, "night 2022": 0.5}}
    ),
    "capacity factor above one": ({}, {"CapacityFactor": {"A wind day *": 1.25}}),
    "years apart": ({"YEAR": "2020 2025 2030"}, {"OperationalLife": {"A plant": 7, "A wind": 5}}),
    "store": (STORE, PUMPED),
    "store, dear and slow": (
        STORE, {**PUMPED, "StorageMaxChargeRate": {"A lake": 2},
                "DiscountRateStorage": {"A lake": 0.1},
                "StorageMaxDischargeRate": {"A lake": 3}, "OperationalLifeStorage": {"A lake": 2}},
    ),
}  # fmt: skip
TWO = {"REGION": "A B", "TECHNOLOGY": "mine plant wind"}
ROUTED = {"TradeRoute": {"A B power *": 1, "B A power *": 1},
          "VariableCost": {"A mine 1 *": 1.2, "B mine 1 *": 4}}  # fmt: skip
CASES |= {
    "two regions": (TWO, {"VariableCost": ROUTED["VariableCost"]}),
    "trade": (TWO, ROUTED),
    "trade with losses": (TWO, {**ROUTED, "TradeRoute": {"A B power *": 1, "B A power *": 0.9}}),
    "regions of different rates": (
        TWO, {**ROUTED, "DiscountRate": {"A": 0.05, "B": 0.1}, "DepreciationMethod": {"B": 2},
              "FixedCost": {"A plant *": 1, "B plant *": 2}},
    ),
    "regions of different lives": (
        TWO, {**ROUTED, "OperationalLife": {"A plant": 30, "B plant": 2, "* wind": 2, "* mine": 1},
              "AnnualEmissionLimit": {"A CO2 *": 9}, "ReserveMargin": {"B *": 1.2},
              "ReserveMarginTagFuel": {"B power *": 1}, "EmissionsPenalty": {"B CO2 *": 3},
              "ReserveMarginTagTechnology": {"* plant *": 1}, "RETagFuel": {"* power *": 1},
              "REMinProductionTarget": {"A 2022": 0.1}, "RETagTechnology": {"* wind *": 1}},
    ),
}  # fmt: skip


def data_of(name: str) -> Any:
    sets, given = CASES[name]
    merged = {**GIVEN, **{k: {**GIVEN.get(k, {}), **v} for k, v in given.items()}}
    if sets is STORE:
        merged |= given
    for old, new in zip(SETS["YEAR"].split(), sets.get("YEAR", SETS["YEAR"]).split(), strict=True):
        merged = {
            parameter: {key.replace(old, new): value for key, value in rows.items()}
            for parameter, rows in merged.items()
        }
    return dataset({**SETS, **sets}, merged)


@pytest.mark.parametrize("name", CASES)
def test_an_import_has_the_published_optimum(name: str, tmp_path: Path) -> None:
    data = data_of(name)
    wanted = published(data)
    assert run(data, tmp_path).cost == pytest.approx(wanted, rel=1e-6)
    if name not in ("plain", "two regions"):
        assert wanted != pytest.approx(published(data_of("plain")), rel=1e-6)


def test_reports_hold_exogenous_emissions_and_limits_their_own_bound(tmp_path: Path) -> None:
    """1 in 2021 and 3.5 in 2022, 6 over the horizon: 1.5 more, 0.5 in each year.

    Reported emissions hold all of it, and the limit of the horizon is the 9 of the data; the limit
    of a year is the 5.2 of the data and counts what the year was given.
    """
    run_ = run(data_of("both accounts of exogenous emissions"), tmp_path)
    outside = {y: run_.value("emissions", y, technology="exogenous_CO2") for y in (2021, 2022)}
    assert outside == pytest.approx({2021: 1.0, 2022: 3.5})
    rest = "exogenous_CO2_of_horizon"
    assert run_.value("emissions", 2020, technology=rest) == pytest.approx(0.5)
    total = sum(run_.value("emissions", y) for y in (2020, 2021, 2022))
    data = run_.results.dataset
    row = (data["limit_id"] == "total-CO2").values.nonzero()[0][0]
    assert float(data["limit_bound"][row]) == 9.0
    assert float(data["limit_value"][row]) == pytest.approx(total)
    assert run_.limit("limit-CO2", 2022)["bound"] == 5.2
    mine = run_.value("emissions", 2022) - 0.5
    assert run_.limit("limit-CO2", 2022)["value"] == pytest.approx(mine)


@pytest.mark.parametrize(
    ("tags", "status", "words"),
    [
        ({"* plant": 1, "* wind": 1}, "imported", "every technology is bound"),
        ({"* plant": 1}, "approximated", "wind untagged: bound in every time slice"),
    ],
)
def test_the_tag_of_older_versions_is_told_by_what_it_changes(tags, status, words) -> None:
    """Mines cost nothing to own, so that only wind matters among the untagged."""
    data = dataset(SETS, {**GIVEN, "TechWithCapacityNeededToMeetPeakTS": tags})
    told = converted(data, "case", "A case").told
    found = [t for t in told if t.name == "TechWithCapacityNeededToMeetPeakTS"]
    assert [t.status for t in found] == [status]
    assert words in found[0].how


@pytest.mark.parametrize("name", CASES)
def test_there_and_back_keeps_the_optimum(name: str, tmp_path: Path) -> None:
    """Imported, written as otoole CSV files, and imported again."""
    first = run(data_of(name), tmp_path / "first")
    found = files(View(first.built.system))
    assert found.lost == []
    folder = tmp_path / "otoole"
    folder.mkdir()
    for file, text in found.texts.items():
        (folder / file).write_text(text)
    again = run(read_osemosys(folder), tmp_path / "again")
    assert again.cost == pytest.approx(first.cost, rel=1e-6)


def test_what_is_written_is_what_otoole_reads(tmp_path: Path) -> None:
    """Every index is a set, and names over 31 characters have a short one of their own."""
    found = files(View(run(data_of("store"), tmp_path).built.system))
    entries = yaml.safe_load(found.texts["config.yaml"])
    sets = {name for name, entry in entries.items() if entry["type"] == "set"}
    short = [entry.get("short_name", name) for name, entry in entries.items()]
    assert {f"{name}.csv" for name in entries} | {"config.yaml"} == set(found.texts)
    assert all(set(entry.get("indices", ())) <= sets for entry in entries.values())
    assert max(map(len, short)) <= 31
    assert len(set(short)) == len(short)
    assert found.texts["TradeRoute.csv"].startswith("REGION,_REGION,FUEL,YEAR,VALUE")
    assert found.texts["_REGION.csv"] == found.texts["REGION.csv"]
    assert entries["YEAR"]["dtype"] == "int"
    assert entries["TECHNOLOGY"]["dtype"] == "str"
