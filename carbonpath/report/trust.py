"""The last part: does the run hold, how does it compare with statistics, where are numbers from."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from carbonpath.accounts import Accounts
from carbonpath.accounts.bounds import bounds
from carbonpath.accounts.calibration import calibrated
from carbonpath.accounts.currency import Currency
from carbonpath.accounts.labels import Namer, Text, text, unit_text
from carbonpath.accounts.quality import quality_mix, sources_used
from carbonpath.accounts.verify import CHECKS, failures, remarks
from carbonpath.report.briefing import heading
from carbonpath.report.markup import Cell, Raw, Speaker
from carbonpath.report.places import fold
from carbonpath.report.studies import limit_labels
from carbonpath.report.style import number, percent

MOST_BOUNDS = 80
TABLES = {
    "accounting": "核算参数", "calibration": "校准", "demands": "需求", "drivers": "驱动因素",
    "elasticities": "弹性", "flows": "投入产出", "history": "历史年份", "limits": "约束",
    "parameters": "技术参数", "statistics": "统计", "stock": "存量", "prices": "价格",
    "profiles": "曲线", "shapes": "曲线形状",
}  # fmt: skip
"""Tables of the dataset in Chinese; in English they bear the names of their files."""
FACTS = {
    "base_year": "基年", "code_hash": "代码哈希", "dataset": "数据集", "dataset_hash": "数据哈希",
    "id": "编号", "inputs_hash": "输入哈希", "model_hash": "模型哈希", "note": "说明",
    "objective": "目标函数（十亿元）", "options": "选项", "peak_memory_mb": "内存峰值（MB）",
    "scenario_hash": "情景哈希", "schema": "格式", "seconds": "用时（秒）", "solved_at": "求解时间",
    "status": "求解状态", "total_cost": "总成本（十亿元）", "model": "模型", "versions": "版本",
    "total_cost_social": "总成本，社会折现（十亿元）", "sizes": "规模", "title": "标题",
}  # fmt: skip
"""Facts of the manifest in Chinese."""


def trust(accounts: Accounts, namer: Namer, speaker: Speaker) -> str:
    """Return the HTML of the trust page."""
    results = accounts.results
    parts = [
        heading(speaker, "恒等式检验", "Identities"),
        identities(accounts.once(failures), remarks(results), speaker),
        heading(speaker, "2020年校准：模型与统计", "Calibration: model against statistics"),
        calibration_table(calibrated(accounts), namer, speaker),
        heading(speaker, "落在边界上的结果", "Results that sit on a bound"),
        bound_table(bounds(results), limit_labels(results), namer, speaker),
        heading(speaker, "数据质量构成", "Quality of the data"),
        quality_table(accounts.once(quality_mix), namer, speaker),
        heading(speaker, "来源", "Sources"),
        source_table(accounts.once(sources_used), speaker),
        heading(speaker, "版本与哈希", "Versions and hashes"),
        manifest_table(results.manifest, Currency.of(results), speaker),
    ]
    return "".join(parts)


def identities(failed: list[str], remarked: list[tuple[str, str]], speaker: Speaker) -> str:
    """Return how many identities hold, those that do not, and those that apply in part."""
    good = len(CHECKS) - len({sentence.split(":")[0] for sentence in failed})
    said = text(
        f"{len(CHECKS)} 项检验中 {good} 项成立（容差 1e-6）。",
        f"{good} of {len(CHECKS)} identities hold (tolerance 1e-6).",
    )
    notes = "".join(f"<p>{speaker(text(zh, en))}</p>" for zh, en in remarked)
    return f"<p>{speaker(said)}</p>" + notes + (speaker.items(list(failed)) if failed else "")


def calibration_table(table: pd.DataFrame, namer: Namer, speaker: Speaker) -> str:
    """Return the calibration table."""
    if not len(table):
        return f"<p>{speaker(text('没有校准行。', 'No calibration rows.'))}</p>"
    head: list[Cell] = [
        text("项目", "Row"), text("给定/计算", "Fixed or computed"), text("说明", "Explanation"),
        text("年份", "Year"), text("统计", "Statistic"), text("模型", "Model"),
        text("偏差", "Deviation"), text("单位", "Unit"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            text(row["label_zh"] or row["row"], row["label_en"] or row["row"]),
            namer(row["determined"]), explained(row), str(row["period"]),
            number(row["statistic"], 4), number(row["model"], 4), deviation(row, speaker),
            unit_text(row["unit"]),
        ]
        for row in table.to_dict("records")
    ]  # fmt: skip
    within = int(table["within"].astype(bool).sum())
    most = percent(float(table["deviation"].abs().max()))
    said = text(
        f"{len(rows)} 行中 {within} 行在容差内，最大偏差 {most}。",
        f"{within} of {len(rows)} rows are within tolerance; the largest deviation is {most}.",
    )
    body = speaker.table(head, rows, css="calibration", words=3)
    return f"<p>{speaker(said)}</p>{folded(len(rows), body, speaker)}"


def explained(row: dict[Any, Any]) -> Text:
    """Return the explanation of a row; where there is none in Chinese, as it was given."""
    return text(row["explanation_zh"] or row["explanation"], row["explanation"])


def deviation(row: dict[Any, Any], speaker: Speaker) -> Raw:
    """Return a deviation, marked in word and colour when it is too large."""
    css = "met" if row["within"] else "missed"
    mark = "" if row["within"] else " ✘"
    return Raw(f'<span class="{css}">{percent(row["deviation"])}{mark}</span>')


def bound_table(
    table: pd.DataFrame, limits: Mapping[str, Text], namer: Namer, speaker: Speaker
) -> str:
    """Return the results on a bound, the years of each put together; limits have their labels."""
    if not len(table):
        return f"<p>{speaker(text('没有。', 'None.'))}</p>"
    rows: list[list[Cell]] = [
        [
            namer(str(kind)),
            limits[str(name)]
            if kind == "limit" and str(name) in limits
            else namer.exact(str(name)),
            runs_of(part["period"].astype(str).tolist()),
        ]
        for (kind, name), part in table.groupby(["kind", "id"], sort=False)
    ]
    more = len(rows) - MOST_BOUNDS
    head: list[Cell] = [text("边界", "Bound"), text("对象", "On"), text("年份", "Years")]
    shown = speaker.table(head, rows[:MOST_BOUNDS], words=3)
    if more > 0:
        shown += f"<p>{speaker(text(f'另有 {more} 项。', f'{more} more.'))}</p>"
    note = text(
        "这些数值由边界给出，而非优化所选。",
        "These numbers are the bound's, not a choice of the model.",
    )
    return f"<p>{speaker(note)}</p>{folded(len(rows), shown, speaker)}"


def folded(rows: int, body: str, speaker: Speaker) -> str:
    """Return a long table behind a line that says how long it is."""
    return fold(text(f"展开 {rows} 项", f"show {rows}"), body, speaker, titled=False)


def runs_of(periods: list[str]) -> str:
    """Return years as text, long lists shortened to first, last and how many."""
    if len(periods) <= 4:  # noqa: PLR2004
        return ", ".join(periods)
    return f"{periods[0]}–{periods[-1]} ({len(periods)})"


def quality_table(table: pd.DataFrame, namer: Namer, speaker: Speaker) -> str:
    """Return how many values of each table have which quality."""
    if not len(table):
        return f"<p>{speaker(text('无记录。', 'Not recorded.'))}</p>"
    names = [name for name in table.columns if name != "table"]
    rows: list[list[Cell]] = [
        [
            text(TABLES.get(str(row["table"]), str(row["table"])), str(row["table"])),
            *[str(int(row[name])) for name in names],
        ]
        for row in table.to_dict("records")
    ]
    totals = [int(table[name].sum()) for name in names]
    whole = max(1, sum(totals))
    rows.append([text("合计", "All"), *[f"{n} ({percent(n / whole, 0)})" for n in totals]])
    return speaker.table([text("表", "Table"), *[namer(name) for name in names]], rows)


def source_table(table: pd.DataFrame, speaker: Speaker) -> str:
    """Return the sources with how many values rest on each."""
    if not len(table):
        return f"<p>{speaker(text('无记录。', 'Not recorded.'))}</p>"
    names = ["title", "publisher", "number", "year"]
    rows: list[list[Cell]] = [
        [*[said(row.get(name)) for name in names], str(row["values"])]
        for row in table.to_dict("records")
    ]
    head: list[Cell] = [
        text("标题", "Title"), text("发布者", "Publisher"), text("文号", "Number"),
        text("年份", "Year"), text("数值个数", "Values"),
    ]  # fmt: skip
    body = speaker.table(head, rows, words=4)
    return folded(len(rows), body, speaker)


def said(value: object) -> str:
    """Return a cell as text; missing is empty, a year has no decimals."""
    if value is None or value != value:
        return ""
    return str(value).removesuffix(".0")


def manifest_table(manifest: Any, money: Currency, speaker: Speaker) -> str:
    """Return the plain facts of the manifest."""
    rows: list[list[Cell]] = []
    for key in sorted(manifest):
        value = manifest[key]
        if isinstance(value, dict):
            if key in ("versions", "seconds", "options", "sizes", "model"):
                rows += [[fact(key, inner), told(value[inner])] for inner in sorted(value)]
        elif isinstance(value, (str, int, float)) and key not in ("log",):
            name = fact(key)
            if money.foreign:
                name["zh"] = name["zh"].replace("十亿元", money.zh)
            rows.append([name, told(value)])
    warnings = manifest.get("warnings") or []
    listed = speaker.items([str(warning) for warning in warnings]) if warnings else ""
    title: Text = text(f"警告 {len(warnings)} 条", f"{len(warnings)} warnings")
    head: list[Cell] = [text("项", "Fact"), text("值", "Value")]
    return speaker.table(head, rows, words=2) + f"<p>{speaker(title)}</p>{listed}"


def fact(key: str, inner: str = "") -> Text:
    """Return the name of a fact of the manifest."""
    tail = f" · {inner}" if inner else ""
    return text(f"{FACTS.get(key, key)}{tail}", f"{key.replace('_', ' ')}{tail}")


def told(value: object) -> str:
    """Return a fact as short text."""
    return f"{value:.4g}" if isinstance(value, float) else str(value)[:300]
