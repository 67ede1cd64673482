"""What a report prints beside the tests: descriptions, who was lost, a drawn interval, goals."""

import dataclasses
import math
import random

import numpy as np
import pytest
from scipy import stats

from evaluations.statistics import attrition, bootstrap_mean_change, describe, goal_attainment

pytestmark = pytest.mark.no_db


def close(expected):
    return pytest.approx(expected, rel=1e-9, abs=1e-9)


# --- descriptions


def test_a_description_by_hand():
    found = dataclasses.astuple(describe([1, 2, 2, 4, 6, 9]))
    assert found == close((6, 4.0, math.sqrt(46 / 5), 3.0, 2.0, 5.5))


def test_one_value_has_no_spread_and_none_has_nothing():
    assert dataclasses.astuple(describe([4])) == (1, 4.0, None, 4.0, 4.0, 4.0)
    assert dataclasses.astuple(describe([])) == (0, None, None, None, None, None)


def test_equal_values_have_a_spread_of_exactly_zero():
    assert (describe([0.1] * 7).sd, describe([0.1] * 7).mean) == (0.0, 0.1)


# --- who was lost


def test_the_attrition_table_by_hand():
    before = {"a": 2, "b": 3, "c": 4, "d": 1, "e": 2}
    after = {"b": 4, "a": 4, "c": 3, "x": 5}
    result = attrition(before, after, lowest=1, highest=5)
    assert (result.n_before, result.n_after, result.n_matched, result.n_lost, result.n_new) == (5, 4, 3, 2, 1)
    assert (result.matched.n, result.matched.mean, result.matched.sd) == (3, 3.0, 1.0)
    assert (result.lost.n, result.lost.mean, result.lost.sd) == (2, 1.5, close(math.sqrt(0.5)))
    assert (result.baseline_gap, result.change) == (-1.5, close(2 / 3))
    # Together the three gained 2; the two lost may have gone from 1 and 2 to 1 each, or to 5 each.
    assert (result.change_low, result.change_high) == (close((2 + 0 - 1) / 5), close((2 + 4 + 3) / 5))


def test_when_nobody_was_lost_the_bounds_are_the_change():
    result = attrition({1: 2, 2: 3}, {2: 4, 1: 4})
    assert (result.change, result.change_low, result.change_high) == (1.5, 1.5, 1.5)
    assert (result.lost.n, result.lost.mean, result.baseline_gap) == (0, None, None)


def test_when_everybody_was_lost_the_bounds_are_all_that_is_left():
    result = attrition({1: 2, 2: 4}, {3: 5}, 1, 5)
    assert (result.n_matched, result.n_lost, result.n_new, result.change) == (0, 2, 1, None)
    assert (result.change_low, result.change_high, result.baseline_gap) == (-2.0, 2.0, None)


def test_a_scale_without_ends_has_no_bounds():
    result = attrition({1: 2, 2: 4}, {1: 3}, lowest=0)
    assert (result.change, result.change_low, result.change_high) == (1.0, close((1 - 4) / 2), None)


def test_nobody_at_all_is_told_as_such():
    result = attrition({}, {}, 1, 5)
    assert (result.n_before, result.change, result.change_low, result.change_high) == (0, None, None, None)
    assert attrition({}, {1: 3}, 1, 5).n_new == 1


@pytest.mark.parametrize(
    ("before", "after", "ends"),
    [
        ({1: None}, {1: 3}, (1, 5)),
        ({1: 3}, {1: math.nan}, (1, 5)),
        ({1: 0}, {}, (1, 5)),
        ({1: 3}, {1: 6}, (1, 5)),
        ({1: 3}, {1: 3}, (5, 1)),
        ({1: 3}, {1: 3}, (3, 3)),
        ({1: 3}, {1: 3}, (1, math.inf)),
    ],
)
def test_missing_scores_and_scores_off_the_scale_are_refused(before, after, ends):
    with pytest.raises(ValueError, match=r"score|value"):
        attrition(before, after, *ends)


def test_averages_may_touch_the_ends_of_the_scale_in_spite_of_rounding():
    assert attrition({1: 0.1 + 0.2}, {1: 0.3}, lowest=0.1, highest=0.3).n_matched == 1


# --- the drawn interval


