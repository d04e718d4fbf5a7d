"""Heads of the columns of tables in both languages, above the name that programs read."""

from collections.abc import Mapping, Sequence

from carbonpath.accounts.currency import Currency
from carbonpath.export.workbook import Row

HEADINGS: Mapping[str, tuple[str, str]] = {
    "scenario": ("情景", "scenario"),
    "id": ("编号", "id"),
    "row": ("编号", "row"),
    "label_zh": ("名称", "name (Chinese)"),
    "label_en": ("英文名称", "name (English)"),
    "region": ("地区", "region"),
    "period": ("时段", "period"),
    "year": ("年份", "year"),
    "until": ("至", "until"),
    "regime": ("口径", "regime"),
    "mode": ("约束方式", "hard, soft or tracked"),
    "sense": ("方向", "sense"),
    "unit": ("单位", "unit"),
    "base": ("基年值", "base year"),
    "target": ("目标值", "target"),
    "value": ("模型值", "value"),
    "margin": ("余量", "margin"),
    "met": ("是否达标", "met"),
    "binding": ("是否起约束", "binding"),
    "price": ("影子价格", "shadow price"),
    "price_unit": ("价格单位", "unit of the price"),
    "point": ("每百分点成本（十亿元/年）", "a percentage point, bn CNY a year"),
    "words_zh": ("含义", "in words (Chinese)"),
    "words_en": ("英文含义", "in words (English)"),
    "worst_year": ("最差年份", "worst year"),
    "price_year": ("价格最高年份", "year of the highest price"),
    "source": ("来源", "source"),
    "of": ("比较总量", "total compared with"),
    "of_defined": ("比较总量名称", "name of the total compared with"),
    "bound": ("边界", "bound"),
    "shortfall": ("缺口", "shortfall"),
    "penalty": ("罚价", "price of the shortfall"),
    "quantity": ("总量", "quantity"),
    "because": ("理由", "because"),
    "origin": ("出处", "file and line"),
    "lag": ("比较时段", "period compared with"),
    "per": ("相对的驱动因素", "driver it is relative to"),
    "where": ("选取", "selection"),
    "of_where": ("比较总量的选取", "selection of the total compared with"),
    "each": ("分别计算", "kept apart"),
    "statistic": ("统计值", "statistic"),
    "model": ("模型值", "model"),
    "deviation": ("偏差", "deviation"),
    "determined": ("给定或计算", "fixed or computed"),
    "within": ("在容差内", "within tolerance"),
    "explanation": ("说明（英文）", "explanation"),
    "explanation_zh": ("说明", "explanation in Chinese"),
    "quality": ("数据质量", "quality"),
    "title": ("标题", "title"),
    "publisher": ("发布者", "publisher"),
    "number": ("文号", "number"),
    "licence": ("许可", "licence"),
    "note": ("备注", "note"),
    "values": ("数值个数", "values that rest on it"),
    "policy": ("政策编号", "policy"),
    "zh": ("名称", "name (Chinese)"),
    "en": ("英文名称", "name (English)"),
    "measure": ("量", "measure"),
    "alone": ("单独加入基准情景", "added alone to the baseline"),
    "last": ("从全部政策中撤除", "taken away from all of them"),
    "cap": ("排放上限（百万吨）", "cap, Mt"),
    "avoided": ("减排量（百万吨）", "avoided, Mt"),
    "marginal": ("边际成本（十亿元/百万吨）", "marginal cost, bn CNY per Mt"),
    "mean": ("平均成本（十亿元/百万吨）", "mean cost, bn CNY per Mt"),
    "objective": ("目标函数（十亿元）", "objective, bn CNY"),
    "slices": ("时段", "time slices"),
    "method_zh": ("方法", "method (Chinese)"),
    "method_en": ("英文方法", "method (English)"),
}
"""Column -> its head in Chinese and English; a column that is not here has its name for both."""
AT_HOME = Currency()
UNTOLD = ("file", "line", "folder", "was", "doubtful")
"""Columns of tables that only say where a row was read."""


def headings(columns: Sequence[str], money: Currency = AT_HOME) -> list[Row]:
    """Return three rows: the heads in Chinese and in English, and the names of the columns."""
    said = [HEADINGS.get(column, (column, column)) for column in columns]
    if money.foreign:
        said = [(zh.replace("十亿元", money.zh), en.replace("bn CNY", money.en)) for zh, en in said]
    return [[zh for zh, _ in said], [en for _, en in said], list(columns)]
