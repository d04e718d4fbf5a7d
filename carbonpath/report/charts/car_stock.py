"""Vehicles on the road."""

from carbonpath.accounts import Accounts
from carbonpath.accounts.activity import main_carriers
from carbonpath.accounts.labels import Namer
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure, Series, shown, stacked_bars, values_of, years_of
from carbonpath.report.style import shades


@chart(
    section="areas",
    order=6,
    title=("车辆保有量", "Vehicles"),
    question=(
        "各类车辆按技术的保有量。",
        "Vehicles on the road by kind and technology.",
    ),
)
def car_stock(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Stacked bars by technology, a small figure for each kind of vehicle."""
    stock = shown(accounts["vehicles"])
    kinds = stock["technology_group"].values.astype(str)
    carriers = main_carriers(accounts.results)
    found = []
    for kind in dict.fromkeys(kinds):
        mine = stock.isel(technology=kinds == kind)
        keys = [str(key) for key in mine["technology"].values]
        used = [key for key in keys if float(abs(mine.sel(technology=key)).max()) > 0.0] or keys
        series = [Series(k, namer.exact(k), values_of(mine.sel(technology=k))) for k in used]
        figure = stacked_bars(
            f"vehicles-{kind.replace('_', '-')}", namer(kind), "million vehicles",
            years_of(stock), series, tints=shades({key: carriers.get(key, "") for key in keys}),
        )  # fmt: skip
        found.append(figure.sized("third"))
    return found
