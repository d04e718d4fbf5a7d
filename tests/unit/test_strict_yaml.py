"""Strict YAML: 1.2 scalars, every place kept, everything doubtful refused with its place."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonpath.errors import ScenarioError
from carbonpath.strict_yaml import MAX_BYTES, parse, read

REFUSED = [
    ("a: &x 1", "f:1:4: anchor 'x'; write the value where it is needed"),
    ("a: *x", "f:1:4: alias 'x'; write the value again"),
    ("a: !!python/name:os.system 1", "f:1:4: tag 'tag:yaml.org,2002:python/name:os.system'; "
     "remove it, files are plain data"),
    ("a: !x 1", "f:1:4: tag '!x'; remove it, files are plain data"),
    ("a: 1\na: 2", "f:2:1: key 'a' is already in line 1; keep one"),
    ("2030: 1\n'2030': 2", "f:2:1: key '2030' is already in line 1; keep one"),
    ("<<: {a: 1}", "f:1:1: merge key '<<'; write the values again"),
    ("a: .nan", "f:1:4: '.nan' is no finite number; leave the entry out"),
    ("a: -.inf", "f:1:4: '-.inf' is no finite number; leave the entry out"),
    ("a: 1e999", "f:1:4: '1e999' is too large for a number"),
    ("---\na: 1\n---\nb: 2", "f:3:1: a second document; keep one per file"),
    ("%YAML 1.1\n---\na: 1", "f:1:1: a directive; remove the line that starts with '%'"),
    ("a:\n\tb: 1", "f:2:1: a tab character; write spaces"),
    ("a: [1", "f:2:1: not readable as YAML: while parsing a flow sequence did not find expected "
     "',' or ']'; check indentation, brackets and quotes"),
    ("? [1, 2]\n: 3", "f:1:3: a key that is no plain word; write 'name: value'"),
    ("~: 3", "f:1:1: key '~' is no name; put it in quotes"),
    ("true: 3", "f:1:1: key 'true' is no name; put it in quotes"),
    ("[" * 3000, "f:1:41: nesting deeper than 40 levels"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), REFUSED)
def test_doubtful_yaml_is_refused_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(ScenarioError) as fault:
        parse(text, "f")
    assert str(fault.value) == sentence


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"), ("on", "on"), ("12:30", "12:30"), ("2030-01-01", "2030-01-01"),
        ("017", "017"), ("0x1F", "0x1F"), ("1e3", 1000.0), ("1_000", "1_000"), ("+5", 5),
        ("-0.5", -0.5), ("true", True), ("'12'", "12"), ("~", None), ("", None), ("30 %", "30 %"),
        ("9" * 40, 10.0**40),
    ],
)  # fmt: skip
def test_scalars_mean_what_yaml_1_2_says(text: str, value: object) -> None:
    """`no` stays text, 017 is no octal, 12:30 is no number of seconds."""
    assert parse(f"a: {text}", "f").data == {"a": pytest.approx(value)}


def test_places_of_keys_and_values_are_kept() -> None:
    document = parse("a:\n  - {id: x, value: {2030: 1}}\n", "f.yaml")
    assert str(document.place(("a", 0, "value", 2030))) == "f.yaml:2:27"
    assert str(document.key_place(("a", 0, "value"))) == "f.yaml:2:13"
    assert str(document.place(("a", 0, "missing"))) == "f.yaml:2:5"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("a: 达峰".encode("gbk"), "n:1: the file is probably GBK; save it as UTF-8"),
        ("a: 1".encode("utf-16"), "n: the file is UTF-16; save it as UTF-8"),
        (b"a: 1\nb: \x00", "n:2: a NUL character; save the file as plain UTF-8 text"),
        (b"a: 1\nb: \xff\xff\xff", "n:2: the file is of an unknown encoding; save it as UTF-8"),
        (b"a" * (MAX_BYTES + 1), f"n: {MAX_BYTES + 1} bytes are too many; at most {MAX_BYTES} are "
         "read"),
    ],
)  # fmt: skip
def test_other_encodings_are_named(content: bytes, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "n.yaml"
    path.write_bytes(content)
    with pytest.raises(ScenarioError) as fault:
        read(path, "n")
    assert str(fault.value) == sentence


def test_a_byte_order_mark_and_windows_lines_are_accepted(tmp_path: Path) -> None:
    path = tmp_path / "n.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert read(path, "n").data == {"a": 1, "b": 2}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="n: cannot be read"):
        read(tmp_path / "none.yaml", "n")


GOOD = "schema: x\nlimits:\n  - {id: a, value: {2030: 30 %}}\nnote: >\n  text\n"


@given(st.integers(0, len(GOOD) - 1), st.text(min_size=0, max_size=3), st.integers(0, 3))
def test_mutated_text_is_read_or_refused(at: int, new: str, cut: int) -> None:
    text = GOOD[:at] + new + GOOD[at + cut :]
    with contextlib.suppress(ScenarioError):
        parse(text, "f")
