"""A result is stored whole, brought up to date, or refused before anything is written."""

from __future__ import annotations

import dataclasses
import datetime as dt
import sqlite3
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from risk.errors import StoreError
from risk.model.result import Remark
from risk.store import read
from risk.store.membership import partitions
from risk.store.staging import BULK_ROWS
from risk.store.write import write_run

from .store_cases import (
    START,
    make_account,
    make_concern,
    make_evidence,
    make_point,
    make_result,
    make_rows,
    make_violation,
)
from .stored import LOG, dump, one


def test_a_column_that_has_no_place_is_refused_and_nothing_is_written(db: Path) -> None:
    result = make_result()
    names = pa.array(["张三"] * result.evidence_cases.num_rows)
    leaky = dataclasses.replace(
        result, evidence_cases=result.evidence_cases.append_column("party_name", names)
    )
    with pytest.raises(StoreError, match="party_name"):
        write_run(db, leaky)
    assert not db.exists() or one(db, "SELECT count(*) FROM sqlite_master")[0] == 0


def test_a_run_is_stored_whole_and_its_receipt_says_what_is_new(db: Path) -> None:
    receipt = write_run(db, make_result())
    assert len(receipt.points.new) == 3
    assert receipt.points.changed == receipt.points.unchanged == receipt.points.gone == ()
    counts = one(db, "SELECT rows_read, cases, rejected, excluded, duplicates FROM runs")
    assert counts == (106, 100, 2, 3, 1)
    assert one(db, "SELECT occurred_at, decided_on, corrected FROM evidence_cases") == (
        "2026-10-30 21:05:00",
        "2026-10-30",
        None,
    )
    assert one(db, "SELECT version, status, grade_rank FROM risk_points") == (1, "已定级", 3)
    assert one(db, "SELECT count(*) FROM pragma_foreign_key_check")[0] == 0


def test_the_run_log_keeps_what_a_run_has_to_say(db: Path) -> None:
    said = Remark("b.xlsx: not read", "b.xlsx：未读取", warning=True)
    run = write_run(db, make_result(remarks=(said, Remark("same", "没有变化")))).run
    shown = one(db, "SELECT 提示 FROM 运行记录 WHERE 运行编号 = ?", run)
    assert shown == ("b.xlsx：未读取\n没有变化",)
    assert read.explain(db, "traffic.illegal_parking")["run"]["remarks"] == [
        "b.xlsx：未读取",
        "没有变化",
    ]


def test_the_same_result_again_changes_nothing_but_the_run_log(db: Path) -> None:
    write_run(db, make_result())
    before = dump(db, without=LOG)
    again = write_run(db, make_result(at=START + dt.timedelta(days=1)))
    assert dump(db, without=LOG) == before
    assert len(again.points.unchanged) == 3 and not again.points.any
    assert one(db, "SELECT count(*) FROM runs")[0] == 2


def test_the_last_digits_of_a_float_are_no_new_evidence(db: Path) -> None:
    write_run(db, make_result())
    result = make_result()
    (point, *rest) = result.points
    shaken = point.figures.frequency.model_copy(update={"ratio": 1.5000000000000002})
    figures = point.figures.model_copy(update={"frequency": shaken})
    again = write_run(
        db,
        dataclasses.replace(result, points=(point.model_copy(update={"figures": figures}), *rest)),
    )
    assert not again.points.any


def test_a_changed_point_gets_the_next_version_and_the_new_run(db: Path) -> None:
    first = write_run(db, make_result())
    result = make_result()
    changed = result.points[0].model_copy(update={"title": "全市机动车违停"})
    second = write_run(db, dataclasses.replace(result, points=(changed, *result.points[1:])))
    assert second.points.changed == (changed.id,)
    assert one(db, "SELECT version, run FROM risk_points WHERE id = ?", changed.id) == (
        2,
        second.run,
    )
    other = result.points[1].id
    assert one(db, "SELECT version, run FROM risk_points WHERE id = ?", other) == (1, first.run)


def test_changed_evidence_alone_changes_the_point(db: Path) -> None:
    write_run(db, make_result())
    result = make_result()
    fines = pa.array([1.0] * result.evidence_monthly.num_rows)
    column = result.evidence_monthly.schema.get_field_index("fines")
    monthly = result.evidence_monthly.set_column(column, "fines", fines)
    receipt = write_run(db, dataclasses.replace(result, evidence_monthly=monthly))
    assert len(receipt.points.changed) == 3
    assert one(db, "SELECT DISTINCT fines FROM evidence_monthly") == (1.0,)


def test_a_point_that_is_gone_takes_all_that_hung_on_it(db: Path) -> None:
    write_run(db, make_result(places=("花园路", "文化路")))
    receipt = write_run(db, make_result(places=("花园路",)))
    (gone,) = receipt.points.gone
    for table in (
        "grade_grounds",
        "point_laws",
        "causes",
        "measures",
        "evidence_monthly",
        "evidence_cases",
        "signals",
        "signals_monthly",
    ):
        found = one(db, f"SELECT count(*) FROM {table} WHERE risk_point = ?", gone)
        assert found[0] == 0, table
    assert one(db, "SELECT count(*) FROM ranking_entries")[0] == 1


