"""What a scenario lays over the tables: drivers, limits, prices, changes, options, knowledge."""

from pathlib import Path

import pandas as pd
import pytest

from carbonpath.errors import InputError
from carbonpath.inputs import content_hash, load_tables
from carbonpath.inputs.frames import origins
from carbonpath.inputs.tables import Tables
from carbonpath.scenario import read_scenario
from tests.inputs.good import GOOD, written

DIFFERENT = ("limits", "parameters", "stock", "drivers", "prices")


def tables(folder: Path, addition: str = "") -> Tables:
    """Return the resolved tables of the good scenario with some lines added."""
    name = "scenarios/good.yaml"
    return load_tables(read_scenario(written(folder, {**GOOD, name: GOOD[name] + addition})))


def rows(data: pd.DataFrame, **where: object) -> pd.DataFrame:
    """Return the rows whose cells equal the wanted ones, with their origin."""
    for column, cell in where.items():
        data = data[data[column] == cell]
    return data.assign(origin=origins(data))


def test_set_writes_value_and_unit_and_keeps_the_origin(tmp_path: Path) -> None:
    data = tables(tmp_path, """\
changes:
  - table: parameters
    where: {technology: wind_farm, parameter: investment_cost, period: 2030}
    set: 7 1e3 CNY_2020/kW
    because: tender
""")["parameters"]  # fmt: skip
    row = rows(data, technology="wind_farm", parameter="investment_cost", period=2030).iloc[0]
    assert row["value"] == 7
    assert row["amount"] == pytest.approx(7.0)
    assert (row["note"], row["source"], row["quality"]) == ("tender", "assumption", "assumed")
    assert row["origin"] == ("scenarios/good.yaml:8 (was sectors/energy/parameters.csv line 12)")


def test_scale_takes_globs_and_ranges_of_years(tmp_path: Path) -> None:
    data = tables(tmp_path, """\
changes:
  - {table: parameters, where: {technology: "w*", parameter: investment_cost, period: 2025..2060},
     scale: 50 %}
""")["parameters"]  # fmt: skip
    wind = rows(data, technology="wind_farm", parameter="investment_cost")
    assert dict(zip(wind["period"], wind["value"], strict=True)) == {2020: 8000.0, 2030: 3000.0}


def test_drop_and_add_change_rows(tmp_path: Path) -> None:
    found = tables(tmp_path, """\
changes:
  - {table: limits, where: {id: wind_share}, drop: true}
  - {table: stock, add: {technology: wind_farm, vintage: 2015, value: 1.5, unit: GW,
                         source: book, quality: official}}
""")  # fmt: skip
    assert "wind_share" not in found.names("limits", "id")
    row = rows(found["stock"], technology="wind_farm").iloc[0]
    assert (row["amount"], row["folder"], row["origin"]) == (1.5, "energy", "scenarios/good.yaml:9")


def test_set_may_name_columns(tmp_path: Path) -> None:
    data = tables(tmp_path, """\
changes:
  - {table: limits, where: {id: coal_cap}, set: {mode: track, value: 25}}
""")["limits"]  # fmt: skip
    row = rows(data, id="coal_cap").iloc[0]
    assert (row["mode"], row["amount"]) == ("track", 25)


def test_limits_are_merged_by_id(tmp_path: Path) -> None:
    data = tables(tmp_path, """\
limits:
  - {id: wind_share, mode: hard, value: {2025: 10 %, 2030: 30 %}, between: linear}
  - {id: coal_cap, remove: true}
  - {id: intensity, mode: soft, price: 900 CNY/tce}
  - {id: new, quantity: output, where: {technology: [coal_*, wind_farm], commodity: electricity},
     sense: ">=", value: 1 TWh}
""")["limits"]  # fmt: skip
    assert sorted(set(data["id"])) == ["intensity", "new", "wind_share"]
    share = rows(data, id="wind_share")
    assert share["amount"].tolist() == pytest.approx([0.1, 0.3])
    assert share["of"].tolist() == ["output", "output"]
    intensity = rows(data, id="intensity").iloc[0]
    assert intensity["price_amount"] == pytest.approx(0.9)
    assert intensity["origin"] == "scenarios/good.yaml:10 (was sectors/energy/limits.csv line 4)"
    new = rows(data, id="new").iloc[0]
    assert (new["technology"], new["amount"], new["mode"]) == ("coal_*|wind_farm", 3.6, "hard")


