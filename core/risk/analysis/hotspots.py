"""Which cells of a two-way table of counts hold more cases than their row and column explain.

Rows are places, columns violation types (or time bands of one type). The model is
N_ij ~ Poisson(E_ij L_ij), E_ij = row_i column_j, L_ij ~ Gamma with mean 1 and one coefficient of
variation, so the count of an ordinary cell is negative binomial. A hotspot lifts the margins it is
judged by and the spread it is judged against, and so hides itself: both are fitted to the cells
that look ordinary. No least number of cases is asked for, because one or two cases in one of very
many cells where hardly any were expected meet neither condition of a flag.

Sources: Goodman 1968, JASA 63:1091 (quasi-independence: a two-way model of part of a table);
Breslow 1984, Appl. Stat. 33:38 (moment equation for the spread of Poisson rates); Davidian &
Carroll 1987, JASA 82:1079 (weights of such an equation); DuMouchel 1999, Am. Stat. 53:177 (mixture
of gamma priors, a lower bound of 2 as the mark of a signal); Benjamini & Hochberg 1995, JRSS B
57:289 (false discovery rate).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special, stats
from scipy.optimize import brentq, elementwise

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

_TRIM = 0.005  # share of ordinary cells set aside at each end
_FIRST_VARIANCE = 0.1**2  # low: too many cells are set aside at first, and come back
_LEAST_VARIANCE, _MOST_VARIANCE = 0.001**2, 3.0**2  # a fit must not run away
_LEAST_MEAN = 1e-9  # cases
_LEAST_FREEDOM = 20
_ROUNDS, _SWEEPS, _GRID = 15, 4, 500
_ELEVATED_RATE = 0.25  # an elevated cell's ratio is exponential with mean 4, so the count decides


def _normal_nodes(count: int) -> tuple[tuple[float, float], ...]:
    """Points and weights of the quadrature of a function of a standard normal variable."""
    points, weights = np.polynomial.hermite_e.hermegauss(count)
    return tuple(zip(points.tolist(), (weights / weights.sum()).tolist(), strict=True))


_MEAN, _SPREAD = _normal_nodes(9), _normal_nodes(3)


@dataclass(frozen=True, slots=True)
class Screening:
    """What screening gives for each cell; every array has the shape of the counts.

    `expected`: cases that the ordinary cells of the same row and column lead one to expect.
    `dispersion`: coefficient of variation of the true rate ratio between ordinary cells, or nan.
    `ratio`, `lower`: posterior mean of true over expected cases, and its lower credible bound.
    `q_value`: least false discovery rate at which the cell is found.
    `flagged`: lower >= min_ratio and q_value <= fdr.
    """

    expected: FloatArray
    dispersion: float
    ratio: FloatArray
    lower: FloatArray
    q_value: FloatArray
    flagged: BoolArray


class _Fit(NamedTuple):
    expected: FloatArray
    expected_error: FloatArray  # coefficient of variation of each estimate
    variance: float  # square of the dispersion
    variance_error: float


def screen(
    counts: npt.ArrayLike, *, min_ratio: float = 2.0, confidence: float = 0.95, fdr: float = 0.05
) -> Screening:
    """Judge every cell of `counts` (rows x columns, cases) against its row and column.

    Nothing is flagged, and the dispersion is nan, where fewer than 20 residual degrees of freedom
    are left to tell it by: in small tables, or where most rows have cases in one column only.
    ValueError: not a table, or not of whole numbers >= 0.
    """
    table = _checked(counts)
    rows, columns = table.any(axis=1), table.any(axis=0)
    if (rows.sum() - 1) * (columns.sum() - 1) < _LEAST_FREEDOM:
        return _silent(table)
    live = np.ix_(rows, columns)
    fit = _fit(table[live])
    if np.isnan(fit.variance_error):
        return _silent(table)
    expected, error = np.zeros_like(table), np.zeros_like(table)
    expected[live], error[live] = fit.expected, fit.expected_error
    return screen_given(
        table,
        expected,
        float(np.sqrt(fit.variance)),
        min_ratio=min_ratio,
        confidence=confidence,
        fdr=fdr,
        expected_error=error,
        variance_error=fit.variance_error,
    )


def screen_given(
    counts: npt.ArrayLike,
    expected: npt.ArrayLike,
    dispersion: float,
    *,
    min_ratio: float = 2.0,
    confidence: float = 0.95,
    fdr: float = 0.05,
    expected_error: npt.ArrayLike = 0.0,
    variance_error: float = 0.0,
) -> Screening:
    """Judge every cell against an expectation (cases, shape of `counts`) and dispersion given.

    `expected_error`: coefficient of variation of each expectation, one number or one per cell.
    `variance_error`: standard error of the square of `dispersion`. Both are 0 for known truth.
    They widen the p values; `ratio` and `lower` take the expectation as known, as DuMouchel does.
    ValueError: not a table, not of whole numbers >= 0, or `expected` of another shape.
    """
    table = _checked(counts)
    given = np.asarray(expected, dtype=np.float64)
    if given.shape != table.shape:
        raise ValueError("expected must have the shape of the counts")
    if table.size == 0:
        return replace(_silent(table), dispersion=dispersion)
    mean = np.maximum(given, _LEAST_MEAN)
    shape = 1 / max(dispersion**2, _LEAST_VARIANCE)
    p_value = np.ones_like(table)
    above = table > mean
    p_value[above] = _tail(table[above], mean[above], shape)
    # No more cells can be found than have p <= fdr, so none above fdr x their share can be.
    within = p_value <= fdr * np.mean(p_value <= fdr)
    ratio, lower = _posterior(table, mean, shape, within, 1 - confidence)
    error = np.broadcast_to(np.asarray(expected_error, dtype=np.float64), table.shape)[within]
    p_value[within] = _predictive_tail(table[within], mean[within], shape, error, variance_error)
    q_value = np.ones_like(table)
    if above.any():
        # Cells with p = 1 come last and need no sorting: they only scale the others' q.
        found = stats.false_discovery_control(p_value[above]) * (table.size / above.sum())
        q_value[above] = np.minimum(found, 1.0)
    flagged = (lower >= min_ratio) & (q_value <= fdr)
    return Screening(given, dispersion, ratio, lower, q_value, flagged)


def _checked(counts: npt.ArrayLike) -> FloatArray:
    table = np.asarray(counts, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError("counts must be a table with rows and columns")
    if not np.isfinite(table).all() or (table < 0).any() or (table != np.floor(table)).any():
        raise ValueError("counts must be whole numbers that are finite and not negative")
    return table


def _silent(table: FloatArray) -> Screening:
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / max(table.sum(), 1.0)
    one, nothing = np.ones_like(table), np.zeros_like(table)
    return Screening(expected, float("nan"), one, nothing, one.copy(), nothing.astype(np.bool_))


def _tail(count: FloatArray, mean: FloatArray, shape: float) -> FloatArray:
    """P(N >= count) of the negative binomial; scipy.stats.nbinom.sf without its checks."""
    tail: FloatArray = special.betainc(count, shape, mean / (shape + mean))
    return tail


def _predictive_tail(
    count: FloatArray, mean: FloatArray, shape: float, error: FloatArray, variance_error: float
) -> FloatArray:
    """P(N >= count) when the mean and the squared dispersion are themselves estimates.

    A mean made of gamma-Poisson counts is close to gamma with shape error**-2, so the true mean
    given its estimate is inverse gamma; the squared dispersion is normal.
    """
    freedom = np.clip(error, 1e-4, 2.0) ** -2
    tail = np.zeros_like(count)
    # In a large table the variance is known so well that one node does.
    spread = _SPREAD if variance_error * shape > 0.01 else ((0.0, 1.0),)
    for z, weight in _MEAN:
        true_mean = mean * freedom / special.gammaincinv(freedom, special.ndtr(z))
        for y, share in spread:
            variance = max(1 / shape + y * variance_error, _LEAST_VARIANCE)
            tail += weight * share * _tail(count, true_mean, 1 / variance)
    return tail


def _posterior(
    count: FloatArray, mean: FloatArray, shape: float, within: BoolArray, level: float
) -> tuple[FloatArray, FloatArray]:
    """Mean and `level` quantile of each cell's ratio under a prior mixed of two gammas.

    One is that of the ordinary cells, the other exponential; its share is found by maximum a
    posteriori, as if one cell of each kind had been seen before. Cells outside `within` cannot be
    flagged and get the quantile of the ordinary gamma.
    """
    elevated = stats.geom.logpmf(count + 1, _ELEVATED_RATE / (_ELEVATED_RATE + mean))
    ordinary = stats.nbinom.logpmf(count, shape, shape / (shape + mean))
    gain = np.expm1(np.minimum(elevated - ordinary, 500.0))
    share = brentq(lambda x: (gain / (1 + x * gain)).sum() + 1 / x - 1 / (1 - x), 1e-12, 1 - 1e-12)
    weight = share * (1 + gain) / (1 + share * gain)
    ratio = weight * (1 + count) / (_ELEVATED_RATE + mean)
    ratio += (1 - weight) * (shape + count) / (shape + mean)
    values, where = np.unique(count, return_inverse=True)
    lower = special.gammaincinv(shape + values, level)[where].reshape(count.shape) / (shape + mean)

    def excess(x: FloatArray, n: FloatArray, e: FloatArray, w: FloatArray) -> FloatArray:
        below: FloatArray = w * special.gammainc(1 + n, x * (_ELEVATED_RATE + e))
        above: FloatArray = (1 - w) * special.gammainc(shape + n, x * (shape + e))
        return below + above - level

    if within.any():
        chosen = count[within], mean[within], weight[within]
        other = special.gammaincinv(1 + chosen[0], level) / (_ELEVATED_RATE + chosen[1])
        ends = lower[within], other
        bracket = 0.999 * np.minimum(*ends), 1.001 * np.maximum(*ends)
        lower[within] = elementwise.find_root(excess, bracket, args=chosen).x
    return ratio, lower


class _Truncation(NamedTuple):
    """Negative binomial counts cut at both ends, on a grid of expectations (cases)."""

    grid: FloatArray
    low: FloatArray  # least and largest residual (count less expectation) that is kept
    high: FloatArray
    mean: FloatArray  # of the kept counts, over the expectation
    square: FloatArray  # mean square of the kept residuals, over the variance

    def nearest(self, expected: FloatArray) -> npt.NDArray[np.intp]:
        step = np.log(self.grid[1] / self.grid[0])
        position: FloatArray = np.log(np.maximum(expected / self.grid[0], 1)) / step
        return (position + 0.5).astype(np.intp)


def _truncation(variance: float, top: float) -> _Truncation:
    """Cut at the quantiles of _TRIM.

    The factorial moments of the truncated distribution are those of the whole one times the chance
    of the same counts, shifted, under a larger shape.
    """
    grid = np.geomspace(1e-3, top, _GRID)
    shape = 1 / variance
    chance = shape / (shape + grid)
    high = stats.nbinom.ppf(1 - _TRIM, shape, chance) + 1
    low = np.maximum(stats.nbinom.ppf(_TRIM, shape, chance) - 1, 0)
    none, one, two = (
        stats.nbinom.cdf(high - less, shape + less, chance)
        - stats.nbinom.cdf(low - 1 - less, shape + less, chance)
        for less in range(3)
    )
    mean, pairs = one / none, (1 + variance) * two / none
    square = (mean + (pairs - 2 * mean + 1) * grid) / (1 + variance * grid)
    return _Truncation(grid, low - 0.5 - grid, high + 0.5 - grid, mean, square)


def _fit(table: FloatArray) -> _Fit:
    """Expectation and dispersion of the ordinary cells; every row and column has a case.

    A cell is set aside when its count, put back alone among those that are kept, lies in a tail of
    the ordinary ones. Judging all cells as put back keeps one that was set aside by mistake from
    confirming the mistake, and the fit from depending on where it started.
    """
    # A giant count weighs little in this first fit, or it would make all other cells look odd.
    row, column = table.sum(axis=1), table.sum(axis=0) / table.sum()
    weight = 1 / (1 + _FIRST_VARIANCE * np.outer(row, column))
    row, column = _margins(table, weight, np.ones(1), row, column)
    expected = judged = np.outer(row, column)
    leverage, variance = np.zeros_like(table), _FIRST_VARIANCE
    for turn in range(_ROUNDS):
        cut = _truncation(variance, 2 * max(table.max(), judged.max()))
        near = cut.nearest(judged)
        scaled = (table - judged) / np.sqrt(1 - leverage)
        kept = scaled <= cut.high[near]
        # Beside a hotspot all cells look low until it has been set aside.
        if turn > 0:
            kept &= scaled >= cut.low[near]
        # The zeros of a line that keeps no case would mislead the lines that cross it.
        cases = kept & (table > 0)
        kept &= cases.any(axis=1, keepdims=True) & cases.any(axis=0, keepdims=True)
        weight = kept / (1 + variance * expected)
        row, column = _margins(table, weight, cut.mean[near], row, column)
        expected = np.outer(row, column)
        judged, leverage, error = _put_back(table, expected, kept, variance)
        before, square = variance, (1 - leverage) * cut.square[near]
        variance, variance_error = _variance(table, expected, kept, square, variance)
        if turn > 1 and abs(variance - before) <= 0.01 * before:
            break
    return _Fit(expected, error, variance, variance_error)


def _margins(
    table: FloatArray, weight: FloatArray, mean: FloatArray, row: FloatArray, column: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Row and column effects from the kept cells; from all cells of a line that keeps no case.

    Alternately solves each line's quasi-likelihood equation, sum of weight (N - mean E) = 0:
    iterative proportional fitting with negative binomial weights and truncated means.
    """
    seen, share = weight * table, weight * mean
    by_row, by_column = seen.sum(axis=1), seen.sum(axis=0)
    no_row, no_column = by_row == 0, by_column == 0
    by_row[no_row] = table.sum(axis=1)[no_row]
    by_column[no_column] = table.sum(axis=0)[no_column]
    for _ in range(_SWEEPS):
        row = by_row / np.where(no_row, column.sum(), share @ column)
        column = by_column / np.where(no_column, row.sum(), row @ share)
    return row, column


