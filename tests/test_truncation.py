from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from risk.analysis.truncation import tail, truncation

MEAN = np.geomspace(1e-3, 3_000, 60)


@pytest.mark.parametrize("variance", [1e-6, 0.01, 0.35, 5.0])
def test_the_cut_is_one_case_beyond_the_quantiles(variance: float) -> None:
    shape = 1 / variance
    chance = shape / (shape + MEAN)
    cut = truncation(MEAN, variance)
    low = np.maximum(stats.nbinom.ppf(0.005, shape, chance) - 1, 0)
    assert np.allclose(cut.low + MEAN + 0.5, low)
    assert np.allclose(cut.high + MEAN - 0.5, stats.nbinom.ppf(0.995, shape, chance) + 1)


@pytest.mark.parametrize("variance", [1e-6, 0.01, 0.35, 5.0])
def test_the_moments_are_those_of_the_counts_between(variance: float) -> None:
    shape = 1 / variance
    cut = truncation(MEAN, variance)
    for mean, low, high, first, square in zip(MEAN, *cut, strict=True):
        count = np.arange(np.ceil(mean + low), np.floor(mean + high) + 1)
        weight = stats.nbinom.pmf(count, shape, shape / (shape + mean))
        weight /= weight.sum()
        spread = mean + variance * mean**2
        assert first == pytest.approx((weight * count).sum() / mean, rel=1e-6)
        assert square == pytest.approx((weight * (count - mean) ** 2).sum() / spread, rel=1e-6)


@pytest.mark.parametrize("mean", [1e6, 1e7, 1e8])
@pytest.mark.parametrize("variance", [0.01, 0.35, 1.0])
def test_at_very_large_expectations_the_counts_are_gamma(mean: float, variance: float) -> None:
    cut = truncation(np.array([mean]), variance)
    none, one, two = (stats.gamma(1 / variance + more, scale=variance) for more in range(3))
    ends = none.ppf([0.005, 0.995])
    assert cut.low[0] / mean == pytest.approx(ends[0] - 1, abs=1e-4)
    assert cut.high[0] / mean == pytest.approx(ends[1] - 1, rel=1e-4)
    inside = [float(np.diff(each.cdf(ends))[0]) for each in (none, one, two)]
    first, pairs = inside[1] / inside[0], (1 + variance) * inside[2] / inside[0]
    assert cut.mean[0] == pytest.approx(first, rel=1e-4)
    assert cut.square[0] == pytest.approx((pairs - 2 * first + 1) / variance, rel=1e-4)


def test_the_tail_is_that_of_the_negative_binomial() -> None:
    count = np.ceil(MEAN) + 1
    assert np.allclose(tail(count, MEAN, 8.0), stats.nbinom.sf(count - 1, 8, 8 / (8 + MEAN)))
