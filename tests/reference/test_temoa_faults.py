"""Databases that are wrong, odd or bare: every fault at once in their words, never a crash."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from carbonpath.cli.entry import exit_code
from carbonpath.errors import InputError
from carbonpath.inputs.foreign.folder import UNSUPPORTED
from carbonpath.inputs.foreign.temoa.convert import import_temoa
from carbonpath.inputs.load import load
from tests.reference.small_temoa import COLUMNS, Tables, base, technology, write
from tests.systems import Run


def solved(tables: Tables, folder: Path) -> float:
    scenario = folder / "scenarios" / "case.yaml"
    told = import_temoa(write(tables, folder / "x.sqlite"), folder / "inputs" / "case", scenario)
    assert not [entry for entry in told if entry.status == UNSUPPORTED]
    return Run(load(scenario)).cost


def refused(path: Path, folder: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        import_temoa(path, folder / "inputs" / "case", folder / "scenarios" / "case.yaml")
    return caught.value.problems


WRONG: dict[str, tuple[str, tuple[Any, ...], str]] = {
    "unknown technology": (
        "cost_invest", ("A", "plent", 2020, 1.0),
        "cost_invest: row 29: tech 'plent' is not in technology; did you mean 'plant'?"),
    "unknown region": (
        "demand", ("C", 2020, "HEAT", 1.0),
        "demand: row 9: region 'C': 'C' is not in region; write one of A, B"),
    "pair of regions that nothing joins": (
        "limit_capacity", ("A-B", 2020, "plant", "le", 1.0),
        "limit_capacity: row 1: region 'A-B': nothing goes from A to B in efficiency"),
    "group with an unknown region": (
        "limit_activity", ("A+X", 2020, "plant", "le", 1.0),
        "limit_activity: row 1: region 'A+X': 'X' is not in region; write one of A, B"),
    "unknown group": (
        "limit_activity_share", ("A", 2020, "greens", "plant", "le", 0.5),
        "limit_activity_share: row 1: sub_group 'greens' is not in technology or tech_group; write "
        "one of well"),
    "operator": (
        "limit_resource", ("A", "well", "<=", 1.0),
        "limit_resource: row 1: operator '<=' is not known; write one of le, ge, e"),
    "text for a number": (
        "cost_emission", ("A", 2000, "co2", "dear"),
        "cost_emission: row 5: cost is 'dear'; write a number"),
    "nothing for a number": (
        "limit_emission", ("A", 2020, "co2", "le", None),
        "limit_emission: row 1: value is empty; fill it or delete the row"),
    "endless number": (
        "ramp_up_hourly", ("A", "plant", float("inf")),
        "ramp_up_hourly: row 1: rate is inf; write a finite number"),
    "negative demand": (
        "demand", ("A", 2000, "HEAT", -1.0),
        "demand: row 9: demand is -1; it must not be negative"),
    "no lifetime": (
        "lifetime_process", ("A", "plant", 2020, 0),
        "lifetime_process: row 1: lifetime is 0; it must be above zero"),
    "unknown season": (
        "capacity_factor_tech", ("A", "spring", "day", "sun", 1.0),
        "capacity_factor_tech: row 9: season 'spring' is not in time_season or "
        "time_segment_fraction; write one of summer, winter"),
    "unknown year": (
        "limit_capacity", ("A", 2021, "sun", "le", 1.0),
        "limit_capacity: row 1: period 2021 is not in time_period; add it there or delete the "
        "row"),
    "half a year": (
        "limit_capacity", ("A", 2020.5, "sun", "le", 1.0),
        "limit_capacity: row 1: period is 2020.5; write a year"),
    "demand for what is none": (
        "demand", ("A", 2020, "ELC", 1.0),
        "demand: row 9: commodity 'ELC' has flag p in commodity, not d"),
    "row twice": (
        "capacity_to_activity", ("A", "sun", 1.0),
        "capacity_to_activity: row 7 repeats row 2 (A, sun); keep one"),
    "exchange without its mark": (
        "efficiency", ("A-B", "ELC", "heater", 2020, "ELC", 1.0),
        "efficiency: region A-B of heater is a pair of regions, but technology does not mark it "
        "exchange"),
    "exchange within a region": (
        "technology", technology("plant", exchange=1), "technology: row 11 repeats row 3 (plant)"),
    "percent for a rate": (
        "loan_rate", ("A", "sun", 2020, 5.0),
        "loan_rate: row 1: rate is 5; a rate is a share, like 0.05"),
    "region with a hyphen": (
        "region", ("north-east",), "region: 'north-east' cannot name a region"),
    "old year after the horizon begins": (
        "time_period", (2022, "e"), "time_period: 2022 has flag e, but 2020 before it has flag f"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_row_is_told_in_the_words_of_the_database(name: str, tmp_path: Path) -> None:
    tables, (table, row, sentence) = base(), WRONG[name]
    tables[table] = [*tables[table], row]
    faults = refused(write(tables, tmp_path / "x.sqlite"), tmp_path)
    assert len(faults) == 1
    assert faults[0].startswith(sentence)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    tables = base()
    found = [(table, row, text) for table, row, text in WRONG.values() if "keep one" not in text]
    for table, row, _ in found:
        tables[table] = [*tables[table], row]
    faults = refused(write(tables, tmp_path / "x.sqlite"), tmp_path)
    assert len(faults) >= len(found) - 3


def test_a_line_has_one_capacity_both_ways(tmp_path: Path) -> None:
    tables = base()
    tables["technology"].append(technology("line", exchange=1))
    for pair in ("A-B", "B-A"):
        tables["efficiency"].append((pair, "ELC", "line", 2010, "ELC", 0.9))
    tables["existing_capacity"] += [("A-B", "line", 2010, 5.0), ("B-A", "line", 2010, 3.0)]
    (fault,) = refused(write(tables, tmp_path / "x.sqlite"), tmp_path)
    assert fault.startswith("existing_capacity: line 2010 has 5.0 from A to B and 3.0 back")


def test_each_column_that_is_missing_is_named(tmp_path: Path) -> None:
    path = write(base(), tmp_path / "x.sqlite")
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE demand DROP COLUMN demand")
        connection.execute("ALTER TABLE time_season DROP COLUMN segment_fraction")
    faults = refused(path, tmp_path)
    assert [fault.split(";")[0] for fault in faults] == [
        "time_season: column segment_fraction is missing", "demand: column demand is missing",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tables", "version"),
    [
        ("CREATE TABLE MetaData (element, value); INSERT INTO MetaData VALUES ('DB_MAJOR', 3);"
         "CREATE TABLE Efficiency (region)", "3"),
        ("CREATE TABLE time_periods (t_periods); CREATE TABLE Efficiency (a)", "2 or older"),
    ],
)  # fmt: skip
def test_older_schemas_are_refused_by_name(tables: str, version: str, tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript(tables)
    (fault,) = refused(path, tmp_path)
    assert f"is of schema version {version}, which is not read; migrate it" in fault


def test_a_bare_database_runs(tmp_path: Path) -> None:
    """Tables that a model can do without may be missing."""
    tables, path = base(), tmp_path / "x.sqlite"
    write(tables, path)
    empty = [name for name in COLUMNS if not tables[name]]
    with sqlite3.connect(path) as connection:
        for name in empty:
            connection.execute(f"DROP TABLE {name}")
    scenario = tmp_path / "scenarios" / "case.yaml"
    import_temoa(path, tmp_path / "inputs" / "case", scenario)
    bare = Run(load(scenario)).cost
    (tmp_path / "full").mkdir()
    assert bare == pytest.approx(solved(tables, tmp_path / "full"), rel=1e-12)


def test_what_is_past_its_life_is_passed_over(tmp_path: Path) -> None:
    tables, (old, plain) = base(), (tmp_path / "old", tmp_path / "plain")
    old.mkdir(), plain.mkdir()
    cost = solved(tables, plain)
    tables["existing_capacity"].append(("A", "plant", 2000, 50.0))
    tables["efficiency"].append(("A", "GAS", "plant", 2000, "ELC", 0.3))
    assert solved(tables, old) == pytest.approx(cost, rel=1e-12)


def test_names_of_any_script_are_kept_apart(tmp_path: Path) -> None:
    """Seasons, regions and technologies with names that ids cannot hold."""
    tables, (plain, named) = base(), (tmp_path / "plain", tmp_path / "named")
    plain.mkdir(), named.mkdir()
    cost = solved(tables, plain)
    new = {"summer": "夏季", "winter": "冬季", "A": "甲", "B": "乙", "plant": "电厂", "sun": "光伏",
           "day": "昼", "night": "夜", "HEAT": "热 (PJ)", "all": "工业"}  # fmt: skip
    renamed = {
        table: [tuple(new.get(c, c) if isinstance(c, str) else c for c in row) for row in rows]
        for table, rows in tables.items()
    }
    assert solved(renamed, named) == pytest.approx(cost, rel=1e-9)


@pytest.mark.parametrize(
    ("options", "money"),
    [
        ([], ("数据来源的货币", "money of the source")),
        (["--currency", "USD 2015"], ("USD 2015", "USD 2015")),
        (["--currency", "百万欧元|million EUR"], ("百万欧元", "million EUR")),
    ],
)
def test_the_command_reads_settings_and_names_money(
    options: list[str], money: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "inputs").mkdir()
    path, config = write(base(), tmp_path / "x.sqlite"), tmp_path / "config.toml"
    config.write_text("scenario_mode = 'myopic'\n[myopic]\nview_depth = 2\nstep_size = 1\n")
    words = ["import", "temoa", str(path), "-o", str(tmp_path / "inputs" / "case")]
    assert exit_code([*words, "--config", str(config), *options]) == 0
    assert "config scenario_mode = myopic" in capsys.readouterr().out
    system = load(tmp_path / "scenarios" / "case.yaml")
    assert system.settings.currency == money
    assert "mode: myopic" in (tmp_path / "scenarios" / "case.yaml").read_text()
