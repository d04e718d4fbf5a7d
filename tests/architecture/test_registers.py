"""What is registered is tried: every indicator, identity, check and chart is named in a test."""

from pathlib import Path

import pytest

from carbonpath.accounts import INDICATORS
from carbonpath.accounts.verify import CHECKS as IDENTITIES
from carbonpath.inputs import checks  # noqa: F401 - registers the checks
from carbonpath.inputs.check import CHECKS
from carbonpath.report import charts  # noqa: F401 - registers the charts
from carbonpath.report.declare import CHARTS

TESTS = Path(__file__).parents[1]
TEXT = "\n".join(
    path.read_text(encoding="utf-8")
    for pattern in ("*.py", "*.yaml")
    for path in sorted(TESTS.rglob(pattern))
)


@pytest.mark.parametrize(
    "register",
    [INDICATORS, IDENTITIES, CHECKS, CHARTS],
    ids=["indicators", "identities", "checks", "charts"],
)
def test_everything_registered_is_named_in_a_test(register: dict[str, object]) -> None:
    assert [name for name in register if name not in TEXT] == []
