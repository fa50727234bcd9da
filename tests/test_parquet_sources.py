"""Parquet files as other programs write them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from risk.errors import InputError

from .table_cases import CROSSED, DAY, HEADINGS, MORNING, PARKED, said, take

ROWS = pa.table(
    dict(
        zip(
            HEADINGS,
            (
                ["20250001", "20250002"],
                ["违法停车", "闯红灯"],
                ["2025-03-04 08:15:30"] * 2,
                ["2025-03-05"] * 2,
                ["200"] * 2,
                ["花园路", None],
            ),
            strict=True,
        )
    )
)


def written(folder: Path, **changed: pa.Array) -> Path:
    """The rows with some columns in other types."""
    rows = ROWS
    for heading, column in changed.items():
        rows = rows.set_column(HEADINGS.index(heading), heading, column)
    pq.write_table(rows, folder / "cases.parquet")
    return folder / "cases.parquet"


UTC = [MORNING - dt.timedelta(hours=8)] * 2


DAYS_AND_TIMES = [dt.datetime(2025, 3, 5, 23, 59)] * 2
FORMS = {
    "案号": (
        pa.array([20250001, 20250002]),
        pa.array([20250001.0, 20250002.0]),
        pa.array([20250001, 20250002], pa.decimal128(20, 0)),
        pa.array(["20250001", "20250002"]).dictionary_encode(),
        pa.array([" 20250001 ", "20250002\t"]),
    ),
    "违法行为": (
        pa.array([text.encode() for text in ("违法停车", "闯红灯")], pa.binary()),
        pa.array(["违法停车", "闯红灯"], pa.large_string()),
    ),
    "违法时间": (
        pa.array([MORNING] * 2, pa.timestamp("ms")),
        pa.array([MORNING] * 2, pa.timestamp("ns")),
        pa.array(UTC, pa.timestamp("us", "UTC")),
        pa.array(UTC, pa.timestamp("us", "Asia/Shanghai")),
    ),
    "处罚日期": (pa.array([DAY] * 2), pa.array(DAYS_AND_TIMES, pa.timestamp("us"))),
    "罚款金额": (
        pa.array([200, 200], pa.int32()),
        pa.array([200.0, 200.0]),
        pa.array([200, 200], pa.decimal128(12, 2)),
    ),
}


@pytest.mark.parametrize("turn", range(max(map(len, FORMS.values()))))
def test_columns_may_have_any_type(tmp_path: Path, turn: int) -> None:
    taken = take(
        written(tmp_path, **{heading: forms[turn % len(forms)] for heading, forms in FORMS.items()})
    )
    assert said(taken) == [PARKED, CROSSED]
    assert taken.account.unreadable == {}


def test_codes_beside_gaps_are_whole_numbers_and_gaps_are_empty(tmp_path: Path) -> None:
    taken = take(written(tmp_path, 违法行为=pa.array([4.0, None])))
    assert said(taken) == [PARKED]
    assert taken.refused == {2: "violation missing"}


def test_rows_are_numbered_from_one_in_the_order_of_the_file(tmp_path: Path) -> None:
    numbers = pa.array([f"N{number}" for number in range(60_000)])
    rows = pa.table(
        {HEADINGS[0]: numbers} | {h: pa.repeat(ROWS[h][0], 60_000) for h in HEADINGS[1:]}
    )
    pq.write_table(rows, tmp_path / "big.parquet", row_group_size=10_000)
    taken = take(tmp_path / "big.parquet")
    assert [taken.lines[f"N{number}"] for number in (0, 9_999, 10_000, 59_999)] == [
        1,
        10_000,
        10_001,
        60_000,
    ]


def test_a_column_that_is_missing_is_named(tmp_path: Path) -> None:
    pq.write_table(ROWS.drop_columns(["处罚日期"]), tmp_path / "cases.parquet")
    with pytest.raises(InputError, match="table misses 处罚日期"):
        take(tmp_path / "cases.parquet")


def test_a_file_without_rows_is_refused(tmp_path: Path) -> None:
    pq.write_table(ROWS.slice(0, 0), tmp_path / "cases.parquet")
    with pytest.raises(InputError, match="headings but no rows"):
        take(tmp_path / "cases.parquet")
