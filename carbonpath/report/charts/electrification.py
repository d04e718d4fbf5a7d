"""How far each area is electrified."""

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure, lines, series_by

TITLE = ("分领域电气化率", "Electrification by area")


@chart(
    section="areas",
    order=0,
    title=TITLE,
    question=(
        "电力占各领域终端能源的比重（当量值）。",
        "Electricity in the final energy of each area, calorific.",
    ),
)
def electrification(accounts: Accounts, namer: Namer) -> list[Figure]:
    """A line for each area."""
    shares = accounts["electrification_by_area"]
    used = [
        str(key) for key in shares["sector"].values if bool(shares.sel(sector=key).notnull().any())
    ]
    series = series_by(shares, "sector", namer, used)
    return [lines("electrification", text(*TITLE), shares, series)]
