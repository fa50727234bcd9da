"""DuckDB on this machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import reduce
from pathlib import Path

import duckdb
import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from risk.errors import InputError, StoreError
from risk.progress import Progress

from .engine import RECORD, BrokenLine, MalformedText, Scan
from .frame import Dialect
from .sheets import read_sheet
from .sources import Source, sqlite_query

MEMORY_LIMIT = "1400MB"
_BROKEN = {
    "TOO MANY COLUMNS": "broken line: too many columns",
    "MISSING COLUMNS": "broken line: missing columns",
    "INVALID ENCODING": "broken line: encoding",
    "UNQUOTED VALUE": "broken line: quotes",
    "JSON": "broken line: no JSON object",
    "LINE SIZE OVER MAXIMUM": "broken line: too long",
}


@ibis.udf.scalar.builtin
def try_strptime(text: str, formats: dt.Array(dt.string)) -> dt.timestamp:  # type: ignore[valid-type]
    """The moment in the first format that fits, else null."""


@ibis.udf.scalar.builtin
def sha256(text: str) -> str:
    """The digest in lower-case hexadecimal."""


class DuckDBDialect:
    """How DuckDB spells what engines spell differently."""

    def timestamp(self, text: ir.StringValue, formats: tuple[str, ...]) -> ir.TimestampValue:
        """The moment that the text states in the first fitting format, else null."""
        moment: ir.TimestampValue = try_strptime(text, list(formats))
        return moment

    def sha256(self, text: ir.StringValue) -> ir.StringValue:
        """The digest in lower-case hexadecimal."""
        digest: ir.StringValue = sha256(text)
        return digest

    def plus_minutes(self, day: ir.TimestampValue, minutes: ir.IntegerValue) -> ir.TimestampValue:
        """The moment so many minutes after another."""
        moment: ir.TimestampValue = day + minutes.as_interval("m")
        return moment


class DuckDBEngine:
    """The embedded engine: one process, memory bounded, the rest spilt to `scratch`."""

    name = "duckdb"

    def __init__(self, scratch: Path, progress: Progress) -> None:
        self.dialect: Dialect = DuckDBDialect()
        self._progress = progress
        self._backend = ibis.duckdb.connect(temp_directory=str(scratch), memory_limit=MEMORY_LIMIT)
        self._connection: duckdb.DuckDBPyConnection = self._backend.con
        self._connection.execute("set enable_progress_bar = true")
        self._connection.execute("set enable_progress_bar_print = false")
        self._scans = 0
        self._stages = 0
        self._blank: dict[int, list[int]] = {}

    def scan(self, source: Source, text: Path | None, skip_lines: int, header_row: int) -> Scan:
        """A lazy table over a source: text columns c0, c1, … in the file's order."""
        self._scans += 1
        name = f"source_{self._scans}"
        if source.format == "csv" and text is not None:
            width = len(source.head[header_row])
            relation = _csv_relation(text, source.delimiter, width, skip_lines, self._scans)
        elif source.format == "jsonl" and text is not None:
            relation = self._json_relation(source, text)
        elif source.format == "parquet":
            relation = _parquet_relation(source)
        else:
            self._connection.register(f"{name}_rows", self._arrow_rows(source, skip_lines))
            relation = f"select * from {name}_rows"
        self._connection.execute(f"create or replace temp view {name} as {relation}")
        return Scan(self._backend.table(name), self._scans)

    def stage(self, rows: ir.Table) -> ir.Table:
        """The same rows, lazily; a view keeps the steps apart, which Ibis would melt into one."""
        self._stages += 1
        name = f"stage_{self._stages}"
        self._connection.execute(f"create temp view {name} as {self._backend.compile(rows)}")
        return self._backend.table(name)

    def write(self, rows: ir.Table, file: Path) -> int:
        """Write the rows as one Parquet file in their order; gives how many."""
        sql = self._backend.compile(rows)
        with self._work("reading"):
            written = self._connection.execute(
                f"copy ({sql}) to {_quoted(file)} (format parquet, compression zstd)"
            ).fetchone()
        assert written is not None
        return int(written[0])

    def gather(self, parts: Path, order: str, file: Path) -> int:
        """One file of a folder of Parquet files, in the order of a column that is then left out."""
        with self._work("reading"):
            written = self._connection.execute(
                f"copy (select * exclude ({order}) from read_parquet({_quoted(parts / '*.parquet')})"
                f" order by {order}) to {_quoted(file)} (format parquet, compression zstd)"
            ).fetchone()
        assert written is not None
        return int(written[0])

    def broken_lines(self, scan: Scan) -> list[BrokenLine]:
        """The lines that were no records, known once the scan has been written."""
        table = f"broken_{scan.number}"
        known = self._connection.execute(
            "select 1 from duckdb_tables() where table_name = ?", [table]
        ).fetchone()
        if known is None:
            return []
        rows = self._connection.execute(
            f"select line, min(error_type) from {table} group by line order by line"
        ).fetchall()
        return [BrokenLine(line, _BROKEN.get(kind, "broken line")) for line, kind in rows]

    def blank_lines(self, scan: Scan) -> list[int]:
        """The lines or sheet rows that hold nothing, where they are known."""
        return self._blank.get(scan.number, [])

    def canonical(self, files: Mapping[int, Path]) -> ir.Table:
        """Canonical rows of the partitions' files, each with its `position` and `record` number."""
        parts = []
        for position, file in files.items():
            rows = self._backend.read_parquet(str(file), file_row_number=True)
            rows = rows.rename({RECORD: "file_row_number"})
            parts.append(rows.mutate(position=ibis.literal(position, "int32")))
        return ibis.union(*parts) if len(parts) > 1 else parts[0]

    def fetch(self, rows: ir.Table) -> pa.Table:
        """The rows in memory: for results, never for cases."""
        with self._work("counting"):
            table: pa.Table = self._backend.to_pyarrow(rows)
        return table

    def keep(self, name: str, rows: ir.Table) -> ir.Table:
        """The rows computed once and kept for several further questions."""
        with self._work("counting"):
            self._connection.execute(
                f"create or replace temp table {name} as {self._backend.compile(rows)}"
            )
        return self._backend.table(name)

    def upload(self, name: str, rows: pa.Table) -> ir.Table:
        """A small table made known to the engine."""
        self._connection.register(f"{name}_rows", rows)
        self._connection.execute(f"create or replace temp table {name} as from {name}_rows")
        self._connection.unregister(f"{name}_rows")
        return self._backend.table(name)

    def close(self) -> None:
        """Let go of memory, threads and temporary files."""
        self._backend.disconnect()

    @contextmanager
    def _work(self, title: str) -> Iterator[None]:
        try:
            with self._progress.step(title, self._connection.query_progress):
                yield
        except duckdb.InvalidInputException as error:
            if "CSV" in str(error):
                raise MalformedText from None
            raise _refusal(error) from None
        except duckdb.Error as error:
            raise _refusal(error) from None
        except KeyboardInterrupt:
            self._connection.interrupt()
            raise

    def _arrow_rows(self, source: Source, skip_lines: int) -> pa.Table:
        if source.format == "sqlite":
            return _sqlite_rows(source)
        rows = read_sheet(source).slice(skip_lines)
        filled = reduce(pc.or_, (pc.is_valid(column) for column in rows.columns))
        blank = np.flatnonzero(~filled.to_numpy()) + skip_lines + 1
        self._blank[self._scans] = blank.tolist()
        return rows.filter(filled)

    def _json_relation(self, source: Source, text: Path) -> str:
        lines = (
            f"read_csv({_quoted(text)}, columns={{'line': 'VARCHAR'}}, auto_detect=false,"
            " header=false, delim='\x1f', quote='', escape='')"
        )
        number = self._scans
        self._connection.execute(
            f"create or replace temp table broken_{number} as select row as line, 'JSON' as error_type from"
            f" (select row_number() over () as row, line from {lines})"
            " where trim(coalesce(line, '')) <> '' and not json_valid(line)"
        )
        keys = ", ".join(
            f"json_extract_string(line, {_quoted_text(_json_path(key))}) as c{position}"
            for position, key in enumerate(source.head[0])
        )
        return f"select {keys} from {lines} where line is not null and json_valid(line)"


