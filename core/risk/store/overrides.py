"""Grades set by a person: recorded, applied while the evidence stays the same, withdrawn."""

from __future__ import annotations

import datetime as dt
import unicodedata
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from risk.errors import UsageError
from risk.model.point import GRADE_RANK, Grade

from .finding import TITLES, find_point
from .opening import writing
from .rows import moment

if TYPE_CHECKING:
    from sqlite_utils import Database

CLAUSE: Final = "人工调整"
CHANGED: Final = "依据的数字已变化"
GONE: Final = "风险点不再成立"
REPLACED: Final = "被新的调整取代"
WITHDRAWN: Final = "撤回"


@dataclass(frozen=True, slots=True)
class GradeChange:
    """What an override or its withdrawal did to a point's grade."""

    risk_point: str
    title: str
    before: Grade
    after: Grade


def override(
    path: Path, point: str, grade: Grade, reason: str, by: str, second: str
) -> GradeChange:
    """Set the grade of `point` (id, prefix of an id, or title) and record why and by whom.

    Raises UsageError without a reason, or where `by` and `second` are not two persons, or
    where no one point is meant.
    """
    reason, by, second = reason.strip(), by.strip(), second.strip()
    if not (reason and by and second):
        raise UsageError(
            "An override needs a reason and two persons.", "Give --reason, --by and --second."
        )
    if _person(by) == _person(second):
        raise UsageError(
            f"{by} cannot second their own override.", "Name another person with --second."
        )
    with writing(path, make=False) as db:
        before = _point(db, point)
        now = moment(dt.datetime.now(dt.UTC))
        _lapse(db, "risk_point = ?", [before["id"]], now, REPLACED)
        db.table("grade_overrides").insert(
            {
                "id": str(uuid.uuid4()),
                "risk_point": before["id"],
                "grade": grade,
                "reason": reason,
                "by": by,
                "second": second,
                "made_at": now,
                "figures_digest": before["figures_digest"],
                "department": before["department"],
            }
        )
        settle(db, before["department"])
        return _change(db, before)


def withdraw(path: Path, point: str) -> GradeChange:
    """Take back the override of `point`, so that the computed grade shows again.

    Raises UsageError where there is none to take back.
    """
    with writing(path, make=False) as db:
        before = _point(db, point)
        now = moment(dt.datetime.now(dt.UTC))
        if not _lapse(db, "risk_point = ?", [before["id"]], now, WITHDRAWN):
            raise UsageError(f"{before['id']}: there is no override to withdraw.")
        settle(db, before["department"])
        return _change(db, before)


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
        WHERE department = ? AND lapsed_at IS NULL ORDER BY made_at, id""",
        [department],
    ):
        if points.get(row["risk_point"]) != row["figures_digest"]:
            why = CHANGED if row["risk_point"] in points else GONE
            _lapse(db, "id = ?", [row["id"]], now, why)
            lapsed.append(row["risk_point"])
    return tuple(lapsed)


def settle(db: Database, department: str) -> None:
    """Make every grade of the department what the overrides in force and the rules say.

    A pure function of the points and overrides that are there; writes only what differs.
    """
    in_force = {row["risk_point"]: row for row in db.query(_IN_FORCE, [department])}
    for point in db.query(_SHOWN, [CLAUSE, department]):
        chosen = in_force.get(point["id"])
        grade = chosen["grade"] if chosen else point["computed_grade"]
        statement = _statement(chosen) if chosen else None
        if (grade, statement) != (point["grade"], point["statement"]):
            _show(db, point["id"], grade, statement)


_IN_FORCE: Final = """SELECT o.* FROM grade_overrides o
    JOIN risk_points p ON p.id = o.risk_point AND p.figures_digest = o.figures_digest
    WHERE p.department = ? AND o.lapsed_at IS NULL ORDER BY o.made_at, o.id"""

_SHOWN: Final = """SELECT p.id, p.grade, p.computed_grade, g.statement FROM risk_points p
    LEFT JOIN grade_grounds g ON g.risk_point = p.id AND g.clause = ? AND g.position = 0
    WHERE p.department = ?"""


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


def _lapse(db: Database, where: str, values: list[str], now: str, why: str) -> int:
    return db.execute(
        f"""UPDATE grade_overrides SET lapsed_at = ?, lapse_reason = ?
        WHERE lapsed_at IS NULL AND {where}""",
        [now, why, *values],
    ).rowcount


def _point(db: Database, point: str) -> dict[str, Any]:
    found = find_point(dict(db.execute(TITLES).fetchall()), point)
    return next(iter(db.query("SELECT * FROM risk_points WHERE id = ?", [found])))


def _change(db: Database, before: dict[str, Any]) -> GradeChange:
    (after,) = db.execute("SELECT grade FROM risk_points WHERE id = ?", [before["id"]]).fetchone()
    return GradeChange(before["id"], before["title"], before["grade"], after)


def _person(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
