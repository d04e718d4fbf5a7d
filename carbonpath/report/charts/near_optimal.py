"""How firm the capacities and totals are: their ranges at a cost close to the least."""

from typing import Any

import pandas as pd

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.report.charts.wedges import marks
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure, plot_name
from carbonpath.report.style import rounded

STUDY = "alternatives"
CAPACITY = "capacity"
TINT = "#B8C4D0"
SPAN, OPTIMUM = text("区间", "range"), text("最优解", "optimum")
LOWEST, HIGHEST = text("最小", "lowest"), text("最大", "highest")


@chart(
    section="robustness",
    order=1,
    title=("近优区间", "Near-optimal ranges"),
    question=(
        "总成本略高于最优值时，各类容量和总量能在多大范围内变动；区间宽，说明该数字不牢靠。"
        "各项不会同时达到端点。",
        "How far capacities and totals can move at a cost slightly above the least; a wide range "
        "says that the number is not firm. They do not reach their ends together.",
    ),
)
def near_optimal(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Capacity by group, and each total, for every year that was varied."""
    study = accounts.results.studies.get(STUDY)
    if study is None:
        return []
    table, slack = study.table, float(study.facts["slack"])
    found = []
    for (year, capacity, unit), part in table.groupby(
        ["period", table["measure"] == CAPACITY, "unit"], sort=False
    ):
        what = ("装机容量", "capacity") if capacity else ("年度总量", "totals")
        title = text(
            f"{year}年{what[0]}（成本+{slack:g}%以内）",
            f"{year}: {what[1]} within +{slack:g} % cost",
        )
        name = f"near-optimal-{year}-{what[1]}-{str(unit).lower()}"
        found.append(figure(name, title, str(unit), part))
    return found


def figure(name: str, title: Any, unit: str, part: pd.DataFrame) -> Figure:
    """Return a bar from the lowest to the highest value of each entry, the optimum marked."""
    names = [text(str(zh), str(en)) for zh, en in zip(part["zh"], part["en"], strict=True)]
    ends = [
        [rounded(float(value)) for value in row]
        for row in part[["lowest", "optimum", "highest"]].to_numpy()
    ]
    places = [plot_name(one) for one in names]
    widths = [None if a is None or b is None else b - a for a, _, b in ends]
    bar: dict[str, Any] = {
        "type": "bar", "orientation": "h", "y": places, "x": widths,
        "base": [low for low, _, _ in ends], "width": min(0.5, 0.12 * len(part)),
        "name": SPAN, "legendgroup": "span", "marker": {"color": TINT}, "hoverinfo": "skip",
    }  # fmt: skip
    traces = [bar, marks([best for _, best, _ in ends], places, OPTIMUM, "alone", "diamond")]
    layout: dict[str, Any] = {
        "hovermode": "closest",
        "xaxis": {"showgrid": True, "gridcolor": "#e5e8ec", "rangemode": "tozero"},
        "yaxis": {
            "type": "category", "autorange": "reversed", "tickformat": "", "tickmode": "linear",
            "dtick": 1, "ticks": "outside", "ticklen": 8, "tickcolor": "rgba(0,0,0,0)",
        },
    }  # fmt: skip
    rows = [(one, row) for one, row in zip(names, ends, strict=True)]
    return Figure(name, title, unit, traces, layout, [LOWEST, OPTIMUM, HIGHEST], rows, "half")
