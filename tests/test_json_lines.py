"""JSON lines: an object a line, in whatever order and with whatever left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from risk.errors import InputError

from .table_cases import CROSSED, HEADINGS, PARKED, said, take

PARKED_RECORD = dict(
    zip(
        HEADINGS,
        (20250001, "违法停车", "2025-03-04T08:15:30.000+08:00", "2025-03-05", 200.0, "花园路"),
        strict=True,
    )
)
CROSSED_RECORD = dict(
    zip(
        HEADINGS,
        ("20250002", "闯红灯", "2025-03-04 08:15:30", "2025-03-05T00:00:00", "200元", None),
        strict=True,
    )
)


def line(record: object) -> str:
    return json.dumps(record, ensure_ascii=False)


def written(folder: Path, *lines: str, encoding: str = "utf-8", newline: str = "\n") -> Path:
    path = folder / "cases.jsonl"
    path.write_bytes((newline.join(lines) + newline).encode(encoding))
    return path


@pytest.mark.parametrize(
    ("encoding", "newline"),
    [("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("gb18030", "\r\n"), ("utf-16", "\n")],
)
def test_numbers_texts_and_nulls_are_read(tmp_path: Path, encoding: str, newline: str) -> None:
    path = written(
        tmp_path, line(PARKED_RECORD), line(CROSSED_RECORD), encoding=encoding, newline=newline
    )
    assert said(take(path)) == [PARKED, CROSSED]


def test_keys_may_stand_in_any_order_be_left_out_and_be_more(tmp_path: Path) -> None:
    backwards = dict(reversed(PARKED_RECORD.items()))
    short = {key: cell for key, cell in CROSSED_RECORD.items() if key != "地点"}
    path = written(tmp_path, line(backwards), line({**short, "备注": {"甲": [1, 2]}}))
    assert said(take(path)) == [PARKED, CROSSED]


def test_decimals_that_are_whole_numbers_are_such_and_texts_stay_texts(tmp_path: Path) -> None:
    records = [
        {**PARKED_RECORD, "案号": number} for number in (1.0, "1.0", "007", 990012199001010017)
    ]
    taken = take(written(tmp_path, *map(line, records)))
    assert set(taken.lines) == {"1", "1.0", "007", "990012199001010017"}


def test_lines_that_are_no_objects_are_rejected_and_blank_ones_are_none(tmp_path: Path) -> None:
    path = written(
        tmp_path, line(PARKED_RECORD), "", "没有", "[1, 2]", line(PARKED_RECORD)[:-9], "  ", "{}",
        line(CROSSED_RECORD),
    )  # fmt: skip
    taken = take(path)
    assert taken.lines == {"20250001": 1, "20250002": 8}
    assert taken.refused == {
        3: "broken line: no JSON object",
        4: "broken line: no JSON object",
        5: "broken line: no JSON object",
        7: "case_id missing",
    }
    assert taken.account.rows == 6


def test_line_breaks_within_a_text_are_blanks_of_their_record(tmp_path: Path) -> None:
    record = {**PARKED_RECORD, "地点": ' 花园路\n"东段"\t,1\u2028 '}
    taken = take(written(tmp_path, line(record), line(CROSSED_RECORD)))
    assert said(taken)[0]["place"] == '花园路 "东段" ,1\u2028'
    assert taken.lines == {"20250001": 1, "20250002": 2}


def test_a_file_that_is_one_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no line is a JSON object"):
        take(written(tmp_path, line([PARKED_RECORD])))
