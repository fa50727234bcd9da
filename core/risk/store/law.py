"""Which risk points cite an article that has ended, will end or will begin."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from risk.model.law import Fine, Law, LegalReference, Repeal
from risk.model.severity import severity
from risk.model.succession import LawChange, law_changes

from .opening import reading
from .read import find_department

Row = dict[str, Any]
_FINED = ("punishes", "discretion")


def changes(
    path: Path, day: dt.date, department: str | None = None, all_types: bool = False
) -> list[Row]:
    """What changes in the law beneath the points, seen from `day`: to come first, nearest first.

    One row per violation type and article: what it is, its `kind` (repealed, amended, begins),
    `on` (the first day of the new state), `days_left` (negative once it has come), the article
    that ends it, what follows (`followed_by`, each with `severity` of its fine against the old)
    and the `points`. Types without points only with `all_types`. Raises UsageError where the
    database has no such department.
    """
    with reading(path) as conn:
        if department is not None:
            department = find_department(conn, path, department)
        found = [
            row
            for violation in _violations(conn, department, all_types)
            for row in _of_violation(conn, violation, day)
        ]
    return sorted(found, key=_upcoming_first)


def _upcoming_first(row: Row) -> tuple[object, ...]:
    left = row["days_left"]
    return left < 0, abs(left), row["violation"], row["citation"]


def _violations(conn: sqlite3.Connection, department: str | None, all_types: bool) -> Sequence[Row]:
    cited = "" if all_types else "AND v.id IN (SELECT violation FROM risk_points)"
    found: list[Row] = conn.execute(
        f"""SELECT v.id, v.name, v.department, d.name AS department_name
        FROM violation_types v JOIN departments d ON d.id = v.department
        WHERE v.department = coalesce(?, v.department) {cited} ORDER BY v.id""",
        [department],
    ).fetchall()
    return found


def _of_violation(conn: sqlite3.Connection, violation: Row, day: dt.date) -> Iterator[Row]:
    stored = conn.execute(
        "SELECT * FROM legal_references WHERE violation = ? ORDER BY position", [violation["id"]]
    ).fetchall()
    laws = {
        row["key"]: row
        for row in conn.execute(
            "SELECT * FROM laws WHERE department = ?", [violation["department"]]
        )
    }
    references = [_reference(row) for row in stored]
    links = {key: _law(row) for key, row in laws.items()}
    for change in law_changes(references, links, day):
        points = conn.execute(
            """SELECT id, title, grade, status, cases, period_from, period_to FROM risk_points
            WHERE violation = ? ORDER BY grade_rank DESC, cases DESC, id""",
            [violation["id"]],
        ).fetchall()
        yield {
            "department": violation["department"],
            "department_name": violation["department_name"],
            "violation": violation["id"],
            "violation_name": violation["name"],
            **_change(change, laws, day),
            "points": points,
        }


def _change(change: LawChange, laws: Mapping[str, Row], day: dt.date) -> Row:
    reference = change.reference
    law = laws.get(reference.law_key, {})
    return {
        "kind": change.kind,
        "on": change.on.isoformat(),
        "days_left": (change.on - day).days,
        **_article(reference, laws),
        "repealed_by": law.get("repeal_citation"),
        "followed_by": [
            {
                **_article(following, laws),
                "severity": severity(following, reference) if reference.role in _FINED else None,
            }
            for following in change.followed_by
        ],
    }


def _article(reference: LegalReference, laws: Mapping[str, Row]) -> Row:
    fine, ends = reference.fine, reference.in_force_to
    return {
        "role": reference.role,
        "law": reference.law,
        "law_key": reference.law_key,
        "article": reference.article,
        "citation": reference.citation,
        "in_force_from": reference.in_force_from.isoformat(),
        "in_force_to": ends and ends.isoformat(),
        "dates_verified": bool(laws.get(reference.law_key, {}).get("dates_verified")),
        "fine_min": fine and fine.min,
        "fine_max": fine and fine.max,
        "fine_basis": fine.basis if fine else "",
        "fine_note": fine.note if fine else "",
        "fine": fine.words if fine else "",
        "note": reference.note,
        "verified": reference.verified,
    }


def _reference(row: Row) -> LegalReference:
    fined = row["fine_min"] is not None
    return LegalReference(
        role=row["role"],
        law_key=row["law_key"],
        law=row["law"],
        article=row["article"],
        in_force_from=row["in_force_from"],
        in_force_to=row["in_force_to"],
        fine=Fine(
            min=row["fine_min"],
            max=row["fine_max"],
            basis=row["fine_basis"],
            order_first=bool(row["fine_order_first"]),
            note=row["fine_note"],
        )
        if fined
        else None,
        verified=row["verified"],
        note=row["note"],
    )


def _law(row: Row) -> Law:
    repeal = row["repealed_by"] and Repeal(law=row["repealed_by"], article=row["repealing_article"])
    return Law(
        key=row["key"],
        title=row["title"],
        version_date=row["version_date"],
        in_force_from=row["in_force_from"],
        in_force_to=row["in_force_to"],
        dates_verified=bool(row["dates_verified"]),
        replaced_by=row["replaced_by"] or "",
        repealed_by=repeal or None,
        note=row["note"],
    )
