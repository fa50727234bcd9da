"""A source: one file to read, and what is known of it before its rows are read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from risk.model.adapter import Format
from risk.spreadsheet.cells import SheetCells

from .masking import masked_name


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: its kind, how its text is written and what its first rows say.

    `selection` is the table, query or sheet after `::`. `lines` counts the physical lines up to
    the last that is not blank (text files only); `head` holds the first rows as text, `head_lines`
    the physical line or sheet row on which each of them ends, 0 where names of columns are no row.
    `returns` says that a carriage return alone ends a line, `stray` that some stand elsewhere than
    before a newline, `padded` that a cell may have tabs or newlines at its ends. `unread` names the
    further sheets of a workbook that hold rows, `cells` what the sheet's own cells say besides values,
    `first_column` the sheet's own number, from 0, of the first column of `head`. `keys` are the
    columns, counted from that one, which a record's number is read from and those of its day; they
    are only told where there are such `cells`.
    """

    path: Path
    format: Format
    sha256: str
    size: int
    selection: str = ""
    encoding: str = ""
    delimiter: str = ","
    lines: int = 0
    head: tuple[tuple[str, ...], ...] = ()
    head_lines: tuple[int, ...] = (0,)
    returns: bool = False
    stray: bool = False
    padded: bool = True
    unread: tuple[str, ...] = ()
    cells: SheetCells = SheetCells()
    first_column: int = 0
    keys: tuple[frozenset[int], ...] = ()

    @property
    def number_column(self) -> int | None:
        """The column of a sheet that the records' number is read from; None where it is not one."""
        number = self.keys[0] if self.keys else frozenset[int]()
        return next(iter(number)) if len(number) == 1 else None

    @property
    def wide(self) -> bool:
        """Whether a character takes two or four bytes, so that bytes do not show its lines."""
        return self.encoding.startswith(("utf-16", "utf-32"))

    @property
    def plain(self) -> bool:
        """Whether an engine can read the text as it lies there."""
        return self.encoding in ("utf-8", "utf-8-sig") and not self.returns

    @property
    def name(self) -> str:
        """What messages and the database call the source: the file's name, never its folder.

        Plates and the numbers of people are covered. A query goes by its digest, since the names
        that it asks for cannot be told from its other words.
        """
        name = self.path.name
        if self.query:
            name += f"::query-{hashlib.sha256(self.query.encode()).hexdigest()[:8]}"
        elif self.selection:
            name += f"::{self.selection}"
        return masked_name(name)

    @property
    def query(self) -> str:
        """The selection as a query of a SQLite file; empty where it names a table or a sheet."""
        words = self.selection.lower().split()
        is_query = self.format == "sqlite" and bool(words) and words[0] in ("select", "with")
        return self.selection.rstrip("; ") if is_query else ""
