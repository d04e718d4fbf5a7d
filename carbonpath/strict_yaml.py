"""YAML as plain data: 1.2 scalars, no duplicates, aliases, tags or surprises, and every place kept.

PyYAML's own constructor reads `no` as False, `017` as 15 and keeps the last of two equal keys.
Here its C parser only delivers events; what they mean is decided below.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from carbonpath.errors import Coded, ScenarioError

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
MAX_NODES = 100_000
MAX_SHOWN = 60

Path_ = tuple[str | int, ...]
Plain = dict[str | int, "Plain"] | list["Plain"] | str | int | float | bool | None

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]{1,4})?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True)
class Place:
    """A line and a column of a file, counted from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Document:
    """The data of one file, with the place of every key and every value."""

    file: str
    data: Plain
    keys: Mapping[Path_, Place]
    values: Mapping[Path_, Place]

    def place(self, path: Path_) -> Place:
        """Return where a value stands, or the nearest thing around it."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.values:
                return self.values[path[:end]]
        return Place(self.file, 1, 1)

    def key_place(self, path: Path_) -> Place:
        """Return where the key of a value stands."""
        return self.keys.get(path) or self.place(path)


def read(path: Path, name: str) -> Document:
    """Read one file; `name` is how messages call it."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise ScenarioError(
            f"{name}: cannot be read ({error.strerror}); check the name", code="E101"
        ) from error
    if size > MAX_BYTES:
        raise ScenarioError(
            f"{name}: {size} bytes are too many; at most {MAX_BYTES} are read", code="E102"
        )
    return parse(decode(content, name), name)


def decode(content: bytes, name: str) -> str:
    """Return the text of a UTF-8 file, or say which other encoding it seems to have."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise ScenarioError(f"{name}: the file is UTF-16; save it as UTF-8", code="E103")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        guess = "probably GBK" if _is_gbk(content) else "of an unknown encoding"
        raise ScenarioError(
            f"{name}:{line}: the file is {guess}; save it as UTF-8", code="E103"
        ) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ScenarioError(
            f"{name}:{line}: a NUL character; save the file as plain UTF-8 text", code="E103"
        )
    return text


def shown(value: object) -> str:
    """Quote a value for a message: short, and without control characters."""
    text = str(value)
    return repr(text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…")


def _is_gbk(content: bytes) -> bool:
    try:
        content.decode("gbk")
    except UnicodeDecodeError:
        return False
    return True


def parse(text: str, name: str) -> Document:
    """Turn YAML text into plain data with places; anything doubtful is a ScenarioError."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise ScenarioError(
            f"{name}: the text is too long; at most {MAX_BYTES} bytes are read", code="E102"
        )
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line:
            column = line.index("\t") + 1
            raise ScenarioError(
                f"{name}:{number}:{column}: a tab character; write spaces", code="E104"
            )
    return _Builder(name).build(_events(text, name))


