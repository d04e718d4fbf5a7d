"""Less usual ways to say things, each with its number."""

from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from carbonpath.errors import ScenarioError
from carbonpath.inputs import examine, load
from carbonpath.scenario import examine_scenario, read_scenario
from carbonpath.system.system import ALL_PERIODS, EnergySystem, Limit
from tests.inputs.good import ENERGY, GOOD, USE, examined, written

SCENARIO, PARAMETERS = "scenarios/good.yaml", f"{ENERGY}/parameters.csv"


def values(system: EnergySystem, name: str, **where: str) -> list[float]:
    """Return the values of a parameter at some labels."""
    given = system.parameters[name]
    table = system.decode(given.dims, given.keys).assign(value=given.values)
    for dimension, label in where.items():
        table = table[table[dimension] == label]
    return [float(found) for found in table["value"]]


def limits(folder: Path, text: str) -> Mapping[str, Limit]:
    """Return the limits of the good scenario with some of its own."""
    files = {**GOOD, SCENARIO: GOOD[SCENARIO] + text}
    return {limit.id: limit for limit in load(written(folder, files)).limits}


def test_slices_may_be_given_outright(tmp_path: Path) -> None:
    """Two slices, half the year each: wind 0.2 and 0.3, scaled to a mean of 0.25."""
    files = {
        **GOOD,
        "inputs/small/time_slices.csv": "time_slice,season,day,order,share,repeats\n"
                                        "night,s,typical,2,0.5,365\nday,s,typical,1,0.5,365\n",
        "inputs/small/slice_values.csv": "profile,time_slice,value\nload_flat,night,1\n"
                                         "load_flat,day,3\nwind,night,0.3\nwind,day,0.2\n",
    }  # fmt: skip
    system = load(written(tmp_path, files))
    assert system.labels["s"] == ("annual", "s", "day", "night")
    assert [node.hours for node in system.time.at("slice")] == [12, 12]
    wind = values(system, "capacity_factor", technology="wind_farm", period="2020")
    assert wind == pytest.approx([0.2, 0.3])
    assert values(system, "placement", technology="heat_pump") == pytest.approx([0.75, 0.25])
    assert values(system, "demand", commodity="light", period="2020") == pytest.approx([2.7, 0.9])
    assert "peak_factor" not in system.parameters


def test_a_peak_factor_may_be_given(tmp_path: Path) -> None:
    """It holds as it is, in every situation, and is not scaled."""
    head = GOOD[PARAMETERS].replace("parameter,mode,", "parameter,commodity,")
    head = head.replace("variable_cost,discharge,", "variable_cost,,")
    row = "heat_pump,peak_factor,electricity,,,,,0.05,GW/PJ,book,derived\n"
    system = load(written(tmp_path, {**GOOD, PARAMETERS: head + row}))
    assert values(system, "peak_factor", technology="heat_pump") == [0.05]


def test_a_technology_may_have_a_capacity_factor_without_a_profile(tmp_path: Path) -> None:
    row = "coal_plant,capacity_factor,,,,,,90,%,book,derived\n"
    system = load(written(tmp_path, {**GOOD, PARAMETERS: GOOD[PARAMETERS] + row}))
    factors = values(system, "capacity_factor", technology="coal_plant", period="2020")
    assert factors == [0.9] * 16


def test_a_yearly_technology_has_the_mean_of_its_profile(tmp_path: Path) -> None:
    technologies, profiles = f"{ENERGY}/technologies.csv", f"{ENERGY}/profiles.csv"
    files = {
        **GOOD,
        technologies: GOOD[technologies].replace("wind,wind,slice", "wind,wind,annual"),
        profiles: GOOD[profiles] + "wind_farm,,shape,wind,,book,derived\n",
    }
    system = load(written(tmp_path, files))
    assert values(system, "capacity_factor", technology="wind_farm") == pytest.approx([0.25] * 3)


def test_history_of_use_scales_the_peak(tmp_path: Path) -> None:
    """11.88 PJ of electricity in 2020 load 2 GW."""
    history = f"{USE}/history.csv"
    text = GOOD[history].replace(
        "output,heat_pump,warmth,10,TWh", "use,heat_pump,electricity,3.3,TWh"
    )
    text += "lamps,2020,output,lamp,light,1,TWh,book,official\n"
    system = load(written(tmp_path, {**GOOD, history: text}))
    assert values(system, "peak_factor", technology="heat_pump") == pytest.approx([2 / 11.88])


def test_a_limit_may_be_per_driver(tmp_path: Path) -> None:
    """0.5 tce per 1e4 CNY of 100 bn in 2020, 141.42 bn in 2025, 200 bn in 2030: 5 to 10 Mtce."""
    limit = limits(tmp_path, """\
limits:
  - {id: x, quantity: energy_total, per: gdp, sense: "<=", value: 0.5 tce/1e4 CNY_2020}
""")["x"]  # fmt: skip
    assert limit.values == pytest.approx({"2020": 5.0, "2025": 5 * 2**0.5, "2030": 10.0})
    assert limit.of == ""


def test_a_limit_on_growth_per_driver_is_yearly(tmp_path: Path) -> None:
    """GDP grows by 2^(1/10) a year; so does the bound on energy at constant intensity."""
    limit = limits(tmp_path, """\
limits:
  - {id: x, quantity: energy_total, of: energy_total, lag: 1, per: gdp, sense: "<=", value: 0.98}
""")["x"]  # fmt: skip
    assert limit.lag == 1
    assert limit.values["2030"] == pytest.approx(0.98 * 2**0.1)


