"""Every problem that can be told has a code, and every code stands for one kind of problem."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import carbonpath
from carbonpath import errors
from carbonpath.accounts.verify import CHECKS as IDENTITIES
from carbonpath.inputs import checks  # noqa: F401 - registers the checks
from carbonpath.inputs.check import CHECKS
from carbonpath.spec.codes import FAMILIES, PATTERN, code_of, codes

SOURCES = sorted(Path(carbonpath.__file__).parent.rglob("*.py"))
KINDS = {
    name
    for name, thing in vars(errors).items()
    if isinstance(thing, type) and issubclass(thing, errors.CarbonpathError)
}
HANDED_ON = {"found", "problems", "refused", "told", "errors_of"}
"""What holds problems that were given their codes where they were found."""


def calls(path: Path) -> Iterator[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def raised(path: Path) -> Iterator[ast.Call]:
    """The calls that make an error, but for the classes' own."""
    return (
        call for call in calls(path) if isinstance(call.func, ast.Name) and call.func.id in KINDS
    )


def literal(call: ast.Call) -> str:
    """The code written in a call; '' if there is none."""
    found = [k.value for k in call.keywords if k.arg == "code"]
    return str(ast.literal_eval(found[0])) if found and isinstance(found[0], ast.Constant) else ""


def is_handed_on(call: ast.Call) -> bool:
    """Whether an error takes over problems that are coded already."""
    given = call.args[0]
    parts = given.elts if isinstance(given, ast.List) else [given]
    return all(name_of(part) in HANDED_ON for part in parts)


def name_of(part: ast.expr) -> str:
    """The name of a variable or of what is called; '' for all else."""
    part = part.value if isinstance(part, ast.Starred) else part
    part = part.func if isinstance(part, ast.Call) else part
    return part.id if isinstance(part, ast.Name) else ""


def test_codes_and_names_are_unique_and_well_formed() -> None:
    text = Path(carbonpath.__file__).parent.joinpath("spec", "codes.csv").read_text("utf-8")
    first = Counter(line.split(",")[0] for line in text.splitlines()[1:])
    assert [code for code, count in first.items() if count > 1] == []
    names = Counter(entry.name for entry in codes().values())
    assert [name for name, count in names.items() if count > 1] == []
    digits = Counter(code[1:] for code in codes())
    assert [number for number, count in digits.items() if count > 1] == []
    assert [code for code in codes() if not PATTERN.fullmatch(code)] == []
    assert {code[1] for code in codes()} == set(FAMILIES)


def test_every_code_says_in_both_languages_what_it_means_and_what_to_do() -> None:
    for entry in codes().values():
        for chinese in (entry.meaning_zh, entry.remedy_zh):
            assert re.search(r"[\u4e00-\u9fff]", chinese), entry.code
            assert not chinese.endswith("。"), entry.code
        for english in (entry.meaning_en, entry.remedy_en):
            assert english, entry.code
            assert not english.endswith("."), entry.code


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_every_check_has_a_code(name: str) -> None:
    assert code_of(name)[:1] == ("W" if CHECKS[name].warning else "E")


@pytest.mark.parametrize("name", sorted(IDENTITIES))
def test_every_identity_has_a_code(name: str) -> None:
    assert code_of(name)[:2] == "E6"


def test_every_kind_of_problem_noted_has_a_code() -> None:
    """The kinds given to `problems.add`, as a text or as the constant KIND of their file."""
    found = set()
    for path in SOURCES:
        for call in calls(path):
            if isinstance(call.func, ast.Attribute) and call.func.attr == "add" and call.args:
                kind = call.args[0]
                if isinstance(kind, ast.Constant) and len(call.args) == 2:
                    found.add(str(kind.value))
        found.update(re.findall(r'^KIND = "(\w+)"', path.read_text(encoding="utf-8"), re.M))
    assert len(found) > 10
    assert [kind for kind in found if not code_of(kind)] == []


def test_every_error_raised_has_a_code_of_the_register() -> None:
    """Write `raise InputError(sentence, code="E…")`; a new code goes into spec/codes.csv."""
    found = [(path, call) for path in SOURCES for call in raised(path)]
    assert len(found) > 60
    wrong = [
        f"{path.name}:{call.lineno}"
        for path, call in found
        if literal(call) not in codes() and not (is_handed_on(call) and not literal(call))
    ]
    assert wrong == []


def test_every_code_written_is_of_the_register() -> None:
    written = {
        node.value
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and PATTERN.fullmatch(str(node.value))
    }
    assert len(written) > 40
    assert sorted(written - set(codes())) == []


def test_every_code_is_used() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    unused = [
        entry.code
        for entry in codes().values()
        if not re.search(rf"\b{entry.code}\b|\b{entry.name}\b", text)
    ]
    assert unused == []