def test_signals_are_brought_up_to_the_result_and_leave_the_points_alone(db: Path) -> None:
    first = write_run(db, make_result())
    result = make_result(concern_of_types=(), concern_of_points=())
    (more,) = (make_concern(result.points[2].id, recent=9),)
    second = write_run(db, dataclasses.replace(result, concern_of_points=(more,)))
    assert not second.points.any
    assert one(db, "SELECT count(*), min(run) FROM risk_points") == (3, first.run)
    assert one(db, "SELECT * FROM signals") == (more.about, 10, 9, "2024-05-06", "2026-10-29")
    assert one(db, "SELECT count(*) FROM signals_by_violation") == (0,)
    assert one(db, "SELECT count(*), sum(signals) FROM signals_monthly") == (2, 10)
    assert one(db, "SELECT run FROM departments") == (second.run,)


def test_a_signal_source_comes_back_as_one_and_is_no_case(db: Path) -> None:
    account = make_account("p2", 2, kind="signals", cases=0, signals=100)
    write_run(db, make_result(accounts=(make_account(), account)))
    assert partitions(db, "traffic") == (make_account(), account)
    assert one(db, "SELECT cases, signals FROM runs") == (100, 100)
    assert one(db, "SELECT 案件数, 诉求数 FROM 运行记录") == (100, 100)
    with pytest.raises(StoreError, match=r"p3\.csv: 106 rows were read, but 0 signals"):
        write_run(db, make_result(accounts=(make_account("p3", 3, kind="signals"),)))


def test_another_departments_rows_are_never_touched(db: Path) -> None:
    def of_market() -> list[str]:
        return [row for rows in dump(db).values() for row in rows if "market" in row]

    write_run(db, make_result("market"))
    before = of_market()
    write_run(db, make_result("traffic", places=("花园路",)))
    write_run(db, make_result("traffic", places=()))
    assert of_market() == before


def test_rows_of_a_fresh_partition_replace_the_old_and_of_a_dropped_one_go(db: Path) -> None:
    two = (make_account("p1", 1), make_account("p2", 2))
    rejects = pa.concat_tables([make_rows("p1", "no date", 2), make_rows("p2", "no date", 2)])
    first = write_run(db, make_result(accounts=two, rejects=rejects))
    second = write_run(
        db,
        make_result(
            accounts=two, fresh=frozenset({"p2"}), rejects=make_rows("p2", "unclassified", 2)
        ),
    )
    conn = sqlite3.connect(db)
    found = conn.execute("SELECT DISTINCT partition, reason, run FROM rejects ORDER BY 1")
    assert found.fetchall() == [
        ("p1", "no date", first.run),
        ("p2", "unclassified", second.run),
    ]
    conn.close()
    write_run(db, make_result(accounts=(two[0],), fresh=frozenset(), rejects=rejects.slice(0, 0)))
    assert one(db, "SELECT count(*), min(partition) FROM rejects") == (2, "p1")
    assert [account.key for account in partitions(db, "traffic")] == ["p1"]


def test_partitions_come_back_as_they_were_given(db: Path) -> None:
    accounts = (make_account("p1", 1, sample=True), make_account("p2", 2))
    assert partitions(db, "traffic") == ()
    write_run(db, make_result(accounts=accounts))
    assert partitions(db, "traffic") == accounts
    assert partitions(db, "market") == ()
    assert one(db, "SELECT 状态 FROM 风险点清单") == ("已定级（示例数据）",)


def test_accounts_that_do_not_add_up_are_refused_before_anything_is_written(db: Path) -> None:
    with pytest.raises(StoreError, match=r"p1\.csv: 999 rows"):
        write_run(db, make_result(accounts=(make_account(rows=999),)))
    assert not db.exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"rejects": make_rows("elsewhere", "no date", 1)}, "elsewhere"),
        ({"fresh": frozenset({"p9"})}, "p9"),
        ({"violation_types": (make_violation("market"),)}, "does not belong to traffic"),
        ({"violation_types": ()}, "contradicts itself"),
        ({"evidence_monthly": make_evidence((make_point(make_violation(), "嵩山路"),))
          ["evidence_monthly"]}, "no point of the result"),
    ],
)  # fmt: skip
def test_a_result_that_contradicts_itself_is_refused(
    db: Path, more: dict[str, Any], said: str
) -> None:
    write_run(db, make_result())
    before = dump(db)
    with pytest.raises(StoreError, match=said):
        write_run(db, make_result(cases=7, **more))
    assert dump(db) == before


def test_rejects_too_many_for_row_inserts_go_in_and_stay_when_they_come_again(db: Path) -> None:
    many = 3 * BULK_ROWS
    result = make_result(
        accounts=(make_account(rejected=many),), rejects=make_rows("p1", "no date", many)
    )
    write_run(db, result)
    assert one(db, "SELECT count(*), max(line), max(detail) FROM rejects") == (
        many,
        many + 1,
        "第9行",
    )
    first = one(db, "SELECT DISTINCT run FROM rejects")
    write_run(db, result)
    assert one(db, "SELECT DISTINCT run FROM rejects") == first
    assert [file.name for file in db.parent.iterdir()] == ["risk.db"]


def test_staging_files_of_killed_runs_are_removed_at_the_next_write(db: Path) -> None:
    stale = db.with_name(f"{db.name}.staging-0badcafe")
    stale.write_bytes(b"half a file")
    write_run(db, make_result())
    assert not stale.exists()
