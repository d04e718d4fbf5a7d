"""Hands a LinearModel to HiGHS, and through it to an LP file with names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import LoweringError

if TYPE_CHECKING:
    from pathlib import Path

    from .linear import LinearModel

LONGEST = 200  # characters of a name in an LP file
ROWWISE, MINIMISE = 2, 1  # HiGHS' numbers


def to_highs(model: LinearModel) -> Any:
    """Return a quiet HiGHS instance that holds the model."""
    import highspy

    class Quiet(highspy.Highs):  # type: ignore[misc]
        """HiGHS prints its banner to standard output when callbacks are set; not this one."""

        def enableCallbacks(self) -> None:  # noqa: N802 - HiGHS' own name
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()

    highs = Quiet()
    matrix = model.matrix
    status = highs.passModel(
        matrix.shape[1], matrix.shape[0], matrix.nnz, ROWWISE, MINIMISE, model.cost_constant,
        model.cost, model.col_lower, model.col_upper, model.row_lower, model.row_upper,
        matrix.indptr, matrix.indices, matrix.data, model.integer.astype(np.int32),
    )  # fmt: skip
    if status == highspy.HighsStatus.kError:
        raise LoweringError("HiGHS refuses the matrix")
    return highs


def write_lp(model: LinearModel, path: Path) -> None:
    """Write the model to an LP file, each row and column under its own name."""
    import highspy

    highs = to_highs(model)
    for j, name in enumerate(printable(model.column_names())):
        highs.passColName(j, name)
    for i, name in enumerate(printable(model.row_names())):
        highs.passRowName(i, name)
    if highs.writeModel(str(path)) == highspy.HighsStatus.kError:
        raise LoweringError(f"{path}: the LP file cannot be written")


def printable(names: list[str]) -> list[str]:
    """Return names that an LP file can hold: no signs that mean something there, none twice."""
    taken: set[str] = set()
    found = []
    for name in names:
        stem = short = re.sub(r"[^A-Za-z0-9_.,()]", "_", name)[:LONGEST]
        copy = 1
        while short in taken:
            copy += 1
            short = f"{stem}~{copy}"
        taken.add(short)
        found.append(short)
    return found
