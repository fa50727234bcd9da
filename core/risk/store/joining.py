"""Bringing together what several databases record of grades set by hand.

A record is never lost and never changed but for its end: one that ended anywhere has ended, at the
earliest of its ends. So the union is the same in whatever order databases come, and how often.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from risk.model.point import Grade

from .settling import latest_acts

if TYPE_CHECKING:
    from sqlite_utils import Database

Record = dict[str, Any]
Records = dict[str, Record]
Effect = Literal["added", "replaced", "withdrawn", "ended"]


@dataclass(frozen=True, slots=True)
class OverrideChange:
    """What a merge did to the override of a point.

    `grade` is what the point shows now, None where there is no such point any more; `persons` have
    decided it, none where the override `ended` with its evidence.
    """

    risk_point: str
    title: str
    effect: Effect
    grade: Grade | None
    persons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two acts on a point that were made without knowledge of each other; the later counts.

    `earlier` and `later` are records; a record without a grade is a withdrawal.
    """

    risk_point: str
    title: str
    source: Path
    earlier: Record
    later: Record


def records(conn: sqlite3.Connection) -> Records:
    """Every record of an open database, by its id."""
    cursor = conn.cursor()
    cursor.row_factory = sqlite3.Row
    return {row["id"]: dict(row) for row in cursor.execute("SELECT * FROM grade_overrides")}


def news(held: Records, found: Records) -> Records:
    """What `held` has to take over from `found`: new records, and known ones with an earlier end."""
    joined = {id: _joined(held.get(id, record), record) for id, record in found.items()}
    return {id: record for id, record in joined.items() if record != held.get(id)}


def _joined(one: Record, other: Record) -> Record:
    ends = [(each["lapsed_at"], each["lapse_reason"]) for each in (one, other) if each["lapsed_at"]]
    lapsed_at, why = min(ends, default=(None, None))
    return {**one, "lapsed_at": lapsed_at, "lapse_reason": why}


def conflicts(
    held: Records, found: Records, source: Path, points: Mapping[str, Record]
) -> Iterator[Conflict]:
    """The acts of `source` that those held here contradict, on the figures of today's `points`.

    Where either side knew of the other's act, its own replaced it, and there is no conflict.
    """
    ours, theirs = _latest(held.values(), points), _latest(found.values(), points)
    for id in sorted(ours.keys() & theirs.keys()):
        pair = ours[id], theirs[id]
        known = pair[0]["id"] in found or pair[1]["id"] in held
        if not known and pair[0]["grade"] != pair[1]["grade"]:
            earlier, later = sorted(pair, key=_order)
            yield Conflict(id, points[id]["title"], source, earlier, later)


def _latest(acts: Iterable[Record], points: Mapping[str, Record]) -> Records:
    return {
        act["risk_point"]: act
        for act in sorted(acts, key=_order)
        if not act["lapsed_at"]
        and act["risk_point"] in points
        and act["figures_digest"] == points[act["risk_point"]]["figures_digest"]
    }


def _order(act: Record) -> tuple[str, str]:
    return act["made_at"], act["id"]


def stored_points(db: Database, departments: Iterable[str]) -> Records:
    """Of each point of the departments its `id`, `title`, `grade`, `figures_digest` and latest `act`."""
    return {
        row["id"]: {**row, "act": latest.get(row["id"])}
        for department in departments
        for latest in [latest_acts(db, department)]
        for row in db.query(
            "SELECT id, title, grade, figures_digest FROM risk_points WHERE department = ?",
            [department],
        )
    }


def changes(before: Mapping[str, Record], after: Mapping[str, Record]) -> Iterator[OverrideChange]:
    """How the overrides of points (`stored_points`) before a merge differ from those after it."""
    for id in sorted(before.keys() | after.keys()):
        then, now = (points.get(id, {}).get("act") for points in (before, after))
        effect = _effect(then, now)
        if effect:
            point = after.get(id)
            persons = (now["by"], now["second"]) if now else ()
            title = (point or before[id])["title"]
            grade = point["grade"] if point else None
            yield OverrideChange(id, title, effect, grade, persons)


def _effect(then: Record | None, now: Record | None) -> Effect | None:
    held, holds = bool(then and then["grade"]), bool(now and now["grade"])
    if not held:
        return "added" if holds else None
    if now is None:
        return "ended"
    if now["id"] == (then or {})["id"]:
        return None
    return "replaced" if holds else "withdrawn"
