"""Slips in OSeMOSYS data: each gives one exact sentence, exit code 3, and nothing is written."""

from pathlib import Path

import pytest

from carbonpath.errors import InputError
from carbonpath.inputs.foreign.osemosys.read import import_osemosys

GOOD = """\
set YEAR := 2020 2021; set REGION := A; set TIMESLICE := day night; set FUEL := coal power;
set TECHNOLOGY := mine plant; set MODE_OF_OPERATION := 1; set EMISSION := CO2; set STORAGE := ;
param YearSplit default 0.5 := ;
param DiscountRate default 0.05 := ;
param DepreciationMethod default 1 := ;
param OutputActivityRatio default 0 := [A,*,*,1,2020] mine coal 1 plant power 1
  [A,*,*,1,2021] mine coal 1 plant power 1 ;
param InputActivityRatio default 0 := A plant coal 1 2020 2  A plant coal 1 2021 2 ;
param SpecifiedAnnualDemand default 0 := [A,*,*]: 2020 2021 := power 10 12 ;
param SpecifiedDemandProfile default 0 := [A,power,*,*]: 2020 2021 := day .6 .6 night .4 .4 ;
param CapitalCost default 10 := ;
param OperationalLife default 20 := ;
param CapacityToActivityUnit default 31.536 := ;
param CapacityFactor default 1 := ;
param TotalAnnualMaxCapacity default -1 := ;
"""
SLIPS: dict[str, tuple[str, str]] = {
    "demand without a producer": (
        "param AccumulatedAnnualDemand default 0 := A heat 2021 3; set FUEL := coal power heat;",
        "fuel heat in 2021: AccumulatedAnnualDemand is 3 but no technology has an "
        "OutputActivityRatio for it (A)",
    ),
    "least above most addition": (
        "param TotalAnnualMinCapacityInvestment default 0 := A plant 2021 .3;"
        "param TotalAnnualMaxCapacityInvestment default 99999 := A plant 2021 .2;",
        "technology plant in 2021: TotalAnnualMinCapacityInvestment 0.3 is above "
        "TotalAnnualMaxCapacityInvestment 0.2; no addition fulfils both (A)",
    ),
    "least above most capacity": (
        "param TotalAnnualMinCapacity default 0 := A plant 2020 2;"
        "param TotalAnnualMaxCapacity default -1 := A plant 2020 1;",
        "technology plant in 2020: TotalAnnualMinCapacity 2 is above TotalAnnualMaxCapacity 1; "
        "no capacity fulfils both (A)",
    ),
    "least above most activity of the horizon": (
        "param TotalTechnologyModelPeriodActivityLowerLimit default 0 := A plant 30;"
        "param TotalTechnologyModelPeriodActivityUpperLimit default -1 := A plant 25;",
        "technology plant: TotalTechnologyModelPeriodActivityLowerLimit 30 is above "
        "TotalTechnologyModelPeriodActivityUpperLimit 25 (A)",
    ),
    "activity of the horizon above that of its years": (
        "param TotalTechnologyModelPeriodActivityLowerLimit default 0 := A plant 30;"
        "param TotalTechnologyAnnualActivityUpperLimit default 14 := ;",
        "technology plant: TotalTechnologyModelPeriodActivityLowerLimit 30 is above what "
        "TotalTechnologyAnnualActivityUpperLimit adds up to over all years, 28 (A)",
    ),
    "activity of the horizon below that of its years": (
        "param TotalTechnologyModelPeriodActivityLowerLimit default 0 := A plant 5;"
        "param TotalTechnologyAnnualActivityLowerLimit default 0 := A plant 2020 4 A plant 2021 4;",
        "technology plant: TotalTechnologyModelPeriodActivityLowerLimit 5 is below what "
        "TotalTechnologyAnnualActivityLowerLimit adds up to over all years, 8 (A)",
    ),
    "residual capacity and least addition above the largest": (
        "param ResidualCapacity default 0 := A plant 2021 3;"
        "param TotalAnnualMinCapacityInvestment default 0 := A plant 2021 2;"
        "param TotalAnnualMaxCapacity default -1 := A plant 2021 4;",
        "technology plant in 2021: ResidualCapacity 3 and TotalAnnualMinCapacityInvestment 2 are "
        "together above TotalAnnualMaxCapacity 4 (A)",
    ),
    "residual capacity above the largest": (
        "param ResidualCapacity default 0 := A plant 2021 5;"
        "param TotalAnnualMaxCapacity default -1 := A plant 2021 4;",
        "technology plant in 2021: ResidualCapacity 5 is above TotalAnnualMaxCapacity 4 (A)",
    ),
    "least capacity out of reach": (
        "param TotalAnnualMinCapacity default 0 := A plant 2021 5;"
        "param TotalAnnualMaxCapacityInvestment default 2 := ;",
        "technology plant in 2021: TotalAnnualMinCapacity 5 is above the 4 that ResidualCapacity "
        "and TotalAnnualMaxCapacityInvestment allow (A)",
    ),
    "activity beyond the largest capacity": (
        "param TotalTechnologyAnnualActivityLowerLimit default 0 := A plant 2020 40;"
        "param TotalAnnualMaxCapacity default -1 := A plant 2020 1;",
        "technology plant in 2020: TotalTechnologyAnnualActivityLowerLimit 40 is above the 31.536 "
        "that TotalAnnualMaxCapacity 1 can do (A)",
    ),
    "profile not one": (
        "param SpecifiedDemandProfile default 0 := [A,power,*,*]: 2020 2021 := day .6 .6 "
        "night .4 .2 ;",
        "SpecifiedDemandProfile of power in 2021 does not sum to 1: the time slices add up to 0.8 "
        "(A)",
    ),
    "slices not one": (
        "param YearSplit default .5 := day 2021 .7 ;",
        "YearSplit of 2021 does not sum to 1: the time slices add up to 1.2",
    ),
    "demand in a slice without time": (
        "param YearSplit default 0 := day 2020 1 day 2021 .5 night 2021 .5 ;",
        "fuel power in 2020: SpecifiedDemandProfile of night is 0.4 but its YearSplit is 0 (A)",
    ),
    "unknown technology": (
        "param FixedCost default 0 := A plnt 2020 1 ;",
        "FixedCost: 'plnt' is not in the set TECHNOLOGY",
    ),
    "unknown mode": (
        "param VariableCost default 0 := A plant 2 2020 1 ;",
        "VariableCost: '2' is not in the set MODE_OF_OPERATION",
    ),
    "negative cost": (
        "param FixedCost default 0 := A plant 2021 -1 ;",
        "FixedCost of A, plant, 2021 is -1; it cannot be below zero",
    ),
    "negative limit": (
        "param TotalTechnologyAnnualActivityUpperLimit default -1 := A plant 2021 -5 ;",
        "TotalTechnologyAnnualActivityUpperLimit of A, plant, 2021 is -5; below zero only -1 is "
        "meant: no limit",
    ),
    "no life": (
        "param OperationalLife default 20 := A plant 0 ;",
        "OperationalLife of A, plant is 0; it lasts a year at least",
    ),
    "unknown depreciation": (
        "param DepreciationMethod default 1 := A 3 ;",
        "DepreciationMethod of A is 3; 1 is the sinking fund and 2 the straight line",
    ),
    "exogenous emission above the limit": (
        "param AnnualExogenousEmission default 0 := A CO2 2021 3 ;"
        "param AnnualEmissionLimit default -1 := A CO2 2021 2 ;",
        "emission CO2 in 2021: AnnualExogenousEmission 3 is above AnnualEmissionLimit 2 (A)",
    ),
    "exogenous emission above the limit of the horizon": (
        "param ModelPeriodExogenousEmission default 0 := A CO2 9 ;"
        "param ModelPeriodEmissionLimit default -1 := A CO2 8 ;",
        "emission CO2: ModelPeriodExogenousEmission 9 is above ModelPeriodEmissionLimit 8 (A)",
    ),
    "margin without capacity": (
        "param ReserveMargin default 0 := A 2020 1.2 ;"
        "param ReserveMarginTagFuel default 0 := A power 2020 1 ;",
        "ReserveMargin in 2020 is 1.2 but no technology has a ReserveMarginTagTechnology (A)",
    ),
    "target without technology": (
        "param REMinProductionTarget default 0 := A 2021 .3 ;"
        "param RETagFuel default 0 := A power 2021 1 ;",
        "REMinProductionTarget in 2021 is 0.3 but no technology has a RETagTechnology (A)",
    ),
    "route one way": (
        "set REGION := A B; param TradeRoute default 0 := A B power 2020 1 ;",
        "TradeRoute of power in 2020: A to B is 1 but B to A is 0; a route is given both ways",
    ),
    "season that is not 0 or 1": (
        "set SEASON := 1; param Conversionls default 0 := day 1 .5 ;",
        "Conversionls of day, 1 is 0.5; it is 0 or 1",
    ),
    "season without a number": (
        "set STORAGE := lake; set SEASON := winter ;",
        "set SEASON: 'winter' is not a whole number; the levels of stores follow their order",
    ),
    "store kept more than full": (
        "set STORAGE := lake; param MinStorageCharge default 0 := A lake 2020 1.2 ;",
        "MinStorageCharge of A, lake, 2020 is 1.2; it is a share from 0 to 1",
    ),
    "empty set": ("set TECHNOLOGY := ;", "set TECHNOLOGY is empty; give it members"),
    "no year": ("set YEAR := 2020 21st ;", "set YEAR: '21st' is no year from 1900 to 2200"),
}
LINES: dict[str, tuple[str, str]] = {
    "given twice": (
        "param FixedCost default 0 := A plant 2020 1  A plant 2020 2 ;",
        "FixedCost of A, plant, 2020 is given already in line 15",
    ),
    "undeclared parameter": (
        "param FixCost default 0 := A plant 2020 1 ;",
        "parameter FixCost is not one of the published formulation; did you mean FixedCost?",
    ),
    "undeclared set": (
        "set FUELS := coal ;",
        "set FUELS is not one of the published formulation; did you mean FUEL?",
    ),
    "member twice": ("set FUEL := coal power coal ;", "set FUEL holds coal 2 times"),
    "no number": (
        "param FixedCost default 0 := A plant 2020 l.5 ;",
        "FixedCost of A, plant, 2020 is 'l.5', which is not a number",
    ),
    "too few labels": (
        "param FixedCost default 0 := A plant 1 ;",
        "FixedCost: a datum needs 3 labels and a value",
    ),
    "short row": (
        "param FixedCost default 0 := [A,*,*]: 2020 2021 := plant 1 ;",
        "FixedCost: row of 2 columns is incomplete",
    ),
    "wrong slice": (
        "param FixedCost default 0 := [A,*]: 2020 2021 := plant 1 2 ;",
        "FixedCost has 3 dimensions, not 2",
    ),
    "a model": ("var x >= 0 ;", "statement 'var' is not OSeMOSYS data"),
}


