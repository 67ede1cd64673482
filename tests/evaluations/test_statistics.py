"""The comparisons against SciPy, against plain enumeration, and on examples worked out elsewhere."""

import dataclasses
import itertools
import math
import random
import subprocess
import sys
import warnings
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from evaluations import statistics
from evaluations.statistics import compare_paired, compare_unpaired, cronbach_alpha, holm, mcnemar_exact

pytestmark = pytest.mark.no_db

ROOT = Path(__file__).parents[2]
# Student's (1908) sleep data: additional hours of sleep of ten patients under two drugs.
SLEEP_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SLEEP_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
ALPHA_ROWS = [(4, 5, 4, 4), (3, 3, 2, 3), (5, 5, 5, 4), (2, 3, 2, 2), (4, 4, 3, 4), (3, 4, 3, 3)]
NOT_NUMBERS = [None, math.nan, math.inf, -math.inf, "3", Decimal("NaN"), 1e200, 10**400, 1j, [3]]


def close(expected):
    return pytest.approx(expected, rel=1e-8, abs=1e-8)


def generated(kind, seed):
    """(before, after): of one of the kinds of data that come in."""
    draw = random.Random(f"{kind}-{seed}")
    n = draw.choice([2, 3, 6, 7, 9, 12, 24, 25, 26, 40, 120])
    if kind == "likert":
        before = [draw.randint(1, 5) for _ in range(n)]
        after = [min(5, max(1, score + draw.choice([-1, 0, 0, 1, 1, 2]))) for score in before]
    elif kind == "sums":
        before = [draw.randint(18, 90) for _ in range(n)]
        after = [score + draw.randint(-8, 12) for score in before]
    elif kind == "far_off":
        before = [2e6 + draw.gauss(0, 3) for _ in range(n)]
        after = [score + draw.gauss(0.5, 1) for score in before]
    else:
        before = [draw.gauss(3, 1) for _ in range(n)]
        after = [0.6 * score + draw.gauss(1.5, 0.8) for score in before]
    return before, after


KINDS = ["normal", "likert", "sums", "far_off"]
SEEDS = range(60)


def scipy_says(function, *args, **kwargs):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return function(*args, **kwargs)


@cache
def sign_patterns(length):
    return np.array(list(itertools.product((-1, 1), repeat=length)))


def p_by_enumeration(differences):
    """Pratt's signed-rank test by going through every pattern of signs."""
    ranks = stats.rankdata(np.abs(differences)) * np.sign(differences)
    kept = np.abs(ranks[ranks != 0])
    return np.mean(np.abs(sign_patterns(len(kept)) @ kept) >= abs(ranks.sum()) - 1e-9)


# --- agreement with SciPy


@pytest.mark.parametrize("kind", KINDS)
def test_the_paired_t_and_its_interval_agree_with_scipy(kind):
    for seed in SEEDS:
        before, after = generated(kind, seed)
        ours = compare_paired(before, after)
        theirs = scipy_says(stats.ttest_rel, after, before)
        assert (seed, ours.n) == (seed, len(before))
        assert (ours.mean_before, ours.mean_after) == (close(np.mean(before)), close(np.mean(after)))
        assert ours.sd_change == close(np.std(np.subtract(after, before), ddof=1))
        got = (ours.t, ours.df, ours.p_t, ours.ci_low, ours.ci_high)
        if math.isfinite(theirs.statistic):
            interval = theirs.confidence_interval(0.95)
            expected = (theirs.statistic, theirs.df, theirs.pvalue, interval.low, interval.high)
            assert (seed, *got) == (seed, *(close(number) for number in expected))
        else:
            assert (seed, ours.sd_change, *got) == (seed, 0.0, *[None] * 5)


