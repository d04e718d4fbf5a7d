"""Random data sets that use the formulation's parts together, against it written out row by row.

`against_glpsol.py` compares the same draws with glpsol and the published formulation itself.
"""

from pathlib import Path

import pytest

from carbonpath.errors import ModelError, SolveError
from carbonpath.inputs.foreign.osemosys.read import read_osemosys
from carbonpath.inputs.foreign.osemosys.values import Values
from tests.reference.draws import drawn
from tests.reference.mathprog_text import text
from tests.reference.small import published, run

WITH_OPTIMUM = (0, 1, 2, 5, 9, 20, 22, 36, 163)
"""Among them trade beside a renewable target (20) and emissions that nothing emits (9, 163)."""


@pytest.mark.parametrize("seed", range(12))
def test_a_data_file_in_any_form_holds_the_data(seed: int, tmp_path: Path) -> None:
    """Written with slices, tables, transposed tables, commas and comments; read again."""
    data, file = drawn(seed), tmp_path / "data.txt"
    file.write_bytes(text(data, seed).replace("\n", "\r\n").encode())
    again = read_osemosys(file)
    assert again.sets == data.sets
    assert again.defaults == data.defaults
    assert Values(again).tables == Values(data).tables


@pytest.mark.parametrize("seed", WITH_OPTIMUM)
def test_parts_together_have_the_published_optimum(seed: int, tmp_path: Path) -> None:
    data = drawn(seed)
    try:
        wanted = published(data)
    except AssertionError:
        with pytest.raises((ModelError, SolveError), match="infeasible"):
            run(data, tmp_path)
        return
    assert run(data, tmp_path).cost == pytest.approx(wanted, rel=1e-6)
