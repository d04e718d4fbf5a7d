"""What the words of OSeMOSYS data mean: no limit, none at all, targets of tagged technologies."""

from pathlib import Path
from typing import Any

import pytest

from tests.reference.small import dataset
from tests.reference.small import run as imported
from tests.systems import Run

SETS = {"YEAR": "2020", "REGION": "A", "TIMESLICE": "year", "FUEL": "power",
        "TECHNOLOGY": "coal gas wind", "MODE_OF_OPERATION": "1"}  # fmt: skip


def solved(place: Path, given: dict[str, dict[str, Any]]) -> Run:
    """10 of power from coal at 1, gas at 2 or wind at 9, without discounting."""
    plain = {
        "YearSplit": {"year *": 1}, "OutputActivityRatio": {"* * power 1 *": 1},
        "VariableCost": {"* coal 1 *": 1, "* gas 1 *": 2, "* wind 1 *": 9},
        "SpecifiedAnnualDemand": {"* power *": 10}, "DiscountRate": {"*": 0},
        "SpecifiedDemandProfile": {"* power year *": 1},
    }  # fmt: skip
    return imported(dataset(SETS, {**plain, **given}), place)


def test_minus_one_and_nines_are_no_limit_and_zero_is_none_at_all(tmp_path: Path) -> None:
    """Coal at most 4, gas 0, wind -1: 4 and 6, cost 4 + 54. 99999 GW is no limit either.

    One more of coal saves 8, of gas 7; power is worth 9. There are two rows of the bound, not
    three, and no capacity limit.
    """
    name = "TotalTechnologyAnnualActivity"
    run = solved(
        tmp_path,
        {f"{name}UpperLimit": {"* coal *": 4, "* gas *": 0, "* wind *": -1},
         f"{name}LowerLimit": {"* * *": 0}, "TotalAnnualMaxCapacity": {"* * *": 99999}},
    )  # fmt: skip
    assert run.activity("coal", 2020) == pytest.approx(4)
    assert run.activity("gas", 2020) == pytest.approx(0, abs=1e-9)
    assert run.cost == pytest.approx(58)
    assert run.value("commodity_price", 2020) == pytest.approx(9)
    assert run.dual("activity_within_limit", "coal") == pytest.approx(-8)
    assert run.dual("activity_within_limit", "gas") == pytest.approx(-7)
    assert len(run.built.linear.rows["activity_within_limit"].index.codes) == 2
    assert "capacity_limit" not in run.built.system.parameters


def test_a_renewable_target_is_a_share_of_the_tagged_fuel(tmp_path: Path) -> None:
    """30 % of power from wind: 3 and 7 of coal, cost 27 + 7. Power costs 0.3 x 9 + 0.7 = 3.4.

    One more unit of the target swaps coal for wind: 8.
    """
    run = solved(
        tmp_path,
        {"REMinProductionTarget": {"* *": 0.3}, "RETagFuel": {"* power *": 1},
         "RETagTechnology": {"* wind *": 1}},
    )  # fmt: skip
    assert run.activity("wind", 2020) == pytest.approx(3)
    assert run.cost == pytest.approx(34)
    assert run.value("commodity_price", 2020) == pytest.approx(3.4)
    assert run.price("renewable-1", 2020) == pytest.approx(-8)
