"""What a careful person with a ruler finds in a text file: its records, and what each must become."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from risk.intake.column import NOTHING

from . import dirty_files as dirty

WIDTH = len(dirty.HEADINGS)
# A line of these alone is none, unless it is a row of empty cells parted by tabs.
_BLANKS = " \t\x0b\x0c"


@dataclass(frozen=True, slots=True)
class Ruler:
    """A file's lines as it is read: a return that ends no line is a blank."""

    lines: tuple[str, ...]
    delimiter: str
    first: int

    @classmethod
    def over(cls, file: dirty.DirtyFile) -> Ruler:
        text = file.text.replace("\r\n", "\n").replace("\r", " ")
        return cls(tuple(text.split("\n")), file.delimiter, file.first)

    def spans(self, counted: Sequence[int]) -> Iterator[tuple[int, int]]:
        """The first and last line of each counted row: it reaches to where the next one begins."""
        for line, following in zip(counted, (*counted[1:], len(self.lines) + 1), strict=True):
            last = following - 1
            while last > line and self.blank(last):
                last -= 1
            yield line, last

    def blank(self, line: int) -> bool:
        """Whether nothing stands on the line."""
        said = self.lines[line - 1]
        return not said.strip(_BLANKS) and self.cells(line, line) is None

    def cells(self, line: int, last: int) -> list[str] | None:
        """The cells of the record that these lines make; None where they make none."""
        cells = _cells("\n".join(self.lines[line - 1 : last]), self.delimiter)
        if cells is None or len(cells) != WIDTH:
            return None
        return [_trimmed(cell.replace("\n", " ")) for cell in cells]


def outcome(cells: Sequence[str]) -> str:
    """What a record must become."""
    number, words, day, _, state = ("" if cell in NOTHING else cell for cell in cells)
    if state == "撤销":
        return "excluded"
    if not number:
        return "case_id missing"
    if "".join(words.split()) not in ("违法停车", "闯红灯"):
        return "unclassified" if words else "violation missing"
    if day in dirty.GOOD_DAYS:
        return "case"
    if day in dirty.ODD_DAYS:
        return "decided_on out of range"
    return "decided_on unreadable" if day else "decided_on missing"


def _cells(text: str, delimiter: str) -> list[str] | None:
    """RFC 4180, with one blank allowed before a quoted cell and any number behind it."""
    bare = f'(?! ?")(?P<bare>[^{re.escape(delimiter)}\n]*)'
    cell = re.compile(f' ?"(?P<quoted>(?:[^"]|"")*)" *|{bare}')
    found: list[str] = []
    place = 0
    while (match := cell.match(text, place)) is not None:
        quoted = match["quoted"]
        found.append(match["bare"] if quoted is None else quoted.replace('""', '"'))
        place = match.end()
        if place == len(text):
            return found
        if text[place] != delimiter:
            return None
        place += 1
    return None


def _trimmed(cell: str) -> str:
    start, end = 0, len(cell)
    while start < end and _is_blank(cell[start]):
        start += 1
    while end > start and _is_blank(cell[end - 1]):
        end -= 1
    return cell[start:end]


def _is_blank(char: str) -> bool:
    return char in "\t\x0b\x0c\u200b\ufeff" or unicodedata.category(char) == "Zs"
