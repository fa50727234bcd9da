"""The catalogue goes out as a spreadsheet and comes back: only what officers changed is changed."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
import xlsxwriter
from click.testing import CliRunner, Result
from pydantic import BaseModel

from risk import Knowledge
from risk.cli import main
from risk.errors import InputError
from risk.kernel.plugins import Kernel
from risk.kernel.workbook import catalogue
from risk.kernel.workbook.book import Grid, Sheet, SheetRow, letter, read_book, write_book
from risk.kernel.workbook.cells import plain
from risk.kernel.workbook.changes import Changes
from risk.kernel.workbook.named_elsewhere import refuse_types_named_elsewhere
from risk.kernel.workbook.patching import patched
from risk.kernel.workbook.rows import rows
from risk.kernel.workbook.tables import TABLES, Column, Table
from risk.kernel.workbook.valueless import refuse_cells_without_value
from risk.kernel.written import WrittenReference, WrittenType
from risk.kernel.yamlfile import Document, parse
from risk.model.law import Law
from risk.model.measure import Cause, MeasureTemplate
from risk.model.violation import Exemption

if TYPE_CHECKING:
    from conftest import Plant

Grids = dict[str, Grid]
DATA = Path(__file__).parents[1] / "plugins" / "traffic" / "src" / "risk_traffic" / "data"
PARKING = "traffic.illegal_parking"


def risk(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["catalogue", *map(str, arguments)])


def grids_of(book: Path) -> Grids:
    sheets = read_book(book)
    return {title: [dict(row.cells) for row in sheet.rows] for title, sheet in sheets.items()}


def texts(folder: Path) -> dict[str, str]:
    files = [folder / "laws.yaml", *folder.glob("violation_types/*"), *folder.glob("measures/*")]
    return {
        str(file.relative_to(folder)): file.read_text(encoding="utf-8")
        for file in files
        if file.is_file()
    }


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = tmp_path_factory.mktemp("office") / "traffic.xlsx"
    result = risk("export", "traffic", "--format", "xlsx", "--to", book)
    assert result.exit_code == 0, result.output
    return book


@pytest.fixture
def edit(exported: Path, tmp_path: Path) -> Callable[[Callable[[Grids], None]], Path]:
    """Gives a workbook in which a function has changed the rows."""

    def edited(change: Callable[[Grids], None]) -> Path:
        grids = grids_of(exported)
        change(grids)
        book = tmp_path / "edited.xlsx"
        write_book(book, grids, {})
        return book

    return edited


Edit = Callable[[Callable[[Grids], None]], Path]


def find(grid: Grid, **cells: str) -> dict[str, str]:
    (row,) = (row for row in grid if all(row[name] == text for name, text in cells.items()))
    return row


def test_importing_an_unchanged_export_changes_nothing(exported: Path) -> None:
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in DATA.rglob("*.yaml")}
    result = risk("import", "traffic", exported)
    assert result.exit_code == 0, result.output
    assert result.output == "Nothing was changed in the workbook.\n"
    after = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in DATA.rglob("*.yaml")}
    assert after == before


def test_into_another_folder_go_the_same_bytes(exported: Path, tmp_path: Path) -> None:
    assert risk("import", "traffic", exported, "--into", tmp_path).exit_code == 0
    assert texts(tmp_path) == texts(DATA)


def test_the_order_of_rows_does_not_matter(edit: Edit, tmp_path: Path) -> None:
    book = edit(lambda grids: [grid.reverse() for grid in grids.values()] and None)
    result = risk("import", "traffic", book, "--into", tmp_path / "data")
    assert "Nothing was changed" in result.output
    assert texts(tmp_path / "data") == texts(DATA)


# Sheet, the row (by some of its cells), the heading, the new cell, and the lines that come of it.
CHANGED: list[tuple[str, dict[str, str], str, str, list[str]]] = [
    (
        "法律",
        {"代号": "RTSL"},
        "日期已核实",
        "是",
        ["    dates_verified: true"],
    ),
    ("法律", {"代号": "HWAY"}, "说明", "已核对", ["    note: 已核对"]),
    ("违法行为", {"编号": PARKING}, "适用程序", "简易或普通", ["    procedure: summary_or_ordinary"]),
    ("违法行为", {"编号": PARKING}, "先责令改正", "是", ["    order_first: true"]),
    (
        "法律依据",
        {"违法行为编号": PARKING, "序号": "1"},
        "核实",
        "已核实（人工核对）",
        ["      - {role: forbids, law: RTSL, article: 56, verified: eye}"],
    ),
    (
        "法律依据",
        {"违法行为编号": PARKING, "序号": "2"},
        "罚款上限",
        "150",
        ["      - {role: punishes, law: RTSL, article: 93(2款), fine: {min: 20, max: 150}, verified: text,"],
    ),
    (
        "成因",
        {"违法行为编号": "traffic.plate", "成因编号": "plate_evasion"},
        "内容",
        "企图逃避抓拍: 遮挡号牌",
        ['        text: "企图逃避抓拍: 遮挡号牌"'],
    ),
    (
        "免罚",
        {"违法行为编号": "traffic.fake_plate"},
        "清单列入",
        "少",
        ['    exemption: {listed: "rarely"}'],
    ),
    (
        "防控措施",
        {"编号": "traffic.plate_entrance"},
        "类别",
        "建议",
        ["    kind: 建议"],
    ),
    (
        "防控措施",
        {"编号": "traffic.no_cali_reminder"},
        "针对成因",
        "no_cali_reminder",
        ["    answers: [no_cali_reminder]"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "row", "heading", "cell", "came"),
    CHANGED,
    ids=[f"{sheet} {heading}" for sheet, _, heading, _, _ in CHANGED],
)
def test_a_changed_cell_changes_just_that_value(
    sheet: str,
    row: dict[str, str],
    heading: str,
    cell: str,
    came: list[str],
    edit: Edit,
    tmp_path: Path,
) -> None:
    def change(grids: Grids) -> None:
        find(grids[sheet], **row)[heading] = cell

    result = risk("import", "traffic", edit(change), "--into", tmp_path / "data")
    assert result.exit_code == 0, result.output
    assert "Cells changed 1, rows added 0, rows removed 0." in result.output
    after, before = texts(tmp_path / "data"), texts(DATA)
    lines = [
        line
        for name in before
        for line in difflib.ndiff(before[name].splitlines(), after[name].splitlines())
        if line[0] in "+-"
    ]
    assert [line[2:] for line in lines if line[0] == "+"] == came
    assert len(lines) <= len(came) + 1


def documents() -> dict[str, Document]:
    return {name: parse(name, text.encode()) for name, text in texts(DATA).items()}


def sheet_of(table: Table, values: dict[str, Any]) -> Sheet:
    letters = {column.heading: letter(place) for place, column in enumerate(table.columns)}
    grid = [row.cells for row in rows(table, values)]
    return Sheet(letters, tuple(SheetRow(n, dict(cells)) for n, cells in enumerate(grid, 2)))


def other_cell(column: Column, cell: str) -> str:
    if column.words:
        return next(word for word in column.words.values() if word != cell)
    return f"{cell}\n另一项" if column.form == "list" else f"{cell}改: #"


def cells_to_change() -> Iterator[tuple[Table, Column, str, int]]:
    """Of each column a row where it is filled and one where it is empty."""
    values = {name: document.value for name, document in documents().items()}
    for table in TABLES:
        sheet = sheet_of(table, values)
        for column in table.columns:
            if not column.field or column.heading in table.identity:
                continue
            for filled in (True, False):
                fitting = [r for r in sheet.rows if bool(r.cells[column.heading]) == filled]
                if fitting:
                    row = fitting[len(fitting) // 2]
                    yield table, column, row.cells[table.identity[0]], row.number


def test_every_column_of_every_sheet_finds_its_way_back() -> None:
    files = documents()
    values = {name: document.value for name, document in files.items()}
    tried = 0
    for table, column, _, number in cells_to_change():
        sheets = {one.title: sheet_of(one, values) for one in TABLES}
        (row,) = (row for row in sheets[table.title].rows if row.number == number)
        old = row.cells[column.heading]
        row.cells[column.heading] = other_cell(column, old)
        changed = Changes(values, sheets, "x.xlsx").made()
        assert (changed.cells, changed.added, changed.removed) == (1, 0, 0), column
        differing = [name for name in values if changed.values[name] != values[name]]
        assert len(differing) == 1, (table.title, column.heading)
        (name,) = differing
        text = texts(DATA)[name]
        after = patched(text, files[name], changed.values[name])
        assert parse(name, after.encode()).value == changed.values[name]
        lines = [x for x in difflib.ndiff(text.splitlines(), after.splitlines()) if x[0] in "+-"]
        assert len(lines) <= 2 or column.form == "list", lines
        tried += 1
    assert tried > 70


def test_new_rows_become_entries_and_rows_taken_out_go(edit: Edit, tmp_path: Path) -> None:
    def change(grids: Grids) -> None:
        def add(sheet: str, **cells: str) -> None:
            grids[sheet].append(
                dict.fromkeys((c.heading for c in table(sheet).columns), "") | cells
            )

        add("法律", 代号="NEW", 名称="示例新规定", 版本日期="2026-01-01", 施行日期="2026-03-01")
        add(
            "违法行为", 编号="traffic.new", 名称="新的违法行为", 英文名称="New", 实施机关="公安交管",
            相对人="两者", 适用程序="普通", 可能听证="否", 案卷写法="写法一\n写法二",
            文件="violation_types/vehicle.yaml",
        )  # fmt: skip
        add("法律依据", 违法行为编号="traffic.new", 作用="处罚", 法律代号="NEW", 条款="9(1款)",
            罚款下限="100", 罚款上限="500", 核实="未核实")  # fmt: skip
        add("法律依据", 违法行为编号=PARKING, 作用="裁量", 法律代号="NEW", 条款="3", 核实="未核实")
        add("成因", 违法行为编号="traffic.new", 成因编号="org", 方面="机关", 内容="宣传不够")
        add("成因", 违法行为编号="traffic.new", 成因编号="own", 方面="相对人", 内容="不了解")
        add("免罚", 违法行为编号="traffic.new", 清单列入="有", 条件="及时改正", 依据="示例")
        add(
            "防控措施", 编号="traffic.new_hint", 违法行为编号="traffic.new", 类别="提示",
            文字="在{place}提示新规定", 针对成因="org\nown", **{"适用：限于": "地点"},
            文件="measures/vehicle_and_works.yaml",
        )  # fmt: skip
        gone = "traffic.roadwork"
        for sheet in ("法律依据", "成因", "免罚", "防控措施"):
            grids[sheet] = [row for row in grids[sheet] if row["违法行为编号"] != gone]
        grids["违法行为"] = [row for row in grids["违法行为"] if row["编号"] != gone]

    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    for tables in folder.glob("*terms*.yaml"):
        lines = tables.read_text("utf-8").splitlines(keepends=True)
        tables.write_text(
            "".join(line for line in lines if "traffic.roadwork" not in line), "utf-8"
        )
    result = risk("import", "traffic", edit(change), "--into", folder)
    assert result.exit_code == 0, result.output
    assert "rows added 8" in result.output
    knowledge = Knowledge.from_folder(folder)
    types = {violation.id: violation for violation in knowledge.violation_types()}
    assert "traffic.roadwork" not in types and len(types) == 20
    new = types["traffic.new"]
    assert new.phrases == ("写法一", "写法二") and [c.id for c in new.causes] == ["org", "own"]
    (reference,) = new.legal_references
    assert reference.citation == "《示例新规定》第九条第一款"
    assert reference.fine is not None and (reference.fine.min, reference.fine.max) == (100, 500)
    assert str(reference.in_force_from) == "2026-03-01"
    assert types[PARKING].legal_references[-1].law == "示例新规定"
    measures = {template.id: template for template in knowledge.measure_templates()}
    assert measures["traffic.new_hint"].when.scope == ("place",)
    assert not any(name.startswith("traffic.roadwork") for name in measures)
    comments = re.findall(r"^#.*$", "\n".join(texts(DATA).values()), re.MULTILINE)
    assert re.findall(r"^#.*$", "\n".join(texts(folder).values()), re.MULTILINE) == comments


def table(title: str) -> Table:
    (found,) = (table for table in TABLES if table.title == title)
    return found


# What is wrong: sheet, row, heading, cell; and what is said of it.
WRONG: dict[str, tuple[str, int, str, str, str]] = {
    "a word outside the vocabulary": (
        "违法行为", 0, "适用程序", "简单", "cell F2 (适用程序): must be 简易、简易或普通、普通, not '简单'"
    ),
    "a date that is none": ("法律", 0, "施行日期", "2021年", "cell D2 (施行日期): must be a date"),
    "an article that is none": ("法律依据", 3, "条款", "第九十三条", "cell E5 (条款): must be an article"),
    "a day that there is not": ("法律", 0, "施行日期", "2025/2/30", "cell D2 (施行日期): must be a date"),
    "a date with two marks": ("法律", 0, "施行日期", "2025/11-29", "cell D2 (施行日期): must be a date"),
    "a date in another order": ("法律", 0, "施行日期", "29/11/2025", "cell D2 (施行日期): must be a date"),
    "a law that ends before it begins": (
        "法律", 0, "失效日期", "1999-01-01", "cell E2 (失效日期): lies before the day"
    ),
    "a reference that ends before it begins": (
        "法律依据", 0, "失效日期", "1999-01-01", "cell N2 (失效日期): lies before the day"
    ),
    "commas in wrong places": ("法律依据", 1, "罚款上限", "20,00", "cell G3 (罚款上限): must be a number"),
    "a law that there is not": ("法律依据", 0, "法律代号", "RTSX", "cell D2 (法律代号): laws.yaml has no law"),
    "a fine upside down": ("法律依据", 1, "罚款下限", "9999999", "max is smaller than min"),
    "a fine that is no number": ("法律依据", 1, "罚款下限", "二十", "cell F3 (罚款下限): must be a number"),
    "a required cell left empty": ("违法行为", 2, "名称", "", "cell B4 (名称): is missing"),
    "a measure that binds": ("防控措施", 0, "文字", "必须停车入位", "cell D2 (文字): 「必须」 lays down a duty"),
    "a blank without its scope": ("防控措施", 80, "文字", "在{industry}回访", "cell D82 (文字): the blank"),
    "an answer to no cause": ("防控措施", 0, "针对成因", "nobody", "cell E2 (针对成因): no cause of these"),
    "a measure for no type": ("防控措施", 0, "违法行为编号", "traffic.none", "cell B2 (违法行为编号): there is no"),
    "a basis that is no law": ("防控措施", 2, "依据", "XX 9", "cell F4 (依据): laws.yaml has no law"),
    "a scope outside the vocabulary": (
        "成因", 0, "适用：限于", "地点\n时候", "cell E2 (适用：限于): must be 地点、时段、行业、表现形式, not '时候'"
    ),
    "an owner that there is not": ("成因", 0, "违法行为编号", "traffic.parking", "cell A2 (违法行为编号): the sheet"),
    "an id of another department": (
        "防控措施", 80, "编号", "urban.visit", "cell A82 (编号): must begin with traffic."
    ),
    "an id given twice": ("法律", 1, "代号", "RTSL", "cell A3 (代号): RTSL stands in row 2 already"),
    "a number that is not there": ("法律依据", 0, "序号", "77", "cell B2 (序号): traffic."),
    "another file": ("违法行为", 0, "文件", "laws.yaml", "cell N2 (文件): an entry is not moved"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "row", "heading", "cell", "said"),
    WRONG.values(),
    ids=WRONG.keys(),
)
def test_a_wrong_cell_is_named_and_nothing_is_written(
    sheet: str, row: int, heading: str, cell: str, said: str, edit: Edit, tmp_path: Path
) -> None:
    def change(grids: Grids) -> None:
        grids[sheet][row][heading] = cell
        # A change that is right goes in with the wrong one or not at all.
        grids["法律"][-1]["说明"] = "改过"

    result = risk("import", "traffic", edit(change), "--into", tmp_path / "data")
    assert result.exit_code == 1
    assert f"edited.xlsx: sheet {sheet} " in result.stderr
    assert said in result.stderr
    assert not (tmp_path / "data").exists()


def test_every_wrong_cell_is_named_at_once_and_nothing_that_only_follows_from_it(
    edit: Edit,
) -> None:
    def change(grids: Grids) -> None:
        grids["法律"][0]["施行日期"] = "昨天"
        grids["违法行为"][0]["适用程序"] = "简单"
        grids["法律依据"][1]["罚款下限"] = "二十"
        grids["成因"][3]["方面"] = "双方"
        grids["免罚"][2]["违法行为编号"] = ""
        grids["防控措施"][0]["文字"] = "必须停车入位"

    result = risk("import", "traffic", edit(change), "--check")
    *faults, remedy = result.stderr.splitlines()
    assert [re.findall(r"sheet (\S+) cell (\w+)", fault) for fault in faults] == [
        [("违法行为", "F2")],
        [("成因", "C5")],
        [("免罚", "A4")],
        [("法律", "D2")],
        [("法律依据", "F3")],
        [("防控措施", "D2")],
    ]
    assert remedy.startswith("Correct the cells named")


def test_of_many_wrong_cells_twenty_are_named_and_the_rest_are_counted(edit: Edit) -> None:
    def change(grids: Grids) -> None:
        for row in grids["法律依据"][:31]:
            row["法律代号"] = "NONE"

    lines = risk("import", "traffic", edit(change), "--check").stderr.splitlines()
    assert len(lines) == 22 and "cell D21 " in lines[19]
    assert lines[20] == "and 11 more." and lines[21].startswith("Correct the cells named")


def test_another_departments_workbook_is_called_so_in_one_line(edit: Edit) -> None:
    def change(grids: Grids) -> None:
        for row in grids["违法行为"]:
            row["编号"] = row["编号"].replace("traffic.", "water.")

    result = risk("import", "traffic", edit(change))
    (line,) = result.stderr.splitlines()
    assert result.exit_code == 1
    assert "this is the catalogue of water, not of traffic. Import it with: risk" in line


# What officers may do to a workbook, and the one line that names where it is mended.
ONE_LINE: dict[str, tuple[Callable[[Grids], Any], str]] = {
    "a changed id": (
        lambda grids: find(grids["违法行为"], 编号="traffic.plate").update(编号="traffic.plates"),
        "sheet 违法行为 cell A19 (编号): was 'traffic.plate', which rows of 法律依据、成因、免罚、"
        "防控措施 still name: write it again, or change it there too.",
    ),
    "an id taken out": (
        lambda grids: find(grids["违法行为"], 编号="traffic.plate").update(编号=""),
        "sheet 违法行为 cell A19 (编号): was 'traffic.plate'",
    ),
    "a type's row alone taken out": (
        lambda grids: grids["违法行为"].remove(find(grids["违法行为"], 编号="traffic.plate")),
        "sheet 法律依据 cell A59 (违法行为编号): the sheet 违法行为 no longer has 'traffic.plate': "
        "put its row back, or take out every row of 法律依据、成因、免罚、防控措施 that names it.",
    ),
    "a changed key of a law": (
        lambda grids: grids["法律"][0].update(代号="RTSL9"),
        "sheet 法律 cell A2 (代号): was 'RTSL', which rows of 法律依据 still name",
    ),
    "a type without causes": (
        lambda grids: grids["违法行为"].append(
            grids["违法行为"][-1] | {"编号": "traffic.new", "案卷写法": "新写法"}
        ),
        "sheet 违法行为 cell A22 (编号): no cause on the side of 机关、相对人",
    ),
    "a sheet without rows": (
        lambda grids: grids["成因"].clear(),
        "the sheet 成因 is empty; no catalogue is without its rows.",
    ),
}


@pytest.mark.parametrize(("change", "said"), ONE_LINE.values(), ids=ONE_LINE.keys())
def test_what_many_rows_hang_on_is_one_fault_where_it_is_mended(
    change: Callable[[Grids], Any], said: str, edit: Edit
) -> None:
    result = risk("import", "traffic", edit(change), "--check")
    (line,) = result.stderr.splitlines()
    assert result.exit_code == 1 and f"edited.xlsx: {said}" in line


def test_a_type_may_lose_its_references_phrases_exemption_and_measures(edit: Edit) -> None:
    def change(grids: Grids) -> None:
        for sheet in ("法律依据", "免罚", "防控措施"):
            grids[sheet] = [r for r in grids[sheet] if r["违法行为编号"] != "traffic.plate"]
        find(grids["违法行为"], 编号="traffic.plate")["案卷写法"] = ""

    result = risk("import", "traffic", edit(change), "--check")
    assert result.exit_code == 0, result.output
    assert "Cells changed 1, rows added 0, rows removed 10." in result.output


def test_a_type_without_a_cause_on_one_side_is_refused_at_its_row(edit: Edit) -> None:
    def change(grids: Grids) -> None:
        grids["成因"] = [
            row
            for row in grids["成因"]
            if not (row["违法行为编号"] == "traffic.plate" and row["方面"] == "机关")
        ]

    result = risk("import", "traffic", edit(change), "--check")
    assert result.exit_code == 1
    assert (
        "sheet 违法行为 cell A" in result.stderr and "no cause on the side of 机关" in result.stderr
    )


def test_with_check_nothing_is_written(edit: Edit, tmp_path: Path) -> None:
    def change(grids: Grids) -> None:
        grids["法律"][0]["说明"] = "改过"

    folder = tmp_path / "data"
    result = risk("import", "traffic", edit(change), "--check", "--into", folder)
    assert result.exit_code == 0 and "would be written" in result.output
    assert not folder.exists()


def test_an_import_changes_the_plugins_own_files(plant: Plant, tmp_path: Path) -> None:
    data = plant() / "src" / "risk_parks" / "data"
    before = {file.name: file.read_bytes() for file in data.iterdir()}
    book = tmp_path / "parks.xlsx"
    assert risk("export", "parks", "--to", book).exit_code == 0
    grids = grids_of(book)
    grids["法律"][0]["名称"] = "公园条例"
    write_book(book, grids, {})
    result = risk("import", "parks", book)
    assert result.exit_code == 0, result.output
    after = {file.name: file.read_bytes() for file in data.iterdir()}
    assert [name for name in before if after[name] != before[name]] == ["laws.yaml"]
    changed = before["laws.yaml"].replace("title: 示例条例".encode(), "title: 公园条例".encode())
    assert after["laws.yaml"] == changed


def test_where_one_file_cannot_be_written_all_stay_as_they_were(
    plant: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = plant() / "src" / "risk_parks" / "data"
    before = {file.name: file.read_bytes() for file in data.iterdir()}
    book = tmp_path / "parks.xlsx"
    risk("export", "parks", "--to", book)
    grids = grids_of(book)
    for grid in grids.values():
        if not grid:
            continue
        grid[0] |= {name: f"{cell}改" for name, cell in grid[0].items() if name in ("名称", "内容")}
    grids["防控措施"][0]["文字"] += "改"
    write_book(book, grids, {})
    replace, calls = catalogue.os.replace, []

    def full_disk(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(catalogue.os, "replace", full_disk)
    result = risk("import", "parks", book)
    assert result.exit_code == 1 and "No space left" in result.stderr
    assert len(calls) == 2
    assert {file.name: file.read_bytes() for file in data.iterdir()} == before


def test_a_type_that_an_adapters_table_still_names_cannot_be_taken_out(
    edit: Edit, tmp_path: Path
) -> None:
    def change(grids: Grids) -> None:
        for grid in grids.values():
            for heading in ("违法行为编号", "编号"):
                grid[:] = [row for row in grid if row.get(heading) != "traffic.plate"]
            for row in grid:
                for heading, cell in row.items():
                    row[heading] = "；".join(
                        part for part in cell.split("；") if part != "traffic.plate"
                    )

    result = risk("import", "traffic", edit(change), "--into", tmp_path / "data")
    said = result.output
    assert "'traffic.plate' is gone, but police_terms.yaml still names it in lines " in said
    assert not (tmp_path / "data").exists()


def test_the_files_that_name_a_type_taken_out_are_said_with_their_lines(tmp_path: Path) -> None:
    for name, text in {
        "terms.yaml": "# traffic.plate\nterms:\n  '甲 # 乙': {violation: traffic.plate}\n"
        "  丙: traffic.plates  # traffic.plate\n"
        + "".join(f"  {n}: traffic.plate\n" for n in range(6)),
        "grading.yaml": "grading:\n  traffic.plate: {多发: 3}\n",
        "laws.yaml": "laws: traffic.plate\n",
        "_old.yaml": "a: traffic.plate\n",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    kept = {"violation_types.yaml": {"violation_types": [{"id": "traffic.plates"}]}}
    old = {"violation_types.yaml": {"violation_types": [{"id": "traffic.plate"}]}}
    with pytest.raises(InputError) as caught:
        refuse_types_named_elsewhere(old, kept, [tmp_path], ["laws.yaml"], "x.xlsx")
    assert caught.value.what == (
        "x.xlsx, 违法行为: 'traffic.plate' is gone, but grading.yaml still names it in line 2\n"
        "x.xlsx, 违法行为: 'traffic.plate' is gone, "
        "but terms.yaml still names it in lines 3, 5, 6, 7, 8 and 2 more."
    )


@pytest.fixture(params=["usual", "strict"])
def formulas(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A workbook with formulas, in each of the two namespaces that there are for workbooks."""
    path = tmp_path / "formulas.xlsx"
    book = xlsxwriter.Workbook(str(tmp_path / "usual.xlsx"))
    sheet, notes = book.add_worksheet("法律依据"), book.add_worksheet("我的草稿")
    sheet.write_formula("F4", "=1+1", None, 2)
    sheet.write_formula("G4", '=""', None, "EMPTY")
    for number in range(5, 12):
        sheet.write_formula(f"G{number}", "=F4*5", None, "")
    sheet.write_formula("H4", "=1/0", None, "#DIV/0!")
    notes.write_formula("A1", "=1+1", None, "")
    book.close()
    strict = request.param == "strict"
    with zipfile.ZipFile(book.filename) as usual, zipfile.ZipFile(path, "w") as archive:
        for name in usual.namelist():
            text = usual.read(name).decode().replace("<v>EMPTY</v>", "<v></v>")
            archive.writestr(name, re.sub(TRANSITIONAL, STRICT, text) if strict else text)
    return path


