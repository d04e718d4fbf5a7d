"""What each policy avoids and costs: a range, because policies overlap."""

import pandas as pd

from carbonpath.accounts import Accounts
from carbonpath.accounts.currency import Currency
from carbonpath.accounts.labels import Namer, Text, text
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure
from carbonpath.report.spans import Mark, span_figure
from carbonpath.report.style import rounded

STUDY = "wedges"
YEARS = (2025, 2030)
"""Years shown beside the horizon."""
ALONE = text("单独加入基准情景", "added alone to the baseline")
LAST = text("从全部政策中撤除", "taken away from all of them")


@chart(
    section="money",
    order=7,
    title=("政策贡献（逐项求解）", "What each policy does (by solving again)"),
    question=(
        "每项政策单独加入基准情景、或从本情景中单独撤除时的效果；政策相互重叠或互补，故为区间，"
        "各项之和不等于总效果。",
        "The effect of each policy added alone to the baseline, and taken away alone from this "
        "scenario; policies overlap or need each other, hence a range that does not add up.",
    ),
)
def wedges(accounts: Accounts, namer: Namer) -> list[Figure]:
    """CO2 avoided in the target years and over the horizon, and the cost of the horizon."""
    study = accounts.results.studies.get(STUDY)
    if study is None:
        return []
    table = study.table
    parts = {year: part_of(table, "co2", year) for year in YEARS}
    found = [
        ranges(f"wedges-{year}", "Mt", part, avoided(year))
        for year, part in parts.items()
        if len(part)
    ]
    horizon = text("全期减排量", "CO2 avoided over the horizon")
    found.append(ranges("wedges-horizon", "Mt", part_of(table, "cumulative", 0), horizon))
    title = text("全期成本（贴现，不含罚金）", "Cost of the horizon (discounted, no penalties)")
    cost = part_of(table, "cost", 0)
    money = Currency.of(accounts.results)
    cost = cost.assign(alone=cost["alone"] * money.shown, last=cost["last"] * money.shown)
    return [*found, ranges("wedges-cost", money.unit("1e8 CNY_2020")[0], cost, title)]


def avoided(year: int) -> Text:
    """Return the title of the wedges of one year."""
    return text(f"{year}年减排量", f"CO2 avoided in {year}")


def part_of(table: pd.DataFrame, measure: str, period: int) -> pd.DataFrame:
    """Return the lines of one measure in one period."""
    return table[(table["measure"] == measure) & (table["period"] == period)]


def ranges(name: str, unit: str, part: pd.DataFrame, title: Text) -> Figure:
    """Return a bar from the lesser to the greater effect of each policy, both ends marked."""
    names = [text(str(zh), str(en)) for zh, en in zip(part["zh"], part["en"], strict=True)]
    ends = [(rounded(float(a)), rounded(float(b))) for a, b in part[["alone", "last"]].to_numpy()]
    marks = [
        Mark([one[0] for one in ends], ALONE, "alone", "circle-open", "#D55E00"),
        Mark([one[1] for one in ends], LAST, "last", "diamond", "#0072B2"),
    ]
    return span_figure(name, title, unit, list(zip(names, ends, strict=True)), [ALONE, LAST], marks)
