"""Scenarios as one workbook: a sheet for each topic, years downwards, a unit for each column."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
import xarray as xr

from carbonpath.accounts import INDICATORS, Accounts
from carbonpath.accounts.calibration import calibration
from carbonpath.accounts.comparison import refuse_equal_ids
from carbonpath.accounts.currency import Currency
from carbonpath.accounts.labels import Namer
from carbonpath.accounts.limits import limit_rows
from carbonpath.accounts.quality import sources_used
from carbonpath.accounts.scorecard import scorecard
from carbonpath.export.headings import UNTOLD, headings
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
STUDIES: Mapping[str, str] = {
    "wedges": "政策贡献 What each policy avoids and costs, by solving again",
    "macc": "边际减排成本 Marginal abatement cost, by solving again (bn CNY per Mt)",
}
FACTS: Mapping[str, tuple[str, str]] = {
    "dataset": ("数据集", "dataset"),
    "inputs_hash": ("输入哈希", "hash of the inputs"),
    "solved_at": ("求解时间", "solved at"),
    "status": ("状态", "status"),
}
REMARKS = (
    ("年份为模型时段：2040 代表其前一时段之后至 2040 年的各年。",
     "Years are the periods of the model: 2040 stands for the years since the period before it."),
    ("成本与流量为该时段典型年的数值，按基年价格。",
     "Costs and flows are those of a typical year of the period, at prices of the base year."),
    ("价格为模型边际值，不是市场预测。",
     "Prices are marginal values of the model, not a forecast of markets."),
    ("空单元格表示没有该数值，不表示零。",
     "An empty cell means that there is no such value; it never means zero."),
    ("数列超过一百条的指标单列一表，年份横排；各年均为零的数列略去。",
     "An indicator of more than a hundred series has a sheet of its own with the years across; "
     "series that are zero in every year are left out there."),
    ("文本即使以 = + - @ 开头也是文本；没有单元格含公式。",
     "A text is a text even where it begins with = + - or @; no cell holds a formula."),
)  # fmt: skip
MOST_SERIES = 100
"""Columns of one indicator that still can be read side by side."""
NOTHING = 1e-9
ITEMS = ("technology", "commodity")
"""Dimensions whose labels the dataset names itself."""
HEAD_OF_INDEX = (("情景", "scenario"), ("标题", "title (Chinese)"), ("英文标题", "title (English)"))
Column = tuple[str, str, str, str]
"""Title in Chinese and English, key, unit."""


def file(solved: Sequence[Results]) -> bytes:
    """Return the workbook of one or more runs."""
    refuse_equal_ids(solved)
    accounts = {results.id: Accounts(results) for results in solved}
    sheets = [notes(money(solved)), *tables(solved), *studies(solved), *topics(accounts)]
    head = list(zip(*HEAD_OF_INDEX, *FACTS.values(), strict=True))
    return workbook(sheets, [*head, *(facts(results) for results in solved), []])


def facts(results: Results) -> Row:
    """Return one line of the index that says which run this is."""
    title = results.manifest.get("title") or {}
    told = {"zh": title, "en": title} if isinstance(title, str) else title
    names = [str(told.get(language, "")) for language in ("zh", "en")]
    return [results.id, *names, *(str(results.manifest.get(fact, "")) for fact in FACTS)]


def notes(own: Currency) -> Sheet:
    """Return the sheet that says what each column means."""
    rows: list[Row] = [
        [name, one.zh, one.en, own.unit(one.unit)[0], topic_of(name), one.meaning]
        for name, one in INDICATORS.items()
    ]
    columns: list[Row] = [
        ["指标", "中文", "英文", "单位", "表", "含义"],
        ["indicator", "Chinese", "English", "unit", "sheet", "meaning"],
    ]
    title = "说明：各列含义 What the columns mean"
    return Sheet("notes", title, [*map(list, REMARKS), [], *columns], rows)


def tables(solved: Sequence[Results]) -> Iterator[Sheet]:
    """Return the sheets that are tables already: targets, limits, calibration, sources."""
    made = {
        "targets": scorecard, "limits": limit_rows, "calibration": calibration,
        "sources": sources_used,
    }  # fmt: skip
    for name, table in made.items():
        frames = [(results.id, pd.DataFrame(table(results))) for results in solved]
        columns = list(dict.fromkeys(str(c) for _, frame in frames for c in frame.columns))
        columns = [column for column in columns if column not in UNTOLD]
        rows = [
            [run, *(plain(line.get(column)) for column in columns)]
            for run, frame in frames
            for line in frame.to_dict("records")
        ]
        yield Sheet(
            name, TABLES[name], headings(["scenario", *columns], money(solved)), rows, labels=2
        )


def money(solved: Sequence[Results]) -> Currency:
    """The money of all results; 元 where they differ (their own units name it)."""
    found = {Currency.of(results) for results in solved}
    return found.pop() if len(found) == 1 else Currency()


def studies(solved: Sequence[Results]) -> Iterator[Sheet]:
    """Return the sheets of what solving again has shown, with the method in the last column."""
    for name, title in STUDIES.items():
        found = [(run.id, run.studies[name]) for run in solved if name in run.studies]
        columns = list(dict.fromkeys(str(c) for _, one in found for c in one.table.columns))
        rows: list[Row] = [
            [
                run, *(plain(line.get(column)) for column in columns),
                one.facts["slices"], one.facts["method"]["zh"], one.facts["method"]["en"],
            ]
            for run, one in found
            for line in one.table.to_dict("records")
        ]  # fmt: skip
        if rows:
            names = ["scenario", *columns, "slices", "method_zh", "method_en"]
            head = headings(names, money(solved))
            yield Sheet(name, title, head, rows, labels=2)


def plain(value: Any) -> Value:
    """Return a cell of a table as a value a workbook knows; a year has no decimals."""
    if value is None or value != value:
        return None
    if hasattr(value, "item"):
        value = value.item()
    return value if isinstance(value, (str, int, float, bool)) else str(value)


def topic_of(name: str) -> str:
    """Return the sheet of an indicator: the module it stands in."""
    return INDICATORS[name].function.__module__.rpartition(".")[2]


def topics(accounts: Mapping[str, Accounts]) -> Iterator[Sheet]:
    """Return a sheet for each topic that has something to show, then those of wide indicators."""
    wide = [
        name
        for name in INDICATORS
        if any(width(own[name]) > MOST_SERIES for own in accounts.values())
    ]
    names = list(dict.fromkeys([*TOPICS, *(topic_of(name) for name in INDICATORS)]))
    for topic in names:
        inside = [name for name in INDICATORS if topic_of(name) == topic and name not in wide]
        sheet = topic_sheet(topic, inside, accounts)
        if sheet.rows:
            yield sheet
    for name in wide:
        yield wide_sheet(name, accounts)


def width(values: xr.DataArray) -> int:
    """Return how many series an indicator has."""
    if not by_year(values):
        return 0
    return int(values.notnull().any("period").sum())


def by_year(values: xr.DataArray) -> bool:
    """Whether an indicator goes by period and not by slice."""
    return "period" in values.dims and not FINE & set(values.dims)


def topic_sheet(topic: str, inside: Sequence[str], accounts: Mapping[str, Accounts]) -> Sheet:
    """Return the indicators of a topic: a column for each series, a row for each run and year."""
    values: dict[tuple[str, int], dict[Column, float]] = {}
    for run, own in accounts.items():
        namer = Namer(own.results)
        for name in inside:
            for column, year, value in series(own[name], namer):
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


def wide_sheet(name: str, accounts: Mapping[str, Accounts]) -> Sheet:
    """Return an indicator of many series: a row for each run and series, a column for each year."""
    lines: dict[tuple[str, Column], dict[int, float]] = {}
    for run, own in accounts.items():
        for column, year, value in series(own[name], Namer(own.results)):
            lines.setdefault((run, column), {})[year] = value
    years = sorted({year for line in lines.values() for year in line})
    rows: list[Row] = [
        [run, *column, *(line.get(year) for year in years)]
        for (run, column), line in lines.items()
        if any(abs(value) > NOTHING for value in line.values())
    ]
    one = INDICATORS[name]
    head: list[Row] = [
        ["情景", "名称（中文）", "名称（英文）", "键", "单位", *years],
        ["scenario", "name (Chinese)", "name (English)", "key", "unit", *years],
    ]
    return Sheet(name, f"{one.zh} {one.en} ({len(rows)} rows)", head, rows, labels=3)


def series(values: xr.DataArray, namer: Namer) -> Iterator[tuple[Column, int, float]]:
    """Return an indicator value by value, if it goes by period and not by slice."""
    if not by_year(values):
        return
    labels = [str(name) for name in values.dims if name != "period"]
    stacked = values.reset_coords(drop=True).transpose(*labels, "period").to_series().dropna()
    for index, value in stacked.items():
        *key, year = index if isinstance(index, tuple) else (index,)
        yield column_of(values, dict(zip(labels, key, strict=True)), namer), int(year), float(value)


def column_of(values: xr.DataArray, key: Mapping[str, object], namer: Namer) -> Column:
    """Return the head of the column of one series."""
    said = [
        namer.exact(str(label)) if part in ITEMS else namer(str(label))
        for part, label in key.items()
    ]
    zh = " · ".join([str(values.attrs["long_name_zh"]), *(name["zh"] for name in said)])
    en = " · ".join([str(values.attrs["long_name"]), *(name["en"] for name in said)])
    return zh, en, ".".join([str(values.name), *map(str, key.values())]), str(values.attrs["unit"])
