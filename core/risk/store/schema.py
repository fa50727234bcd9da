"""Which schema a file holds: none yet, ours of some age, a newer one, or something else."""

from __future__ import annotations

import sqlite3
from enum import Enum
from typing import Final

MIGRATIONS: Final = (
    "m001_tables",
    "m002_indexes",
    "m003_views",
    "m004_signals",
    "m011_laws",
    "m012_point_laws",
    "m013_topics_and_exemptions",
    "m014_withdrawals",
    "m015_fines",
    "m016_views",
)


class Standing(Enum):
    """How a database file stands to the schema that this code knows."""

    BLANK = "blank"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"
    FOREIGN = "foreign"


def standing(conn: sqlite3.Connection) -> Standing:
    """How the open database stands; only reads."""
    objects = {name for (name,) in conn.execute("SELECT name FROM sqlite_master")}
    if not objects:
        return Standing.BLANK
    if "_sqlite_migrations" not in objects:
        return Standing.FOREIGN
    applied = {
        name
        for (name,) in conn.execute(
            "SELECT name FROM _sqlite_migrations WHERE migration_set = 'risk'"
        )
    }
    (version,) = conn.execute("PRAGMA user_version").fetchone()
    if applied - set(MIGRATIONS) or version > len(MIGRATIONS):
        return Standing.NEWER
    if not applied:
        return Standing.FOREIGN
    return Standing.CURRENT if len(applied) == len(MIGRATIONS) else Standing.OLDER
