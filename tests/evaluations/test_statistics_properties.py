"""What holds for any data: order, scale and origin do not matter, a swap turns the signs, nothing is ever NaN."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evaluations.statistics import attrition, compare_paired, compare_unpaired, cronbach_alpha, describe, holm

pytestmark = pytest.mark.no_db

LIKERT = st.integers(1, 5)
ANY_SCORE = st.one_of(
    st.integers(-5, 5),
    st.floats(-1e100, 1e100),
    st.sampled_from([0.1, 0.2, 0.3, 1e-320, -1e-100, 1e16, 1e16 + 2, 1e100, -0.0]),
)
P = st.floats(0, 1)


def pairs(score, largest=40):
    return st.lists(st.tuples(score, score), min_size=1, max_size=largest)


def columns(rows):
    return tuple(list(column) for column in zip(*rows, strict=True))


def close(expected):
    return pytest.approx(expected, rel=1e-8, abs=1e-8)


def numbers_in(result):
    return [value for value in dataclasses.asdict(result).values() if value is not None]


@settings(deadline=None)
@given(pairs(ANY_SCORE))
@example([(0.1, 1e100), (0.1, -1e100)])
@example([(5e-324, 0.0), (0.0, 5e-324), (0.0, 0.0)])
@example([(1e100, 0.1)] * 30 + [(1e100, 0.2)])
def test_any_finite_scores_give_finite_answers_in_their_range(rows):
    before, after = columns(rows)
    paired, unpaired = compare_paired(before, after), compare_unpaired(before, after[: len(after) // 2 + 1])
    assert all(math.isfinite(value) for value in numbers_in(paired) + numbers_in(unpaired))
    assert all(0 <= p <= 1 for p in (paired.p_t, paired.p_wilcoxon, unpaired.p) if p is not None)
    assert paired.rank_biserial is None or -1 <= paired.rank_biserial <= 1
    assert paired.ci_low is None or paired.ci_low <= paired.change <= paired.ci_high
    assert paired.dav_low is None or paired.dav_low <= paired.hedges_dav <= paired.dav_high
    alpha = cronbach_alpha(rows)
    assert alpha is None or alpha <= 1


@settings(deadline=None)
@given(pairs(LIKERT))
def test_before_and_after_exchanged_turn_the_signs_and_nothing_else(rows):
    before, after = columns(rows)
    there, back = dataclasses.asdict(compare_paired(before, after)), dataclasses.asdict(compare_paired(after, before))
    for name in ("change", "t", "hedges_dav", "rank_biserial"):
        assert (name, there[name]) == (name, back[name] if back[name] is None else close(-back[name]))
    for name in ("n", "sd_change", "df", "p_t", "p_wilcoxon"):
        assert (name, there[name]) == (name, back[name] if back[name] is None else close(back[name]))
    for low, high in (("ci_low", "ci_high"), ("dav_low", "dav_high")):
        assert there[low] == (None if back[high] is None else close(-back[high]))


@settings(deadline=None)
@given(pairs(LIKERT), st.randoms(use_true_random=False))
def test_the_order_of_the_pairs_does_not_matter(rows, draw):
    shuffled = draw.sample(rows, len(rows))
    first, second = (dataclasses.asdict(compare_paired(*columns(each))) for each in (rows, shuffled))
    assert first == {name: value if value is None else close(value) for name, value in second.items()}


@settings(deadline=None)
@given(pairs(LIKERT), st.sampled_from([0.1, 1 / 3, 7, 1e6]), st.sampled_from([-3, 0.7, 2000]))
def test_another_unit_and_origin_of_the_scale_change_no_test_and_no_effect_size(rows, unit, origin):
    ours = compare_paired(*columns(rows))
    theirs = compare_paired(*columns([tuple(unit * score + origin for score in row) for row in rows]))
    for name in ("n", "df", "t", "p_t", "p_wilcoxon", "hedges_dav", "dav_low", "dav_high", "rank_biserial"):
        value = getattr(ours, name)
        assert (name, getattr(theirs, name)) == (name, value if value is None else pytest.approx(value, 1e-6, 1e-6))


@settings(deadline=None)
@given(st.lists(st.lists(LIKERT, min_size=4, max_size=4), min_size=2, max_size=30))
def test_alpha_is_what_the_covariances_of_the_items_say(rows):
    """α by another way: from the mean covariance between items."""
    covariances = np.cov(np.array(rows, dtype=float).T)
    total = covariances.sum()
    expected = None if total < 1e-12 else close(4 / 3 * (total - np.trace(covariances)) / total)
    assert cronbach_alpha(rows) == expected


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), P), max_size=12))
def test_holm_keeps_order_never_lowers_and_stops_at_one(pvalues):
    adjusted = holm(pvalues)
    tested = [(p, q) for p, q in zip(pvalues, adjusted, strict=True) if p is not None]
    assert [q is None for q in adjusted] == [p is None for p in pvalues]
    assert all(p <= q <= 1 for p, q in tested)
    assert all(q <= other for p, q in tested for larger, other in tested if p < larger)
    assert all(q == other for p, q in tested for same, other in tested if p == same)


@settings(deadline=None)
@given(st.lists(P, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_holm_does_not_care_about_the_order_of_the_scales(pvalues, draw):
    order = draw.sample(range(len(pvalues)), len(pvalues))
    adjusted = holm(pvalues)
    assert holm([pvalues[place] for place in order]) == [adjusted[place] for place in order]


@settings(deadline=None)
@given(st.lists(P, min_size=1, max_size=10), st.sampled_from([0.01, 0.05, 0.2]))
def test_holm_finds_what_its_steps_find(pvalues, level):
    """Holm (1979) as written: the smallest against level/m, the next against level/(m − 1), until one fails."""
    found = set()
    for step, place in enumerate(sorted(range(len(pvalues)), key=pvalues.__getitem__)):
        if pvalues[place] * (len(pvalues) - step) > level:
            break
        found.add(place)
    assert {place for place, p in enumerate(holm(pvalues)) if p <= level} == found


@settings(deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=60))
def test_a_description_agrees_with_numpy(values):
    ours = describe(values)
    quartiles = np.quantile(values, [0.25, 0.5, 0.75])
    assert (ours.lower_quartile, ours.median, ours.upper_quartile) == close(tuple(quartiles))
    assert (ours.n, ours.mean) == (len(values), close(np.mean(values)))
    assert ours.sd == pytest.approx(np.std(values, ddof=1), rel=1e-8, abs=1e-7)


@settings(deadline=None)
@given(pairs(LIKERT), st.sets(st.integers(0, 39)))
def test_the_change_of_all_who_began_lies_within_the_bounds_whoever_is_lost(rows, lost):
    everyone = dict(enumerate(rows))
    before = {key: row[0] for key, row in everyone.items()}
    after = {key: row[1] for key, row in everyone.items() if key not in lost}
    result = attrition(before, after, 1, 5)
    truth = sum(end - start for start, end in rows) / len(rows)
    assert result.change_low - 1e-9 <= truth <= result.change_high + 1e-9
    # What is unknown is the place of each lost person on a scale four points wide.
    assert result.change_high - result.change_low == close(4 * result.n_lost / result.n_before)
    assert (result.n_matched + result.n_lost, result.n_matched + result.n_new) == (result.n_before, result.n_after)
