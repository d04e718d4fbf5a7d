"""The shares that policy watches."""

from carbonpath.accounts import INDICATORS, Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure, Series, lines, observed_of, shown, values_of

SHARES = {
    "non_fossil_share": "#009E73",
    "electrification_share": "#0072B2",
    "self_sufficiency_share": "#882255",
    "electricity_import_share": "#56B4E9",
    "coal_power_share": "#3B3B3B",
}
TITLE = ("关键占比", "Key shares")


@chart(
    section="energy",
    order=3,
    title=TITLE,
    question=(
        "非化石占比按等价值，电气化率按当量值。",
        "The non-fossil share is coal-equivalent, electrification calorific.",
    ),
)
def energy_shares(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Lines of the non-fossil share, electrification, self-sufficiency, imports, coal power."""
    arrays = {name: accounts[name] for name in SHARES}
    series = [
        Series(
            name,
            text(INDICATORS[name].zh, INDICATORS[name].en),
            values_of(shown(array)),
            observed_of(accounts.results, name),
            SHARES[name],
        )
        for name, array in arrays.items()
    ]
    figure = lines("energy-shares", text(*TITLE), arrays["non_fossil_share"], series)
    return [figure.sized("half")]
