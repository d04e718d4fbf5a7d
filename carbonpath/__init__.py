"""Least-cost pathways of a Chinese province to its carbon peak."""

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from carbonpath.version import VERSION

if TYPE_CHECKING:
    import pandas as pd

    from carbonpath.results.results import Results

__version__ = VERSION
__all__ = ["__version__", "compare", "open_results"]


def open_results(path: str | PathLike[str]) -> "Results":
    """Return a solved scenario from its folder, every file checked against the manifest."""
    from carbonpath.results.store import read

    return read(Path(path))


def compare(paths: Sequence[str | PathLike[str]]) -> "pd.DataFrame":
    """Return indicators of solved scenarios side by side: rows indicators, columns scenarios."""
    from carbonpath.accounts.comparison import side_by_side

    return side_by_side([open_results(path) for path in paths])
