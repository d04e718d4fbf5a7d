"""Marginal prices of carbon and electricity."""

from carbonpath.accounts import Accounts
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure, Series, lines, shown, values_of
from carbonpath.report.labels import Namer, text


@chart(
    section="money",
    order=2,
    title=("边际价格（模型结果，非市场预测）", "Marginal prices (of the model, no forecast)"),
    question=(
        "碳价为市场价与碳约束影子价格之和；电价为终端用电年均边际成本。",
        "Carbon: market price plus the shadow price of limits on CO2. Electricity: yearly mean "
        "marginal cost at the user.",
    ),
)
def prices(accounts: Accounts, namer: Namer) -> list[Figure]:
    """A line each for carbon and electricity."""
    found = []
    for name, key in (("carbon_price", "coal"), ("electricity_price", "electricity")):
        values = accounts[name]
        title = text(values.attrs["long_name_zh"], values.attrs["long_name"])
        series = [Series(key, title, values_of(shown(values)))]
        found.append(lines(name.replace("_", "-"), title, values, series).sized("half"))
    return found
