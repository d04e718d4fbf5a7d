"""How a day runs: mean power in each slice of the representative days, in a year picked."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import xarray as xr

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, Text, text
from carbonpath.report.axes import on_one_axis
from carbonpath.report.balance_table import years_of
from carbonpath.report.declare import chart
from carbonpath.report.figure import (
    Figure,
    Series,
    series_by,
    stacked_bars,
    to_pick,
    values_of,
)
from carbonpath.report.style import ordered

TITLE = ("典型日运行", "Representative days")
LOW_BLOCKS = (text("白天", "day"), text("夜间", "night"))
MARKS = (text("昼", "D"), text("夜", "N"))
"""The two blocks of the calm, dark day in their order, in words and below the axis."""


@dataclass(frozen=True)
class Block:
    """One slice on the axis: its season, its full name, its short mark below the axis."""

    season: Text
    name: Text
    mark: Text
    low: bool


@chart(
    section="power",
    order=4,
    title=TITLE,
    question=(
        "所选年份各季典型日（按时段起始小时）与低风光日（昼、夜）的平均出力；零线以下为充电与外送，"
        "黑线为终端负荷。各年纵轴相同。",
        "Mean power in the blocks of the typical day (marked by their first hour) and of the calm, "
        "dark day (D day, N night) of each season, in the year picked; below zero is charging and "
        "sending out, the black line is the load of end uses. All years share one axis.",
    ),
)
def dispatch(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Stacked bars by slice, one figure with a choice of years."""
    power, load = accounts["dispatch"], accounts["load"].sum("sector", min_count=1)
    blocks = list(blocks_of(namer, power))
    if not blocks:
        return []
    years = years_of(accounts.results.periods)
    order = ordered(str(key) for key in power["group"].values)
    days = [
        day(power.sel(period=year), load.sel(period=year), blocks, order, namer) for year in years
    ]
    shared = on_one_axis(days)
    return [to_pick("year", dict(zip(map(str, years), shared, strict=True)))]


def day(
    power: xr.DataArray, load: xr.DataArray, blocks: list[Block], order: list[str], namer: Namer
) -> Figure:
    """Return the figure of one year."""
    carried = [one for one in series_by(power, "group", namer, order) if one.key != "grid"]
    over = [Series("load", text("终端负荷", "Load of end uses"), values_of(load))]
    names = [block.name for block in blocks]
    figure = stacked_bars("dispatch", text(*TITLE), "GW", names, carried, over=over)
    for line in figure.traces[len(carried) :]:
        line["line"] = line["line"] | {"shape": "hvh"}
        line["mode"] = "lines"
    return replace(figure, layout=figure.layout | axis_of(blocks) | {"bargap": 0.06})


def axis_of(blocks: list[Block]) -> dict[str, object]:
    """Return the axis: a mark below each block, the season below its days, lines between them."""
    starts = [at for at, block in enumerate(blocks) if block.season != blocks[at - 1].season]
    starts = starts or [0]
    middles = [
        (start + end - 1) / 2 for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True)
    ]
    seasons = [
        {"xref": "x", "yref": "paper", "x": middle, "y": -0.09, "yanchor": "top",
         "showarrow": False, "text": blocks[start].season}
        for middle, start in zip(middles, starts, strict=True)
    ]  # fmt: skip
    walls = [
        {"type": "line", "xref": "x", "yref": "paper", "x0": at - 0.5, "x1": at - 0.5, "y0": 0,
         "y1": 1, "line": {"color": "#999", "width": 1}}
        for at in starts[1:]
    ]  # fmt: skip
    low = [
        {"type": "rect", "xref": "x", "yref": "paper", "x0": at - 0.5, "x1": at + 0.5, "y0": 0,
         "y1": 1, "line": {"width": 0}, "fillcolor": "#E8EBEF", "layer": "below"}
        for at, block in enumerate(blocks)
        if block.low
    ]  # fmt: skip
    return {
        "xaxis": {"type": "category", "tickmode": "array", "tickangle": 0, "ticks": "",
                  "tickvals": list(range(len(blocks))), "ticktext": [b.mark for b in blocks]},
        "narrow": {"tickvals": middles, "ticktext": [blocks[start].season for start in starts]},
        "annotations": seasons, "shapes": [*low, *walls], "margin": {"b": 52, "t": 10},
    }  # fmt: skip


def blocks_of(namer: Namer, power: xr.DataArray) -> Iterator[Block]:
    """Return the blocks in their order: hours of the typical day; day and night of the low day."""
    seasons = power["time_slice_season"].values.astype(str)
    labels = power["time_slice"].values.astype(str)
    hours = power["time_slice_hours"].values
    passed: dict[str, float] = {}
    lows: dict[str, int] = {}
    for season, label, length in zip(seasons, labels, hours, strict=True):
        said = namer(season)
        if "-low-" in label:
            at = lows[season] = lows.get(season, -1) + 1
            part = LOW_BLOCKS[min(at, len(LOW_BLOCKS) - 1)]
            mark = MARKS[min(at, len(MARKS) - 1)]
            name = text(
                f"{said['zh']} 低风光日{part['zh']}", f"{said['en']}, calm dark {part['en']}"
            )
            yield Block(said, name, mark, True)
            continue
        start = passed.get(season, 0.0)
        passed[season] = start + float(length)
        span = f"{start:g}–{passed[season]:g}"
        name = text(f"{said['zh']} {span}时", f"{said['en']} {span} h")
        yield Block(said, name, text(f"{start:g}", f"{start:g}"), False)
