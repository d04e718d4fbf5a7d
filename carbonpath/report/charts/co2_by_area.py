"""Who emits: direct CO2 of the six areas, net imports on top."""

import xarray as xr

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure, past_of, series_by, stacked_area

TITLE = ("分领域二氧化碳排放", "CO2 by area")


@chart(
    section="emissions",
    order=1,
    title=TITLE,
    question=(
        "六个领域在排放地的能源活动与工业过程排放，上面叠加净外来电；黑线为考核口径 C1 总量。",
        "Fuel and process CO2 where it is emitted, with net imported electricity on top; the black "
        "line is the assessed total C1.",
    ),
)
def co2_by_area(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Stacked areas of the six areas and net imports, with C1 as a line and history."""
    areas, scopes = accounts["co2_by_area"], accounts["co2_by_scope"]
    imports = scopes.sel(scope="net_imports", drop=True).expand_dims(sector=["net_imports"])
    stack = xr.concat([areas, imports], dim="sector").assign_attrs(areas.attrs)
    past = past_of(accounts.results, "co2_by_area")
    order = ["energy", *[str(k) for k in areas["sector"].values if k != "energy"], "net_imports"]
    bands = series_by(stack, "sector", namer, order, past)
    total = series_by(scopes, "scope", namer, ["C1"])
    figure = stacked_area("co2-by-area", text(*TITLE), stack, bands, lines=total)
    return [figure]
