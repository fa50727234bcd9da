"""What is believed of each cell's true over expected cases, given its count.

Source: DuMouchel 1999, Am. Stat. 53:177 (mixture of gamma priors, a lower bound of 2 as the mark of
a signal).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy import special

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

_ELEVATED_RATE = 0.25  # an elevated cell's ratio is exponential with mean 4, so the count decides
_BLOCK = 8192  # cells; what is made of so few stays in the processor's cache
_PRECISION, _STEPS = 1e-10, 100


def posterior(
    count: FloatArray, mean: FloatArray, shape: float, within: BoolArray, level: float
) -> tuple[FloatArray, FloatArray]:
    """Mean and `level` quantile of each cell's ratio under a prior mixed of two gammas.

    One is that of the ordinary cells, the other exponential; its share is found by maximum a
    posteriori, as if one cell of each kind had been seen before. Cells outside `within` cannot be
    flagged and get the quantile of the ordinary gamma.
    """
    values, where = _distinct(count)
    ways = special.betaln(values + 1, shape) + np.log(values + shape)
    quantile = special.gammaincinv(shape + values, level)
    n, e, group, chosen = count.ravel(), mean.ravel(), where.ravel(), within.ravel()
    blocks = [slice(i, i + _BLOCK) for i in range(0, count.size, _BLOCK)]
    gain, ratio, lower = np.empty((3, count.size))
    for block in blocks:
        gain[block] = _gain(n[block], e[block], shape, ways[group[block]])
        lower[block] = quantile[group[block]] / (shape + e[block])
    share = _elevated_share([gain[block] for block in blocks])
    for block in blocks:
        elevated = (1 + n[block]) / (_ELEVATED_RATE + e[block])
        ordinary = (shape + n[block]) / (shape + e[block])
        ratio[block] = ordinary + _elevated_weight(gain[block], share) * (elevated - ordinary)
    weight = _elevated_weight(gain[chosen], share)
    lower[chosen] = _mixed_quantile(n[chosen], e[chosen], weight, shape, lower[chosen], level)
    return ratio.reshape(count.shape), lower.reshape(count.shape)


def _distinct(count: FloatArray) -> tuple[FloatArray, npt.NDArray[np.intp]]:
    """The counts that occur, in order, and where each cell's stands among them."""
    if count.max() > count.size:
        return np.unique(count, return_inverse=True)
    whole = count.astype(np.intp)
    occurs = np.bincount(whole.ravel()) > 0  # quicker than sorting
    return np.flatnonzero(occurs).astype(np.float64), (np.cumsum(occurs) - 1)[whole]


def _gain(count: FloatArray, mean: FloatArray, shape: float, ways: FloatArray) -> FloatArray:
    """Chance of the count in an elevated cell over that in an ordinary one, less 1.

    `ways` is the part of the logarithm of the ordinary chance that hangs on the count alone.
    """
    growth = np.log1p(mean / shape)
    log = (count + shape) * growth + ways - (count + 1) * np.log(_ELEVATED_RATE + mean)
    log += count * np.log(shape) + np.log(_ELEVATED_RATE)
    gain: FloatArray = np.expm1(np.minimum(log, 500.0))
    return gain


def _elevated_share(gain: list[FloatArray]) -> float:
    def excess(share: FloatArray) -> tuple[FloatArray, FloatArray]:
        value, slope = 1 / (1 - share) - 1 / share, (1 - share) ** -2 + share**-2
        for part in gain:
            pull = part / (1 + share * part)
            value -= pull.sum()
            slope += np.einsum("i,i", pull, pull)
        return value, slope

    # A gain is at least -1 and a pull at most 1 / share, so that the ends enclose the root.
    least = np.array([1 / (2 + sum(map(len, gain)))])
    return float(_root(excess, least, np.sqrt(least), 1 - least)[0])


def _elevated_weight(gain: FloatArray, share: float) -> FloatArray:
    return share * (1 + gain) / (1 + share * gain)


def _mixed_quantile(
    count: FloatArray,
    mean: FloatArray,
    weight: FloatArray,
    shape: float,
    ordinary: FloatArray,
    level: float,
) -> FloatArray:
    """The ratio below which `level` of both gammas lies, mixed; `ordinary` is that of the one."""
    other = special.gammaincinv(1 + count, level) / (_ELEVATED_RATE + mean)
    parts = (weight, 1 + count, _ELEVATED_RATE + mean), (1 - weight, shape + count, shape + mean)

    def excess(ratio: FloatArray) -> tuple[FloatArray, FloatArray]:
        below, density = np.zeros_like(ratio), np.zeros_like(ratio)
        for share, power, rate in parts:
            x = rate * ratio
            below += share * special.gammainc(power, x)
            density += share * rate * np.exp((power - 1) * np.log(x) - x - special.gammaln(power))
        return np.log(below / level), density / below

    start = ordinary * (other / ordinary) ** weight
    return _root(
        excess, 0.999 * np.minimum(ordinary, other), start, 1.001 * np.maximum(ordinary, other)
    )


def _root(
    function: Callable[[FloatArray], tuple[FloatArray, FloatArray]],
    low: FloatArray,
    start: FloatArray,
    high: FloatArray,
) -> FloatArray:
    """Where each of a growing function's values is 0, by Newton's method kept between the ends.

    `function` gives the values and slopes; ends and start are positive. Steps are of the logarithm.
    """
    x = start
    for _ in range(_STEPS):
        value, slope = function(x)
        low, high = np.where(value < 0, x, low), np.where(value < 0, high, x)
        with np.errstate(all="ignore"):  # a step to infinity is not taken
            before, x = x, x * np.exp(-value / (slope * x))
        x = np.where((x >= low) & (x <= high), x, np.sqrt(low * high))
        if (np.abs(x - before) <= _PRECISION * x).all():
            break
    return x
