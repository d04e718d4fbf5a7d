"""What each policy avoids and costs: a range, because policies overlap."""

from typing import Any

import pandas as pd

from carbonpath.accounts import Accounts
from carbonpath.accounts.currency import Currency
from carbonpath.accounts.labels import Namer, Text, text
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure, plot_name
from carbonpath.report.style import rounded

STUDY = "wedges"
YEARS = (2025, 2030)
"""Years shown beside the horizon."""
ALONE = text("单独加入基准情景", "added alone to the baseline")
LAST = text("从全部政策中撤除", "taken away from all of them")
SPAN = text("区间", "range")
TINTS = {"span": "#B8C4D0", "alone": "#D55E00", "last": "#0072B2"}


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
    places = [plot_name(one) for one in names]
    lows = [None if None in pair else min(pair) for pair in ends]  # type: ignore[type-var]
    widths = [None if a is None or b is None else abs(b - a) for a, b in ends]
    bar: dict[str, Any] = {
        "type": "bar", "orientation": "h", "y": places, "x": widths, "base": lows, "width": 0.5,
        "name": SPAN, "legendgroup": "span", "marker": {"color": TINTS["span"]},
        "hoverinfo": "skip",
    }  # fmt: skip
    traces = [
        bar,
        marks([one[0] for one in ends], places, ALONE, "alone", "circle-open"),
        marks([one[1] for one in ends], places, LAST, "last", "diamond"),
    ]
    layout: dict[str, Any] = {
        "hovermode": "closest",
        "xaxis": {"showgrid": True, "gridcolor": "#e5e8ec", "rangemode": "tozero"},
        "yaxis": {
            "type": "category", "autorange": "reversed", "tickformat": "", "tickmode": "linear",
            "dtick": 1, "ticks": "outside", "ticklen": 8, "tickcolor": "rgba(0,0,0,0)",
        },
    }  # fmt: skip
    rows = [(one, [*pair]) for one, pair in zip(names, ends, strict=True)]
    return Figure(name, title, unit, traces, layout, [ALONE, LAST], rows, "half")


def marks(
    values: list[float | None], places: list[Text], name: Text, key: str, symbol: str
) -> dict[str, Any]:
    """Return one end of the ranges."""
    return {
        "type": "scatter", "mode": "markers", "x": values, "y": places, "name": name,
        "legendgroup": key, "line": {"color": TINTS[key]}, "cliponaxis": False,
        "marker": {"color": TINTS[key], "size": 10, "symbol": symbol, "line": {"width": 2}},
    }  # fmt: skip
