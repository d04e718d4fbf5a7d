"""The figures of one area: its energy, its CO2, and the technologies of each of its services."""

from dataclasses import replace

import xarray as xr

from carbonpath.accounts import Accounts
from carbonpath.accounts.activity import main_carriers, makers
from carbonpath.accounts.labels import Namer, Text, text
from carbonpath.report.figure import (
    ENERGY_UNITS,
    Figure,
    Series,
    plot_name,
    series_by,
    shown,
    stacked_area,
    values_of,
    years_of,
)
from carbonpath.report.style import shades

MOST = 9
"""Technologies of one service that have a band of their own."""


def area_figures(accounts: Accounts, namer: Namer, area: str) -> list[Figure]:
    """Return final energy and CO2 of an area, then a figure for each service with a choice."""
    energy = accounts["final_energy_by_area_and_carrier"].sel(sector=area, drop=True)
    energy = energy.assign_attrs(accounts["final_energy_by_area_and_carrier"].attrs)
    first = stacked_area(
        f"{area}-energy", text("终端能源", "Final energy"), energy,
        series_by(energy, "carrier", namer),
    )  # fmt: skip
    found = [replace(first, size="half", units=ENERGY_UNITS), area_carbon(accounts, area)]
    carriers = main_carriers(accounts.results)
    for service, technologies in makers(accounts.results, area).items():
        if len(technologies) > 1:
            tints = shades({name: carriers.get(name, "") for name in technologies})
            found.append(service_figure(accounts, namer, service, tints))
    return found


def area_carbon(accounts: Accounts, area: str) -> Figure:
    """Return direct CO2 of an area and what its electricity adds."""
    direct = accounts["co2_by_area"].sel(sector=area, drop=True)
    all_in = accounts["co2_with_electricity"].sel(sector=area, drop=True)
    series = [
        Series("process", text("直接排放", "Direct"), values_of(direct)),
        Series("electricity", text("用电间接", "Through electricity"), values_of(all_in - direct)),
    ]  # fmt: skip
    named = direct.assign_attrs(unit="Mt")
    title = text("二氧化碳", "CO2")
    return stacked_area(f"{area}-co2", title, named, series).sized("half")


def service_figure(accounts: Accounts, namer: Namer, service: str, tints: dict[str, str]) -> Figure:
    """Return the shares of the technologies that provide a service."""
    shares = shown(accounts["technology_share"].sel(commodity=service))
    kept, rest = by_weight(shares, list(tints))
    series = [Series(t, namer.exact(t), values_of(shares.sel(technology=t))) for t in kept]
    if rest:
        others = shares.sel(technology=rest).sum("technology")
        series.append(Series("others", text("其他", "Others"), values_of(others)))
    traces = [band(one, years_of(shares), tints.get(one.key, "#BBBBBB")) for one in series]
    layout = {
        "xaxis": {"type": "linear"}, "yaxis": {"range": [0, 100]},
        "legend": {"traceorder": "normal"},
    }  # fmt: skip
    amounts = accounts["services"].sel(commodity=service)
    unit = str(amounts["commodity_unit"].values) if "commodity_unit" in amounts.coords else ""
    rows = [(one.name, list(one.values)) for one in series]
    rows.append((text(f"总量（{unit}）", f"Amount ({unit})"), list(values_of(amounts))))
    columns = [str(year) for year in years_of(shares)]
    name = f"service-{service.replace('_', '-')}"
    title = namer.exact(service)
    return Figure(name, title, "%", traces, layout, columns, rows, "third", fold=True)


def by_weight(shares: xr.DataArray, technologies: list[str]) -> tuple[list[str], list[str]]:
    """Split technologies into those with a band of their own and the rest."""
    weight = shares.sel(technology=technologies).sum("period")
    heavy = sorted(technologies, key=lambda t: -float(weight.sel(technology=t)))[:MOST]
    kept = [name for name in technologies if name in heavy]
    return kept, [name for name in technologies if name not in heavy]


def band(one: Series, years: list[int], tint: str) -> dict[str, object]:
    """Return the band of one technology."""
    name: Text = plot_name(one.name)
    return {
        "type": "scatter", "mode": "lines", "x": years, "y": list(one.values), "name": name,
        "stackgroup": "all", "fillcolor": tint, "line": {"width": 0.5, "color": tint},
    }  # fmt: skip
