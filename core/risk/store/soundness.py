"""Whether a database that is to be merged agrees with itself."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path
from typing import Final

from risk.errors import StoreError

from .dictionary import TABLES
from .faults import plain_faults
from .rows import moment

_FAULTS: Final = {
    "a department has no run": """SELECT id FROM departments
        WHERE run IS NULL OR run NOT IN (SELECT id FROM runs)""",
    "a risk point has no department, run or violation type": """SELECT id FROM risk_points
        WHERE department NOT IN (SELECT id FROM departments) OR run NOT IN (SELECT id FROM runs)
        OR violation NOT IN (SELECT id FROM violation_types)""",
    "a risk point has no grade that there is": """SELECT id FROM risk_points
        WHERE grade NOT IN ('高', '中', '低') OR computed_grade NOT IN ('高', '中', '低')""",
    "a risk point has no ground": """SELECT id FROM risk_points
        WHERE id NOT IN (SELECT risk_point FROM grade_grounds)""",
}


def refuse_unsound(path: Path, conn: sqlite3.Connection) -> None:
    """Raise StoreError, naming the file, where its tables are not there or contradict each other."""
    with plain_faults(path):
        if said := _unsound(conn):
            raise StoreError(
                f"{path}: the file contradicts itself ({said}); nothing was merged.",
                "Leave it out, or ask the department to make it anew and send it again.",
            )


def _unsound(conn: sqlite3.Connection) -> str:
    there = {row["name"] for row in conn.execute("SELECT name FROM sqlite_master")}
    if missing := sorted(TABLES.keys() - there):
        return f"the table {missing[0]} is missing"
    for fault, query in _FAULTS.items():
        for row in conn.execute(f"{query} LIMIT 1"):
            return f"{fault}: {row['id']}"
    latest = moment(dt.datetime.now(dt.UTC) + dt.timedelta(days=1))
    for row in conn.execute("SELECT id, finished_at FROM runs ORDER BY id"):
        if not _is_moment(str(row["finished_at"])) or row["finished_at"] > latest:
            return f"a run ended at no moment before tomorrow: {row['id']}"
    for row in conn.execute("PRAGMA foreign_key_check"):
        return f"a row of {row['table']} refers to a row of {row['parent']} that is not there"
    return ""


def _is_moment(text: str) -> bool:
    """Whether a text is a moment as risk writes it: results are ordered by these texts."""
    try:
        return moment(dt.datetime.fromisoformat(text)) == text
    except (ValueError, OverflowError):
        return False
