"""Which sheets of a workbook hold anything, found without reading them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING
from xml.etree import ElementTree

from risk.spreadsheet.parts import sheet_parts

if TYPE_CHECKING:
    from .source import Source

_FILLED = ("}v", "}t")


def other_sheets(source: Source) -> tuple[str, ...]:
    """The sheets with rows other than the one that is read, in the workbook's order."""
    sheets = sheet_parts(source.path)
    sheets.pop(_own(source, sheets), None)
    return tuple(_holding(source.path, sheets))


def sheets_with_rows(path: Path) -> tuple[str, ...]:
    """The sheets with rows, in the workbook's order; none where the file is no workbook."""
    return tuple(_holding(path, sheet_parts(path)))


def own_part(source: Source) -> str | None:
    """The part of the file in which the sheet lies that is read; None of no such workbook."""
    sheets = sheet_parts(source.path)
    return sheets.get(_own(source, sheets))


def _own(source: Source, sheets: dict[str, str]) -> str:
    return source.selection or next(iter(sheets), "")


def _holding(path: Path, sheets: dict[str, str]) -> Iterator[str]:
    if not sheets:
        return
    with zipfile.ZipFile(path) as book:
        for name, part in sheets.items():
            try:
                with book.open(part) as cells:
                    filled = _is_filled(cells)
            except (KeyError, zipfile.BadZipFile, ElementTree.ParseError):
                filled = True  # rather named in vain than left in silence
            if filled:
                yield name


def _is_filled(cells: IO[bytes]) -> bool:
    """Whether a cell says anything; reads no further than to the first that does."""
    for _, element in ElementTree.iterparse(cells):
        if element.tag.endswith(_FILLED) and (element.text or "").strip():
            return True
        element.clear()
    return False
