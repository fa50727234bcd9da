"""The workbook itself: sheets of text with headings, drop-downs and a page of advice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from risk.errors import InputError, UsageError

from .tables import FILE, TABLES, Column, Table
from .valueless import refuse_cells_without_value

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.worksheet import Worksheet

Grid = list[dict[str, str]]

# Drop-downs reach so far, for the rows that officers add.
_LAST_ROW: Final = 2000
ADVICE: Final = (
    "本工作簿是部门的违法行为目录，由 risk catalogue export 导出，改好后用 risk catalogue import 导入。",
    "只改单元格的内容，不改表名和第一行的栏名；行的先后不影响导入。",
    "一格有几项的，每项一行（Alt+回车换行）。日期写成 2021-04-29。",
    "编号一经公布不能再改。新增一行即新增一项，删除整行即删除该项。",
    "法律依据新增时“序号”留空；条款写数字，如 93、93(2款)、99(4项)、133之一。",
    "违法行为、防控措施新增时在“文件”栏选择写入哪个文件。",
    "防控措施属于行政指导，不增加义务、不减损权利；文字提到处罚的，在“依据”栏写法律代号和条款，如 RTSL 93。",
    "导入时逐格检查，有错即指出表名和单元格，一处有错则全部不导入。",
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as it was read: its number in the sheet and its cells by heading."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it was read: the letter of each heading's column, and the rows that say anything."""

    letters: dict[str, str]
    rows: tuple[SheetRow, ...]


def write_book(path: Path, grids: Mapping[str, Grid], files: Mapping[str, Sequence[str]]) -> None:
    """Write a workbook with one sheet for each table.

    `grids` are the rows by the sheets' titles, `files` the names that the column 文件 may have.
    UsageError where the optional package that writes workbooks is missing, or the file cannot be
    written.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise UsageError(
            "A workbook needs the package xlsxwriter.", "Install it: pip install xlsxwriter."
        ) from None
    if not path.parent.is_dir():
        raise UsageError(
            f"{path} cannot be written: there is no folder {path.parent}.",
            "Make the folder, or name another file with --to.",
        )
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_urls": False})
    advice = book.add_worksheet("说明")
    advice.set_column(0, 0, 100)
    for number, line in enumerate(ADVICE):
        advice.write_string(number, 0, line)
    for table in TABLES:
        _write_sheet(book, table, grids[table.title], files.get(table.title, ()))
    try:
        book.close()
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        # xlsxwriter wraps what the system says, which then has the path once more.
        system = [one.strerror for one in (error, *error.args) if isinstance(one, OSError)]
        why = system[0] if system else str(error)
        raise UsageError(
            f"{path} cannot be written: {why}.", "Close it in other programs, or use --to."
        ) from error


def _write_sheet(book: xlsxwriter.Workbook, table: Table, grid: Grid, files: Sequence[str]) -> None:
    # Text throughout: a program that took 1-2 for a date would spoil an article.
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    bold = book.add_format({"num_format": "@", "bold": True, "bottom": 1, "valign": "top"})
    sheet = book.add_worksheet(table.title)
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width, text)
        sheet.write_string(0, place, column.heading, bold)
        _offer(sheet, place, column, files)
    for number, cells in enumerate(grid, 1):
        for place, column in enumerate(table.columns):
            if cells[column.heading]:
                sheet.write_string(number, place, cells[column.heading], text)


def _offer(sheet: Worksheet, place: int, column: Column, files: Sequence[str]) -> None:
    """Put the drop-down of a column with a closed vocabulary."""
    source: Any = None
    if column.form == "list":
        return  # a drop-down gives one value only
    if column.words:
        source = list(column.words.values())
    elif column.from_sheet:
        source = f"='{column.from_sheet}'!$A$2:$A${_LAST_ROW}"
    elif column.heading == FILE and len(",".join(files)) <= 255:
        source = list(files)
    if source:
        offer = {
            "validate": "list",
            "source": source,
            "error_title": column.heading,
            "error_message": "请从下拉列表中选择。",
        }
        sheet.data_validation(1, place, _LAST_ROW, place, offer)


def read_book(path: Path) -> dict[str, Sheet]:
    """Read the sheets of a workbook; InputError for a file that is none or lacks one."""
    import fastexcel

    _check_readable(path)
    refuse_cells_without_value(path, [table.title for table in TABLES])
    try:
        book = fastexcel.read_excel(str(path))
        there = book.sheet_names
        missing = [table.title for table in TABLES if table.title not in there]
        if missing:
            raise InputError(
                f"{path.name}: the sheet {'、'.join(missing)} is missing.",
                "Export the catalogue again, and change only its cells.",
            )
        return {table.title: _read_sheet(book, path, table) for table in TABLES}
    except (fastexcel.FastExcelError, OSError) as error:
        raise InputError(
            f"{path.name}: this is no workbook (.xlsx) that can be read.",
            "Save it again as .xlsx from a spreadsheet program.",
        ) from error


def _check_readable(path: Path) -> None:
    if not path.exists():
        raise InputError(f"{path}: there is no such file.", "Check the path.")
    if path.is_dir():
        raise InputError(f"{path}: this is a folder.", "Name the workbook in it.")
    try:
        with path.open("rb") as file:
            old = file.read(4) == b"\xd0\xcf\x11\xe0"
    except OSError as error:
        raise InputError(
            f"{path}: cannot be opened ({error.strerror}).", "Check the path and permissions."
        ) from error
    if old:
        raise InputError(
            f"{path.name}: this is an old Excel file (.xls) or one locked with a password.",
            "Save it as .xlsx without a password from a spreadsheet program.",
        )


def _read_sheet(book: Any, path: Path, table: Table) -> Sheet:
    batch = book.load_sheet(table.title, header_row=None, skip_rows=0, dtypes="string").to_arrow()
    columns = [column.to_pylist() for column in batch.columns]
    lines = list(zip(*columns, strict=True))
    headings = [(cell or "").strip() for cell in lines[0]] if lines else []
    letters: dict[str, str] = {}
    for place, heading in enumerate(headings):
        if not heading and not any(line[place] for line in lines):
            continue
        where = f"{path.name}: sheet {table.title} cell {letter(place)}1"
        if table.column(heading) is None:
            raise InputError(f"{where}: {heading!r} is no heading of this sheet.", _HEADINGS)
        if heading in letters:
            raise InputError(f"{where}: the heading {heading} stands there twice.", _HEADINGS)
        letters[heading] = letter(place)
    missing = [column.heading for column in table.columns if column.heading not in letters]
    if missing:
        what = f"{path.name}: sheet {table.title} lacks the heading {'、'.join(missing)}."
        raise InputError(what, _HEADINGS)
    places = {heading: place for place, heading in enumerate(headings) if heading}
    rows = (
        SheetRow(number, {heading: line[place] or "" for heading, place in places.items()})
        for number, line in enumerate(lines[1:], 2)
    )
    return Sheet(letters, tuple(row for row in rows if any(row.cells.values())))


_HEADINGS: Final = "Leave the first row as it was exported."


def letter(place: int) -> str:
    """The letters of a column, counted from 0: A, B, …, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
