"""Who uses which energy: final energy by carrier and by area."""

from dataclasses import replace

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, text
from carbonpath.report.declare import chart
from carbonpath.report.figure import ENERGY_UNITS, Figure, past_of, series_by, stacked_area


@chart(
    section="energy",
    order=5,
    title=("终端能源消费", "Final energy"),
    question=(
        "当量值，不含原料用能；私家车用能在交通领域。",
        "Calorific, without feedstock; private cars are in transport.",
    ),
)
def final_energy(accounts: Accounts, namer: Namer) -> list[Figure]:
    """Stacked areas by carrier and by area."""
    carriers, areas = accounts["final_energy_by_carrier"], accounts["final_energy_by_area"]
    past = {
        name: past_of(accounts.results, f"final_energy_by_{name}") for name in ("carrier", "area")
    }
    order = [str(key) for key in areas["sector"].values]
    figures = [
        stacked_area(
            "final-by-carrier", text("按品种", "By carrier"), carriers,
            series_by(carriers, "carrier", namer, past=past["carrier"]),
        ),
        stacked_area(
            "final-by-area", text("按领域", "By area"), areas,
            series_by(areas, "sector", namer, order, past["area"]),
        ),
    ]  # fmt: skip
    return [replace(figure, size="half", units=ENERGY_UNITS) for figure in figures]
