"""What energy the province uses: the statutory total by source."""

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.report.declare import chart
from carbonpath.report.figure import (
    Figure,
    Series,
    observed_of,
    past_of,
    series_by,
    stacked_area,
    values_of,
)

TITLE = ("能源消费结构（等价值）", "Energy mix (coal equivalent)")


@chart(
    section="energy",
    order=1,
    title=TITLE,
    question=(
        "法定口径：一次电力和净外来电按当年火电煤耗折算（等价值）。",
        "Statutory: primary and net imported electricity at the coal rate of thermal power.",
    ),
)
def energy_mix(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Stacked areas of the energy total R0 by source, with history."""
    mix = accounts["energy_by_fuel"]
    past = past_of(accounts.results, "energy_by_fuel")
    series = series_by(mix, "fuel", namer, past=past)
    whole = accounts["energy_consumption"].sel(regime="R0")
    total = Series(
        "R0", namer("R0"), values_of(whole),
        observed_of(accounts.results, "energy_consumption", "R0"),
    )  # fmt: skip
    return [stacked_area("energy-mix", text(*TITLE), mix, series, lines=[total])]