def test_a_limit_may_hold_for_the_sum_over_all_years(tmp_path: Path) -> None:
    limit = limits(tmp_path, """\
limits:
  - {id: x, quantity: emissions, where: {commodity: co2, sector: use}, each: [technology],
     sense: "<=", value: 900 Mt, between: total}
""")["x"]  # fmt: skip
    assert limit.values == {ALL_PERIODS: 900}
    assert (limit.each, limit.where["sector"]) == (("technology",), ("use",))


def test_a_limit_whose_years_lie_beyond_the_horizon_does_not_hold(tmp_path: Path) -> None:
    found = limits(tmp_path, """\
limits:
  - {id: x, quantity: feedstock_use, sense: "<=", value: {2050: 9 PJ}}
""")  # fmt: skip
    assert "x" not in found


def test_history_outside_the_horizon_is_left_out(tmp_path: Path) -> None:
    files = {
        **GOOD,
        f"{USE}/history.csv": GOOD[f"{USE}/history.csv"].replace("2020,output", "2019,output"),
    }
    assert "warmth_2020" not in {limit.id for limit in load(written(tmp_path, files)).limits}


def test_groups_and_sectors_select(tmp_path: Path) -> None:
    found = limits(tmp_path, """\
limits:
  - {id: x, quantity: total_capacity, where: {group: "wi*"}, sense: ">=", value: 1 GW}
  - {id: y, quantity: use, where: {sector: use, commodity: coal}, sense: "<=", value: 9 Mtce}
""")  # fmt: skip
    assert found["y"].values["2020"] == pytest.approx(9 * 29.3076)
    sentence = "nothing is called 'sun'; check the spelling"
    text = (
        "limits: [{id: z, quantity: total_capacity, where: {group: sun}, sense: <=, value: 1 GW}]\n"
    )
    files = {**GOOD, SCENARIO: GOOD[SCENARIO] + text}
    assert sentence in examined(tmp_path / "z", files).errors[0]


def test_drivers_may_be_scaled_by_year(tmp_path: Path) -> None:
    files = {**GOOD, SCENARIO: GOOD[SCENARIO] + "drivers: {gdp: {scale: {2030: 110 %}}}\n"}
    table = load(written(tmp_path, files)).tables["drivers"].query("driver == 'gdp'")
    assert table["value"].tolist() == pytest.approx([100, 100 * 2.2**0.5, 220])


def test_values_may_stand_in_a_block(tmp_path: Path) -> None:
    both = "drivers: {gdp: {unit: 1e8 CNY_2020, values: {2020: 1000, 2030: 3000}}}\n"
    files = {**GOOD, SCENARIO: GOOD[SCENARIO] + both}
    table = load(written(tmp_path, files)).tables["drivers"].query("driver == 'gdp'")
    assert table["value"].tolist() == pytest.approx([100, 100 * 3**0.5, 300])
    text = "limits: [{id: a, value: {unit: Mt, values: {2030: 3}, 2040: 3}}]\n"
    files = {**GOOD, SCENARIO: GOOD[SCENARIO] + text}
    assert examined(tmp_path, files).errors == (
        "scenarios/good.yaml:7:25: give years either beside 'unit' or inside 'values', not both",
    )


def test_a_workbook_with_dates_and_truths_is_told(tmp_path: Path) -> None:
    import datetime

    written(tmp_path)
    (tmp_path / ENERGY / "stock.csv").unlink()
    book = openpyxl.Workbook()
    book.active.title = "stock"
    for row in (["technology", "vintage", "value", "unit", "source", "quality"],
                ["coal_plant", 2010, datetime.date(2021, 1, 3), "GW", "book", "official"],
                ["wind_farm", 2010, True, "GW", "book", "official"]):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / ENERGY / "stock.xlsx")
    first, second = examined(tmp_path, {}).errors
    assert "row 2, column 'value': 'date 2021-01-03T00:00:00' is not a number" in first
    assert "row 3, column 'value': 'TRUE' is not a number" in second


def test_a_workbook_that_unpacks_to_a_bomb_is_not_opened(tmp_path: Path) -> None:
    written(tmp_path)
    with ZipFile(tmp_path / ENERGY / "more.xlsx", "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"0" * 2_000_000)
    (sentence,) = examined(tmp_path, {}).errors
    assert "unpacks to a suspicious size" in sentence
    with ZipFile(tmp_path / ENERGY / "more.xlsx", "w") as archive:
        archive.writestr("x", b"0")
    (sentence,) = examined(tmp_path, {}).errors
    assert "not readable as a workbook" in sentence


def test_a_missing_description_is_told(tmp_path: Path) -> None:
    path = written(tmp_path)
    (tmp_path / "inputs/small/dataset.yaml").unlink()
    assert examine(path).errors == ("dataset.yaml: the file is missing; see docs/tables.md",)


@pytest.mark.parametrize("name", ["a b.yaml", "a.yml", "x" * 41 + ".yaml"])
def test_a_scenario_has_a_plain_name(name: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="is no name of a scenario"):
        read_scenario(tmp_path / "scenarios" / name)


def test_a_scenario_holds_keys_and_values(tmp_path: Path) -> None:
    path = written(tmp_path, {"scenarios/good.yaml": "- 1\n- 2\n"})
    _, problems = examine_scenario(path)
    assert problems == ["scenarios/good.yaml:1:1: the file must hold keys and values"]
    path = written(
        tmp_path, {"scenarios/good.yaml": GOOD[SCENARIO] + "changes: [{table: a, add: {b: [1]}}]"}
    )
    _, problems = examine_scenario(path)
    assert problems == [
        "scenarios/good.yaml:7:31: '[1]' is no cell of a table; write a text or a number"
    ]
