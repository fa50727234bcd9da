"""The tables, views and columns, what is said of them, and how older databases get them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlite_utils import Database

from risk.model.case import COLUMN_NAMES
from risk.store import dictionary, read, schema
from risk.store.membership import partitions
from risk.store.migrations import KERNEL
from risk.store.write import write_run

from .store_cases import make_result
from .stored import one

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