TRANSITIONAL = r"http://schemas.openxmlformats.org/(spreadsheetml|officeDocument)/2006/"
STRICT = r"http://purl.oclc.org/ooxml/\1/"


def test_formulas_never_reckoned_and_errors_are_named_and_not_taken_for_nothing(
    formulas: Path,
) -> None:
    with pytest.raises(InputError) as caught:
        refuse_cells_without_value(formulas, ["法律依据"])
    assert caught.value.what.splitlines() == [
        "formulas.xlsx: 法律依据!H4 holds an error in the place of a value.",
        "formulas.xlsx: 法律依据!G5, 法律依据!G6, 法律依据!G7, 法律依据!G8, 法律依据!G9 and 2 more"
        " hold a formula that has no value yet.",
    ]


def test_on_sheets_that_are_not_imported_formulas_may_stand_as_they_are(formulas: Path) -> None:
    refuse_cells_without_value(formulas, ["违法行为"])
    with pytest.raises(InputError, match="我的草稿!A1 holds a formula"):
        refuse_cells_without_value(formulas, ["我的草稿"])


def test_numbers_and_dates_that_a_program_made_of_cells_are_taken(
    exported: Path, tmp_path: Path
) -> None:
    grids = grids_of(exported)
    book = xlsxwriter.Workbook(str(tmp_path / "typed.xlsx"))
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for one in TABLES:
        sheet = book.add_worksheet(one.title)
        for place, column in enumerate(one.columns):
            sheet.write_string(0, place, column.heading)
            for number, row in enumerate(grids[one.title], 1):
                cell = row[column.heading]
                if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
                    sheet.write_datetime(number, place, dt.datetime.fromisoformat(cell), day)
                elif cell.isdigit():
                    sheet.write_number(number, place, int(cell))
                elif cell:
                    sheet.write_string(number, place, cell)
    book.close()
    result = risk("import", "traffic", tmp_path / "typed.xlsx", "--check")
    assert result.output == "Nothing was changed in the workbook.\n"


