"""Every row of any text file is accounted for, once, on the line where it really stands."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import Phase, example, given, settings

from risk.errors import InputError
from risk.intake.column import NOTHING

from .analysis_cases import engine
from .dirty_files import DirtyFile, dirty_files
from .intake_cases import Taken, csv_text, row, take_in
from .row_ruler import Ruler, outcome

TITLE = "案号,违法行为,处罚日期,地点,状态"
# A return that an engine takes for the end of a line makes up for a record of two lines.
STRAY_RETURN = DirtyFile(
    f'{TITLE}\n,\r路,\n1,违法停车,2025-03-04,"花园路\n东段",\n2,违法停车,2025-03-04,路,',
    ",",
    "utf-8",
    2,
)
# Rows of empty cells are rows, also where they are the last and look like blank lines.
EMPTY_ROWS = DirtyFile(
    "\n".join([TITLE, "1,违法停车,2025-03-04,路,", ",,,,", "", ",,,,"]).replace(",", "\t"),
    "\t",
    "utf-8",
    2,
)


@settings(
    max_examples=32,
    deadline=None,
    derandomize=True,
    phases=[
        Phase.explicit,
        Phase.generate,
    ],  # a failing file is short; making it shorter takes hours
)
@given(dirty_files())
@example(STRAY_RETURN)
@example(EMPTY_ROWS)
def test_rows_read_are_cases_rejected_excluded_and_duplicates_each_on_its_line(
    file: DirtyFile,
) -> None:
    ruler = Ruler.over(file)
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder, "export.csv")
        export.write_bytes(file.content)
        try:
            taken = take_in(engine(), Path(folder, "risk.db"), export)
        except InputError:
            # Rightly so where there is no row, or hardly one to tell by what cells are parted.
            below = range(file.first, len(ruler.lines) + 1)
            filled = [line for line in below if not ruler.blank(line)]
            records = [line for line in filled if ruler.cells(line, line)]
            assert not filled or len(records) < len(filled) / 2
            return
    became = _fates(taken)
    lines = sorted(became)
    before_all = range(file.first, lines[0] if lines else len(ruler.lines) + 1)
    assert all(ruler.blank(line) for line in before_all)
    for line, last in ruler.spans(lines):
        cells = ruler.cells(line, last)
        fate = became[line]
        if fate.startswith("broken line"):
            assert last == line, "a line that is no record takes no other with it"
            assert cells is None
        else:
            assert cells is not None, f"{fate}: lines {line} to {last} are no record"
            assert fate in (outcome(cells), "excluded", "duplicate")
            assert (fate == "excluded") == (outcome(cells) == "excluded")
    _last_content_stands(ruler, taken, dict(ruler.spans(lines)))


def _fates(taken: Taken) -> dict[int, str]:
    """What became of the row on each line; no line is counted twice, and the sums are right."""
    account = taken.account
    tables = {
        "case": taken.cases,
        "rejected": taken.rejected,
        "excluded": taken.excluded,
        "duplicate": taken.duplicates,
    }
    counts = {fate: table.num_rows for fate, table in tables.items()}
    assert list(counts.values()) == [
        account.cases,
        account.rejected,
        account.excluded,
        account.duplicates,
    ]
    assert account.rows == sum(counts.values())
    fates: dict[int, str] = {}
    for fate, table in tables.items():
        for line in table["line"].to_pylist():
            assert line not in fates, f"line {line} is counted twice"
            fates[line] = taken.refused[line] if fate == "rejected" else fate
    return fates


def _last_content_stands(ruler: Ruler, taken: Taken, spans: dict[int, int]) -> None:
    """Of the records of one number one stands, as the last has it, and the others point to it."""
    duplicates = dict(
        zip(
            taken.duplicates["line"].to_pylist(),
            taken.duplicates["detail"].to_pylist(),
            strict=True,
        )
    )
    records: defaultdict[str, dict[int, list[str]]] = defaultdict(dict)
    for line in sorted([*taken.lines.values(), *duplicates]):
        cells = ruler.cells(line, spans[line])
        assert cells is not None
        records[cells[0]][line] = cells
    assert set(taken.lines) == set(records)
    assert len(taken.lines) == taken.cases.num_rows
    for number, same in records.items():
        stands = taken.lines[number]
        assert all(duplicates[line] == f"export.csv:{stands}" for line in same if line != stands)
        assert _content(same[stands]) == _content(same[max(same)])


def _content(cells: list[str]) -> list[str]:
    number, words, day, place, _ = ("" if cell in NOTHING else cell for cell in cells)
    return [number, "".join(words.split()), day, place]


def test_damaged_bytes_cost_their_own_line_only(tmp_path: Path) -> None:
    lines = csv_text(*(row(number) for number in range(20))).encode().split(b"\n")
    lines[5] = lines[5][:4] + b"\xff\xfe" + lines[5][4:]
    export = tmp_path / "export.csv"
    export.write_bytes(b"\n".join(lines))
    taken = take_in(engine(), tmp_path / "risk.db", export)
    assert taken.refused == {6: "broken line: encoding"}
    assert taken.lines == {str(number): number + 2 for number in range(20) if number != 4}


@pytest.mark.parametrize("where", [1, 2])
def test_a_damaged_character_of_gb18030_in_what_tells_a_case_rejects_the_row(
    tmp_path: Path, where: int
) -> None:
    rows = [[cell.encode("gb18030") for cell in row(f"第{number}号")] for number in range(20)]
    rows[4][where - 1] = rows[4][where - 1][:1] + b"\xff" + rows[4][where - 1][2:]
    export = tmp_path / "export.csv"
    heading = csv_text().encode("gb18030")
    export.write_bytes(heading + b"\n".join(b",".join(cells) for cells in rows))
    taken = take_in(engine(), tmp_path / "risk.db", export)
    assert taken.account.encoding == "gb18030"
    assert taken.refused == {6: "broken characters"}
