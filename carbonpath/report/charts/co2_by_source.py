"""What emits: fuel, processes, feedstock, imported electricity."""

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.report.charts.co2_by_scope import FUEL
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure, series_by, stacked_area

PARTS = ("energy", "process", "net_imports", "feedstock")
TITLE = ("二氧化碳来源", "CO2 by source")


@chart(
    section="emissions",
    order=4,
    title=TITLE,
    question=(
        "C1 = 能源活动 + 工业过程 + 净外来电；C0 = 能源活动 + 原料用能 + 净外来电。",
        "C1 = fuel + processes + net imports; C0 = fuel + feedstock + net imports.",
    ),
)
def co2_by_source(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Stacked areas of the parts of the assessed totals."""
    scopes = accounts["co2_by_scope"]
    series = series_by(scopes, "scope", namer, list(PARTS), known_as=FUEL)
    return [stacked_area("co2-by-source", text(*TITLE), scopes, series).sized("half")]