@pytest.mark.parametrize(
    "day",
    ["2025/1/9", "2025-1-9", "2025.01.09", "2025年1月9日", "２０２５／１／９", "2025/01/09 00:00:00", "2025/1/9 0:00"],
)  # fmt: skip
def test_a_day_typed_as_officers_type_it_is_that_day(day: str) -> None:
    column = table("法律").column("施行日期")
    assert column is not None and plain(column, day) == "2025-01-09"


@pytest.mark.parametrize("amount", ["200,000", "200，000"])
def test_an_amount_typed_with_commas_is_that_amount(
    amount: str, edit: Edit, tmp_path: Path
) -> None:
    def change(grids: Grids) -> None:
        find(grids["法律依据"], 违法行为编号=PARKING, 序号="2")["罚款上限"] = amount

    result = risk("import", "traffic", edit(change), "--into", tmp_path / "data")
    assert "Cells changed 1," in result.output
    assert "max: 200000}" in "".join(texts(tmp_path / "data").values())


def test_closed_vocabularies_have_drop_downs(exported: Path) -> None:
    with zipfile.ZipFile(exported) as book:
        sheets = [book.read(name).decode() for name in sorted(book.namelist()) if "/sheet" in name]
    offered = [re.findall(r"<formula1>(.*?)</formula1>", sheet) for sheet in sheets]
    assert '"禁止,处罚,裁量,强制,免罚"' in offered[3] and "'法律'!$A$2:$A$2000" in offered[3]
    assert '"机关,相对人"' in offered[4]
    assert '"建议,疏导,警示,提示,约谈,培训,回访,承诺,辅导,示范,调解"' in offered[6]


