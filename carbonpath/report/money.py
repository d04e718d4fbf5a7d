"""Shadow prices as a table in words."""

from carbonpath.accounts import Accounts
from carbonpath.accounts.limits import text as plain
from carbonpath.accounts.prices import shadow_prices
from carbonpath.report.briefing import YI_PER_BN, heading
from carbonpath.report.labels import Namer, text
from carbonpath.report.markup import Cell, Speaker
from carbonpath.report.style import number


def price_table(accounts: Accounts, namer: Namer, speaker: Speaker) -> str:
    """Return the shadow price of every target and year that has one."""
    table = shadow_prices(accounts.results)
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
    rows: list[list[Cell]] = []
    for row in kept.to_dict("records"):
        point = row["point"]
        per_point = "" if point != point else number(point * YI_PER_BN)
        name = text(plain(row["label_zh"]) or row["id"], plain(row["label_en"]) or row["id"])
        year = str(int(row["year"])) if row["year"] == row["year"] else ""
        words = text(row["words_zh"], row["words_en"])
        price = f"{number(abs(row['price']))} {row['price_unit']}"
        rows.append([name, words, year, price, per_point])
    head: list[Cell] = [
        text("目标", "Target"), text("含义", "In words"), text("年份", "Year"),
        text("影子价格", "Shadow price"), text("每百分点（亿元/年）", "Per point (1e8 CNY/yr)"),
    ]  # fmt: skip
    return f"{title}<p>{speaker(said)}</p>{speaker.table(head, rows, words=2)}"
