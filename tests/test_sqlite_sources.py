"""Tables and queries of SQLite files."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from risk.errors import InputError

from .table_cases import CROSSED, HEADINGS, PARKED, said, take

PARKED_ROW = (20250001.0, "违法停车", "2025-03-04 08:15:30", "2025-03-05", 200, "花园路")
CROSSED_ROW = ("20250002", "闯红灯", "2025-03-04T08:15:30", "20250305", 200.0, None)


def database(path: Path, rows: Sequence[Sequence[Any]], table: str = "案件 表") -> Path:
    listed = ", ".join(f'"{heading}"' for heading in HEADINGS)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f'CREATE TABLE "{table}" ({listed})')
        connection.executemany(f'INSERT INTO "{table}" VALUES (?, ?, ?, ?, ?, ?)', rows)
    return path


def test_a_table_is_read_whatever_types_its_cells_have(tmp_path: Path) -> None:
    path = database(tmp_path / "cases.db", [PARKED_ROW, CROSSED_ROW])
    taken = take(path, "案件 表")
    assert said(taken) == [PARKED, CROSSED]
    assert taken.lines == {"20250001": 1, "20250002": 2}
    assert taken.account.name == "cases.db::案件 表"


@pytest.mark.parametrize(
    "query",
    [
        'select * from "案件 表" where "地点" is not null;',
        'SELECT\n  *\nFROM "案件 表"\nLIMIT 1',
        'with cases as (select * from "案件 表") select * from cases limit 1',
    ],
)
def test_a_query_is_read_like_a_table(tmp_path: Path, query: str) -> None:
    path = database(tmp_path / "cases.sqlite", [PARKED_ROW, CROSSED_ROW])
    assert said(take(path, query)) == [PARKED]


def test_a_query_may_give_the_columns_their_headings(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE t (id INTEGER, code REAL, at TEXT, day TEXT, fine, place)")
        connection.execute(
            "INSERT INTO t VALUES (20250001, 4.0, '2025-03-04 08:15:30', '2025-03-05', 200, '花园路')"
        )
    query = (
        'select id as "案号", code as "违法行为", at as "违法时间", day as "处罚日期",'
        ' fine as "罚款金额", place as "地点" from t'
    )
    assert said(take(path, query)) == [PARKED]


def test_bytes_that_are_no_text_and_empty_cells_make_a_rejected_row(tmp_path: Path) -> None:
    rows = [
        PARKED_ROW,
        (b"\xff\xfe", *PARKED_ROW[1:]),
        (None, *PARKED_ROW[1:]),
        ("", *PARKED_ROW[1:]),
    ]
    taken = take(database(tmp_path / "cases.db", rows), "案件 表")
    assert taken.refused == {
        2: "broken characters",
        3: "case_id missing",
        4: "case_id missing",
    }


def test_a_source_is_only_read(tmp_path: Path) -> None:
    path = database(tmp_path / "cases.db", [PARKED_ROW])
    path.chmod(0o444)
    before = path.read_bytes()
    take(path, "案件 表")
    with pytest.raises(InputError, match="cannot be read"):
        take(path, 'delete from "案件 表"')
    assert path.read_bytes() == before
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["cases.db", "risk.db.cases"]


@pytest.mark.parametrize(
    ("selection", "words"),
    [
        ("", "which table"),
        ("cases", "no such table: cases"),
        ("select nothing from", "cannot be read"),
        ("select 1; drop table x", "cannot be read"),
    ],
)
def test_a_table_that_is_not_there_and_a_broken_query_are_refused(
    tmp_path: Path, selection: str, words: str
) -> None:
    path = database(tmp_path / "cases.db", [PARKED_ROW])
    with pytest.raises(InputError, match=words):
        take(path, selection)
