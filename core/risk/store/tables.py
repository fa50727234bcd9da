"""The tables as the first schema made them: frozen, changed only by further migrations."""

from __future__ import annotations

from typing import Final

LOG: Final = (
    """CREATE TABLE departments (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, name_en TEXT NOT NULL, unit TEXT NOT NULL,
        run TEXT REFERENCES runs(id), merged INTEGER NOT NULL DEFAULT 0)""",
    """CREATE TABLE plugins (
        name TEXT PRIMARY KEY, department TEXT NOT NULL REFERENCES departments(id),
        version TEXT NOT NULL, distribution TEXT NOT NULL)""",
    """CREATE TABLE runs (
        id TEXT PRIMARY KEY, department TEXT NOT NULL REFERENCES departments(id),
        plugin_version TEXT NOT NULL, policy TEXT NOT NULL, engine TEXT NOT NULL,
        started_at TEXT NOT NULL, finished_at TEXT NOT NULL, rows_read INTEGER NOT NULL,
        cases INTEGER NOT NULL, rejected INTEGER NOT NULL, excluded INTEGER NOT NULL,
        duplicates INTEGER NOT NULL, since TEXT, until TEXT, superseded INTEGER NOT NULL,
        distribution TEXT NOT NULL, points_new INTEGER NOT NULL, points_changed INTEGER NOT NULL,
        points_gone INTEGER NOT NULL)""",
    """CREATE TABLE sources (
        run TEXT NOT NULL REFERENCES runs(id), name TEXT NOT NULL, sha256 TEXT NOT NULL,
        adapter TEXT NOT NULL, rows INTEGER NOT NULL, cases INTEGER NOT NULL,
        rejected INTEGER NOT NULL, excluded INTEGER NOT NULL, duplicates INTEGER NOT NULL,
        encoding TEXT NOT NULL, header_line INTEGER NOT NULL, sample INTEGER NOT NULL,
        unreadable TEXT NOT NULL, partition TEXT NOT NULL, position INTEGER NOT NULL)""",
    """CREATE TABLE partitions (
        department TEXT NOT NULL REFERENCES departments(id), key TEXT NOT NULL,
        position INTEGER NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL,
        adapter TEXT NOT NULL, rows INTEGER NOT NULL, cases INTEGER NOT NULL,
        rejected INTEGER NOT NULL, excluded INTEGER NOT NULL, sample INTEGER NOT NULL,
        encoding TEXT NOT NULL, header_line INTEGER NOT NULL, duplicates INTEGER NOT NULL,
        unreadable TEXT NOT NULL, PRIMARY KEY (department, key))""",
    *(
        f"""CREATE TABLE {name} (
        run TEXT NOT NULL REFERENCES runs(id), source TEXT NOT NULL, line INTEGER,
        reason TEXT NOT NULL, detail TEXT, partition TEXT NOT NULL,
        department TEXT NOT NULL REFERENCES departments(id))"""
        for name in ("rejects", "exclusions", "duplicates")
    ),
)

KNOWLEDGE: Final = (
    """CREATE TABLE violation_types (
        id TEXT PRIMARY KEY, department TEXT NOT NULL REFERENCES departments(id),
        name TEXT NOT NULL, name_en TEXT NOT NULL, agency TEXT NOT NULL, subject TEXT NOT NULL,
        procedure TEXT NOT NULL, hearing_possible INTEGER NOT NULL, order_first INTEGER NOT NULL,
        no_explicit_rule INTEGER NOT NULL, severe_penalties TEXT NOT NULL,
        coercive_measures TEXT NOT NULL, exemption TEXT, exemption_condition TEXT,
        exemption_source TEXT, exemption_verified INTEGER)""",
    """CREATE TABLE legal_references (
        violation TEXT NOT NULL REFERENCES violation_types(id) ON DELETE CASCADE,
        role TEXT NOT NULL, law TEXT NOT NULL, article TEXT NOT NULL,
        in_force_from TEXT NOT NULL, in_force_to TEXT, fine_min REAL, fine_max REAL,
        verified TEXT NOT NULL, fine_basis TEXT NOT NULL, note TEXT NOT NULL,
        citation TEXT NOT NULL, fine_note TEXT NOT NULL, law_key TEXT NOT NULL,
        position INTEGER NOT NULL, PRIMARY KEY (violation, position))""",
)

_OF_POINT = "risk_point TEXT NOT NULL REFERENCES risk_points(id) ON DELETE CASCADE"

