"""One axis for figures that are read beside each other."""

from collections.abc import Sequence
from dataclasses import replace

from carbonpath.report.figure import Figure


def on_one_axis(figures: Sequence[Figure]) -> list[Figure]:
    """Give small multiples the same range, so that their heights may be compared."""
    highest = max((edge(figure, 1.0) for figure in figures), default=0.0)
    lowest = min((edge(figure, -1.0) for figure in figures), default=0.0)
    margin = 0.05 * (highest - lowest)
    span = [lowest - margin * (lowest < 0.0), highest + margin]
    return [replace(one, layout={**one.layout, "yaxis": {"range": span}}) for one in figures]


def edge(figure: Figure, sign: float) -> float:
    """Return the outermost value of a figure of bars, bands and lines, above or below zero."""
    piles: dict[tuple[str, int], float] = {}
    alone = [0.0]
    for trace in figure.traces:
        pile = "bars" if trace["type"] == "bar" else str(trace.get("stackgroup", ""))
        for place, value in enumerate(trace["y"]):
            outward = sign * (value or 0.0)
            if pile:
                piles[pile, place] = piles.get((pile, place), 0.0) + max(0.0, outward)
            else:
                alone.append(outward)
    return sign * max([*piles.values(), *alone])
