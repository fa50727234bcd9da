"""Which cells of a two-way table of counts hold more cases than their row and column explain.

Rows are places, columns violation types (or time bands of one type). The model is
N_ij ~ Poisson(E_ij L_ij), E_ij = row_i column_j, L_ij ~ Gamma with mean 1 and one coefficient of
variation, so the count of an ordinary cell is negative binomial. `ordinary` fits it, `posterior`
says how large the ratio of true to expected cases is. Where a row or column has cases in one cell
only, nothing else says what to expect in it, and an excess cannot be told from the nature of the
place or type. Such cells are left out by the least expectation that the caller asks for.

Source: Benjamini & Hochberg 1995, JRSS B 57:289 (false discovery rate); the other modules name
theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import special

from .ordinary import LEAST_FREEDOM, LEAST_VARIANCE, Fit, fit
from .posterior import posterior
from .truncation import tail

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.intp]

_LEAST_MEAN = 1e-9  # cases


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
    `judged`: whether there was enough to judge the cell by; elsewhere q_value is 1.
    """

    expected: FloatArray
    dispersion: float
    ratio: FloatArray
    lower: FloatArray
    q_value: FloatArray
    flagged: BoolArray
    judged: BoolArray


def screen(
    counts: npt.ArrayLike,
    *,
    min_ratio: float = 2.0,
    confidence: float = 0.95,
    fdr: float = 0.05,
    min_expected: float = 0.0,
) -> Screening:
    """Judge every cell of `counts` (rows x columns, cases) against its row and column.

    A cell is judged where at least `min_expected` cases are expected in it, by the fit and by the
    plain product of the other cases of its row and its column.
    Nothing is flagged, and the dispersion is nan, where fewer than 20 residual degrees of freedom
    are left to tell it by: in small tables, or where most rows have cases in one column only.
    ValueError: not a table, or not of whole numbers >= 0.
    """
    table = _checked(counts)
    rows, columns = np.flatnonzero(table.any(axis=1)), np.flatnonzero(table.any(axis=0))
    if (len(rows) - 1) * (len(columns) - 1) < LEAST_FREEDOM:
        return _silent(table)
    fitted = _fitted(table, rows, columns)
    if np.isnan(fitted.variance_error):
        return _silent(table)
    return screen_given(
        table,
        fitted.expected,
        float(np.sqrt(fitted.variance)),
        min_ratio=min_ratio,
        confidence=confidence,
        fdr=fdr,
        judged=np.minimum(fitted.expected, _told_by_others(table)) >= min_expected,
        expected_error=fitted.expected_error,
        variance_error=fitted.variance_error,
    )


def screen_given(
    counts: npt.ArrayLike,
    expected: npt.ArrayLike,
    dispersion: float,
    *,
    min_ratio: float = 2.0,
    confidence: float = 0.95,
    fdr: float = 0.05,
    judged: npt.ArrayLike = True,
    expected_error: npt.ArrayLike = 0.0,
    variance_error: float = 0.0,
) -> Screening:
    """Judge every cell against an expectation (cases, shape of `counts`) and dispersion given.

    `expected_error`: coefficient of variation of each expectation, one number or one per cell.
    `variance_error`: standard error of the square of `dispersion`. Both are 0 for known truth.
    They widen the p values; `ratio` and `lower` take the expectation as known, as DuMouchel does.
    `judged`: for each cell, whether it is judged at all.
    ValueError: not a table, not of whole numbers >= 0, or `expected` of another shape.
    """
    table = _checked(counts)
    given = np.asarray(expected, dtype=np.float64)
    if given.shape != table.shape:
        raise ValueError("expected must have the shape of the counts")
    if table.size == 0:
        return replace(_silent(table), dispersion=dispersion)
    mean = np.maximum(given, _LEAST_MEAN)
    shape = 1 / max(dispersion**2, LEAST_VARIANCE)
    p_value = np.ones_like(table)
    asked = np.broadcast_to(np.asarray(judged, dtype=np.bool_), table.shape)
    tests = int(np.count_nonzero(asked))
    above = asked & (table > mean)
    p_value[above] = tail(table[above], mean[above], shape)
    # No more cells can be found than have p <= fdr, so none above fdr x their share can be.
    within = p_value <= fdr * np.count_nonzero(p_value <= fdr) / max(tests, 1)
    ratio, lower = posterior(table, mean, shape, within, 1 - confidence)
    error = np.broadcast_to(np.asarray(expected_error, dtype=np.float64), table.shape)[within]
    p_value[within] = _predictive_tail(table[within], mean[within], shape, error, variance_error)
    # Cells with p = 1 come last and need no sorting: they only scale the others' q.
    q_value = np.ones_like(table)
    q_value[above] = _false_discovery_rates(p_value[above], tests)
    flagged = (lower >= min_ratio) & (q_value <= fdr)
    return Screening(given, dispersion, ratio, lower, q_value, flagged, asked)


