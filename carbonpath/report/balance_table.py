"""The energy balance as a table in the layout of the Chinese statistics, for a chosen year."""

import xarray as xr

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, Text, text
from carbonpath.report.markup import Cell, Raw, Speaker
from carbonpath.report.style import number, ordered

YEARS = (2020, 2025, 2030, 2035, 2060)
BASES = {
    "energy_balance": text("当量值（PJ）", "calorific (PJ)"),
    "energy_balance_coal_equivalent": text("等价值（百万吨标准煤）", "coal equivalent (Mtce)"),
}


def balance_tables(accounts: Accounts, namer: Namer, speaker: Speaker) -> str:
    """Return a table for each year and basis; the page shows the one chosen."""
    years = [year for year in YEARS if year in accounts.results.periods]
    parts = []
    for basis, title in BASES.items():
        whole = accounts[basis]
        for year in years:
            table = whole.sel(period=year)
            caption: Text = text(f"{year}年，{title['zh']}", f"{year}, {title['en']}")
            shown = "open" if (year, basis) == (years[0], "energy_balance") else ""
            parts.append(
                f"<details {shown}><summary>{speaker(caption)}</summary>"
                f"{one_table(table, namer, speaker)}</details>"
            )
    return "".join(parts)


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
