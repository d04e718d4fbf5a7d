"""Residents' life: energy, CO2 and technologies."""

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer
from carbonpath.report.area_figures import area_figures
from carbonpath.report.declare import chart
from carbonpath.report.figure import Figure


@chart(
    section="areas",
    order=5,
    title=("居民生活", "Residents' life"),
    question=(
        "终端能源与二氧化碳；其下为各项服务的技术占比。",
        "Final energy and CO2; below, the technologies that provide each service.",
    ),
)
def area_residents(accounts: Accounts, namer: Namer) -> list[Figure]:
    """The figures of the area."""
    return area_figures(accounts, namer, "residents")
