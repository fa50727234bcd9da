"""The record of grades set by hand, as its migration made it."""

from __future__ import annotations

from typing import Final

_COLUMNS: Final = """id, risk_point, grade, reason, "by", second, made_at, figures_digest, lapsed_at,
    lapse_reason, department"""

# SQLite lifts a NOT NULL only by making the table anew.
WITHDRAWALS: Final = (
    "CREATE TEMP TABLE kept AS SELECT * FROM grade_overrides",
    "DROP TABLE grade_overrides",
    """CREATE TABLE grade_overrides (
        id TEXT PRIMARY KEY, risk_point TEXT NOT NULL,
        grade TEXT CHECK (grade IN ('高', '中', '低')), reason TEXT NOT NULL,
        "by" TEXT NOT NULL, second TEXT NOT NULL, made_at TEXT NOT NULL,
        figures_digest TEXT NOT NULL, lapsed_at TEXT, lapse_reason TEXT,
        department TEXT NOT NULL REFERENCES departments(id))""",
    f"INSERT INTO grade_overrides ({_COLUMNS}) SELECT {_COLUMNS} FROM kept",
    "DROP TABLE kept",
    "CREATE INDEX grade_overrides_point ON grade_overrides (risk_point)",
)
