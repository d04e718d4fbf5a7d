"""What this machine offers: versions, solver, disk, locale."""

import locale
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib import metadata, util
from pathlib import Path

from carbonpath import __version__

LIBRARIES = (
    "pyomo", "highspy", "numpy", "scipy", "pandas", "xarray", "h5netcdf", "plotly", "click",
    "rich", "pydantic", "PyYAML", "openpyxl",
)  # fmt: skip
OPTIONAL = ("highspy-extras",)
NEEDED_PYTHON = (3, 11)
NEEDED_DISK = 200e6
"""Bytes: a result of the default size, its predecessor and its staging folder."""
Finding = tuple[str, str, bool]
"""Subject, what was found, whether that will do."""


def findings(results: Path) -> list[Finding]:
    """Return everything worth knowing before a run or in a bug report."""
    return [*_program(), *_libraries(), _solver(), *_machine(results)]


def _program() -> Iterator[Finding]:
    """The program and the interpreter."""
    yield "carbonpath", __version__, True
    yield "python", platform.python_version(), sys.version_info[:2] >= NEEDED_PYTHON
    yield "system", platform.platform(), True


def _libraries() -> Iterator[Finding]:
    """The installed versions of what carbonpath builds on."""
    for name in LIBRARIES:
        try:
            yield name, metadata.version(name), True
        except metadata.PackageNotFoundError:
            yield name, "missing: pip install carbonpath", False
    for name in OPTIONAL:
        found = util.find_spec(name.replace("-", "_")) is not None
        yield name, metadata.version(name) if found else "not installed (not needed)", True


def _solver() -> Finding:
    """Solve max x, x <= 1, to see that the solver works on this machine."""
    if util.find_spec("highspy") is None:
        return "solver", "missing: pip install highspy", False
    import highspy

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.addVar(0.0, 1.0)
    solver.changeColCost(0, -1.0)
    solver.run()
    works = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return "solver", f"HiGHS {solver.version()} {'works' if works else 'gives no optimum'}", works


def _machine(results: Path) -> Iterator[Finding]:
    """Cores, disk, permission, encodings."""
    yield "cores", str(os.cpu_count()), True
    place = results if results.exists() else results.resolve().parent
    free = shutil.disk_usage(place).free
    yield "disk", f"{free / 1e9:.1f} GB free at {place}", free > NEEDED_DISK
    yield "results folder", str(results), os.access(place, os.W_OK)
    yield "locale", locale.setlocale(locale.LC_CTYPE) or "C", True
    yield "output encoding", str(sys.stdout.encoding), True
