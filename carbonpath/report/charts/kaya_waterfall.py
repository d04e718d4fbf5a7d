"""Why emissions change: Kaya, from the base year to the target year and to the end."""

from typing import Any

import xarray as xr

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, Text, text
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure
from carbonpath.report.style import number, rounded, signed

TARGET_YEAR = 2030


@chart(
    section="emissions",
    order=5,
    title=("Kaya分解（LMDI-I，逐期链接）", "Kaya decomposition (LMDI-I, chained)"),
    question=(
        "C1排放 = 人口 × 人均GDP × 能源强度 × 能源碳含量；各因素之和等于总变化，无残差。",
        "CO2 (C1) = population x GDP per head x energy per GDP x CO2 per energy; the parts add up "
        "to the change, nothing is left over.",
    ),
)
def kaya_waterfall(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Waterfalls from the base year to 2030 and to the end of the horizon."""
    periods = accounts.results.periods
    target = TARGET_YEAR if TARGET_YEAR in periods else periods[len(periods) // 2]
    ends = sorted({target, periods[-1]})
    if not bool(accounts["kaya"].notnull().any()):
        return []
    return [waterfall(accounts, namer, end) for end in ends]


def waterfall(accounts: Accounts, namer: Namer, end: int) -> Figure:
    """Return the bars from the base year's level over each factor to the level of a year."""
    parts = accounts["kaya"].sel(period=end)
    levels = accounts["co2_by_scope"].sel(scope="C1")
    start = accounts.results.periods[0]
    factors = [str(name) for name in parts["factor"].values]
    names = [year_name(start), *[namer(name) for name in factors], year_name(end)]
    heights = [level(levels, start), *[rounded(float(v)) for v in parts.values], level(levels, end)]
    trace: dict[str, Any] = {
        "type": "waterfall", "x": names, "y": heights, "name": "CO2",
        "measure": ["absolute", *["relative"] * len(factors), "total"],
        "increasing": {"marker": {"color": "#D55E00"}},
        "decreasing": {"marker": {"color": "#009E73"}},
        "totals": {"marker": {"color": "#3B3B3B"}},
        "text": [signed(v) if 0 < at <= len(factors) else number(v)
                 for at, v in enumerate(heights) if v is not None],
        "textposition": "outside", "cliponaxis": False,
    }  # fmt: skip
    title = text(f"{start}→{end}年 C1 变化", f"CO2 (C1), {start} to {end}")
    rows = [(name, [value]) for name, value in zip(names, heights, strict=True)]
    layout = {
        "margin": {"t": 28},
        "showlegend": False,
        "xaxis": {"type": "category"},
        "hovermode": "closest",
    }
    return Figure(f"kaya-{end}", title, "Mt", [trace], layout, ["Mt"], rows, "half")


def year_name(year: int) -> Text:
    """Return a year as a name."""
    return text(str(year), str(year))


def level(series: xr.DataArray, year: int) -> float | None:
    """Return the total of a year."""
    return rounded(float(series.sel(period=year)))