def _csv_relation(text: Path, delimiter: str, width: int, skip_lines: int, number: int) -> str:
    columns = ", ".join(f"'c{position}': 'VARCHAR'" for position in range(width))
    return (
        f"select * from read_csv({_quoted(text)}, columns={{{columns}}}, auto_detect=false,"
        f" header=false, skip={skip_lines}, delim={_quoted_text(delimiter)}, quote='\"',"
        f" escape='\"', max_line_size=4000000, store_rejects=true,"
        f" rejects_table='broken_{number}', rejects_scan='broken_scan_{number}')"
    )


def _parquet_relation(source: Source) -> str:
    columns = ", ".join(
        f'cast("{name.replace(chr(34), chr(34) * 2)}" as varchar) as c{position}'
        for position, name in enumerate(source.head[0])
    )
    return f"select {columns} from read_parquet({_quoted(source.path)})"


def _sqlite_rows(source: Source) -> pa.Table:
    """All columns as text, through ADBC: Arrow batches without a Python object per cell."""
    import adbc_driver_manager
    from adbc_driver_sqlite import dbapi

    columns = ", ".join(
        f'cast("{name.replace(chr(34), chr(34) * 2)}" as text) as c{position}'
        for position, name in enumerate(source.head[0])
    )
    try:
        with (
            dbapi.connect(f"file:{source.path}?mode=ro") as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(f"select {columns} from ({sqlite_query(source)})")
            table: pa.Table = cursor.fetch_arrow_table()
    except adbc_driver_manager.Error as error:
        raise InputError(
            f"{source.name}: the table cannot be read ({type(error).__name__}).",
            "Check the database with another program.",
        ) from None
    # A column without any value comes back without a type.
    return table.cast(pa.schema([(name, pa.string()) for name in table.column_names]))


def _refusal(error: duckdb.Error) -> StoreError:
    """What may be said of an engine's failure: its own text may quote a cell, so only I/O is quoted."""
    if isinstance(error, duckdb.OutOfMemoryException):
        return StoreError(
            f"The work does not fit: memory ({MEMORY_LIMIT}) and temporary disk space are used up.",
            "Free disk space beside the database and run again.",
        )
    if isinstance(error, duckdb.IOException):
        return StoreError(
            f"Reading or writing failed: {str(error).strip().partition(chr(10))[0]}",
            "Check free disk space and permissions, then run again; nothing was changed.",
        )
    return StoreError(
        f"The engine failed ({type(error).__name__}).", "Report it with the adapter's name."
    )


def _json_path(key: str) -> str:
    return '$."' + key.replace('"', '\\"') + '"'


def _quoted(path: Path) -> str:
    return _quoted_text(str(path))


def _quoted_text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
