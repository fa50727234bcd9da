"""What the ordinary cells of a two-way table of counts lead one to expect, and how they spread.

A hotspot lifts the margins it is judged by and the spread it is judged against, and so hides
itself: both are fitted to the cells that look ordinary.

The work is done in blocks of rows, and sums of products by einsum: matrix products of this size
would wake the threads of the linear algebra library, which cost more than the product.

Sources: Goodman 1968, JASA 63:1091 (quasi-independence: a two-way model of part of a table);
Breslow 1984, Appl. Stat. 33:38 (moment equation for the spread of Poisson rates); Davidian &
Carroll 1987, JASA 82:1079 (weights of such an equation).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .truncation import Truncation, truncation

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.intp]

LEAST_FREEDOM = 20
LEAST_VARIANCE, _MOST_VARIANCE = 0.001**2, 3.0**2  # a fit must not run away
_FIRST_VARIANCE = 0.1**2  # low: too many cells are set aside at first, and come back
_ROUNDS, _SWEEPS, _SWEPT = 15, 4, 1e-11
_GRID, _GRID_START = 500, 1e-3  # expectations (cases) at which the truncation is worked out
_BLOCK = 16_000  # cells
_SETTLED = 0.1  # of its standard error, by which the variance may still change
_LEAST_REMAINDER = 0.001  # of one less the leverage


class Fit(NamedTuple):
    """Arrays of the table's shape; `variance_error` is nan where too few cells are ordinary."""

    expected: FloatArray
    expected_error: FloatArray  # coefficient of variation of each estimate
    variance: float  # square of the dispersion
    variance_error: float


class _Lines(NamedTuple):
    """One number for each row and one for each column."""

    row: FloatArray
    column: FloatArray


@dataclass(slots=True)
class _Block:
    """Some rows of the table, held [column, row].

    So few that what is made of them stays in the processor's cache, and so held that sums over a
    row run along few long lines.
    """

    rows: slice
    table: FloatArray
    expected: FloatArray = field(init=False)
    information: FloatArray = field(init=False)  # on the logarithm of the expectation
    near: IntArray = field(init=False)  # where the expectation is on the grid
    kept: BoolArray = field(init=False)
    share: FloatArray = field(init=False)  # kept cell's weight times mean of the truncated counts
    scaled: FloatArray = field(init=False)  # residual, were the cell kept, allowing for leverage
    away: IntArray = field(init=False)  # the cells not kept, counted column after column
    back: FloatArray = field(init=False)  # the expectation of each of these, were it kept

    def outer(self, operation: np.ufunc, lines: _Lines) -> FloatArray:
        cells: FloatArray = operation.outer(lines.column, lines.row[self.rows])
        return cells

    def add_to(self, sums: _Lines, cells: FloatArray) -> None:
        sums.row[self.rows] = cells.sum(axis=0)
        sums.column[:] += cells.sum(axis=1)


def fit(table: FloatArray) -> Fit:
    """Expectation and dispersion of the ordinary cells; every row and column has a case.

    A cell is set aside when its count, put back alone among those that are kept, lies in a tail of
    the ordinary ones. Judging all cells as put back keeps one that was set aside by mistake from
    confirming the mistake, and the fit from depending on where it started. Some tables swing for
    ever between two choices of cells; so the rounds end when the variance changes by less than can
    be told, and at the latest after _ROUNDS.
    """
    total = _Lines(table.sum(axis=1), table.sum(axis=0))
    blocks = _blocks(table)
    effects, variance = _first_effects(blocks, total), _FIRST_VARIANCE
    for turn in range(_ROUNDS):
        cut = _cut(blocks, effects, table.max(), variance)
        # Beside a hotspot all cells look low until it has been set aside.
        seen = _set_aside(blocks, effects, variance, cut, both_ends=turn > 0)
        effects = _solved(blocks, effects, seen, total)
        information = _information(blocks, effects, variance)
        moments = _put_back(blocks, information, cut, variance)
        before = variance
        variance, variance_error = _variance(blocks, seen, moments, variance)
        if turn > 1 and abs(variance - before) <= max(0.01 * before, _SETTLED * variance_error):
            break
    error = np.sqrt(np.add.outer(1 / information.row, 1 / information.column))
    return Fit(np.outer(*effects), error, variance, variance_error)


