"""Which sheets of a workbook hold anything, found without reading them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from .source import Source

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_FILLED = ("}v", "}t")


def other_sheets(source: Source) -> tuple[str, ...]:
    """The sheets with rows other than the one that is read, in the workbook's order."""
    sheets = sheet_parts(source.path)
    own = source.selection or next(iter(sheets), "")
    return tuple(_holding(source.path, {name: sheets[name] for name in sheets if name != own}))


def sheets_with_rows(path: Path) -> tuple[str, ...]:
    """The sheets with rows, in the workbook's order; none where the file is no workbook."""
    return tuple(_holding(path, sheet_parts(path)))


def own_part(source: Source) -> str | None:
    """The part of the file in which the sheet lies that is read; None of no such workbook."""
    sheets = sheet_parts(source.path)
    return sheets.get(source.selection or next(iter(sheets), ""))


def sheet_parts(path: Path) -> dict[str, str]:
    """The sheets of cells and the part of the file in which each lies; none of no workbook."""
    try:
        with zipfile.ZipFile(path) as book:
            # Some programs write the names of the parts in capitals, or with backslashes.
            names = {_folded(name): name for name in book.namelist()}
            targets = {
                relation.get("Id"): _folded(relation.get("Target", ""))
                for relation in ElementTree.fromstring(book.read(names[_RELATIONS]))
                if relation.get("Type", "").endswith("/worksheet")
            }
            described = ElementTree.fromstring(book.read(names[_WORKBOOK]))
            return {
                sheet.get("name", ""): names[target if target in names else f"xl/{target}"]
                for sheet in described.iterfind("{*}sheets/{*}sheet")
                if (target := targets.get(_relation(sheet)))
            }
    except (OSError, zipfile.BadZipFile, ElementTree.ParseError, KeyError):
        # What is no workbook, or a damaged one, is refused where it is read.
        return {}


def _folded(part: str) -> str:
    return part.replace("\\", "/").lower().lstrip("/")


def _relation(sheet: ElementTree.Element) -> str:
    return next((value for name, value in sheet.items() if name.endswith("}id")), "")


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
