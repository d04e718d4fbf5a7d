"""Which plants stand: power capacity by group."""

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure, series_by, stacked_bars, years_of

TITLE = ("电力装机", "Power capacity")


@chart(
    section="power",
    order=1,
    title=TITLE,
    question=(
        "各期末的电源与储能容量。",
        "Plants and storage standing at the end of each period.",
    ),
)
def capacity(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Stacked bars by group of plants and period."""
    standing = accounts["capacity_by_type"]
    series = series_by(standing, "group", namer)
    return [stacked_bars("capacity", text(*TITLE), "GW", years_of(standing), series)]
