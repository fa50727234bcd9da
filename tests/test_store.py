from __future__ import annotations

import dataclasses
import datetime as dt
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pytest
from sqlite_utils import Database

from risk.errors import StoreError, UsageError
from risk.model.case import COLUMN_NAMES
from risk.model.department import Department
from risk.model.law import Fine, Law, LegalReference
from risk.model.measure import Cause, Measure
from risk.model.point import Figures, Frequency, Grade, Ground, PointLaw, RiskPoint, Scope
from risk.model.ranking import Ranking
from risk.model.result import Concern, RankingEntry, Remark, RunResult, SourceAccount
from risk.model.violation import Exemption, ViolationType
from risk.store import dictionary, read, schema, views
from risk.store.membership import partitions
from risk.store.migrations import KERNEL
from risk.store.overrides import GradeChange, override, withdraw
from risk.store.staging import BULK_ROWS
from risk.store.write import RunReceipt, write_run

START = dt.datetime(2026, 11, 1, 8, 0, tzinfo=dt.UTC)
LOG = {"runs", "sources"}
CAUSES = (
    Cause(id="bays", side="机关", text="停车泊位规划不足"),
    Cause(id="luck", side="相对人", text="侥幸心理"),
)

LAWS = (
    Law(
        key="DLJTAQF_2021",
        title="道路交通安全法",
        version_date=dt.date(2021, 4, 29),
        in_force_from=dt.date(2021, 4, 29),
        dates_verified=True,
    ),
    Law(
        key="TCGL_2012",
        title="停车场管理条例",
        version_date=dt.date(2012, 1, 1),
        in_force_from=dt.date(2012, 1, 1),
        in_force_to=dt.date(2025, 12, 31),
    ),
)


def make_violation(department: str = "traffic", name: str = "illegal_parking") -> ViolationType:
    return ViolationType(
        id=f"{department}.{name}",
        name="机动车违法停车",
        name_en="Illegal parking",
        agency="交警支队",
        subject="both",
        procedure="summary",
        hearing_possible=False,
        order_first=True,
        shared_topics=("占道",),
        exemption=Exemption(
            listed="commonly",
            condition="口头警告后立即驶离",
            source="试行清单",
            first_within_months=24,
            if_corrected=True,
        ),
        causes=CAUSES,
        legal_references=(
            LegalReference(
                role="punishes",
                law_key="DLJTAQF_2021",
                law="道路交通安全法",
                article="93",
                in_force_from=dt.date(2021, 4, 29),
                fine=Fine(min=20, max=200),
                verified="text",
            ),
            LegalReference(
                role="forbids",
                law_key="TCGL_2012",
                law="停车场管理条例",
                article="35",
                in_force_from=dt.date(2012, 1, 1),
                in_force_to=dt.date(2025, 12, 31),
                verified="unverified",
            ),
        ),
    )


def make_point(
    violation: ViolationType, place: str | None = None, cases: int = 40, grade: Grade = "高"
) -> RiskPoint:
    scope = Scope(kind="place", district="金水区", place=place) if place else Scope()
    recent = Frequency(
        since=dt.date(2025, 11, 1),
        until=dt.date(2026, 10, 31),
        data_since=dt.date(2025, 1, 1),
        cases=cases,
        ratio=1.5,
    )
    return RiskPoint(
        id=scope.point_id(violation.id),
        violation=violation,
        scope=scope,
        figures=Figures(
            cases=cases,
            first=dt.date(2025, 11, 3),
            last=dt.date(2026, 10, 30),
            summary=cases,
            frequency=recent,
        ),
        title=f"{scope.label}{violation.name}",
        grade=grade,
        grounds=(
            Ground(
                clause="一(一)多发",
                grade=grade,
                statement=f"近十二个月{cases}件,位列前十",
                figures={"cases": cases, "rank": 1},
                policy_source="郑法政办〔2019〕6号附件1",
                policy_verified=True,
            ),
            Ground(
                clause="一(二)简易程序",
                grade="低",
                statement="全部适用简易程序",
                figures={"summary": cases},
                policy_source="测试口径",
                policy_verified=False,
            ),
        ),
        notes=("地点由路段归并而来",),
        laws=(
            PointLaw(
                law_key="DLJTAQF_2021",
                law="道路交通安全法",
                article="93",
                cases=cases,
                undated=3,
                reason="行为时有效",
            ),
        ),
        causes=CAUSES,
        measures=(
            Measure(
                kind="疏导",
                text="设置夜间限时停车泊位",
                cause="停车泊位规划不足",
                responsible_unit="交警支队",
                template="parking.night",
            ),
        ),
        responsible_unit="交警支队",
    )


