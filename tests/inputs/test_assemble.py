"""The good dataset as a system: every number a person can check on paper."""

from pathlib import Path

import numpy as np
import pytest

from carbonpath.inputs import load
from carbonpath.system.system import BASE_YEAR, EnergySystem
from tests.inputs.good import ENERGY, GOOD, written

TCE = 29.3076


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> EnergySystem:
    return load(written(tmp_path_factory.mktemp("good")))


def value(system: EnergySystem, name: str, **where: str) -> float:
    """Return the one value of a parameter at some labels."""
    found = values(system, name, **where)
    assert len(found) == 1, f"{name} {where}: {len(found)} values"
    return found[0]


def values(system: EnergySystem, name: str, **where: str) -> list[float]:
    """Return the values of a parameter at some labels."""
    given = system.parameters[name]
    table = system.decode(given.dims, given.keys).assign(value=given.values)
    for dimension, label in where.items():
        table = table[table[dimension] == label]
    return [float(found) for found in table["value"]]


def test_labels_are_in_an_order_of_their_own(system: EnergySystem) -> None:
    """Sectors in the order they declare, names by alphabet."""
    assert system.labels["t"] == (
        "battery", "coal_plant", "coal_supply", "wind_farm", "blast_furnace", "heat_pump", "lamp",
    )  # fmt: skip
    assert system.labels["v"] == ("2020", "2025", "2030", "pooled")
    assert len(system.labels["s"]) == 1 + 4 + 4 * (2 + 2)
    assert system.technologies.loc["lamp", "sector"] == "use"


def test_fuel_becomes_a_flow_and_its_carbon(system: EnergySystem) -> None:
    """300 gce/kWh is 0.3 kgce x 29.3076 MJ / 3.6 MJ; its CO2 2.66 t/tce x the same coal."""
    coal = 0.3 * TCE / 3.6
    where = {"technology": "coal_plant", "period": "2020"}
    assert value(system, "flow", commodity="coal", **where) == pytest.approx(-coal)
    assert value(system, "fuel_flow", commodity="coal", **where) == pytest.approx(coal)
    assert value(system, "flow", commodity="co2", **where) == pytest.approx(coal * 2.66 / TCE)
    halfway = value(system, "flow", technology="coal_plant", commodity="coal", period="2025")
    assert halfway == pytest.approx(-0.29 * TCE / 3.6)


def test_feedstock_is_kept_apart_from_fuel(system: EnergySystem) -> None:
    """Per tonne of steel 0.3 tce are burnt and 0.2 tce are material."""
    where = {"technology": "blast_furnace", "period": "2030"}
    assert value(system, "flow", commodity="coal", **where) == pytest.approx(-0.5 * TCE)
    assert value(system, "fuel_flow", commodity="coal", **where) == pytest.approx(0.3 * TCE)
    assert value(system, "feedstock_flow", commodity="coal", **where) == pytest.approx(0.2 * TCE)
    assert value(system, "flow", commodity="co2", **where) == pytest.approx(0.3 * 2.66)
    assert value(system, "flow", commodity="co2_feedstock", **where) == pytest.approx(0.2 * 2.66)


def test_capture_takes_carbon_out_of_the_air(tmp_path: Path) -> None:
    parameters = f"{ENERGY}/parameters.csv"
    commodities = "inputs/small/commodities.csv"
    files = {
        **GOOD,
        parameters: GOOD[parameters] + "coal_plant,capture_rate,,,,,,90,%,book,derived\n",
        commodities: GOOD[commodities] + "co2_captured,material,annual,Mt,,,碳,Captured\n",
    }
    system = load(written(tmp_path, files))
    where = {"technology": "coal_plant", "period": "2020"}
    carbon = 0.3 / 3.6 * 2.66
    assert value(system, "flow", commodity="co2", **where) == pytest.approx(0.1 * carbon)
    assert value(system, "flow", commodity="co2_captured", **where) == pytest.approx(0.9 * carbon)
    assert "capture_rate" not in system.parameters


def test_parameters_are_in_canonical_units(system: EnergySystem) -> None:
    where = {"technology": "wind_farm"}
    assert value(system, "investment_cost", vintage="2025", **where) == pytest.approx(7.0)
    assert value(system, "capacity_to_activity", **where) == pytest.approx(31.536)
    assert values(system, "hurdle_rate", vintage="2025", **where) == pytest.approx([0.08])
    price = value(system, "variable_cost", technology="coal_supply", period="2020")
    assert price == pytest.approx(800 / TCE / 1000)
    discharge = values(system, "variable_cost", technology="battery", mode="discharge")
    assert discharge == pytest.approx([10 / 3.6e3] * 3)
    assert values(system, "variable_cost", technology="battery", mode="charge") == []


