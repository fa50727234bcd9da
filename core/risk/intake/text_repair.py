"""Text files whose quotes do not pair, or whose records run over several lines, made readable.

A CSV reader that meets an unclosed quote swallows everything up to the next one. Here each such
line is taken out alone and reported, and records that rightly run over several lines are brought
to one line each; line ends are made alike, and nothing else is touched. Only files that need it
pay for it.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .engine import BrokenLine

_BLOCK = 1 << 26
_NEWLINE, _QUOTE, _SPACE, _TAB = b"\n"[0], b'"'[0], b" "[0], b"\t"[0]
_FILLED = np.ones(256, dtype=bool)
_FILLED[list(b" \t\n\r\x0b\x0c")] = False
# A cell that runs over more lines than this is an unclosed quote, not an address.
MOST_LINES = 200
_IntArray = npt.NDArray[np.int64]
_BoolArray = npt.NDArray[np.bool_]


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
    mender = _Mender(skip_lines, width, delimiter)
    with text.open("rb") as file, target.open("wb") as sink:
        rest = b""
        while block := file.read(_BLOCK):
            rest += block
            whole = rest.rfind(b"\n") + 1
            mended, used = mender.mend(rest[:whole], last=False)
            sink.write(mended)
            rest = rest[used:]
        if rest:
            sink.write(mender.mend(rest + b"\n", last=True)[0])
    none = np.zeros(0, dtype=np.int64)
    return Repaired(target, tuple(mender.broken), np.concatenate([none, *mender.gaps]))


class _Mender:
    """Mends block after block, each of whole lines, and notes what it finds."""

    def __init__(self, skip_lines: int, width: int, delimiter: str) -> None:
        self.broken: list[BrokenLine] = []
        self.gaps: list[_IntArray] = []
        self._skip = skip_lines
        self._width = width
        self._delimiter = delimiter
        self._malformed = _malformed_pattern(delimiter)
        self._line = 1

    def mend(self, raw: bytes, last: bool) -> tuple[bytes, int]:
        """The mended block, and how much of `raw` it covers: a record may go on in the next."""
        block = raw.replace(b"\r\n", b"\n").replace(b"\r", b" ")
        data = np.frombuffer(block, dtype=np.uint8).copy()
        ends = np.flatnonzero(data == _NEWLINE)
        starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
        keep = np.arange(self._line, self._line + len(starts)) > self._skip
        bad, inner, whole = self._pair_quotes(block, data, starts, ends, keep, last)
        if whole < len(starts):
            return self.mend(_first_lines(raw, whole), last=True)
        blank = self._blank(data, starts) if len(starts) else bad
        continued = np.concatenate(([False], inner[:-1])) if len(inner) else inner
        bad |= self._malformed_lines(block, starts, ~keep | bad | inner | continued)
        blank &= ~(inner | continued)
        data[ends[inner]] = _SPACE
        numbers = np.arange(self._line, self._line + len(starts))
        self.broken.extend(BrokenLine(int(n), "broken line: quotes") for n in numbers[bad])
        self.gaps.append(numbers[keep & (bad | blank | continued)])
        self._line += len(starts)
        left = np.repeat(keep & ~bad & ~blank, ends - starts + 1)
        return data[left].tobytes(), len(raw)

    def _blank(self, data: npt.NDArray[np.uint8], starts: _IntArray) -> _BoolArray:
        """Lines of blanks alone; a line of tabs is a row of empty cells if it has all of them."""
        blank: _BoolArray = ~np.logical_or.reduceat(_FILLED[data], starts)
        if self._delimiter == "\t":
            blank &= np.add.reduceat(data == _TAB, starts, dtype=np.int64) != self._width - 1
        return blank

    def _pair_quotes(
        self,
        block: bytes,
        data: npt.NDArray[np.uint8],
        starts: _IntArray,
        ends: _IntArray,
        keep: _BoolArray,
        last: bool,
    ) -> tuple[_BoolArray, _BoolArray, int]:
        """Lines with an unclosed quote, lines whose end lies inside a record, and how many lines.

        Fewer lines than there are if the record that begins there may go on in the next block.
        """
        bad = np.zeros(len(starts), dtype=bool)
        inner = np.zeros(len(starts), dtype=bool)
        places = np.flatnonzero(data == _QUOTE)
        quotes = np.searchsorted(places, np.concatenate((starts, [len(data)])))
        odd = np.flatnonzero((np.diff(quotes) % 2 == 1) & keep)
        place = 0
        while place < len(odd):
            opening = odd[place]
            place += 1
            if self._columns(block[starts[opening] : ends[opening]]) == self._width:
                continue  # a lone quote inside an unquoted cell, such as 5" pipe, is no trouble
            if place == len(odd):
                if not last and len(starts) - opening < MOST_LINES:
                    return bad, inner, int(opening)
            elif odd[place] - opening < MOST_LINES:
                closing = odd[place]
                if self._columns(block[starts[opening] : ends[closing]]) == self._width:
                    inner[opening:closing] = True
                    place += 1
                    continue
            bad[opening] = True
        return bad, inner, len(starts)

    def _columns(self, record: bytes) -> int:
        lines = record.decode("utf-8", errors="replace").split("\n")
        reader = csv.reader((f"{line}\n" for line in lines), delimiter=self._delimiter, strict=True)
        try:
            rows = list(reader)
        except csv.Error:
            return 0
        return len(rows[0]) if len(rows) == 1 else 0

    def _malformed_lines(self, block: bytes, starts: _IntArray, taken: _BoolArray) -> _BoolArray:
        """Lines whose quotes pair and that still are no record; `taken` are judged already."""
        malformed = np.zeros(len(starts), dtype=bool)
        matches = self._malformed.finditer(block)
        begins = np.fromiter((match.start() for match in matches), dtype=np.int64)
        malformed[np.searchsorted(starts, begins, side="right") - 1] = True
        return malformed & ~taken


def _malformed_pattern(delimiter: str) -> re.Pattern[bytes]:
    """Matches whole lines that hold a quote and are no row of cells, such as `1,"a"b,2`."""
    mark = re.escape(delimiter.encode())
    cell = rb'(?:[ ]*+"(?:[^"\n]|"")*+"[ ]*+|[^"' + mark + rb"\n][^" + mark + rb"\n]*+|)"
    row = cell + rb"(?:" + mark + cell + rb")*+"
    return re.compile(rb"^(?!" + row + rb'$)[^"\n]*+"[^\n]*+$', re.MULTILINE)


def _first_lines(raw: bytes, lines: int) -> bytes:
    """So many lines from the start of a block."""
    end = 0
    for _ in range(lines):
        end = raw.index(b"\n", end) + 1
    return raw[:end]
