"""Matters that several departments handle, with their points side by side."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path
from typing import Any

from risk.errors import UsageError

from .opening import reading

Row = dict[str, Any]


def topics(path: Path) -> list[Row]:
    """The topics under which two or more departments have points, differing grades first.

    Each with `departments`, the gravest first, and these with their gravest `grade`, the
    `measure_kinds` of all their points, and the `points`, the gravest first, each with its own.
    `grades_differ` and `measures_differ` tell whether all departments say the same.
    """
    with reading(path) as conn:
        found = [
            _topic(name, list(points))
            for name, points in groupby(_points(conn), key=lambda point: str(point["topic"]))
        ]
    shared = [topic for topic in found if len(topic["departments"]) > 1]
    return sorted(shared, key=lambda topic: (not topic["grades_differ"], topic["topic"]))


def topic(path: Path, name: str) -> Row:
    """One of the topics; UsageError names the nearest where there is none of the name."""
    known = {row["topic"]: row for row in topics(path)}
    if name not in known:
        near = get_close_matches(name, known, n=5) or list(known)
        raise UsageError(
            f"{path}: no topic {name!r} has points of several departments.",
            f"Known: {', '.join(near)}." if near else "The database holds no shared topic.",
        )
    return known[name]


def _points(conn: sqlite3.Connection) -> Sequence[Row]:
    points: list[Row] = conn.execute(
        """SELECT t.topic, p.department, d.name AS department_name, p.id, p.title, p.violation,
        p.grade, p.grade_rank, p.scope, p.cases, p.status
        FROM violation_topics t JOIN risk_points p ON p.violation = t.violation
        JOIN departments d ON d.id = p.department
        ORDER BY t.topic, p.department, p.grade_rank DESC, p.cases DESC, p.id"""
    ).fetchall()
    kinds: dict[str, list[str]] = {}
    for row in conn.execute("SELECT risk_point, kind FROM measures ORDER BY risk_point, position"):
        kinds.setdefault(row["risk_point"], []).append(row["kind"])
    return [
        {**point, "measure_kinds": list(dict.fromkeys(kinds.get(point["id"], [])))}
        for point in points
    ]


def _topic(name: str, points: Sequence[Row]) -> Row:
    departments = [
        _department(list(own)) for _, own in groupby(points, key=lambda point: point["department"])
    ]
    departments.sort(key=lambda one: (-one["grade_rank"], one["id"]))
    return {
        "topic": name,
        "grades_differ": len({one["grade"] for one in departments}) > 1,
        "measures_differ": len({frozenset(one["measure_kinds"]) for one in departments}) > 1,
        "departments": departments,
    }


def _department(points: Sequence[Row]) -> Row:
    gravest = points[0]
    shown = ("id", "title", "violation", "grade", "scope", "cases", "status", "measure_kinds")
    return {
        "id": gravest["department"],
        "name": gravest["department_name"],
        "grade": gravest["grade"],
        "grade_rank": gravest["grade_rank"],
        "measure_kinds": sorted({kind for point in points for kind in point["measure_kinds"]}),
        "points": [{name: point[name] for name in shown} for point in points],
    }
