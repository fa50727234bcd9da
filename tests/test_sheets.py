"""Spreadsheets as offices keep them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from risk.errors import InputError

from .analysis_cases import engine
from .intake_cases import take_in
from .table_cases import CROSSED, DAY, HEADINGS, MORNING, PARKED, TABLE, said, take

TITLE = "江州市行政处罚案件一览"
GOOD = [20250001, "违法停车", MORNING, DAY, 200, "花园路"]
TYPED = ["20250002", "闯红灯", "2025-03-04 08:15:30", "2025年3月5日", "200元", "/"]


class Book:
    """A workbook in the making, whose cells keep the type of what is written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = xlsxwriter.Workbook(str(path), {"nan_inf_to_errors": True})
        self.merged = self.book.add_format({"align": "center"})
        self.formats = {
            dt.datetime: self.book.add_format({"num_format": "yyyy/m/d h:mm"}),
            dt.date: self.book.add_format({"num_format": "yyyy年m月d日"}),
        }

    def sheet(self, name: str, rows: Sequence[Sequence[Any]], top: int = 0) -> Any:
        """A further sheet with these rows, the first of them in row `top` (0 = first)."""
        sheet = self.book.add_worksheet(name)
        for number, row in enumerate(rows, top):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif isinstance(cell, dt.date):
                    sheet.write_datetime(number, column, cell, self.formats[type(cell)])
                elif cell is not None:
                    sheet.write(number, column, cell)
        return sheet

    def saved(self) -> Path:
        self.book.close()
        return self.path


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path / "book.xlsx")


def test_numbers_days_and_times_are_read_whether_stored_as_such_or_as_text(book: Book) -> None:
    book.sheet("2025", [HEADINGS, GOOD, TYPED])
    taken = take(book.saved())
    assert said(taken) == [PARKED, CROSSED]
    assert taken.lines == {"20250001": 2, "20250002": 3}
    assert taken.account.unreadable == {}


def test_whole_numbers_stored_as_decimals_and_figures_kept_as_text_stay_what_they_are(
    book: Book,
) -> None:
    rows = [[1.0, *GOOD[1:]], ["007", *GOOD[1:]], [123456789012.0, *GOOD[1:4], 0.1 + 0.2, "路"]]
    book.sheet("2025", [HEADINGS, *rows])
    cases = said(take(book.saved()))
    assert {case["case_id"]: case["fine_fen"] for case in cases} == {
        "1": 20_000,
        "007": 20_000,
        "123456789012": 30,
    }


def test_the_sheet_named_after_two_colons_is_read_else_the_first(book: Book) -> None:
    book.sheet("2024年", [HEADINGS, GOOD])
    book.sheet("2025年 (汇总)", [HEADINGS, TYPED])
    path = book.saved()
    assert said(take(path)) == [PARKED]
    named = take(path, "2025年 (汇总)")
    assert said(named) == [CROSSED]
    assert named.account.name == "book.xlsx::2025年 (汇总)"


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(book: Book) -> None:
    book.sheet("2024年", [HEADINGS, GOOD])
    book.sheet("说明", [["停用"]])
    with pytest.raises(InputError, match="no sheet called '2025年'.*2024年、说明"):
        take(book.saved(), "2025年")


def test_sheets_with_rows_that_no_source_of_the_run_reads_are_named(book: Book) -> None:
    book.sheet("2024年", [HEADINGS, GOOD])
    book.sheet("2025年", [HEADINGS, TYPED])
    book.sheet("空", [])
    book.sheet("说明", [["停用"]])
    path = book.saved()
    (said,) = take(path).collected.remarks
    assert said.warning
    assert said.text.startswith("book.xlsx: only its first sheet was read, not 2025年、说明.")
    assert said.text.endswith("book.xlsx::2025年")
    assert "2025年、说明" in said.chinese
    assert take(path, "2025年").collected.remarks == ()


def test_a_sheet_read_as_a_source_of_its_own_is_not_named_as_left(book: Book) -> None:
    book.sheet("2024年", [HEADINGS, GOOD])
    book.sheet("2025年", [HEADINGS, TYPED])
    path = book.saved()
    sources = (path, f"{path}::2025年")
    taken = take_in(engine(), path.with_name("risk.db"), *sources, adapters=(TABLE,))
    assert taken.collected.remarks == ()
    assert said(taken) == [PARKED, CROSSED]


