"""A workbook holds values and texts; whatever a text begins with, it is no formula, no link."""

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from carbonpath.accounts import Accounts
from carbonpath.errors import InputError
from carbonpath.export import excel
from carbonpath.export.headings import HEADINGS
from carbonpath.export.workbook import Sheet, divided, sheet_names, workbook
from tests.accounts.made import PERIODS
from tests.accounts.made import made_results as results
from tests.report.test_studies import studied

FORMULAS = (
    "=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2", "\t=1+1", "\r=1+1", "=HYPERLINK(\"x\",\"y\")",
    "#REF!", "https://example.invalid", "12", "TRUE", "{=1}", "\x1b[31m red \x00", "’=1",
)  # fmt: skip


def parts(content: bytes) -> dict[str, str]:
    """Return the files inside a workbook."""
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def assert_no_formula(content: bytes) -> None:
    """No formula, no link, no macro, nothing from outside."""
    for name, text in parts(content).items():
        assert not re.search(r"<f[ >/]|<hyperlink|externalLink|TargetMode", text), name
        assert not name.endswith((".bin", ".vml"))


def test_a_text_is_only_a_text() -> None:
    sheet = Sheet("texts", "", [["text"]], [[text, 1.5] for text in FORMULAS])
    content = workbook([sheet], [["head"]])
    assert_no_formula(content)
    page = load_workbook(BytesIO(content))["texts"]
    cells = [page.cell(row, 1) for row in range(2, 2 + len(FORMULAS))]
    assert [one.data_type for one in cells] == ["s"] * len(FORMULAS)
    assert [one.value for one in cells[:4]] == list(FORMULAS[:4])
    assert cells[0].quotePrefix
    assert cells[12].value == "[31m red "
    assert all(page.cell(2 + at, 2).value == 1.5 for at in range(len(FORMULAS)))


def test_numbers_stay_numbers_and_what_is_missing_is_empty() -> None:
    sheet = Sheet("numbers", "", [["n"]], [[-2.0], [float("nan")], [None], [7], [1 / 3]])
    page = load_workbook(BytesIO(workbook([sheet], [])))["numbers"]
    assert [page.cell(row, 1).value for row in range(2, 7)] == [-2, None, None, 7, 0.3333333333]
    assert page.cell(2, 1).data_type == "n"


def test_names_of_sheets_are_short_allowed_and_different() -> None:
    long = "a" * 40
    names = sheet_names(["index", "Index", long, long, "a[b]:c*d?e/f\\g", "", "\x00", "'x'"])
    assert names[:2] == ["index", "Index~2"]
    assert names[2:4] == ["a" * 31, "a" * 29 + "~2"]
    assert names[4:] == ["a_b__c_d_e_f_g", "sheet", "sheet~2", "_x_"]
    assert all(len(name) <= 31 for name in names)


def test_a_long_table_goes_on_in_a_further_sheet() -> None:
    """Ten rows with one row of headings and room for four: three, three, three and one."""
    sheet = Sheet("long", "", [["n"]], [[at] for at in range(10)])
    assert [len(part.rows) for part in divided(sheet, most=4)] == [3, 3, 3, 1]
    book = load_workbook(BytesIO(workbook(divided(sheet, most=4), [])))
    assert book.sheetnames == ["index", "long", "long~2", "long~3", "long~4"]


def test_every_topic_has_a_sheet_with_units_and_frozen_head() -> None:
    book = load_workbook(BytesIO(excel.file([results()])))
    assert {"index", "notes", "targets", "limits", "sources", "emissions"} <= set(book.sheetnames)
    page = book["emissions"]
    assert page.freeze_panes == "C5"
    head = {name: [cell.value for cell in page[row]] for row, name in enumerate("zeku", 1)}
    assert (head["k"][1], head["u"][1]) == ("key", "unit")
    assert all(head["u"][2:])
    assert len(set(head["k"][2:])) == len(head["k"][2:])
    years = [page.cell(row, 2).value for row in range(5, page.max_row + 1)]
    assert years == list(PERIODS)
    at = head["k"].index("co2_by_scope.C1") + 1
    expected = results()["co2_c1"].sum("region").values
    assert [page.cell(5 + row, at).value for row in range(len(PERIODS))] == pytest.approx(expected)
    listed = [row[0].value for row in book["index"].iter_rows()]
    assert set(book.sheetnames) - {"index"} <= set(listed)


def test_several_runs_share_a_workbook() -> None:
    other = replace(results(), manifest={**results().manifest, "id": "other"})
    page = load_workbook(BytesIO(excel.file([results(), other])))["emissions"]
    runs = [page.cell(row, 1).value for row in range(5, page.max_row + 1)]
    assert runs == [results().id] * len(PERIODS) + ["other"] * len(PERIODS)
    with pytest.raises(InputError):
        excel.file([results(), results()])


def test_texts_of_a_run_cannot_plant_a_formula() -> None:
    titled = replace(
        results(), manifest={**results().manifest, "title": {"zh": FORMULAS[0], "en": FORMULAS[6]}}
    )
    for name, table in results().tables.items():
        texts = table.select_dtypes(include=["object", "string"]).columns
        planted = table.assign(**{column: "=1+1" for column in texts if "label" in column})
        titled = replace(titled, tables={**titled.tables, name: planted})
    assert_no_formula(excel.file([titled]))


def test_heads_are_words_in_both_languages() -> None:
    """Above the keys that programs read; keys of scopes and parts too."""
    book = load_workbook(BytesIO(excel.file([results()])))
    heads = [[cell.value for cell in row] for row in book["emissions"].iter_rows(max_row=3)]
    at = heads[2].index("co2_by_scope.territorial_C1")
    assert heads[0][at] == "二氧化碳排放总量（分口径） · C1属地"
    assert heads[1][at] == "CO2 by scope · C1 territorial"
    costs = [[cell.value for cell in row] for row in book["costs"].iter_rows(max_row=3)]
    assert costs[0][costs[2].index("cost_by_part.fixed_payment")].endswith("固定运维")
    for name in ("targets", "limits", "calibration", "sources"):
        zh, en, keys = ([cell.value for cell in row] for row in book[name].iter_rows(max_row=3))
        assert book[name].freeze_panes == "C4"
        assert not [key for key in keys if key not in HEADINGS], name
        assert zh[0] == "情景"
        assert en[0] == "scenario"


def test_an_indicator_of_many_series_has_a_sheet_with_years_across(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(excel, "MOST_SERIES", 5)
    page = load_workbook(BytesIO(excel.file([results()])))["co2_by_area"]
    rows = list(page.iter_rows(values_only=True))
    assert rows[1][:5] == ("scenario", "name (Chinese)", "name (English)", "key", "unit")
    assert list(rows[0][5:]) == list(PERIODS)
    line = next(row for row in rows if row[3] == "co2_by_area.industry")
    expected = Accounts(results())["co2_by_area"].sel(sector="industry").values
    assert list(line[5:]) == pytest.approx(expected)
    assert page.freeze_panes == "D3"


def test_studies_have_a_sheet_with_their_method() -> None:
    book = load_workbook(BytesIO(excel.file([studied()])))
    rows = list(book["wedges"].iter_rows(values_only=True))
    assert rows[2][-2:] == ("method_zh", "method_en")
    assert rows[3][1:4] == ("coal", "控煤", "Coal limits")
    assert rows[3][-1] == "By solving again"
    assert [row[1] for row in book["macc"].iter_rows(min_row=4, values_only=True)] == [90, 80]
