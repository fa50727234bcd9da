"""Grades that people change."""

from __future__ import annotations

import dataclasses
import sqlite3
from pathlib import Path

import pytest

from risk.errors import UsageError
from risk.model.point import Grade
from risk.store import read
from risk.store.overrides import GradeChange, override, withdraw
from risk.store.write import write_run

from .store_cases import make_result
from .stored import LOG, dump, one


def _override(db: Path, grade: Grade = "中") -> None:
    override(db, "traffic.illegal_parking", grade, "专项治理后明显下降", "王一", "李二")


def test_an_override_shows_at_once_with_its_reason_and_persons(db: Path) -> None:
    write_run(db, make_result())
    _override(db)
    point = "traffic.illegal_parking"
    assert one(
        db, "SELECT grade, grade_rank, computed_grade FROM risk_points WHERE id = ?", point
    ) == ("中", 2, "高")
    (ground,) = [g for g in read.explain(db, point)["grounds"] if g["clause"] == "人工调整"]
    assert ground["statement"] == "专项治理后明显下降（调整人：王一；复核人：李二）"


def test_an_override_survives_runs_until_the_evidence_changes(db: Path) -> None:
    write_run(db, make_result())
    _override(db)
    before = dump(db, without=LOG)
    assert write_run(db, make_result()).lapsed == ()
    assert dump(db, without=LOG) == before

    result = make_result()
    retitled = result.points[0].model_copy(update={"title": "全市机动车违停"})
    write_run(db, dataclasses.replace(result, points=(retitled, *result.points[1:])))
    assert one(db, "SELECT grade FROM risk_points WHERE id = ?", retitled.id) == ("中",)

    receipt = write_run(db, make_result(cases=41))
    assert receipt.lapsed == (retitled.id,)
    assert one(db, "SELECT grade FROM risk_points WHERE id = ?", retitled.id) == ("高",)
    assert one(db, "SELECT lapse_reason FROM grade_overrides") == ("依据的数字已变化",)
    assert one(db, "SELECT count(*) FROM grade_grounds WHERE clause = '人工调整'") == (0,)
    assert write_run(db, make_result()).lapsed == ()
    assert one(db, "SELECT grade FROM risk_points WHERE id = ?", retitled.id) == ("高",)


def _withdraw(db: Path) -> GradeChange:
    return withdraw(db, "traffic.illegal_parking", "整治后反弹", "张三", "李二")


def test_a_second_override_takes_the_place_of_the_first_and_can_be_withdrawn(db: Path) -> None:
    write_run(db, make_result())
    _override(db, "中")
    _override(db, "低")
    assert one(db, "SELECT count(*) FROM grade_overrides WHERE lapsed_at IS NULL") == (1,)
    change = _withdraw(db)
    assert (change.before, change.after) == ("低", "高")
    with pytest.raises(UsageError, match="no override"):
        _withdraw(db)
    acts = read.explain(db, "traffic.illegal_parking")["overrides"]
    assert [(act["grade"], act["lapse_reason"], act["in_force"]) for act in acts] == [
        ("中", "被新的调整取代", 0),
        ("低", "撤回", 0),
        (None, None, 0),
    ]
    assert (acts[2]["reason"], acts[2]["by"], acts[2]["second"]) == ("整治后反弹", "张三", "李二")


def test_an_override_that_changes_nothing_is_refused(db: Path) -> None:
    write_run(db, make_result())
    with pytest.raises(UsageError, match="高 already"):
        _override(db, "高")
    _override(db, "中")
    with pytest.raises(UsageError, match="中 already"):
        _override(db, "中")
    with pytest.raises(UsageError, match=r"高 by the rules alone.*--withdraw"):
        _override(db, "高")
    assert one(db, "SELECT count(*) FROM grade_overrides") == (1,)


def test_an_override_counts_also_where_the_clock_is_behind(db: Path) -> None:
    write_run(db, make_result())
    _override(db, "中")
    with sqlite3.connect(db) as conn:
        conn.execute("UPDATE grade_overrides SET made_at = '2099-12-31T23:59:59.999999Z'")
    conn.close()
    _override(db, "低")
    assert one(db, "SELECT max(made_at) FROM grade_overrides") == ("2100-01-01T00:00:00.000000Z",)
    assert _withdraw(db).after == "高"


@pytest.mark.parametrize(
    ("reason", "by", "second"),
    [
        ("", "王一", "李二"),
        ("理由", "王一", " 王一 "),
        ("理由", "Wang", "ＷＡＮＧ"),
        ("理由", "", "李二"),
    ],
)
def test_an_override_and_its_withdrawal_need_a_reason_and_two_persons(
    db: Path, reason: str, by: str, second: str
) -> None:
    write_run(db, make_result())
    with pytest.raises(UsageError):
        override(db, "traffic.illegal_parking", "低", reason, by, second)
    assert one(db, "SELECT count(*) FROM grade_overrides") == (0,)
    _override(db)
    with pytest.raises(UsageError):
        withdraw(db, "traffic.illegal_parking", reason, by, second)
    assert one(db, "SELECT count(*) FROM grade_overrides") == (1,)