def _blocks(table: FloatArray) -> list[_Block]:
    height = max(_BLOCK // table.shape[1], 1)
    rows = [slice(i, min(i + height, len(table))) for i in range(0, len(table), height)]
    return [_Block(each, np.ascontiguousarray(table[each].T)) for each in rows]


def _zeros(like: _Lines) -> _Lines:
    return _Lines(np.zeros_like(like.row), np.zeros_like(like.column))


def _first_effects(blocks: list[_Block], total: _Lines) -> _Lines:
    """Row and column effects from all cells, each judged as it stands."""
    effects = _Lines(total.row, total.column / total.column.sum())
    seen = _zeros(effects)
    for block in blocks:
        # A giant count weighs little in this first fit, or it would make all other cells look odd.
        block.share = 1 / (1 + _FIRST_VARIANCE * block.outer(np.multiply, effects))
        block.add_to(seen, block.share * block.table)
    effects = _solved(blocks, effects, seen, total)
    for block in blocks:
        block.expected = block.outer(np.multiply, effects)
        block.scaled = block.table - block.expected
        block.away, block.back = np.zeros(0, dtype=np.intp), np.zeros(0)
    return effects


def _cut(blocks: list[_Block], effects: _Lines, most: float, variance: float) -> Truncation:
    """The truncation at the expectations of a grid near which there are cells."""
    for block in blocks:
        np.put(block.expected, block.away, block.back)
    top = 2 * max(most, *(block.expected.max() for block in blocks))
    step = np.log(top / _GRID_START) / (_GRID - 1)
    place = _Lines(np.log(effects.row / _GRID_START) / step + 0.5, np.log(effects.column) / step)
    used = np.zeros(_GRID, dtype=np.bool_)
    for block in blocks:
        position = block.outer(np.add, place)
        np.put(position, block.away, np.log(block.back / _GRID_START) / step + 0.5)
        block.near = np.maximum(position, 0).astype(np.intp)
        used[block.near] = True
    cut = np.zeros((len(Truncation._fields), _GRID))
    cut[:, used] = truncation(np.geomspace(_GRID_START, top, _GRID)[used], variance)
    return Truncation(*cut)


def _set_aside(
    blocks: list[_Block], effects: _Lines, variance: float, cut: Truncation, *, both_ends: bool
) -> _Lines:
    """Choose the kept cells and weigh them. The sums of weighted kept counts."""
    seen = _zeros(effects)
    for block in blocks:
        kept = block.scaled <= cut.high[block.near]
        if both_ends:
            kept &= block.scaled >= cut.low[block.near]
        weight = kept / (1 + variance * block.outer(np.multiply, effects))
        block.add_to(seen, weight * block.table)
        block.kept, block.share = kept, weight * cut.mean[block.near]
    # The zeros of a line that keeps no case would mislead the lines that cross it.
    if seen.row.all() and seen.column.all():
        return seen
    for block in blocks:
        no_row, no_column = seen.row[block.rows] == 0, seen.column == 0
        block.kept[:, no_row] = block.kept[no_column] = False
        block.share[:, no_row] = block.share[no_column] = 0
    return seen


def _solved(blocks: list[_Block], effects: _Lines, seen: _Lines, total: _Lines) -> _Lines:
    """Row and column effects from the kept cells; from all cells of a line that keeps no case.

    Alternately solves each line's quasi-likelihood equation, sum of weight (N - mean E) = 0:
    iterative proportional fitting with negative binomial weights and truncated means.
    """
    no_row, no_column = seen.row == 0, seen.column == 0
    by_row = np.where(no_row, total.row, seen.row)
    by_column = np.where(no_column, total.column, seen.column)
    row, column = np.zeros_like(effects.row), effects.column
    for _ in range(_SWEEPS):
        before, shared = column, np.zeros_like(column)
        for block in blocks:
            rows = block.rows
            seen_by_row = np.einsum("j,ji->i", column, block.share)
            row[rows] = by_row[rows] / np.where(no_row[rows], column.sum(), seen_by_row)
            shared += np.einsum("ji,i->j", block.share, row[rows])
        column = by_column / np.where(no_column, row.sum(), shared)
        if np.abs(column - before).max() <= _SWEPT * column.max():
            break
    return _Lines(row, column)


def _information(blocks: list[_Block], effects: _Lines, variance: float) -> _Lines:
    """On the logarithm of each effect, from the kept cells; from all of a line that keeps none."""
    kept = _zeros(effects)
    for block in blocks:
        block.expected = block.outer(np.multiply, effects)
        block.information = block.expected / (1 + variance * block.expected)
        block.add_to(kept, block.information * block.kept)
    if kept.row.all() and kept.column.all():
        return kept
    every = _zeros(effects)
    for block in blocks:
        block.add_to(every, block.information)
    return _Lines(
        *(np.where(part > 0, part, whole) for part, whole in zip(kept, every, strict=True))
    )


def _put_back(
    blocks: list[_Block], information: _Lines, cut: Truncation, variance: float
) -> tuple[float, float]:
    """Judge each cell as if it were kept too; both sides of the moment equation of the variance.

    Kept residuals have the mean square square (E + variance E**2); each squared one weighs as the
    inverse of its own variance.
    """
    total = information.row.sum()
    inverse = _Lines(1 / information.row, 1 / information.column - 1 / total)
    found = needed = 0.0
    for block in blocks:
        expected = block.expected
        residual = block.table - expected
        remainder = 1 - block.information * block.outer(np.add, inverse)
        block.away = np.flatnonzero(~block.kept)
        j, i = np.divmod(block.away, expected.shape[1])
        row, column = information.row[block.rows][i], information.column[j]
        own = block.information[j, i]
        leverage = own / (row + own) + own / (column + own) - own / total
        remainder[j, i] = 1 - np.maximum(leverage, 0)
        np.maximum(remainder, _LEAST_REMAINDER, out=remainder)
        block.back = block.table[j, i] - residual[j, i] * remainder[j, i]
        block.scaled = residual / np.sqrt(remainder)
        block.scaled[j, i] *= remainder[j, i]
        square = remainder * cut.square[block.near] * expected
        weight = block.information * block.kept
        weight /= 1 + (2 + 6 * variance) * expected * (1 + variance * expected)
        found += float(np.einsum("ji,ji", weight, residual**2 - square))
        needed += float(np.einsum("ji,ji,ji", weight, square, expected))
    return found, needed


def _variance(
    blocks: list[_Block], seen: _Lines, moments: tuple[float, float], before: float
) -> tuple[float, float]:
    """Squared dispersion and its standard error; `before` and nan where too few cells are kept."""
    freedom = sum(np.count_nonzero(block.kept) for block in blocks) + 1
    freedom -= np.count_nonzero(seen.row) + np.count_nonzero(seen.column)
    if freedom < LEAST_FREEDOM:
        return before, float("nan")
    found, needed = moments
    return min(max(found / needed, LEAST_VARIANCE), _MOST_VARIANCE), needed**-0.5
