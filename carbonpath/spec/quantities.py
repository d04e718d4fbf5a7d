"""The quantities that limits may name: dimensions and unit.

`commodity`, `cap` and `act` stand for the unit of the commodity selected, and of the capacity and
activity of the technology selected. The formulas are in model/quantities.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class QuantitySpec:
    """One quantity; `sign` says which flows it counts where it selects technology and commodity."""

    name: str
    dims: str
    unit: str
    sign: int = 0


def _totals(unit: str, *names: str) -> tuple[QuantitySpec, ...]:
    return tuple(QuantitySpec(name, "rp", unit) for name in names)


QUANTITIES = (
    QuantitySpec("net_output", "rcps", "commodity"),
    QuantitySpec("output", "rtcp", "commodity", sign=1),
    QuantitySpec("use", "rtcp", "commodity", sign=-1),
    QuantitySpec("fuel_use", "rtcp", "PJ", sign=-1),
    QuantitySpec("feedstock_use", "rtcp", "PJ", sign=-1),
    QuantitySpec("final_energy", "rtcp", "PJ", sign=-1),
    QuantitySpec("emissions", "rtcp", "Mt"),
    QuantitySpec("slice_output", "rtps", "PJ"),
    QuantitySpec("slice_use", "rtps", "PJ"),
    QuantitySpec("supplied_energy", "rtcp", "PJ"),
    QuantitySpec("total_activity", "rtp", "act"),
    QuantitySpec("total_capacity", "rtp", "cap"),
    QuantitySpec("added_capacity", "rtp", "cap/yr"),
    QuantitySpec("withdrawn_capacity", "rtp", "cap/yr"),
    QuantitySpec("leaving_capacity", "rtvp", "cap/yr"),
    QuantitySpec("build_change", "rtp", "cap"),
    QuantitySpec("activity", "rtvmps", "act"),
    QuantitySpec("mode_input", "rtvmps", "act"),
    QuantitySpec("capacity", "rtvp", "cap"),
    QuantitySpec("full_activity", "rtvp", "act"),
    QuantitySpec("new_capacity", "rtv", "cap"),
    QuantitySpec("storage_level", "rcps", "commodity"),
    QuantitySpec("sequence_level", "rcph", "commodity"),
    QuantitySpec("firm_capacity", "rpk", "GW"),
    QuantitySpec("peak_load", "rpk", "GW"),
    *_totals(
        "Mtce", "coal_energy", "oil_energy", "gas_energy", "fossil_energy", "biomass_energy",
        "feedstock_energy", "non_fossil_energy", "energy_total", "energy_total_r1",
        "energy_total_r1_intensity", "energy_total_r2",
    ),
    *_totals(
        "PJ", "primary_electricity", "net_imported_electricity",
        "net_imported_non_fossil_electricity", "renewable_electricity",
        "electricity_consumption", "final_electricity", "final_energy_total",
    ),
    *_totals("Mt", "coal_consumption", "oil_consumption"),
    *_totals(
        "Mt", "co2_energy", "co2_process_total", "co2_feedstock_total", "co2_territorial_c0",
        "co2_territorial_c1", "co2_imported", "co2_c0", "co2_c1",
    ),
)  # fmt: skip
BY_NAME: Mapping[str, QuantitySpec] = {quantity.name: quantity for quantity in QUANTITIES}
