"""Days whose years are counted in an era, the same on either engine."""

from __future__ import annotations

import datetime as dt
from typing import Any

import ibis
import pyarrow as pa
import pytest

from risk import columns as c
from risk.intake.duckdb_engine import DuckDBDialect
from risk.intake.frame import Dialect, Frame
from risk.intake.spark_engine import SparkDialect

DAYS = {
    "106/08/04": dt.date(2017, 8, 4),
    "106/8/4": dt.date(2017, 8, 4),
    " 106.08.04 ": dt.date(2017, 8, 4),
    "106-08-04": dt.date(2017, 8, 4),
    "1060804": dt.date(2017, 8, 4),
    "0991231": dt.date(2010, 12, 31),
    "099/12/31": dt.date(2010, 12, 31),
    "99年12月31日": dt.date(2010, 12, 31),
    "民國106年8月4日": dt.date(2017, 8, 4),
    "民国 106 年 8 月 4 日": dt.date(2017, 8, 4),
    "113/02/29": dt.date(2024, 2, 29),
    # What is no day of the era: a day that there is not, a Christian year, a word, nothing.
    "106/02/29": None,
    "106/13/01": None,
    "2017/08/04": None,
    "20170804": None,
    "10608": None,
    "不详": None,
    "": None,
    "/": None,
}


def frame(cells: dict[str, list[str]], dialect: Dialect) -> Frame:
    texts = {f"c{place}": column for place, column in enumerate(cells.values())}
    table = ibis.memtable(pa.table(texts))
    positions = {heading: place for place, heading in enumerate(cells)}
    return Frame("cells", table, positions, dialect, "s" * 64)


def built(column: Any, over: Frame) -> Any:
    return over.steps.select(over.table, {"value": column.build(over)}, lambda rows: rows)


def test_a_day_of_the_republic_is_read_in_every_way_it_is_written() -> None:
    rows = built(c.date("日期", era="民国"), frame({"日期": list(DAYS)}, DuckDBDialect()))
    found = ibis.duckdb.connect().to_pyarrow(rows)["value"].to_pylist()
    assert dict(zip(DAYS, found, strict=True)) == DAYS


def test_spark_is_asked_with_the_same_patterns() -> None:
    over = frame({"日期": list(DAYS)}, SparkDialect())
    sql = str(ibis.to_sql(built(c.date("日期", era="民国"), over), dialect="pyspark"))
    assert "民[国國]" in sql and "1911" in sql and "TRY_TO_TIMESTAMP" in sql.upper()


def test_a_cell_that_is_no_day_of_the_era_is_unreadable_and_not_empty() -> None:
    column = c.date("日期", era="民国")
    assert column.raw is not None
    over = frame({"日期": ["不详"]}, DuckDBDialect())
    rows = over.steps.select(over.table, {"raw": column.raw(over)}, lambda rows: rows)
    assert ibis.duckdb.connect().to_pyarrow(rows)["raw"].to_pylist() == ["不详"]


def test_formats_and_an_era_are_not_given_together() -> None:
    with pytest.raises(ValueError, match="not both"):
        c.date("日期", "%Y/%m/%d", era="民国")