@pytest.mark.parametrize("kind", KINDS)
def test_welch_agrees_with_scipy_also_for_waves_of_different_size(kind):
    for seed in SEEDS:
        before, after = generated(kind, seed)
        after = after[: max(2, len(after) * (seed % 4 + 1) // 4)]
        ours = compare_unpaired(before, after)
        theirs = scipy_says(stats.ttest_ind, after, before, equal_var=False)
        assert (seed, ours.n_before, ours.n_after) == (seed, len(before), len(after))
        assert ours.difference == close(np.mean(after) - np.mean(before))
        got = (ours.t, ours.df, ours.p, ours.ci_low, ours.ci_high)
        if math.isfinite(theirs.statistic):
            interval = theirs.confidence_interval(0.95)
            expected = (theirs.statistic, theirs.df, theirs.pvalue, interval.low, interval.high)
            assert (seed, *got) == (seed, *(close(number) for number in expected))
        else:
            assert (seed, *got) == (seed, *[None] * 5)


@pytest.mark.parametrize("n", range(6, 13))
def test_the_signed_rank_test_up_to_12_pairs_agrees_with_every_pattern_of_signs(n):
    for seed in range(32):
        draw = random.Random(f"{n}-{seed}")
        differences = [draw.randint(-3, 4) for _ in range(n)]
        before = [draw.randint(1, 60) for _ in differences]
        after = [score + change for score, change in zip(before, differences, strict=True)]
        assert (seed, compare_paired(before, after).p_wilcoxon) == (seed, close(p_by_enumeration(differences)))


@pytest.mark.parametrize("n", [6, 8, 11, 17, 25])
def test_the_signed_rank_test_without_ties_and_zeros_agrees_with_scipys_exact_one(n):
    for seed in range(40):
        draw = random.Random(seed)
        before, after = ([draw.gauss(mean, 1) for _ in range(n)] for mean in (0, 0.4))
        theirs = stats.wilcoxon(after, before, zero_method="pratt", method="exact")
        assert (seed, compare_paired(before, after).p_wilcoxon) == (seed, close(theirs.pvalue))


@pytest.mark.parametrize("n", [26, 27, 60, 300])
def test_the_signed_rank_test_beyond_25_pairs_agrees_with_scipys_normal_one_ties_and_zeros_included(n):
    for seed in range(50):
        draw = random.Random(seed)
        differences = [draw.choice([-2, -1, 0, 0, 1, 1, 2, 3]) if seed % 3 else draw.gauss(0.2, 1) for _ in range(n)]
        theirs = stats.wilcoxon(differences, zero_method="pratt", method="approx", correction=False)
        assert (seed, compare_paired([0] * n, differences).p_wilcoxon) == (seed, close(theirs.pvalue))


def test_the_signed_rank_test_of_25_pairs_with_ties_is_still_exact():
    """Against 200,000 random ones of the 2²⁵ patterns."""
    draw = random.Random(4)
    differences = [draw.choice([-2, -1, -1, 0, 0, 1, 1, 2, 3]) for _ in range(25)]
    ranks = stats.rankdata(np.abs(differences)) * np.sign(differences)
    patterns = np.random.default_rng(1).choice([-1, 1], size=(200_000, 25))
    share = np.mean(np.abs(patterns @ np.abs(ranks)) >= abs(ranks.sum()) - 1e-9)
    found = compare_paired([9] * 25, [9 + value for value in differences]).p_wilcoxon
    assert found == pytest.approx(share, abs=0.004)


def test_mcnemar_agrees_with_the_binomial_test():
    for yes_no, no_yes in itertools.product(range(0, 30, 3), range(1, 60, 4)):
        expected = stats.binomtest(yes_no, yes_no + no_yes).pvalue
        assert (yes_no, no_yes, mcnemar_exact(yes_no, no_yes)) == (yes_no, no_yes, close(expected))


# --- examples worked out elsewhere


def test_the_sleep_data_give_students_own_result():
    result = compare_paired(SLEEP_2, SLEEP_1)
    assert (result.n, result.df) == (10, 9)
    assert result.change == pytest.approx(-1.58, abs=1e-12)
    assert result.sd_change == pytest.approx(1.2300, abs=5e-5)
    assert result.t == pytest.approx(-4.0621, abs=5e-5)
    assert result.p_t == pytest.approx(0.00283, abs=5e-6)
    assert (result.ci_low, result.ci_high) == (pytest.approx(-2.4598858, abs=5e-8), pytest.approx(-0.7001142, abs=5e-8))
    assert result.p_wilcoxon == 2 / 2**9  # nine fell, one stayed
    assert result.rank_biserial == -1.0


def test_the_sleep_data_taken_as_independent_give_welchs_result():
    result = compare_unpaired(SLEEP_2, SLEEP_1)
    assert result.t == pytest.approx(-1.8608, abs=5e-5)
    assert (result.df, result.p) == (pytest.approx(17.776, abs=5e-4), pytest.approx(0.07939, abs=5e-6))
    assert (result.ci_low, result.ci_high) == (pytest.approx(-3.3654832, abs=5e-8), pytest.approx(0.2054832, abs=5e-8))


def test_alpha_of_the_worked_example():
    assert cronbach_alpha(ALPHA_ROWS) == pytest.approx(0.958730, abs=5e-7)


def test_alpha_of_items_that_contradict_each_other_is_negative():
    assert cronbach_alpha([(1, 5), (2, 3), (5, 2), (3, 3)]) == close(2 * (1 - (35 / 12 + 19 / 12) / (2 / 3)))


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [(4, 5, 4)],
        [(4,), (3,), (5,)],
        [(), ()],
        [(3, 3), (3, 3)],
        [(1, 5), (5, 1), (3, 3)],
        [(0.1, 0.2)] * 3,
        [(0.1, 0.2, 0.3), (0.3, 0.2, 0.1)],
    ],
    ids=[
        "nobody",
        "one person",
        "one item",
        "no item",
        "no variance",
        "equal sums",
        "equal averages",
        "sums equal but for rounding",
    ],
)
def test_alpha_does_not_apply(rows):
    assert cronbach_alpha(rows) is None


