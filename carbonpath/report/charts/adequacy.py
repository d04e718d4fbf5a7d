"""Is there enough: firm capacity against the load in each peak situation."""

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.report.axes import on_one_axis
from carbonpath.report.declare import chart
from carbonpath.report.figure import (
    Figure,
    Series,
    shown,
    stacked_bars,
    values_of,
    years_of,
)


@chart(
    section="power",
    order=5,
    title=("电力充裕度", "Adequacy"),
    question=(
        "各尖峰情形的最大负荷（柱）与可靠容量（线）。",
        "Load (bars) and firm capacity (line) in each peak situation.",
    ),
)
def adequacy(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Bars of load and a line of firm capacity, a small figure for each situation."""
    load, firm = accounts["peak_load"], accounts["firm_capacity"]
    found = []
    for situation in (str(name) for name in load["situation"].values):
        bars = Series(
            "hydro",
            text("最大负荷", "Peak load"),
            values_of(load.sel(situation=situation)),
        )
        line = Series(
            "C1", text("可靠容量", "Firm capacity"), values_of(shown(firm.sel(situation=situation)))
        )
        figure = stacked_bars(
            f"adequacy-{situation}", namer(situation), "GW", years_of(load), [bars], over=[line]
        )
        found.append(figure.sized("third"))
    return on_one_axis(found)
