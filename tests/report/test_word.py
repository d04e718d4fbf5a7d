"""The briefing as a Word document: the words of the first sheet, on A4, always the same bytes."""

import html
import re
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer
from carbonpath.accounts.scorecard import scorecard
from carbonpath.report.briefing import headlines
from carbonpath.report.levers import levers
from carbonpath.report.page import page_of
from carbonpath.report.score import score_rows
from carbonpath.report.word import write_briefing
from tests.accounts.made import made_results


def words_of(data: bytes) -> str:
    """All words of a document, tables within tables included."""
    body = Document(BytesIO(data)).element.body
    return "\n".join(node.text or "" for node in body.iter() if node.tag.endswith("}t"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sentences_scorecard_and_levers_are_those_of_the_page(language: str) -> None:
    accounts = Accounts(made_results())
    namer, card = Namer(accounts.results), accounts.once(scorecard)
    told = words_of(write_briefing(accounts, language))  # type: ignore[arg-type]
    page = html.unescape(page_of(accounts, language=language).decode())  # type: ignore[arg-type]
    said = [*headlines(accounts, card), *levers(accounts, namer)]
    cells = [cell for row in score_rows(card, namer) for cell in row]
    assert len(said) > 4
    for one in [*said, *cells]:
        text = one if isinstance(one, str) else one[language]  # type: ignore[literal-required]
        assert text in told
        assert text in page


def test_a_sheet_is_a4_and_each_language_begins_a_new_one() -> None:
    document = Document(BytesIO(write_briefing(Accounts(made_results()))))
    (section,) = document.sections
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    breaks = [one for one in document.paragraphs if one.paragraph_format.page_break_before]
    assert len(breaks) == 1
    english = words_of(write_briefing(Accounts(made_results()), "en"))
    assert not re.search(r"[\u4e00-\u9fff]", english)


def test_the_same_run_gives_the_same_bytes() -> None:
    assert write_briefing(Accounts(made_results())) == write_briefing(Accounts(made_results()))


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    made = made_results()
    strange = replace(
        made, manifest={**made.manifest, "title": {"zh": "<b>\x00\x0b标题", "en": "&"}}
    )
    told = words_of(write_briefing(Accounts(strange)))
    assert "<b>标题" in told
    assert "&" in told


def test_a_run_without_targets_has_a_sheet_too() -> None:
    made = made_results()
    bare = replace(made, tables={**made.tables, "limits": made.tables["limits"].iloc[:0]})
    told = words_of(write_briefing(Accounts(bare), "en"))
    assert "No target binds." in told
