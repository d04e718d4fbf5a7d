"""The reference problem of the benchmarks is the same on every route."""

import numpy as np
import pytest

from benchmarks import lowered, plain, raw
from benchmarks.build import handed_over
from benchmarks.reference import reference
from carbonpath.model.lowering import handover
from carbonpath.model.lowering.compare import differences


def test_rules_lowered_give_the_matrix_written_by_hand() -> None:
    """Index arithmetic in numpy and the lowered rules agree in every coefficient and bound."""
    problem = reference("10k")
    model, by_hand = lowered.build(problem), raw.build(problem)
    assert abs(model.matrix - by_hand["matrix"]).max() < 1e-9
    for name in ("cost", "col_lower", "col_upper", "row_lower", "row_upper"):
        np.testing.assert_allclose(getattr(model, name), by_hand[name], rtol=1e-12)


def test_rules_lowered_and_expanded_agree() -> None:
    """Pyomo, row by row, gives the same coefficients."""
    space = lowered.declared(reference("10k"))
    assert differences(space.matrix(), space.expanded().matrix()) == []


@pytest.mark.parametrize("route", ["raw", "pyomo"])
def test_the_other_routes_have_the_same_optimum(route: str) -> None:
    """What is measured against solves to the same cost."""
    problem = reference("10k")
    ours = handover.to_highs(lowered.build(problem))
    if route == "raw":
        built = raw.build(problem)
        other = handed_over(built["matrix"], built)
    else:
        from pyomo.contrib.appsi.solvers import Highs

        solver = Highs()
        solver.set_instance(plain.build(plain.numbers(problem)))
        other = solver._solver_model
        other.setOptionValue("output_flag", False)
    for highs in (ours, other):
        highs.run()
    assert ours.getInfo().objective_function_value == pytest.approx(
        other.getInfo().objective_function_value
    )
