"""Whether a database that is to be merged is whole and agrees with itself."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from risk.errors import StoreError
from risk.model.point import GRADE_RANK

from .dictionary import TABLES
from .faults import plain_faults
from .rows import moment

# Of each table the columns, of each column the rules.
Tables = Mapping[str, Mapping[str, tuple[object, ...]]]

# Departments' clocks differ, and a little is no fault of the result's.
_AHEAD: Final = dt.timedelta(days=1)
_GRADES: Final = ", ".join(f"'{grade}'" for grade in GRADE_RANK)
_RANKED: Final = ", ".join(f"('{grade}', {rank})" for grade, rank in GRADE_RANK.items())
_NOUNS: Final = {
    "departments": "department",
    "rankings": "ranking",
    "risk_points": "risk point",
    "runs": "run",
    "violation_types": "violation type",
}
# Ids that begin with their department and this mark: so two departments never have the same.
_IDS: Final = {"rankings": ".", "risk_points": ".", "runs": "-", "violation_types": "."}
# Rows that belong to a department, the column that says to which, and what they name of its own.
_OWN: Final = (
    ("departments", "id", "run", "runs"),
    ("risk_points", "department", "run", "runs"),
    ("risk_points", "department", "violation", "violation_types"),
    ("grade_overrides", "department", "risk_point", "risk_points"),
)
_BREACHES: Final = {
    "a department has no run": "SELECT id FROM departments WHERE run IS NULL",
    "a plugin is another department's": "SELECT name FROM plugins WHERE name <> department",
    "a risk point has no grade that there is": f"""SELECT id FROM risk_points
        WHERE (grade, grade_rank) NOT IN (VALUES {_RANKED}) OR computed_grade NOT IN ({_GRADES})""",
    "a grade set by hand is none that there is": f"""SELECT id FROM grade_overrides
        WHERE grade NOT IN ({_GRADES})""",
    "a risk point has no ground for its computed grade": """SELECT id FROM risk_points
        WHERE id NOT IN (SELECT risk_point FROM grade_grounds WHERE position > 0)""",
    "a ranking lists another department's risk point": """SELECT e.risk_point
        FROM ranking_entries e JOIN rankings r ON r.id = e.ranking
        JOIN risk_points p ON p.id = e.risk_point WHERE p.department <> r.department""",
}
# Every column with the rules that it is held to: filled, part of the key, naming rows of a table.
_COLUMNS: Final = """SELECT t.name, c.name, c."notnull", c.pk, k."table"
    FROM sqlite_master t JOIN pragma_table_info(t.name) c
    LEFT JOIN pragma_foreign_key_list(t.name) k ON k."from" = c.name WHERE t.type = 'table'"""
_MOMENTS: Final = {
    "a run ended": "SELECT id, finished_at FROM runs ORDER BY id",
    "a grade was set by hand": "SELECT id, made_at FROM grade_overrides ORDER BY id",
}


def refuse_unsound(path: Path, conn: sqlite3.Connection) -> None:
    """Raise StoreError, naming the file, where the open database is damaged or contradicts itself.

    Sound is one that has the tables of the schema, in which whatever is named is there and of the
    same department, every point has a known grade with a ground, and nothing happened at a moment
    that is still to come.
    """
    with plain_faults(path):
        _refuse_damaged(path, conn)
        cursor = conn.cursor()
        cursor.row_factory = None
        said = next(_contradictions(cursor), None)
    if said:
        raise StoreError(
            f"{path}: the file contradicts itself ({said}); nothing was merged.",
            "Leave it out, or ask the department to make it anew and send it again.",
        )


def _contradictions(cursor: sqlite3.Cursor) -> Iterator[str]:
    """What is wrong, in words; each kind rests on there being nothing of those before."""
    yield from _other_tables(cursor)
    yield from _named_and_missing(cursor)
    yield from _of_two_departments(cursor)
    for breach, query in _BREACHES.items():
        for (id,) in cursor.execute(query):
            yield f"{breach}: {id}"
    yield from _impossible_moments(cursor)


def _other_tables(cursor: sqlite3.Cursor) -> Iterator[str]:
    there = _tables(cursor)
    for table, columns in _schema().items():
        found = there.get(table)
        if found is None:
            yield f"the table {table} is missing"
            continue
        for column in sorted(columns.keys() - found.keys()):
            yield f"the table {table} lacks the column {column}"
        for column in sorted(found.keys() - columns.keys()):
            yield f"the table {table} has a column {column}, which risk does not know"
        for column in sorted(columns):
            if found[column] != columns[column]:
                yield f"the column {column} of the table {table} is held to other rules than by risk"


@cache
def _schema() -> Tables:
    """The tables as risk makes them."""
    from sqlite_utils import Database

    from .migrations import migrate

    made = Database(memory=True)
    migrate(made)
    tables = _tables(made.conn.cursor())
    made.conn.close()
    return {table: tables[table] for table in TABLES}


def _tables(cursor: sqlite3.Cursor) -> Tables:
    found: dict[str, dict[str, tuple[object, ...]]] = {}
    for table, column, *rules in cursor.execute(_COLUMNS):
        found.setdefault(table, {})[column] = tuple(rules)
    return found


def _named_and_missing(cursor: sqlite3.Cursor) -> Iterator[str]:
    for table in TABLES:
        broken = cursor.execute(f"PRAGMA foreign_key_check({table})").fetchone()
        if broken:
            _, row, parent, key = broken
            (column,) = cursor.execute(
                'SELECT "from" FROM pragma_foreign_key_list(?) WHERE id = ?', [table, key]
            ).fetchone()
            (name,) = cursor.execute(
                f"SELECT {column} FROM {table} WHERE rowid = ?", [row]
            ).fetchone()
            yield f"a row of {table} names the {_NOUNS[parent]} {name}, which is not there"


def _of_two_departments(cursor: sqlite3.Cursor) -> Iterator[str]:
    for table, mark in _IDS.items():
        for id, department in cursor.execute(
            f"""SELECT id, department FROM {table}
            WHERE substr(id, 1, length(department) + 1) <> department || '{mark}'"""
        ):
            yield f"the {_NOUNS[table]} {id} is said to be of the department {department}"
    for table, owner, column, parent in _OWN:
        for department, name in cursor.execute(
            f"""SELECT row.{owner}, row.{column} FROM {table} row
            JOIN {parent} named ON named.id = row.{column} WHERE named.department <> row.{owner}"""
        ):
            yield f"{table}: {department} names the {_NOUNS[parent]} {name} of another department"


def _impossible_moments(cursor: sqlite3.Cursor) -> Iterator[str]:
    latest = moment(dt.datetime.now(dt.UTC) + _AHEAD)
    for event, query in _MOMENTS.items():
        for id, at in cursor.execute(query):
            if not _is_moment(str(at)):
                yield f"{event} at no moment as risk writes it, {at!r}: {id}"
            elif at > latest:
                yield f"{event} in the future, at {at}, by a clock that is wrong: {id}"


def _is_moment(text: str) -> bool:
    """Whether a text is a moment as risk writes it: results are ordered by these texts."""
    try:
        return moment(dt.datetime.fromisoformat(text)) == text
    except (ValueError, OverflowError):
        return False


def _refuse_damaged(path: Path, conn: sqlite3.Connection) -> None:
    (found,) = conn.execute("PRAGMA quick_check(1)").fetchone().values()
    missing = _missing_bytes(path, conn)
    if missing:
        # SQLite reads what is cut off within the last page as zeros, and says nothing.
        found = f"its last {missing:,} bytes are missing"
    if found != "ok":
        raise StoreError(
            f"{path}: the file is damaged ({str(found).splitlines()[-1]}); nothing was merged.",
            "Ask the department to send it again.",
        )


def _missing_bytes(path: Path, conn: sqlite3.Connection) -> int:
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        return 0
    (pages,), (size,) = (
        conn.execute(f"PRAGMA {name}").fetchone().values() for name in ("page_count", "page_size")
    )
    return max(0, int(pages) * int(size) - path.stat().st_size)
