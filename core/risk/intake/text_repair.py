"""Text files whose quotes do not pair, or whose records run over several lines, made readable.

A CSV reader that meets an unclosed quote swallows everything up to the next one. Here each such
line is taken out alone and reported, and records that rightly run over several lines are brought
to one line each; nothing else is touched. Only files that need it pay for it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .engine import BrokenLine

_BLOCK = 1 << 26
_NEWLINE, _RETURN, _QUOTE, _SPACE = b"\n"[0], b"\r"[0], b'"'[0], b" "[0]
# A cell that runs over more lines than this is an unclosed quote, not an address.
MOST_LINES = 200
_IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Repaired:
    """The readable copy without header: the broken lines left out, and all lines without a record."""

    path: Path
    broken: tuple[BrokenLine, ...]
    gaps: _IntArray


def repair(text: Path, skip_lines: int, width: int, delimiter: str, target: Path) -> Repaired:
    """Write a copy of `text` to `target` in which every physical line is one whole record.

    `width` is the number of columns: several lines are one record only if joined they have it.
    """
    broken: list[BrokenLine] = []
    gaps: list[_IntArray] = []
    malformed = _malformed_pattern(delimiter)
    line = 1
    with target.open("wb") as sink:
        for block in _blocks(text):
            data = np.frombuffer(block, dtype=np.uint8).copy()
            ends = np.flatnonzero(data == _NEWLINE)
            starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else np.zeros(0, np.int64)
            keep = np.ones(len(starts), dtype=bool)
            keep[: max(skip_lines + 1 - line, 0)] = False
            blank = _blank(data, starts, ends)
            bad, inner = _pair_quotes(block, data, starts, ends, keep, width, delimiter)
            continued = np.concatenate(([False], inner[:-1])) if len(inner) else inner
            bad |= _malformed_lines(block, starts, ~keep | bad | inner | continued, malformed)
            data[ends[inner]] = _SPACE
            data[np.minimum(ends[inner], len(data) - 1) - 1] = np.where(
                data[ends[inner] - 1] == _RETURN, _SPACE, data[ends[inner] - 1]
            )
            drop = ~keep | bad | blank
            sink.write(data[np.repeat(~drop, ends - starts + 1)].tobytes())
            numbers = np.arange(line, line + len(starts))
            broken.extend(BrokenLine(int(n), "broken line: quotes") for n in numbers[bad])
            gaps.append(numbers[keep & (bad | blank | continued)])
            line += len(starts)
    return Repaired(target, tuple(broken), np.concatenate(gaps) if gaps else np.zeros(0, np.int64))


def _blocks(text: Path) -> Iterator[bytes]:
    """Blocks of whole records: each ends at a line end outside quotes where that can be had."""
    with text.open("rb") as file:
        rest = b""
        while block := file.read(_BLOCK):
            block = rest + block
            cut = block.rfind(b"\n") + 1
            # A record open at the cut is finished in the next block, but within its limit only.
            tail = block.rfind(b"\n", 0, max(cut - 1, 0)) + 1
            for _ in range(MOST_LINES):
                if block.count(b'"', tail, cut) % 2 == 0 or tail == 0:
                    break
                tail = block.rfind(b"\n", 0, max(tail - 1, 0)) + 1
            rest = block[cut:]
            if cut:
                yield block[:cut]
        if rest.strip():
            yield rest + b"\n"


def _blank(
    data: npt.NDArray[np.uint8], starts: _IntArray, ends: _IntArray
) -> npt.NDArray[np.bool_]:
    length = ends - starts
    only_return = (length == 1) & (data[np.minimum(starts, max(len(data) - 1, 0))] == _RETURN)
    blank: npt.NDArray[np.bool_] = (length == 0) | only_return
    return blank


def _pair_quotes(
    block: bytes,
    data: npt.NDArray[np.uint8],
    starts: _IntArray,
    ends: _IntArray,
    keep: npt.NDArray[np.bool_],
    width: int,
    delimiter: str,
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Lines with an unclosed quote, and lines whose end lies inside a record (both as masks)."""
    bad = np.zeros(len(starts), dtype=bool)
    inner = np.zeros(len(starts), dtype=bool)
    quotes = np.searchsorted(np.flatnonzero(data == _QUOTE), np.concatenate((starts, [len(data)])))
    odd = np.flatnonzero((np.diff(quotes) % 2 == 1) & keep)
    place = 0
    while place < len(odd):
        opening = odd[place]
        if _columns(block[starts[opening] : ends[opening]], delimiter) == width:
            place += 1  # a lone quote inside an unquoted cell, such as 5" pipe, is no trouble
            continue
        closing = odd[place + 1] if place + 1 < len(odd) else None
        if closing is not None and closing - opening < MOST_LINES:
            record = block[starts[opening] : ends[closing]]
            if _columns(record, delimiter) == width:
                inner[opening:closing] = True
                place += 2
                continue
        bad[opening] = True
        place += 1
    return bad, inner


def _columns(record: bytes, delimiter: str) -> int:
    text = record.decode("utf-8", errors="replace")
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True))
    except csv.Error:
        return 0
    return len(rows[0]) if len(rows) == 1 else 0


def _malformed_pattern(delimiter: str) -> re.Pattern[bytes]:
    """Matches whole lines that hold a quote and are no row of cells, such as `1,"a"b,2`."""
    mark = re.escape(delimiter.encode())
    cell = rb'(?:[ ]*+"(?:[^"\n]|"")*+"[ ]*+|[^"' + mark + rb"\n][^" + mark + rb"\n]*+|)"
    row = cell + rb"(?:" + mark + cell + rb")*+"
    return re.compile(rb"^(?!" + row + rb'\r?$)[^"\n]*+"[^\n]*+$', re.MULTILINE)


def _malformed_lines(
    block: bytes, starts: _IntArray, taken: npt.NDArray[np.bool_], pattern: re.Pattern[bytes]
) -> npt.NDArray[np.bool_]:
    """Lines whose quotes pair and that still are no record; `taken` are those judged already."""
    malformed = np.zeros(len(starts), dtype=bool)
    begins = np.fromiter((match.start() for match in pattern.finditer(block)), dtype=np.int64)
    malformed[np.searchsorted(starts, begins, side="right") - 1] = True
    return malformed & ~taken