def make_account(key: str = "p1", position: int = 1, rejected: int = 2, **more: Any) -> Any:
    account = {
        "name": f"{key}.csv",
        "sha256": key * 32,
        "adapter": "tickets",
        "key": key,
        "position": position,
        "rows": 100 + rejected + 3 + 1,
        "cases": 100,
        "rejected": rejected,
        "excluded": 3,
        "duplicates": 1,
        "encoding": "gb18030",
        "unreadable": {"lat": 4},
    }
    return SourceAccount(**{**account, **more})


def make_rows(key: str, reason: str, count: int) -> pa.Table:
    return pa.table(
        {
            "key": [key] * count,
            "source": [f"{key}.csv"] * count,
            "line": list(range(2, count + 2)),
            "reason": [reason] * count,
            "detail": [f"第{line}行" for line in range(count)],
        }
    )


def make_evidence(points: tuple[RiskPoint, ...]) -> dict[str, pa.Table]:
    ids = [point.id for point in points]
    counts = [point.figures.cases for point in points]
    return {
        "evidence_monthly": pa.table(
            {
                "risk_point": pa.array(ids, pa.string()),
                "month": ["2026-10"] * len(ids),
                "cases": pa.array(counts, pa.int64()),
                "fines": pa.array([200.0 * count for count in counts], pa.float64()),
            }
        ),
        "evidence_hourly": pa.table(
            {
                "risk_point": pa.array(ids, pa.string()),
                "weekday": pa.array([1] * len(ids), pa.int32()),
                "hour": pa.array([21] * len(ids), pa.int32()),
                "cases": pa.array(counts, pa.int64()),
            }
        ),
        "evidence_cases": pa.table(
            {
                "risk_point": pa.array(ids, pa.string()),
                "case_id": [f"案{number}" for number, _ in enumerate(ids)],
                "occurred_at": pa.array(
                    [dt.datetime(2026, 10, 30, 21, 5)] * len(ids), pa.timestamp("us")
                ),
                "decided_on": pa.array([dt.date(2026, 10, 30)] * len(ids), pa.date32()),
                "corrected": pa.array([None] * len(ids), pa.bool_()),
                "fine_fen": pa.array([20000] * len(ids), pa.int64()),
                "source": ["p1.csv"] * len(ids),
                "line": pa.array(range(2, len(ids) + 2), pa.int64()),
            }
        ),
    }


def make_concern(about: str, recent: int = 5, months: int = 2) -> Concern:
    return Concern(
        about=about,
        signals=recent + 1,
        recent=recent,
        first=dt.date(2024, 5, 6),
        last=dt.date(2026, 10, 29),
        since=dt.date(2025, 11, 1),
        until=dt.date(2026, 10, 31),
        monthly=(
            ("2024-05", 1),
            *((f"2026-{10 - n:02}", recent) for n in range(1, months)),
        ),
    )


