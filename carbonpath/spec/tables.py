"""Every input table: where it lies, its columns and what they mean.

A table is a CSV (or an .xlsx sheet of the same name). `keys` identify a row; a second row with the
same keys is an error. `values` carry the data. A column that is not listed here is an error, and so
is a missing required one. Empty means absent; nothing is defaulted unless `defaults` says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Table:
    """One input table.

    `place` is 'dataset' (one file), 'sector' (one file per sector folder, joined) or 'both'.
    """

    name: str
    place: str
    keys: tuple[str, ...]
    values: tuple[str, ...]
    required: tuple[str, ...]
    meaning: str
    defaults: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """All accepted columns, keys first."""
        return self.keys + self.values


TRACE = ("source", "quality", "note")
"""Where a number comes from: a source id, a quality tag, a free remark."""
LABELS = ("label_zh", "label_en")
QUALITIES = ("official", "derived", "proxy", "assumed")
SERIES = ("between", "value", "unit")
"""A time series: rows of one series differ only in `period`; `between` says how gaps are filled
(linear, geometric, hold; empty: every period must be given). A row without period is constant."""
BETWEEN = ("linear", "geometric", "hold")
"""In limits.csv also `only`: the limit holds in the years given and in no other. Without `between`
a limit of year T holds from T until the next year given."""

TABLES = (
    Table(
        "sources", "dataset", ("source",),
        ("title", "publisher", "number", "year", "licence", "note"), ("source", "title"),
        "Where numbers come from",
    ),
    Table("regions", "dataset", ("region",), LABELS, ("region",), "The regions of the dataset"),
    Table(
        "commodities", "both", ("commodity",),
        ("kind", "time_level", "unit", "carrier", "cycle", "surplus", *LABELS, "note"),
        ("commodity", "kind", "time_level", "unit"),
        "What flows. `kind`: energy, service, material, emission, stored, other. `time_level`: "
        "annual, season, slice. `carrier` groups energy: coal, oil, gas, electricity, heat, "
        "hydrogen, biomass, waste. `cycle` of a stored commodity: day, season, year, sequence "
        "(along sequence.csv), or horizon (its content goes on from year to year). `surplus`: free "
        "where more may be made than is taken, any where it is not balanced at all",
    ),
    Table(
        "technologies", "sector", ("technology",),
        ("role", "group", "primary", "time_level", "vintages", "capacity_unit", "activity_unit",
         "state_listed", "retirement", *LABELS, "note"),
        ("technology", "role", "time_level", "activity_unit"),
        "What turns commodities into others. `role`: supply, generation, import_line, export_line, "
        "network, storage, conversion, end_use, capture, sink. `primary`: nuclear, hydro, wind, "
        "solar, geothermal, biomass, waste where the output counts as such. `vintages`: pooled or "
        "kept. `retirement`: end_of_life or early. No `capacity_unit`: no capacity, free activity",
        defaults={"vintages": "pooled", "retirement": "end_of_life", "state_listed": "no"},
    ),
    Table(
        "flows", "sector",
        ("technology", "region", "mode", "commodity", "per", "where", "use", "vintage",
         "time_slice", "period", "when"),
        (*SERIES, *TRACE, "known_since"),
        ("technology", "commodity", "value", "unit", "source", "quality"),
        "What a technology makes (positive) and takes (negative) for one unit of `per`: activity, "
        "new_capacity, retirement, capacity. A retirement of a `vintage` counts what leaves of it "
        "(start_share, end_share); what capacity makes may differ by `time_slice`, at a yearly "
        "rate. `use` of an energy input: fuel (burnt: its carbon is "
        "emitted), feedstock (material), transformed (carbon goes on into the product). `where`: "
        "here, or the other region on whose balance the flow falls (trade). `when`: a scenario "
        "option, e.g. innovation=fast. Here as in other tables a row without `region` holds in "
        "every region that has no row of its own",
        defaults={"mode": "main", "per": "activity", "where": "here"},
    ),
    Table(
        "parameters", "sector",
        ("technology", "region", "parameter", "mode", "commodity", "situation", "time_slice",
         "vintage", "period", "when"),
        (*SERIES, *TRACE, "known_since"),
        ("technology", "parameter", "value", "unit", "source", "quality"),
        "Numbers of a technology: costs, lifetimes, limits (see the list of parameters). "
        "`time_slice` is for capacity_factor, activity_share and mode_runs only",
    ),
    Table(
        "stock", "sector", ("technology", "region", "vintage", "period"),
        ("value", "unit", *TRACE),
        ("technology", "value", "unit", "source", "quality"),
        "Capacity standing at the end of the base year; without `vintage` spread evenly over the "
        "lifetime. With `period` what stands of it in that period is given outright; there the "
        "base year may name what stood before the horizon and is gone",
    ),
    Table(
        "profiles", "sector", ("technology", "commodity", "purpose"),
        ("profile", "mean", *TRACE), ("purpose", "profile", "source", "quality"),
        "Which shape a technology follows. `purpose`: capacity_factor (scaled so that its yearly "
        "mean is `mean`), shape (an annual technology that makes or takes a slice commodity), "
        "demand (an end demand; technology empty)",
    ),
    Table(
        "demands", "sector", ("commodity", "region", "time_slice", "period", "when"),
        (*SERIES, "driver", *TRACE),
        ("commodity", "value", "unit", "source", "quality"),
        "Final demand. With `driver`, one row in the base year; later years follow the driver by "
        "the elasticity. With `time_slice` the demand of that slice; `annual` there, for a "
        "commodity balanced by the slice, is a demand that may be met at any time of the year",
    ),
    Table(
        "elasticities", "sector", ("commodity", "period", "when"), (*SERIES, *TRACE),
        ("commodity", "value", "unit", "source", "quality"),
        "Elasticity of a demand to its driver",
    ),
    Table(
        "drivers", "dataset", ("driver", "period", "when"),
        ("of", *SERIES, *TRACE, "known_since"),
        ("driver", "value", "unit", "source", "quality"),
        "GDP, population and the like. With `of`, the value multiplies the driver named",
    ),
    Table(
        "shapes", "dataset", ("profile", "day", "month", "hour"), ("value", *TRACE),
        ("profile", "day", "month", "hour", "value"),
        "Month x hour shapes (month 1-12, hour 0-23). `day`: typical or low (the calm, dark day of "
        "each season). Only ratios matter for shape and demand; capacity factors are rescaled",
    ),
    Table(
        "time_slices", "dataset", ("time_slice",),
        ("season", "day", "order", "share", "repeats", "note"),
        ("time_slice", "season", "order", "share"),
        "Slices given outright instead of month x hour shapes; shares sum to one. `repeats`: how "
        "often the slice's day occurs in a year",
    ),
    Table(
        "slice_values", "dataset", ("profile", "period", "time_slice"), ("value", *TRACE),
        ("profile", "time_slice", "value"),
        "A profile by time slice, where time_slices.csv is used",
    ),
    Table(
        "situations", "dataset", ("situation",),
        ("season_month", "hour", "margin", "peak_load", "unit", *LABELS, *TRACE),
        ("situation", "season_month", "hour", "margin", "source", "quality"),
        "Peak situations for adequacy: the month and hour whose shape values apply, the reserve "
        "margin, and the statistical peak load of the base year to which shapes are scaled",
    ),
    Table(
        "reserves", "dataset", ("commodity", "region", "period", "when"), (*SERIES, *TRACE),
        ("commodity", "value", "unit", "source", "quality"),
        "Firm capacity wanted in every time slice per production of a commodity: 1.18 is a reserve "
        "of 18 %. The parameter reserve_credit says what counts as firm",
    ),
    Table(
        "sequence", "dataset", ("step",), ("order", "time_slice", "times", "note"),
        ("step", "order", "time_slice", "times"),
        "How time slices follow one another in the year, as steps that go round: each repeats a "
        "time slice, and a store of cycle sequence gains `times` the slice's yearly net output",
    ),
    Table(
        "checkpoints", "dataset", ("checkpoint", "period", "time_slice"), ("value", *TRACE),
        ("checkpoint", "time_slice", "value"),
        "Moments of the year at which stores of cycle horizon are held within their size: the "
        "share of each slice's yearly net output that the store has gained by then",
    ),
    Table(
        "accounting", "dataset", ("parameter", "key", "period", "when"), (*SERIES, *TRACE),
        ("parameter", "value", "unit", "source", "quality"),
        "Factors of the statutory accounts: kappa (coal-equivalent of electricity, by period), "
        "co2_factor and physical factors by commodity",
    ),
    Table(
        "prices", "dataset", ("id", "region", "commodity", "period", "when"),
        (*SERIES, *TRACE, "known_since", *LABELS),
        ("id", "commodity", "value", "unit", "source", "quality"),
        "Prices put on emission commodities, e.g. of the national carbon market",
    ),
    Table(
        "history", "both",
        ("id", "period"),
        ("quantity", "region", "technology", "commodity", "sector", "sense", "value", "unit",
         *TRACE),
        ("id", "quantity", "period", "value", "unit", "source", "quality"),
        "Statistical years: quantities fixed to what was observed",
        defaults={"sense": "=="},
    ),
    Table(
        "statistics", "dataset", ("series", "key", "period"), ("value", "unit", *TRACE),
        ("series", "period", "value", "unit", "source", "quality"),
        "Observed series shown beside results and used by calibration; `series` is the name of an "
        "indicator, `key` a label of its dimension (sector, technology group, carrier)",
    ),
    Table(
        "calibration", "dataset", ("row",),
        ("indicator", "key", "period", "value", "unit", "determined", "tolerance", "explanation",
         "explanation_zh", *LABELS, *TRACE),
        ("row", "indicator", "period", "value", "unit", "determined", "source", "quality"),
        "Model against statistics. `determined`: fixed (the statistic is an input) or computed; "
        "`explanation` is in English, `explanation_zh` says the same in Chinese",
    ),
    Table(
        "limits", "both", ("id", "period"),
        ("quantity", "region", "technology", "commodity", "sector", "group", "run_vintage",
         "run_mode", "time_slice", "checkpoint", "each", "of", "of_region", "of_technology",
         "of_commodity",
         "of_sector", "of_group", "of_run_vintage", "of_run_mode", "of_time_slice", "lag", "per",
         "sense", "between",
         "value", "unit", "seed", "mode", "price", "price_unit", "regime", *LABELS, *TRACE,
         "because"),
        ("id", "quantity", "sense", "value", "unit", "source", "quality"),
        "Every target and policy: total(quantity) sense value [x total(of)] [+ seed]. Selections "
        "are glob patterns, several separated by '|'. `each`: the dimensions kept apart, empty "
        "for period and region. `lag`: 1 takes `of` in the period before, base in the base year. "
        "`per` names a driver by which both totals are divided: an intensity. `mode`: hard, soft "
        "(with a `price` per unit of shortfall), track",
        defaults={"mode": "hard"},
    ),
)  # fmt: skip
BY_NAME = {table.name: table for table in TABLES}
