"""One table of labels in Chinese and English, for the report and for what is exported."""

from collections.abc import Mapping
from typing import TypedDict

from carbonpath.results.results import Results


class Text(TypedDict):
    """A text in both languages; `page.js` shows the one that is chosen."""

    zh: str
    en: str


def text(zh: str, en: str) -> Text:
    """Return a text in both languages."""
    return {"zh": zh, "en": en}


LABELS: Mapping[str, tuple[str, str]] = {
    # areas
    "energy": ("能源", "Energy"),
    "industry": ("工业", "Industry"),
    "construction": ("建筑", "Construction"),
    "transport": ("交通", "Transport"),
    "agriculture": ("农业", "Agriculture"),
    "residents": ("居民生活", "Residents"),
    # carriers and fuels
    "coal": ("煤炭", "Coal"),
    "oil": ("石油", "Oil"),
    "gas": ("天然气", "Gas"),
    "electricity": ("电力", "Electricity"),
    "heat": ("热力", "Heat"),
    "hydrogen": ("氢能", "Hydrogen"),
    "biomass": ("生物质", "Biomass"),
    "waste": ("垃圾", "Waste"),
    "nuclear": ("核电", "Nuclear"),
    "hydro": ("水电", "Hydro"),
    "wind": ("风电", "Wind"),
    "solar": ("太阳能", "Solar"),
    "geothermal": ("地热", "Geothermal"),
    "net_imports": ("净外来电", "Net electricity imports"),
    # groups of power plants and storage
    "coal_power": ("煤电", "Coal power"),
    "coal_chp": ("煤电热电联产", "Coal CHP"),
    "coal_ccs": ("煤电+碳捕集", "Coal with CCS"),
    "gas_power": ("气电", "Gas power"),
    "gas_chp": ("燃气热电联产", "Gas CHP"),
    "wind_onshore": ("陆上风电", "Onshore wind"),
    "wind_offshore": ("海上风电", "Offshore wind"),
    "pv": ("光伏", "Solar PV"),
    "pv_utility": ("集中式光伏", "Utility PV"),
    "pv_rooftop": ("屋顶光伏", "Rooftop PV"),
    "pumped": ("抽水蓄能", "Pumped storage"),
    "pumped_storage": ("抽水蓄能", "Pumped storage"),
    "battery": ("电池储能", "Battery"),
    "storage": ("储能", "Storage"),
    "lines": ("外来电通道", "Lines from outside"),
    "import": ("外来电", "Imports"),
    "export": ("外送电", "Exports"),
    "other_thermal": ("余热余气发电", "Residual heat and gas"),
    "noncommercial": ("非商品能源", "Non-commercial"),
    "year": ("全年", "Year"),
    "car": ("小汽车", "Cars"),
    "bus": ("公共汽车与客车", "Buses and coaches"),
    "truck_light": ("轻型货车", "Light trucks"),
    "truck_heavy": ("重型货车", "Heavy trucks"),
    "electrolysis": ("电解制氢", "Electrolysis"),
    # scopes and regimes
    "C0": ("C0口径（含净外来电）", "C0 (with net imports)"),
    "C1": ("C1口径（含净外来电）", "C1 (with net imports)"),
    "territorial_C0": ("C0属地", "C0 territorial"),
    "territorial_C1": ("C1属地", "C1 territorial"),
    "process": ("工业过程", "Industrial processes"),
    "feedstock": ("原料用能", "Feedstock"),
    "fuel": ("能源活动", "Fuel use"),
    "R0": ("R0 法定口径", "R0 statistics"),
    "R1": ("R1 扣原料用能口径", "R1 without feedstock"),
    "R1_total": ("R1 总量控制口径", "R1 total control"),
    "R1_intensity": ("R1 强度口径", "R1 intensity"),
    "R2": ("R2 扣除非化石口径", "R2 without non-fossil"),
    # costs
    "investment_payment": ("投资年金", "Investment (annuities)"),
    "fixed_payment": ("固定运维", "Fixed operation"),
    "variable_payment": ("燃料、购电与可变成本", "Fuel, imports and variable"),
    "emission_payment": ("排放支付", "Payments for emissions"),
    # decomposition
    "population": ("人口", "Population"),
    "gdp_per_head": ("人均GDP", "GDP per head"),
    "energy_per_gdp": ("能源强度", "Energy per GDP"),
    "co2_per_energy": ("能源碳含量", "CO2 per energy"),
    "economy": ("经济规模", "Economy"),
    # rows of the energy balance
    "production": ("本省一次能源生产", "Production in the province"),
    "net_inflow": ("净调入", "Net inflow"),
    "thermal_power": ("火力发电", "Thermal power"),
    "heat_supply": ("供热", "Heat supply"),
    "conversion": ("炼油、制氢等加工转换", "Refining, hydrogen and other"),
    "losses": ("损失量", "Losses"),
    "final_energy": ("终端：能源", "Final: energy"),
    "final_industry": ("终端：工业", "Final: industry"),
    "final_construction": ("终端：建筑", "Final: construction"),
    "final_transport": ("终端：交通", "Final: transport"),
    "final_agriculture": ("终端：农业", "Final: agriculture"),
    "final_residents": ("终端：居民生活", "Final: residents"),
    "difference": ("平衡差额", "Difference"),
    "transformation_losses": ("加工转换损失", "Losses of transformation"),
    "other_inputs": ("余热等其他投入", "Residual heat and other inputs"),
    "net_outflow": ("净调出", "Net outflow"),
    # modes, qualities, answers
    "hard": ("硬约束", "hard"),
    "soft": ("软约束", "soft"),
    "track": ("跟踪", "tracked"),
    "official": ("官方", "official"),
    "derived": ("推算", "derived"),
    "proxy": ("替代", "proxy"),
    "assumed": ("假设", "assumed"),
    "fixed": ("给定", "fixed"),
    "computed": ("计算", "computed"),
    "limit": ("约束", "limit"),
    "capacity_limit": ("容量上限", "capacity limit"),
    "capacity_floor": ("容量下限", "capacity floor"),
    "build_rate": ("建设速度上限", "build rate"),
    "build_floor": ("在建项目下限", "committed builds"),
    "activity_limit": ("活动上限", "activity limit"),
    "activity_floor": ("活动下限", "activity floor"),
    # seasons, days, situations
    "spring": ("春", "Spring"),
    "summer": ("夏", "Summer"),
    "autumn": ("秋", "Autumn"),
    "winter": ("冬", "Winter"),
    "typical": ("典型日", "typical day"),
    "low": ("低风光日", "calm dark day"),
    "summer_afternoon": ("夏季午后", "Summer afternoon"),
    "summer_evening": ("夏季晚间", "Summer evening"),
    "winter_evening": ("冬季晚间", "Winter evening"),
    # emissions
    "co2": ("二氧化碳", "CO2"),
    "ch4": ("甲烷", "Methane"),
    "n2o": ("氧化亚氮", "Nitrous oxide"),
    "so2": ("二氧化硫", "SO2"),
    "nox": ("氮氧化物", "NOx"),
    "pm25": ("一次PM2.5", "Primary PM2.5"),
    "voc": ("挥发性有机物", "VOC"),
}
"""Key -> (Chinese, English). A dataset's own labels come first; see `Namer`."""