def make_result(
    department: str = "traffic",
    places: tuple[str, ...] = ("花园路", "文化路"),
    cases: int = 40,
    at: dt.datetime = START,
    grade: Grade = "高",
    **more: Any,
) -> RunResult:
    violation = make_violation(department)
    points = tuple(make_point(violation, place, cases, grade) for place in (None, *places))
    accounts = more.pop("accounts", (make_account(),))
    parts: dict[str, Any] = {
        "department": Department(
            id=department, name=f"{department}局", name_en=department, unit="交警支队"
        ),
        "plugin_version": "0.1.0",
        "distribution": f"risk-{department}",
        "policy": "zhengzhou-2019",
        "engine": "duckdb",
        "started_at": at,
        "finished_at": at + dt.timedelta(minutes=1),
        "since": None,
        "until": None,
        "sources": accounts,
        "partitions": accounts,
        "fresh": frozenset(account.key for account in accounts),
        "superseded": 0,
        "laws": LAWS,
        "violation_types": (violation,),
        "points": points,
        "rankings": (
            Ranking(id="ten_roads", title="十大贴条路段", violations=(violation.id,), length=10),
        ),
        "ranking_entries": tuple(
            RankingEntry("ten_roads", rank, "金水区", point.scope.place or "", cases, point.id)
            for rank, point in enumerate(points[1:], 1)
        ),
        "rejects": make_rows("p1", "no date", 2),
        "exclusions": make_rows("p1", "withdrawn", 3),
        "duplicates": make_rows("p1", "same case", 1),
        **make_evidence(points),
        "concern_of_types": (make_concern(violation.id),),
        "concern_of_points": tuple(make_concern(point.id) for point in points[:2]),
    }
    return RunResult(**{**parts, **more})