def _told_by_others(table: FloatArray) -> FloatArray:
    """What each cell would hold by the other cases of its row and column alone."""
    row, column = table.sum(axis=1, keepdims=True), table.sum(axis=0, keepdims=True)
    elsewhere = table.sum() - row - column + table
    told: FloatArray = (row - table) * (column - table) / np.maximum(elsewhere, 1)
    return told


def _checked(counts: npt.ArrayLike) -> FloatArray:
    table = np.asarray(counts, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError("counts must be a table with rows and columns")
    if not np.isfinite(table).all() or (table < 0).any() or (table != np.floor(table)).any():
        raise ValueError("counts must be whole numbers that are finite and not negative")
    return table


def _fitted(table: FloatArray, rows: IntArray, columns: IntArray) -> Fit:
    """The fit to these rows and columns; nothing is expected in the others, which are empty."""
    if (len(rows), len(columns)) == table.shape:
        return fit(table)
    live = np.ix_(rows, columns)
    found = fit(table[live])
    expected, error = np.zeros_like(table), np.zeros_like(table)
    expected[live], error[live] = found.expected, found.expected_error
    return found._replace(expected=expected, expected_error=error)


def _silent(table: FloatArray) -> Screening:
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / max(table.sum(), 1.0)
    one, nothing = np.ones_like(table), np.zeros_like(table)
    none = nothing.astype(np.bool_)
    return Screening(expected, float("nan"), one, nothing, one.copy(), none, none.copy())


def _predictive_tail(
    count: FloatArray, mean: FloatArray, shape: float, error: FloatArray, variance_error: float
) -> FloatArray:
    """P(N >= count) when the mean and the squared dispersion are themselves estimates.

    A mean made of gamma-Poisson counts is close to gamma with shape error**-2, so the true mean
    given its estimate is inverse gamma; the squared dispersion is normal.
    """
    freedom = np.clip(error, 1e-4, 2.0) ** -2
    beyond = np.zeros_like(count)
    # In a large table the variance is known so well that one node does.
    spread = _SPREAD if variance_error * shape > 0.01 else ((0.0, 1.0),)
    for z, weight in _MEAN:
        true_mean = mean * freedom / special.gammaincinv(freedom, special.ndtr(z))
        for y, share in spread:
            variance = max(1 / shape + y * variance_error, LEAST_VARIANCE)
            beyond += weight * share * tail(count, true_mean, 1 / variance)
    return beyond


def _false_discovery_rates(p_value: FloatArray, tests: int) -> FloatArray:
    """Benjamini and Hochberg's, for the least p values of so many tests."""
    order = np.argsort(p_value)[::-1]
    rate = p_value[order] * (tests / np.arange(len(order), 0, -1))
    found = np.empty_like(p_value)
    found[order] = np.minimum(np.minimum.accumulate(rate), 1.0)
    return found
