"""Laying Arrow tables beside the transaction as `staged_*` tables, for SQL to take over.

Few rows go into temporary tables. Many go through ADBC into a staging file that is attached:
row inserts from Python are some forty times slower.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from risk.errors import StoreError

from .plain_arrow import plain

if TYPE_CHECKING:
    import pyarrow as pa
    from sqlite_utils import Database

BULK_ROWS: Final = 10_000
_MARK: Final = ".staging-"


@contextmanager
def staging_file(path: Path) -> Iterator[Path]:
    """A name beside the database at `path` for a staging file, which is gone at the end."""
    file = path.with_name(f"{path.name}{_MARK}{secrets.token_hex(4)}")
    try:
        yield file
    finally:
        file.unlink(missing_ok=True)


def sweep(path: Path, besides: Path | None = None) -> None:
    """Remove the staging files of killed runs, but for one; only the holder of the write lock may."""
    for file in path.parent.iterdir():
        if file.name.startswith(f"{path.name}{_MARK}") and file != besides:
            file.unlink(missing_ok=True)


def lay(db: Database, file: Path, tables: Mapping[str, tuple[pa.Table, tuple[str, ...]]]) -> None:
    """Make a table `staged_NAME` with the columns asked for out of each Arrow table.

    Raises StoreError where an Arrow table has a column that the store has no place for.
    """
    large = {}
    for name, (table, columns) in tables.items():
        ready = plain(table, columns, name)
        if table.num_rows > BULK_ROWS:
            large[f"staged_{name}"] = ready
        else:
            _insert(db, f"staged_{name}", ready)
    if large:
        _ingest(file, large)
        db.execute("ATTACH ? AS staging", [str(file)])


def _insert(db: Database, name: str, table: pa.Table) -> None:
    columns = ", ".join(f'"{column}"' for column in table.column_names)
    db.execute(f"CREATE TEMP TABLE {name} ({columns})")
    rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
    places = ", ".join("?" * table.num_columns)
    db.conn.executemany(f"INSERT INTO {name} VALUES ({places})", rows)


def _ingest(file: Path, tables: Mapping[str, pa.Table]) -> None:
    from adbc_driver_manager import Error
    from adbc_driver_sqlite import dbapi

    try:
        with dbapi.connect(str(file), autocommit=True) as conn:
            for pragma in ("journal_mode = OFF", "synchronous = OFF"):
                with conn.cursor() as cursor:
                    cursor.execute(f"PRAGMA {pragma}")
            for name, table in tables.items():
                with conn.cursor() as cursor:
                    cursor.adbc_ingest(name, table, mode="create")
    except Error as error:
        raise StoreError(
            f"{file}: the rows cannot be laid down beside the database: {error}.",
            "Nothing was changed. Make room on the disk and try again.",
        ) from error
