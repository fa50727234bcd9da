"""A cell without a value is no empty text, in the files that tell the one from the other."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from risk import Adapter
from risk import columns as c
from risk.model.kind import CASES

from .analysis_cases import engine
from .intake_cases import SMALL, take_in

ADAPTER = Adapter(
    name="measures",
    title="检验用的强制措施",
    columns={
        **{name: SMALL.columns[name] for name in CASES.required},
        "coercive_measures": c.kinds("措施", {"扣押": "扣押财物"}, empty_means_none=True),
        "corrected": c.yes_no("改正", {"是": True, "否": False}),
    },
)
HEADINGS = ("案号", "违法行为", "处罚日期", "措施", "改正")
ROWS: tuple[tuple[str | bool | None, ...], ...] = (
    ("1", "违法停车", "2025-03-04", "扣押", True),
    ("2", "违法停车", "2025-03-04", "", False),
    ("3", "违法停车", "2025-03-04", "  ", None),
    ("4", "违法停车", "2025-03-04", None, None),
)


def json_lines(folder: Path) -> str:
    path = folder / "cases.jsonl"
    records = [dict(zip(HEADINGS, row, strict=True)) for row in ROWS]
    absent = {key: cell for key, cell in records[3].items() if key != "措施"}
    lines = [*records, {**absent, "案号": "5"}]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return str(path)


def parquet(folder: Path) -> str:
    path = folder / "cases.parquet"
    columns: Sequence[Sequence[str | bool | None]] = list(zip(*ROWS, strict=True))
    pq.write_table(pa.table(dict(zip(HEADINGS, columns, strict=True))), path)
    return str(path)


def sqlite(folder: Path) -> str:
    path = folder / "cases.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"CREATE TABLE t ({', '.join(HEADINGS)})")
        words = {True: "是", False: "否", None: None}
        rows = [(*row[:4], words[row[4]]) for row in ROWS]  # type: ignore[index]
        connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?)", rows)
    return f"{path}::t"


@pytest.mark.parametrize("made", [json_lines, parquet, sqlite])
def test_no_value_is_unknown_an_empty_text_none_and_a_boolean_yes_or_no(
    made: Callable[[Path], str], tmp_path: Path
) -> None:
    taken = take_in(engine(), tmp_path / "risk.db", made(tmp_path), adapters=(ADAPTER,))
    said = {row["case_id"]: row["coercive_measures"] for row in taken.canonical}
    assert [said.pop(number) for number in ("1", "2", "3")] == ["扣押财物", "", ""]
    assert set(said.values()) == {None}
    assert [row["corrected"] for row in taken.canonical][:4] == [True, False, None, None]
    assert taken.account.unreadable == {}
