"""Grades set by a person and taken back by a person: each with a reason and a second person."""

from __future__ import annotations

import datetime as dt
import unicodedata
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from risk.errors import UsageError
from risk.model.point import Grade

from .finding import TITLES, find_point
from .opening import writing
from .rows import moment
from .settling import holding_overrides, settle

if TYPE_CHECKING:
    from sqlite_utils import Database

_TIME: Final = "%Y-%m-%dT%H:%M:%S.%f%z"


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

    Raises UsageError without a reason, where `by` and `second` are not two persons, where no one
    point is meant, or where the point has that grade already or by the rules alone.
    """
    stated = _stated(reason, by, second)
    with writing(path, make=False) as db:
        before = _point(db, path, point)
        _refuse_no_change(before, grade)
        return _act(db, before, grade, stated)


def withdraw(path: Path, point: str, reason: str, by: str, second: str) -> GradeChange:
    """Take back the override of `point`, so that the computed grade shows; record why and by whom.

    Raises UsageError as `override` does, and where there is no override to take back.
    """
    stated = _stated(reason, by, second)
    with writing(path, make=False) as db:
        before = _point(db, path, point)
        if before["id"] not in holding_overrides(db, before["department"]):
            raise UsageError(f"{before['id']}: there is no override to withdraw.")
        return _act(db, before, None, stated)


def _stated(reason: str, by: str, second: str) -> dict[str, str]:
    stated = {"reason": reason.strip(), "by": by.strip(), "second": second.strip()}
    if not all(stated.values()):
        raise UsageError(
            "A grade is changed by hand, or back, with a reason and by two persons.",
            "Give --reason, --by and --second.",
        )
    if _person(by) == _person(second):
        raise UsageError(
            f"{stated['by']} cannot second their own change of a grade.",
            "Name another person with --second.",
        )
    return stated


def _refuse_no_change(point: dict[str, Any], grade: Grade) -> None:
    if grade == point["grade"]:
        raise UsageError(
            f"{point['id']} is graded {grade} already; nothing was recorded.",
            "Name another grade with --grade.",
        )
    if grade == point["computed_grade"]:
        raise UsageError(
            f"{point['id']} is {grade} by the rules alone; nothing was recorded.",
            "Take the override back with --withdraw.",
        )


def _act(
    db: Database, point: dict[str, Any], grade: Grade | None, stated: dict[str, str]
) -> GradeChange:
    db.table("grade_overrides").insert(
        {
            "id": str(uuid.uuid4()),
            "risk_point": point["id"],
            "grade": grade,
            **stated,
            "made_at": _after_the_latest(db, point["id"]),
            "figures_digest": point["figures_digest"],
            "department": point["department"],
        }
    )
    settle(db, point["department"])
    (after,) = db.execute("SELECT grade FROM risk_points WHERE id = ?", [point["id"]]).fetchone()
    return GradeChange(point["id"], point["title"], point["grade"], after)


def _after_the_latest(db: Database, point: str) -> str:
    """Now; or, where the clock that made the point's latest record is ahead of ours, just after it."""
    now = moment(dt.datetime.now(dt.UTC))
    (latest,) = db.execute(
        "SELECT max(made_at) FROM grade_overrides WHERE risk_point = ?", [point]
    ).fetchone()
    if latest is None or latest < now:
        return now
    return moment(dt.datetime.strptime(latest, _TIME) + dt.timedelta(microseconds=1))


def _point(db: Database, path: Path, point: str) -> dict[str, Any]:
    found = find_point(path, dict(db.execute(TITLES).fetchall()), point)
    return next(iter(db.query("SELECT * FROM risk_points WHERE id = ?", [found])))


def _person(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
