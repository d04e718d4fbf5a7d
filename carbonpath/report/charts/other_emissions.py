"""Methane, nitrous oxide and air pollutants."""

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure, lines, series_by


@chart(
    section="emissions",
    order=7,
    title=("其他温室气体与大气污染物", "Other greenhouse gases and air pollutants"),
    question=(
        "与技术活动成比例的排放，不计入考核的二氧化碳总量。",
        "Emissions in proportion to activity; none of them is in the assessed CO2.",
    ),
)
def other_emissions(accounts: Accounts, namer: Namer) -> list[Figure]:
    """A small line for each emission that there is."""
    others = accounts["emissions_other"]
    series = series_by(others, "commodity", namer, [str(c) for c in others["commodity"].values])
    return [lines(f"emission-{one.key}", one.name, others, [one]).sized("third") for one in series]
