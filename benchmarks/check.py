"""Whether `risk run` and by_hand.py found the same: every row, every account, every count.

python benchmarks/by_hand.py EXPORT OUT.db --secret FILE --check RISK.db
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
from adbc_driver_sqlite import dbapi

ROWS = (
    "outcome", "reason", "detail", "unreadable", "case_id", "violation", "behaviour", "occurred_at", "decided_on",
    "district", "place", "lat", "lon", "industry", "party_kind", "party", "penalties", "fine_fen",
    "confiscated_fen", "procedure", "coercive_measures", "compulsory_enforcement", "corrected", "harm", "guided",
)  # fmt: skip
FLAGS = ("major", "coercive", "summary", "slight", "slight_unknown")
_FIGURES = ", ".join(f"json_extract(figures, '$.{flag}') AS {flag}" for flag in FLAGS)
_NAMED = (
    "CASE scope WHEN 'city' THEN violation ELSE violation || '/' || district || '/' || place END"
)
# Points of the whole city and of places; what stands beneath a band or a nature is not in both.
_LISTED = f"(SELECT id, {_NAMED} AS risk_point FROM risk_points WHERE scope IN ('city', 'place'))"
QUESTIONS = {
    "accounts": (
        "SELECT sum(rows), sum(cases), sum(rejected), sum(excluded), sum(duplicates) FROM partitions",
        "SELECT rows, cases, rejected, excluded, duplicates FROM sources",
    ),
    "rejects": (
        "SELECT line, CASE WHEN reason LIKE 'broken line%' THEN 'broken line' ELSE reason END, detail FROM rejects",
        "SELECT line, reason, detail FROM rejects",
    ),
    "exclusions": ("SELECT line, reason FROM exclusions", "SELECT line, reason FROM exclusions"),
    "duplicates": (
        "SELECT line, reason, cast(substr(detail, instr(detail, ':') + 1) AS integer) FROM duplicates",
        "SELECT line, reason, stands FROM duplicates",
    ),
    "violations": (
        f"SELECT violation, cases, recent_cases, period_from, period_to, {_FIGURES}"
        " FROM risk_points WHERE scope = 'city'",
        f"SELECT violation, cases, recent, first, last, {', '.join(FLAGS)} FROM points WHERE place IS NULL",
    ),
}
# Of these only the points that both have are compared: the lists of places are drawn up differently.
SHARED = {
    "listed places": (
        f"SELECT {_NAMED} AS risk_point, cases, recent_cases, period_from, period_to, {_FIGURES}"
        " FROM risk_points WHERE scope = 'place'",
        f"SELECT risk_point, cases, recent, first, last, {', '.join(FLAGS)} FROM points WHERE place IS NOT NULL",
    ),
    "months": (
        f"SELECT l.risk_point, month, cases, fines FROM evidence_monthly e JOIN {_LISTED} l ON e.risk_point = l.id",
        "SELECT risk_point, month, cases, fines FROM evidence_monthly",
    ),
    "hours": (
        f"SELECT l.risk_point, weekday, hour, cases FROM evidence_hourly e JOIN {_LISTED} l ON e.risk_point = l.id",
        "SELECT risk_point, weekday, hour, cases FROM evidence_hourly",
    ),
    "newest cases": (
        f"SELECT l.risk_point, case_id, party FROM evidence_cases e JOIN {_LISTED} l ON e.risk_point = l.id",
        "SELECT risk_point, case_id, party FROM evidence_cases",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """How many entries of one kind were compared, and how many differ."""

    what: str
    compared: int
    differing: int
    example: str = ""

    def __str__(self) -> str:
        said = "EQUAL" if not self.differing else f"{self.differing} DIFFER, e.g. {self.example}"
        return f"{self.what:16} {self.compared:>10,}  {said}"


def compare(risk: Path, hand: Path) -> list[Finding]:
    """All findings: the canonical rows one by one, then what stands in the two databases."""
    findings = [_rows(risk, hand), *_places(risk, hand)]
    for what, pair in (QUESTIONS | SHARED).items():
        one, two = (_entries(file, sql) for file, sql in zip((risk, hand), pair, strict=True))
        if what in SHARED:
            both = {entry[0] for entry in one} & {entry[0] for entry in two}
            one, two = ([entry for entry in entries if entry[0] in both] for entries in (one, two))
        different = set(one) ^ set(two) or ({()} if len(one) != len(two) else set())
        example = str(sorted(map(str, different))[:2])
        findings.append(Finding(what, len(one), len(different), example))
    return findings


def _entries(file: Path, sql: str) -> list[tuple[object, ...]]:
    with dbapi.connect(f"file:{file}?mode=ro") as sqlite, sqlite.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def _partition(risk: Path, name: str) -> Path:
    (found,) = risk.with_name(f"{risk.name}.cases").glob(f"*/*/{name}")
    return found


def _rows(risk: Path, hand: Path) -> Finding:
    differs = {name: f"count_if(risk.{name} is distinct from hand.{name})" for name in ROWS}
    asked = ", ".join(f"{sql} as {name}" for name, sql in differs.items())
    either = " or ".join(f"risk.{name} is distinct from hand.{name}" for name in ROWS)
    table = duckdb.sql(
        f"select count(*) as compared, count_if({either}) as differing, {asked}"
        f" from read_parquet('{_partition(risk, 'rows.parquet')}', file_row_number = true) as risk"
        f" full join read_parquet('{hand}.rows.parquet', file_row_number = true) as hand using (file_row_number)"
    ).to_arrow_table()
    row = table.to_pylist()[0]
    return Finding(
        "canonical rows",
        row["compared"],
        row["differing"],
        str({name: row[name] for name in ROWS if row[name]}),
    )


def _places(risk: Path, hand: Path) -> list[Finding]:
    """The fifty places with the most cases, counted from the canonical rows that stand."""
    gone = pa.table({"record": [row[0] for row in _entries(hand, "SELECT record FROM duplicates")]})
    db = duckdb.connect()
    db.register("gone", gone)
    sources = {
        "risk": (
            _partition(risk, "rows.parquet"),
            f"(from '{_partition(risk, 'dropped.parquet')}')",
        ),
        "hand": (f"{hand}.rows.parquet", "gone"),
    }
    counted = {
        name: set(
            db.execute(
                f"select district, place, count(*) as n from read_parquet('{rows}', file_row_number = true) as r"
                f" anti join {dropped} as d on r.file_row_number = d.record where outcome = 'case'"
                " and place is not null group by all order by n desc, district, place limit 50"
            ).fetchall()
        )
        for name, (rows, dropped) in sources.items()
    }
    different = counted["risk"] ^ counted["hand"]
    return [
        Finding("biggest places", len(counted["risk"]), len(different), str(sorted(different)[:2]))
    ]
