"""Scenarios as one workbook: a sheet for each topic, years downwards, a unit for each column."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
import xarray as xr

from carbonpath.accounts import INDICATORS, Accounts
from carbonpath.accounts.calibration import calibration
from carbonpath.accounts.comparison import refuse_equal_ids
from carbonpath.accounts.limits import limit_rows
from carbonpath.accounts.quality import sources_used
from carbonpath.accounts.scorecard import scorecard
from carbonpath.export.workbook import Row, Sheet, Value, workbook
from carbonpath.results.results import Results

TOPICS: Mapping[str, tuple[str, str]] = {
    "emissions": ("排放", "Emissions"),
    "decomposition": ("分解", "Decomposition of changes"),
    "statutory": ("法定口径", "Statutory accounts"),
    "balance": ("能源平衡", "Energy balance"),
    "power": ("电力", "Power"),
    "activity": ("经济与活动水平", "Economy and activity"),
    "costs": ("成本", "Costs"),
    "prices": ("价格", "Prices"),
}
"""Modules of accounts and their titles; a module that is not here has its name for a title."""
FINE = {"time_slice", "limit_row"}
"""Dimensions too long for a sheet that people read; the CSV tables hold them."""
TABLES: Mapping[str, str] = {
    "targets": "目标记分卡 Scorecard: every target with value, margin and shadow price",
    "limits": "约束 Every limit in every year, in the unit of the model",
    "calibration": "校准 The base year beside the statistics",
    "sources": "来源 Where the numbers come from",
}
FACTS = ("dataset", "inputs_hash", "solved_at", "status")
REMARKS = (
    "Years are the periods of the model: 2040 stands for the years since the period before it.",
    "Costs and flows are those of a typical year of the period, at prices of the base year.",
    "Prices are marginal values of the model, not a forecast of markets.",
    "An empty cell means that there is no such value; it never means zero.",
    "A text is a text even where it begins with = + - or @; no cell holds a formula.",
    "空单元格表示没有该数值，不表示零；价格为模型边际值，不是市场预测。",
)
Column = tuple[str, str, str, str]
"""Title in Chinese and English, key, unit."""
Names = Mapping[tuple[str, str], tuple[str, str]]
"""Dimension and key to the label in both languages."""


def file(solved: Sequence[Results]) -> bytes:
    """Return the workbook of one or more runs."""
    refuse_equal_ids(solved)
    accounts = {results.id: Accounts(results) for results in solved}
    sheets = [notes(), *tables(solved), *topics(accounts)]
    head = ["scenario", "标题", "title", *FACTS]
    return workbook(sheets, [head, *(facts(results) for results in solved), []])


def facts(results: Results) -> Row:
    """Return one line of the index that says which run this is."""
    title = results.manifest.get("title") or {}
    told = {"zh": title, "en": title} if isinstance(title, str) else title
    names = [str(told.get(language, "")) for language in ("zh", "en")]
    return [results.id, *names, *(str(results.manifest.get(fact, "")) for fact in FACTS)]


def notes() -> Sheet:
    """Return the sheet that says what each column means."""
    rows: list[Row] = [
        [name, one.zh, one.en, one.unit, topic_of(name), one.meaning]
        for name, one in INDICATORS.items()
    ]
    head: list[Row] = [*([line] for line in REMARKS), []]
    columns = ["indicator", "中文", "English", "unit", "sheet", "meaning"]
    return Sheet("notes", "说明 What the columns mean", [*head, columns], rows)


def tables(solved: Sequence[Results]) -> Iterator[Sheet]:
    """Return the sheets that are tables already: targets, limits, calibration, sources."""
    made = {
        "targets": scorecard, "limits": limit_rows, "calibration": calibration,
        "sources": sources_used,
    }  # fmt: skip
    for name, table in made.items():
        frames = [(results.id, pd.DataFrame(table(results))) for results in solved]
        columns = list(dict.fromkeys(str(c) for _, frame in frames for c in frame.columns))
        rows = [
            [run, *(plain(line.get(column)) for column in columns)]
            for run, frame in frames
            for line in frame.to_dict("records")
        ]
        yield Sheet(name, TABLES[name], [["scenario", *columns]], rows)


def plain(value: Any) -> Value:
    """Return a cell of a table as a value a workbook knows."""
    if value is None or value != value:
        return None
    if hasattr(value, "item"):
        value = value.item()
    return value if isinstance(value, (str, int, float, bool)) else str(value)


def topic_of(name: str) -> str:
    """Return the sheet of an indicator: the module it stands in."""
    return INDICATORS[name].function.__module__.rpartition(".")[2]


def topics(accounts: Mapping[str, Accounts]) -> Iterator[Sheet]:
    """Return a sheet for each topic that has something to show."""
    names = list(dict.fromkeys([*TOPICS, *(topic_of(name) for name in INDICATORS)]))
    for topic in names:
        inside = [name for name in INDICATORS if topic_of(name) == topic]
        sheet = topic_sheet(topic, inside, accounts)
        if sheet.rows:
            yield sheet


def topic_sheet(topic: str, inside: Sequence[str], accounts: Mapping[str, Accounts]) -> Sheet:
    """Return the indicators of a topic: a column for each series, a row for each run and year."""
    values: dict[tuple[str, int], dict[Column, float]] = {}
    for run, own in accounts.items():
        names = labels_of(own.results)
        for name in inside:
            for column, year, value in series(own[name], names):
                values.setdefault((run, year), {})[column] = value
    columns = list(dict.fromkeys(column for row in values.values() for column in row))
    head: list[Row] = [
        [first, second, *(column[at] for column in columns)]
        for at, (first, second) in enumerate(
            (("情景", "年份"), ("scenario", "year"), ("", "key"), ("", "unit"))
        )
    ]
    rows: list[Row] = [
        [run, year, *(line.get(column) for column in columns)]
        for (run, year), line in values.items()
    ]
    title = " ".join(TOPICS.get(topic, (topic,)))
    return Sheet(topic, f"{title} ({len(columns)} columns)", head, rows, labels=2)


def series(values: xr.DataArray, names: Names) -> Iterator[tuple[Column, int, float]]:
    """Return an indicator value by value, if it goes by period and is short enough."""
    if "period" not in values.dims or FINE & set(values.dims):
        return
    labels = [str(name) for name in values.dims if name != "period"]
    stacked = values.reset_coords(drop=True).transpose(*labels, "period").to_series().dropna()
    for index, value in stacked.items():
        *key, year = index if isinstance(index, tuple) else (index,)
        yield column_of(values, dict(zip(labels, key, strict=True)), names), int(year), float(value)


def column_of(values: xr.DataArray, key: Mapping[str, object], names: Names) -> Column:
    """Return the head of the column of one series."""
    said = [names.get((part, str(label)), (str(label),) * 2) for part, label in key.items()]
    zh = " · ".join([str(values.attrs["long_name_zh"]), *(name[0] for name in said)])
    en = " · ".join([str(values.attrs["long_name"]), *(name[1] for name in said)])
    return zh, en, ".".join([str(values.name), *map(str, key.values())]), str(values.attrs["unit"])


def labels_of(results: Results) -> Names:
    """Return the labels that the dataset gives technologies, commodities and areas."""
    names: dict[tuple[str, str], tuple[str, str]] = {}
    for part in ("technology", "commodity"):
        keys = [str(key) for key in results.dataset[part].values]
        pairs = zip(*(labels_in(results, part, name) for name in ("zh", "en")), strict=True)
        names |= {(part, key): (zh, en) for key, (zh, en) in zip(keys, pairs, strict=True)}
    for row in results.tables.get("sectors", pd.DataFrame()).to_dict("records"):
        names["sector", str(row["sector"])] = (str(row["label_zh"]), str(row["label_en"]))
    return names


def labels_in(results: Results, part: str, language: str) -> list[str]:
    """Return the labels of a dimension in one language, the key where there is none."""
    keys = [str(key) for key in results.dataset[part].values]
    found = results.dataset.coords.get(f"{part}_label_{language}")
    given = keys if found is None else [str(label) for label in found.values]
    return [label or key for label, key in zip(given, keys, strict=True)]