def fields(model: type[BaseModel]) -> set[tuple[str, ...]]:
    found = set()
    for name, info in model.model_fields.items():
        inner = [a for a in (info.annotation, *get_args(info.annotation)) if is_model(a)]
        found |= {(name, *rest) for rest in fields(inner[0])} if inner else {(name,)}
    return found


def is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


@pytest.mark.parametrize(
    ("title", "model", "elsewhere"),
    [
        ("法律", Law, set()),
        ("违法行为", WrittenType, {"legal_references", "causes", "exemption"}),
        ("法律依据", WrittenReference, set()),
        ("成因", Cause, set()),
        ("免罚", Exemption, set()),
        ("防控措施", MeasureTemplate, set()),
    ],
)
def test_every_field_of_the_catalogue_has_a_column(
    title: str, model: type[BaseModel], elsewhere: set[str]
) -> None:
    wanted = {field for field in fields(model) if field[0] not in elsewhere}
    assert {column.field for column in table(title).columns if column.field} == wanted


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda grids: grids.pop("成因"), "the sheet 成因 is missing"),
        (
            lambda grids: grids["法律"][0].update({"名字": "x"}),
            "'名字' is no heading of this sheet",
        ),
        (lambda grids: [row.pop("条款") for row in grids["法律依据"]], "lacks the heading 条款"),
    ],
)
def test_a_workbook_with_other_sheets_or_headings_is_refused(
    change: Callable[[Grids], Any], said: str, exported: Path, tmp_path: Path
) -> None:
    grids = grids_of(exported)
    change(grids)
    book = xlsxwriter.Workbook(str(tmp_path / "other.xlsx"))
    for title, grid in grids.items():
        sheet = book.add_worksheet(title)
        sheet.write_row(0, 0, list(grid[0]))
    book.close()
    result = risk("import", "traffic", tmp_path / "other.xlsx")
    assert result.exit_code == 1 and said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("no workbook", encoding="utf-8")
    (tmp_path / "x.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    for book, said in (
        (tmp_path / "x.xlsx", "x.xlsx: this is no workbook (.xlsx) that can be read. Save it"),
        (tmp_path / "x.xls", "x.xls: this is an old Excel file (.xls) or one locked with a "),
        (tmp_path / "none.xlsx", "none.xlsx: there is no such file. Check the path."),
        (tmp_path, "this is a folder. Name the workbook in it."),
    ):
        result = risk("import", "traffic", book)
        assert result.exit_code == 1 and said in result.stderr
        assert len(result.stderr.splitlines()) == 1


def test_an_export_into_a_folder_that_there_is_not_says_so(tmp_path: Path) -> None:
    result = risk("export", "traffic", "--to", tmp_path / "none" / "x.xlsx")
    assert result.exit_code == 1
    assert f"there is no folder {tmp_path / 'none'}. Make the folder" in result.stderr


def test_an_export_writes_over_nothing_unless_told(exported: Path) -> None:
    result = risk("export", "traffic", "--to", exported)
    assert result.exit_code == 1 and "there already" in result.stderr
    assert risk("export", "traffic", "--to", exported, "--force").exit_code == 0


def test_without_the_package_that_writes_workbooks_one_plain_line_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    result = risk("export", "traffic", "--to", tmp_path / "x.xlsx")
    assert result.exit_code == 1 and "pip install xlsxwriter" in result.stderr
    assert Kernel.load().plugin("traffic").violation_types
