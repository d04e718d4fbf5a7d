"""Where energy comes from and where it goes, in a year the reader picks."""

import pandas as pd

from carbonpath.accounts import Accounts
from carbonpath.accounts.energy_flow import energy_flows
from carbonpath.accounts.labels import Namer, Text, text
from carbonpath.report.balance_table import years_of
from carbonpath.report.declare import chart
from carbonpath.report.figure import ENERGY_UNITS, Figure, faded, plot_name, to_pick
from carbonpath.report.style import colour, ordered, rounded

TITLE = ("能流图", "Energy flow")
PLAIN = "#8A8F98"


@chart(
    section="energy",
    order=9,
    title=TITLE,
    question=(
        "能源平衡表（当量值）所选年份的流向；过细的流（不足供应量千分之五）未画出。",
        "The flows of the energy balance (calorific) in the year picked; those below half a per "
        "cent of supply are not drawn.",
    ),
)
def energy_sankey(accounts: Accounts, namer: Namer) -> list[Figure]:
    """One Sankey diagram for each year of the balance tables."""
    balance = accounts["energy_balance"]
    figures = {}
    for year in years_of(accounts.results.periods):
        flows = energy_flows(balance.sel(period=year))
        if len(flows):
            figures[str(year)] = sankey(flows, namer)
    return [to_pick("year", figures)] if figures else []


def sankey(flows: pd.DataFrame, namer: Namer) -> Figure:
    """Return the diagram of one year and its flows as a table."""
    nodes = list(dict.fromkeys([*flows["source"], *flows["target"]]))
    carriers = ordered(dict.fromkeys(str(c) for c in flows["carrier"] if c))
    places = {name: at for at, name in enumerate(nodes)}
    tints = [colour(name) if name in carriers else PLAIN for name in nodes]
    trace = {
        "type": "sankey", "name": text(*TITLE), "arrangement": "snap",
        "valueformat": ",.4~g",
        "node": {"label": [plot_name(namer(name)) for name in nodes], "color": tints,
                 "pad": 14, "thickness": 14, "line": {"width": 0}},
        "link": {
            "source": [places[name] for name in flows["source"]],
            "target": [places[name] for name in flows["target"]],
            "value": [rounded(float(value)) for value in flows["value"]],
            "color": [faded(colour(c) if c else PLAIN) for c in flows["carrier"]],
        },
    }  # fmt: skip
    rows: list[tuple[Text, list[float | None]]] = [
        (arrow(namer(row["source"]), namer(row["target"])), [rounded(float(row["value"]))])
        for row in flows.to_dict("records")
    ]
    return Figure(
        "energy-sankey", text(*TITLE), "PJ", [trace], {"showlegend": False},
        [text("数量", "Amount")], rows, "wide", units=ENERGY_UNITS,
    )  # fmt: skip


def arrow(source: Text, target: Text) -> Text:
    """Return the name of a flow."""
    return text(f"{source['zh']} → {target['zh']}", f"{source['en']} → {target['en']}")