def test_an_item_that_all_answer_alike_does_not_stop_alpha():
    assert cronbach_alpha([(1, 2, 3), (2, 4, 3), (3, 5, 3)]) == close(1.5 * (1 - (1 + 7 / 3) / (19 / 3)))


def test_mcnemar_when_nobody_turned_says_nothing_against_chance():
    assert (mcnemar_exact(0, 0), mcnemar_exact(0, 5), mcnemar_exact(5, 0)) == (1.0, 0.0625, 0.0625)


@pytest.mark.parametrize("counts", [(-1, 2), (1.5, 2), (1, None), (1, "2")])
def test_mcnemar_counts_people(counts):
    with pytest.raises(ValueError, match="whole numbers"):
        mcnemar_exact(*counts)


def test_holm_by_hand():
    assert holm([0.01, 0.04, 0.03, 0.005]) == close([0.03, 0.06, 0.06, 0.02])
    assert holm([0.2, 0.9, 0.6]) == close([0.6, 1.0, 1.0])
    assert (holm([]), holm([0.04]), holm([0.0, 1.0])) == ([], [0.04], [0.0, 1.0])


def test_holm_passes_over_scales_without_a_test():
    assert holm([None, 0.01, None, 0.04]) == [None, close(0.02), None, close(0.04)]
    assert holm([None, None]) == [None, None]


@pytest.mark.parametrize("wrong", [-0.01, 1.01, math.nan, "0.05"])
def test_holm_refuses_what_is_no_probability(wrong):
    with pytest.raises(ValueError, match="value"):
        holm([0.05, wrong])


# --- effect sizes


def test_hedges_dav_and_its_interval_follow_their_formulas():
    before, after = [1, 2, 3, 4, 5, 6, 7], [3, 3, 3, 6, 8, 7, 9]
    sd_before, sd_after, r = stats.tstd(before), stats.tstd(after), stats.pearsonr(before, after).statistic
    unit = (sd_before + sd_after) / 2
    d = (39 / 7 - 4) / unit
    result = compare_paired(before, after)
    variance = sd_before**2 + sd_after**2 - 2 * r * sd_before * sd_after
    variance = variance / (6 * unit**2) + d**2 * (
        sd_before**2 + sd_after**2 + 2 * r**2 * sd_before * sd_after
    ) / (8 * 6 * unit**2)  # fmt: skip
    assert result.hedges_dav == close(d * (1 - 3 / (4 * 6 - 1)))
    assert result.dav_low == close(d - 1.959963984540054 * math.sqrt(variance))
    assert result.dav_high == close(d + 1.959963984540054 * math.sqrt(variance))


def test_rank_biserial_ranks_anew_without_the_zeros():
    # Without the zeros the sizes 1, 1, 2, 3 rank 1.5, 1.5, 3, 4.
    assert compare_paired([0] * 6, [1, -1, 2, 3, 0, 0]).rank_biserial == close((1.5 - 1.5 + 3 + 4) / 10)


def test_the_zeros_are_ranked_along_for_the_test():
    """Pratt: 0, 0, 1, 1, 2, −3 rank 1.5, 1.5, 3.5, 3.5, 5, 6; of the 16 patterns of
    the last four, 10 lie as far out as 3.5 + 3.5 + 5 − 6."""
    assert compare_paired([0] * 6, [0, 0, 1, 1, 2, -3]).p_wilcoxon == 10 / 16


# --- what cannot be said is None


def test_one_pair_has_a_change_and_no_inference():
    result = dataclasses.asdict(compare_paired([3], [4]))
    said = {key: value for key, value in result.items() if value is not None}
    assert said == {"n": 1, "mean_before": 3.0, "mean_after": 4.0, "change": 1.0, "rank_biserial": 1.0}


def test_the_same_change_of_everyone_has_no_t_and_no_interval():
    result = compare_paired([1, 2, 3, 4, 5, 2], [2, 3, 4, 5, 6, 3])
    assert (result.change, result.sd_change) == (1.0, 0.0)
    assert (result.t, result.df, result.p_t, result.ci_low, result.ci_high) == (None,) * 5
    assert (result.p_wilcoxon, result.rank_biserial) == (2 / 2**6, 1.0)
    assert result.dav_low < result.hedges_dav < result.dav_high


@pytest.mark.parametrize("n", [6, 25, 26, 80])
def test_when_nobody_changed_the_signed_rank_test_says_1_and_the_rest_is_none(n):
    result = compare_paired([3] * n, [3] * n)
    assert (result.p_wilcoxon, result.change, result.sd_change) == (1.0, 0.0, 0.0)
    others = ("t", "df", "p_t", "ci_low", "ci_high", "hedges_dav", "dav_low", "dav_high", "rank_biserial")
    assert {name: getattr(result, name) for name in others} == dict.fromkeys(others)


