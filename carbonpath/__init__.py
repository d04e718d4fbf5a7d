"""Least-cost pathways of a Chinese province to its carbon peak."""

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from carbonpath.version import VERSION

if TYPE_CHECKING:
    import xarray as xr

__version__ = VERSION
__all__ = ["__version__", "compare", "open_results"]


def open_results(path: str | PathLike[str]) -> "xr.Dataset":
    """Return a solved scenario as a Dataset: quantities and indicators, labels in both languages.

    Dimensions are scenario (of length one), region, sector, technology, commodity, period, slice
    and others. Every file of the folder is checked against its manifest; an InputError says which
    one differs.
    """
    from carbonpath.accounts.trajectories import trajectories
    from carbonpath.results.store import read

    return trajectories(read(Path(path)))


def compare(paths: Sequence[str | PathLike[str]], *, allow_mismatch: bool = False) -> "xr.Dataset":
    """Return solved scenarios as one Dataset along the dimension `scenario`.

    Raise an InputError if their data, base year, currency or model differ.
    """
    from carbonpath.accounts.trajectories import joined
    from carbonpath.results.store import read

    return joined([read(Path(path)) for path in paths], allow_mismatch=allow_mismatch)