def some_pairs(n, seed=1):
    draw = random.Random(seed)
    before = [draw.randint(1, 5) for _ in range(n)]
    return before, [min(5, score + draw.choice([0, 0, 0, 1, 1, 3])) for score in before]


@pytest.mark.parametrize("n", [30, 100])
def test_the_drawn_interval_agrees_with_scipys_within_the_chance_of_drawing(n):
    before, after = some_pairs(n)
    differences = np.subtract(after, before)
    theirs = stats.bootstrap(
        (differences,), np.mean, n_resamples=50_000, method="BCa", rng=np.random.default_rng(5)
    ).confidence_interval  # fmt: skip
    ours = bootstrap_mean_change(before, after, seed=7, draws=50_000)
    assert ours == (pytest.approx(theirs.low, abs=0.01), pytest.approx(theirs.high, abs=0.01))
    assert ours.low < differences.mean() < ours.high


def test_the_same_seed_draws_the_same_interval_for_good():
    """A report drawn years ago can be drawn again: these two numbers stay."""
    before, after = [0] * 40, [math.sqrt(place) for place in range(40)]
    first = bootstrap_mean_change(before, after, seed=2026)
    assert first == bootstrap_mean_change(before, after, 2026, draws=10_000)
    assert first != bootstrap_mean_change(before, after, seed=2**200 + 1)
    assert first == close((3.6039193796378064, 4.571039679181555))


def test_fewer_than_30_pairs_are_not_drawn_from():
    assert bootstrap_mean_change(*some_pairs(29), seed=1) is None
    assert bootstrap_mean_change(*some_pairs(30), seed=1) is not None


def test_the_same_change_of_everyone_draws_no_interval():
    before = [place / 10 for place in range(40)]
    assert bootstrap_mean_change(before, [score + 0.3 for score in before], seed=1) is None


@pytest.mark.parametrize(
    "changed", [{"seed": -1}, {"seed": 1.5}, {"seed": None}, {"draws": 10}, {"after": [1]}, {"before": [None] * 40}]
)
def test_a_bad_draw_is_refused(changed):
    before, after = some_pairs(40)
    with pytest.raises(ValueError, match=r"seed|draws|pair|value"):
        bootstrap_mean_change(**{"before": before, "after": after, "seed": 1, **changed})


# --- goals


def test_goals_reached_as_expected_score_50():
    assert goal_attainment([0, 0, 0], [1, 2, 3]) == 50.0


@pytest.mark.parametrize(
    ("levels", "weights", "expected"),
    [
        # One goal: ten points a level.
        ([2], [1], 70.0),
        ([-2], [5], 30.0),
        # Three alike, one level up each: 50 + 10 × 3 / √(0.7 × 3 + 0.3 × 9).
        ([1, 1, 1], None, 50 + 30 / math.sqrt(4.8)),
        # 50 + 10 × (2 × 1 − 1 × 3) / √(0.7 × (4 + 1 + 9) + 0.3 × 36)
        ([1, 0, -1], [2, 1, 3], 50 - 10 / math.sqrt(20.6)),
    ],
)
def test_goal_attainment_by_hand(levels, weights, expected):
    assert goal_attainment(levels, weights) == close(expected)


def test_only_the_proportions_of_the_weights_matter():
    assert goal_attainment([2, -1, 1], [1, 2, 3]) == close(goal_attainment([2, -1, 1], [1e90, 2e90, 3e90]))


def test_unrelated_goals_and_goals_that_move_as_one():
    assert goal_attainment([1, 1, 1, 1], rho=0) == close(70.0)
    assert goal_attainment([1, 1, 1, 1], rho=1) == close(60.0)


@pytest.mark.parametrize(
    ("levels", "weights", "rho"),
    [([], [], 0.3), ([1], [1, 2], 0.3), ([3], [1], 0.3), ([-2.5], [1], 0.3), ([1], [0], 0.3), ([1], [-1], 0.3),
     ([1], [1], 1.1), ([1], [1], -0.1), ([None], [1], 0.3), ([1], [math.nan], 0.3), ([1], [1], None)],
)  # fmt: skip
def test_goals_out_of_range_are_refused(levels, weights, rho):
    with pytest.raises(ValueError, match=r"goal|level|weight|rho"):
        goal_attainment(levels, weights, rho)
