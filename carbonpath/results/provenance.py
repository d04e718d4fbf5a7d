"""What a result was made from: hashes of inputs and code, versions, the machine's effort."""

import hashlib
import json
import platform
import sys
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path

from carbonpath.version import VERSION

LIBRARIES = ("pyomo", "highspy", "numpy", "scipy", "pandas", "xarray", "h5netcdf", "plotly")
MODEL = ("spec", "scenario", "system", "inputs", "model", "solve", "results")
"""The parts of the package that may change a number of the solution."""
SECTORS = "sectors"
ENDINGS = (".csv", ".xlsx", ".yaml")
IGNORED = (".", "~")
"""First letters of files that are no inputs."""
MEGABYTE = 2**20


def hash_of_files(root: Path, paths: Iterable[Path]) -> str:
    """Hash the names and contents of files; neither order nor dates count."""
    whole = hashlib.sha256()
    for path in sorted(paths):
        name, content = path.relative_to(root).as_posix(), path.read_bytes()
        whole.update(f"{name}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()


def hash_of_dataset(folder: Path) -> str:
    """Hash the files that a dataset is read from: its own and those of its sectors."""
    files = [*folder.glob("*"), *(folder / SECTORS).rglob("*")]
    read = (p for p in files if p.is_file() and p.suffix in ENDINGS and p.name[0] not in IGNORED)
    return hash_of_files(folder, read)


def hash_of_code(*parts: str) -> str:
    """Hash the source of the package, or of some of its parts."""
    root = Path(__file__).parents[1]
    files = (path for part in parts or (".",) for path in (root / part).rglob("*.py"))
    return hash_of_files(root, files)


def hash_of_facts(facts: Mapping[str, object]) -> str:
    """Hash plain facts, whatever their order."""
    text = json.dumps(facts, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def versions() -> dict[str, str]:
    """Versions of everything that may change a number."""
    found = {name: metadata.version(name) for name in LIBRARIES}
    return {"carbonpath": VERSION, "python": platform.python_version(), **found}


def peak_memory() -> float | None:
    """The most memory this process ever held, MiB; None where the system does not tell."""
    if sys.platform == "win32":
        return None
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / MEGABYTE if sys.platform == "darwin" else most / 1024
