"""Where electricity comes from: generation by group and net imports."""

import xarray as xr

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.report.declare import chart
from carbonpath.report.figure import (
    Figure,
    Series,
    observed_of,
    series_by,
    shown,
    stacked_bars,
    values_of,
    years_of,
)

TITLE = ("发电量与净外来电", "Generation and net imports")


@chart(
    section="power",
    order=2,
    title=TITLE,
    question=(
        "黑线为全社会用电量（含线损），虚线为省内发电量；圆点与浅色为统计。",
        "Black: consumption of the whole society, losses included; dashed: generation in the "
        "province. Dots and paler bars are statistics.",
    ),
)
def generation(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Stacked bars by group with net imports on top; consumption as a line."""
    made = accounts["generation_by_type"]
    imports = accounts["net_imported_electricity"].expand_dims(group=["net_imports"])
    stack = xr.concat([made, imports], dim="group").assign_attrs(made.attrs)
    total = accounts["electricity_consumption"]
    line = Series(
        "electricity",
        text(total.attrs["long_name_zh"], total.attrs["long_name"]),
        values_of(shown(total)),
        observed_of(accounts.results, "electricity_consumption"),
    )
    whole = accounts["generation_total"]
    own = Series(
        "fuel",
        text(whole.attrs["long_name_zh"], whole.attrs["long_name"]),
        values_of(shown(whole)),
        observed_of(accounts.results, "generation_total"),
    )
    series = series_by(stack, "group", namer)
    return [
        stacked_bars("generation", text(*TITLE), "TWh", years_of(made), series, over=[line, own])
    ]
