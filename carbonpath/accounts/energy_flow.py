"""The energy balance as flows from node to node, for a Sankey diagram."""

from collections.abc import Iterator

import pandas as pd
import xarray as xr

from carbonpath.accounts.balance import SUPPLY, TRANSFORMATION, USES

USED = (*USES, "feedstock", "losses")
LOST = "transformation_losses"
GAINED = "other_inputs"
OUTFLOW = "net_outflow"
STOCK_DIFFERENCE = "difference"
LEAST = 0.005
"""Flows below this share of all supply are too thin to be seen and are left out."""
COLUMNS = ["source", "target", "value", "carrier"]


def energy_flows(balance: xr.DataArray, least: float = LEAST) -> pd.DataFrame:
    """Return the flows of one year: source, target, value, carrier; in the unit of the balance.

    Supply goes to carriers, carriers to transformation and uses, transformation to carriers; what
    transformation takes more than it gives is its loss.
    """
    rows = [*supplied(balance), *transformed(balance), *taken(balance)]
    flows = pd.DataFrame(rows, columns=COLUMNS)
    whole = flows.loc[flows["source"].isin(SUPPLY), "value"].sum()
    return flows[flows["value"] > least * whole].reset_index(drop=True)


Flow = tuple[str, str, float, str]


def cells(balance: xr.DataArray, rows: tuple[str, ...]) -> Iterator[tuple[str, str, float]]:
    """Return row, carrier and value of some rows."""
    values = balance.transpose("balance_row", "carrier").values
    places = {str(name): at for at, name in enumerate(balance["balance_row"].values)}
    for row in rows:
        for at, carrier in enumerate(balance["carrier"].values if row in places else ()):
            yield row, str(carrier), float(values[places[row], at])


def supplied(balance: xr.DataArray) -> Iterator[Flow]:
    """Return what is produced and brought in; a negative inflow leaves the province."""
    for row, carrier, value in cells(balance, SUPPLY):
        if value >= 0.0:
            yield row, carrier, value, carrier
        else:
            yield carrier, OUTFLOW, -value, carrier


def transformed(balance: xr.DataArray) -> Iterator[Flow]:
    """Return what transformation takes and gives, and its loss."""
    kept = dict.fromkeys(TRANSFORMATION, 0.0)
    for row, carrier, value in cells(balance, TRANSFORMATION):
        kept[row] -= value
        if value >= 0.0:
            yield row, carrier, value, carrier
        else:
            yield carrier, row, -value, carrier
    for row, loss in kept.items():
        if loss >= 0.0:
            yield row, LOST, loss, ""
        else:
            yield GAINED, row, -loss, ""


def taken(balance: xr.DataArray) -> Iterator[Flow]:
    """Return what is used and lost of each carrier, and what the balance leaves."""
    for row, carrier, value in cells(balance, USED):
        yield carrier, row, value, carrier
    for row, carrier, value in cells(balance, (STOCK_DIFFERENCE,)):
        if value >= 0.0:
            yield carrier, row, value, carrier
        else:
            yield row, carrier, -value, carrier