def test_a_technology_may_be_added(tmp_path: Path) -> None:
    found = tables(tmp_path, """\
changes:
  - {table: technologies, add: {technology: candle, sector: use, role: end_use, time_level: slice,
                                activity_unit: PJ}}
  - {table: flows, add: {technology: candle, commodity: light, value: 1, unit: PJ/PJ,
                         source: book, quality: derived}}
""")  # fmt: skip
    assert found.technology["candle"]["folder"] == "use"
    assert rows(found["flows"], technology="candle").iloc[0]["folder"] == "use"


def test_drivers_are_replaced_from_their_first_year_on(tmp_path: Path) -> None:
    data = tables(tmp_path, """\
drivers:
  gdp: {unit: 1e8 CNY_2020, 2025: 1100, 2030: 1300, between: linear}
  gdp_services: {scale: 1.2}
""")["drivers"]  # fmt: skip
    gdp = rows(data, driver="gdp")
    assert dict(zip(gdp["period"], gdp["value"], strict=True)) == {
        2020: 1000,
        2025: 1100,
        2030: 1300,
    }
    assert set(gdp["between"]) == {"linear"}
    assert rows(data, driver="gdp_services")["value"].tolist() == [60.0]


def test_prices_are_merged_by_id(tmp_path: Path) -> None:
    data = tables(tmp_path, """\
prices:
  - {id: ets, value: {2025: 80 CNY/t, 2030: 150 CNY/t}, between: linear}
  - {id: levy, of: co2, value: 10 CNY/t}
""")["prices"]  # fmt: skip
    assert rows(data, id="ets")["amount"].tolist() == pytest.approx([0.08, 0.15])
    assert rows(data, id="levy")["amount"].tolist() == pytest.approx([0.01])


def test_an_option_replaces_the_rows_of_its_series(tmp_path: Path) -> None:
    for innovation, cost in (("reference", 6000), ("fast", 5000), ("slow", 6000)):
        data = tables(tmp_path, f"innovation: {innovation}\n")["parameters"]
        wind = rows(data, technology="wind_farm", parameter="investment_cost")
        assert wind["value"].tolist() == [8000, cost]


def test_knowledge_drops_what_was_not_known(tmp_path: Path) -> None:
    assert len(rows(tables(tmp_path)["drivers"], driver="gdp")) == 2
    assert len(rows(tables(tmp_path, "knowledge: 2018\n")["drivers"], driver="gdp")) == 1
    assert len(rows(tables(tmp_path, "knowledge: 2019\n")["drivers"], driver="gdp")) == 2


FAULTS = [
    ("{table: stock, where: {technology: coal_plant}, set: lots}",
     "'lots' is no amount; write a number and a unit, e.g. '30 %'"),
    ("{table: regions, where: {region: here}, set: 3 GW}",
     "table 'regions' has no values; write 'set: {column: cell}'"),
    ("{table: regions, where: {region: here}, scale: 2}",
     "table 'regions' has no values to scale; use 'set'"),
    ("{table: stock, where: {technology: coal_plant}, set: {valu: 3}}",
     "no column is called 'valu'; did you mean 'value'?"),
    ("{table: stock, where: {technology: coal_plant}, set: {value: [3]}}",
     "value: '[3]' is no cell; write a text or a number"),
    ("{table: stock, add: {technolgy: x}}",
     "no column is called 'technolgy'; did you mean 'technology'?"),
    ("{table: technologies, add: {technology: x, sector: uses}}",
     "no sector is called 'uses'; did you mean 'use'?"),
    ("{table: parameters, where: {period: 20x0}, scale: 2}",
     "period: '20x0' is no year; write four digits, e.g. 2030"),
    ("{table: stock, where: {technology: {a: 1}}, scale: 2}",
     "technology: \"{'a': 1}\" is no text; write a name or a pattern such as coal_*"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "sentence"), FAULTS)
def test_a_change_that_cannot_be_made_is_told(change: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as fault:
        tables(tmp_path, f"changes:\n  - {change}\n")
    assert fault.value.problems == [f"scenarios/good.yaml:8: {sentence}"]


def test_the_hash_sees_values_and_not_their_order_or_notes(tmp_path: Path) -> None:
    name = "inputs/small/sectors/energy/parameters.csv"
    head, *lines = GOOD[name].splitlines(keepends=True)
    shuffled = {**GOOD, name: head + "".join(reversed(lines))}
    other = {**GOOD, name: GOOD[name].replace("40,yr", "41,yr")}
    renamed = {**GOOD, name: GOOD[name].replace("40,yr,book", "40,yr,assumption")}
    hashes = [
        content_hash(load_tables(read_scenario(written(tmp_path / str(i), files))))
        for i, files in enumerate((GOOD, shuffled, renamed, other))
    ]
    assert hashes[0] == hashes[1] == hashes[2] != hashes[3]
