"""Small OSeMOSYS data sets for tests: what differs from the defaults, and both ways to solve."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from carbonpath.inputs.foreign.folder import write_folder
from carbonpath.inputs.foreign.osemosys.convert import converted
from carbonpath.inputs.foreign.osemosys.data import VALUE, OsemosysData, empty_sets
from carbonpath.inputs.foreign.osemosys.names import DIMENSIONS
from carbonpath.inputs.foreign.osemosys.refusals import refusals
from carbonpath.inputs.foreign.osemosys.values import Values
from carbonpath.inputs.load import load
from tests.reference.published import Published
from tests.systems import Run

DEFAULTS = {
    **dict.fromkeys(DIMENSIONS, 0.0),
    **dict.fromkeys(
        ("CapacityFactor", "AvailabilityFactor", "CapacityToActivityUnit", "OperationalLife",
         "DepreciationMethod", "ReserveMargin"), 1.0,
    ),
    **dict.fromkeys(
        ("TotalAnnualMaxCapacity", "TotalAnnualMaxCapacityInvestment", "AnnualEmissionLimit",
         "TotalTechnologyAnnualActivityUpperLimit", "ModelPeriodEmissionLimit",
         "TotalTechnologyModelPeriodActivityUpperLimit"), -1.0,
    ),
    "DiscountRate": 0.05, "DiscountRateStorage": 0.05, "DaysInDayType": 7.0, "DaySplit": 0.00137,
    "StorageMaxChargeRate": 99.0, "StorageMaxDischargeRate": 99.0, "OperationalLifeStorage": 30.0,
}  # fmt: skip
DEFAULTS.pop("DiscountRateIdv")
DEFAULTS.pop("TechWithCapacityNeededToMeetPeakTS")


def dataset(sets: Mapping[str, str], given: Mapping[str, Mapping[Any, float]]) -> OsemosysData:
    """Return data; sets are blank-separated names, keys are such names or tuples of them.

    A part `*` of a key stands for every member of the set; later entries win.
    """
    full = {**empty_sets(), **{name: tuple(text.split()) for name, text in sets.items()}}
    tables = {}
    for name, rows in given.items():
        dims = DIMENSIONS[name]
        found: dict[tuple[str, ...], float] = {}
        for key, value in rows.items():
            parts = key.split() if isinstance(key, str) else key
            spread: list[tuple[str, ...]] = [()]
            for part, dim in zip(parts, dims, strict=True):
                members = full[dim.removeprefix("_")] if part == "*" else (part,)
                spread = [(*head, member) for head in spread for member in members]
            found |= dict.fromkeys(spread, value)
        rows_ = [(*key, value) for key, value in found.items()]
        tables[name] = pd.DataFrame(rows_, columns=[*dims, VALUE])
    return OsemosysData(full, tables, DEFAULTS)


def run(data: OsemosysData, project: Path) -> Run:
    """Import data into a folder, load it from there and solve it."""
    assert refusals(Values(data)) == []
    draft = converted(data, "case", "A case")
    scenario = project / "scenarios" / "case.yaml"
    write_folder(draft, project / "inputs" / "case", scenario)
    return Run(load(scenario))


def published(data: OsemosysData) -> float:
    """Return the optimum of the published formulation written out."""
    values = Values(data)
    sets = {name: tuple(members) for name, members in data.sets.items()}
    return Published({**sets, "YEAR": values.years}, values.tables, data.defaults).objective()
