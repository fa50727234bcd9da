"""Cells that whoever reads values alone takes for empty: formulas never reckoned, and errors."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from risk.errors import InputError

from .listing import listed

UNRECKONED: Final = "a formula that has no value yet"
ERROR: Final = "an error in the place of a value"


def refuse_cells_without_value(path: Path, titles: Collection[str]) -> None:
    """Raise InputError where cells of the sheets `titles` hold a formula without a value, or an error.

    It names the first five of each.
    """
    found: dict[str, list[str]] = {}
    try:
        for cell, what in _without_value(path, titles):
            found.setdefault(what, []).append(cell)
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError):
        # What is no workbook at all is said by whoever reads it.
        return
    if found:
        raise InputError(
            "\n".join(
                f"{path.name}: {listed(cells)} {'hold' if len(cells) > 1 else 'holds'} {what}."
                for what, cells in found.items()
            ),
            "Type the value, or open the file in a spreadsheet program and save it there.",
        )


def _without_value(path: Path, titles: Collection[str]) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(path) as archive:
        for title, file in _sheets(archive, titles):
            # Workbooks come in two namespaces, and whoever reads values takes both.
            for cell in ElementTree.fromstring(archive.read(file)).iterfind(".//{*}c"):
                if what := _lack(cell):
                    yield f"{title}!{cell.attrib.get('r', '?')}", what


def _sheets(archive: zipfile.ZipFile, titles: Collection[str]) -> Iterator[tuple[str, str]]:
    """Each sheet of these titles and the file that it stands in."""
    # Some programs write the names of the files in capitals, or with backslashes.
    files = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
    links = ElementTree.fromstring(archive.read(files["xl/_rels/workbook.xml.rels"]))
    targets = {link.attrib["Id"]: link.attrib["Target"] for link in links}
    book = ElementTree.fromstring(archive.read(files["xl/workbook.xml"]))
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        title = sheet.attrib["name"]
        if title in titles:
            link = next((id for name, id in sheet.attrib.items() if name.endswith("}id")), "")
            target = targets[link].replace("\\", "/").lower()
            yield title, files[re.sub("^/?(xl/)?", "xl/", target)]


def _lack(cell: ElementTree.Element) -> str:
    kind, value = cell.attrib.get("t"), cell.find("{*}v")
    if kind == "e":
        return ERROR
    if cell.find("{*}f") is None or (value is not None and (value.text or kind == "str")):
        return ""
    return UNRECKONED
