"""多发, 高发, 易发: three words, three measures, judged over all scopes of one kind at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from risk.model.point import ScopeKind

from .hotspots import screen
from .period import Window
from .thresholds import Thresholds, entry_for

# Rows with fewer cases than this cannot be flagged at any of the policy's ratios; they are judged
# together as one row, which keeps the columns' totals and makes the table small.
_SMALL_ROW = 10

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Judged:
    """For each scope: rank and number of its kin, months with cases, screening and the three words.

    NaN in the screening's figures means that nothing could be expected: one row or one column.
    """

    rank: IntArray
    of: IntArray
    months: IntArray
    expected: FloatArray
    ratio: FloatArray
    lower: FloatArray
    q_value: FloatArray
    numerous: BoolArray
    over_represented: BoolArray
    recurring: BoolArray


def judge(
    columns: Mapping[str, npt.NDArray[Any]], kind: ScopeKind, thresholds: Thresholds, window: Window
) -> Judged:
    """Judge the scopes of one kind; city-wide scopes carry counts only, no word applies to them."""
    recent: IntArray = columns["recent"]
    months: IntArray = np.bitwise_count(columns["months"]).astype(np.int64)
    rank, of = _ranks(columns["violation"], recent / _hours(columns, kind, thresholds))
    none = np.zeros(len(recent), dtype=bool)
    empty = np.full(len(recent), np.nan)
    if kind == "city":
        return Judged(rank, of, months, empty, empty, empty, empty, none, none, none)
    numerous, recurring = none, none
    if entry := entry_for(thresholds.numerous, kind):
        # The most numerous of one says nothing: it is the whole type under another name.
        numerous = (recent >= entry.cases) & (rank <= entry.rank) & (of > 1)
    if rule := entry_for(thresholds.recurring, kind):
        recurring = (months >= rule.periods) & (recent >= rule.cases)
    expected, ratio, lower, q_value, over = empty, empty.copy(), empty.copy(), empty.copy(), none
    if limit := entry_for(thresholds.over_represented, kind):
        expected, ratio, lower, q_value = _screened(
            columns, kind, limit.ratio, limit.confidence, limit.false_discoveries
        )
        with np.errstate(invalid="ignore"):
            over = (lower >= limit.ratio) & (q_value <= limit.false_discoveries)
    return Judged(rank, of, months, expected, ratio, lower, q_value, numerous, over, recurring)


def _hours(
    columns: Mapping[str, npt.NDArray[Any]], kind: ScopeKind, thresholds: Thresholds
) -> FloatArray:
    """Hours of each scope's time band, so that a long band does not win by its length; else 1."""
    if kind != "time_band":
        return np.ones(len(columns["recent"]))
    hours = {}
    for band in thresholds.time_bands:
        start, end = band.minutes
        hours[band.name] = ((end - start) % 1440 or 1440) / 60
    return np.array([hours[name] for name in columns["time_band"]], dtype=np.float64)


def _ranks(violation: npt.NDArray[Any], recent: FloatArray) -> tuple[IntArray, IntArray]:
    """Each scope's rank among those of its violation type (equal counts share one), and how many."""
    _, group = np.unique(violation.astype(str), return_inverse=True)
    rank = np.zeros(len(recent), dtype=np.int64)
    of = np.zeros(len(recent), dtype=np.int64)
    order = np.argsort(group, kind="stable")
    bounds = np.flatnonzero(np.diff(group[order], prepend=-1))
    for members in np.split(order, bounds[1:]):
        counts = recent[members]
        rank[members] = 1 + len(counts) - np.searchsorted(np.sort(counts), counts, side="right")
        of[members] = np.count_nonzero(counts)
    return rank, of


def _screened(
    columns: Mapping[str, npt.NDArray[Any]],
    kind: ScopeKind,
    ratio: float,
    confidence: float,
    false_discoveries: float,
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    recent: IntArray = columns["recent"]
    result = np.full((4, len(recent)), np.nan)
    for members, rows, across in _tables(columns, kind):
        table, place = _table(rows, across, recent[members])
        if min(table.shape) < 2:
            continue
        found = screen(
            table, min_ratio=ratio, confidence=confidence, fdr=false_discoveries
        )
        shown = place >= 0
        cell = (place[shown], across[shown])
        for line, values in enumerate((found.expected, found.ratio, found.lower, found.q_value)):
            result[line, members[shown]] = values[cell]
    return result[0], result[1], result[2], result[3]


def _tables(columns: Mapping[str, npt.NDArray[Any]], kind: ScopeKind) -> Any:
    """The two-way tables of a kind: scope by violation type, or place by time band for each type."""
    violation = columns["violation"].astype(str)
    if kind == "place_time":
        places = _codes(columns["district"], columns["place"])
        bands = _codes(columns["time_band"])
        for name in np.unique(violation):
            members = np.flatnonzero(violation == name)
            yield members, places[members], np.unique(bands[members], return_inverse=True)[1]
        return
    names = ("district", "place") if kind == "place" else (kind,)
    yield np.arange(len(violation)), _codes(*(columns[name] for name in names)), _codes(violation)


def _codes(*parts: npt.NDArray[Any]) -> IntArray:
    keys = ["\x1f".join(str(value) for value in row) for row in zip(*parts, strict=True)]
    return np.unique(np.array(keys, dtype=str), return_inverse=True)[1].astype(np.int64)


def _table(rows: IntArray, across: IntArray, counts: IntArray) -> tuple[IntArray, IntArray]:
    """The counts as a matrix, small rows in one; and each entry's row in it (-1: a small one)."""
    totals = np.bincount(rows, weights=counts).astype(np.int64)
    large = totals >= _SMALL_ROW
    number = np.where(large, np.cumsum(large) - 1, np.count_nonzero(large))
    height = np.count_nonzero(large) + int(not large.all())
    matrix = np.zeros((height, across.max(initial=-1) + 1), dtype=np.int64)
    np.add.at(matrix, (number[rows], across), counts)
    return matrix, np.where(large[rows], number[rows], -1)
