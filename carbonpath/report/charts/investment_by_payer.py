"""Who pays for investment: the areas whose equipment it is."""

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure, series_by, shown, stacked_bars, years_of

TITLE = ("各付费方的投资（年金）", "Investment by payer (annuities)")


@chart(
    section="money",
    order=3,
    title=TITLE,
    question=(
        "基年之后新建设备的投资，按所属领域（由谁付费）分列，折为每年年金；基年存量不计。",
        "What the areas pay for equipment built after the base year, as yearly annuities, by the "
        "area that owns it; the stock of the base year is not in it.",
    ),
)
def investment_by_payer(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Stacked bars by area."""
    paid = accounts["investment_by_area"]
    order = [str(area) for area in paid["sector"].values]
    series = series_by(paid, "sector", namer, order)
    unit = str(shown(paid).attrs["unit"])
    return [stacked_bars("investment-by-payer", text(*TITLE), unit, years_of(paid), series)]
