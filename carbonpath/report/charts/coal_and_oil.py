"""Coal and oil in physical tonnes, as they are controlled."""

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure, Series, lines, observed_of, shown, values_of


@chart(
    section="energy",
    order=6,
    title=("煤炭与石油消费（实物量）", "Coal and oil consumption (physical)"),
    question=(
        "总量控制的实物吨数。",
        "The tonnes that total control counts.",
    ),
)
def coal_and_oil(accounts: Accounts, namer: Namer) -> list[Figure]:
    """A line each for coal and oil, with history."""
    found = []
    for fuel in ("coal", "oil"):
        name = f"{fuel}_consumption"
        values, past = accounts[name], observed_of(accounts.results, name)
        series = [Series(fuel, namer(fuel), values_of(shown(values)), past)]
        title = text(values.attrs["long_name_zh"], values.attrs["long_name"])
        found.append(lines(name.replace("_", "-"), title, values, series).sized("half"))
    return found
