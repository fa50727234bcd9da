"""What a sheet's cells say besides their values, found in one pass over the bytes of its XML."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import IO

from risk.errors import InputError

from .percents import numbers_in_style, percent_styles

_BLOCK = 1 << 20
_NAMED = 5
_NAME = re.compile(r"([A-Z]+)(\d+)$")


@dataclass(frozen=True, slots=True)
class Cells:
    """The names of the cells of a sort, in the sheet's order; as text the first few."""

    names: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.names)

    @property
    def first(self) -> tuple[str, ...]:
        """The first few."""
        return self.names[:_NAMED]

    def __bool__(self) -> bool:
        return bool(self.names)

    def __str__(self) -> str:
        return "、".join(self.first) + (" …" if self.count > len(self.first) else "")

    def __add__(self, other: Cells) -> Cells:
        return Cells(self.names + other.names)

    def where(self, holds: Callable[[int, int], bool]) -> Cells:
        """Those of which it holds, asked with row and column from 0, and those whose place nobody knows."""
        return Cells(
            tuple(name for name in self.names if (place := place_of(name)) is None or holds(*place))
        )


def place_of(name: str) -> tuple[int, int] | None:
    """Row and column, from 0, of the cell of this name; None where the name does not tell."""
    found = _NAME.match(name)
    return (int(found[2]) - 1, _column(found[1].encode())) if found else None


@dataclass(frozen=True, slots=True)
class Area:
    """Merged cells, rows and columns counted from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int
    name: str


@dataclass(frozen=True, slots=True)
class SheetCells:
    """The cells of a sheet that values alone do not show.

    `unreckoned` are formulas without a value, `errors` cells such as #N/A, `merged` the areas of
    which only the first cell has a value, `percents` numbers that are shown as percentages.
    """

    unreckoned: Cells = Cells()
    errors: Cells = Cells()
    merged: tuple[Area, ...] = ()
    percents: Cells = Cells()

    def __bool__(self) -> bool:
        return bool(self.unreckoned or self.errors or self.merged or self.percents)

    def below(self, row: int) -> SheetCells:
        """Those that reach below a row, counted from 0."""
        return SheetCells(
            self.unreckoned.where(lambda own, _: own > row),
            self.errors.where(lambda own, _: own > row),
            tuple(area for area in self.merged if area.bottom > row),
            self.percents.where(lambda own, _: own > row),
        )

    def within(self, columns: Collection[int]) -> SheetCells:
        """Those that reach into one of the columns, counted from 0."""
        return SheetCells(
            self.unreckoned.where(lambda _, own: own in columns),
            self.errors.where(lambda _, own: own in columns),
            tuple(
                area
                for area in self.merged
                if any(area.left <= column <= area.right for column in columns)
            ),
            self.percents.where(lambda _, own: own in columns),
        )


def sheet_cells(path: Path, part: str) -> SheetCells:
    """Look through a sheet, which lies in this part of the workbook.

    Raises InputError for a damaged workbook. Nothing is parsed but where the bytes show that there
    is something to find: most sheets hold values alone, and the pass then takes hardly longer than
    inflating them.
    """
    try:
        with zipfile.ZipFile(path) as book, book.open(part) as xml:
            return _seen_in(xml, percent_styles(book))
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise InputError(
            f"{path.name}: the workbook is damaged or cut off.",
            "Export it again, or open it in a spreadsheet program and save it again.",
        ) from error


def _seen_in(xml: IO[bytes], percents: tuple[str, ...]) -> SheetCells:
    unreckoned: list[str] = []
    errors: list[str] = []
    merged: list[Area] = []
    parts: list[str] = []
    first = xml.read(_BLOCK)
    tags = _Tags(first)
    for piece in _in_whole_rows(first, xml, tags.row_end):
        unreckoned += tags.without_value(piece)
        errors += tags.with_error(piece)
        merged += tags.areas(piece)
        parts += map(_name_in, numbers_in_style(piece, tags.prefix, percents))
    return SheetCells(
        Cells(tuple(unreckoned)), Cells(tuple(errors)), tuple(merged), Cells(tuple(parts))
    )


def _in_whole_rows(first: bytes, xml: IO[bytes], row_end: bytes) -> Iterator[bytes]:
    """The XML in pieces that each end behind a row, so that no cell is cut in two."""
    rest = first
    while block := xml.read(_BLOCK):
        end = rest.rfind(row_end) + len(row_end)
        if end >= len(row_end):
            yield rest[:end]
            rest = rest[end:]
        rest += block
    yield rest


class _Tags:
    """The tags of a sheet as it writes them: some programs put a prefix before each."""

    def __init__(self, start: bytes) -> None:
        found = re.search(rb"<(\w+:)?sheetData", start)
        p = (found[1] or b"") if found else b""
        self.prefix = p
        self.row_end = b"</" + p + b"row>"
        self._cell = b"<" + p + b"c "
        self._formula = b"<" + p + b"f"
        self._merge = b"<" + p + b"mergeCell "
        value = rb"<%bv\s*/>|<%bv>\s*</%bv>" % (p, p, p)
        self._lost = re.compile(
            rb"(?:</%bf>|<%bf(?:\s[^>]*)?/>)\s*(%b)?\s*</%bc>" % (p, p, value, p)
        )
        self._error = re.compile(rb"<%bc\s[^>]*\bt=[\"']e[\"'][^>]*>" % p)
        self._area = re.compile(
            rb"<%bmergeCell\s[^>]*\bref=[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)[\"']" % p
        )

    def without_value(self, piece: bytes) -> Iterator[str]:
        """The names of the cells whose formula has no value; a reckoned empty text is one."""
        if self._formula not in piece:
            return
        for found in self._lost.finditer(piece):
            start = piece.rfind(self._cell, 0, found.start())
            tag = piece[start : piece.find(b">", start)]
            if not (found[1] and re.search(rb"\bt=[\"']str[\"']", tag)):
                yield _name_in(tag)

    def with_error(self, piece: bytes) -> Iterator[str]:
        """The names of the cells that hold an error."""
        if b't="e"' in piece or b"t='e'" in piece:
            yield from (_name_in(found[0]) for found in self._error.finditer(piece))

    def areas(self, piece: bytes) -> Iterator[Area]:
        """The merged areas."""
        if self._merge in piece:
            for found in self._area.finditer(piece):
                left, top, right, bottom = found.groups()
                name = b"%b%b:%b%b" % found.groups()
                yield Area(
                    int(top) - 1, _column(left), int(bottom) - 1, _column(right), name.decode()
                )


def _name_in(tag: bytes) -> str:
    found = re.search(rb"\br=[\"'](\w+)", tag)
    return found[1].decode() if found else "?"


def _column(letters: bytes) -> int:
    return reduce(lambda number, letter: number * 26 + letter - 64, letters, 0) - 1
