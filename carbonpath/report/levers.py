"""What would change the answer, as far as the run itself knows: nothing here is a guess."""

from collections.abc import Iterator

from carbonpath.accounts import Accounts
from carbonpath.accounts.currency import Currency
from carbonpath.accounts.labels import Namer, Text, text
from carbonpath.accounts.leverage import assumed_share, held_back, priced_targets
from carbonpath.accounts.limits import text as plain
from carbonpath.report.style import number, percent

TARGETS, TECHNOLOGIES = 3, 4


def levers(accounts: Accounts, namer: Namer) -> Iterator[Text]:
    """Return sentences: the heaviest targets, plant at its limits, the share of assumed data."""
    found = accounts.once(priced_targets)
    for row in found.head(TARGETS).to_dict("records"):
        year = str(int(row["year"])) if row["year"] == row["year"] else ""
        amount, money = float(row["weight"]), Currency.of(accounts.results)
        zh, en = (plain(row[name]) or str(row["id"]) for name in ("label_zh", "label_en"))
        missed = ("", "") if row["met"] else ("（未达标，按罚金计）", " (missed; at its penalty)")
        yield text(
            f"{zh}{missed[0]}：{year}年每收紧1%，年成本约增 "
            f"{number(amount * money.shown)} {money.page[0]}",
            f"{en}{missed[1]}: 1 % tighter in {year} costs {number(amount)} {money.large} a year",
        )
    if not len(found):
        yield text("没有起约束的目标。", "No target binds.")
    yield from limits_of_growth(accounts, namer)
    share = accounts.once(assumed_share)
    if share == share:
        yield text(
            f"输入数值的 {percent(share, 0)} 为假设，见“可信度”",
            f"{percent(share, 0)} of the input values are assumed, see Trust",
        )


def limits_of_growth(accounts: Accounts, namer: Namer) -> Iterator[Text]:
    """Name the largest power plants and lines that are held back by building or resource."""
    rows = accounts.once(held_back)
    if not len(rows):
        return
    told = rows.head(TECHNOLOGIES).to_dict("records")
    names = [namer.exact(str(row["id"])) for row in told]
    spans = [
        f"{row['first']}–{row['last']}" if row["first"] != row["last"] else str(row["first"])
        for row in told
    ]
    pairs = list(zip(names, spans, strict=True))
    more = len(rows) - len(told)
    zh = "、".join(f"{name['zh']}（{span}）" for name, span in pairs)
    en = ", ".join(f"{name['en']} ({span})" for name, span in pairs)
    yield text(
        f"触及建设速度或资源上限：{zh}" + (f" 等 {len(rows)} 项" if more > 0 else ""),
        f"At a limit of building or resource: {en}" + (f" and {more} more" if more > 0 else ""),
    )
