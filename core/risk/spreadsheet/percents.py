"""Which numbers of a workbook are shown as percentages."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree

# The formats for percentages that every spreadsheet program knows without being told.
_BUILT_IN: Final = frozenset({"9", "10"})
# A sign in quotes or behind a backslash is only written; it makes no percentage. Nor do colours.
_WRITTEN: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_OF_TIME: Final = re.compile("[ymdhs]", re.IGNORECASE)
_NO_NUMBER: Final = re.compile(rb"\bt=[\"'](?!n)")


def percent_styles(book: zipfile.ZipFile) -> tuple[str, ...]:
    """The numbers of the styles that show a number as a percentage."""
    # Some programs write the names of the parts in capitals, or with backslashes.
    names = {name.replace("\\", "/").lower(): name for name in book.namelist()}
    part = names.get("xl/styles.xml")
    if part is None:
        return ()
    try:
        styles = ElementTree.fromstring(book.read(part))
    except ElementTree.ParseError:
        # A workbook whose styles are damaged still has its values.
        return ()
    formats = _BUILT_IN | {
        own.get("numFmtId", "")
        for own in styles.iterfind("{*}numFmts/{*}numFmt")
        if "%" in (form := _WRITTEN.sub("", own.get("formatCode", "")))
        and not _OF_TIME.search(form)
    }
    shown = enumerate(styles.iterfind("{*}cellXfs/{*}xf"))
    return tuple(str(number) for number, style in shown if style.get("numFmtId") in formats)


def numbers_in_style(piece: bytes, prefix: bytes, styles: tuple[str, ...]) -> Iterator[bytes]:
    """The tags of a sheet's cells that hold a number in one of the styles."""
    if styles:
        style = "|".join(styles).encode()
        tag = rb"<%bc\s[^>]*\bs=[\"'](?:%b)[\"'][^>]*(?<!/)>" % (prefix, style)
        yield from (
            found[0] for found in re.finditer(tag, piece) if not _NO_NUMBER.search(found[0])
        )
