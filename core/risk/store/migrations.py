"""How a database comes to the present schema, step by step."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from . import dictionary, tables, tables_of_signals
from .schema import MIGRATIONS
from .views import DICTIONARY_VIEW, VIEWS, view_statements

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
    _renew_views(db)


@KERNEL()
def m004_signals(db: Database) -> None:
    """What concerns citizens: signals by violation type and by point, and what they were read from."""
    _drop_views(db)
    for statement in tables_of_signals.SIGNALS:
        db.execute(statement)
    _renew_views(db)


def _renew_views(db: Database) -> None:
    """Make the views what they are today: SQLite looks for what they name only when they are read."""
    _drop_views(db)
    for statement in view_statements(dictionary.entries()):
        db.execute(statement)


def _drop_views(db: Database) -> None:
    # A view that names what is not there yet would stand in the way of altering a table.
    for name in (*VIEWS, DICTIONARY_VIEW):
        db.execute(f"DROP VIEW IF EXISTS {name}")