UNITS: Mapping[str, tuple[str, str]] = {
    "1": ("", ""),
    "%": ("%", "%"),
    "pp": ("百分点", "percentage points"),
    "Mt": ("百万吨", "Mt"),
    "Mtce": ("百万吨标准煤", "Mtce"),
    "1e8 CNY_2020": ("亿元（2020年价）", "100 million CNY (2020)"),
    "tce/1e4 CNY_2020": ("吨标准煤/万元", "tce per 10 000 CNY"),
    "t/1e4 CNY_2020": ("吨/万元", "t per 10 000 CNY"),
    "CNY_2020/kWh": ("元/千瓦时", "CNY/kWh"),
    "CNY_2020/t": ("元/吨", "CNY/t"),
    "GW/yr": ("百万千瓦/年", "GW per year"),
    "GW": ("百万千瓦", "GW"),
    "TWh": ("十亿千瓦时", "TWh"),
    "PJ": ("拍焦", "PJ"),
    "million vehicles": ("百万辆", "million vehicles"),
    "million persons": ("百万人", "million persons"),
    "bn vkm": ("十亿车公里", "bn vkm"),
    "bn pkm": ("十亿人公里", "bn pkm"),
    "bn tkm": ("十亿吨公里", "bn tkm"),
    "1e3 ha": ("千公顷", "1000 ha"),
    "Mm2": ("百万平方米", "million m2"),
}
"""Unit -> how it is written in each language; other units are written as they are."""


OF_THE_SOURCE = ("数据来源的货币", "money of the source")
"""What the money of imported data is called where nobody said what it is."""


def unit_text(unit: str) -> Text:
    """Return a unit in both languages."""
    return text(*UNITS.get(unit, (unit.replace(OF_THE_SOURCE[1], OF_THE_SOURCE[0]), unit)))


class Namer:
    """Names of keys in both languages: the dataset's own first, then the table, then the key."""

    def __init__(self, results: Results) -> None:
        self.own: dict[str, tuple[str, str]] = {}
        self.tints: dict[str, str] = {}
        for dimension in ("commodity", "technology"):
            self.own |= own_labels(results, dimension)
        sectors = results.tables.get("sectors")
        if sectors is not None:
            for row in sectors.to_dict("records"):
                key = str(row["sector"])
                self.own[key] = (str(row["label_zh"]), str(row["label_en"]))
                if str(row.get("colour", "")).startswith("#"):
                    self.tints[key] = str(row["colour"])

    def __call__(self, key: str) -> Text:
        """Return the name of a key of a group, carrier, area, scope and the like."""
        plain = key.replace("_", " ")
        return text(*LABELS.get(key) or self.own.get(key) or (plain, plain))

    def exact(self, key: str) -> Text:
        """Return the name of a technology or commodity, the dataset's own before the table."""
        plain = key.replace("_", " ")
        return text(*self.own.get(key) or LABELS.get(key) or (plain, plain))


def own_labels(results: Results, dimension: str) -> dict[str, tuple[str, str]]:
    """Return the labels that the dataset gives to technologies or commodities."""
    found = {}
    dataset = results.dataset
    names = [f"{dimension}_label_{language}" for language in ("zh", "en")]
    if all(name in dataset.coords for name in names):
        columns = [dataset[name].values.astype(str) for name in names]
        for key, zh, en in zip(dataset[dimension].values.astype(str), *columns, strict=True):
            plain = key.replace("_", " ")
            found[key] = (zh or en or plain, en or plain)
    return found
