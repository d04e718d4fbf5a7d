"""Reading: encodings, line ends, workbooks, order; and what is no table."""

from pathlib import Path

import openpyxl
import pytest

from carbonpath.inputs import content_hash, load_tables
from carbonpath.scenario import read_scenario
from tests.inputs.good import ENERGY, GOOD, USE, examined, written

STOCK = f"{ENERGY}/stock.csv"


def hash_of(folder: Path) -> str:
    return content_hash(load_tables(read_scenario(folder / "scenarios" / "good.yaml")))


@pytest.fixture
def good_hash(tmp_path: Path) -> str:
    written(tmp_path / "good")
    return hash_of(tmp_path / "good")


def test_windows_files_and_trailing_blanks_read_the_same(tmp_path: Path, good_hash: str) -> None:
    written(tmp_path)
    for path in tmp_path.glob("inputs/**/*.csv"):
        text = (
            path.read_text().replace(",", " , ") if path.name == "stock.csv" else path.read_text()
        )
        path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert hash_of(tmp_path) == good_hash


def test_order_of_rows_and_columns_does_not_matter(tmp_path: Path, good_hash: str) -> None:
    written(tmp_path)
    for path in tmp_path.glob("inputs/**/*.csv"):
        rows = [line.split(",")[::-1] for line in path.read_text().splitlines()]
        head, *body = [",".join(row) for row in rows]
        path.write_text("\n".join([head, *reversed(body), ""]))
    assert hash_of(tmp_path) == good_hash


def test_a_workbook_is_read_like_files(tmp_path: Path, good_hash: str) -> None:
    """A sheet for each table; numbers, whole and not, read as they are shown."""
    written(tmp_path)
    book = openpyxl.Workbook()
    book.active.title = "notes"
    for name in ("stock", "parameters"):
        path = tmp_path / ENERGY / f"{name}.csv"
        sheet = book.create_sheet(name)
        for line in path.read_text().splitlines():
            sheet.append([_cell(text) for text in line.split(",")])
        path.unlink()
    book.save(tmp_path / ENERGY / "energy.xlsx")
    assert hash_of(tmp_path) == good_hash


def _cell(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text or None


def test_a_cell_of_a_workbook_is_named_by_sheet_and_row(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / STOCK).unlink()
    book = openpyxl.Workbook()
    book.active.title = "stock"
    for row in (["technology", "vintage", "value", "unit", "source", "quality"],
                ["coal_plant", 2010, "1.2万", "GW", "book", "official"]):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / ENERGY / "stock.xlsx")
    assert examined(tmp_path, {}).errors == (
        "sectors/energy/stock.xlsx sheet 'stock' row 2, column 'value': '1.2万' is not a number; "
        "write 12000",
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("technology,value\ncoal_plant,达".encode("gbk"),
         "sectors/energy/stock.csv:2: the file is probably GBK; save it as UTF-8"),
        (b'technology,vintage,value,unit,source,quality\ncoal_plant,"3" x,1,GW,book,official\n',
         "sectors/energy/stock.csv: not readable (',' expected after '\"'); check quotes and "
         "permissions"),
        (b"", "sectors/energy/stock.csv: the table is empty; it needs a header"),
    ],
)  # fmt: skip
def test_unreadable_files_are_told(content: bytes, sentence: str, tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / STOCK).write_bytes(content)
    assert examined(tmp_path, {}).errors == (sentence,)


def test_a_broken_workbook_is_told(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / ENERGY / "more.xlsx").write_text("no zip")
    assert examined(tmp_path, {}).errors == (
        "sectors/energy/more.xlsx: no workbook, or protected by a password; save it as plain .xlsx",
    )


def test_a_quoted_cell_may_hold_commas_and_lines(tmp_path: Path) -> None:
    """Lines are counted as an editor counts them."""
    text = GOOD[STOCK].replace("quality\n", "quality,note\n").replace("official\n", '"a, b\nc"\n')
    text = (
        text.replace('book,"a, b', 'book,official,"a, b') + "coal_plant,2011,x,GW,book,official,\n"
    )
    assert examined(tmp_path, {**GOOD, STOCK: text}).errors == (
        "sectors/energy/stock.csv line 4, column 'value': 'x' is not a number; write a plain "
        "number, e.g. 1200 or 1.2e3",
    )


def test_na_in_an_id_column_stays_text(tmp_path: Path) -> None:
    files = {name: text.replace("lamp", "NA") for name, text in GOOD.items()}
    assert examined(tmp_path, files).errors == ()


def test_a_scenario_error_and_a_table_error_come_together(tmp_path: Path) -> None:
    name = "scenarios/good.yaml"
    files = {**GOOD, name: GOOD[name] + "not: 1\n", f"{USE}/stock.csv": "technology\n"}
    assert len(examined(tmp_path, files).errors) == 5
