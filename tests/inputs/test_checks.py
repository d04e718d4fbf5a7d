"""Every check speaks: the good dataset with one slip leads to exactly one exact sentence."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from carbonpath.inputs.check import CHECKS
from tests.inputs.good import GOOD, examined

SLIPS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "slips.yaml").read_text(encoding="utf-8")
)


def with_edits(edits: list[dict[str, str]]) -> dict[str, str]:
    """Return the good files after some edits."""
    files = dict(GOOD)
    for edit in edits:
        name = edit["file"]
        if "all_old" in edit:
            files[name] = files[name].replace(edit["all_old"], edit["all_new"])
        elif edit["old"]:
            assert files[name].count(edit["old"]) == 1, edit
            files[name] = files[name].replace(edit["old"], edit["new"])
        else:
            files[name] = edit["new"]
    return files


def test_the_good_dataset_is_good(tmp_path: Path) -> None:
    found = examined(tmp_path)
    assert found.errors == ()
    assert found.warnings == ()


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip["check"])
def test_one_slip_is_one_sentence(slip: dict[str, Any], tmp_path: Path) -> None:
    found = examined(tmp_path, with_edits(slip["edits"]))
    assert all(getattr(told, "code", "") for told in (*found.errors, *found.warnings))
    if "error" in slip:
        assert found.errors == (slip["error"],)
    else:
        assert found.errors == ()
        assert found.warnings == (slip["warning"],)


def test_every_check_has_a_slip() -> None:
    assert set(CHECKS) - {slip["check"] for slip in SLIPS} == set()


def test_all_slips_are_told_at_once(tmp_path: Path) -> None:
    """The seven of the issue in one copy: key, unit, NaN, sign, year, duplicate, demand."""
    energy, use = "inputs/small/sectors/energy", "inputs/small/sectors/use"
    edits = [
        ("scenarios/good.yaml", "dataset: small", "dataset: small\ninovation: fast"),
        (f"{energy}/parameters.csv", "4000,CNY_2020/kW", "4000,CNY_2020/KWH"),
        (f"{energy}/parameters.csv", "40,yr", "NaN,yr"),
        (f"{energy}/stock.csv", "2010,3,GW", "2010,-3,GW"),
        (f"{use}/demands.csv", "light,2020,linear", "light,2020,"),
        (f"{use}/demands.csv", "light,2030,linear", "light,2030,"),
        (
            f"{use}/elasticities.csv",
            "warmth,,0.5,1,book,assumed\n",
            "warmth,,0.5,1,book,assumed\n" * 2,
        ),
        (f"{use}/flows.csv", "blast_furnace,steel,,1,", "blast_furnace,steel,,-1,"),
    ]
    found = examined(tmp_path, with_edits([{"file": f, "old": o, "new": n} for f, o, n in edits]))
    assert len(found.errors) == 7
    assert found.errors[0].startswith("scenarios/good.yaml:4:1: unknown key 'inovation'")
    assert found.errors[-1].startswith("sectors/use/elasticities.csv lines 2 and 3")


def test_at_most_ten_of_a_kind_are_listed(tmp_path: Path) -> None:
    rows = "".join(f"wind_farm,{year},x,GW,book,official\n" for year in range(1990, 2003))
    files = {**GOOD, "inputs/small/sectors/energy/stock.csv":
             GOOD["inputs/small/sectors/energy/stock.csv"] + rows}  # fmt: skip
    found = examined(tmp_path, files)
    assert len(found.errors) == 11
    assert found.errors[-1] == "and 3 more of the kind 'cells are numbers'"