def test_a_floor_of_one_year_is_a_mean_over_its_period(system: EnergySystem) -> None:
    """0.5 GW in 2023 alone is 0.1 GW a year in 2021-2025."""
    floor = value(system, "build_floor", technology="coal_plant", period="2025")
    assert floor == pytest.approx(0.1)
    assert len(values(system, "build_floor")) == 1


def test_stock_with_an_age_serves_its_lifetime(system: EnergySystem, tmp_path: Path) -> None:
    """Built in 2010 for 40 years: all of it in 2030. Without an age: 3 x (1 - 10/40) in 2030."""
    assert values(system, "existing", technology="coal_plant") == [3, 3, 3]
    name = f"{ENERGY}/stock.csv"
    ageless = load(written(tmp_path, {**GOOD, name: GOOD[name].replace("2010,3", ",3")}))
    assert values(ageless, "existing", technology="coal_plant") == pytest.approx([3, 2.625, 2.25])


def test_capacity_factors_have_their_mean(system: EnergySystem) -> None:
    """The profile's mean is 0.25 whatever the low days take."""
    factors = values(system, "capacity_factor", technology="wind_farm", period="2030")
    shares = [node.share for node in system.time.at("slice")]
    assert np.dot(factors, shares) == pytest.approx(0.25)
    assert min(factors) < 0.1


def test_a_capacity_factor_replaces_the_mean_of_the_profile(tmp_path: Path) -> None:
    name = f"{ENERGY}/parameters.csv"
    more = "wind_farm,capacity_factor,,,2020,,linear,25,%,book,derived\n" \
           "wind_farm,capacity_factor,,,2030,,linear,35,%,book,derived\n"  # fmt: skip
    system = load(written(tmp_path, {**GOOD, name: GOOD[name] + more}))
    shares = [node.share for node in system.time.at("slice")]
    means = [
        np.dot(values(system, "capacity_factor", technology="wind_farm", period=p), shares)
        for p in ("2020", "2025", "2030")
    ]
    assert means == pytest.approx([0.25, 0.30, 0.35])


def test_yearly_use_falls_along_its_shape(system: EnergySystem) -> None:
    """A flat shape falls on slices as their share of the year."""
    given = values(system, "placement", technology="heat_pump", commodity="electricity")
    shares = [node.share for node in system.time.at("slice")]
    assert given == pytest.approx(shares)


def test_demand_follows_its_driver_by_the_elasticity(system: EnergySystem) -> None:
    """GDP doubles in ten years, geometrically; elasticity 0.5: 36 PJ x 2^(t/20)."""
    warmth = values(system, "demand", commodity="warmth")
    assert warmth == pytest.approx([36, 36 * 2**0.25, 36 * 2**0.5])


def test_demand_by_the_hour_adds_up_to_the_year(system: EnergySystem) -> None:
    assert sum(values(system, "demand", commodity="light", period="2025")) == pytest.approx(5.4)


def test_the_modelled_peak_of_the_base_year_is_the_statistical_one(system: EnergySystem) -> None:
    """Heat pumps take 36 PJ x 0.33 in 2020; their load is the 2 GW of situations.csv."""
    factor = value(system, "peak_factor", technology="heat_pump", situation="evening")
    assert factor * 36 * 0.33 == pytest.approx(2.0)
    assert value(system, "reserve_margin", situation="evening") == pytest.approx(0.1)


def test_stores_are_sized_by_capacity(system: EnergySystem) -> None:
    assert value(system, "store_size", technology="battery") == pytest.approx(4 * 3.6 / 1000)


def test_prices_start_in_their_first_year_or_are_held(system: EnergySystem) -> None:
    assert values(system, "emission_price", commodity="co2") == pytest.approx([0.05] * 3)


def test_limits_hold_from_their_year_on(system: EnergySystem) -> None:
    limits = {limit.id: limit for limit in system.limits}
    assert limits["coal_cap"].values == {"2025": 20.0, "2030": 20.0}
    share = limits["wind_share"]
    assert share.values == {"2030": pytest.approx(0.2)}
    assert (share.mode, share.price) == ("soft", {"2030": pytest.approx(500 / 3600)})
    assert share.where == {"technology": ("wind_*",), "commodity": ("electricity",)}
    assert share.each == ("region",)
    assert share.origin == "sectors/energy/limits.csv line 2"


