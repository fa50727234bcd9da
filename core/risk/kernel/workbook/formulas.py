"""Cells that hold a formula and no value: to whoever reads values alone they look empty."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from risk.errors import InputError

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATED: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def refuse_formulas_without_value(path: Path) -> None:
    """Raise InputError, naming the first of them, where a cell's formula was never reckoned."""
    try:
        found = [f"{sheet}!{cell}" for sheet, cell in _without_value(path)]
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError):
        # What is no workbook at all is said by whoever reads it.
        return
    if found:
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        raise InputError(
            f"{path.name}: {found[0]}{more} holds a formula that has no value yet.",
            "Type the value, or open the file in a spreadsheet program and save it there.",
        )


def _without_value(path: Path) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(path) as archive:
        targets = {
            part.attrib["Id"]: part.attrib["Target"]
            for part in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        }
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        for sheet in book.iter(f"{_MAIN}sheet"):
            target = re.sub("^/?(xl/)?", "xl/", targets[sheet.attrib[_RELATED]])
            for cell in ElementTree.fromstring(archive.read(target)).iter(f"{_MAIN}c"):
                if cell.find(f"{_MAIN}f") is not None and not cell.findtext(f"{_MAIN}v"):
                    yield sheet.attrib["name"], cell.attrib.get("r", "?")