@pytest.mark.parametrize("first", [[], [["本表由系统导出"]]])
def test_where_another_sheet_has_the_table_the_error_names_it(
    book: Book, first: list[list[str]]
) -> None:
    book.sheet("说明", first)
    book.sheet("代码", [["停用"]])
    book.sheet("2025年", [HEADINGS, GOOD])
    with pytest.raises(InputError, match="its sheet book.xlsx::2025年[?]"):
        take(book.saved())


def test_headings_without_rows_are_refused_with_the_sheets_that_have_some(book: Book) -> None:
    book.sheet("模板", [HEADINGS])
    book.sheet("2025年", [HEADINGS, GOOD])
    with pytest.raises(InputError, match="no rows. Rows are in 2025年: name book.xlsx::2025年"):
        take(book.saved())


def test_headings_stand_below_a_merged_title_and_empty_rows(book: Book) -> None:
    sheet = book.sheet("2025", [HEADINGS, GOOD, [None] * 6, TYPED], top=3)
    sheet.merge_range("A1:F1", TITLE, book.merged)
    taken = take(book.saved())
    assert said(taken) == [PARKED, CROSSED]
    assert taken.account.header_line == 4
    assert taken.lines == {"20250001": 5, "20250002": 7}


def test_headings_merged_over_two_rows_are_known(book: Book) -> None:
    sheet = book.sheet("2025", [GOOD, TYPED], top=3)
    sheet.merge_range("A1:F1", TITLE, book.merged)
    for column, heading in (("A", "案号"), ("B", "违法行为"), ("C", "违法时间"), ("F", "地点")):
        sheet.merge_range(f"{column}2:{column}3", heading, book.merged)
    sheet.merge_range("D2:E2", "处罚", book.merged)
    sheet.write_row("D3", ["处罚日期", "罚款金额"])
    taken = take(book.saved())
    assert said(taken) == [PARKED, CROSSED]
    assert taken.account.header_line == 3


def test_headings_merged_with_an_empty_row_below_are_known(book: Book) -> None:
    sheet = book.sheet("2025", [GOOD], top=2)
    for column, heading in enumerate(HEADINGS):
        sheet.merge_range(0, column, 1, column, heading, book.merged)
    taken = take(book.saved())
    assert said(taken) == [PARKED]
    assert taken.lines == {"20250001": 3}


def test_empty_rows_are_no_rows_and_errors_and_formulas_are_what_they_show(book: Book) -> None:
    rows = [GOOD, [None] * 6, [None] * 6, ["", " ", None, None, None, None]]
    sheet = book.sheet("2025", [HEADINGS, *rows])
    sheet.write_formula("A6", '=A2&"b"', None, "20250001b")
    sheet.write_row("B6", ["违法停车", "2025-03-04 08:15:30"])
    sheet.write_datetime("D6", DAY, book.formats[dt.date])
    sheet.write_formula("E6", "=1/0", None, "#DIV/0!")
    taken = take(book.saved())
    assert taken.lines == {"20250001": 2, "20250001b": 6}
    assert taken.refused == {5: "case_id missing"}
    assert said(taken)[1]["fine_fen"] is None


def test_rows_that_cannot_be_cases_are_rejected_with_their_row(book: Book) -> None:
    rows = [GOOD, ["", *GOOD[1:]], [3, "鸣笛", *GOOD[2:]], [4, "违法停车", None, "二月三十日", 200]]
    book.sheet("2025", [HEADINGS, *rows])
    taken = take(book.saved())
    assert taken.refused == {3: "case_id missing", 4: "unclassified", 5: "decided_on unreadable"}
    assert taken.account.rows == 4


def test_a_day_stored_as_its_number_is_rejected_with_how_to_mend_it_and_never_guessed(
    book: Book,
) -> None:
    days = (46086, 46086.5, "46086", "20256", "460860")
    book.sheet("2025", [HEADINGS, *([n, *GOOD[1:3], day, *GOOD[4:]] for n, day in enumerate(days))])
    taken = take(book.saved())
    counted = "decided_on is a spreadsheet's number of a day: format the column as a date"
    unreadable = "decided_on unreadable"
    assert taken.refused == {2: counted, 3: counted, 4: counted, 5: unreadable, 6: unreadable}


def test_an_empty_sheet_and_one_of_headings_alone_are_refused(book: Book) -> None:
    book.sheet("空", [])
    book.sheet("表头", [HEADINGS])
    path = book.saved()
    with pytest.raises(InputError, match="the sheet is empty"):
        take(path, "空")
    with pytest.raises(InputError, match="headings but no rows"):
        take(path, "表头")
