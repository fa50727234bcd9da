"""How a database comes to the present schema, step by step."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from risk.model.legal_words import fine_range

from . import dictionary, law_tables, override_tables, tables, tables_of_signals
from .schema import MIGRATIONS
from .views import view_statements

KERNEL = Migrations("risk")


def migrate(db: Database) -> None:
    """Bring `db` to the present schema, inside the caller's transaction; views are made anew."""
    KERNEL.apply(db)
    _renew_views(db)
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
    """Nothing more: `migrate` makes the views, after whatever step is the last."""


@KERNEL()
def m004_signals(db: Database) -> None:
    """What concerns citizens: signals by violation type and by point, and what they were read from."""
    _drop_views(db)
    for statement in tables_of_signals.SIGNALS:
        db.execute(statement)


@KERNEL()
def m011_laws(db: Database) -> None:
    """Versions of laws and what follows each."""
    for statement in law_tables.LAWS:
        db.execute(statement)


@KERNEL()
def m012_point_laws(db: Database) -> None:
    """Which law the cases of a point fall under."""
    for statement in law_tables.POINT_LAWS:
        db.execute(statement)


@KERNEL()
def m013_topics_and_exemptions(db: Database) -> None:
    """What departments share, and the terms on which a violation goes unpunished."""
    _drop_views(db)
    for statement in law_tables.TOPICS_AND_EXEMPTIONS:
        db.execute(statement)


@KERNEL()
def m014_withdrawals(db: Database) -> None:
    """The withdrawal of an override is a record too, with reason and persons and without a grade."""
    _drop_views(db)
    for statement in override_tables.WITHDRAWALS:
        db.execute(statement)


@KERNEL()
def m015_fines(db: Database) -> None:
    """Every fine in words."""
    _drop_views(db)
    db.execute(law_tables.FINES)
    columns = "fine_min, fine_max, fine_basis"
    for fine in db.execute(f"SELECT DISTINCT {columns} FROM legal_references").fetchall():
        db.execute(
            f"UPDATE legal_references SET fine = ? WHERE ({columns}) IS (?, ?, ?)",
            [fine_range(*fine), *fine],
        )


@KERNEL()
def m016_views(db: Database) -> None:
    """Nothing more: what the views show beside a fine, `migrate` makes them show."""


def _renew_views(db: Database) -> None:
    """Make the views what they are today: SQLite looks for what they name only when they are read."""
    _drop_views(db)
    for statement in view_statements(dictionary.entries()):
        db.execute(statement)


def _drop_views(db: Database) -> None:
    # A view that names what is not there yet stands in the way of altering a table.
    for view in db.view_names():
        db.execute(f"DROP VIEW [{view}]")