def _events(text: str, name: str) -> Iterator[yaml.Event]:
    """Yield the parser's events; its own errors become one sentence."""
    try:
        yield from yaml.parse(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        problem = " ".join(filter(None, (error.context, error.problem)))
        raise ScenarioError(
            f"{name}{at}: not readable as YAML: {problem}; check indentation, brackets and quotes",
            code="E105",
        ) from error
    except (yaml.YAMLError, UnicodeError) as error:
        reason = " ".join(str(error).split())
        raise ScenarioError(f"{name}: not readable as YAML: {reason}", code="E105") from error


class _Builder:
    """Builds one document from events, without recursion."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.keys: dict[Path_, Place] = {}
        self.values: dict[Path_, Place] = {}
        self.stack: list[dict[str | int, Plain] | list[Plain]] = []
        self.path: list[str | int] = []
        self.key: str | int | None = None
        self.root: Plain = None
        self.nodes = 0
        self.documents = 0

    def build(self, events: Iterator[yaml.Event]) -> Document:
        """Consume all events."""
        for event in events:
            self._take(event)
        return Document(self.name, self.root, self.keys, self.values)

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self._start_document(event)
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"alias {shown(event.anchor)}; write the value again")
        elif isinstance(event, yaml.NodeEvent):
            self._node(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.stack.pop()
            if self.path:
                self.path.pop()

    def _start_document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self._refuse(event, "a second document; keep one per file")
        if event.version or event.tags:
            self._refuse(event, "a directive; remove the line that starts with '%'")

    def _node(self, event: yaml.NodeEvent) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._refuse(event, f"more than {MAX_NODES} values; split the file", "E102")
        if event.anchor is not None:
            self._refuse(event, f"anchor {shown(event.anchor)}; write the value where it is needed")
        if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag:
            self._refuse(event, f"tag {shown(event.tag)}; remove it, files are plain data")
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        else:
            self._open(event)

    def _open(self, event: yaml.NodeEvent) -> None:
        """Begin a mapping or a list."""
        if self._wants_key():
            self._refuse(event, "a key that is no plain word; write 'name: value'")
        if len(self.stack) >= MAX_DEPTH:
            self._refuse(event, f"nesting deeper than {MAX_DEPTH} levels", "E102")
        child: dict[str | int, Plain] | list[Plain]
        child = {} if isinstance(event, yaml.MappingStartEvent) else []
        at_root = not self.stack
        step = self._attach(child, event)
        if not at_root:
            self.path.append(step)
        self.stack.append(child)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if self._wants_key():
            self._take_key(event)
        else:
            self._attach(self._plain(event), event)

    def _wants_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1], dict) and self.key is None

    def _take_key(self, event: yaml.ScalarEvent) -> None:
        """Note the key of the next value; two equal keys are an error."""
        key = self._plain(event)
        if event.value == "<<" and not event.style:
            self._refuse(event, "merge key '<<'; write the values again")
        if isinstance(key, (bool, float)) or not isinstance(key, (str, int)):
            self._refuse(event, f"key {shown(event.value)} is no name; put it in quotes")
            return
        for other in (str(key), int(key) if _INTEGER.fullmatch(str(key)) else key):
            if (first := self.keys.get((*self.path, other))) is not None:
                self._refuse(
                    event, f"key {shown(key)} is already in line {first.line}; keep one", "E107"
                )
        self.keys[(*self.path, key)] = self._at(event)
        self.key = key

    def _attach(self, value: Plain, event: yaml.NodeEvent) -> str | int:
        """Put a value where it belongs and return the last step of its path."""
        if not self.stack:
            self.root = value
            self.values[()] = self._at(event)
            return ""
        parent = self.stack[-1]
        step: str | int
        if isinstance(parent, list):
            step = len(parent)
            parent.append(value)
        else:
            step = self.key if self.key is not None else ""
            parent[step] = value
            self.key = None
        self.values[(*self.path, step)] = self._at(event)
        return step

    def _plain(self, event: yaml.ScalarEvent) -> str | int | float | bool | None:
        """Give a scalar its YAML 1.2 meaning; what is not surely a number stays text."""
        text = unicodedata.normalize("NFC", event.value)
        if event.style:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _NOT_FINITE.fullmatch(text):
            self._refuse(event, f"{text!r} is no finite number; leave the entry out", "E108")
        if _INTEGER.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return self._finite(float(text), event)
        return text

    def _finite(self, number: float, event: yaml.ScalarEvent) -> float:
        if number in (float("inf"), float("-inf")):
            self._refuse(event, f"{shown(event.value)} is too large for a number", "E108")
        return number

    def _at(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self.name, mark.line + 1, mark.column + 1) if mark else Place(self.name, 1, 1)

    def _refuse(self, event: yaml.Event, problem: str, code: str = "E106") -> None:
        refused = Coded(f"{self._at(event)}: {problem}", code)
        raise ScenarioError(refused)
