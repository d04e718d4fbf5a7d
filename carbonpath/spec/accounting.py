"""The factors of the statutory accounts that accounting.csv may give."""

from carbonpath.spec.parameters import ParameterSpec

ACCOUNTING = (
    ParameterSpec(
        "kappa", "p", "1", "Coal equivalent of electricity from hydro, nuclear, wind, solar and "
        "lines: the average coal rate of thermal power, e.g. 300 gce/kWh",
    ),
    ParameterSpec(
        "co2_factor", "cp", "Mt/PJ", "Carbon dioxide of a fuel that is burnt, and the carbon of a "
        "feedstock as carbon dioxide", lower=None,
    ),
    ParameterSpec(
        "physical_factor", "c", "Mt/PJ", "Physical mass of a fuel per energy, e.g. 1.4 t/tce",
    ),
)  # fmt: skip
"""`c` is the commodity in the column `key`; an empty key is a factor of no commodity."""
BY_NAME = {parameter.name: parameter for parameter in ACCOUNTING}
