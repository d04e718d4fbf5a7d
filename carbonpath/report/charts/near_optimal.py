"""How firm the capacities and totals are: their ranges at a cost close to the least."""

import pandas as pd

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, Text, text
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure
from carbonpath.report.spans import Mark, span_figure
from carbonpath.report.style import rounded

STUDY = "alternatives"
CAPACITY = "capacity"
OPTIMUM = text("最优解", "optimum")
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


def figure(name: str, title: Text, unit: str, part: pd.DataFrame) -> Figure:
    """Return a bar from the lowest to the highest value of each entry, the optimum marked."""
    names = [text(str(zh), str(en)) for zh, en in zip(part["zh"], part["en"], strict=True)]
    ends = [
        [rounded(float(value)) for value in row]
        for row in part[["lowest", "optimum", "highest"]].to_numpy()
    ]
    optimum = Mark([row[1] for row in ends], OPTIMUM, "optimum", "diamond", "#D55E00")
    entries = list(zip(names, ends, strict=True))
    return span_figure(name, title, unit, entries, [LOWEST, OPTIMUM, HIGHEST], [optimum])
