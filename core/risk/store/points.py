"""Writing the risk points of a department with all that hangs on them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from risk.errors import StoreError
from risk.model.case import COLUMN_NAMES
from risk.model.point import RiskPoint
from risk.model.result import RunResult

from . import rows
from .digest import digest

if TYPE_CHECKING:
    from sqlite_utils import Database

FIRST_STATUS: Final = "已定级"
EVIDENCE: Final = {
    "evidence_monthly": ("risk_point", "month", "cases", "fines"),
    "evidence_hourly": ("risk_point", "weekday", "hour", "cases"),
    "evidence_cases": ("risk_point", *COLUMN_NAMES, "source", "line"),
}
_REASONS: Final = {
    "grade_grounds": rows.ground_rows,
    "point_laws": rows.point_law_rows,
    "causes": rows.cause_rows,
    "measures": rows.measure_rows,
}


@dataclass(frozen=True, slots=True)
class PointChanges:
    """Ids of the points that a run added, changed, left alone and dropped."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def any(self) -> bool:
        """Whether the run did anything to the list."""
        return bool(self.new or self.changed or self.gone)


def write_points(db: Database, result: RunResult, run: str) -> PointChanges:
    """Bring the department's points up to the result; those whose content is the same stay."""
    points = {point.id: point for point in result.points}
    _refuse_stray_evidence(db, points)
    digests = _digests(db, result)
    stored = {
        row["id"]: row
        for row in db.query(
            "SELECT id, digest, version, status FROM risk_points WHERE department = ?",
            [result.department.id],
        )
    }
    changes = PointChanges(
        new=tuple(id for id in points if id not in stored),
        changed=tuple(id for id in points if id in stored and stored[id]["digest"] != digests[id]),
        unchanged=tuple(
            id for id in points if id in stored and stored[id]["digest"] == digests[id]
        ),
        gone=tuple(sorted(stored.keys() - points.keys())),
    )
    for id in changes.gone:
        db.execute("DELETE FROM risk_points WHERE id = ?", [id])
    touched = [points[id] for id in (*changes.new, *changes.changed)]
    sample = _rests_on_sample(result)
    db.table("risk_points").upsert_all(
        (
            {
                **rows.point_row(point),
                "sample": sample,
                "digest": digests[point.id],
                "run": run,
                "version": stored[point.id]["version"] + 1 if point.id in stored else 1,
                "status": stored[point.id]["status"] if point.id in stored else FIRST_STATUS,
            }
            for point in touched
        ),
        pk="id",
    )
    _write_reasons(db, touched)
    _write_evidence(db, touched)
    return changes


def _rests_on_sample(result: RunResult) -> bool:
    return any(partition.sample for partition in result.partitions)


def _digests(db: Database, result: RunResult) -> dict[str, str]:
    """Per point, the digest of everything that its rows will say, run and version apart."""
    evidence = [_evidence_texts(db, table) for table in EVIDENCE]
    sample = _rests_on_sample(result)
    return {
        point.id: digest(
            [
                point.violation.id,
                point.model_dump(mode="json", exclude={"violation"}),
                sample,
                [texts.get(point.id, "") for texts in evidence],
            ]
        )
        for point in result.points
    }


def _evidence_texts(db: Database, table: str) -> dict[str, str]:
    columns = ", ".join(f'"{column}"' for column in EVIDENCE[table][1:])
    return dict(
        db.execute(
            f"""SELECT risk_point, group_concat(said, char(10)) FROM (
            SELECT risk_point, json_array({columns}) AS said FROM staged_{table}
            ORDER BY risk_point, said) GROUP BY risk_point"""
        ).fetchall()
    )


def _write_reasons(db: Database, touched: list[RiskPoint]) -> None:
    ids = json.dumps([point.id for point in touched])
    for table, make in _REASONS.items():
        db.execute(
            f"DELETE FROM {table} WHERE risk_point IN (SELECT value FROM json_each(?))", [ids]
        )
        db.table(table).insert_all(row for point in touched for row in make(point))


def _write_evidence(db: Database, touched: list[RiskPoint]) -> None:
    ids = json.dumps([point.id for point in touched])
    for table, columns in EVIDENCE.items():
        names = ", ".join(f'"{column}"' for column in columns)
        chosen = "risk_point IN (SELECT value FROM json_each(?))"
        db.execute(f"DELETE FROM {table} WHERE {chosen}", [ids])
        db.execute(
            f"INSERT INTO {table} ({names}) SELECT {names} FROM staged_{table} WHERE {chosen}",
            [ids],
        )


def _refuse_stray_evidence(db: Database, points: Mapping[str, RiskPoint]) -> None:
    known = json.dumps(list(points))
    for table in EVIDENCE:
        stray = db.execute(
            f"""SELECT risk_point FROM staged_{table} WHERE risk_point IS NULL
            OR risk_point NOT IN (SELECT value FROM json_each(?)) LIMIT 1""",
            [known],
        ).fetchone()
        if stray:
            raise StoreError(
                f"{table}: evidence is given for {stray[0]}, which is no point of the result.",
                "This is a fault of risk; report it.",
            )
