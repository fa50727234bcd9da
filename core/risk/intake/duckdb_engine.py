"""DuckDB on this machine."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import ibis
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from risk.errors import StoreError
from risk.progress import Progress

from .engine import RECORD, BrokenLine, MalformedSource, Scan
from .frame import BLANKS, Dialect
from .relations import csv_rows, json_lines, json_rows, literal, parquet_rows, quoted, sqlite_rows
from .sheets import read_sheet
from .shown_cells import is_filled
from .signs import by_signs
from .source import Source

MEMORY_LIMIT = "1100MB"
# A thread holds a row group in memory until it is full.
_PARQUET = "format parquet, compression zstd, row_group_size 61440"
# What DuckDB makes of Ctrl-C where it sees it before Python does.
_INTERRUPTED = "Query interrupted"
_BROKEN = {
    "TOO MANY COLUMNS": "broken line: too many columns",
    "MISSING COLUMNS": "broken line: missing columns",
    "INVALID ENCODING": "broken line: encoding",
    "UNQUOTED VALUE": "broken line: quotes",
    "LINE SIZE OVER MAXIMUM": "broken line: too long",
}


@ibis.udf.scalar.builtin
def try_strptime(text: str, formats: dt.Array(dt.string)) -> dt.timestamp:  # type: ignore[valid-type]
    """The moment in the first format that fits, else null."""


@ibis.udf.scalar.builtin
def trim(text: str, characters: str) -> str:
    """The text without any of the characters at its ends."""


@ibis.udf.scalar.builtin
def sha256(text: str) -> str:
    """The digest in lower-case hexadecimal."""


class DuckDBDialect:
    """How DuckDB spells what engines spell differently."""

    def moment(self, text: ir.StringValue, formats: tuple[str, ...]) -> ir.TimestampValue:
        """The moment that the text states in the first fitting format, else null."""
        return by_signs(text, formats, lambda cell, forms: try_strptime(cell, list(forms)))

    def trim(self, text: ir.StringValue) -> ir.StringValue:
        """The text without blanks at its ends."""
        trimmed: ir.StringValue = trim(text, BLANKS)
        return trimmed

    def sha256(self, text: ir.StringValue) -> ir.StringValue:
        """The digest in lower-case hexadecimal."""
        digest: ir.StringValue = sha256(text)
        return digest

    def cover_after(
        self, text: ir.StringValue, before: str, pattern: str, cover: str
    ) -> ir.StringValue:
        """The text with `cover` for what `pattern` matches right behind a match of `before`."""
        covered: ir.StringValue = text.re_replace(f"({before})(?:{pattern})", rf"\1{cover}")
        return covered

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
        self._names = itertools.count(1)
        self._stages: dict[str, str] = {}
        self._written: dict[ops.Node, str] = {}
        self._blank: dict[int, list[int]] = {}
        self._broken: dict[int, list[BrokenLine]] = {}

    def scan(self, source: Source, text: Path | None, skip_lines: int, header_row: int) -> Scan:
        """A lazy table over a source: text columns c0, c1, … in the file's order.

        It takes the place of the one before, so that what was made of that may be written anew.
        """
        self._scans += 1
        name = "source"
        with self._work("reading", of_source=True):
            if source.format == "csv" and text is not None:
                width = len(source.head[header_row])
                relation = csv_rows(text, source.delimiter, width, skip_lines, self._scans)
            elif source.format == "jsonl" and text is not None:
                self._note_lines_without_object(text)
                relation = json_rows(source, text)
            elif source.format == "parquet":
                relation = parquet_rows(source)
            else:
                self._connection.register(f"{name}_rows", self._arrow_rows(source, skip_lines))
                relation = f"select * from {name}_rows"
            self._connection.execute(f"create or replace temp view {name} as {relation}")
        return Scan(self._backend.table(name), self._scans)

    def stage(self, rows: ir.Table) -> ir.Table:
        """The same rows, lazily; a name keeps the steps apart, which Ibis would melt into one."""
        name = f"stage_{next(self._names)}"
        self._stages[name] = self._backend.compile(rows)
        return self._known(name, rows.schema())

    def write(self, rows: ir.Table, file: Path) -> int:
        """Write the rows as one Parquet file in their order; gives how many."""
        asked = rows.op()
        if asked not in self._written:
            self._written[asked] = self._with_stages(rows)
        sql = self._written[asked]
        with self._work("reading", of_source=True):
            written = self._connection.execute(
                f"copy ({sql}) to {quoted(str(file))} ({_PARQUET})"
            ).fetchone()
        assert written is not None
        return int(written[0])

    def _with_stages(self, rows: ir.Table) -> str:
        sql = self._backend.compile(rows)
        stages = [f"{name} as not materialized ({made})" for name, made in self._stages.items()]
        self._stages.clear()
        return f"with {', '.join(stages)} {sql}" if stages else sql

    def gather(self, parts: Path, order: str, file: Path) -> int:
        """One file of a folder of Parquet files, in the order of a column that is then left out."""
        every = f"{literal(parts)}/*.parquet"
        with self._work("reading"):
            written = self._connection.execute(
                f"copy (select * exclude ({order}) from read_parquet({quoted(every)})"
                f" order by {order}) to {quoted(str(file))} ({_PARQUET})"
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
            return self._broken.get(scan.number, [])
        # A line of blanks is no record either, but nothing is lost with it.
        rows = self._connection.execute(
            f"select line, min(error_type) from {table} group by line"
            " having max(trim(csv_line, e' \\t\\r\\n\\x0b\\x0c')) <> '' order by line"
        ).fetchall()
        return [BrokenLine(line, _BROKEN.get(kind, "broken line")) for line, kind in rows]

    def blank_lines(self, scan: Scan) -> list[int]:
        """The lines or sheet rows that hold nothing, where they are known."""
        return self._blank.get(scan.number, [])

    def canonical(self, files: Mapping[int, Path]) -> ir.Table:
        """Canonical rows of the partitions' files, each with its `position` and `record` number."""
        parts = [self._numbered(position, file) for position, file in files.items()]
        return ibis.union(*parts) if len(parts) > 1 else parts[0]

    def _numbered(self, position: int, file: Path) -> ir.Table:
        name = f"partition_{position}"
        self._connection.execute(
            f"create or replace temp view {name} as select * from"
            f" read_parquet({quoted(literal(file))}, file_row_number = true)"
        )
        columns = ibis.Schema.from_pyarrow(pq.read_schema(file))
        rows = self._known(name, ibis.schema({**columns, "file_row_number": "int64"}))
        rows = rows.rename({RECORD: "file_row_number"})
        return rows.mutate(position=ibis.literal(position, "int32"))

    def _known(self, name: str, schema: ibis.Schema) -> ir.Table:
        """A table whose columns are known: to ask DuckDB for them, it would bind every view anew."""
        table: ir.Table = ops.DatabaseTable(
            name, schema=schema, source=self._backend, namespace=ops.Namespace()
        ).to_expr()
        return table

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
        return self._known(name, rows.schema())

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
    def _work(self, title: str, of_source: bool = False) -> Iterator[None]:
        try:
            with self._progress.step(title, self._connection.query_progress):
                yield
        except duckdb.Error as error:
            # What cannot be read has no more special class than these two.
            if of_source and type(error) in (duckdb.Error, duckdb.InvalidInputException):
                raise MalformedSource from None
            raise _refusal(error) from None
        except KeyboardInterrupt:
            self._connection.interrupt()
            raise
        except RuntimeError as error:
            if str(error) != _INTERRUPTED:
                raise
            raise KeyboardInterrupt from None

    def _note_lines_without_object(self, text: Path) -> None:
        rows = self._connection.execute(
            "select number, trim(coalesce(line, ''), e' \\t\\r') = ''"
            f" from ({json_lines(text)}) where not whole order by number"
        ).fetchall()
        self._blank[self._scans] = [line for line, blank in rows if blank]
        self._broken[self._scans] = [
            BrokenLine(line, "broken line: no JSON object") for line, blank in rows if not blank
        ]

    def _arrow_rows(self, source: Source, skip_lines: int) -> pa.Table:
        if source.format == "sqlite":
            return sqlite_rows(source)
        rows = read_sheet(source).slice(skip_lines)
        filled = is_filled(rows)
        blank = np.flatnonzero(~filled) + skip_lines + 1
        self._blank[self._scans] = blank.tolist()
        return rows.filter(pa.array(filled))


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
