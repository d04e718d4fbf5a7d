"""The best value of a limit, the cost of the way there, abatement costs and years of the peak."""

import pytest

from carbonpath.model.build import build
from carbonpath.solve.limit_row import limit_row
from carbonpath.solve.modes.reach import best_value, forced
from carbonpath.solve.modes.sweep import abatement_costs, peak_years
from carbonpath.solve.session import Session
from carbonpath.system.system import Limit
from tests.systems import cap, mini

PUMP_LIMIT = cap("heat", 6, id="few", quantity="output", where={"technology": ("pump",)})
SHARE = Limit(
    "pump_share", "output", ">=", {"2021": 0.3}, {"technology": ("pump",)},
    of="output", of_where={"commodity": ("heat",)}, mode="soft", price={"2021": 1.0},
)  # fmt: skip


def test_the_highest_share_is_what_the_hard_rows_allow():
    """At most 6 of 10 units from heat pumps: 60 %, whatever they cost."""
    assert best_value(build(mini(limits=[SHARE, PUMP_LIMIT])), "pump_share", "2021") == (
        pytest.approx(0.6)
    )
    assert best_value(build(mini(limits=[SHARE])), "pump_share", "2021") == pytest.approx(1.0)


def test_the_lowest_total_is_what_the_hard_rows_allow():
    """Six units from heat pumps and four from gas: 1.6 of CO2."""
    built = build(mini(limits=[cap("co2", 7), PUMP_LIMIT]))
    assert best_value(built, "co2_cap", "2021") == pytest.approx(1.6)


def test_steps_cost_what_the_duals_say():
    """From 10 % to 20 % and 30 % of 10 units: each unit costs 20 - 2.5, a point 1.75."""
    session = Session(build(mini(limits=[SHARE])))
    row = limit_row(session.built, "pump_share", "2021")
    steps = forced(session, row, [0.1, 0.2, 0.3])
    rises = [b.objective - a.objective for a, b in zip(steps, steps[1:], strict=False)]
    assert rises == pytest.approx([17.5, 17.5])
    assert [step.dual for step in steps] == pytest.approx([17.5] * 3)
    assert [step.of for step in steps] == pytest.approx([10.0] * 3)
    assert [step.penalties for step in steps] == pytest.approx([0.0] * 3)


def test_abatement_goes_from_gas_to_heat_pumps():
    """Coal to gas costs 3.5 per 0.6 t, up to 6 of 10 t; gas to heat pumps 14 per 0.4 t."""
    found = abatement_costs(mini(), "co2_territorial_c1", "2021", [0.7, 0.2])
    assert [one.cap for one in found] == pytest.approx([7.0, 2.0])
    assert [one.avoided for one in found] == pytest.approx([3.0, 8.0])
    assert [one.marginal for one in found] == pytest.approx([3.5 / 0.6, 14 / 0.4])
    assert found[0].mean == pytest.approx(3.5 / 0.6)
    assert found[1].mean == pytest.approx((6 / 0.6 * 3.5 + 2 / 0.4 * 14) / 8)


def test_an_early_peak_costs_more():
    """Heat of 10, 12, 14: no rise of coal after the first year costs what gas costs more."""
    system = mini(
        periods=(2021, 2022, 2023),
        demand={("heat", "2021"): 10.0, ("heat", "2022"): 12.0, ("heat", "2023"): 14.0},
    )
    found = peak_years(system, "emissions", [2021, 2022])
    assert [one.year for one in found] == [2022, 2021]
    late, early = (one.objective for one in found)
    assert late is not None
    assert early is not None
    free = (10 + 12 + 14) * 2.5
    assert late == pytest.approx(free + 2 / 0.6 * 3.5)
    assert early == pytest.approx(free + (2 + 4) / 0.6 * 3.5)
    assert found[1].highest_price == pytest.approx(2 * 3.5 / 0.6)
