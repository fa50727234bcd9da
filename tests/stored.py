"""What a database holds."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

# The tables that every run adds to, whatever it finds.
LOG = {"runs", "sources"}


def dump(path: Path, without: set[str] | frozenset[str] = frozenset()) -> dict[str, list[str]]:
    """The rows of every table but some, in an order of their own."""
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
    """The first row of an answer."""
    conn = sqlite3.connect(path)
    try:
        return conn.execute(sql, values).fetchone()
    finally:
        conn.close()
