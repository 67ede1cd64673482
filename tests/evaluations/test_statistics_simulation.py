"""What the numbers promise in the long run, on thousands of made-up reports with a fixed seed."""

import numpy as np
import pytest

from evaluations.statistics import (
    attrition,
    bootstrap_mean_change,
    compare_paired,
    compare_unpaired,
    describe,
    holm,
)

pytestmark = pytest.mark.no_db

SCALES, REPORTS, MEMBERS = 10, 2000, 12


@pytest.fixture(scope="module")
def null_reports():
    """Of every report without any true change, the p-values of its ten scales: (by t, by signed ranks)."""
    draw = np.random.default_rng(20260101)
    before, change = draw.normal(size=(2, REPORTS, SCALES, MEMBERS))
    results = [
        [compare_paired(*waves) for waves in zip(start.tolist(), (start + move).tolist(), strict=True)]
        for start, move in zip(before, change, strict=True)
    ]
    return [[[getattr(scale, name) for scale in report] for report in results] for name in ("p_t", "p_wilcoxon")]


def share_with_a_finding(reports):
    return np.mean([min(report) <= 0.05 for report in reports])


@pytest.mark.parametrize("test", [0, 1], ids=["t", "signed ranks"])
def test_a_report_without_any_change_finds_one_in_6_percent_at_most_after_holm(null_reports, test):
    reports = null_reports[test]
    assert share_with_a_finding([holm(report) for report in reports]) <= 0.06
    assert share_with_a_finding(reports) > 0.3  # what Holm is there for


@pytest.mark.parametrize("test", [0, 1], ids=["t", "signed ranks"])
def test_a_single_scale_without_change_is_called_a_finding_in_5_percent(null_reports, test):
    single = [p for report in null_reports[test] for p in report]
    assert 0.043 <= np.mean([p <= 0.05 for p in single]) <= 0.055


def covered(low, high, truth):
    assert low is not None
    return low <= truth <= high


@pytest.mark.parametrize("n", [6, 12, 40])
def test_the_paired_t_interval_covers_in_93_to_97_percent(n):
    draw = np.random.default_rng(n)
    results = [compare_paired(*_correlated(draw, n, 0.6, 0.5)) for _ in range(1500)]
    assert 0.93 <= np.mean([covered(result.ci_low, result.ci_high, 0.5) for result in results]) <= 0.97


@pytest.mark.parametrize(("n_before", "n_after"), [(8, 20), (20, 8), (30, 30)])
def test_the_interval_of_welch_covers_in_93_to_97_percent_with_unequal_spread(n_before, n_after):
    draw = np.random.default_rng(n_before)
    results = [
        compare_unpaired(draw.normal(3, 1, n_before).tolist(), draw.normal(3.5, 2, n_after).tolist())
        for _ in range(3000)
    ]
    assert 0.93 <= np.mean([covered(result.ci_low, result.ci_high, 0.5) for result in results]) <= 0.97


@pytest.mark.parametrize("n", [6, 10, 30])
@pytest.mark.parametrize(("correlation", "effect"), [(0.0, 0.0), (0.6, 0.5), (0.9, 1.5)])
def test_the_interval_of_dav_covers_in_93_to_97_percent(n, correlation, effect):
    draw = np.random.default_rng(1000 + n)
    results = [compare_paired(*_correlated(draw, n, correlation, effect)) for _ in range(1500)]
    assert 0.93 <= np.mean([covered(result.dav_low, result.dav_high, effect) for result in results]) <= 0.97


def test_hedges_correction_takes_away_the_bias_of_small_samples():
    draw = np.random.default_rng(8)
    found = [compare_paired(*_correlated(draw, 8, 0.5, 0.8)).hedges_dav for _ in range(4000)]
    assert np.mean(found) == pytest.approx(0.8, abs=0.03)


def test_the_drawn_interval_covers_in_92_to_97_percent_of_skewed_changes():
    """From 30 pairs; a skewed change, as when most stay and a few rise a lot."""
    draw = np.random.default_rng(30)
    hits = []
    for seed in range(1000):
        before = draw.normal(3, 1, 40)
        after = before + draw.exponential(1, 40)
        hits.append(covered(*bootstrap_mean_change(before.tolist(), after.tolist(), seed, draws=1000), 1.0))
    assert 0.92 <= np.mean(hits) <= 0.97


def test_dav_is_the_same_whatever_the_correlation_of_the_waves_and_dz_is_not():
    """Half an SD of change, and exact correlations: d_z runs from 0.39 to 1.12."""
    draw = np.random.default_rng(5)
    first, second = np.linalg.qr(np.column_stack([np.ones(40), draw.normal(size=(40, 2))]))[0].T[1:] * np.sqrt(39)
    assert (describe(first.tolist()).sd, first @ second) == (pytest.approx(1), pytest.approx(0, abs=1e-12))
    dav, dz = [], []
    for correlation in (0.2, 0.5, 0.8, 0.9):
        after = correlation * first + np.sqrt(1 - correlation**2) * second + 0.5
        result = compare_paired(first.tolist(), after.tolist())
        dav.append(result.hedges_dav)
        dz.append(round(result.change / result.sd_change, 2))
    assert dav == pytest.approx([0.5 * (1 - 3 / 155)] * 4, abs=1e-10)
    assert dz == [0.4, 0.5, 0.79, 1.12]


def test_losing_the_lowest_shows_a_change_where_there_is_none_and_the_bounds_say_so():
    """The lowest 30 % after are lost: even matched pairs rise, without any true change."""
    before, after = _correlated(np.random.default_rng(9), 4000, 0.6, 0.0)
    floor = sorted(after)[1200]
    stayed = {key: score for key, score in enumerate(after) if score >= floor}
    result = attrition(dict(enumerate(before)), stayed, -5, 5)
    assert (result.n_lost, result.n_matched) == (1200, 2800)
    assert result.change == pytest.approx(0.19, abs=0.04)
    assert result.lost.mean < result.matched.mean
    assert result.change_low < 0 < result.change_high


def _correlated(draw, n, correlation, effect):
    """Two waves of n people with SD 1 each; the second higher by ``effect``."""
    first, second = draw.normal(size=(2, n))
    return first.tolist(), (correlation * first + np.sqrt(1 - correlation**2) * second + effect).tolist()