def test_an_intensity_is_a_limit_on_the_base_years_total(system: EnergySystem) -> None:
    """0.9 of energy per GDP: GDP grows by 2^0.5 to 2025 and by 2 to 2030."""
    limit = next(limit for limit in system.limits if limit.id == "intensity")
    assert (limit.of, limit.lag, limit.per) == ("energy_total", BASE_YEAR, "gdp")
    assert limit.values == pytest.approx({"2025": 0.9 * 2**0.5, "2030": 1.8})


def test_history_is_a_limit_of_its_own_mode(system: EnergySystem) -> None:
    limit = system.limits[-1]
    assert (limit.id, limit.mode, limit.values) == ("warmth_2020", "history", {"2020": 36.0})


def test_kept_vintages_have_their_own_flows(tmp_path: Path) -> None:
    """What is built from 2030 on takes less; older plants keep their coal."""
    technologies, flows = f"{ENERGY}/technologies.csv", f"{ENERGY}/flows.csv"
    text = GOOD[technologies].replace("group,primary", "group,vintages")
    text = text.replace("wind,wind,slice", "wind,,slice").replace("coal,,slice", "coal,kept,slice")
    fuel = "coal_plant,,coal,,fuel,2020,,linear,-300,gce/kWh,book,official\n" \
           "coal_plant,,coal,,fuel,2030,,linear,-280,gce/kWh,book,assumed\n"  # fmt: skip
    kept = GOOD[flows].replace("mode,commodity", "vintage,commodity").replace("charge,", ",")
    kept = kept.replace("battery,dis,", "battery,,")
    own = "coal_plant,,coal,,fuel,,,,-300,gce/kWh,book,official\n" \
          "coal_plant,2030,coal,,fuel,,,,-280,gce/kWh,book,assumed\n"  # fmt: skip
    lines = [
        line for line in kept.replace(fuel, own).splitlines() if not line.startswith("battery")
    ]
    files = {**GOOD, technologies: text, flows: "\n".join(lines) + "\n"}
    for name in (technologies, f"{ENERGY}/parameters.csv"):
        rows = files[name].splitlines()
        files[name] = "\n".join(row for row in rows if not row.startswith("battery")) + "\n"
    commodities = "inputs/small/commodities.csv"
    files[commodities] = GOOD[commodities].replace(
        "battery_energy,stored,slice,PJ,electricity,day,电池,Battery\n", ""
    )
    system = load(written(tmp_path, files))
    coal = {
        v: values(system, "flow", technology="coal_plant", commodity="coal", vintage=v)
        for v in system.labels["v"]
    }
    old, new = -0.3 * TCE / 3.6, -0.28 * TCE / 3.6
    standing = [label for label in system.labels["v"] if label <= "2020"]
    assert [x for label in standing for x in coal[label]] == pytest.approx([old] * 3)
    assert coal["2025"] == pytest.approx([old] * 2)
    assert coal["2030"] == pytest.approx([new])
    assert coal["pooled"] == []
    assert values(system, "existing", technology="coal_plant") == [3, 3, 3]


def test_reports_find_the_tables_they_need(system: EnergySystem) -> None:
    tables = system.tables
    gdp = tables["drivers"][tables["drivers"]["driver"] == "gdp"]
    assert gdp["value"].tolist() == pytest.approx([100, 100 * 2**0.5, 200])
    assert set(gdp["unit"]) == {"bn CNY_2020"}
    services = tables["drivers"][tables["drivers"]["driver"] == "gdp_services"]
    assert services["value"].tolist() == pytest.approx([50, 50 * 2**0.5, 100])
    assert tables["sectors"]["sector"].tolist() == ["energy", "use"]
    assert set(tables["values"]["quality"]) == {"official", "derived", "assumed"}
    line = tables["values"].query("table == 'stock'").iloc[0]
    assert line["key"] == "technology=coal_plant vintage=2010"
    assert line["origin"] == "sectors/energy/stock.csv line 2"
    assert tables["statistics"]["value"].tolist() == [100.0]


def test_the_scenario_overrules_the_dataset(tmp_path: Path) -> None:
    name = "scenarios/good.yaml"
    text = GOOD[name].replace("blocks: 2}", "blocks: 2}\n  discount_rate: 4 %/yr\n  margin: 20 %")
    system = load(written(tmp_path, {**GOOD, name: text}))
    assert system.settings.discount_rate == pytest.approx(0.04)
    assert value(system, "reserve_margin", situation="evening") == pytest.approx(0.2)
