"""Apache Spark: the same expressions, on this machine's cores.

Text files, sheets and SQLite tables are landed as Parquet by the embedded engine first, since it
is the one that reports broken lines with their numbers; from there on everything runs in Spark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from risk.errors import StoreError, UsageError
from risk.progress import Progress

from .duckdb_engine import DuckDBEngine
from .engine import RECORD, BrokenLine, Scan
from .frame import BLANKS, Dialect
from .signs import by_signs
from .source import Source

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_MEMORY = "2g"
# strptime directives as Spark's (Java's) pattern letters: variable width, or fixed where digits of
# several fields stand together.
_LETTERS = {"Y": "yyyy", "m": "M", "d": "d", "H": "H", "M": "m", "S": "s"}
_FIXED = {"Y": "yyyy", "m": "MM", "d": "dd", "H": "HH", "M": "mm", "S": "ss"}


@ibis.udf.scalar.builtin(signature=((dt.string, dt.string), dt.Timestamp(timezone="UTC")))
def try_to_timestamp(text, pattern):  # type: ignore[no-untyped-def]
    """The moment in the pattern, else null."""


@ibis.udf.scalar.builtin
def sha2(text: str, bits: int) -> str:
    """The digest in lower-case hexadecimal."""


class SparkDialect:
    """How Spark spells what engines spell differently."""

    def moment(self, text: ir.StringValue, formats: tuple[str, ...]) -> ir.TimestampValue:
        """The moment that the text states in the first fitting format, else null."""
        return by_signs(text, formats, _parsed)

    def trim(self, text: ir.StringValue) -> ir.StringValue:
        """The text without blanks at its ends."""
        # Spark's own trim knows the ASCII blank alone.
        trimmed: ir.StringValue = text.re_replace(f"^[{BLANKS}]+|[{BLANKS}]+$", "")
        return trimmed

    def sha256(self, text: ir.StringValue) -> ir.StringValue:
        """The digest in lower-case hexadecimal."""
        digest: ir.StringValue = sha2(text, 256)
        return digest

    def cover_after(
        self, text: ir.StringValue, before: str, pattern: str, cover: str
    ) -> ir.StringValue:
        """The text with `cover` for what `pattern` matches right behind a match of `before`."""
        covered: ir.StringValue = text.re_replace(f"({before})(?:{pattern})", f"$1{cover}")
        return covered

    def plus_minutes(self, day: ir.TimestampValue, minutes: ir.IntegerValue) -> ir.TimestampValue:
        """The moment so many minutes after another."""
        moment: ir.TimestampValue = day + minutes.as_interval("m")
        return moment


def _parsed(text: ir.StringValue, formats: tuple[str, ...]) -> ir.TimestampValue:
    moments = [try_to_timestamp(text, java_pattern(form)) for form in formats]
    moment: ir.TimestampValue = ibis.coalesce(*moments).cast("timestamp")
    return moment


def java_pattern(form: str) -> str:
    """A strptime format as a pattern of java.time, e.g. %Y年%m月 as yyyy'年'M'月'."""
    pieces = form.split("%")
    pattern = _literal(pieces[0])
    for here, piece in enumerate(pieces[1:], 1):
        before = here > 1 and len(pieces[here - 1]) == 1
        after = len(piece) == 1 and here + 1 < len(pieces)
        letters = _FIXED if before or after else _LETTERS
        pattern += letters[piece[0]] + _literal(piece[1:])
    return pattern


def _literal(text: str) -> str:
    return f"'{text}'" if any(char.isalpha() for char in text) else text


class SparkEngine:
    """Spark in local mode; its partitions are the same files that the embedded engine makes."""

    name = "spark"

    def __init__(self, scratch: Path, progress: Progress) -> None:
        self.dialect: Dialect = SparkDialect()
        self._scratch = scratch
        self._progress = progress
        self._landing = DuckDBEngine(scratch, progress)
        self._session = _session(scratch)
        self._backend = ibis.pyspark.connect(self._session)
        self._names = 0

    def scan(self, source: Source, text: Path | None, skip_lines: int, header_row: int) -> Scan:
        """A lazy table over a source, with the number of each record."""
        landed = self._landing.scan(source, text, skip_lines, header_row)
        file = self._scratch / f"landed_{landed.number}.parquet"
        self._landing.write(landed.table, file)
        return Scan(self._view(self._numbered(file)), landed.number)

    def stage(self, rows: ir.Table) -> ir.Table:
        """The same rows, lazily, with their columns computed once for whoever uses them."""
        return self._view(self._frame(rows))

    def write(self, rows: ir.Table, file: Path) -> int:
        """Write the rows as one Parquet file in the order of their record numbers."""
        parts = self._scratch / f"{file.stem}_parts"
        with self._work("reading"):
            self._frame(rows).write.mode("overwrite").parquet(str(parts))
        written = self._landing.gather(parts, RECORD, file)
        return written

    def broken_lines(self, scan: Scan) -> list[BrokenLine]:
        """The lines that were no records."""
        return self._landing.broken_lines(scan)

    def blank_lines(self, scan: Scan) -> list[int]:
        """The lines or sheet rows that hold nothing, where they are known."""
        return self._landing.blank_lines(scan)

    def canonical(self, files: Mapping[int, Path]) -> ir.Table:
        """Canonical rows of the partitions' files, each with its `position` and `record` number."""
        parts = [
            self._view(self._numbered(file)).mutate(position=ibis.literal(position, "int32"))
            for position, file in files.items()
        ]
        return ibis.union(*parts) if len(parts) > 1 else parts[0]

    def fetch(self, rows: ir.Table) -> pa.Table:
        """The rows in memory: for results, never for cases."""
        with self._work("counting"):
            table: pa.Table = self._frame(rows).toArrow()
        return table

    def keep(self, name: str, rows: ir.Table) -> ir.Table:
        """The rows computed once and kept for several further questions."""
        return self._view(self._frame(rows).cache())

    def upload(self, name: str, rows: pa.Table) -> ir.Table:
        """A small table made known to the engine."""
        file = self._scratch / f"{name}.parquet"
        pq.write_table(rows, file)
        return self._view(self._session.read.parquet(str(file)))

    def close(self) -> None:
        """Let go of memory, threads and temporary files."""
        self._landing.close()
        self._session.stop()

    def _numbered(self, file: Path) -> DataFrame:
        rows = self._session.read.parquet(str(file))
        return rows.selectExpr("*", f"_metadata.row_index as {RECORD}")

    def _frame(self, rows: ir.Table) -> DataFrame:
        return self._session.sql(self._backend.compile(rows))

    def _view(self, frame: DataFrame) -> ir.Table:
        self._names += 1
        name = f"risk_{self._names}"
        frame.createOrReplaceTempView(name)
        return self._backend.table(name)

    @contextmanager
    def _work(self, title: str) -> Iterator[None]:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        try:
            with self._progress.step(title):
                yield
        except (PySparkException, Py4JError) as error:
            # Spark's own text may quote a cell; only the kind of failure is said.
            raise StoreError(
                f"Spark failed ({type(error).__name__}).", "Try --engine duckdb."
            ) from None


def _session(scratch: Path) -> SparkSession:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UsageError(
            "Spark is not installed.", "Install it: pip install 'city-risk[spark]', and Java 17."
        ) from error
    settings: dict[str, Any] = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": _MEMORY,
        "spark.local.dir": str(scratch),
        "spark.log.level": "ERROR",
        "spark.sql.legacy.timeParserPolicy": "CORRECTED",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": 4,
        "spark.sql.warehouse.dir": str(scratch / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    builder = SparkSession.builder.master("local[*]").appName("risk").config(map=settings)
    try:
        return builder.getOrCreate()
    except Exception as error:
        raise UsageError(
            f"Spark could not be started ({type(error).__name__}).", "Is Java 17 installed?"
        ) from error
