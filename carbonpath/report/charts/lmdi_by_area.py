"""Which area changes, and why: LMDI of each area with electricity allocated."""

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.report.charts.kaya_waterfall import TARGET_YEAR
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure, Series, plot_name, stacked_bars, values_of


@chart(
    section="emissions",
    order=6,
    title=("分领域LMDI分解", "LMDI decomposition by area"),
    question=(
        "各领域（含电力分摊）排放变化分解为经济规模、单位GDP用能和能源碳含量。",
        "The change of each area, electricity allocated, by the size of the economy, energy per "
        "GDP and CO2 per energy.",
    ),
)
def lmdi_by_area(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Bars of three factors for each area, to 2030 and to the end."""
    periods = accounts.results.periods
    target = TARGET_YEAR if TARGET_YEAR in periods else periods[len(periods) // 2]
    if not bool(accounts["lmdi_by_area"].notnull().any()):
        return []
    parts = accounts["lmdi_by_area"].transpose("factor", "sector", "period")
    names = [namer(str(area)) for area in parts["sector"].values]
    found = []
    for end in sorted({target, periods[-1]}):
        year = parts.sel(period=end)
        series = [
            Series(str(factor), namer(str(factor)), values_of(year.sel(factor=factor)))
            for factor in parts["factor"].values
        ]
        title = text(f"{periods[0]}→{end}年 各领域变化", f"Change by area, {periods[0]} to {end}")
        figure = stacked_bars(
            f"lmdi-{end}", title, "Mt", [plot_name(name) for name in names], series
        )  # fmt: skip
        found.append(figure.sized("half"))
    return found
