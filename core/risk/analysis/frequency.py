"""多发, 高发, 易发: three words, three measures, judged over all scopes of one kind at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from risk.model.policy import OverRepresented

from .cells import SCOPE_COLUMNS, Cells, IntArray
from .hotspots import screen
from .thresholds import Thresholds, entry_for

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

_HOURS_OF_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Judged:
    """For each scope: rank and number of its kin, months with cases, screening and the three words.

    `tied` scopes share the rank; `lead` is how many times the hourly cases of the whole day a time
    band has, and NaN for other scopes. NaN in the screening's figures means that nothing could be
    expected: one row or one column, too few cells to tell an ordinary one, or a scope in which
    nothing else happens. `unjudged` are those with cases enough, of which 高发 is not known so.
    """

    rank: IntArray
    of: IntArray
    tied: IntArray
    lead: FloatArray
    months: IntArray
    expected: FloatArray
    ratio: FloatArray
    lower: FloatArray
    q_value: FloatArray
    numerous: BoolArray
    over_represented: BoolArray
    recurring: BoolArray
    unjudged: BoolArray


def judge(cells: Cells, thresholds: Thresholds) -> Judged:
    """Judge the scopes of one kind; city-wide scopes carry counts only, no word applies to them."""
    recent: IntArray = cells.columns["recent"]
    months: IntArray = np.bitwise_count(cells.columns["months"]).astype(np.int64)
    hours = _hours(cells, thresholds)
    rank, of, tied = _ranks(cells, recent / hours)
    lead = _leads(cells, hours)
    none = np.zeros(len(cells), dtype=bool)
    numerous, over, recurring, unjudged = none, none, none, none
    expected, ratio, lower, q_value = np.full((4, len(cells)), np.nan)
    if entry := entry_for(thresholds.numerous, cells.kind):
        # Of those that share the last ranks none is for certain among the first.
        numerous = (recent >= entry.cases) & (rank + tied - 1 <= entry.rank)
        numerous &= ~(lead < entry.lead)
    if rule := entry_for(thresholds.recurring, cells.kind):
        recurring = (months >= rule.periods) & (recent >= rule.cases)
    if limit := entry_for(thresholds.over_represented, cells.kind):
        expected, ratio, lower, q_value = _screened(cells, limit)
        over = (lower >= limit.ratio) & (q_value <= limit.false_discoveries)
        over &= recent >= limit.cases
        unjudged = (recent >= limit.cases) & np.isnan(expected)
    if cells.kind != "place":
        # A type with one industry, say, has that by its nature: it is the whole type under another
        # name. That it has one place is news.
        numerous, over, recurring = numerous & (of > 1), over & (of > 1), recurring & (of > 1)
        unjudged = unjudged & (of > 1)
    return Judged(
        rank, of, tied, lead, months, expected, ratio, lower, q_value, numerous, over, recurring, unjudged
    )  # fmt: skip


def _hours(cells: Cells, thresholds: Thresholds) -> FloatArray:
    """Hours of each scope's time band, so that a long band does not win by its length; else 1."""
    if cells.kind != "time_band":
        return np.ones(len(cells))
    hours: dict[str | None, float] = {}
    for band in thresholds.time_bands:
        hours[band.name] = hours.get(band.name, 0) + band.length / 60
    by_code = np.array(
        [hours[name] for name in cells.words["time_band"].to_pylist()], dtype=np.float64
    )
    length: FloatArray = by_code[cells.columns["time_band"]]
    return length


def _ranks(cells: Cells, recent: FloatArray) -> tuple[IntArray, IntArray, IntArray]:
    """Each scope's rank among those of its violation type, of how many, and how many share it."""
    rank, of, tied = np.zeros((3, len(cells)), dtype=np.int64)
    for members in cells.by_violation():
        counts = recent[members]
        ordered = np.sort(counts)
        up_to = np.searchsorted(ordered, counts, side="right")
        rank[members] = 1 + len(counts) - up_to
        tied[members] = up_to - np.searchsorted(ordered, counts, side="left")
        of[members] = np.count_nonzero(counts)
    return rank, of, tied


def _leads(cells: Cells, hours: FloatArray) -> FloatArray:
    """Cases an hour of each time band over those of all bands of its type; NaN for other scopes."""
    lead = np.full(len(cells), np.nan)
    if cells.kind == "time_band":
        recent = cells.columns["recent"]
        for members in cells.by_violation():
            average = recent[members].sum() / _HOURS_OF_A_DAY
            lead[members] = recent[members] / hours[members] / average
    return lead


def _screened(cells: Cells, limit: OverRepresented) -> FloatArray:
    """Expected cases, ratio, lower bound and q-value of each scope, a line each."""
    recent: IntArray = cells.columns["recent"]
    result = np.full((4, len(cells)), np.nan)
    for members, rows, across in _tables(cells):
        table, place = _table(rows, across, recent[members], limit.cases)
        if min(table.shape) < 2:
            continue
        found = screen(
            table,
            min_ratio=limit.ratio,
            confidence=limit.confidence,
            fdr=limit.false_discoveries,
            min_expected=limit.expected,
        )
        if np.isnan(found.dispersion):
            continue
        shown = place >= 0
        shown[shown] = found.judged[place[shown], across[shown]]
        cell = (place[shown], across[shown])
        for line, values in enumerate((found.expected, found.ratio, found.lower, found.q_value)):
            result[line, members[shown]] = values[cell]
    return result


def _tables(cells: Cells) -> Iterator[tuple[IntArray, IntArray, IntArray]]:
    """The two-way tables of a kind: scope by violation type, or place by time band for each type.

    Each as the entries that are in it, their rows and their columns.
    """
    if cells.kind == "place_time":
        places = cells.numbered("district", "place")
        for members in cells.by_violation():
            yield members, places[members], cells.columns["time_band"][members]
    else:
        rows = cells.numbered(*SCOPE_COLUMNS[cells.kind])
        yield np.arange(len(cells)), rows, cells.columns["violation"]


def _table(
    rows: IntArray, across: IntArray, counts: IntArray, least: int
) -> tuple[FloatArray, IntArray]:
    """The counts as a matrix, and each entry's row in it: -1 where it is one of the small rows.

    Rows with fewer than `least` cases cannot hold a scope with so many; they stand in one row
    together, which keeps the columns' totals and makes the table small.
    """
    large = np.bincount(rows, weights=counts) >= least
    number = np.where(large, np.cumsum(large) - 1, np.count_nonzero(large))
    height = np.count_nonzero(large) + int(not large.all())
    width = int(across.max(initial=-1)) + 1
    where = number[rows] * width + across
    matrix = np.bincount(where, counts.astype(np.float64), height * width).astype(np.float64)
    place: IntArray = np.where(large[rows], number[rows], -1).astype(np.int64)
    return matrix.reshape(height, width), place
