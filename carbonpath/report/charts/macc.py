"""What the next tonne costs: marginal abatement cost, every point an optimum of its own."""

from typing import Any

from carbonpath.accounts import Accounts
from carbonpath.accounts.currency import Currency
from carbonpath.accounts.labels import Namer, text
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure
from carbonpath.report.style import rounded

STUDY = "macc"
CNY_PER_T = 1e3
"""1 bn CNY per Mt are 1000 CNY per tonne."""
WIDE = 30.0
"""From this ratio of the highest to the lowest cost on, the axis is logarithmic."""
MARGINAL, MEAN = text("边际成本", "marginal"), text("平均成本", "mean")
CAP, AVOIDED = text("排放上限（百万吨）", "cap, Mt"), text("减排量（百万吨）", "avoided, Mt")
LOGARITHMIC = {"type": "log", "dtick": 1, "tickformat": ","}
TINTS = {"marginal": "#D55E00", "mean": "#0072B2"}


@chart(
    section="money",
    order=8,
    title=("边际减排成本曲线（逐点求解）", "Marginal abatement cost (by solving again)"),
    question=(
        "一年的排放上限逐步收紧，每点重新求解；横轴为相对本情景的减排量。技术间的相互影响已在其中，"
        "不是各项措施的排序。",
        "The cap on the CO2 of one year falls, each point is an optimum of its own; across: CO2 "
        "avoided beside this scenario. Technologies act on each other in it; it is no ranking of "
        "measures.",
    ),
)
def macc(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Marginal and mean cost over CO2 avoided."""
    study = accounts.results.studies.get(STUDY)
    if study is None:
        return []
    unit, factor = Currency.of(accounts.results).unit("CNY_2020/t")
    table, year = study.table.sort_values("avoided"), int(study.facts["year"])
    across = [rounded(float(value)) for value in table["avoided"]]
    costs = {
        key: [rounded(CNY_PER_T * factor * float(value)) for value in table[key]] for key in TINTS
    }  # fmt: skip
    traces = [
        {
            "type": "scatter", "mode": "lines+markers", "x": across, "y": costs[key],
            "name": name, "legendgroup": key, "marker": {"size": 6, "symbol": symbol},
            "line": {"color": TINTS[key], "width": 2, "dash": dash},
        }
        for key, name, symbol, dash in (
            ("marginal", MARGINAL, "circle", "solid"), ("mean", MEAN, "diamond", "dash")
        )
    ]  # fmt: skip
    positive = [cost for cost in (*costs["marginal"], *costs["mean"]) if cost and cost > 0.0]
    wide = bool(positive) and max(positive) > WIDE * min(positive)
    layout: dict[str, Any] = {
        "hovermode": "closest", "margin": {"b": 48},
        "xaxis": {"title": {"text": AVOIDED}, "rangemode": "tozero"},
        "yaxis": LOGARITHMIC if wide else {"rangemode": "tozero"},
    }  # fmt: skip
    caps = [rounded(float(value)) for value in table["cap"]]
    rows = [(CAP, caps), (AVOIDED, across), (MARGINAL, costs["marginal"]), (MEAN, costs["mean"])]
    columns = [text(f"第{at + 1}步", f"step {at + 1}") for at in range(len(table))]
    title = text(f"{year}年边际减排成本", f"Cost of abatement in {year}")
    figure = Figure("macc", title, unit, traces, layout, columns, rows)
    logarithmic = ("成本轴为对数刻度。", "The axis of cost is logarithmic.")
    return [figure.noted(*logarithmic) if wide else figure]
