"""Electricity over each named line."""

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.report.declare import chart
from carbonpath.report.figure import (
    Figure,
    Series,
    past_of,
    past_values,
    shown,
    stacked_bars,
    values_of,
    years_of,
)
from carbonpath.report.style import colours_in_turn

TITLE = ("分通道外来电与外送电", "Electricity by line")


@chart(
    section="power",
    order=6,
    title=TITLE,
    question=(
        "每条通道的受入（正）与外送（负）电量；浅色为统计。",
        "Electricity received (positive) and sent (negative) over each line; paler bars are "
        "statistics.",
    ),
)
def lines_in(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Stacked bars by line and period."""
    traded = shown(accounts["imports_by_line"])
    past = past_of(accounts.results, "imports_by_line")
    series = [
        Series(key, namer.exact(key), values_of(traded.sel(technology=key)), past_values(past, key))
        for key in (str(name) for name in traded["technology"].values)
        if bool((abs(traded.sel(technology=key)) > 0.0).any())
    ]
    if not series:
        return []
    tints = colours_in_turn(one.key for one in series)
    return [stacked_bars("lines", text(*TITLE), "TWh", years_of(traded), series, tints=tints)]
