"""Writing a run: the whole result in one transaction, or nothing."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from risk.errors import StoreError
from risk.model.department import Department
from risk.model.point import Grade
from risk.model.result import RunResult

from . import rows
from .accounts import ROW_COLUMNS, check_accounts, write_account_rows, write_partitions
from .membership import refuse_merged
from .opening import writing
from .points import EVIDENCE, PointChanges, write_points
from .settling import lapse_outdated, settle
from .signals import write_signals
from .staging import lay, staging_file, sweep
from .sync import sync

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class RunReceipt:
    """What a run did to the database.

    `points` are ids by what became of them; `lapsed` are the ids of points whose override ended
    because the evidence changed; `overridden` holds the grades that overrides in force set.
    """

    run: str
    department: str
    points: PointChanges
    lapsed: tuple[str, ...]
    overridden: Mapping[str, Grade]


def write_run(path: Path, result: RunResult) -> RunReceipt:
    """Write `result` into the database at `path`, making it first where there is none.

    One transaction: killed at any moment, the file holds the old result or the new one. What says
    the same as before keeps its rows. Raises StoreError, with nothing changed, where the accounts
    do not add up, the department's result came from another database, or the file cannot be
    written.
    """
    _check(result)
    run = _run_id(result.department.id, result.started_at)
    with staging_file(path) as file, writing(path) as db:
        sweep(path)
        refuse_merged(db.conn, path, result.department.id)
        lay(db, file, _arrow_tables(result))
        return _write(db, result, run)


def _write(db: Database, result: RunResult, run: str) -> RunReceipt:
    department = result.department.id
    differences = int(_write_department(db, result.department))
    differences += _write_plugin(db, result)
    differences += _write_knowledge(db, result)
    points = write_points(db, result, run)
    differences += write_signals(db, result)
    differences += _write_rankings(db, result)
    differences += write_partitions(db, result)
    differences += write_account_rows(db, result, run)
    differences += _counts_other_days(db, result)
    lapsed = lapse_outdated(db, department, rows.moment(result.finished_at))
    settle(db, department)
    _log_run(db, result, run, points)
    if differences or points.any:
        db.execute("UPDATE departments SET run = ? WHERE id = ?", [run, department])
    return RunReceipt(run, department, points, lapsed, _overridden(db, department))


def _overridden(db: Database, department: str) -> dict[str, Grade]:
    return dict(
        db.execute(
            "SELECT id, grade FROM risk_points WHERE department = ? AND grade <> computed_grade",
            [department],
        ).fetchall()
    )


def _check(result: RunResult) -> None:
    check_accounts(result)
    ids = [point.id for point in result.points]
    if len(set(ids)) < len(ids):
        raise StoreError("Two risk points have the same id.", "This is a fault of risk; report it.")
    department = result.department.id
    for violation in (*result.violation_types, *(point.violation for point in result.points)):
        if violation.department != department:
            raise StoreError(
                f"{violation.id} does not belong to {department}; nothing was written.",
                "Mend the plugin's catalogue.",
            )


def _run_id(department: str, started: dt.datetime) -> str:
    # No counter: runs of departments that never met must not collide when they are merged.
    return f"{department}-{started.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"


def _arrow_tables(result: RunResult) -> dict[str, tuple[object, tuple[str, ...]]]:
    return {
        **{
            name: (getattr(result, name), ROW_COLUMNS)
            for name in ("rejects", "exclusions", "duplicates")
        },
        **{name: (getattr(result, name), columns) for name, columns in EVIDENCE.items()},
    }


def _write_department(db: Database, department: Department) -> bool:
    row = department.model_dump(include={"id", "name", "name_en", "unit"})
    stored = list(
        db.query("SELECT id, name, name_en, unit FROM departments WHERE id = ?", [department.id])
    )
    if stored == [row]:
        return False
    db.table("departments").upsert({**row, "merged": 0}, pk="id")
    return True


def _counts_other_days(db: Database, result: RunResult) -> bool:
    """Whether --since or --until are others than those of the run that made the stored result."""
    stored = db.execute(
        "SELECT r.since, r.until FROM departments d JOIN runs r ON r.id = d.run WHERE d.id = ?",
        [result.department.id],
    ).fetchone()
    row = rows.run_row(result, "")
    return stored not in (None, (row["since"], row["until"]))


def _write_plugin(db: Database, result: RunResult) -> int:
    department = result.department.id
    row = {
        "name": department,
        "department": department,
        "version": result.plugin_version,
        "distribution": result.distribution,
    }
    return sync(db, "plugins", "department = ?", department, ("name",), [row])


def _write_knowledge(db: Database, result: RunResult) -> int:
    department, violations = result.department.id, result.violation_types
    laws = rows.law_rows(result.laws, department)
    changed = sync(db, "laws", "department = ?", department, ("department", "key"), laws)
    changed += sync(
        db,
        "violation_types",
        "department = ?",
        department,
        ("id",),
        map(rows.violation_row, violations),
    )
    of_types = "violation IN (SELECT id FROM violation_types WHERE department = ?)"
    for table, key, make in (
        ("legal_references", "position", rows.reference_rows),
        ("violation_topics", "topic", rows.topic_rows),
    ):
        wanted = (row for violation in violations for row in make(violation))
        changed += sync(db, table, of_types, department, ("violation", key), wanted)
    return changed


def _write_rankings(db: Database, result: RunResult) -> int:
    department = result.department.id
    changed = sync(
        db,
        "rankings",
        "department = ?",
        department,
        ("id",),
        (rows.ranking_row(ranking, department) for ranking in result.rankings),
    )
    return changed + sync(
        db,
        "ranking_entries",
        "ranking IN (SELECT id FROM rankings WHERE department = ?)",
        department,
        ("ranking", "position"),
        rows.entry_rows(result.ranking_entries, department),
    )


def _log_run(db: Database, result: RunResult, run: str, points: PointChanges) -> None:
    db.table("runs").insert(
        {
            **rows.run_row(result, run),
            "points_new": len(points.new),
            "points_changed": len(points.changed),
            "points_gone": len(points.gone),
        }
    )
    db.table("sources").insert_all(rows.source_row(source, run) for source in result.sources)