POINTS: Final = (
    """CREATE TABLE risk_points (
        id TEXT PRIMARY KEY, department TEXT NOT NULL REFERENCES departments(id),
        violation TEXT NOT NULL REFERENCES violation_types(id), title TEXT NOT NULL,
        grade TEXT NOT NULL CHECK (grade IN ('高', '中', '低')),
        grade_rank INTEGER NOT NULL CHECK (grade_rank BETWEEN 1 AND 3),
        district TEXT, place TEXT, time_band TEXT, industry TEXT, behaviour TEXT,
        cases INTEGER NOT NULL, period_from TEXT NOT NULL, period_to TEXT NOT NULL,
        responsible_unit TEXT NOT NULL, status TEXT NOT NULL, version INTEGER NOT NULL,
        run TEXT NOT NULL REFERENCES runs(id), recent_cases INTEGER NOT NULL,
        recent_from TEXT NOT NULL, recent_to TEXT NOT NULL, notes TEXT NOT NULL,
        scope TEXT NOT NULL, sample INTEGER NOT NULL,
        computed_grade TEXT NOT NULL CHECK (computed_grade IN ('高', '中', '低')),
        figures TEXT NOT NULL, figures_digest TEXT NOT NULL, digest TEXT NOT NULL)""",
    f"""CREATE TABLE grade_grounds (
        {_OF_POINT}, clause TEXT NOT NULL, grade TEXT NOT NULL, statement TEXT NOT NULL,
        figures TEXT NOT NULL, policy_source TEXT NOT NULL, policy_verified INTEGER,
        position INTEGER NOT NULL, PRIMARY KEY (risk_point, position))""",
    """CREATE TABLE grade_overrides (
        id TEXT PRIMARY KEY, risk_point TEXT NOT NULL,
        grade TEXT NOT NULL CHECK (grade IN ('高', '中', '低')), reason TEXT NOT NULL,
        "by" TEXT NOT NULL, second TEXT NOT NULL, made_at TEXT NOT NULL,
        figures_digest TEXT NOT NULL, lapsed_at TEXT, lapse_reason TEXT,
        department TEXT NOT NULL REFERENCES departments(id))""",
    f"""CREATE TABLE causes (
        {_OF_POINT}, side TEXT NOT NULL, text TEXT NOT NULL,
        position INTEGER NOT NULL, PRIMARY KEY (risk_point, position))""",
    f"""CREATE TABLE measures (
        {_OF_POINT}, kind TEXT NOT NULL, text TEXT NOT NULL, cause TEXT NOT NULL,
        responsible_unit TEXT NOT NULL, template TEXT NOT NULL,
        position INTEGER NOT NULL, PRIMARY KEY (risk_point, position))""",
    f"""CREATE TABLE evidence_monthly (
        {_OF_POINT}, month TEXT NOT NULL, cases INTEGER NOT NULL, fines REAL,
        PRIMARY KEY (risk_point, month))""",
    f"""CREATE TABLE evidence_hourly (
        {_OF_POINT}, weekday INTEGER NOT NULL, hour INTEGER NOT NULL, cases INTEGER NOT NULL,
        PRIMARY KEY (risk_point, weekday, hour))""",
    f"""CREATE TABLE evidence_cases (
        {_OF_POINT}, case_id TEXT NOT NULL, violation TEXT, behaviour TEXT, occurred_at TEXT,
        decided_on TEXT, district TEXT, place TEXT, lat REAL, lon REAL, industry TEXT,
        party_kind TEXT, party TEXT, penalties TEXT, fine_fen INTEGER, confiscated_fen INTEGER,
        procedure TEXT, coercive_measures TEXT, compulsory_enforcement TEXT,
        corrected INTEGER, harm INTEGER, guided INTEGER, source TEXT, line INTEGER)""",
    """CREATE TABLE rankings (
        id TEXT PRIMARY KEY, department TEXT NOT NULL REFERENCES departments(id),
        title TEXT NOT NULL, dimension TEXT NOT NULL, length INTEGER NOT NULL,
        violations TEXT NOT NULL)""",
    """CREATE TABLE ranking_entries (
        ranking TEXT NOT NULL REFERENCES rankings(id) ON DELETE CASCADE, rank INTEGER NOT NULL,
        district TEXT, scope TEXT NOT NULL, cases INTEGER NOT NULL,
        risk_point TEXT REFERENCES risk_points(id),
        position INTEGER NOT NULL, PRIMARY KEY (ranking, position))""",
)

INDEXES: Final = (
    "CREATE INDEX runs_department ON runs (department, finished_at)",
    "CREATE INDEX sources_run ON sources (run)",
    "CREATE INDEX rejects_partition ON rejects (department, partition)",
    "CREATE INDEX exclusions_partition ON exclusions (department, partition)",
    "CREATE INDEX duplicates_partition ON duplicates (department, partition)",
    "CREATE INDEX violation_types_department ON violation_types (department)",
    "CREATE INDEX legal_references_law ON legal_references (law_key, article)",
    "CREATE INDEX legal_references_to ON legal_references (in_force_to)",
    "CREATE INDEX risk_points_grade ON risk_points (grade_rank, cases)",
    "CREATE INDEX risk_points_department ON risk_points (department, grade_rank, cases)",
    "CREATE INDEX risk_points_violation ON risk_points (violation)",
    "CREATE INDEX risk_points_place ON risk_points (district, place)",
    "CREATE INDEX risk_points_run ON risk_points (run)",
    "CREATE INDEX measures_kind ON measures (kind)",
    "CREATE INDEX evidence_cases_point ON evidence_cases (risk_point, decided_on)",
    "CREATE INDEX grade_overrides_point ON grade_overrides (risk_point)",
    "CREATE INDEX rankings_department ON rankings (department)",
    "CREATE INDEX ranking_entries_point ON ranking_entries (risk_point)",
)
