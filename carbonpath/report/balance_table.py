"""The energy balance as a table in the layout of the Chinese statistics, for a chosen year."""

from collections.abc import Sequence

import xarray as xr

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.report.markup import Cell, Raw, Speaker
from carbonpath.report.places import fold, year_buttons
from carbonpath.report.style import number, ordered

YEARS = (2020, 2025, 2030, 2035, 2040, 2050, 2060)
"""Years that a reader may pick."""
TARGET_YEAR = 2030
BASES = {
    "energy_balance": text("当量值（PJ）", "calorific (PJ)"),
    "energy_balance_coal_equivalent": text("等价值（百万吨标准煤）", "coal equivalent (Mtce)"),
}


def years_of(periods: Sequence[int]) -> list[int]:
    """Return the years a reader may pick: those that are periods, else the first and the last."""
    return [year for year in YEARS if year in periods] or sorted({periods[0], periods[-1]})


def plain_years(years: Sequence[int]) -> set[int]:
    """Return the years whose tables show without JavaScript: the base year and the target year."""
    return {years[0], TARGET_YEAR if TARGET_YEAR in years else years[-1]}


def balance_tables(accounts: Accounts, namer: Namer, speaker: Speaker) -> str:
    """Return the tables of each year; the page shows the year that is picked."""
    years = years_of(accounts.results.periods)
    kept = plain_years(years)
    blocks = "".join(
        f'<div data-year="{year}"{"" if year in kept else " hidden"}>'
        f"{tables_of(accounts, year, namer, speaker)}</div>"
        for year in years
    )
    title = speaker(text("能源平衡表", "Energy balance"))
    pick = year_buttons([str(year) for year in years], speaker)
    return f'<div id="c-energy_balance"><h3>{title}</h3>{pick}{blocks}</div>'


def tables_of(accounts: Accounts, year: int, namer: Namer, speaker: Speaker) -> str:
    """Return the tables of one year: calorific, and behind a line coal-equivalent."""
    made = ""
    for basis, title in BASES.items():
        said = text(f"{year}年，{title['zh']}", f"{year}, {title['en']}")
        table = one_table(accounts[basis].sel(period=year), namer, speaker)
        if made:
            made += fold(said, table, speaker)
        else:
            made = f"<h4>{speaker(said)}</h4>{table}"
    return made


def one_table(table: xr.DataArray, namer: Namer, speaker: Speaker) -> str:
    """Return rows of the balance by carrier, with the sum."""
    carriers = ordered(str(c) for c in table["carrier"].values)
    numbers = table.transpose("balance_row", "carrier").sel(carrier=carriers).values
    used = [at for at in range(len(carriers)) if abs(numbers[:, at]).sum() > 0.0]
    rows: list[list[Cell]] = []
    for name, line in zip(table["balance_row"].values, numbers[:, used], strict=True):
        cells = [cell(float(value)) for value in [*line, line.sum()]]
        label = namer(str(name))
        rows.append([Raw(f"<b>{speaker(label)}</b>") if name == "difference" else label, *cells])
    kept = [carriers[at] for at in used]
    head: list[Cell] = [text("项目", "Row"), *[namer(c) for c in kept], text("合计", "Sum")]
    return speaker.table(head, rows, css="balance")


def cell(value: float) -> str:
    """Return a number, or nothing where there is nothing."""
    return "" if abs(value) < 5e-4 else number(value)  # noqa: PLR2004
