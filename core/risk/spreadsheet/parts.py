"""Where in a workbook's file its sheets lie."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"


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
