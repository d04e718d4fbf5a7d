"""Shadow prices as a table in words."""

from typing import Any

import pandas as pd

from carbonpath.accounts import Accounts
from carbonpath.accounts.currency import Currency
from carbonpath.accounts.labels import Namer, text
from carbonpath.accounts.limits import text as plain
from carbonpath.accounts.prices import shadow_prices
from carbonpath.report.briefing import heading
from carbonpath.report.markup import Cell, Speaker
from carbonpath.report.style import number


def price_table(accounts: Accounts, namer: Namer, speaker: Speaker) -> str:
    """Return the shadow price of every target and year that has one."""
    table = accounts.once(shadow_prices)
    title = heading(speaker, "目标的影子价格", "Shadow prices of targets")
    said = text(
        "边际值、未贴现、每年；模型结果，非市场预测。未达标目标的价格等于其罚金。",
        "Marginal, undiscounted, per year; of the model, no market forecast. The price of a missed "
        "target equals its penalty.",
    )
    kept = table[table["price"].abs() > 0.0] if len(table) else table
    if not len(kept):
        none = text("没有起约束的目标。", "No target binds.")
        return f"{title}<p>{speaker(none)}</p>"
    money = Currency.of(accounts.results)
    rows = [price_row(part, money) for _, part in kept.groupby("id", sort=False)]
    head: list[Cell] = [
        text("目标", "Target"),
        text("含义（价格最高之年）", "In words, year of the highest price"),
        text("各年影子价格", "Shadow price by year"),
        text(f"每百分点（{money.page[0]}/年）", f"Per point ({money.page[1]}/yr)"),
    ]
    return f"{title}<p>{speaker(said)}</p>{speaker.table(head, rows, css='shadow', words=3)}"


def price_row(part: pd.DataFrame, money: Currency) -> list[Cell]:
    """Return the row of one target: the highest price in words, then the price of each year."""
    top = part.iloc[int(part["price"].abs().to_numpy().argmax())]
    name = text(plain(top["label_zh"]) or top["id"], plain(top["label_en"]) or top["id"])
    words = text(f"{year(top)}: {top['words_zh']}", f"{year(top)}: {top['words_en']}")
    by_year = "; ".join(
        f"{year(row)}: {number(abs(row['price']))}" for row in part.to_dict("records")
    )
    point = top["point"]
    per_point = "" if point != point else number(point * money.shown)
    of = str(top["price_unit"]).removeprefix(f"{money.small[1]}/")
    return [name, words, text(*(f"{by_year} {one}/{of}" for one in money.small)), per_point]


def year(row: Any) -> str:
    """Return the year of a price; empty for a limit on the whole horizon."""
    return str(int(row["year"])) if row["year"] == row["year"] else ""
