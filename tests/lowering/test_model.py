"""Gates, names, unread data, single rows, and the ways to a solver."""

import logging
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import pyomo.environ as pyo
import pytest

from carbonpath.model import lowering
from carbonpath.model.lowering import LoweringError, handover
from tests.lowering.systems import solvable, system


def broken(value: float) -> Any:
    """Return a system in which one row reads a price that is out of order."""
    space = system(strict=True)
    space.given("price", "rt", {("north", "coal"): 2.0, ("north", "wind"): value,
                                ("south", "wind"): 1.0, ("south", "battery"): 1.0})  # fmt: skip
    space.constraint(
        "spending", "runs",
        lambda x, d, r, t, p, s: d.price[r, t] * x.activity[r, t, p, s] <= d.cost[t],
    )  # fmt: skip
    return space


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e-10, -3e9])
def test_a_coefficient_out_of_range_names_row_column_and_data(value: float) -> None:
    """One bad price gives four bad rows, each named with its column and with the price read."""
    with pytest.raises(LoweringError) as caught:
        broken(value).matrix()
    assert len(caught.value.problems) == 4
    first = caught.value.problems[0]
    assert first.startswith("spending(north,wind,2020,day): the coefficient of activity(")
    assert first.endswith(f"read there: d.price[north, wind] = {value:g}")


def test_at_most_ten_problems_of_a_kind_are_named() -> None:
    """Sixteen bad coefficients are ten sentences and a count."""
    space = system(strict=True)
    space.constraint("tiny", "runs", lambda x, d, r, t, p, s: 1e-10 * x.activity[r, t, p, s] <= 1)
    with pytest.raises(LoweringError) as caught:
        space.matrix()
    assert len(caught.value.problems) == 11
    assert caught.value.problems[-1] == "and 6 more of this kind"


@pytest.mark.parametrize("value", [np.nan, -np.inf, 1e21])
def test_a_row_bound_out_of_range_is_named(value: float) -> None:
    """A limit of NaN, of minus infinity or of 1e21 never reaches a solver."""
    space = system(strict=True)
    space.given("most", "r", {"north": 1.0, "south": value})
    space.constraint("row", "totals", lambda x, d, r, p: x.cap_miss <= d.most[r])
    with pytest.raises(LoweringError, match=r"row\(south,2020\): upper bound is"):
        space.matrix()


def test_a_column_bound_out_of_range_is_named() -> None:
    """Bounds are finite or absent."""
    space = system(strict=True)
    space.variable("extra", "totals", lower=[0, 0, np.nan, 0], upper=[1, 1, 1, -np.inf])
    with pytest.raises(LoweringError) as caught:
        space.matrix()
    assert caught.value.problems == [
        "extra(south,2020): lower bound is nan",
        "extra(south,2030): upper bound is -inf",
    ]


def test_a_cost_that_is_not_finite_is_named() -> None:
    """Both a weight and the data of a cost are looked at."""
    space = solvable(strict=True)
    space.objective({"running_cost": np.r_[np.ones(15), np.nan]})
    with pytest.raises(LoweringError, match=r"running_cost\(south,battery,2030,night\): weight"):
        space.matrix()
    space = system(strict=True)
    space.given("price", "r", {"north": np.nan, "south": np.inf})
    space.cost("spent", "totals", lambda x, d, r, p: d.price[r] * x.cap_miss + d.price[r])
    with pytest.raises(LoweringError) as caught:
        space.matrix()
    assert caught.value.problems[0] == (
        "spent(north,2020): the coefficient of cap_miss is nan; read there: d.price[north] = nan"
    )
    assert "spent(south,2030): a constant is not finite" in caught.value.problems[-1]


def test_a_wide_range_of_coefficients_is_a_note_and_a_wider_one_an_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """1e10 is said, 1e13 is refused; the sentence names both ends."""
    for low, refused in ((1e-4, False), (1e-7, True)):
        space = system(strict=True)
        space.constraint("a", "nothing", lambda x, d: 1e6 * x.cap_miss <= 1)
        space.constraint("b", "nothing", lambda x, d, low=low: low * x.cap_miss <= 1)
        if refused:
            with pytest.raises(LoweringError, match="1e-07 at b, cap_miss to 1e.06 at a, cap_miss"):
                space.matrix()
        else:
            with caplog.at_level(logging.WARNING):
                assert "from 0.0001 at b" in space.matrix().notes[0]
            assert "span a ratio of 1e+10" in caplog.text


def test_data_that_no_rule_reads_are_told() -> None:
    """Only the price of coal in the north is read; the rest was given for nothing."""
    space = system(strict=True)
    space.given("price", "rt", {("north", "coal"): 1.0, ("south", "coal"): 2.0})
    space.quantity("a", "nothing", lambda x, d: d.price["north", "coal"] * x.cap_miss)
    space.quantity("b", "totals", lambda x, d, r, p: sum(d.cost[t] for t in d.storage[r]))
    unread = space.unread()
    assert unread["price"].tolist() == [False, True]
    assert unread["cost"].tolist() == [True, True, False]
    assert unread["share"].all()


