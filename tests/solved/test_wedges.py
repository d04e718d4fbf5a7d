"""Two policies that overlap, on the tutorial; see tests/inputs/test_tutorial.py for its numbers.

A PJ of electricity costs 0.0814232 bn from wind, 0.0774817 from a new coal plant, 0.0682417 from
an old one, and a PJ from coal emits 2.5 x 2.66 / 29.3076 = 0.2269038 Mt. Without a policy new coal
makes 6.3072 PJ in 2025 and 12.6144 PJ in 2030. The cap asks for 6.3072 and 18.9216 PJ of wind, the
share of 30 % for 11.35296 and 13.24512. Together: 11.35296 and 18.9216. So each avoids what its
wind replaces, and what only it brings is less: of the cap nothing in 2025 and 5.67648 PJ in 2030,
of the share 5.04576 PJ in 2025 and nothing in 2030.
"""

from pathlib import Path

import pytest

from carbonpath.errors import InputError
from carbonpath.policies import OF_BASELINE, Pair, policies
from carbonpath.run import Options, read
from carbonpath.solve.highs import SolverOptions
from carbonpath.wedges import WHOLE, Wedges, wedges
from tests.cli.conftest import copied

WEIGHTS = {2025: sum(1.05**-n for n in range(1, 6)), 2030: sum(1.05**-n for n in range(6, 11))}
WIND, NEW_COAL, OLD_COAL, CO2 = 0.0814232, 0.0774817, 0.0682417, 2.5 * 2.66 / 29.3076
GROWTH = {2025: 6.3072, 2030: 12.6144}
CAP, SHARE = {2025: 6.3072, 2030: 18.9216}, {2025: 11.35296, 2030: 13.24512}
BOTH = {year: max(CAP[year], SHARE[year]) for year in CAP}
TWO = """schema: carbonpath/scenario/1
extends: tutorial
limits:
  - id: wind_share
    quantity: renewable_electricity
    of: electricity_consumption
    sense: ">="
    value: {2025: 30 %}
    label: {zh: 风电占比, en: Share of wind}
"""
BEFORE = """schema: carbonpath/scenario/1
extends: tutorial
limits:
  - {id: co2_cap, remove: true}
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The tutorial with a cap and a share, and without either."""
    folder = copied(tmp_path) / "scenarios"
    (folder / "two.yaml").write_text(TWO, encoding="utf-8")
    (folder / "before.yaml").write_text(BEFORE, encoding="utf-8")
    return folder


def pair(place: Path, scenario: str, baseline: str) -> Pair:
    """Two scenarios of a project."""
    return Pair(*(read(place / f"{name}.yaml", Options()) for name in (scenario, baseline)))


def found(place: Path, scenario: str, baseline: str) -> Wedges:
    """The wedges of CO2 with electricity from outside, of which there is none."""
    return wedges(pair(place, scenario, baseline), "co2_c1", SolverOptions(), lambda _text: None)


def effect(made: Wedges, policy: str, measure: str, period: int = 0) -> tuple[float, float]:
    """What a policy does alone, and last."""
    table = made.table.set_index(["policy", "measure", "period"])
    alone, last = table.loc[(policy, measure, period), ["alone", "last"]]
    return float(alone), float(last)


def cost(wind: dict[int, float]) -> float:
    """What wind costs more than the coal it replaces, new plants first; discounted."""
    return sum(
        WEIGHTS[year]
        * (pj * WIND - min(pj, GROWTH[year]) * NEW_COAL - max(pj - GROWTH[year], 0) * OLD_COAL)
        for year, pj in wind.items()
    )


