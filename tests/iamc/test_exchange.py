"""The IAMC table is read by pyam and agrees with the definitions that ship with the project."""

from pathlib import Path

import pyam
import pytest
from nomenclature import DataStructureDefinition
from nomenclature.exceptions import NomenclatureValidationError

import carbonpath

DEFINITIONS = Path(carbonpath.__file__).parent / "export" / "definitions"
AREAS = ("Industry", "Transportation", "Residential", "Commercial", "AFOFI")
FORMS = ("Electricity", "Gases", "Liquids", "Solids", "Heat", "Hydrogen")


@pytest.fixture(scope="module")
def definition() -> DataStructureDefinition:
    """Variables with their units, and regions."""
    return DataStructureDefinition(DEFINITIONS, dimensions=["variable", "region"])


def test_pyam_reads_the_table(table: pyam.IamDataFrame) -> None:
    assert table.region == ["China|Zhejiang"]
    assert {2020, 2025, 2030, 2060} <= set(table.year)
    assert len(table.variable) > 70


def test_every_variable_unit_and_region_is_defined(
    table: pyam.IamDataFrame, definition: DataStructureDefinition
) -> None:
    definition.validate(table)
    assert set(table.variable) <= set(definition.variable)


def test_a_variable_that_is_not_defined_is_refused(
    table: pyam.IamDataFrame, definition: DataStructureDefinition
) -> None:
    wrong = table.rename(variable={"Final Energy": "Energy that is final"})
    with pytest.raises(NomenclatureValidationError):
        definition.validate(wrong)


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("Final Energy", AREAS),
        ("Final Energy", FORMS),
        ("Emissions|CO2|Energy|Demand", AREAS),
        ("Emissions|CO2|Energy", ("Supply", "Demand")),
        ("Cost|Total", None),
    ],
)
def test_parts_add_up(table: pyam.IamDataFrame, whole: str, parts: tuple[str, ...] | None) -> None:
    components = [f"{whole}|{part}" for part in parts or ()] or [
        f"Cost|{part}" for part in ("Investment", "Fixed", "Variable", "Emissions")
    ]
    assert table.check_aggregate(whole, components=components, rtol=1e-6) is None
