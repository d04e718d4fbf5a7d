"""The lines of a scenario file that a problem is about."""

from pathlib import Path

from carbonpath.errors import Coded, InputError
from carbonpath.scenario.excerpt import excerpt, with_excerpts

TEXT = "schema: x\ntitle: {zh: 路径}\nlimits:\n  - id: 煤, wrong: 3\n"


def written(folder: Path) -> Path:
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "a.yaml").write_text(TEXT, encoding="utf-8")
    return folder


def test_a_caret_stands_under_the_word(tmp_path: Path) -> None:
    """Column 12 of line 4; the Chinese character before it takes two places."""
    found = excerpt("scenarios/a.yaml:4:12: unknown key 'wrong'", written(tmp_path))
    assert found.split("\n") == [
        "  2 | title: {zh: 路径}",
        "  3 | limits:",
        "  4 |   - id: 煤, wrong: 3",
        "    |             ^^^^^",
    ]


def test_without_a_column_there_is_no_caret(tmp_path: Path) -> None:
    assert excerpt("scenarios/a.yaml:1: wrong", written(tmp_path)) == "  1 | schema: x"


def test_what_names_no_line_has_no_excerpt(tmp_path: Path) -> None:
    """Tables, lines beyond the end, files that are not there."""
    folder = written(tmp_path)
    for problem in ("stock.csv line 2: wrong", "scenarios/a.yaml:9:1: wrong", "b.yaml:1:1: wrong"):
        assert excerpt(problem, folder) == ""


def test_a_problem_keeps_its_code_and_its_sentence(tmp_path: Path) -> None:
    told = Coded("scenarios/a.yaml:1:1: wrong", "E205")
    (found,) = with_excerpts([told], written(tmp_path))
    assert found == "scenarios/a.yaml:1:1: wrong"
    (raised,) = InputError([found], code="E999").problems
    assert (raised.code, raised.excerpt[:5]) == ("E205", "  1 |")  # type: ignore[attr-defined]


def test_a_long_line_is_cut(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("k: " + "x" * 5000, encoding="utf-8")
    line, caret = excerpt("a.yaml:1:4: wrong", tmp_path).split("\n")
    assert len(line) < 120
    assert caret.endswith("^")
