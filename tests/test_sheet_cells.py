"""Cells of a sheet that values alone do not show: errors, formulas never reckoned, merged cells."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from risk import Adapter
from risk import columns as c
from risk.errors import InputError
from risk.spreadsheet import cells as sheet_cells
from risk.spreadsheet.cells import Cells, SheetCells

from .analysis_cases import engine
from .intake_cases import Taken, take_in
from .table_cases import HEADINGS, TABLE, said, take
from .test_sheets import GOOD, TITLE, Book, book

__all__ = ["book"]

MEASURES = Adapter(
    name="measures",
    title="检验用的强制措施",
    columns={
        **TABLE.columns,
        "coercive_measures": c.kinds("措施", {"扣押": "扣押财物"}, empty_means_none=True),
        "lat": c.number("纬度"),
        "industry": c.text("行业"),
    },
    excludes={"作废": c.text("状态").isin("作废")},
)
WIDE = [*HEADINGS, "措施", "纬度", "行业", "状态"]


def taken_wide(path: Path) -> Taken:
    return take_in(engine(), path.with_name("risk.db"), path, adapters=(MEASURES,))


def good(number: int, *further: Any) -> list[Any]:
    return [number, *GOOD[1:], *further]


def test_errors_are_unreadable_and_counted_and_never_empty_cells(book: Book) -> None:
    rows = [good(number, "扣押", 34.7, "零售", "办结") for number in range(10)]
    sheet = book.sheet("2025", [WIDE, *rows], top=2)
    errors = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")
    for column, error in enumerate(errors, 2):
        sheet.write_formula(column + 2, column, "=1/0", None, error)
    sheet.write_formula("A12", "=1/0", None, "#N/A")
    taken = taken_wide(book.saved())
    spoilt = {"occurred_at", "fine_fen", "place", "coercive_measures", "lat", "industry"}
    assert taken.account.unreadable == dict.fromkeys(sorted(spoilt), 1)
    assert taken.refused == {6: "decided_on unreadable", 12: "case_id missing"}
    assert {row["coercive_measures"] for row in taken.canonical} == {"扣押财物", None}
    (remark,) = taken.collected.remarks
    assert remark.warning
    assert "count as unreadable: C5、D6、E7、F8、G9 …, 8 in all" in remark.text


def test_formulas_without_a_value_are_refused_with_the_first_five_and_the_remedy(
    book: Book,
) -> None:
    rows = [good(number, "", 34.7, "零售", "办结") for number in range(8)]
    sheet = book.sheet("2025", [WIDE, *rows])
    for row in range(2, 9):
        sheet.write_formula(f"J{row}", '="作"&"废"', None, "")
    other = book.sheet("另一张", [WIDE])
    other.write_formula("A5", "=1+1", None, "")
    path = book.saved()
    with pytest.raises(InputError) as caught:
        taken_wide(path)
    assert "book.xlsx: J2、J3、J4、J5、J6 … hold a formula that has no value yet" in str(
        caught.value
    )
    assert "save it there" in str(caught.value)


def test_formulas_and_errors_in_titles_totals_and_columns_that_nobody_reads_do_not_matter(
    book: Book,
) -> None:
    headings = [None, "序号", *HEADINGS, None, "核对"]
    rows = [[None, number, *good(number), None, None] for number in range(3)]
    sheet = book.sheet("2025", [headings, *rows], top=2)
    for cell in ("C1", "B4", "J5", "K4", "M6", "G8"):
        sheet.write_formula(cell, "=SUM(G4:G6)", None, "")
    for cell in ("D1", "B5", "J6", "K5", "Z6"):
        sheet.write_formula(cell, "=NA()", None, "#N/A")
    sheet.write_string("B8", "合计")
    taken = take(book.saved())
    assert [case["fine_fen"] for case in said(taken)] == [20_000] * 3
    assert taken.refused == {8: "case_id missing"}
    assert taken.collected.remarks == ()


def test_beside_formulas_that_do_not_matter_those_of_a_record_are_refused(book: Book) -> None:
    rows = [[None, *good(number), None] for number in range(3)]
    sheet = book.sheet("2025", [[None, *HEADINGS, "核对"], *rows])
    for cell in ("H2", "H3", "F4", "F6"):
        sheet.write_formula(cell, "=1+1", None, "")
    with pytest.raises(InputError, match=r"book.xlsx: F4 holds a formula"):
        take(book.saved())


def test_a_row_of_nothing_but_formulas_without_a_value_is_refused(book: Book) -> None:
    sheet = book.sheet("2025", [[None, *HEADINGS], [None, *good(1)]])
    for column in "BCDEFG":
        sheet.write_formula(f"{column}3", "=另一张!A1", None, "")
    with pytest.raises(InputError, match=r"book.xlsx: B3、C3、D3、E3、F3 … hold a formula"):
        take(book.saved())


def test_a_formula_without_a_value_merged_over_a_record_is_refused(book: Book) -> None:
    sheet = book.sheet("2025", [HEADINGS, [None] * 6, good(1)])
    sheet.merge_range("F2:F3", "", book.merged)
    sheet.write_formula("F2", "=1+1", book.merged, "")
    with pytest.raises(InputError, match=r"book.xlsx: F2 holds a formula"):
        take(book.saved())


def test_formulas_without_a_value_in_another_sheet_do_not_matter(book: Book) -> None:
    book.sheet("2025", [HEADINGS, GOOD])
    book.sheet("另一张", []).write_formula("A5", "=1+1", None, "")
    assert len(said(take(book.saved()))) == 1


@pytest.mark.parametrize(
    ("cell", "lost"),
    [
        ("<c r='B2'><f>A1</f></c>", True),
        ('<c r="B2"><f>A1</f><v/></c>', True),
        ('<c r="B2" s="1"><f t="shared" si="0"/><v></v></c>', True),
        ('<c r="B2"><f>A1</f><v>1</v></c>', False),
        ('<c r="B2" t="str"><f>""</f><v></v></c>', False),
        ('<c r="B2" t="str"><f>""</f></c>', True),
        ('<c r="B2"><v/></c>', False),
    ],
)
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_formula_is_reckoned_where_its_value_stands(
    cell: str, lost: bool, prefix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_cells, "_BLOCK", 40)
    cells = f'<row r="2"><c r="A2" s="1"/>{cell}<c r="C2" t="e"><v>#N/A</v></c></row>'
    text = f"<worksheet><sheetData>{cells}{cells}</sheetData>"
    text += '<mergeCells><mergeCell ref="AA3:AB10"/></mergeCells></worksheet>'
    with zipfile.ZipFile(tmp_path / "book.xlsx", "w") as archive:
        archive.writestr("sheet.xml", re.sub("<(/?)", rf"<\1{prefix}", text))
    found = sheet_cells.sheet_cells(tmp_path / "book.xlsx", "sheet.xml")
    areas = (sheet_cells.Area(2, 26, 9, 27, "AA3:AB10"),)
    assert found == SheetCells(Cells(("B2", "B2") if lost else ()), Cells(("C2", "C2")), areas)


def test_a_sheet_of_damaged_bytes_is_refused_in_a_line(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sheet.xml", "<worksheet><sheetData/></worksheet>" * 99)
    whole = path.read_bytes()
    for place in (50, 60):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 255]) + whole[place + 1 :])
        with pytest.raises(InputError, match="book.xlsx: the workbook is damaged"):
            sheet_cells.sheet_cells(path, "sheet.xml")


def test_a_merged_cell_says_in_each_of_its_rows_what_it_shows(book: Book) -> None:
    rows = [good(number) for number in range(6)]
    sheet = book.sheet("2025", [HEADINGS, *rows], top=2)
    sheet.merge_range("A1:F2", TITLE, book.merged)
    sheet.merge_range("F4:F6", "建设路", book.merged)
    sheet.merge_range("E7:F8", "300", book.merged)
    taken = take(book.saved())
    assert [(case["place"], case["fine_fen"]) for case in said(taken)] == [
        *[("建设路", 20_000)] * 3,
        *[(None, 30_000)] * 2,
        ("花园路", 20_000),
    ]
    assert taken.account.unreadable == {"place": 2}
    (remark,) = taken.collected.remarks
    assert remark.warning
    assert remark.text.startswith("book.xlsx: F4:F6、E7:F8 are merged over several rows")


def test_a_number_merged_over_several_rows_is_that_of_the_first_alone(book: Book) -> None:
    rows = [[None, *good(number)[:4], fine, "路"] for number, fine in enumerate((1, 2, 3, 4))]
    sheet = book.sheet("2025", [[None, *HEADINGS], *rows])
    sheet.merge_range("B3:B4", "7", book.merged)
    sheet.merge_range("G3:G4", "建设路", book.merged)
    taken = take(book.saved())
    assert {case["case_id"]: case["fine_fen"] for case in said(taken)} == {
        "0": 100,
        "7": 200,
        "3": 400,
    }
    assert taken.refused == {4: "case_id missing"}
    assert taken.account.duplicates == 0
    of_number, of_place = taken.collected.remarks
    assert of_number.warning
    assert "a number merged over several rows (B3:B4) counts for the first" in of_number.text
    assert of_place.text.startswith("book.xlsx: G3:G4 are merged")


def test_a_percentage_is_no_amount(book: Book) -> None:
    sheet = book.sheet("2025", [[None, *HEADINGS], *([None, *good(n)] for n in range(6))])
    shown = ("0%", "0.00%", '[Red]0.0" 整 "%', '0"%"', "0")
    for row, form in enumerate(shown, 2):
        sheet.write_number(f"F{row}", 1.5, book.book.add_format({"num_format": form}))
    sheet.write_string("F7", "300", book.book.add_format({"num_format": "0%"}))
    taken = take(book.saved())
    fines = [case["fine_fen"] for case in said(taken)]
    assert fines == [None, None, None, 150, 150, 30_000]
    assert taken.account.unreadable == {"fine_fen": 3}


def test_merged_cells_are_found_where_the_first_columns_are_empty(book: Book) -> None:
    rows = [[None, None, *good(number)] for number in range(3)]
    sheet = book.sheet("2025", [[None, None, *HEADINGS], *rows])
    sheet.merge_range("H2:H4", "建设路", book.merged)
    assert [case["place"] for case in said(take(book.saved()))] == ["建设路"] * 3


def test_a_record_merged_over_two_rows_is_one_record(book: Book) -> None:
    sheet = book.sheet("2025", [HEADINGS, GOOD])
    for column, cell in enumerate(
        ["9", "违法停车", "2025-03-04 08:15:30", "2025-03-05", "1", "路"]
    ):
        sheet.merge_range(2, column, 3, column, cell, book.merged)
    sheet.write_row("A5", ["10", "违法停车", "2025-03-04 08:15:30", "2025-03-05", "1", "路"])
    taken = take(book.saved())
    assert taken.lines == {"20250001": 2, "9": 3, "10": 5}
    assert (taken.account.rows, taken.account.cases) == (3, 3)
