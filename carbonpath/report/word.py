"""The briefing as a Word document: the sentences, scorecard and tables of the first sheet, on A4.

One sheet in each language asked for. The words and numbers are those of the page: both are made by
the same functions. The same run gives the same bytes.
"""

import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from carbonpath.accounts import Accounts
from carbonpath.accounts.labels import Namer, Text, text
from carbonpath.accounts.scorecard import scorecard
from carbonpath.report.briefing import (
    AREA_TITLE,
    KEY_TITLE,
    LEVERS_TITLE,
    SCORE_TITLE,
    STARRED,
    area_rows,
    chosen_years,
    headlines,
    key_rows,
)
from carbonpath.report.levers import levers
from carbonpath.report.markup import Language
from carbonpath.report.naming import title_of
from carbonpath.report.score import HEAD, VERDICT, WORDS, grade, score_rows
from carbonpath.report.standing import standing, standing_text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

STAMP = (1980, 1, 1, 0, 0, 0)
"""Files in the document bear no time, so that the same run gives the same bytes."""
FONTS = ("Arial", "Microsoft YaHei")
"""Latin and Chinese letters; a reader without them sees a font of the same kind."""
TINTS = {"missed": "B3261E", "tight": "8A5A00", "met": "00694A", "tracked": "5A6470",
         "tracked apart": "5B3B8C"}  # fmt: skip