def slipped(slip: str, tmp_path: Path) -> list[str]:
    """Return what an import says of the good data with a slip after them."""
    names = [part.split()[1] for part in slip.split(";") if part.strip().startswith("set")]
    kept = [part for part in GOOD.replace("\n  ", " ").split(";")
            if not any(part.split()[:2] == ["set", name] for name in names)]  # fmt: skip
    given = [part.split()[1] for part in slip.split(";") if part.strip().startswith("param")]
    kept = [part for part in kept
            if not any(part.split()[:2] == ["param", name] for name in given)]  # fmt: skip
    file = tmp_path / "data.txt"
    file.write_text(";".join(kept) + slip)
    with pytest.raises(InputError) as refused:
        import_osemosys(file, tmp_path / "inputs" / "data", tmp_path / "scenarios" / "data.yaml")
    assert refused.value.exit_code == 3
    assert [path.name for path in tmp_path.iterdir()] == ["data.txt"]
    return list(refused.value.problems)


def test_the_good_data_are_imported(tmp_path: Path) -> None:
    file = tmp_path / "data.txt"
    file.write_text(GOOD)
    told = import_osemosys(file, tmp_path / "inputs" / "data", tmp_path / "data.yaml")
    assert {entry.status for entry in told} == {"imported"}


@pytest.mark.parametrize("name", SLIPS)
def test_data_that_cannot_be(name: str, tmp_path: Path) -> None:
    slip, sentence = SLIPS[name]
    assert slipped(slip, tmp_path) == [f"data.txt: {sentence}"]


