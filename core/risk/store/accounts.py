"""The rows that became no case, partition by partition, and the partitions themselves."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from risk.errors import StoreError
from risk.model.result import RunResult

from .rows import partition_row
from .sync import sync

if TYPE_CHECKING:
    from sqlite_utils import Database

ROW_COLUMNS: Final = ("key", "source", "line", "reason", "detail")


def check_accounts(result: RunResult) -> None:
    """Refuse (StoreError) a result in which rows are lost, or that names partitions it lacks."""
    for account in (*result.sources, *result.partitions):
        if not account.adds_up or account.records < 0:
            raise StoreError(
                f"{account.name}: {account.rows} rows were read, but {account.records} "
                f"{account.kind}, "
                f"{account.rejected} rejected, {account.excluded} excluded and "
                f"{account.duplicates} duplicate do not add up to that; nothing was written.",
                "This is a fault of risk; report it.",
            )
    stray = result.fresh - {partition.key for partition in result.partitions}
    if stray:
        raise StoreError(
            f"The result names a partition that it does not rest on: {', '.join(sorted(stray))}.",
            "This is a fault of risk; report it.",
        )


def write_partitions(db: Database, result: RunResult) -> int:
    """Note which partitions of the case store the department's points rest on."""
    department = result.department.id
    rows = (partition_row(partition, department) for partition in result.partitions)
    return sync(db, "partitions", "department = ?", department, ("department", "key"), rows)


def write_account_rows(db: Database, result: RunResult, run: str) -> int:
    """Bring rejects, exclusions and duplicates up to the result; gives how many tables changed.

    Rows of a partition whose content is the same stay as they are, their run included.
    """
    department = result.department.id
    keys = [partition.key for partition in result.partitions]
    _refuse_stray_rows(db, keys)
    fresh = sorted(result.fresh)
    return sum(
        _replace(db, table, department, run, keys, considered)
        for table, considered in (("rejects", fresh), ("exclusions", fresh), ("duplicates", keys))
    )


def _replace(
    db: Database, table: str, department: str, run: str, keys: list[str], considered: list[str]
) -> bool:
    gone = db.execute(
        f"""DELETE FROM {table} WHERE department = ?
        AND partition NOT IN (SELECT value FROM json_each(?))""",
        [department, json.dumps(keys)],
    ).rowcount
    differing = _differing(db, table, department, considered)
    if differing:
        chosen = json.dumps(differing)
        db.execute(
            f"""DELETE FROM {table} WHERE department = ?
            AND partition IN (SELECT value FROM json_each(?))""",
            [department, chosen],
        )
        db.execute(
            f"""INSERT INTO {table} (run, source, line, reason, detail, partition, department)
            SELECT ?, source, line, reason, detail, key, ? FROM staged_{table}
            WHERE key IN (SELECT value FROM json_each(?))""",
            [run, department, chosen],
        )
    return bool(gone or differing)


def _differing(db: Database, table: str, department: str, considered: Collection[str]) -> list[str]:
    staged = dict(db.execute(f"SELECT key, count(*) FROM staged_{table} GROUP BY key").fetchall())
    stored = dict(
        db.execute(
            f"SELECT partition, count(*) FROM {table} WHERE department = ? GROUP BY partition",
            [department],
        ).fetchall()
    )
    return [
        key
        for key in considered
        if staged.get(key) != stored.get(key)
        or (key in staged and not _same_rows(db, table, department, key))
    ]


def _same_rows(db: Database, table: str, department: str, key: str) -> bool:
    # Counted, because a file may hold the same line of nonsense twice.
    grouped = "SELECT source, line, reason, detail, count(*) FROM {} GROUP BY 1, 2, 3, 4"
    staged = grouped.format(f"staged_{table} WHERE key = :key")
    stored = grouped.format(f"{table} WHERE department = :department AND partition = :key")
    found = db.execute(
        f"SELECT 1 FROM (SELECT * FROM ({staged}) EXCEPT SELECT * FROM ({stored})) LIMIT 1",
        {"key": key, "department": department},
    )
    return found.fetchone() is None


def _refuse_stray_rows(db: Database, keys: list[str]) -> None:
    for table in ("rejects", "exclusions", "duplicates"):
        stray = db.execute(
            f"""SELECT key FROM staged_{table}
            WHERE key IS NULL OR key NOT IN (SELECT value FROM json_each(?)) LIMIT 1""",
            [json.dumps(keys)],
        ).fetchone()
        if stray:
            raise StoreError(
                f"{table}: rows of the partition {stray[0]} belong to no file of the result.",
                "This is a fault of risk; report it.",
            )
