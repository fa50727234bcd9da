"""Which grade a point shows: that of the override that holds, or else the computed one.

The records of overrides are acts that are only ever added. An act counts for the figures that it
was made on, and of several on the same figures the latest counts: what holds depends on the
records alone, in whatever order databases brought them together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from risk.model.point import GRADE_RANK, Grade

if TYPE_CHECKING:
    from sqlite_utils import Database

CLAUSE: Final = "人工调整"
CHANGED: Final = "依据的数字已变化"
GONE: Final = "风险点不再成立"
REPLACED: Final = "被新的调整取代"
WITHDRAWN: Final = "撤回"

# Where two databases know of different ends of one act, the earliest is its end in both.
_END_SUPERSEDED: Final = f"""WITH followed AS (
        SELECT id, lead(made_at) OVER later AS at,
        CASE WHEN grade IS NOT NULL AND lead(grade) OVER later IS NULL THEN '{WITHDRAWN}'
            ELSE '{REPLACED}' END AS why
        FROM grade_overrides WHERE department = ?
        WINDOW later AS (PARTITION BY risk_point, figures_digest ORDER BY made_at, id))
    UPDATE grade_overrides SET lapsed_at = f.at, lapse_reason = f.why FROM followed f
    WHERE f.id = grade_overrides.id AND f.at IS NOT NULL AND (grade_overrides.lapsed_at IS NULL
        OR (grade_overrides.lapsed_at, grade_overrides.lapse_reason) > (f.at, f.why))"""

_LATEST: Final = """SELECT o.* FROM grade_overrides o
    JOIN risk_points p ON p.id = o.risk_point AND p.figures_digest = o.figures_digest
    WHERE p.department = ? AND o.lapsed_at IS NULL"""

_SHOWN: Final = """SELECT p.id, p.grade, p.computed_grade, g.statement FROM risk_points p
    LEFT JOIN grade_grounds g ON g.risk_point = p.id AND g.clause = ? AND g.position = 0
    WHERE p.department = ?"""


def settle(db: Database, department: str) -> None:
    """Make every grade of the department what the overrides that hold and the rules say.

    A pure function of the points and records that are there; writes only what differs.
    """
    db.execute(_END_SUPERSEDED, [department])
    holding = holding_overrides(db, department)
    for point in db.query(_SHOWN, [CLAUSE, department]):
        chosen = holding.get(point["id"])
        grade = chosen["grade"] if chosen else point["computed_grade"]
        statement = _statement(chosen) if chosen else None
        if (grade, statement) != (point["grade"], point["statement"]):
            _show(db, point["id"], grade, statement)


def latest_acts(db: Database, department: str) -> dict[str, dict[str, Any]]:
    """By the id of the point the act that counts for it; one without a grade is a withdrawal."""
    return {row["risk_point"]: row for row in db.query(_LATEST, [department])}


def holding_overrides(db: Database, department: str) -> dict[str, dict[str, Any]]:
    """The override that holds, by the id of its point, for the department's points that have one."""
    return {id: act for id, act in latest_acts(db, department).items() if act["grade"]}


def lapse_outdated(db: Database, department: str, now: str) -> tuple[str, ...]:
    """End the department's overrides whose point is gone or rests on other figures.

    Gives the ids of the points they stood on.
    """
    points = {
        row["id"]: row["figures_digest"]
        for row in db.query(
            "SELECT id, figures_digest FROM risk_points WHERE department = ?", [department]
        )
    }
    lapsed = []
    for row in db.query(
        """SELECT id, risk_point, figures_digest FROM grade_overrides
        WHERE department = ? AND lapsed_at IS NULL AND grade IS NOT NULL ORDER BY made_at, id""",
        [department],
    ):
        if points.get(row["risk_point"]) != row["figures_digest"]:
            why = CHANGED if row["risk_point"] in points else GONE
            db.execute(
                "UPDATE grade_overrides SET lapsed_at = ?, lapse_reason = ? WHERE id = ?",
                [now, why, row["id"]],
            )
            lapsed.append(row["risk_point"])
    return tuple(lapsed)


def _statement(chosen: dict[str, Any]) -> str:
    return f"{chosen['reason']}（调整人：{chosen['by']}；复核人：{chosen['second']}）"


def _show(db: Database, point: str, grade: Grade, statement: str | None) -> None:
    db.execute(
        "UPDATE risk_points SET grade = ?, grade_rank = ? WHERE id = ?",
        [grade, GRADE_RANK[grade], point],
    )
    db.execute("DELETE FROM grade_grounds WHERE risk_point = ? AND position = 0", [point])
    if statement is not None:
        db.table("grade_grounds").insert(
            {
                "risk_point": point,
                "clause": CLAUSE,
                "grade": grade,
                "statement": statement,
                "figures": "{}",
                "policy_source": "",
                "position": 0,
            }
        )
