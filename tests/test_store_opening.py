"""Which files are taken for a database of risk."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from risk.errors import StoreError
from risk.store import read
from risk.store.write import write_run

from .store_cases import make_result


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