def test_one_row_is_a_pyomo_expression_on_demand() -> None:
    """What a row says can be read without expanding the rest."""
    space = solvable(strict=True)
    assert str(space.row("growth", ("north", "coal", "2030"))) == (
        "activity[north,coal,'2030',day] + activity[north,coal,'2030',night]  <=  "
        "2*(activity[north,coal,'2020',day] + activity[north,coal,'2020',night]) + 1"
    )


def test_vectors_come_back_by_family() -> None:
    """The values of a solution are split by name, and quantities are products with it."""
    model = solvable(strict=True).matrix()
    x = np.arange(model.matrix.shape[1], dtype=float)
    parts = model.split_columns(x)
    assert parts["cap_miss"].tolist() == [24.0]
    assert model.values("activity", x).tolist() == list(range(16))
    assert model.values("output", x)[0] == pytest.approx(0.4 * 0 + 0.6 * 1 + 0.4 * 4 + 0.6 * 5)
    assert list(model.split_rows(np.zeros(9))) == ["balance", "emission_cap", "growth"]
    assert model.row_at(4) == ("emission_cap", ())
    assert model.column_at(3) == ("activity", ("north", "coal", "2030", "night"))
    assert model.columns["activity"].member(3) == "activity(north,coal,2030,night)"
    assert model.row_names()[:1] == ["balance(north,2020)"]


def test_highs_and_pyomo_find_the_same_optimum() -> None:
    """The lowered matrix and the Pyomo model of the same rules have the same least cost."""
    space = solvable(strict=True)
    highs = handover.to_highs(space.matrix())
    highs.run()
    expanded = space.expand()
    pyo.SolverFactory("appsi_highs").solve(expanded)
    cost = highs.getInfo().objective_function_value
    assert cost == pytest.approx(pyo.value(expanded.total_cost))
    assert cost > 14


def test_an_lp_file_holds_the_model_under_its_names(tmp_path: Path) -> None:
    """HiGHS reads the file back to the same matrix."""
    model = solvable(strict=True).matrix()
    handover.write_lp(model, tmp_path / "model.lp")
    text = (tmp_path / "model.lp").read_text()
    assert "balance(north,2020)" in text
    again = highspy.Highs()
    again.setOptionValue("output_flag", False)
    again.readModel(str(tmp_path / "model.lp"))
    again.run()
    direct = handover.to_highs(model)
    direct.run()
    assert again.getInfo().objective_function_value == pytest.approx(
        direct.getInfo().objective_function_value
    )


def test_a_file_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """A folder that is not there is said."""
    with pytest.raises(LoweringError, match="the LP file cannot be written"):
        handover.write_lp(solvable(strict=True).matrix(), tmp_path / "nowhere" / "model.lp")


def test_highs_refuses_a_broken_matrix() -> None:
    """A model that was changed behind the gates is not passed on."""
    model = solvable(strict=True).matrix()
    with pytest.raises(LoweringError, match="HiGHS refuses the matrix"):
        handover.to_highs(replace(model, col_lower=np.full(25, np.inf)))


def test_names_in_an_lp_file_are_printable_and_different() -> None:
    """Signs that mean something in an LP file are replaced; no two names become one."""
    assert handover.printable(["a(x-1)", "a(x_1)", "煤"]) == ["a(x_1)", "a(x_1)~2", "_"]


def test_integer_columns_keep_their_kind() -> None:
    """A whole number is a whole number on both paths and in the Pyomo model."""
    space = system(strict=True)
    space.variable("units", "technologies", integer=True)
    model = space.matrix()
    assert model.integer.sum() == 4
    assert space.expanded().matrix().integer.sum() == 4
    columns = space.expand().component_data_objects(pyo.Var)
    assert sum(column.is_integer() for column in columns) == 4


def test_names_that_mean_something_to_pyomo_are_allowed() -> None:
    """A variable may be called slack or model; its Pyomo component gets an underscore."""
    space = system(strict=True)
    space.variable("slack", "nothing")
    space.constraint("name", "nothing", lambda x, d: x.slack >= 3)
    space.cost("spent", "nothing", lambda x, d: x.slack)
    expanded = space.expand()
    pyo.SolverFactory("appsi_highs").solve(expanded)
    assert pyo.value(expanded.total_cost) == pytest.approx(3)


def test_pyomo_loads_no_statistics() -> None:
    """Lowering needs neither scipy.stats nor pandas nor HiGHS: they cost most of the start."""
    code = (
        "import sys, carbonpath.model.lowering;"
        "print([m for m in ('scipy.stats', 'pandas', 'highspy', 'xarray') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_private_parts_of_pyomo_are_imported_in_one_file() -> None:
    """Only templates.py needs to be looked at when a new Pyomo comes."""
    folder = Path(lowering.__file__).parent
    private = [
        path.name
        for path in sorted(folder.glob("*.py"))
        if re.search(r"^\s*(from|import) pyomo\.(core|common)", path.read_text(), re.MULTILINE)
    ]
    assert private == ["templates.py"]
