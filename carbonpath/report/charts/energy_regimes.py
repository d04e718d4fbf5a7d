"""The energy total and intensity in each regime: the regime decides the verdict."""

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure, lines, series_by


@chart(
    section="energy",
    order=4,
    title=("能耗双控各口径", "Dual control in each regime"),
    question=(
        "R0 统计口径；R1（2022）扣原料用能，总量控制另扣新增可再生；"
        "R2（2024）扣原料用能与全部非化石。",
        "R0 statistics; R1 (2022) without feedstock, for total control also without new "
        "renewables; R2 (2024) without feedstock and all non-fossil energy.",
    ),
)
def energy_regimes(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Lines of the energy total, and of the change of energy and carbon intensity."""
    total = accounts["energy_consumption"]
    change, carbon = accounts["energy_intensity_change"], accounts["carbon_intensity_change"]
    regimes = [str(name) for name in total["regime"].values]
    first = lines(
        "energy-regimes", text("能源消费总量", "Energy total"), total,
        series_by(total, "regime", namer, regimes),
    )  # fmt: skip
    kept = [name for name in regimes if name != "R1_total"]
    second = lines(
        "energy-intensity", text("单位GDP能耗较基年变化", "Change of energy intensity"), change,
        series_by(change, "regime", namer, kept),
    )  # fmt: skip
    third = lines(
        "carbon-intensity", text("单位GDP二氧化碳较基年变化", "Change of carbon intensity"), carbon,
        series_by(carbon, "scope", namer, ["C1", "C0"]),
    )  # fmt: skip
    return [figure.sized("third") for figure in (first, second, third)]
