"""How a day runs: mean power in each slice of the representative days."""

import xarray as xr

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, Text, text
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure, Series, on_one_axis, series_by, stacked_bars, values_of
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
    heads = slice_names(namer, power)
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
    figure = stacked_bars(f"dispatch-{year}", title, "GW", columns, carried, over=over)
    for trace in figure.traces:
        trace["x"] = positions
    figure.layout["xaxis"] = {"type": "multicategory", "tickangle": -90}
    figure.layout["bargap"] = 0.06
    return figure


def slice_names(namer: Namer, power: xr.DataArray) -> list[tuple[Text, Text]]:
    """Return season and block of each slice: its hours on a typical day, or 'low' and a number."""
    seasons = power["time_slice_season"].values.astype(str)
    labels = power["time_slice"].values.astype(str)
    hours = power["time_slice_hours"].values
    passed: dict[str, float] = {}
    names = []
    for season, label, length in zip(seasons, labels, hours, strict=True):
        number = label.split("-")[-1]
        if "-low-" in label:
            block = text(f"低{number}", f"low {number}")
        else:
            start = passed.get(season, 0.0)
            passed[season] = start + float(length)
            block = plain(f"{start:g}–{passed[season]:g}")
        names.append((namer(season), block))
    return names


def plain(said: str) -> Text:
    """Return a text that is the same in both languages."""
    return text(said, said)
