"""Accounts of CO2 beside the assessed total."""

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure, lines, series_by


@chart(
    section="emissions",
    order=8,
    title=("二氧化碳备查项", "Accounts of CO2 beside the total"),
    question=(
        "碳汇与碳市场覆盖排放单独列账，不抵扣也不计入考核总量。",
        "Sinks and CO2 under the carbon market are accounts of their own, never netted from or "
        "added to the assessed total.",
    ),
)
def co2_memo(accounts: Accounts, namer: Namer) -> list[Figure]:
    """A small line for each account."""
    memo = accounts["co2_memo"]
    series = series_by(memo, "commodity", namer, [str(c) for c in memo["commodity"].values])
    return [lines(f"memo-{one.key}", one.name, memo, [one]).sized("third") for one in series]
