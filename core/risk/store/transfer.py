"""Carrying a department's rows from one open database to another."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from risk.errors import StoreError

from .offers import Age, Offer
from .opening import read_only_address

if TYPE_CHECKING:
    from sqlite_utils import Database

_POINTS: Final = "risk_point IN (SELECT id FROM risk_points WHERE department = ?)"
_TYPES: Final = "violation IN (SELECT id FROM violation_types WHERE department = ?)"

# Parents before their children: read downwards to copy, upwards to delete. The subqueries name
# no database, and so find the parents where the children are going.
_RESULT: Final = {
    "departments": "id = ?",
    "plugins": "department = ?",
    "laws": "department = ?",
    "violation_types": "department = ?",
    "legal_references": _TYPES,
    "violation_topics": _TYPES,
    "risk_points": "department = ?",
    "grade_grounds": _POINTS,
    "point_laws": _POINTS,
    "causes": _POINTS,
    "measures": _POINTS,
    "evidence_monthly": _POINTS,
    "evidence_hourly": _POINTS,
    "evidence_cases": _POINTS,
    "signals": _POINTS,
    "signals_monthly": _POINTS,
    "signals_by_violation": _TYPES,
    "signals_by_violation_monthly": _TYPES,
    "rankings": "department = ?",
    "ranking_entries": "ranking IN (SELECT id FROM rankings WHERE department = ?)",
    "rejects": "department = ?",
    "exclusions": "department = ?",
    "duplicates": "department = ?",
}


def stored_result(conn: sqlite3.Connection, department: str, schema: str = "main") -> Age | None:
    """The age of the department's result in an open database; None where there is none."""
    cursor = conn.cursor()
    cursor.row_factory = None
    found = cursor.execute(
        f"""SELECT NOT EXISTS (SELECT 1 FROM {schema}.sources WHERE run = r.id AND sample = 1),
        r.finished_at, r.id FROM {schema}.departments d
        JOIN {schema}.runs r ON r.id = d.run WHERE d.id = ?""",
        [department],
    ).fetchone()
    return found and Age(bool(found[0]), *found[1:])


def gather(file: Path, offers: Iterable[Offer]) -> None:
    """Lay the results on offer together in a new SQLite file.

    A detour, because one transaction can attach no more than ten databases. Raises StoreError
    where a source has been written since the offer was made.
    """
    conn = sqlite3.connect(file, uri=True, isolation_level=None)
    conn.execute("PRAGMA journal_mode = OFF")
    conn.execute("PRAGMA synchronous = OFF")
    try:
        for offer in offers:
            conn.execute("ATTACH ? AS source", [read_only_address(offer.source)])
            conn.execute("BEGIN")
            if stored_result(conn, offer.department, "source") != offer.age:
                raise StoreError(
                    f"{offer.source}: a run is being written into it just now.",
                    "Nothing was merged; try again when it has finished.",
                )
            for table, where in _RESULT.items():
                _append(conn, table, where, offer.department)
            conn.execute("COMMIT")
            conn.execute("DETACH source")
    finally:
        conn.close()


def _append(conn: sqlite3.Connection, table: str, where: str, department: str) -> None:
    conn.execute(f"CREATE TABLE IF NOT EXISTS main.{table} AS SELECT * FROM source.{table} LIMIT 0")
    names = _columns(conn, f"source.{table}")
    found = f"SELECT {names} FROM source.{table} WHERE {where}"
    conn.execute(f"INSERT INTO main.{table} ({names}) {found}", [department])


def take(db: Database, department: str) -> None:
    """Put the department's result in the attached `gathered` in the place of the one in `db`.

    The result then rests on a case store elsewhere, so the department has no partitions here.
    """
    db.execute("DELETE FROM partitions WHERE department = ?", [department])
    for table, where in reversed(_RESULT.items()):
        db.execute(f"DELETE FROM main.{table} WHERE {where}", [department])
    for table, where in _RESULT.items():
        names = _columns(db.conn, f"main.{table}")
        found = f"SELECT {names} FROM gathered.{table} WHERE {where}"
        db.execute(f"INSERT INTO main.{table} ({names}) {found}", [department])
    db.execute("UPDATE departments SET merged = 1 WHERE id = ?", [department])


def _columns(conn: sqlite3.Connection, table: str) -> str:
    described = conn.execute(f"SELECT * FROM {table} LIMIT 0").description
    return ", ".join(f'"{column[0]}"' for column in described)


def new_runs(conn: sqlite3.Connection, source: sqlite3.Connection) -> list[str]:
    """The runs that `source` has logged and the database of `conn` has not."""
    known, found = (
        [id for (id,) in _tuples(each, "SELECT id FROM runs ORDER BY id")]
        for each in (conn, source)
    )
    return [id for id in found if id not in set(known)]


def copy_log(db: Database, source: sqlite3.Connection) -> int:
    """Add the runs of `source` that `db` has not logged, and what they read; gives how many."""
    new = new_runs(db.conn, source)
    for run in new:
        _copy(db, source, "runs", "id = ?", [run])
        _copy(db, source, "sources", "run = ?", [run])
    return len(new)


def _tuples(conn: sqlite3.Connection, sql: str) -> sqlite3.Cursor:
    cursor = conn.cursor()
    cursor.row_factory = None
    return cursor.execute(sql)


def _copy(
    db: Database, source: sqlite3.Connection, table: str, where: str, values: list[str]
) -> None:
    cursor = source.cursor()
    cursor.row_factory = None
    cursor.execute(f"SELECT * FROM {table} WHERE {where}", values)
    names = ", ".join(f'"{column[0]}"' for column in cursor.description)
    places = ", ".join("?" * len(cursor.description))
    db.conn.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", cursor)
