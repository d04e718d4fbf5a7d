"""The scorecard of a run in words: one row for each target, for the page and for the document."""

from typing import Any

import pandas as pd

from carbonpath.accounts.labels import Namer, Text, text, unit_text
from carbonpath.accounts.limits import text as plain
from carbonpath.report.markup import Cell, Raw, Speaker
from carbonpath.report.style import number

HEAD: tuple[Text, ...] = (
    text("目标", "Target"), text("年份", "Year"), text("口径", "Regime"), text("类型", "Kind"),
    text("结果", "Verdict"), text("基年", "Base"), text("要求", "Required"),
    text("模型", "Model"), text("余量", "Margin"), text("单位", "Unit"),
    text("影子价格", "Shadow price"),
)  # fmt: skip
VERDICT, WORDS = 4, 5
"""The column of the verdict, and how many columns are words."""
Row = dict[Any, Any]


def verdict(row: Row) -> Text:
    """Return symbol and word of a target; one that is only tracked is never called missed."""
    if row["mode"] == "track":
        return (
            text("◇ 达到（仅跟踪）", "◇ reached (tracked)")
            if row["met"]
            else text("▽ 未达到（仅跟踪）", "▽ not reached (tracked)")
        )
    if not row["met"]:
        return text("✘ 未达标", "✘ missed")
    if row["binding"]:
        return text("▲ 达标（起约束）", "▲ met, binding")
    return text("✔ 达标", "✔ met")


def grade(row: Row) -> str:
    """Return the class that colours a verdict."""
    if row["mode"] == "track":
        return "tracked" if row["met"] else "tracked apart"
    return "missed" if not row["met"] else "tight" if row["binding"] else "met"


def score_rows(card: pd.DataFrame, namer: Namer) -> list[list[str | Text]]:
    """Return the cells of every target, under `HEAD`."""
    return [
        [
            label(row), years_of_target(row), plain(row["regime"]), namer(str(row["mode"])),
            verdict(row), number(row["base"]), f"{sign(row)} {number(row['target'])}",
            number(row["value"]), number(row["margin"]), unit_text(str(row["unit"])),
            short_price(row),
        ]
        for row in card.to_dict("records")
    ]  # fmt: skip


def score_table(card: pd.DataFrame, namer: Namer, speaker: Speaker) -> str:
    """Return the scorecard as HTML."""
    if not len(card):
        return f"<p>{speaker(text('本情景没有目标。', 'This scenario has no targets.'))}</p>"
    rows: list[list[Cell]] = []
    for row, cells in zip(card.to_dict("records"), score_rows(card, namer), strict=True):
        marked: list[Cell] = [*cells]
        marked[VERDICT] = Raw(f'<span class="{grade(row)}">{speaker(cells[VERDICT])}</span>')
        rows.append(marked)
    return speaker.table(HEAD, rows, css="scorecard", words=WORDS)


def label(row: Row) -> Text:
    """Return the name of a target, its id where it has none."""
    return text(plain(row["label_zh"]) or row["id"], plain(row["label_en"]) or row["id"])


def sign(row: Row) -> str:
    """Return the sense of a target as it is printed."""
    return {">=": "≥", "<=": "≤"}.get(str(row["sense"]), "=")


def years_of_target(row: Row) -> str:
    """Return the year from which a target holds, and the worst year where that is another."""
    first, worst = row["year"], row["worst_year"]
    if first is None or first != first:
        return ""
    return f"{int(first)}" if first == worst or worst != worst else f"{int(first)} ({int(worst)})"


def short_price(row: Row) -> Text:
    """Return the shadow price of a target in few words; all words are in the table of prices."""
    price = row["price"]
    if not plain(row["words_zh"]) or price is None or price != price or price == 0.0:
        return text("—", "—")
    amount, unit = number(abs(price)), str(row["price_unit"])
    of = unit.removeprefix("CNY/")
    penalty = ("" if row["met"] else "（=罚金）", "" if row["met"] else " (penalty)")
    said = text(f"元/{of}", unit) if of != unit else unit_text(unit)
    return text(f"{amount} {said['zh']}{penalty[0]}", f"{amount} {said['en']}{penalty[1]}")