@pytest.mark.parametrize(("n", "smallest"), [(5, None), (6, 2 / 2**6)])
def test_the_signed_rank_test_begins_at_six_pairs(n, smallest):
    assert compare_paired(list(range(n)), [2 * place + 1 for place in range(n)]).p_wilcoxon == smallest


def test_zeros_count_as_pairs():
    assert compare_paired([1] * 6, [1, 1, 1, 1, 2, 3]).p_wilcoxon == 0.5


def test_two_pairs_have_no_corrected_effect_as_the_factor_is_zero():
    result = compare_paired([1, 2], [3, 5])
    assert result.hedges_dav == 0.0
    assert result.dav_low < 0 < result.dav_high


@pytest.mark.parametrize(("before", "after"), [([3], [4, 5]), ([3, 4], [5]), ([3, 3], [4, 4])])
def test_unpaired_samples_without_variance_have_means_alone(before, after):
    result = compare_unpaired(before, after)
    assert result.difference > 0
    assert (result.ci_low, result.ci_high, result.t, result.df, result.p) == (None,) * 5


def test_one_unpaired_sample_without_variance_is_enough_for_welch():
    result = compare_unpaired([3, 3, 3], [4, 5, 6])
    assert (result.df, result.t) == (close(2.0), close(2 / math.sqrt(1 / 3)))


def test_averages_of_items_that_differ_by_rounding_alone_are_equal():
    """3.4 − 3.2 and 3.6 − 3.4 differ in the last place; nobody answered differently."""
    before, after = [3.2, 3.4, 1.1, 2.3, 0.1, 4.4], [3.4, 3.6, 1.3, 2.5, 0.3, 4.6]
    assert len({end - start for start, end in zip(before, after, strict=True)}) > 1
    assert compare_paired(before, after).sd_change == 0.0
    mixed = compare_paired([*before, 3.0, 3.0], [*after, 2.8, 0.1 + 0.2 + 2.7])
    assert mixed.p_wilcoxon == p_by_enumeration([2, 2, 2, 2, 2, 2, -2, 0])


# --- bad input


@pytest.mark.parametrize("wrong", NOT_NUMBERS, ids=repr)
def test_what_is_no_finite_number_is_refused(wrong):
    for call in (
        lambda: compare_paired([1, 2, wrong], [1, 2, 3]),
        lambda: compare_paired([1, 2, 3], [wrong, 2, 3]),
        lambda: compare_unpaired([1, 2, wrong], [1, 2, 3]),
        lambda: compare_unpaired([1, 2, 3], [wrong]),
        lambda: cronbach_alpha([(1, 2), (wrong, 3)]),
        lambda: cronbach_alpha([(wrong,)]),
        lambda: statistics.describe([wrong]),
    ):
        with pytest.raises(ValueError, match="value"):
            call()


@pytest.mark.parametrize(("before", "after"), [([], []), ([1], []), ([], [1]), ([1, 2], [1]), ([1], [1, 2])])
def test_a_pair_needs_two(before, after):
    with pytest.raises(ValueError, match="pair"):
        compare_paired(before, after)


@pytest.mark.parametrize(("before", "after"), [([], []), ([1], []), ([], [1])])
def test_an_empty_wave_is_not_compared(before, after):
    with pytest.raises(ValueError, match="at least one"):
        compare_unpaired(before, after)


def test_rows_of_unequal_length_have_no_alpha():
    with pytest.raises(ValueError, match="every item"):
        cronbach_alpha([(1, 2, 3), (1, 2)])


def test_any_kind_of_number_and_any_iterable_will_do():
    expected = compare_paired([1, 2, 4], [2, 5, 6])
    assert compare_paired((Decimal(1), Fraction(2), np.int64(4)), np.array([2, 5, 6])) == expected
    assert compare_paired(iter([1, 2, 4]), (score for score in (2, 5, 6))) == expected
    assert all(type(value) in (int, float, type(None)) for value in dataclasses.asdict(expected).values())


def test_results_do_not_change():
    with pytest.raises(dataclasses.FrozenInstanceError):
        compare_paired([1], [2]).n = 5


def test_the_module_loads_without_django_and_without_the_heavy_libraries():
    program = (
        "import sys; from evaluations.statistics import *; import evaluations.statistics as s;"
        "early = {'django', 'scipy', 'numpy'} & set(sys.modules);"
        "r = s.compare_paired(list(range(8)), [2, 3, 1, 5, 6, 9, 8, 8]);"
        "print(sorted(early), 'django' in sys.modules, r.n, 'scipy.stats' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], cwd=ROOT, env={}, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["[]", "False", "8", "False"]
