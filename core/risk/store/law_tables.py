"""The tables of laws, of shared topics and of exemptions, as their migrations made them."""

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

POINT_LAWS: Final = (
    """CREATE TABLE point_laws (
        risk_point TEXT NOT NULL REFERENCES risk_points(id) ON DELETE CASCADE,
        law_key TEXT NOT NULL, law TEXT NOT NULL, article TEXT NOT NULL, cases INTEGER NOT NULL,
        undated INTEGER NOT NULL, reason TEXT NOT NULL, citation TEXT NOT NULL,
        position INTEGER NOT NULL, PRIMARY KEY (risk_point, position))""",
    "CREATE INDEX point_laws_law ON point_laws (law_key, article)",
)

FINES: Final = (
    "ALTER TABLE legal_references ADD COLUMN fine TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE legal_references ADD COLUMN fine_order_first INTEGER NOT NULL DEFAULT 0",
)

TOPICS_AND_EXEMPTIONS: Final = (
    """CREATE TABLE violation_topics (
        violation TEXT NOT NULL REFERENCES violation_types(id) ON DELETE CASCADE,
        topic TEXT NOT NULL, PRIMARY KEY (violation, topic))""",
    "CREATE INDEX violation_topics_topic ON violation_topics (topic)",
    *(
        f"ALTER TABLE violation_types ADD COLUMN {name} INTEGER"
        for name in (
            "exemption_first_within_months",
            "exemption_if_corrected",
            "exemption_if_no_harm",
        )
    ),
)
