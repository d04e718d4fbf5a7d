"""Whatever stands in a cell, the inputs are read or refused in sentences."""

import random
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carbonpath.inputs import load
from tests.inputs.good import GOOD, examined, written

TABLES = sorted(name for name in GOOD if name.endswith(".csv") and "shapes" not in name)
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "NaN", "-1", "0", "1e400", "1,2", "１２", "*", "a|b", "2020..2030", "=1+1", "NA", "\\",
         "'", "coal", "electricity", "co2", "gdp", "PJ", "GW", "%", "2025",
         "linear", "total", "track"]
    ),
)  # fmt: skip
RELAXED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given(name=st.sampled_from(TABLES), row=st.integers(0, 40), column=st.integers(0, 20), cell=CELLS)
@RELAXED
def test_any_cell_is_read_or_refused(
    name: str, row: int, column: int, cell: str, tmp_path: Path
) -> None:
    """Nothing is raised but sentences; what passes the checks can be assembled."""
    lines = GOOD[name].splitlines()
    cells = lines[row % len(lines)].split(",")
    cells[column % len(cells)] = cell.replace("\n", " ").replace("\r", " ")
    lines[row % len(lines)] = ",".join(cells)
    files = {**GOOD, name: "\n".join(lines) + "\n"}
    found = examined(tmp_path, files)
    if not found.errors:
        assert load(written(tmp_path, files)).labels


@given(seed=st.integers(0, 10_000))
@RELAXED
def test_any_bytes_of_a_scenario_are_read_or_refused(seed: int, tmp_path: Path) -> None:
    name = "scenarios/good.yaml"
    letters = list(GOOD[name] + "limits: [{id: coal_cap, value: {2030: 3 Mt}}]\n")
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        letters[chance.randrange(len(letters))] = chance.choice("{}[]:,-#&*!|>'\"%@` \n0aé年")
    examined(tmp_path, {**GOOD, name: "".join(letters)})
