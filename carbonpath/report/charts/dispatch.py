"""How a day runs: mean power in each slice of the representative days."""

import xarray as xr

from carbonpath.accounts import Accounts
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure, Series, on_one_axis, series_by, stacked_bars, values_of
from carbonpath.report.labels import Namer, Text, text
from carbonpath.report.style import ordered

YEARS = (2020, 2030, 2060)


@chart(
    section="power",
    order=4,
    title=("典型日运行", "Representative days"),
    question=(
        "各季典型日与低风光日各时段的平均出力；零线以下为充电与外送，黑线为终端负荷。",
        "Mean power in the blocks of the typical and of the calm, dark day of each season; below "
        "zero is charging and sending out, the black line is the load of end uses.",
    ),
)
def dispatch(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Stacked bars by slice for a few years."""
    power, load = accounts["dispatch"], accounts["load"].sum("sector")
    periods = accounts.results.periods
    chosen = [year for year in YEARS if year in periods] or [periods[0], periods[-1]]
    seasons = power["time_slice_season"].values.astype(str)
    slices = power["time_slice"].values.astype(str)
    heads = [
        slice_name(namer, season, label) for season, label in zip(seasons, slices, strict=True)
    ]
    positions = [[head[0] for head in heads], [head[1] for head in heads]]
    order = ordered(str(key) for key in power["group"].values)
    days = [
        day(power.sel(period=year), load.sel(period=year), positions, order, namer, year)
        for year in chosen
    ]
    return on_one_axis(days)


def day(
    power: xr.DataArray,
    load: xr.DataArray,
    positions: list[list[Text]],
    order: list[str],
    namer: Namer,
    year: int,
) -> Figure:
    """Return the figure of one year."""
    series = series_by(power, "group", namer, order)
    carried = [one for one in series if one.key != "grid"]
    over = [Series("load", text("终端负荷", "Load of end uses"), values_of(load))]
    title = text(f"{year}年典型日运行", f"Representative days, {year}")
    columns = [
        text(f"{s['zh']} {b['zh']}", f"{s['en']} {b['en']}")
        for s, b in zip(*positions, strict=True)
    ]
    figure = stacked_bars(
        f"dispatch-{year}", title, "GW", columns, carried, over=over, columns=columns
    )
    for trace in figure.traces:
        trace["x"] = positions
    figure.layout["xaxis"] = {"type": "multicategory", "tickangle": -90}
    figure.layout["bargap"] = 0.06
    return figure


def slice_name(namer: Namer, season: str, label: str) -> tuple[Text, Text]:
    """Return season and block of a slice, e.g. Summer and '03' or 'low 01'."""
    kind, number = "typical", label
    parts = label.split("-")
    if len(parts) >= 3:  # noqa: PLR2004
        kind, number = parts[-2], parts[-1]
    low = kind == "low"
    block = text(f"低{number}" if low else number, f"low {number}" if low else number)
    return namer(season), block