def _put_back(
    table: FloatArray, expected: FloatArray, kept: BoolArray, variance: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Expectation and leverage of each cell were it kept too; relative error of `expected`."""
    info = expected / (1 + variance * expected)
    used = info * kept
    by_row, by_column = used.sum(axis=1), used.sum(axis=0)
    by_row = np.where(by_row > 0, by_row, info.sum(axis=1))
    by_column = np.where(by_column > 0, by_column, info.sum(axis=0))
    error = np.sqrt(1 / by_row[:, None] + 1 / by_column)
    leverage = info * (error**2 - 1 / by_row.sum())
    judged = expected.copy()
    i, j = np.nonzero(~kept)
    own = info[i, j]
    leverage[i, j] = own / (by_row[i] + own) + own / (by_column[j] + own) - own / by_row.sum()
    np.clip(leverage, 0, 0.999, out=leverage)
    judged[i, j] += leverage[i, j] * (table[i, j] - expected[i, j])
    return judged, leverage, error


def _variance(
    table: FloatArray, expected: FloatArray, kept: BoolArray, square: FloatArray, variance: float
) -> tuple[float, float]:
    """Squared dispersion from kept residuals, whose mean square is square (E + variance E**2).

    Each squared residual weighs as the inverse of its own variance. Also its standard error, which
    is nan, and the variance as it was, where too few cells are kept.
    """
    freedom = kept.sum() - kept.any(axis=1).sum() - kept.any(axis=0).sum() + 1
    if freedom < _LEAST_FREEDOM:
        return variance, float("nan")
    squared = expected**2
    spread = expected + variance * squared
    use = kept * squared / (spread**2 * (2 + 6 * variance) + spread)
    found = float((use * ((table - expected) ** 2 - square * expected)).sum())
    information = float((use * square * squared).sum())
    estimate = min(max(found / information, _LEAST_VARIANCE), _MOST_VARIANCE)
    return estimate, information**-0.5
