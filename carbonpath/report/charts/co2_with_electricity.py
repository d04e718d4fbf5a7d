"""Who causes: CO2 of power allocated to the areas that use it."""

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure, series_by, stacked_area

TITLE = ("分领域二氧化碳（电力按用电量分摊）", "CO2 by area, electricity allocated to its users")


@chart(
    section="emissions",
    order=3,
    title=TITLE,
    question=(
        "发电与净外来电的排放在求解后按各领域用电量分摊；各领域之和等于 C1。",
        "CO2 of generation and net imports is shared out after the solve by electricity used; the "
        "areas add up to C1.",
    ),
)
def co2_with_electricity(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Stacked areas of the six areas, indirect emissions included."""
    areas = accounts["co2_with_electricity"]
    series = series_by(areas, "sector", namer, [str(key) for key in areas["sector"].values])
    return [stacked_area("co2-allocated", text(*TITLE), areas, series).sized("half")]
