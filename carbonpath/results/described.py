"""Titles in Chinese of the arrays that no rule of the model describes; units of limit rows."""

from collections.abc import Mapping

import xarray as xr

OWN_UNIT, LABEL, PRICE = "unit of the limit", "label", "bn CNY_2020/unit of the limit"
ZH: Mapping[str, str] = {
    "capacity_to_activity": "单位容量的年活动量",
    "capacity_limit": "容量上限",
    "capacity_floor": "容量下限",
    "build_rate": "年建设量上限",
    "build_floor": "年建设量下限",
    "activity_limit": "年活动量上限",
    "activity_floor": "年活动量下限",
    "kappa": "电力等价折标系数",
    "demand": "需求量",
    "driver_value": "需求驱动因素",
    "commodity_price": "边际成本（年均）",
    "electricity_price": "分时段电力边际成本",
    "activity": "分批次、方式与时段的活动量",
}
LIMITS: Mapping[str, tuple[str, str, str]] = {
    "limit_id": (LABEL, "Limit", "约束编号"),
    "limit_region": (LABEL, "Region of the limit", "约束地区"),
    "limit_period": (LABEL, "Period of the limit", "约束时段"),
    "limit_value": (OWN_UNIT, "Total that is limited", "受约束总量"),
    "limit_of": (OWN_UNIT, "Total that it is compared with", "比较总量"),
    "limit_bound": (OWN_UNIT, "Bound", "边界"),
    "limit_shortfall": (OWN_UNIT, "By how much a soft limit is missed", "未达标缺口"),
    "limit_price": (PRICE, "What one more unit of the limit would save in a year", "影子价格"),
    "limit_penalty": (PRICE, "Price of the shortfall", "罚价"),
}
"""Name -> unit, title in English and in Chinese."""


def described(arrays: Mapping[str, xr.DataArray]) -> dict[str, xr.DataArray]:
    """Return arrays of which each has a unit and titles; what they say themselves stays."""
    found = {}
    for name, array in arrays.items():
        unit, title, zh = LIMITS.get(name, ("", name, ZH.get(name, name)))
        told = {"unit": unit, "long_name": title, "long_name_zh": zh}
        found[name] = array.assign_attrs({**told, **array.attrs})
    return found
