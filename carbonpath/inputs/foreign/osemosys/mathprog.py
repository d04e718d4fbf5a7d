"""Reads the data section of GNU MathProg files as OSeMOSYS uses it.

Grammar: the GLPK manual "Modeling Language GNU MathProg", section 5 (model data): `set`, `param`
with `default`, slices `[a, *, *]`, tables `: columns :=` and `(tr)`, and the tabbing form
`param default value : name :=`. What stands before `data;` (a model) and after `end;` is not read;
statements other than `set` and `param` are errors between them.
"""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from carbonpath.errors import InputError
from carbonpath.inputs.foreign.osemosys.data import VALUE, OsemosysData, empty_sets
from carbonpath.inputs.foreign.osemosys.names import DIMENSIONS, REPEATED, SETS

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
    lines: dict[tuple[str, ...], int] = field(default_factory=dict)
    """Where each datum stands, by parameter and labels."""
    slips: list[str] = field(default_factory=list)
    """Problems that leave the rest readable."""

    def datum(self, token: Token, name: str, row: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """Yield a row unless it is no number or given already."""
        key = (name, *row[:-1])
        what = f"{name} of {', '.join(row[:-1])}" if row[:-1] else name
        if key in self.lines:
            self.remark(token, f"{what} is given already in line {self.lines[key]}")
        elif not _is_number(row[-1]):
            self.complain(token, f"{what} is {row[-1]!r}, which is not a number")
        else:
            self.lines[key] = token.line
            yield row

    def complain(self, token: Token, text: str) -> None:
        """Note a problem at a token."""
        self.problems.append(f"{self.path.name} line {token.line}: {text}")

    def remark(self, token: Token, text: str) -> None:
        """Note a problem at a token that leaves the rest readable."""
        self.slips.append(f"{self.path.name} line {token.line}: {text}")


def read_mathprog(path: Path) -> OsemosysData:
    """Return the sets, values and defaults of a MathProg data file.

    Raises
    ------
    InputError
        With every statement that could not be read, by line. Unknown names and repetitions are
        among the data's `problems`.
    """
    draft = Draft(path)
    for statement in _data_section(list(_statements(list(_tokens(_text(path)))))):
        _read_statement(draft, statement)
    if draft.problems:
        raise InputError(draft.problems, code="E801")
    parameters = {name: _frame(name, rows) for name, rows in draft.rows.items() if rows}
    return OsemosysData(draft.sets, parameters, draft.defaults, problems=tuple(draft.slips))


def _text(path: Path) -> str:
    """The text of a file in UTF-8, or else in the Chinese encoding that holds every byte pair."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def _data_section(statements: list[list[Token]]) -> list[list[Token]]:
    """The statements after `data;`, if it stands there, and before `end;`."""
    words = [statement[0].text if len(statement) == 1 else "" for statement in statements]
    start = words.index("data") + 1 if "data" in words else 0
    end = words.index("end", start) if "end" in words[start:] else len(words)
    return statements[start:end]


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
    else:
        draft.complain(keyword, f"statement {keyword.text!r} is not OSeMOSYS data")


def _read_set(draft: Draft, tokens: list[Token]) -> None:
    if not tokens:
        return
    name = tokens[0]
    if name.text == REPEATED:
        return
    if name.text not in SETS:
        draft.remark(name, unknown("set", name.text, SETS))
        return
    members = tuple(t.text for t in tokens[1:] if t.kind in {"word", "quoted"})
    for member in dict.fromkeys(m for m in members if members.count(m) > 1):
        draft.remark(name, f"set {name.text} holds {member} {members.count(member)} times")
    draft.sets[name.text] = members


def _read_param(draft: Draft, tokens: list[Token]) -> None:
    """`param NAME default V := body` or `param default V : NAME := body`."""
    default, rest = _default(tokens)
    tabbing = bool(rest) and rest[0].text == ":"
    rest = rest[1:] if tabbing else rest
    if not rest or rest[0].kind != "word":
        draft.complain(tokens[0] if tokens else Token("", 0, ""), "a parameter without a name")
        return
    name, body = rest[0], rest[1:]
    if name.text not in DIMENSIONS:
        if name.text not in IGNORED:
            draft.remark(name, unknown("parameter", name.text, DIMENSIONS))
        return
    if tabbing and body and body[0].text != ":=":
        draft.complain(body[0], f"several parameters in one table, after {name.text}; write each")
        return
    after, body = _default(body)
    if default := after or default:
        draft.defaults[name.text] = _number(draft, default)
    draft.rows.setdefault(name.text, []).extend(_read_body(draft, name, body))


def _default(tokens: list[Token]) -> tuple[Token | None, list[Token]]:
    """Split `default V` off the front."""
    if len(tokens) > 1 and tokens[0].text == "default":
        return tokens[1], tokens[2:]
    return None, tokens


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
        row = (*_fill(pattern, words[:-1]), words[-1])
        return list(draft.datum(tokens[at], name.text, row)), at + free + 1
    words = [t.text for t in tokens[at : at + len(columns) + 1]]
    if free != 2 or len(words) < len(columns) + 1:
        draft.complain(tokens[at], f"{name.text}: row of {len(columns)} columns is incomplete")
        return [], len(tokens)
    rows: list[tuple[str, ...]] = []
    for column, value in zip(columns, words[1:], strict=True):
        labels = [column, words[0]] if transposed else [words[0], column]
        if value != ".":
            row = (*_fill(pattern, labels), value)
            rows.extend(draft.datum(tokens[at], name.text, row))
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


def _is_number(text: str) -> bool:
    """Whether a text is a finite number; an infinity is not."""
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """Say that a name is not one of the formulation, and which it may be meant for."""
    near = get_close_matches(name, known, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"{kind} {name} is not one of the published formulation{hint}"


def _frame(name: str, rows: list[tuple[str, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[*DIMENSIONS[name], VALUE], dtype=object)
    frame[VALUE] = pd.to_numeric(frame[VALUE])
    return frame