@pytest.mark.parametrize("name", LINES)
def test_a_file_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    slip, sentence = LINES[name]
    found = slipped(slip, tmp_path)
    assert [text.split(": ", 1)[1] for text in found] == [sentence]
    assert found[0].startswith("data.txt line ")


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    slips = ["undeclared parameter", "member twice"]
    text = "".join(LINES[name][0] for name in slips) + SLIPS["no life"][0]
    text += SLIPS["slices not one"][0]
    assert len(slipped(text, tmp_path)) == 4


def test_the_folder_says_what_became_of_the_data(tmp_path: Path) -> None:
    """What is imported with a remark stands before what is imported as it is."""
    file = tmp_path / "data.txt"
    file.write_text(GOOD + "param VariableCost default 0 := A plant 1 2020 -2 ;")
    import_osemosys(file, tmp_path / "inputs" / "data", tmp_path / "data.yaml")
    page = (tmp_path / "inputs" / "data" / "import.md").read_text()
    assert "| `SpecifiedAnnualDemand` | demands.csv by time_slice |" in page
    remark = "| `VariableCost` | below zero for plant: earnings count in full"
    assert page.index("## Taken with a remark") < page.index(remark)
    assert page.index(remark) < page.index("## Imported as it is")
    assert "carbonpath run scenarios/data.yaml" in page


def test_comments_in_a_chinese_encoding_are_read(tmp_path: Path) -> None:
    """GBK, as spreadsheets and editors on Chinese systems write it."""
    file = tmp_path / "data.txt"
    file.write_bytes(f"# 电力系统数据\n{GOOD}end;\n".encode("gbk"))
    told = import_osemosys(file, tmp_path / "inputs" / "data", tmp_path / "data.yaml")
    assert {entry.status for entry in told} == {"imported"}


def test_a_default_other_than_zero_holds_everywhere(tmp_path: Path) -> None:
    """Every technology emits in every mode and year, although no value is given."""
    file = tmp_path / "data.txt"
    file.write_text(
        f"{GOOD} param EmissionActivityRatio default 0.5 := ; param EmissionsPenalty default 2 := ;"
    )
    import_osemosys(file, tmp_path / "inputs" / "data", tmp_path / "data.yaml")
    folder = tmp_path / "inputs" / "data"
    flows = (folder / "sectors" / "imported" / "flows.csv").read_text()
    assert "mine,1,CO2,0.5,Mt/PJ" in flows
    assert "plant,1,CO2,0.5,Mt/PJ" in flows
    assert "penalty-CO2" in (folder / "prices.csv").read_text()
