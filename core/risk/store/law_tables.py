"""The tables of laws and what follows them, as their migrations made them."""

from __future__ import annotations

from typing import Final

LAWS: Final = (
    """CREATE TABLE laws (
        department TEXT NOT NULL REFERENCES departments(id), key TEXT NOT NULL,
        title TEXT NOT NULL, version_date TEXT NOT NULL, in_force_from TEXT NOT NULL,
        in_force_to TEXT, dates_verified INTEGER NOT NULL, replaced_by TEXT, repealed_by TEXT,
        repealing_article TEXT, repeal_citation TEXT, note TEXT NOT NULL,
        PRIMARY KEY (department, key))""",
    "CREATE INDEX laws_to ON laws (in_force_to)",
)
