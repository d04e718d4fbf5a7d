"""What is built and what closes, per year."""

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure, Series, series_by, stacked_bars, years_of

TITLE = ("新增与退役", "Additions and retirements")


@chart(
    section="power",
    order=3,
    title=TITLE,
    question=(
        "每期年均新增（向上）与退役（向下）容量。",
        "Capacity built (up) and closed (down) per year, on average over the years of each period.",
    ),
)
def additions(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Bars of additions above and retirements below zero, by group."""
    built = accounts["additions_by_type"]
    up = series_by(built, "group", namer)
    down = []
    if "withdrawn_capacity" in accounts.results.dataset:
        closed = accounts["retirements_by_type"]
        down = [
            Series(
                one.key,
                text(f"{one.name['zh']}（退役）", f"{one.name['en']} (retired)"),
                one.values,
            )
            for one in series_by(closed * -1.0, "group", namer)
        ]
    figure = stacked_bars("additions", text(*TITLE), "GW/yr", years_of(built), [*up, *down])
    shown_already = {one.key for one in up}
    for trace in figure.traces[len(up) :]:
        trace["showlegend"] = trace["legendgroup"] not in shown_already
    return [figure]
