"""The engine: what runs the expressions, DuckDB on this machine or the customer's Spark.

Nothing above this module, the two beside it and the vocabulary knows which one it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from .frame import Dialect
from .source import Source

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

RECORD = "record"


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line of a text file that is no record: its number and what is wrong with it."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Scan:
    """The rows of a source as a table of text columns c0, c1, …, in the file's order."""

    table: ir.Table
    number: int


class MalformedSource(Exception):
    """The source cannot be split into records as it stands: it needs mending, or is damaged."""


class Engine(Protocol):
    """What the intake and the analysis ask of an engine."""

    name: str
    dialect: Dialect

    def scan(self, source: Source, text: Path | None, skip_lines: int, header_row: int) -> Scan:
        """A lazy table over a source; `text` is its UTF-8 text where it is a text file.

        The first `skip_lines` lines are left out; row `header_row` of the head has the headings.
        """

    def stage(self, rows: ir.Table) -> ir.Table:
        """The same rows, lazily, with their columns computed once for whoever uses them."""

    def write(self, rows: ir.Table, file: Path) -> int:
        """Write the rows as one Parquet file, in their order; gives how many."""

    def broken_lines(self, scan: Scan) -> list[BrokenLine]:
        """The lines that were no records, known once the scan has been written."""

    def blank_lines(self, scan: Scan) -> list[int]:
        """The lines (or sheet rows) that hold nothing, where the engine knows of them."""

    def canonical(self, files: Mapping[int, Path]) -> ir.Table:
        """Canonical rows of several Parquet files with `position` (the key) and `record`."""

    def fetch(self, rows: ir.Table) -> pa.Table:
        """The rows in memory: for results, never for cases."""

    def keep(self, name: str, rows: ir.Table) -> ir.Table:
        """The rows computed once and kept in the engine for several further questions."""

    def upload(self, name: str, rows: pa.Table) -> ir.Table:
        """A small table made known to the engine."""

    def close(self) -> None:
        """Let go of memory, threads and temporary files."""
