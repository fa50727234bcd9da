"""The headings of what is no text: a SQLite table, a Parquet file, a sheet."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from risk.errors import InputError

from .text_head import HEAD_ROWS

if TYPE_CHECKING:
    from .source import Source


def sqlite_head(source: Source) -> tuple[tuple[str, ...], ...]:
    """The names of the columns; InputError where the table or query is not there."""
    if not source.selection:
        raise InputError(
            f"{source.path.name}: which table of the database?",
            f"Write {source.path.name}::TABLE, or a query after the two colons.",
        )
    connection = sqlite3.connect(f"{source.path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        cursor = connection.execute(f"select * from ({sqlite_query(source)}) limit 0")
        return (tuple(column[0] for column in cursor.description),)
    except sqlite3.Error as error:
        raise InputError(
            f"{source.path.name}: {source.selection!r} cannot be read ({error}).",
            "Name a table of the database, or write a select statement.",
        ) from error
    finally:
        connection.close()


def sqlite_query(source: Source) -> str:
    """The select statement that a SQLite source stands for."""
    table = source.selection.replace('"', '""')
    return source.query or f'select * from "{table}"'


def parquet_head(path: Path) -> tuple[tuple[str, ...], ...]:
    """The names of the columns; InputError for a damaged file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return (tuple(pq.read_schema(path).names),)
    except (pa.ArrowException, OSError) as error:
        raise InputError(
            f"{path.name}: the Parquet file is damaged or cut off.", "Export it again."
        ) from error


def sheet_head(source: Source) -> tuple[tuple[tuple[str, ...], ...], int]:
    """The first rows of a sheet, an empty cell saying what stands above it, and their first column.

    Where headings stand over two rows, most are merged with the cell below, which is empty then.
    """
    from .sheets import first_rows_of_sheet

    table, first_column = first_rows_of_sheet(source, HEAD_ROWS)
    columns = [column.to_pylist() for column in table.columns]
    rows = [tuple(cell or "" for cell in row) for row in zip(*columns, strict=True)]
    above = [tuple("" for _ in columns), *rows]
    head = tuple(
        tuple(cell or higher for cell, higher in zip(row, upper, strict=True))
        for row, upper in zip(rows, above, strict=False)
    )
    return head, first_column
