"""Random OSeMOSYS data sets, imported and solved here, and solved by glpsol with the formulation.

    python -m tests.reference.against_glpsol osemosys.txt --draws 300

`osemosys.txt` is the published formulation (OSeMOSYS/OSeMOSYS_GNU_MathProg, src/osemosys.txt or
src/osemosys_fast.txt); data files given after it are compared as well. This needs glpsol of GLPK
and takes about a second for each draw; the tests themselves compare with the formulation written
out in `published.py`, which needs neither.
"""

import argparse
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from carbonpath.errors import InputError, ModelError, SolveError
from carbonpath.inputs.foreign.osemosys.data import OsemosysData
from carbonpath.inputs.foreign.osemosys.read import read_osemosys
from tests.reference.draws import drawn
from tests.reference.mathprog_text import text
from tests.reference.small import run

TOLERANCE = 1e-6
REPORT = 'printf "OPTIMUM %.12g\\n", cost;\n'
PATIENCE = 600


@dataclass(frozen=True)
class Outcome:
    """Both optima of one data set; nothing where there is none, then with what was said."""

    here: float | None
    there: float | None
    said: str

    @property
    def apart(self) -> float:
        """The relative difference."""
        if self.here is None or self.there is None:
            return 0.0 if self.here == self.there else float("inf")
        return abs(self.here - self.there) / max(1.0, abs(self.there))


def reporting(model: Path, folder: Path) -> Path:
    """Return a copy of the formulation that solves and prints its optimum, and no tables."""
    head = re.split(r"^solve;", model.read_text(encoding="utf-8"), flags=re.MULTILINE)[0]
    copy = folder / "model.txt"
    copy.write_text(f"{head}solve;\n{REPORT}end;\n", encoding="utf-8")
    return copy


def compared(model: Path, file: Path, data: OsemosysData, folder: Path) -> Outcome:
    """Solve a data file with glpsol, and its data here."""
    said = subprocess.run(
        ["glpsol", "-m", model, "-d", file], capture_output=True, text=True, timeout=PATIENCE,
        check=False,
    ).stdout  # fmt: skip
    found = re.search(r"^OPTIMUM (\S+)", said, re.MULTILINE)
    there = float(found[1]) if found and "OPTIMAL" in said else None
    try:
        return Outcome(run(data, folder / file.stem).cost, there, "")
    except (AssertionError, InputError, ModelError, SolveError) as error:
        return Outcome(None, there, f"{type(error).__name__}: {error}")


def main() -> int:
    """Compare; the exit code says whether all agree."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("data", type=Path, nargs="*")
    parser.add_argument("--draws", type=int, default=0)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    if shutil.which("glpsol") is None:
        print("glpsol of GLPK is not installed; nothing is compared")
        return 0
    with TemporaryDirectory() as name:
        folder = Path(name)
        cases = [(path, read_osemosys(path)) for path in asked.data]
        cases += [draw(seed, folder) for seed in range(asked.first, asked.first + asked.draws)]
        return told(reporting(asked.model, folder), cases, folder)


def draw(seed: int, folder: Path) -> tuple[Path, OsemosysData]:
    """Return a random data set and the file that holds it."""
    data, file = drawn(seed), folder / f"draw-{seed}.txt"
    file.write_text(text(data, seed), encoding="utf-8")
    return file, data


def told(model: Path, cases: Iterable[tuple[Path, OsemosysData]], folder: Path) -> int:
    """Compare each case, print what differs and how many agree; one if any differs."""
    count, worst = Counter[str](), 0.0
    for file, data in cases:
        found = compared(model, file, data, folder)
        agree = found.apart <= TOLERANCE
        kind = "differ" if not agree else "agree" if found.here is not None else "no optimum"
        count[kind] += 1
        worst = max(worst, found.apart)
        if kind == "differ":
            print(f"{file.stem}: here {found.here}, glpsol {found.there} {found.said}")
    print(", ".join(f"{number} {kind}" for kind, number in count.items()), end="")
    print(f"; largest relative difference {worst:.2g}")
    return 1 if count["differ"] else 0


if __name__ == "__main__":
    sys.exit(main())
