"""Marginal prices of carbon and electricity."""

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.accounts.prices import penalty_years
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure, Series, lines, shown, values_of


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
    years = ", ".join(map(str, penalty_years(accounts.results)))
    for name, key in (("carbon_price", "coal"), ("electricity_price", "electricity")):
        values = accounts[name]
        title = text(values.attrs["long_name_zh"], values.attrs["long_name"])
        series = [Series(key, title, values_of(shown(values)))]
        figure = lines(name.replace("_", "-"), title, values, series).sized("half")
        found.append(penalised(figure, years) if years else figure)
    return [one for one in found if has_values(one)]


def penalised(figure: Figure, years: str) -> Figure:
    """Say in which years a price holds the penalty of a missed target."""
    return figure.noted(
        f"{years} 年有软目标未达标，当年价格含其罚金，并非供应成本。",
        f"{years}: a soft target is missed; prices of these years contain its penalty and are no "
        "cost of supply.",
    )


def has_values(figure: Figure) -> bool:
    """Whether any price is there."""
    return any(value is not None for _, values in figure.rows for value in values)
