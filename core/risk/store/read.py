"""What the database says, as plain dictionaries; nothing here writes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from risk.errors import UsageError

from .finding import TITLES, find_point
from .opening import reading

Row = dict[str, Any]

_JSON_COLUMNS = ("notes", "figures", "unreadable", "remarks")
_SIGNALS = """s.signals, s.recent AS recent_signals,
    s.first AS signals_from, s.last AS signals_to"""


def points(path: Path, department: str | None = None, grade: str | None = None) -> list[Row]:
    """The graded list, strongest first: `risk_points` with the department's name and its signals.

    Those are `signals`, `recent_signals` (of the point's twelve months), `signals_from` and
    `signals_to`; null where there are none. Raises UsageError where no department has that id or title.
    """
    with reading(path) as conn:
        if department is not None:
            department = find_department(conn, path, department)
        return _rows(
            conn,
            f"""SELECT p.*, d.name AS department_name, {_SIGNALS} FROM risk_points p
            JOIN departments d ON d.id = p.department
            LEFT JOIN signals s ON s.risk_point = p.id
            WHERE p.department = coalesce(?, p.department) AND p.grade = coalesce(?, p.grade)
            ORDER BY p.grade_rank DESC, p.cases DESC, p.id""",
            [department, grade],
        )


def overview(path: Path) -> Row:
    """What the database holds at a glance.

    `grades` maps each grade, highest first, to its number of points; `departments` counts them;
    `updated` is Beijing time of the newest run, None where none was; `sample` says whether any
    point rests on made-up data.
    """
    with reading(path) as conn:
        counted = {
            row["grade"]: row["n"]
            for row in conn.execute("SELECT grade, count(*) AS n FROM risk_points GROUP BY grade")
        }
        (rest,) = _rows(
            conn,
            """SELECT (SELECT count(*) FROM departments) AS departments,
            (SELECT 完成时间 FROM 运行记录 LIMIT 1) AS updated,
            EXISTS (SELECT 1 FROM risk_points WHERE sample = 1) AS sample""",
            [],
        )
        return {"grades": {"高": 0, "中": 0, "低": 0} | counted, **rest}


def explain(path: Path, point: str, newest: int = 10) -> Row:
    """Everything that stands behind the grade of one point, by id, prefix of an id, or title.

    Its row with its signals, and under `grounds`, `overrides`, `laws`, `causes`, `measures`,
    `legal_references` (with the dates in force and whether these are verified), `topics`,
    `monthly`, `signals_monthly`, `cases_shown` (the `newest` cases), `run` and `sources` what
    belongs to it; `counted` says in Chinese from and to which day cases were counted, empty where
    all are.
    Raises UsageError where no one point is meant.
    """
    with reading(path) as conn:
        titles = {row["id"]: row["title"] for row in conn.execute(TITLES)}
        found = find_point(path, titles, point)
        (row,) = _rows(
            conn,
            f"""SELECT p.*, {_SIGNALS} FROM risk_points p
            LEFT JOIN signals s ON s.risk_point = p.id WHERE p.id = ?""",
            [found],
        )
        (row["department"],) = _rows(
            conn, "SELECT id, name, unit FROM departments WHERE id = ?", [row["department"]]
        )
        (row["violation"],) = _rows(
            conn, "SELECT * FROM violation_types WHERE id = ?", [row["violation"]]
        )
        return {**row, **_reasons(conn, row, newest), **_provenance(conn, row)}


def _reasons(conn: sqlite3.Connection, point: Row, newest: int) -> Row:
    id = [point["id"]]
    by_position = "SELECT * FROM {} WHERE risk_point = ? ORDER BY position"
    (stored,) = _rows(conn, "SELECT count(*) AS n FROM evidence_cases WHERE risk_point = ?", id)
    return {
        "grounds": _rows(conn, by_position.format("grade_grounds"), id),
        "overrides": _rows(
            conn,
            """SELECT o.*, o.lapsed_at IS NULL AND o.grade IS NOT NULL
            AND o.figures_digest = p.figures_digest AS in_force
            FROM grade_overrides o JOIN risk_points p ON p.id = o.risk_point
            WHERE o.risk_point = ? ORDER BY o.made_at, o.id""",
            id,
        ),
        "laws": _rows(
            conn,
            """SELECT l.*, (SELECT max(verified) FROM legal_references r WHERE r.violation = ?
            AND r.law_key = l.law_key AND r.article = l.article) AS verified
            FROM point_laws l WHERE l.risk_point = ? ORDER BY l.position""",
            [point["violation"]["id"], *id],
        ),
        "causes": _rows(conn, by_position.format("causes"), id),
        "measures": _rows(conn, by_position.format("measures"), id),
        "legal_references": _rows(
            conn,
            """SELECT r.*, coalesce(w.dates_verified, 0) AS dates_verified FROM legal_references r
            LEFT JOIN laws w ON w.department = ? AND w.key = r.law_key
            WHERE r.violation = ? ORDER BY r.position""",
            [point["department"]["id"], point["violation"]["id"]],
        ),
        "topics": [
            row["topic"]
            for row in conn.execute(
                "SELECT topic FROM violation_topics WHERE violation = ? ORDER BY topic",
                [point["violation"]["id"]],
            )
        ],
        "monthly": _rows(
            conn, "SELECT * FROM evidence_monthly WHERE risk_point = ? ORDER BY month", id
        ),
        "signals_monthly": _rows(
            conn,
            "SELECT month, signals FROM signals_monthly WHERE risk_point = ? ORDER BY month",
            id,
        ),
        "cases_stored": stored["n"],
        "cases_shown": _rows(
            conn,
            """SELECT * FROM evidence_cases WHERE risk_point = ?
            ORDER BY decided_on DESC, occurred_at DESC, case_id LIMIT ?""",
            [*id, newest],
        ),
    }


def _provenance(conn: sqlite3.Connection, point: Row) -> Row:
    (run,) = _rows(conn, "SELECT * FROM runs WHERE id = ?", [point["run"]])
    department = point["department"]["id"]
    return {
        "run": run,
        "sources": _sources(conn, department),
        "counted": _days_counted(conn, department),
    }


def _days_counted(conn: sqlite3.Connection, department: str) -> str:
    found = _rows(
        conn,
        "SELECT r.since, r.until FROM departments d JOIN runs r ON r.id = d.run WHERE d.id = ?",
        [department],
    )
    since, until = (found[0]["since"], found[0]["until"]) if found else (None, None)
    if since and until:
        return f"只统计 {since} 至 {until} 的案件"
    if since:
        return f"只统计 {since} 以来的案件"
    return f"只统计截至 {until} 的案件" if until else ""


def _sources(conn: sqlite3.Connection, department: str) -> list[Row]:
    """The files beneath a department's points: its partitions, or, merged, all its runs read."""
    columns = (
        "name, sha256, adapter, kind, rows, cases, signals, rejected, excluded, duplicates, sample"
    )
    return _rows(
        conn,
        f"SELECT {columns} FROM partitions WHERE department = ? ORDER BY position",
        [department],
    ) or _rows(
        conn,
        f"""SELECT DISTINCT {columns} FROM sources
        WHERE run IN (SELECT id FROM runs WHERE department = ?) ORDER BY name, sha256""",
        [department],
    )


def rankings(path: Path) -> list[Row]:
    """The named rankings with their department's name."""
    with reading(path) as conn:
        return _all_rankings(conn)


def ranking(path: Path, name: str) -> Row:
    """One ranking, by title or id (the department's prefix may be left out), with its `entries`.

    Raises UsageError where none or more than one is meant.
    """
    with reading(path) as conn:
        known = _all_rankings(conn)
        meant = [row for row in known if name in (row["id"], row["title"])]
        meant = meant or [row for row in known if row["id"].endswith(f".{name}")]
        if len(meant) != 1:
            raise UsageError(
                f"{path}: {'more than one' if meant else 'no'} ranking is called {name!r}.",
                _known([f"{row['id']} ({row['title']})" for row in meant or known], "rankings"),
            )
        entries = _rows(
            conn,
            """SELECT e.rank, e.district, e.scope, e.cases, e.risk_point, p.grade, p.title
            FROM ranking_entries e LEFT JOIN risk_points p ON p.id = e.risk_point
            WHERE e.ranking = ? ORDER BY e.position""",
            [meant[0]["id"]],
        )
        return {**meant[0], "entries": entries}


def accounts(path: Path, department: str) -> list[Row]:
    """The sources of the department's newest run, each with what became of its rows."""
    with reading(path) as conn:
        department = find_department(conn, path, department)
        return _rows(
            conn,
            """SELECT * FROM sources WHERE run = (SELECT id FROM runs WHERE department = ?
            ORDER BY finished_at DESC, id DESC LIMIT 1) ORDER BY position, name""",
            [department],
        )


def _all_rankings(conn: sqlite3.Connection) -> list[Row]:
    return _rows(
        conn,
        """SELECT r.*, d.name AS department_name FROM rankings r
        JOIN departments d ON d.id = r.department ORDER BY r.id""",
        [],
    )


def find_department(conn: sqlite3.Connection, path: Path, said: str) -> str:
    """The id of the department of that id or Chinese title in the database at `path`.

    Raises UsageError, with the ids and titles there are, where no one department is meant.
    """
    known = _rows(conn, "SELECT id, name FROM departments ORDER BY id", [])
    meant = [row["id"] for row in known if row["id"] == said]
    meant = meant or [row["id"] for row in known if row["name"] == said]
    if len(meant) != 1:
        number = "more than one department" if meant else "no department"
        listed = [f"{row['id']} ({row['name']})" for row in known]
        raise UsageError(f"{path}: there is {number} {said!r}.", _known(listed, "departments"))
    return str(meant[0])


def _known(names: Sequence[str], what: str) -> str:
    return f"Known: {', '.join(names)}." if names else f"It holds no {what}."


def _rows(conn: sqlite3.Connection, sql: str, values: Sequence[object]) -> list[Row]:
    rows: list[Row] = conn.execute(sql, values).fetchall()
    for row in rows:
        for column in _JSON_COLUMNS:
            if isinstance(row.get(column), str):
                row[column] = json.loads(row[column])
    return rows