def test_two_policies_overlap_as_on_paper(place: Path) -> None:
    made = found(place, "two", "before")
    assert [policy.key for policy in made.policies] == ["non_fossil", "carbon_limits"]
    for year in (2025, 2030):
        share = SHARE[year] * CO2, (BOTH[year] - CAP[year]) * CO2
        cap = CAP[year] * CO2, (BOTH[year] - SHARE[year]) * CO2
        whole = (BOTH[year] * CO2,) * 2
        assert effect(made, "non_fossil", "co2", year) == pytest.approx(share, abs=1e-6)
        assert effect(made, "carbon_limits", "co2", year) == pytest.approx(cap, abs=1e-6)
        assert effect(made, WHOLE, "co2", year) == pytest.approx(whole, abs=1e-6)


def test_the_horizon_is_five_years_of_each_and_costs_are_discounted(place: Path) -> None:
    made = found(place, "two", "before")
    avoided = 5 * CO2 * sum(BOTH.values())
    assert effect(made, WHOLE, "cumulative") == pytest.approx((avoided, avoided), rel=1e-6)
    cap, share, both = cost(CAP), cost(SHARE), cost(BOTH)
    assert effect(made, "carbon_limits", "cost") == pytest.approx((cap, both - share), rel=1e-4)
    assert effect(made, "non_fossil", "cost") == pytest.approx((share, both - cap), rel=1e-4)
    assert effect(made, WHOLE, "cost") == pytest.approx((both, both), rel=1e-4)


def test_a_limit_that_is_stricter_than_the_baselines_gives_way_to_it(place: Path) -> None:
    """70 % instead of 80 % in 2030: a tenth of 31.536 PJ less coal, all else as in the parent."""
    stricter = "schema: carbonpath/scenario/1\nextends: tutorial\nlimits:\n"
    stricter += "  - {id: co2_cap, value: {2025: 100 %, 2030: 70 %}}\n"
    (place / "stricter.yaml").write_text(stricter, encoding="utf-8")
    system = pair(place, "stricter", "tutorial").system(())
    assert [limit.id for limit in system.limits] == ["co2_cap", "co2_cap" + OF_BASELINE]
    made = found(place, "stricter", "tutorial")
    assert effect(made, "carbon_limits", "co2", 2030) == pytest.approx([3.1536 * CO2] * 2)
    assert effect(made, "carbon_limits", "co2", 2025) == pytest.approx([0.0] * 2, abs=1e-9)


def test_prices_options_and_assumptions_are_policies_too(place: Path) -> None:
    """A price of CO2 at which wind replaces all coal, and an economy that does not grow."""
    priced = BEFORE + (
        "prices:\n  - {id: tax, of: co2, value: 100 CNY_2020/t}\n"
        "drivers:\n  gdp: {unit: 1e8 CNY_2020, 2025: 1000, 2030: 1000}\n"
    )
    (place / "priced.yaml").write_text(priced, encoding="utf-8")
    both = pair(place, "priced", "before")
    assert [policy.key for policy in policies(both)] == ["carbon_price", "assumptions"]
    made = found(place, "priced", "before")
    first, second = (effect(made, WHOLE, "co2", year) for year in (2025, 2030))
    assert first == pytest.approx([37.8432 * CO2] * 2)
    assert second == pytest.approx([44.1504 * CO2] * 2)
    assert effect(made, "assumptions", "co2", 2025) == pytest.approx([6.3072 * CO2, 0.0], abs=1e-6)
    assert effect(made, "carbon_price", "co2", 2025) == pytest.approx([37.8432 * CO2, 31.536 * CO2])


def test_scenarios_that_cannot_be_compared_are_refused(place: Path) -> None:
    with pytest.raises(InputError, match="asks for nothing"):
        policies(pair(place, "two", "two"))
    with pytest.raises(InputError, match="no total of CO2"):
        wedges(pair(place, "two", "before"), "co2", SolverOptions(), lambda _text: None)
    other = Options(slices=(4, 1))
    scenario, baseline = read(place / "two.yaml", other), read(place / "before.yaml", Options())
    with pytest.raises(InputError, match="another horizon"):
        policies(Pair(scenario, baseline))
