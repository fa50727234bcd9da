from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from risk.analysis import ordinary, posterior
from risk.analysis.hotspots import BoolArray, FloatArray, screen, screen_given

Counts = npt.NDArray[np.int64]

tables = arrays.arrays(
    np.int64,
    arrays.array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=14),
    elements=st.one_of(st.just(0), st.integers(0, 30), st.integers(0, 10**7)),
)


def margins(rng: np.random.Generator, rows: int, columns: int) -> FloatArray:
    share = np.arange(1, columns + 1) ** -0.8
    total = rng.lognormal(0, 1, rows)
    return np.outer(20 * columns * total / total.mean(), share / share.sum())


def drawn(rng: np.random.Generator, expected: FloatArray, cv: float) -> Counts:
    return rng.poisson(expected * rng.gamma(cv**-2, cv**2, expected.shape))


def planted(
    seed: int, cv: float, rows: int = 300, columns: int = 12
) -> tuple[Counts, FloatArray, BoolArray]:
    """Counts, expectations, and one hotspot (of 90 for 30) in every eighth row."""
    rng = np.random.default_rng(seed)
    expected = margins(rng, rows, columns)
    hot = np.zeros((rows, columns), dtype=bool)
    places = np.arange(0, rows, 8)
    types = rng.integers(columns, size=len(places))
    hot[places, types] = True
    expected[places] *= (30 / expected[places, types])[:, None]
    return drawn(rng, expected * np.where(hot, 3, 1), cv), expected, hot


def test_a_uniform_table_flags_nothing() -> None:
    assert not screen(np.full((30, 8), 20)).flagged.any()


def test_a_table_that_is_the_product_of_its_margins_is_its_own_expectation() -> None:
    table = np.outer(np.arange(1, 31), np.arange(1, 9))
    found = screen(table)
    assert np.allclose(found.expected, table, rtol=0.01)
    assert np.allclose(found.ratio, 1, atol=0.01)
    assert not found.flagged.any()


@pytest.mark.parametrize("cv", [0.1, 0.2, 0.35])
def test_planted_hotspots_are_found_and_little_else(cv: float) -> None:
    right = number = oracle = 0
    for seed in range(6):
        counts, expected, hot = planted(seed, cv)
        flagged = screen(counts).flagged
        right += (flagged & hot).sum()
        number += flagged.sum()
        oracle += (screen_given(counts, expected, cv).flagged & hot).sum()
    assert number - right <= 0.05 * number
    assert right >= (0.9 if cv < 0.3 else 0.65) * oracle


def test_few_of_the_tables_without_hotspots_have_a_flag() -> None:
    rng = np.random.default_rng(1)
    flagged = [screen(drawn(rng, margins(rng, 60, 8), 0.2)).flagged.any() for _ in range(60)]
    assert sum(flagged) <= 3


@pytest.mark.parametrize("cv", [0.1, 0.2, 0.35])
def test_the_dispersion_is_that_of_the_ordinary_cells(cv: float) -> None:
    found = [screen(planted(seed, cv)[0]).dispersion for seed in range(5)]
    assert np.mean(found) == pytest.approx(cv, rel=0.07)


def test_a_hotspot_does_not_lift_its_own_expectation() -> None:
    counts, expected, hot = planted(3, 0.1)
    assert np.mean(screen(counts).expected[hot] / expected[hot]) == pytest.approx(1, abs=0.03)


def test_a_row_may_hold_several_hotspots() -> None:
    counts = np.random.default_rng(2).poisson(30, (60, 9))
    counts[7, :4] *= 4
    assert np.argwhere(screen(counts).flagged).tolist() == [[7, j] for j in range(4)]


def test_places_where_a_type_cannot_occur_raise_no_alarm_elsewhere() -> None:
    rng = np.random.default_rng(5)
    counts = rng.poisson(30, (100, 8))
    counts[rng.random(counts.shape) < 0.05] = 0
    found = screen(counts)
    assert not found.flagged.any()
    assert found.dispersion < 0.1
    assert np.median(found.expected[counts == 0]) == pytest.approx(30, rel=0.05)


