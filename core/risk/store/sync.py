"""Making small tables say what a result says, touching only the rows that differ."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .rows import Row

if TYPE_CHECKING:
    from sqlite_utils import Database


def sync(
    db: Database, table: str, where: str, department: str, key: tuple[str, ...], rows: Iterable[Row]
) -> int:
    """Make the rows of `table` under `where` (one ?: the department) equal to `rows`.

    Rows are told apart by `key`. Gives how many were added, changed or removed.
    """
    wanted = {tuple(row[name] for name in key): row for row in rows}
    present = {
        tuple(row[name] for name in key): row
        for row in db.query(f"SELECT * FROM {table} WHERE {where}", [department])
    }
    gone = present.keys() - wanted.keys()
    match = " AND ".join(f'"{name}" = ?' for name in key)
    for values in gone:
        db.execute(f"DELETE FROM {table} WHERE {match}", values)
    differing = [row for values, row in wanted.items() if present.get(values) != row]
    if differing:
        db.table(table).upsert_all(differing, pk=key if len(key) > 1 else key[0])
    return len(gone) + len(differing)
