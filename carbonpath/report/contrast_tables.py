"""Tables of several pathways: facts, scorecard, heatmap, differences, inputs that differ."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from carbonpath.accounts.comparison import against
from carbonpath.accounts.contrast import Facts, Target, assumptions, facts, positions, targets_of
from carbonpath.accounts.currency import Currency
from carbonpath.accounts.labels import Namer, Text, text, unit_text
from carbonpath.accounts.limits import text as plain
from carbonpath.report.briefing import KEY_FIGURES
from carbonpath.report.contrast_figures import Pathway
from carbonpath.report.markup import Cell, Raw, Speaker
from carbonpath.report.places import fold
from carbonpath.report.score import grade, sign, verdict
from carbonpath.report.style import number, percent, signed

YEARS = (2025, 2030, 2035, 2060)
MOST_INPUTS = 400
FOLDED = 40
"""Tables of inputs longer than this are folded."""
LOW, HIGH = (247, 251, 255), (120, 181, 223)
"""Colours of the least and the greatest value of a row; black text is readable on both."""


def fact_table(pathways: Sequence[Pathway], speaker: Speaker) -> str:
    """Return one line for each pathway: targets met, peak, emissions, cost."""
    base = pathways[0].accounts
    money = Currency.of(base.results)
    tonne = ("百万吨", "Mt") if money.foreign else ("吨", "t")
    head: list[Cell] = [
        text("路径", "Pathway"), text("目标达成", "Targets met"),
        text("达峰年（C1）", "Peak year (C1)"), text("峰值（百万吨）", "Peak (Mt)"),
        text("累计排放（百万吨）", "Cumulative CO2 (Mt)"), text("较基准", "On baseline"),
        text(f"贴现成本（{money.page[0]}）", f"Discounted cost ({money.page[1]})"),
        text("较基准", "On baseline"),
        text(f"每{tonne[0]}减排成本（{money.small[0]}）",
             f"Cost per {tonne[1]} avoided ({money.small[1]})"),
    ]  # fmt: skip
    rows = [fact_row(one, facts(one.accounts, base if at else None), money)
            for at, one in enumerate(pathways)]  # fmt: skip
    said = text(
        "每吨减排成本 = 贴现成本差 ÷ 累计排放差（未贴现），仅在减排时给出；不含罚金。",
        "Cost per tonne avoided: difference of discounted cost over that of cumulative CO2 (not "
        "discounted), where emissions are lower; without penalties.",
    )
    return (
        speaker.table(head, rows, css="facts-table", rows_are_pathways=True)
        + f'<p class="note">{speaker(said)}</p>'
    )


def fact_row(one: Pathway, found: Facts, money: Currency) -> list[Cell]:
    """Return the line of one pathway."""
    change, dearer = found.cumulative_difference, found.cost_difference
    return [
        one.name,
        f"{found.met}/{found.targets}",
        str(found.peak_year),
        number(found.peak),
        number(found.cumulative, 4),
        text("基准", "baseline") if change is None else signed(change),
        number(found.cost * money.shown, 4),
        text("基准", "baseline") if dearer is None else signed(dearer * money.shown),
        number(found.cost_per_tonne),
    ]


def score_table(pathways: Sequence[Pathway], speaker: Speaker) -> str:
    """Return the targets as rows, the pathways as columns, missed ones first."""
    targets = targets_of([one.accounts.results for one in pathways])
    if not targets:
        return f"<p>{speaker(text('没有目标。', 'There are no targets.'))}</p>"
    head: list[Cell] = [
        text("目标", "Target"), text("年份", "Year"), text("要求", "Required"),
        *[one.name for one in pathways],
    ]  # fmt: skip
    rows = [score_row(target, pathways, speaker) for target in targets]
    return speaker.table(head, rows, css="scorecard several", words=len(head), pathways=3)


def score_row(target: Target, pathways: Sequence[Pathway], speaker: Speaker) -> list[Cell]:
    """Return the row of one target."""
    line = target.any
    unit, asked = unit_text(str(line["unit"])), f"{sign(line)} {number(line['target'])}"
    regime = plain(line["regime"])
    tail = f" · {regime}" if regime else ""
    zh, en = (plain(line[name]) or target.id for name in ("label_zh", "label_en"))
    return [
        text(zh + ("" if regime in zh else tail), en + ("" if regime in en else tail)),
        str(target.year or ""),
        text(f"{asked} {unit['zh']}", f"{asked} {unit['en']}"),
        *[score_cell(target.lines.get(one.id), line, speaker) for one in pathways],
    ]


def score_cell(line: dict[str, Any] | None, first: dict[str, Any], speaker: Speaker) -> Raw:
    """Return symbol, word, value and margin of a target in one pathway."""
    if line is None:
        return Raw(f'<span class="none">{speaker(text("— 无此目标", "— not a target"))}</span>')
    own = "" if number(line["target"]) == number(first["target"]) else (
        f" ({sign(line)} {number(line['target'])})"
    )  # fmt: skip
    value = f"{number(line['value'])}{own} [{signed(line['margin'])}]"
    return Raw(f'<span class="{grade(line)}">{speaker(verdict(line))}</span><br>{speaker(value)}')


def indicators(pathways: Sequence[Pathway]) -> Iterator[tuple[Text, str, int, list[float]]]:
    """Return name, unit, year and values of the key figures of all pathways."""
    for name, labels, own in KEY_FIGURES:
        columns = [one.accounts[name].sel(labels) for one in pathways]
        attrs = columns[0].attrs
        title = own or text(str(attrs["long_name_zh"]), str(attrs["long_name"]))
        for year in YEARS:
            if all(year in column["period"].values for column in columns):
                values = [float(column.sel(period=year)) for column in columns]
                yield title, str(attrs["unit"]), year, values


def key_frame(pathways: Sequence[Pathway]) -> tuple[list[tuple[Text, str, int]], pd.DataFrame]:
    """Return the key figures: their heads, and a frame with a column for each pathway."""
    found = [row for row in indicators(pathways) if any(value == value for value in row[3])]
    heads = [(title, unit, year) for title, unit, year, _ in found]
    frame = pd.DataFrame([values for *_, values in found], columns=[one.id for one in pathways])
    return heads, frame


def heat_table(pathways: Sequence[Pathway], speaker: Speaker) -> str:
    """Return indicators by pathway, the numbers printed on a shade from least to greatest."""
    heads, frame = key_frame(pathways)
    where = positions(frame)
    rows: list[list[Cell]] = []
    for at, (title, unit, year) in enumerate(heads):
        cells = [
            shade(told(value, unit), place)
            for value, place in zip(frame.iloc[at], where.iloc[at], strict=True)
        ]
        rows.append([title, unit_text("%" if unit == "1" else unit), str(year), *cells])
    head: list[Cell] = [
        text("指标", "Indicator"), text("单位", "Unit"), text("年份", "Year"),
        *[one.name for one in pathways],
    ]  # fmt: skip
    return speaker.table(head, rows, css="heat", words=3, pathways=3)


def told(value: float, unit: str) -> str:
    """Return a value as the page tells it, a share in per cent."""
    return number(value * 100.0 if unit == "1" else value)


def shade(said: str, place: float) -> Raw:
    """Return a number on the shade of its place in the row; no shade where all are equal."""
    if place != place:
        return Raw(f"<span>{said}</span>")
    mixed = [round(low + (high - low) * place) for low, high in zip(LOW, HIGH, strict=True)]
    tint = "#" + "".join(f"{part:02x}" for part in mixed)
    return Raw(f'<span class="shade" style="--shade:{tint}">{said}</span>')


def difference_table(pathways: Sequence[Pathway], speaker: Speaker) -> str:
    """Return the level of the baseline, and how far each other pathway is from it."""
    heads, frame = key_frame(pathways)
    base = pathways[0].id
    apart = against(frame, base)
    rows: list[list[Cell]] = []
    for at, (title, unit, year) in enumerate(heads):
        level = float(frame[base].iloc[at])
        cells = [distance(float(value), level, unit) for value in apart.iloc[at]]
        name = unit_text("%" if unit == "1" else unit)
        rows.append([title, name, str(year), told(level, unit), *cells])
    head: list[Cell] = [
        text("指标", "Indicator"), text("单位", "Unit"), text("年份", "Year"),
        text(f"{pathways[0].name['zh']}（基准）", f"{pathways[0].name['en']} (baseline)"),
        *[text(f"Δ {one.name['zh']}", f"Δ {one.name['en']}") for one in pathways[1:]],
    ]  # fmt: skip
    return speaker.table(head, rows, css="differences", words=3, pathways=3)


def distance(apart: float, level: float, unit: str) -> str:
    """Return a difference, in percentage points for shares, else with its per cent."""
    if apart != apart:
        return "—"
    if unit == "1":
        return signed(apart * 100.0)
    relative = f" ({percent(apart / abs(level))})" if level else ""
    return f"{signed(apart)}{relative}"


def assumption_table(pathways: Sequence[Pathway], namer: Namer, speaker: Speaker) -> str:
    """Return only the inputs that differ, each with what set it."""
    table = assumptions([one.accounts.results for one in pathways])
    if not len(table):
        return f"<p>{speaker(text('输入完全相同。', 'All inputs are the same.'))}</p>"
    ids = [one.id for one in pathways]
    rows: list[list[Cell]] = []
    for row in table.head(MOST_INPUTS).to_dict("records"):
        cells: list[Cell] = [plain(row[name]) or "—" for name in ids]
        rows.append([row["table"], row["key"], row["unit"], *cells, row["origin"]])
    head: list[Cell] = [
        text("表", "Table"), text("键", "Key"), text("单位", "Unit"),
        *[one.name for one in pathways], text("出处", "Origin"),
    ]  # fmt: skip
    said = text(f"{len(table)} 项输入不同。", f"{len(table)} inputs differ.")
    more = len(table) - MOST_INPUTS
    if more > 0:
        said = text(
            f"{said['zh']}下列前 {MOST_INPUTS} 项；全部见 carbonpath diff。",
            f"{said['en']} The first {MOST_INPUTS} are listed; carbonpath diff tells all.",
        )
    body = speaker.table(head, rows, css="inputs", words=len(head), pathways=3)
    if len(table) > FOLDED:
        body = fold(text(f"展开 {len(rows)} 项", f"show {len(rows)}"), body, speaker, titled=False)
    return f"<p>{speaker(said)}</p>{body}"
