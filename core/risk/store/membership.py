"""Which partitions of the case store a department's points rest on: decided here only."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from risk.errors import StoreError
from risk.model.result import SourceAccount

from .opening import need_folder, reading


def partitions(path: Path, department: str) -> tuple[SourceAccount, ...]:
    """The partitions of `department`, oldest first; none where there is no database yet.

    To be asked before a run. Raises StoreError where the department's result was merged from
    another database: its cases are not here, and a run would silently forget them; and where there
    is no database and none can be made.
    """
    need_folder(path)
    if not path.is_file() or not path.stat().st_size:
        return ()
    with reading(path) as conn:
        refuse_merged(conn, path, department)
        found = conn.execute(
            "SELECT * FROM partitions WHERE department = ? ORDER BY position, key", [department]
        )
        return tuple(_account(row) for row in found)


def refuse_merged(conn: sqlite3.Connection, path: Path, department: str) -> None:
    """Raise StoreError where the department's result in the open database came by merging."""
    merged = conn.execute(
        "SELECT 1 FROM departments WHERE id = ? AND merged = 1", [department]
    ).fetchone()
    if merged:
        raise StoreError(
            f"{path}: the result of {department} was merged from another database, and its cases "
            "are not here.",
            "Run it on the database that it came from and merge again, or use another --db.",
        )


def _account(row: dict[str, object]) -> SourceAccount:
    named = {name: row[name] for name in SourceAccount.__slots__ if name in row}
    named["unreadable"] = json.loads(str(row["unreadable"]))
    named["sample"] = bool(row["sample"])
    return SourceAccount(**named)  # type: ignore[arg-type]
