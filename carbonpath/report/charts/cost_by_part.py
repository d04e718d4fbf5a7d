"""What it costs, and what for."""

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure, series_by, shown, stacked_bars, years_of


@chart(
    section="money",
    order=1,
    title=("年度成本构成", "Yearly cost"),
    question=(
        "每期典型年的成本：投资按决策者要求的收益率折为年金；未达标罚金不计入。",
        "Cost of a typical year of each period: investment as annuities at the rate of those who "
        "decide; penalties for missed targets are not in it.",
    ),
)
def cost_by_part(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Stacked bars by part and by area."""
    parts, areas = accounts["cost_by_part"], accounts["cost_by_area"]
    unit = str(shown(parts).attrs["unit"])
    first = stacked_bars(
        "cost-by-part", text("按构成", "By part"), unit, years_of(parts),
        series_by(parts, "part", namer, [str(part) for part in parts["part"].values]),
    )  # fmt: skip
    second = stacked_bars(
        "cost-by-area", text("按领域", "By area"), unit, years_of(areas),
        series_by(areas, "sector", namer, [str(area) for area in areas["sector"].values]),
    )  # fmt: skip
    return [first.sized("half"), second.sized("half")]
