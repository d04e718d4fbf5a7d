"""Reads the data section of GNU MathProg files as OSeMOSYS uses it.

Grammar: the GLPK manual "Modeling Language GNU MathProg", section 5 (model data): `set`, `param`
with `default`, slices `[a, *, *]`, tables `: columns :=` and `(tr)`, and the tabbing form
`param default value : name :=`. Statements other than `set`, `param`, `data` and `end` are errors.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from carbonpath.errors import InputError
from carbonpath.inputs.foreign.osemosys.data import VALUE, OsemosysData, empty_sets
from carbonpath.inputs.foreign.osemosys.names import DIMENSIONS, SETS

TOKEN = re.compile(
    r"#[^\n]*|/\*.*?\*/|(?P<quoted>'[^']*'|\"[^\"]*\")|(?P<slice>\[[^\]]*\])"
    r"|(?P<transposed>\(\s*tr\s*\))|(?P<mark>:=|[:;,])|(?P<word>[^\s:;,\[\]#'\"]+)",
    re.DOTALL,
)
IGNORED = {"ResultsPath"}


@dataclass(frozen=True)
class Token:
    """One word or mark of the file and the line it stands in."""

    text: str
    line: int
    kind: str


@dataclass
class Draft:
    """What has been read so far, and what is wrong with it."""

    path: Path
    sets: dict[str, tuple[str, ...]] = field(default_factory=empty_sets)
    rows: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    defaults: dict[str, float] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def complain(self, token: Token, text: str) -> None:
        """Note a problem at a token."""
        self.problems.append(f"{self.path.name} line {token.line}: {text}")


def read_mathprog(path: Path) -> OsemosysData:
    """Return the sets, values and defaults of a MathProg data file.

    Raises
    ------
    InputError
        With every statement that could not be read, by line.
    """
    draft = Draft(path)
    for statement in _statements(list(_tokens(path.read_text(encoding="utf-8-sig")))):
        _read_statement(draft, statement)
    if draft.problems:
        raise InputError(draft.problems, code="E801")
    parameters = {name: _frame(name, rows) for name, rows in draft.rows.items() if rows}
    return OsemosysData(draft.sets, parameters, draft.defaults)


def _tokens(text: str) -> Iterator[Token]:
    line, seen = 1, 0
    for match in TOKEN.finditer(text):
        line, seen = line + text.count("\n", seen, match.start()), match.start()
        kind = match.lastgroup
        if kind:
            yield Token(match.group().strip("'\""), line, kind)


def _statements(tokens: list[Token]) -> Iterator[list[Token]]:
    statement: list[Token] = []
    for token in tokens:
        if token.kind == "mark" and token.text == ";":
            if statement:
                yield statement
            statement = []
        else:
            statement.append(token)
    if statement:
        yield statement


def _read_statement(draft: Draft, statement: list[Token]) -> None:
    keyword = statement[0]
    if keyword.text == "set":
        _read_set(draft, statement[1:])
    elif keyword.text == "param":
        _read_param(draft, statement[1:])
    elif keyword.text not in {"data", "end"}:
        draft.complain(keyword, f"statement {keyword.text!r} is not OSeMOSYS data")


def _read_set(draft: Draft, tokens: list[Token]) -> None:
    name = tokens[0]
    if name.text not in SETS:
        draft.complain(name, f"set {name.text!r} is not one of the published formulation")
        return
    draft.sets[name.text] = tuple(t.text for t in tokens[1:] if t.kind in {"word", "quoted"})


def _read_param(draft: Draft, tokens: list[Token]) -> None:
    """`param NAME default V := body` or `param default V : NAME := body`."""
    default, head = None, 0
    while head < len(tokens) and tokens[head].text != ":=" and tokens[head].kind != "slice":
        if tokens[head].text == "default":
            default = tokens[head + 1]
            head += 2
        elif tokens[head].kind == "word" and tokens[head].text in {*DIMENSIONS, *IGNORED}:
            break
        elif tokens[head].text == ":":
            head += 1
        else:
            draft.complain(
                tokens[head], f"parameter {tokens[head].text!r} is not one of the formulation"
            )
            return
    name = tokens[head]
    body = tokens[head + 1 :]
    if name.text in IGNORED:
        return
    if body and body[0].text == "default":
        default, body = body[1], body[2:]
    if default is not None:
        draft.defaults[name.text] = _number(draft, default)
    draft.rows.setdefault(name.text, []).extend(_read_body(draft, name, body))


def _read_body(draft: Draft, name: Token, tokens: list[Token]) -> list[tuple[str, ...]]:
    """Return (labels..., value) of every datum of a parameter's body."""
    dims = len(DIMENSIONS[name.text])
    rows: list[tuple[str, ...]] = []
    pattern: list[str] = ["*"] * dims
    columns: list[str] | None = None
    transposed, at = False, 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "slice":
            pattern, columns = [part.strip() for part in token.text[1:-1].split(",")], None
            if len(pattern) != dims:
                draft.complain(token, f"{name.text} has {dims} dimensions, not {len(pattern)}")
                return rows
            at += 1
        elif token.kind == "transposed":
            transposed, at = True, at + 1
        elif token.text == ":=" or token.text == ",":
            at += 1
        elif token.text == ":":
            columns, at = _columns(tokens, at + 1)
        else:
            found, at = _record(draft, name, tokens, at, pattern, columns, transposed)
            rows.extend(found)
    return rows


def _columns(tokens: list[Token], at: int) -> tuple[list[str], int]:
    columns = []
    while at < len(tokens) and tokens[at].text != ":=":
        columns.append(tokens[at].text)
        at += 1
    return columns, at + 1


def _record(
    draft: Draft, name: Token, tokens: list[Token], at: int,
    pattern: list[str], columns: list[str] | None, transposed: bool,
) -> tuple[list[tuple[str, ...]], int]:  # fmt: skip
    """Read one record of the plain or the tabular form."""
    free = pattern.count("*")
    if columns is None:
        words = [t.text for t in tokens[at : at + free + 1] if t.kind in {"word", "quoted"}]
        if len(words) < free + 1:
            draft.complain(tokens[at], f"{name.text}: a datum needs {free} labels and a value")
            return [], len(tokens)
        return [(*_fill(pattern, words[:-1]), words[-1])], at + free + 1
    words = [t.text for t in tokens[at : at + len(columns) + 1]]
    if free != 2 or len(words) < len(columns) + 1:
        draft.complain(tokens[at], f"{name.text}: row of {len(columns)} columns is incomplete")
        return [], len(tokens)
    rows = []
    for column, value in zip(columns, words[1:], strict=True):
        labels = [column, words[0]] if transposed else [words[0], column]
        if value != ".":
            rows.append((*_fill(pattern, labels), value))
    return rows, at + len(columns) + 1


def _fill(pattern: list[str], labels: list[str]) -> list[str]:
    rest = iter(labels)
    return [next(rest) if part == "*" else part.strip("'\"") for part in pattern]


def _number(draft: Draft, token: Token) -> float:
    try:
        return float(token.text)
    except ValueError:
        draft.complain(token, f"{token.text!r} is not a number")
        return 0.0


def _frame(name: str, rows: list[tuple[str, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[*DIMENSIONS[name], VALUE], dtype=object)
    frame[VALUE] = pd.to_numeric(frame[VALUE])
    return frame.drop_duplicates(list(DIMENSIONS[name]), keep="last").reset_index(drop=True)
