"""The first rows of a text file: by what its cells are parted, and where each row ends."""

from __future__ import annotations

import codecs
import csv
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from risk.errors import InputError

HEAD_ROWS = 12
_HEAD_BYTES = 1 << 18
_DELIMITERS = ",\t;|"
# A heading that runs over more lines than this is an unclosed quote.
_MOST_LINES = 20


def read_head(path: Path, encoding: str) -> tuple[str, bool]:
    """The first 256 KiB in whole lines, each ended by a newline; and whether a return ended them.

    Lines that end in a carriage return alone are what old Macintosh programs write.
    """
    with path.open("rb") as file:
        block = file.read(_HEAD_BYTES)
        whole = not file.read(1)
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(block)
    if "\x00" in text:
        raise InputError(
            f"{path.name}: this is no text file.",
            "Export it again as CSV or XLSX, or name its encoding with --encoding.",
        )
    returns = "\r" in text and "\n" not in text
    text = text.replace("\r\n", "\n").replace("\r", "\n" if returns else " ")
    lines, newline, _ = text.rpartition("\n")
    return (text if whole or not newline else lines), returns


def delimiter_of(head: str) -> str:
    """The character that parts the cells: it makes the most rows of the same width."""

    def alike(delimiter: str) -> tuple[int, int]:
        rows = first_rows(head, delimiter)[0]
        widths = Counter(len(row) for row in rows if any(map(str.strip, row)))
        return max(((times, width) for width, times in widths.items() if width > 1), default=(0, 0))

    return max(_DELIMITERS, key=alike)


def first_rows(head: str, delimiter: str) -> tuple[tuple[tuple[str, ...], ...], tuple[int, ...]]:
    """The first rows and the line on which each ends; an unclosed quote spoils its own line only."""
    lines = head.split("\n")
    rows: list[tuple[str, ...]] = []
    ends: list[int] = []
    start = 0
    while start < len(lines) and len(rows) < HEAD_ROWS:
        length = _length_of_record(lines[start : start + _MOST_LINES], delimiter)
        rows.append(_cells(lines[start : start + length], delimiter)[0])
        start += length
        ends.append(start)
    return tuple(rows), tuple(ends)


def _length_of_record(lines: list[str], delimiter: str) -> int:
    quotes = 0
    for length, line in enumerate(lines, 1):
        quotes += line.count('"')
        if quotes % 2 == 0:
            return length if len(_cells(lines[:length], delimiter)) == 1 else 1
    return 1


def _cells(lines: list[str], delimiter: str) -> list[tuple[str, ...]]:
    """The rows that the lines make: one for a blank line too."""
    kept = [f"{line}\n" for line in lines]
    try:
        return [tuple(row) for row in csv.reader(kept, delimiter=delimiter)]
    except csv.Error:
        return [tuple(line.split(delimiter)) for line in lines]


def json_keys(path: Path, texts: Iterable[str]) -> tuple[str, ...]:
    """The keys of the objects that stand on lines of the texts; InputError where there is none."""
    keys: dict[str, None] = {}
    for text in texts:
        for line in text.split("\n"):
            try:
                record = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(record, dict):
                keys.update(dict.fromkeys(record))
    if not keys:
        raise InputError(f"{path.name}: no line is a JSON object.", "Write one object a line.")
    return tuple(keys)
