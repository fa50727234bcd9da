"""Opening a database: for one writing transaction, or for reading one unchanging state.

While a run writes, the file is in WAL mode: readers go on reading, and a killed run leaves
nothing that a read-only reader would have to repair. At rest it goes back to a single plain file,
which can be sent, put on a read-only share and copied whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from risk.errors import StoreError

from .faults import plain_faults
from .schema import Standing, standing

if TYPE_CHECKING:
    from sqlite_utils import Database

BUSY_SECONDS: Final = 60

# The change from one journal to the other writes two bytes of the first page. Done under a journal
# on disk, a kill just then would leave one that a read-only reader cannot roll back.
_UNLOGGED: Final = "memory"


@contextmanager
def writing(path: Path, make: bool = True) -> Iterator[Database]:
    """The database at `path` inside one immediate transaction, brought up to date first.

    It is made where there is none, if `make` says so. Commits when the block ends; changes nothing
    when it raises. Raises StoreError where the file is not ours, is of a newer schema, cannot be
    written or stays locked for a minute.
    """
    from sqlite_utils import Database

    from .migrations import migrate

    with plain_faults(path):
        if make:
            need_folder(path)
        else:
            _need_file(path)
        conn = _connect(_address(path, "rwc" if make else "rw"))
        try:
            _refuse(path, standing(conn))
            _write_ahead(conn)
            conn.execute("PRAGMA foreign_keys = ON")
            conn.execute("BEGIN IMMEDIATE")
            state = standing(conn)
            _refuse(path, state)
            db = Database(conn, execute_plugins=False)
            if state is not Standing.CURRENT:
                migrate(db)
            conn.execute("PRAGMA defer_foreign_keys = ON")
            yield db
            conn.execute("COMMIT")
        finally:
            if conn.in_transaction:
                conn.execute("ROLLBACK")
            _become_plain(conn)
            conn.close()


@contextmanager
def reading(path: Path, upgrade: bool = True) -> Iterator[sqlite3.Connection]:
    """A read-only connection to the database at `path`, held at one state; rows come as dicts.

    A database of an older schema is first brought up to date, unless `upgrade` is off. Raises
    StoreError where there is none, where it is not ours or of a newer schema.
    """
    with plain_faults(path):
        conn = _connect(read_only_address(path))
        try:
            state = standing(conn)
            if state is Standing.OLDER and upgrade:
                conn.close()
                with writing(path):
                    pass
                conn = _connect(read_only_address(path))
                state = standing(conn)
            _refuse(path, state)
            _refuse_unready(path, state)
            conn.row_factory = _as_dict
            conn.execute("BEGIN")
            yield conn
        finally:
            conn.close()


def is_current(path: Path) -> bool:
    """Whether there is a database of the present schema at `path`, so that reading changes nothing.

    Raises StoreError where the file is not ours, or of a newer schema.
    """
    if not path.is_file():
        return False
    with plain_faults(path):
        conn = _connect(read_only_address(path))
        try:
            state = standing(conn)
        finally:
            conn.close()
    _refuse(path, state)
    return state is Standing.CURRENT


def read_only_address(path: Path) -> str:
    """The SQLite URI by which the database at `path` can be read (or attached) and not written.

    What a killed writer left is finished first, where the folder can be written. Raises StoreError
    where there is no file.
    """
    _need_file(path)
    plain = _address(path, "ro")
    if _answers(plain):
        return plain
    with suppress(sqlite3.OperationalError):
        _finish_killed_write(path)
    if _answers(plain):
        return plain
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise StoreError(
            f"{path}: a run was broken off here, and the folder cannot be written to finish it.",
            "Copy the file with those beside it to a folder that can be written.",
        )
    return f"{plain}&immutable=1"


def _answers(address: str) -> bool:
    try:
        conn = _connect(address)
        conn.execute("SELECT 1 FROM sqlite_master").fetchone()
        conn.close()
    except sqlite3.OperationalError:
        return False
    return True


def _finish_killed_write(path: Path) -> None:
    conn = _connect(_address(path, "rw"))
    try:
        conn.execute("SELECT 1 FROM sqlite_master").fetchone()
    finally:
        conn.close()


def _address(path: Path, mode: str) -> str:
    return f"{path.resolve().as_uri()}?mode={mode}"


def _connect(address: str) -> sqlite3.Connection:
    return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)


def _write_ahead(conn: sqlite3.Connection) -> None:
    """Go over to WAL, or, where a reader is in the way, to the plain rollback journal."""
    with suppress(sqlite3.OperationalError):
        if _journal(conn) != "wal":
            conn.execute(f"PRAGMA journal_mode = {_UNLOGGED}")
            conn.execute("PRAGMA journal_mode = wal")
    if _journal(conn) != "wal":
        conn.execute("PRAGMA journal_mode = delete")
        if _journal(conn) != "delete":
            raise StoreError("The database takes no journal.", "Report this.")


def _become_plain(conn: sqlite3.Connection) -> None:
    """Go back to one plain file; where readers hold the log, put what it holds into the file."""
    with suppress(sqlite3.Error):
        if _journal(conn) == "wal":
            conn.execute("PRAGMA busy_timeout = 0")
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            conn.execute(f"PRAGMA journal_mode = {_UNLOGGED}")


def _journal(conn: sqlite3.Connection) -> str:
    (mode,) = conn.execute("PRAGMA journal_mode").fetchone()
    return str(mode)


def _need_file(path: Path) -> None:
    _refuse_folder(path)
    if not path.is_file():
        raise StoreError(
            f"{path}: there is no such database.",
            "Make it with risk run or risk merge, or name another with --db.",
        )


def need_folder(path: Path) -> None:
    """Raise StoreError where `path` lies in no folder, or is one: no database can be made there."""
    if not path.parent.is_dir():
        raise StoreError(f"{path}: the folder {path.parent} is not there.", "Make it first.")
    _refuse_folder(path)


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise StoreError(f"{path}: this is a folder, not a database.", "Name a file with --db.")


def _refuse(path: Path, state: Standing) -> None:
    if state is Standing.FOREIGN:
        raise StoreError(
            f"{path}: this SQLite file was not made by risk and is left as it is.",
            "Name another file with --db.",
        )
    if state is Standing.NEWER:
        raise StoreError(
            f"{path}: a newer version of risk made this database; it is left as it is.",
            "Update risk: pip install --upgrade city-risk.",
        )


def _refuse_unready(path: Path, state: Standing) -> None:
    if state is Standing.BLANK:
        raise StoreError(
            f"{path}: the database is still empty.", "Fill it with risk run or risk merge."
        )
    if state is Standing.OLDER:
        raise StoreError(
            f"{path}: an older version of risk made this database.",
            f"Bring it up to date with: risk points --db {path}",
        )


def _as_dict(cursor: sqlite3.Cursor, row: tuple[object, ...]) -> dict[str, object]:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}