@pytest.mark.parametrize("shape", [(0, 0), (0, 5), (5, 0), (1, 50), (50, 1), (2, 2), (3, 4)])
def test_a_table_too_small_to_tell_the_dispersion_flags_nothing(shape: tuple[int, int]) -> None:
    counts = np.random.default_rng(0).poisson(20, shape)
    counts.flat[:1] = 10**7
    found = screen(counts)
    assert not found.flagged.any()
    assert np.isnan(found.dispersion)


def test_a_table_without_cases_or_with_one_full_cell_flags_nothing() -> None:
    counts = np.zeros((30, 8))
    assert not screen(counts).flagged.any()
    counts[3, 3] = 10**7
    assert not screen(counts).flagged.any()


def test_a_table_where_every_place_has_its_own_type_flags_nothing() -> None:
    assert not screen(np.diag(np.full(20, 50))).flagged.any()


def test_empty_rows_and_columns_change_no_figure_but_their_own() -> None:
    counts = planted(1, 0.2, 60, 8)[0]
    padded = np.insert(np.insert(counts, 5, 0, axis=0), 2, 0, axis=1)
    alone, among = screen(counts), screen(padded)
    rows, columns = padded.any(axis=1), padded.any(axis=0)
    assert among.dispersion == alone.dispersion
    assert np.array_equal(among.expected[np.ix_(rows, columns)], alone.expected)
    assert not among.expected[~rows].any() and not among.flagged[:, ~columns].any()


@pytest.mark.parametrize("cases", [10**3, 10**5, 10**7])
def test_a_giant_cell_is_flagged_alone_and_hides_no_other(cases: int) -> None:
    counts = np.random.default_rng(4).poisson(20, (40, 8))
    counts[3, 3], counts[20, 5] = cases, 120
    assert np.argwhere(screen(counts).flagged).tolist() == [[3, 3], [20, 5]]


def test_a_type_recorded_on_one_road_only_is_flagged_there() -> None:
    counts = np.random.default_rng(6).poisson(20, (300, 8))
    counts[:, 5] = 0
    counts[7, 5] = 100
    assert np.argwhere(screen(counts).flagged).tolist() == [[7, 5]]


def test_counts_of_ten_million_are_judged_like_others() -> None:
    rng = np.random.default_rng(7)
    counts = drawn(rng, np.full((40, 8), 1e7), 0.1)
    counts[3, 3] *= 4
    found = screen(counts)
    assert np.argwhere(found.flagged).tolist() == [[3, 3]]
    assert found.dispersion == pytest.approx(0.1, rel=0.15)


def test_one_or_two_cases_where_hardly_any_were_expected_are_no_hotspot() -> None:
    counts = np.random.default_rng(8).poisson(0.01, (5_000, 20))
    assert counts.max() >= 2
    assert not screen(counts).flagged.any()


@settings(max_examples=100, deadline=None)
@given(counts=tables)
def test_any_table_of_counts_is_judged_without_a_gap(counts: Counts) -> None:
    found = screen(counts, min_ratio=1.5, fdr=0.1)
    for figure in (found.expected, found.ratio, found.lower, found.q_value, found.flagged):
        assert figure.shape == counts.shape
        assert np.isfinite(figure).all()
    assert ((found.q_value >= 0) & (found.q_value <= 1)).all()
    if not np.isnan(found.dispersion):
        assert np.array_equal(found.flagged, (found.lower >= 1.5) & (found.q_value <= 0.1))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_order_of_rows_and_columns_does_not_matter(seed: int) -> None:
    rng = np.random.default_rng(seed)
    counts = drawn(rng, margins(rng, 40, 8), 0.3)
    rows, columns = rng.permutation(40), rng.permutation(8)
    found, mixed = screen(counts), screen(counts[rows][:, columns])
    for name in ("expected", "ratio", "lower", "q_value", "flagged"):
        assert np.allclose(getattr(found, name)[np.ix_(rows, columns)], getattr(mixed, name))


def test_the_size_of_the_blocks_that_are_worked_on_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counts = planted(7, 0.2)[0]
    counts[5:8], counts[5, 3] = 0, 900
    whole = screen(counts)
    for module in (ordinary, posterior):
        monkeypatch.setattr(module, "_BLOCK", 100)
    parts = screen(counts)
    for name in ("expected", "ratio", "lower", "q_value", "flagged"):
        assert np.allclose(getattr(whole, name), getattr(parts, name))


