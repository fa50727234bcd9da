"""How a database comes to the present schema, step by step."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from . import dictionary, tables
from .schema import MIGRATIONS
from .views import view_statements

KERNEL = Migrations("risk")


def migrate(db: Database) -> None:
    """Bring `db` to the present schema, inside the caller's transaction."""
    KERNEL.apply(db)
    db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


@KERNEL()
def m001_tables(db: Database) -> None:
    """Every table."""
    for statement in (*tables.LOG, *tables.KNOWLEDGE, *tables.POINTS):
        db.execute(statement)


@KERNEL()
def m002_indexes(db: Database) -> None:
    """An index for everything that is filtered, sorted or followed."""
    for statement in tables.INDEXES:
        db.execute(statement)


@KERNEL()
def m003_views(db: Database) -> None:
    """The views for officials."""
    for statement in view_statements(dictionary.entries()):
        db.execute(statement)