SIZES = {"title": 13.0, "body": 7.5, "heading": 8.5, "table": 6.0}
"""Points: the first sheet of a scenario with 36 targets fits one A4."""
MANY, LEAST_SIZE = 36, 4.5
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that XML cannot hold."""
Cells = Sequence[str | Text]


def write_briefing(accounts: Accounts, language: Language = "both") -> bytes:
    """Return the briefing of a run as a .docx file: an A4 sheet in each language."""
    from docx import Document

    document = Document()
    told = ("zh", "en") if language == "both" else (language,)
    set_page(document)
    for at, one in enumerate(told):
        Sheet(document, accounts, one).write(begins=at > 0)
    set_facts(document, accounts)
    buffer = BytesIO()
    document.save(buffer)
    return without_times(buffer.getvalue())


class Sheet:
    """One A4 sheet in one language."""

    def __init__(self, document: "Document", accounts: Accounts, language: str) -> None:
        self.document, self.accounts, self.language = document, accounts, language
        self.namer, self.card = Namer(accounts.results), accounts.once(scorecard)
        rows = max(1, len(self.card))
        self.table_size = max(LEAST_SIZE, SIZES["table"] * min(1.0, MANY / rows))

    def write(self, *, begins: bool) -> None:
        """Write title, standing, sentences, scorecard and the tables below it."""
        self.line(title_of(self.accounts.results), SIZES["title"], bold=True, breaks=begins)
        said = standing_text(standing(self.accounts))
        self.line(text(f"{said['zh']} · {self.facts}", f"{said['en']} · {self.facts}"))
        for one in headlines(self.accounts, self.card):
            self.line(one, bold=one["zh"].startswith("✘"), bullet=True)
        self.line(SCORE_TITLE, SIZES["heading"], bold=True)
        if len(self.card):
            self.scorecard()
        self.below()

    @property
    def facts(self) -> str:
        """Id, date and hash of the run."""
        manifest = self.accounts.results.manifest
        solved = str(manifest.get("solved_at", ""))[:10]
        hashed = str(manifest.get("inputs_hash", ""))[:12]
        return " · ".join(one for one in (self.accounts.results.id, solved, hashed) if one)

    def told(self, said: str | Text) -> str:
        """Return a text in the language of the sheet, fit for XML."""
        return CONTROL.sub("", said if isinstance(said, str) else said[self.language])  # type: ignore[literal-required]

    def line(
        self,
        said: Text,
        size: float = SIZES["body"],
        *,
        bold: bool = False,
        bullet: bool = False,
        breaks: bool = False,
        place: "_Cell | None" = None,
    ) -> None:
        """Write a paragraph."""
        paragraph = (place or self.document).add_paragraph()
        paragraph.paragraph_format.page_break_before = breaks
        write_run(paragraph, ("· " if bullet else "") + self.told(said), size, bold=bold)

    def scorecard(self) -> None:
        """Write the scorecard, verdicts coloured besides symbol and word."""
        rows = score_rows(self.card, self.namer)
        table = self.table(self.document, HEAD, rows, WORDS)
        cells = table.columns[VERDICT].cells[1:]
        for cell, row in zip(cells, self.card.to_dict("records"), strict=True):
            cell.paragraphs[0].runs[0].font.color.rgb = colour_of(TINTS[grade(row)])

    def below(self) -> None:
        """Write key figures on the left; areas and what would change the answer on the right."""
        frame = self.document.add_table(rows=1, cols=2)
        left, right = frame.rows[0].cells
        years = chosen_years(self.accounts)
        self.first_line(left, KEY_TITLE)
        head: list[str | Text] = [text("指标", "Indicator"), *map(str, years)]
        rows = key_rows(self.accounts, years)
        self.table(left, head, rows, 1)
        if any("*" in str(cell) for row in rows for cell in row[1:]):
            self.line(STARRED, self.table_size, place=left)
        self.first_line(right, AREA_TITLE)
        head, rows = area_rows(self.accounts, self.namer, years)
        self.table(right, head, rows, 1)
        self.line(LEVERS_TITLE, SIZES["heading"], bold=True, place=right)
        for one in levers(self.accounts, self.namer):
            self.line(one, SIZES["body"] - 0.5, bullet=True, place=right)

    def first_line(self, place: "_Cell", said: Text) -> None:
        """Write the heading of a cell into the paragraph that every cell begins with."""
        write_run(place.paragraphs[0], self.told(said), SIZES["heading"], bold=True)

    def table(self, place: Any, head: Cells, rows: Sequence[Cells], words: int) -> Any:
        """Write a table; the first `words` columns are text, the others numbers."""
        table = place.add_table(rows=1 + len(rows), cols=len(head))
        for at, (row, cells) in enumerate(zip(table.rows, [head, *rows], strict=True)):
            for where, (cell, said) in enumerate(zip(row.cells, cells, strict=True)):
                paragraph = cell.paragraphs[0]
                write_run(paragraph, self.told(said), self.table_size, bold=at == 0)
                paragraph.alignment = 0 if where < words else 2
        rule(table)
        return table


def write_run(paragraph: Any, said: str, size: float, *, bold: bool = False) -> None:
    """Write words into a paragraph, in the style of their size."""
    paragraph._p.style = style_of(paragraph.part.document, size)
    run = paragraph.add_run(said)
    if bold:
        run.bold = True


def style_of(document: "Document", size: float) -> str:
    """Return the id of the style of a size: both scripts' fonts, no space around."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt

    name = f"size{round(size * 10)}"
    if name not in document.styles.element.xpath("w:style/@w:styleId"):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        form = style.paragraph_format
        form.space_after = form.space_before = Pt(0)
        form.line_spacing = 1.0
        style.font.size, style.font.name = Pt(size), FONTS[0]
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONTS[1])
    return name


def colour_of(tint: str) -> Any:
    """Return a colour of a document."""
    from docx.shared import RGBColor

    return RGBColor.from_string(tint)


def rule(table: Any) -> None:
    """Draw thin lines between rows, and let columns be as wide as their words."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "2"), ("space", "0"), ("color", "BFC5CC")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)
    table.autofit = True


def set_page(document: "Document") -> None:
    """Make the page an A4 with narrow margins."""
    from docx.shared import Mm

    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(12)
    page.top_margin = page.bottom_margin = Mm(10)


def set_facts(document: "Document", accounts: Accounts) -> None:
    """Write title and date into the properties of the document."""
    manifest = accounts.results.manifest
    facts = document.core_properties
    facts.title = CONTROL.sub("", title_of(accounts.results)["zh"])[:255]
    facts.author, facts.comments = "carbonpath", accounts.results.id
    solved = str(manifest.get("solved_at", ""))[:19]
    moment = datetime.fromisoformat(solved) if solved else datetime(*STAMP)
    facts.created = facts.modified = moment


def without_times(data: bytes) -> bytes:
    """Return a document whose files bear no time of writing."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as given, zipfile.ZipFile(buffer, "w") as made:
        for name in given.namelist():
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, given.read(name))
    return buffer.getvalue()
