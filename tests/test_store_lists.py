"""The Chinese views that officials read."""

from __future__ import annotations

import dataclasses
import datetime as dt
import sqlite3
from pathlib import Path

from sqlite_utils import Database

from risk.store import views
from risk.store.write import write_run

from .store_cases import START, make_concern, make_result, make_violation
from .stored import one


def test_the_list_for_officials_has_at_most_thirteen_columns_and_the_gravest_first(
    db: Path,
) -> None:
    write_run(db, make_result("market", (), 500, grade="低"))
    write_run(db, make_result("traffic", ("花园路",), 40))
    conn = sqlite3.connect(db)
    cursor = conn.execute("SELECT * FROM 风险点清单")
    assert len(cursor.description) <= 13
    assert [row[0] for row in cursor] == ["高", "高", "低"]


def test_the_list_for_officials_marks_a_ground_that_rests_on_an_unverified_threshold(
    db: Path,
) -> None:
    write_run(db, make_result())
    listed = "SELECT DISTINCT 定级理由 FROM 风险点清单"
    assert one(db, listed)[0] == "近十二个月40件,位列前十。"
    with sqlite3.connect(db) as conn:
        conn.execute("UPDATE grade_grounds SET grade = '高', statement = statement || '。'")
    conn.close()
    assert one(db, listed)[0] == "近十二个月40件,位列前十；全部适用简易程序【未核实】。"


def test_every_view_can_be_read_and_marks_what_is_unverified(db: Path) -> None:
    write_run(db, make_result())
    punishes, forbids = Database(db).query("SELECT * FROM 法律依据")
    write_run(db, make_result("market", at=START - dt.timedelta(days=1)))
    for view in views.VIEWS:
        assert one(db, f"SELECT count(*) FROM {view}")[0] > 0, view
    assert "停车场管理条例" in forbids["条文"]
    assert (forbids["核实"], forbids["失效日期"]) == ("未核实", "2025-12-31")
    assert (punishes["核实"], punishes["罚款上限"]) == ("已核实（对照原文）", 200)
    assert one(db, "SELECT 完成时间 FROM 运行记录")[0] == "2026-11-01 16:01"


def test_the_list_for_officials_shows_the_signals_of_twelve_months(db: Path) -> None:
    write_run(db, make_result())
    shown = dict(sqlite3.connect(db).execute("SELECT 地点, 社会关注度 FROM 风险点清单"))
    assert shown == {None: 5, "花园路": 5, "文化路": None}


def test_types_are_listed_by_public_concern_those_without_cases_too(db: Path) -> None:
    unknown = make_violation(name="noise")
    result = make_result()
    types = (*result.violation_types, unknown)
    concerns = (make_concern(types[0].id, 5), make_concern(unknown.id, 50))
    write_run(db, dataclasses.replace(result, violation_types=types, concern_of_types=concerns))
    listed = sqlite3.connect(db).execute(
        "SELECT 编号, 社会关注度, 风险等级, 近十二个月案件数 FROM 社会关注度"
    )
    assert listed.fetchall() == [(unknown.id, 50, None, None), (types[0].id, 5, "高", 40)]
