"""The commands of the tutorial and of the how-to pages do what the pages say."""

import doctest
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from carbonpath.cli.entry import exit_code

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([DOCS / "tutorial.md", *(DOCS / "howto").glob("*.md")])
STEP = re.compile(
    r"(?:^(?P<verb>Write|Append to) `(?P<path>[^`]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place like a fresh clone, in which the commands run."""
    shutil.copytree(ROOT / "inputs" / "tutorial", tmp_path / "inputs" / "tutorial")
    (tmp_path / "scenarios").mkdir()
    shutil.copy(ROOT / "scenarios" / "tutorial.yaml", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def steps(page: Path) -> Iterator[re.Match[str]]:
    """The fenced blocks of a page, in order."""
    yield from STEP.finditer(page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_does_what_it_says(
    page: Path, clone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = ""
    for step in steps(page):
        body = step["body"]
        if step["verb"]:
            put(clone / step["path"], body, add=step["verb"] == "Append to")
        elif step["kind"] == "bash":
            printed = "".join(run(line, capsys) for line in body.splitlines())
        elif step["kind"] == "text":
            assert all(line in printed for line in body.splitlines()), printed
        elif step["kind"] == "python":
            run_python(page, body)


def put(path: Path, body: str, *, add: bool) -> None:
    """Write a file of the page, or add lines to one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if add else ""
    path.write_text(before + body, encoding="utf-8")


def run(line: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command of carbonpath; return what it printed."""
    program, *arguments = shlex.split(line, comments=True)
    assert program == "carbonpath"
    code = exit_code(arguments)
    printed = capsys.readouterr()
    assert code == 0, printed.err
    return printed.out


NAMES: dict[str, object] = {}
"""What earlier blocks of a page have defined."""


def run_python(page: Path, body: str) -> None:
    """Run a session; what it prints must be what the page shows."""
    session = doctest.DocTestParser().get_doctest(body, NAMES, page.stem, str(page), 0)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    runner.run(session, clear_globs=False)
    NAMES.update(session.globs)
    assert runner.failures == 0


def test_links_between_pages_lead_somewhere() -> None:
    pages = [ROOT / "README.md", *DOCS.rglob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target.strip()).exists()
    ]
    assert broken == []
