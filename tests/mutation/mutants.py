"""Breaks the model on purpose: every small change of a rule or of finance, one at a time.

A mutant is one changed node of one file's syntax tree. What a mutant stands for: a family of rows
left out, a comparison turned round, a sign flipped, a term or a factor dropped, a unit's factor
swapped, the wrong year.
"""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import carbonpath

PACKAGE = Path(carbonpath.__file__).parent
FOLDERS = ("model/constraints", "model/quantities")
FILES = ("model/objective.py", "model/data.py", "system/finance.py")
TURNED = {ast.LtE: ast.GtE, ast.GtE: ast.LtE, ast.Eq: ast.LtE, ast.Lt: ast.GtE, ast.Gt: ast.LtE}
OPPOSITE = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
REGISTERS = ("constraint", "cost")
NEIGHBOURS = ("previous", "next")


@dataclass(frozen=True)
class Mutant:
    """One change: the module, the line, what was done, and the whole changed source."""

    module: str
    line: int
    what: str
    source: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.what}"


def mutants() -> list[Mutant]:
    """Return every mutant of the model's rules and of finance, in the order of the files."""
    paths = [path for folder in FOLDERS for path in sorted((PACKAGE / folder).glob("*.py"))]
    paths += [PACKAGE / file for file in FILES]
    return [mutant for path in paths if path.name != "__init__.py" for mutant in of_file(path)]


def of_file(path: Path) -> Iterator[Mutant]:
    """Yield the mutants of one file."""
    module = ".".join(("carbonpath", *path.relative_to(PACKAGE).with_suffix("").parts))
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for place, node in enumerate(ast.walk(tree)):
        for what, changed in changes(node):
            yield Mutant(module, node.lineno, what, ast.unparse(replaced(tree, place, changed)))


def changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Yield what may be done to a node, with a sentence for each."""
    if isinstance(node, ast.FunctionDef) and is_rule(node):
        gone = copy.deepcopy(node)
        gone.decorator_list = []
        yield f"{node.name} is left out", gone
    elif isinstance(node, ast.Compare) and type(node.ops[0]) in TURNED and len(node.ops) == 1:
        other = ast.Compare(node.left, [TURNED[type(node.ops[0])]()], node.comparators)
        yield f"{ast.unparse(node)} becomes {ast.unparse(other)}", other
    elif isinstance(node, ast.BinOp) and type(node.op) in OPPOSITE:
        other = ast.BinOp(node.left, OPPOSITE[type(node.op)](), node.right)
        yield f"{ast.unparse(node)} becomes {ast.unparse(other)}", other
        yield f"{ast.unparse(node)} becomes {ast.unparse(node.left)}", node.left
    elif isinstance(node, ast.Subscript) and is_neighbour(node):
        yield f"{ast.unparse(node)} becomes {ast.unparse(node.slice)}", node.slice
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield f"{ast.unparse(node)} becomes {ast.unparse(node.operand)}", node.operand


def is_rule(node: ast.FunctionDef) -> bool:
    """Whether a function is registered as a family of rows or a cost."""
    names = [ast.unparse(decorator).split("(")[0] for decorator in node.decorator_list]
    return any(name in REGISTERS for name in names)


def is_neighbour(node: ast.Subscript) -> bool:
    """Whether a label is looked up from another, such as the period before."""
    return isinstance(node.value, ast.Attribute) and node.value.attr.startswith(NEIGHBOURS)


def replaced(tree: ast.Module, place: int, changed: ast.AST) -> ast.Module:
    """Return a copy of a tree in which the node at a place of its walk is another."""
    whole = copy.deepcopy(tree)
    target = next(node for at, node in enumerate(ast.walk(whole)) if at == place)
    for parent in ast.walk(whole):
        for name, value in ast.iter_fields(parent):
            if value is target:
                setattr(parent, name, changed)
            elif isinstance(value, list) and any(item is target for item in value):
                setattr(parent, name, [changed if item is target else item for item in value])
    return ast.fix_missing_locations(whole)
