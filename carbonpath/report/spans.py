"""Figures of ranges: a bar from a low to a high value for each entry, with marks on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from carbonpath.accounts.labels import Text, text
from carbonpath.report.figure import Figure, plot_name

Numbers = Sequence[float | None]
SPAN = text("区间", "range")
TINT = "#B8C4D0"
THICK, EACH = 0.5, 0.12
"""Thickness of a bar; what each of a few entries adds to it."""


@dataclass(frozen=True)
class Mark:
    """A value on each bar: its name, key of the legend, symbol and colour."""

    values: Numbers
    name: Text
    key: str
    symbol: str
    tint: str

    def trace(self, places: Sequence[Text]) -> dict[str, Any]:
        """Return the marks as Plotly draws them."""
        return {
            "type": "scatter", "mode": "markers", "x": [*self.values], "y": [*places],
            "name": self.name, "legendgroup": self.key, "line": {"color": self.tint},
            "cliponaxis": False,
            "marker": {
                "color": self.tint, "size": 10, "symbol": self.symbol, "line": {"width": 2}
            },
        }  # fmt: skip


def span_figure(
    name: str, title: Text, unit: str, entries: Sequence[tuple[Text, Numbers]],
    columns: Sequence[Text], marks: Sequence[Mark],
) -> Figure:  # fmt: skip
    """Return bars from the least to the greatest number of each entry; unknown ends have none.

    `entries` are names with the numbers of the table, `columns` the heads of these numbers.
    """
    places = [plot_name(entry) for entry, _ in entries]
    ends = [ends_of(numbers) for _, numbers in entries]
    bar: dict[str, Any] = {
        "type": "bar", "orientation": "h", "y": places,
        "x": [None if end is None else end[1] - end[0] for end in ends],
        "base": [None if end is None else end[0] for end in ends],
        "width": min(THICK, EACH * len(entries)), "name": SPAN, "legendgroup": "span",
        "marker": {"color": TINT}, "hoverinfo": "skip",
    }  # fmt: skip
    layout: dict[str, Any] = {
        "hovermode": "closest",
        "xaxis": {"showgrid": True, "gridcolor": "#e5e8ec", "rangemode": "tozero"},
        "yaxis": {
            "type": "category", "autorange": "reversed", "tickformat": "", "tickmode": "linear",
            "dtick": 1, "ticks": "outside", "ticklen": 8, "tickcolor": "rgba(0,0,0,0)",
        },
    }  # fmt: skip
    traces = [bar, *(mark.trace(places) for mark in marks)]
    rows = [(entry, [*numbers]) for entry, numbers in entries]
    return Figure(name, title, unit, traces, layout, [*columns], rows, "half")


def ends_of(numbers: Numbers) -> tuple[float, float] | None:
    """Return the least and the greatest number, None where one is unknown."""
    known = [number for number in numbers if number is not None]
    return (min(known), max(known)) if len(known) == len(numbers) else None