def dump(path: Path, without: set[str] | frozenset[str] = frozenset()) -> dict[str, list[str]]:
    conn = sqlite3.connect(path)
    tables = [row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    content = {
        table: sorted(map(repr, conn.execute(f"SELECT * FROM {table}")))
        for table in tables
        if table not in without
    }
    conn.close()
    return content


def one(path: Path, sql: str, *values: object) -> Any:
    conn = sqlite3.connect(path)
    try:
        return conn.execute(sql, values).fetchone()
    finally:
        conn.close()


def environment() -> dict[str, str]:
    here = Path(__file__).resolve().parent
    paths = [str(here), *(path for path in sys.path if path)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "risk.db"


# fmt: off
CONTRACT = {
    "departments": "id name name_en unit",
    "plugins": "name",
    "runs": "id department plugin_version policy engine started_at finished_at rows_read cases "
            "rejected excluded duplicates",
    "sources": "run name sha256 adapter rows",
    "rejects": "run source line reason detail",
    "exclusions": "run source line reason detail",
    "duplicates": "run source line reason detail",
    "laws": "department key title version_date in_force_from in_force_to dates_verified replaced_by "
            "repealed_by",
    "violation_types": "id department name name_en",
    "legal_references": "violation role law article in_force_from in_force_to fine_min fine_max "
                        "verified",
    "risk_points": "id department violation title grade grade_rank district place time_band "
                   "industry behaviour cases period_from period_to responsible_unit status "
                   "version run",
    "grade_grounds": "risk_point clause grade statement figures",
    "violation_topics": "violation topic",
    "point_laws": "risk_point law_key law article cases undated reason",
    "causes": "risk_point side text",
    "measures": "risk_point kind text cause responsible_unit",
    "evidence_monthly": "risk_point month cases fines",
    "evidence_hourly": "risk_point weekday hour cases",
    "evidence_cases": "risk_point case_id",
    "signals": "risk_point signals recent first last",
    "signals_monthly": "risk_point month signals",
    "signals_by_violation": "violation signals recent first last",
}
# fmt: on


def test_every_table_of_the_contract_begins_with_its_columns_in_order(db: Path) -> None:
    write_run(db, make_result())
    for table, columns in CONTRACT.items():
        conn = sqlite3.connect(db)
        found = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
        assert found[: len(columns.split())] == columns.split(), table


def test_every_table_view_and_column_is_described_and_nothing_else(db: Path) -> None:
    write_run(db, make_result())
    conn = sqlite3.connect(db)
    names = conn.execute(
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE '\\_%' "
        "ESCAPE '\\'"
    )
    real = {
        name: [row[1] for row in conn.execute(f"PRAGMA table_info({name})")] for (name,) in names
    }
    described = {name: list(meaning.columns) for name, meaning in dictionary.DICTIONARY.items()}
    assert real == described
    assert all(text.strip() for _, _, text in dictionary.entries())
    assert one(db, "SELECT count(*) FROM 数据字典")[0] == len(list(dictionary.entries()))


def test_evidence_of_cases_has_only_the_columns_that_may_be_shown(db: Path) -> None:
    write_run(db, make_result())
    conn = sqlite3.connect(db)
    columns = [row[1] for row in conn.execute("PRAGMA table_info(evidence_cases)")]
    assert columns == ["risk_point", *COLUMN_NAMES, "source", "line"]


def test_a_column_that_has_no_place_is_refused_and_nothing_is_written(db: Path) -> None:
    result = make_result()
    names = pa.array(["张三"] * result.evidence_cases.num_rows)
    leaky = dataclasses.replace(
        result, evidence_cases=result.evidence_cases.append_column("party_name", names)
    )
    with pytest.raises(StoreError, match="party_name"):
        write_run(db, leaky)
    assert not db.exists() or one(db, "SELECT count(*) FROM sqlite_master")[0] == 0


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


def test_a_blank_database_and_yesterdays_end_in_the_same_schema(tmp_path: Path) -> None:
    def shape(path: Path) -> list[tuple[str, str]]:
        conn = sqlite3.connect(path)
        return sorted(conn.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))

    write_run(tmp_path / "blank.db", make_result())
    for number, name in enumerate(schema.MIGRATIONS):
        path = tmp_path / f"old{number}.db"
        old = Database(path)
        KERNEL.apply(old, stop_before=name)
        old.close()
        if number:
            write_run(path, make_result())
            assert shape(path) == shape(tmp_path / "blank.db")
            assert one(path, "PRAGMA user_version")[0] == len(schema.MIGRATIONS)


def test_reading_brings_yesterdays_database_up_to_date(db: Path) -> None:
    old = Database(db)
    KERNEL.apply(old, stop_before="m003_views")
    old.close()
    assert read.points(db) == []
    assert one(db, "SELECT count(*) FROM 风险点清单")[0] == 0


def test_what_was_read_before_there_were_signals_is_taken_for_cases(db: Path) -> None:
    old = Database(db)
    KERNEL.apply(old, stop_before="m004_signals")
    old.execute("INSERT INTO departments (id, name, name_en, unit) VALUES ('traffic', '', '', '')")
    old.execute(
        """INSERT INTO partitions (department, key, position, name, sha256, adapter, rows, cases,
        rejected, excluded, sample, encoding, header_line, duplicates, unreadable)
        VALUES ('traffic', 'p1', 1, 'p1.csv', '', '', 9, 9, 0, 0, 0, '', 1, 0, '{}')"""
    )
    old.conn.commit()
    old.close()
    (known,) = partitions(db, "traffic")
    assert (known.kind, known.cases, known.signals, known.adds_up) == ("cases", 9, 0, True)


def test_fines_that_were_stored_in_figures_alone_are_worded(db: Path) -> None:
    write_run(db, make_result())
    old = Database(db)
    (worded,) = {row["fine"] for row in old.query("SELECT fine FROM legal_references")} - {""}
    for view in old.view_names():
        old.execute(f"DROP VIEW [{view}]")
    for column in ("fine", "fine_order_first"):
        old.execute(f"ALTER TABLE legal_references DROP COLUMN {column}")
    old.execute("DELETE FROM _sqlite_migrations WHERE name = 'm015_fines'")
    old.conn.commit()
    old.close()
    assert read.points(db) != []
    assert {row["罚款"] for row in Database(db).query("SELECT 罚款 FROM 法律依据")} == {worded, ""}


def test_the_list_of_migrations_is_the_one_that_is_run() -> None:
    pending = KERNEL.pending(Database(memory=True))
    assert tuple(migration.name for migration in pending) == schema.MIGRATIONS


@pytest.mark.parametrize(
    "sql",
    [
        "PRAGMA user_version = 99",
        "INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('risk', 'm999_tomorrow')",
    ],
)
def test_a_database_of_a_newer_schema_is_refused_and_not_touched(db: Path, sql: str) -> None:
    write_run(db, make_result())
    newer = sqlite3.connect(db)
    newer.execute(sql)
    newer.commit()
    newer.close()
    before = db.read_bytes()
    for work in (lambda: write_run(db, make_result()), lambda: read.points(db)):
        with pytest.raises(StoreError, match=r"newer version.*pip install --upgrade"):
            work()
    assert db.read_bytes() == before


def test_a_foreign_sqlite_file_is_refused_and_not_touched(db: Path) -> None:
    conn = sqlite3.connect(db)
    conn.execute("CREATE TABLE cookies (name)")
    conn.commit()
    conn.close()
    before = db.read_bytes()
    for work in (lambda: write_run(db, make_result()), lambda: read.points(db)):
        with pytest.raises(StoreError, match="not made by risk"):
            work()
    assert db.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_not_touched(db: Path) -> None:
    db.write_text("序号,违法行为\n1,违停\n" * 100, encoding="utf-8")
    before = db.read_bytes()
    for work in (lambda: write_run(db, make_result()), lambda: read.points(db)):
        with pytest.raises(StoreError, match="not a SQLite database"):
            work()
    assert db.read_bytes() == before


def test_a_missing_database_or_folder_is_named_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no such database.*risk run"):
        read.points(tmp_path / "none.db")
    with pytest.raises(StoreError, match=r"folder .* is not there"):
        write_run(tmp_path / "no" / "risk.db", make_result())
    with pytest.raises(StoreError, match="this is a folder"):
        write_run(tmp_path, make_result())
    (tmp_path / "empty.db").touch()
    with pytest.raises(StoreError, match="still empty"):
        read.points(tmp_path / "empty.db")


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


def test_overrides_of_an_older_schema_are_kept(db: Path) -> None:
    old = Database(db)
    KERNEL.apply(old, stop_before="m014_withdrawals")
    old.execute("INSERT INTO departments (id, name, name_en, unit) VALUES ('traffic', '', '', '')")
    old.execute(
        """INSERT INTO grade_overrides VALUES ('o1', 'traffic.illegal_parking', '中', '理由', '甲',
        '乙', '2026-01-01T00:00:00.000000Z', 'd', NULL, NULL, 'traffic')"""
    )
    old.conn.commit()
    old.close()
    assert read.points(db) == []
    assert one(db, 'SELECT id, grade, "by", lapsed_at FROM grade_overrides') == (
        "o1",
        "中",
        "甲",
        None,
    )


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


def test_two_writers_at_once_both_get_in_one_after_the_other(db: Path) -> None:
    receipts: list[RunReceipt] = []

    def write(department: str) -> None:
        for cases in range(1, 6):
            receipts.append(write_run(db, make_result(department, cases=cases)))

    threads = [threading.Thread(target=write, args=(name,)) for name in ("traffic", "market")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receipts) == 10
    assert one(db, "SELECT count(*) FROM runs") == (10,)
    assert one(db, "SELECT count(*), min(cases), max(cases) FROM risk_points") == (6, 5, 5)


_KILLED = """
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from test_store import make_result, make_account, make_rows, write_run
results = [
    make_result(cases=cases, accounts=(make_account(rejected=rows),),
                rejects=make_rows("p1", f"reason {cases}", rows))
    for cases, rows in ((1, 20_000), (2, 300))
]
print("ready", flush=True)
while True:
    for result in results:
        write_run(Path(sys.argv[1]), result)
    print("round", flush=True)
"""


def test_killed_at_any_moment_the_database_holds_the_old_result_or_the_new(db: Path) -> None:
    write_run(db, make_result(cases=1, places=()))
    dice = random.Random(6)
    seen = set()
    lasts = _seconds_of_a_round(_KILLED, db)
    for _ in range(10):
        _kill(_KILLED, db, after=dice.uniform(0, 1.5 * lasts))
        seen.add(_state_after_kill(db))
    assert len(seen) > 1, "no kill fell into or after a write"
    assert write_run(db, make_result()).run
    assert [file.name for file in db.parent.iterdir()] == ["risk.db"]


@contextmanager
def _killed(code: str, db: Path) -> Iterator[IO[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(db)], env=environment(), stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    yield process.stdout
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


def _seconds_of_a_round(code: str, db: Path) -> float:
    with _killed(code, db) as said:
        began = time.monotonic()
        said.readline()
        return time.monotonic() - began


def _kill(code: str, db: Path, after: float) -> None:
    with _killed(code, db):
        time.sleep(after)


def _state_after_kill(db: Path) -> tuple[int, int]:
    # Read only, as Datasette does: what a killed run leaves must need no repair.
    conn = sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)
    assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
    ((cases,),) = conn.execute("SELECT DISTINCT cases FROM risk_points").fetchall()
    ((evidence,),) = conn.execute("SELECT DISTINCT cases FROM evidence_monthly").fetchall()
    (rejects,) = conn.execute("SELECT count(*) FROM rejects").fetchone()
    conn.close()
    assert cases == evidence
    assert (cases, rejects) in {(1, 2), (1, 20_000), (2, 300)}
    return cases, rejects


_SWITCHING = """
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from risk.store.opening import writing
print("ready", flush=True)
while True:
    with writing(Path(sys.argv[1])):
        pass
"""


def test_killed_while_it_changes_its_journal_the_database_can_be_read_only(db: Path) -> None:
    write_run(db, make_result(cases=1, places=()))
    dice = random.Random(7)
    for _ in range(12):
        _kill(_SWITCHING, db, after=dice.uniform(0, 0.1))
        assert _state_after_kill(db) == (1, 2)


_FULL = """
import resource, sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from test_store import make_result, make_account, make_rows, write_run
from risk.errors import StoreError
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
rows = int(sys.argv[2])
try:
    write_run(Path(sys.argv[1]), make_result(
        cases=2, accounts=(make_account(rejected=rows),), rejects=make_rows("p1", "x" * 200, rows)))
except StoreError as error:
    print(error)
"""


@pytest.mark.parametrize("rows", [8_000, 50_000])
def test_a_full_disk_is_said_plainly_and_the_old_result_stays(db: Path, rows: int) -> None:
    write_run(db, make_result(cases=1))
    before = dump(db)
    said = subprocess.run(
        [sys.executable, "-c", _FULL, str(db), str(rows)],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Nothing was changed" in said.stdout and "Traceback" not in said.stderr
    assert dump(db) == before
    assert [file.name for file in db.parent.iterdir()] == ["risk.db"]


_READ_ONLY = """
import os, sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
import risk.store.migrations, pyarrow.compute
from test_store import make_result, write_run
from risk.errors import StoreError
from risk.store import read
if os.geteuid() == 0:  # root may write anywhere
    os.setuid(65534)
path = Path(sys.argv[1])
print(len(read.points(path)))
for target in (path, path.with_name("other.db")):
    try:
        write_run(target, make_result(cases=9))
    except StoreError as error:
        print(error)
"""


@pytest.fixture
def locked() -> Any:
    # Not under tmp_path, which another user may not enter.
    folder = Path(tempfile.mkdtemp())
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_a_read_only_folder_can_be_read_but_writing_is_refused(locked: Path, journal: str) -> None:
    db = locked / "risk.db"
    write_run(db, make_result())
    conn = sqlite3.connect(db)
    conn.execute(f"PRAGMA journal_mode = {journal}")
    conn.close()
    before = db.read_bytes()
    db.chmod(0o444)
    locked.chmod(0o555)
    said = subprocess.run(
        [sys.executable, "-c", _READ_ONLY, str(db)],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    first, *refusals = said.stdout.splitlines()
    assert first == "3"
    assert len(refusals) == 2
    assert all("permission" in line and "--db" in line for line in refusals)
    assert db.read_bytes() == before


def test_readers_go_on_reading_while_a_run_is_written(db: Path) -> None:
    write_run(db, make_result(cases=1))
    stop = threading.Event()
    faults: list[Exception] = []

    def look() -> None:
        conn = sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True, timeout=0.5)
        while not stop.is_set():
            try:
                assert len(conn.execute("SELECT DISTINCT cases FROM risk_points").fetchall()) == 1
            except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
                faults.append(error)
        conn.close()

    reader = threading.Thread(target=look)
    reader.start()
    many = BULK_ROWS + 1
    rejects = make_rows("p1", "no date", many)
    for cases in range(2, 6):
        accounts = (make_account(rejected=many),)
        write_run(db, make_result(cases=cases, accounts=accounts, rejects=rejects))
    stop.set()
    reader.join()
    assert faults == []
