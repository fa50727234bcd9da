"""The tables of signals and the columns that tell them from cases: frozen, as of m004."""

from __future__ import annotations

from typing import Final

_OF_POINT: Final = "risk_point TEXT NOT NULL REFERENCES risk_points(id) ON DELETE CASCADE"
_OF_TYPE: Final = "violation TEXT NOT NULL REFERENCES violation_types(id) ON DELETE CASCADE"
_COUNTS: Final = (
    "signals INTEGER NOT NULL, recent INTEGER NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL"
)

SIGNALS: Final = (
    f"""CREATE TABLE signals (
        {_OF_POINT}, {_COUNTS}, PRIMARY KEY (risk_point))""",
    f"""CREATE TABLE signals_monthly (
        {_OF_POINT}, month TEXT NOT NULL, signals INTEGER NOT NULL,
        PRIMARY KEY (risk_point, month))""",
    f"""CREATE TABLE signals_by_violation (
        {_OF_TYPE}, {_COUNTS}, recent_from TEXT NOT NULL, recent_to TEXT NOT NULL,
        PRIMARY KEY (violation))""",
    f"""CREATE TABLE signals_by_violation_monthly (
        {_OF_TYPE}, month TEXT NOT NULL, signals INTEGER NOT NULL,
        PRIMARY KEY (violation, month))""",
    "ALTER TABLE runs ADD COLUMN signals INTEGER NOT NULL DEFAULT 0",
    *(
        f"ALTER TABLE {table} ADD COLUMN {column}"
        for table in ("sources", "partitions")
        for column in (
            "kind TEXT NOT NULL DEFAULT 'cases'",
            "signals INTEGER NOT NULL DEFAULT 0",
        )
    ),
)
