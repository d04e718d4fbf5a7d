"""The same in direct equivalent, as international tables have it."""

from dataclasses import replace

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.report.declare import chart
from carbonpath.report.figure import ENERGY_UNITS, Figure, series_by, stacked_area

TITLE = ("一次能源（直接当量法）", "Primary energy (direct equivalent)")


@chart(
    section="energy",
    order=2,
    title=TITLE,
    question=(
        "一次电力按自身热值计；净外来电属二次能源贸易，不计入。",
        "Primary electricity at its own energy content; net imported electricity is trade of "
        "secondary energy and left out.",
    ),
)
def energy_direct(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Stacked areas of primary energy by source."""
    mix = accounts["energy_direct"]
    figure = stacked_area("energy-direct", text(*TITLE), mix, series_by(mix, "fuel", namer))
    return [replace(figure.sized("half"), units=ENERGY_UNITS)]
