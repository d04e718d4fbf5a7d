"""The rules of the model keep their contract: formulas, names, tests, parameters, form."""

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

import carbonpath.model.build  # noqa: F401 - registers every rule
from carbonpath.model.constraints.limits import limit_rows  # noqa: F401
from carbonpath.model.data import CONSUMED
from carbonpath.model.declare import REGISTER, Rule
from carbonpath.model.variables import VARIABLES
from carbonpath.spec.parameters import PARAMETERS
from carbonpath.system.parameter import DERIVED

RULES = [REGISTER[name] for name in sorted(REGISTER)]
USED_UP = {"capture_rate"}
"""Parameters that assembly turns into flows."""
ALLOWED = (
    ast.Return, ast.Assign, ast.Name, ast.Load, ast.Store, ast.Call, ast.GeneratorExp,
    ast.comprehension, ast.Subscript, ast.Attribute, ast.Tuple, ast.BinOp, ast.UnaryOp, ast.Add,
    ast.Sub, ast.Mult, ast.Div, ast.USub, ast.Compare, ast.LtE, ast.GtE, ast.Eq, ast.Constant,
    ast.Expr,
)  # fmt: skip


def tree(rule: Rule) -> ast.FunctionDef:
    """Return the parsed function of a rule."""
    source = textwrap.dedent(inspect.getsource(rule.function))
    found = ast.parse(source).body[0]
    assert isinstance(found, ast.FunctionDef)
    return found


def read(rule: Rule, holder: str) -> set[str]:
    """Return the names a rule reads of `x` or `d`."""
    return {
        node.attr
        for node in ast.walk(tree(rule))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == holder
    }


def numbers(rule: Rule) -> set[str]:
    """Return the data a rule multiplies with, not the sets it sums over."""
    iterated = {
        node.iter.value.attr
        for node in ast.walk(tree(rule))
        if isinstance(node, ast.comprehension)
        and isinstance(node.iter, ast.Subscript)
        and isinstance(node.iter.value, ast.Attribute)
    }
    return read(rule, "d") - iterated


def text_of_tests() -> Iterator[str]:
    """Yield the text of every test file but this."""
    folder = Path(__file__).parents[1]
    return (path.read_text() for path in folder.rglob("*.py") if path != Path(__file__))


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_the_formula_uses_the_names_of_the_code(rule: Rule) -> None:
    """Whoever reads the docstring reads what the code does."""
    words = set(re.findall(r"\w+", inspect.getdoc(rule.function) or ""))
    assert (read(rule, "x") | numbers(rule)) - words == set()


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_rule_holds_only_what_can_be_lowered(rule: Rule) -> None:
    """Sums, subscripts, arithmetic, at most one comparison: no `if`, no call but sum."""
    body = tree(rule).body
    nodes = [node for statement in body for node in ast.walk(statement)]
    assert [type(node).__name__ for node in nodes if not isinstance(node, ALLOWED)] == []
    calls = [node.func.id for node in nodes if isinstance(node, ast.Call)]  # type: ignore[attr-defined]
    assert set(calls) <= {"sum"}
    comparisons = sum(isinstance(node, ast.Compare) for node in nodes)
    assert comparisons == (1 if rule.kind == "constraint" else 0)


def test_every_rule_is_named_in_a_test() -> None:
    """Nothing is in the model that no test knows."""
    text = "\n".join(text_of_tests())
    assert [r.name for r in RULES if not re.search(rf"\b{r.name}\b", text)] == []


def test_every_rule_says_what_it_is_in_both_languages() -> None:
    """A title, and for quantities a Chinese one."""
    assert [r.name for r in RULES if not r.title] == []
    assert [r.name for r in RULES if r.kind != "constraint" and not r.zh] == []


def test_every_parameter_is_read() -> None:
    """A parameter in the specification that no rule reads would be accepted and ignored."""
    used = set().union(*(rule.names for rule in RULES)) | CONSUMED | USED_UP
    declared = {spec.name for spec in PARAMETERS} | set(DERIVED)
    assert declared - used == set()


def test_names_are_unique_across_variables_and_rules() -> None:
    """One name, one thing."""
    assert {spec.name for spec in VARIABLES} & set(REGISTER) == set()
