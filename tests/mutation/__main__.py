"""How many mutants of the model do the hand-solved tests notice? `python -m tests.mutation`.

Each mutant runs the quick layer in a process of its own until a test fails. Exit code 1 if fewer
than 95 % are noticed. `--sample N` takes every k-th mutant, `--jobs` runs several at a time.
"""

import argparse
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from types import CodeType, ModuleType

import pytest

from tests.mutation.mutants import Mutant, mutants

LAYER = ("tests/unit/test_finance.py", "tests/rows", "tests/solved")
SLOW = ("session", "wedges", "myopic", "results")
"""Files of solved/ that are about other things than the rules."""
GOAL = 0.95
PATIENCE = 1200
"""Seconds a mutant gets; one that never ends is noticed too."""
PACKAGE = "carbonpath"


class MutatedLoader(importlib.machinery.SourceFileLoader):
    """Gives one module another source."""

    def __init__(self, mutant: Mutant, path: str) -> None:
        super().__init__(mutant.module, path)
        self.mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        """Compile the changed source; nothing is read from or written to a cache."""
        return compile(self.mutant.source, self.get_filename(fullname), "exec")


class MutatedFinder(importlib.abc.MetaPathFinder):
    """Finds one module in its changed form."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return the changed module's spec; None for all others."""
        if fullname != self.mutant.module:
            return None
        found = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        assert found is not None
        assert found.origin is not None
        return importlib.util.spec_from_loader(fullname, MutatedLoader(self.mutant, found.origin))


def noticed(mutant: Mutant | None) -> bool:
    """Run the layer in a forked process; True if a test fails or it does not end."""
    process = os.fork()
    if process == 0:
        os._exit(layer(mutant))
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        done, status = os.waitpid(process, os.WNOHANG)
        if done:
            return status != 0
        time.sleep(0.1)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return True


def layer(mutant: Mutant | None) -> int:
    """Run the quick layer with one module changed; return pytest's exit code."""
    os.setpgrp()
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    for name in [*sys.modules]:
        if name.split(".")[0] == PACKAGE or name in ("tests", "tests.systems"):
            del sys.modules[name]
    if mutant is not None:
        sys.meta_path.insert(0, MutatedFinder(mutant))
    left_out = [f"--ignore=tests/solved/test_{name}.py" for name in SLOW]
    return int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *left_out, *LAYER]))


def chosen(sample: int) -> list[Mutant]:
    """Return all mutants, or about so many of them, evenly spread over the files."""
    found = mutants()
    if not sample or sample >= len(found):
        return found
    return [found[int(at * len(found) / sample)] for at in range(sample)]


def main() -> int:
    """Run the mutants and print those that nothing notices."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="default: all")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", metavar="MODULE", help="a part of a module's name")
    wanted = parser.parse_args()
    for name in ("pyomo.environ", "highspy", "xarray", "scipy.sparse", "pydantic"):
        importlib.import_module(name)  # once here, not once in each process
    os.chdir(Path(__file__).parents[2])
    if noticed(None):
        print("the layer fails without any change; mend that first", file=sys.stderr)
        return 2
    tried = [mutant for mutant in chosen(wanted.sample) if wanted.only in mutant.module]
    with ThreadPoolExecutor(wanted.jobs) as pool:
        asked = {pool.submit(noticed, mutant): mutant for mutant in tried}
        survivors = []
        for answer in as_completed(asked):
            if answer.result():
                print(".", end="", flush=True)
            else:
                survivors.append(asked[answer])
                print(f"\nsurvives  {asked[answer]}", flush=True)
    share = 1 - len(survivors) / max(len(tried), 1)
    print(f"\n{len(tried)} mutants, {len(survivors)} survive: {100 * share:.1f} % noticed")
    return 0 if share >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
