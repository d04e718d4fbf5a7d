"""What a cell of each column must be: a number, a year, an id, a unit, one of a few words, or text.

A column means the same in every table; the few exceptions are given by table and column.
"""

from collections.abc import Mapping

from carbonpath.spec.tables import BETWEEN, QUALITIES

NUMBERS = (
    "value", "mean", "share", "repeats", "margin", "peak_load", "tolerance", "seed", "price",
    "times",
)  # fmt: skip
INTEGERS: Mapping[str, tuple[int, int]] = {
    "month": (1, 12),
    "season_month": (1, 12),
    "hour": (0, 23),
    "order": (1, 100_000),
    "period": (1900, 2200),
    "vintage": (1900, 2200),
    "known_since": (1900, 2200),
}
"""Whole numbers and the range they must lie in."""
ABSENT = 0
"""How an empty period, vintage or known_since is kept: no year is 0."""
UNITS = ("unit", "price_unit", "capacity_unit", "activity_unit")
IDS = (
    "source", "region", "commodity", "technology", "mode", "situation", "profile", "driver",
    "time_slice", "season", "day", "where", "checkpoint", "step", "id", "row", "series", "quantity",
    "parameter", "carrier", "group", "indicator", "of", "per", "regime",
)  # fmt: skip
"""Names: letters, digits, '_', '-', '.', ASCII only, so that two that look alike are one."""
PATTERNS: Mapping[str, tuple[str, ...]] = {
    "limits": (
        "region", "technology", "commodity", "sector", "group", "run_vintage", "run_mode",
        "time_slice", "checkpoint", "of_region", "of_technology", "of_commodity", "of_sector",
        "of_group", "of_run_vintage", "of_run_mode", "of_time_slice",
    ),
    "history": ("region", "technology", "commodity", "sector"),
}  # fmt: skip
"""Columns that select by glob pattern, several separated by '|'."""

YES_NO = ("yes", "no")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "quality": QUALITIES,
    "between": BETWEEN,
    "flows.between": (*BETWEEN, "only"),
    "parameters.between": (*BETWEEN, "only"),
    "limits.between": (*BETWEEN, "only", "total", "sum"),
    "commodities.kind": ("energy", "service", "material", "emission", "stored", "other"),
    "commodities.cycle": ("day", "season", "year", "sequence", "horizon"),
    "surplus": ("free", "any"),
    "time_level": ("annual", "season", "slice"),
    "technologies.role": (
        "supply", "generation", "import_line", "export_line", "network", "storage", "conversion",
        "end_use", "capture", "sink",
    ),
    "technologies.primary": (
        "nuclear", "hydro", "wind", "solar", "geothermal", "biomass", "waste",
    ),
    "technologies.vintages": ("pooled", "kept"),
    "technologies.retirement": ("end_of_life", "early"),
    "technologies.state_listed": YES_NO,
    "flows.per": ("activity", "new_capacity", "retirement", "capacity"),
    "flows.use": ("fuel", "feedstock", "transformed"),
    "profiles.purpose": ("capacity_factor", "shape", "demand"),
    "shapes.day": ("typical", "low"),
    "sense": ("<=", ">=", "=="),
    "limits.lag": ("1", "step", "base"),
    "limits.mode": ("hard", "soft", "track"),
    "calibration.determined": ("fixed", "computed"),
}  # fmt: skip
"""Closed lists, by column or by table and column."""
EACH = ("region", "technology", "commodity", "period", "time_slice", "vintage", "mode")
"""The dimensions a limit may keep apart."""


def choices(table: str, column: str) -> tuple[str, ...]:
    """Return the accepted words of a column, or nothing where any text is accepted."""
    return CHOICES.get(f"{table}.{column}") or CHOICES.get(column, ())