def test_turning_the_table_turns_the_result() -> None:
    counts = planted(2, 0.2, 60, 8)[0]
    found, turned = screen(counts), screen(counts.T)
    assert np.array_equal(found.flagged, turned.flagged.T)
    assert np.allclose(found.expected, turned.expected.T, rtol=0.01)


def test_a_stricter_limit_never_flags_more() -> None:
    counts = planted(4, 0.2)[0]
    plain = screen(counts).flagged
    stricter: list[BoolArray] = [
        screen(counts, min_ratio=2.5).flagged,
        screen(counts, confidence=0.99).flagged,
        screen(counts, fdr=0.001).flagged,
    ]
    assert all(not (flags & ~plain).any() and flags.sum() < plain.sum() for flags in stricter)


def test_told_the_truth_q_is_that_of_benjamini_and_hochberg_on_negative_binomial_tails() -> None:
    counts, expected, _ = planted(5, 0.35, 60, 8)
    shape = 0.35**-2
    tail = stats.nbinom.sf(counts - 1, shape, shape / (shape + expected))
    tail = np.where(counts > expected, tail, 1)
    q_value = stats.false_discovery_control(tail, axis=None).reshape(counts.shape)
    assert np.allclose(screen_given(counts, expected, 0.35).q_value, q_value, rtol=1e-4)


def test_an_ordinary_cell_is_shrunk_to_one_and_an_elevated_one_is_left_at_its_count() -> None:
    expected = np.full((60, 8), 30.0)
    counts = np.full((60, 8), 30)
    counts[0, 0], counts[1, 1] = 150, 36
    found = screen_given(counts, expected, 0.1)
    assert found.ratio[0, 0] == pytest.approx(5, rel=0.02)
    assert found.lower[0, 0] == pytest.approx(stats.gamma.ppf(0.05, 151, scale=1 / 30.25), rel=1e-3)
    assert found.ratio[1, 1] == pytest.approx((100 + 36) / (100 + 30), rel=0.01)
    assert found.lower[1, 1] == pytest.approx(stats.gamma.ppf(0.05, 136, scale=1 / 130), rel=1e-3)


def test_the_lower_bound_is_the_quantile_of_the_posterior_drawn_at_random() -> None:
    expected = np.full((60, 8), 30.0)
    counts = np.full((60, 8), 30)
    counts[0, :6] = 66
    found = screen_given(counts, expected, 0.2)
    ordinary, elevated = (25 + 66) / (25 + 30), (1 + 66) / (0.25 + 30)
    weight = (found.ratio[0, 0] - ordinary) / (elevated - ordinary)
    assert 0.2 < weight < 0.8
    rng, size = np.random.default_rng(9), 400_000
    ratio = np.where(
        rng.random(size) < weight,
        rng.gamma(1 + 66, 1 / (0.25 + 30), size),
        rng.gamma(25 + 66, 1 / (25 + 30), size),
    )
    assert found.lower[0, 0] == pytest.approx(np.quantile(ratio, 0.05), rel=0.01)


def test_an_unsure_expectation_or_dispersion_raises_q() -> None:
    counts, expected, hot = planted(6, 0.2, 60, 8)
    sure = screen_given(counts, expected, 0.2).q_value
    for unsure in (
        screen_given(counts, expected, 0.2, expected_error=0.2),
        screen_given(counts, expected, 0.2, variance_error=0.02),
    ):
        assert (unsure.q_value[hot] > sure[hot]).all()


@pytest.mark.parametrize(
    "counts",
    [[[1, -1]], [[1.0, np.nan]], [[1.0, np.inf]], [[1.5, 2.0]], [1, 2, 3], np.ones((2, 2, 2))],
)
def test_what_is_no_table_of_counts_is_refused(counts: npt.ArrayLike) -> None:
    with pytest.raises(ValueError, match="^counts must be"):
        screen(counts)


def test_an_expectation_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="shape of the counts"):
        screen_given(np.ones((3, 3)), np.ones((3, 2)), 0.1)
