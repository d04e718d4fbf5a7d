"""The code keeps its shape: layers, sizes, start-up, names."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "carbonpath"
SOURCES = sorted(PACKAGE.rglob("*.py"))
MAX_FILE, MAX_FUNCTION = 400, 40
HEAVY = ("pandas", "xarray", "numpy", "pyomo", "plotly", "highspy", "scipy", "pydantic", "h5netcdf")
VAGUE = {"utils", "helpers", "common", "misc", "base", "manager"}


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    """Every function of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def body_lines(function: ast.FunctionDef) -> int:
    """Lines of a function without its docstring and signature."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0  # type: ignore[operator]


@pytest.mark.parametrize("module", ["carbonpath", "carbonpath.cli"])
def test_a_start_imports_nothing_heavy(module: str) -> None:
    """`carbonpath --help` answers at once; tables and solver load when a command needs them."""
    program = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert not loaded & set(HEAVY)


def test_files_are_short() -> None:
    """No file over 400 lines."""
    long = {str(p): n for p in SOURCES if (n := len(p.read_text().splitlines())) > MAX_FILE}
    assert not long


def test_functions_are_short() -> None:
    """No function over 40 lines."""
    long = [
        f"{path.relative_to(ROOT)}: {function.name} {body_lines(function)}"
        for path in SOURCES
        for function in functions(path)
        if body_lines(function) > MAX_FUNCTION
    ]
    assert not long


def test_file_names_say_what_is_inside() -> None:
    """No utils.py."""
    assert not [path for path in SOURCES if path.stem in VAGUE]


def test_nothing_is_swallowed() -> None:
    """No bare except, no `except Exception`, no `pass` in a handler."""
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ExceptHandler):
                continue
            broad = node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")
            again = any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
            silent = any(isinstance(inner, ast.Pass) for inner in node.body)
            if silent or (broad and not again):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not found


def test_no_star_imports_and_relative_ones_only_among_neighbours() -> None:
    """An import names the module in full; `.name` only within the self-contained lowering."""
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (
                node.level > (path.parent.name == "lowering")
                or any(alias.name == "*" for alias in node.names)
            ):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not found


def test_only_the_pipeline_and_the_solver_know_the_solver() -> None:
    """`highspy` is imported in solve/, where a matrix is handed over, and by the doctor."""
    allowed = {PACKAGE / "cli" / "doctor.py", PACKAGE / "model" / "lowering" / "handover.py"}
    found = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if re.search(r"^\s*(import|from) highspy", path.read_text(), re.MULTILINE)
        and path.parent != PACKAGE / "solve"
        and path not in allowed
    ]
    assert not found


def test_the_hours_of_a_year_stand_in_one_place() -> None:
    """A number with a meaning has one home."""
    found = {
        path.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in (8760, 8784)
    }
    assert found == {"units.py"}


def test_generated_pages_are_up_to_date() -> None:
    """docs/tables.md and docs/equations.md are what the code says."""
    command = [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_readme_holds_its_two_commands() -> None:
    """.ci/run takes them from there."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line.startswith("pip install")]
    assert commands == [
        "pip install . && carbonpath run scenarios/peak-2030.yaml",
        "pip install -e '.[test]' && pytest -n auto",
    ]
