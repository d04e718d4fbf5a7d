"""When emissions peak: each accounting scope, with and without net imports."""

from dataclasses import replace

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.accounts.peak import peak_of
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure, lines, past_of, series_by
from carbonpath.report.style import number

FUEL = {"energy": "fuel"}
"""In a scope, energy means the burning of fuel, not the area."""
SCOPES = ("C1", "C0", "territorial_C1", "territorial_C0")
TITLE = ("达峰：各核算口径", "The peak in each scope")


@chart(
    section="emissions",
    order=2,
    title=TITLE,
    question=(
        "C0 含原料用能、不含工业过程；C1 相反。属地口径不含净外来电。箭头为峰值年。",
        "C0 counts non-energy use and no processes; C1 the other way round. Territorial leaves net "
        "imported electricity out. Arrows mark the peak years.",
    ),
)
def co2_by_scope(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Lines of four scopes with their peaks; fuel CO2 of the statistics before the model."""
    scopes = accounts["co2_by_scope"]
    past = past_of(accounts.results, "co2_by_scope")
    series = series_by(scopes, "scope", namer, list(SCOPES), past)
    fuel = series_by(scopes, "scope", namer, ["energy"], past, FUEL)
    series += [replace(one, values=(None,) * len(one.values)) for one in fuel if one.past]
    figure = lines("co2-by-scope", text(*TITLE), scopes, series)
    marks = []
    for at, scope in enumerate(("C1", "territorial_C1")):
        top = peak_of(scopes.sel(scope=scope))
        words = f"{top['year']}: {number(top['value'])}"
        marks.append(
            {
                "x": top["year"], "y": top["value"], "text": words, "showarrow": True,
                "arrowhead": 2, "ax": 0, "ay": -28 if at == 0 else 40, "font": {"size": 12},
                "bgcolor": "rgba(255,255,255,0.85)",
            }
        )  # fmt: skip
    figure.layout["annotations"] = [*figure.layout.get("annotations", []), *marks]
    return [figure]
