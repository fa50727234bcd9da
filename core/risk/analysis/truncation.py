"""Negative binomial counts cut at both ends: where the cut falls, and the moments of what is left.

`mean` is the expectation (cases), `shape` the inverse of the squared coefficient of variation of
the rate.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

FloatArray = npt.NDArray[np.float64]

_TINY, _STEPS = 1e-300, 100
_TRIM = 0.005  # share of ordinary cells set aside at each end


class Truncation(NamedTuple):
    """One number for each expectation."""

    low: FloatArray  # least and largest residual (count less expectation) that is kept
    high: FloatArray
    mean: FloatArray  # of the kept counts, over the expectation
    square: FloatArray  # mean square of the kept residuals, over the variance


def truncation(mean: FloatArray, variance: float) -> Truncation:
    """Cut at the quantiles of _TRIM, one case further out at each end."""
    shape = 1 / variance
    low = np.maximum(_quantile(_TRIM, mean, shape, upper=False) - 1, 0)
    high = _quantile(_TRIM, mean, shape, upper=True) + 1
    none, one, two = (
        upto - below
        for upto, below in zip(
            _partial_moments(high, mean, shape), _partial_moments(low - 1, mean, shape), strict=True
        )
    )
    first, pairs = one / none, two / none
    square = (first + (pairs - 2 * first + 1) * mean) / (1 + variance * mean)
    return Truncation(low - 0.5 - mean, high + 0.5 - mean, first, square)


def tail(count: FloatArray, mean: FloatArray, shape: float) -> FloatArray:
    """P(N >= count), for counts of at least 1."""
    beyond: FloatArray = special.betainc(count, shape, mean / (shape + mean))
    return beyond


def _up_to(count: FloatArray, mean: FloatArray, shape: float) -> FloatArray:
    """P(N <= count)."""
    chance: FloatArray = special.betainc(shape, count + 1, shape / (shape + mean))
    return chance


def _chance(count: FloatArray, mean: FloatArray, shape: float) -> FloatArray:
    """P(N = count)."""
    log = count * np.log(mean / (shape + mean)) - shape * np.log1p(mean / shape)
    ways = -special.betaln(count + 1, shape) - np.log(count + shape)
    chance: FloatArray = np.exp(log + ways)
    return chance


def _partial_moments(
    most: FloatArray, mean: FloatArray, shape: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Sums over counts N <= most of their chances times 1, N / mean and N (N - 1) / mean**2.

    From (N + 1) P(N + 1) = (N + shape) P(N) mean / (shape + mean), summed.
    """
    some = most >= 0
    count, expected = most[some], mean[some]
    upto, first, pairs = np.zeros((3, len(most)))
    upto[some] = _up_to(count, expected, shape)
    last = (count + shape) / shape * _chance(count, expected, shape)
    first[some] = upto[some] - last
    pairs[some] = (1 + 1 / shape) * first[some] - count * last / expected
    return upto, first, pairs


def _quantile(level: float, mean: FloatArray, shape: float, *, upper: bool) -> FloatArray:
    """The least count above which at most `level` lies, or (not upper) up to which `level` lies.

    Newton's method on the logarithm of the tail, which bends one way only, from the normal quantile
    corrected for skewness (Cornish & Fisher 1938).
    """
    z = special.ndtri(1 - level if upper else level)
    spread = np.sqrt(mean * (1 + mean / shape))
    skewness = (1 + 2 * mean / shape) / spread
    start = mean + spread * (z + skewness * (z**2 - 1) / 6) - 0.5
    count: FloatArray = np.maximum(np.ceil(start), 0.0)
    # Where no count need be passed the answer is 0, as at most of the lower ends.
    nothing = -shape * np.log1p(mean / shape) >= np.log(1 - level if upper else level)
    count[nothing] = 0
    searched = np.flatnonzero(~nothing)
    for _ in range(_STEPS):
        k, m = count[searched], mean[searched]
        chance = _chance(k, m, shape)
        if upper:
            here = tail(k + 1, m, shape)
            before = here + chance
            short, far = here > level, before <= level
        else:
            here = _up_to(k, m, shape)
            before = here - chance
            short, far = here < level, before >= level
        step = np.log(here / level) / np.log(np.maximum(before, _TINY) / here)
        step = np.where(short, np.maximum(np.ceil(step), 1), np.minimum(np.ceil(step), -1))
        far &= k > 0
        count[searched] = np.where(short | far, np.maximum(k + step, 0), k)
        searched = searched[short | far]
        if not searched.size:
            break
    return count
