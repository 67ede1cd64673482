"""The same people twice."""

import math
from dataclasses import dataclass
from numbers import Integral

from evaluations.statistics.samples import UPPER_TAIL, mean, numbers, rounding_of, sd

FEWEST_FOR_SIGNED_RANK = 6  # with five pairs no answer at all reaches p < 0.05
MOST_FOR_EXACT = 25
NORMAL_97_5 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class PairedComparison:
    n: int
    mean_before: float
    mean_after: float
    change: float
    sd_change: float | None
    ci_low: float | None
    ci_high: float | None
    t: float | None
    df: int | None
    p_t: float | None
    p_wilcoxon: float | None
    hedges_dav: float | None
    dav_low: float | None
    dav_high: float | None
    rank_biserial: float | None


def compare_paired(before, after):
    """What n people scored before and after, matched by position: the change, two tests, two effect sizes.

    Scores are in the unit of the scale, signs are after − before. Raises ``ValueError`` for lengths that differ, for no
    pair at all and for a missing value. Fields of the ``PairedComparison``:

    * ``change``, ``sd_change``: mean and SD (n − 1) of the differences; no SD of one pair.
    * ``ci_low, ci_high, t, df, p_t``: Student's paired t with n − 1 degrees of freedom; all None for one pair and where
      all differences are equal: an interval of no width would claim a certainty that nobody has.
    * ``p_wilcoxon``: signed-rank test, two-sided, ties by average ranks, zeros after Pratt (1959): ranked along, then
      their ranks dropped. None below 6 pairs (zeros count as pairs). Up to 25 pairs exact: the share of all patterns of
      signs at least as far from the middle. Beyond, the normal approximation with the variance given ties and zeros,
      Σr²/4, without correction for continuity. 1.0 when nobody changed: every pattern is as far from the middle.
    * ``hedges_dav``: change / mean of the two SDs × the small-sample factor 1 − 3/(4(n − 1) − 1) (Cumming 2012, Hedges
      1981). It does not grow with the correlation of the waves, as d_z does. With two pairs the factor is 0, and so is
      the effect size. None for one pair and where neither wave has variance.
    * ``dav_low, dav_high``: its 95 % interval after Bonett (2008, Psychological Methods 13, 99–109), for the mean of SDs
      by the delta method. With d uncorrected, S the mean of the SDs s₁, s₂, and r their correlation:
      d ± 1.96 √{[(sd_change/S)² + d² (s₁² + s₂² + 2r²s₁s₂)/(8S²)] / (n − 1)}. It lies around the uncorrected d, as in
      the source (the correction would shift it off its coverage), and always holds ``hedges_dav``.
    * ``rank_biserial``: (sum of ranks of rises − of falls) / sum of all, ranked anew without the zeros (Kerby 2014);
      −1…1; None when nobody changed.
    """
    before, after = numbers(before, "before"), numbers(after, "after")
    if len(before) != len(after):
        raise ValueError("before and after need one value each of every pair")
    if not before:
        raise ValueError("there is no pair to compare")
    rounding = rounding_of(before, after)
    differences = [end - start for start, end in zip(before, after, strict=True)]
    change, sd_change = mean(differences), sd(differences, rounding)
    return PairedComparison(
        len(before),
        mean(before),
        mean(after),
        change,
        sd_change,
        *_student(change, sd_change, len(differences)),
        _signed_rank_p(differences, rounding),
        *_standardized(change, sd_change, sd(before, rounding), sd(after, rounding), len(differences)),
        _rank_biserial(differences, rounding),
    )


def mcnemar_exact(yes_no, no_yes):
    """p of McNemar's exact test (1947), two-sided: did as many turn from yes to no as from no to yes?

    ``yes_no``, ``no_yes``: how many people answered yes before and no after, and the other way round; those who answered
    the same twice do not matter. Binomial with one half; 1.0 when nobody turned. Raises ``ValueError`` for anything but
    whole numbers from 0.
    """
    for count in (yes_no, no_yes):
        if not isinstance(count, Integral) or count < 0:
            raise ValueError("counts of people are whole numbers from 0")

    from scipy import special  # noqa: PLC0415 - slow to load

    return min(1.0, 2 * float(special.bdtr(int(min(yes_no, no_yes)), int(yes_no + no_yes), 0.5)))


def _student(change, sd_change, pairs):
    """(ci_low, ci_high, t, df, p_t)"""
    if not sd_change:
        return (None,) * 5

    from scipy import special  # noqa: PLC0415 - slow to load

    df = pairs - 1
    error = sd_change / math.sqrt(pairs)
    reach = float(special.stdtrit(df, UPPER_TAIL)) * error
    t = change / error
    return change - reach, change + reach, t, df, 2 * float(special.stdtr(df, -abs(t)))


def _standardized(change, sd_change, sd_before, sd_after, pairs):
    """(hedges_dav, dav_low, dav_high)"""
    unit = (sd_before + sd_after) / 2 if pairs > 1 else 0
    if unit == 0:
        return None, None, None
    d = change / unit
    ours = [sd_before / unit, sd_after / unit, sd_change / unit]
    product = ours[0] * ours[1]
    covariance = (ours[0] ** 2 + ours[1] ** 2 - ours[2] ** 2) / 2
    shared = min(covariance**2 / product, product) if product else 0.0  # r² s₁ s₂, in units of S²
    of_unit = (ours[0] ** 2 + ours[1] ** 2 + 2 * shared) / 8
    reach = NORMAL_97_5 * math.sqrt((ours[2] ** 2 + d**2 * of_unit) / (pairs - 1))
    return d * (1 - 3 / (4 * (pairs - 1) - 1)), d - reach, d + reach


def _signed_rank_p(differences, rounding):
    if len(differences) < FEWEST_FOR_SIGNED_RANK:
        return None
    ranks = _signed_doubled_ranks(differences, rounding)
    if not ranks:
        return 1.0
    if len(differences) <= MOST_FOR_EXACT:
        return _share_of_sign_patterns([abs(rank) for rank in ranks], sum(ranks))
    # Under the null the sum of signed ranks has mean 0 and variance Σ r²; its tail is that of a normal.
    z = abs(sum(ranks)) / math.sqrt(sum(rank**2 for rank in ranks))
    return math.erfc(z / math.sqrt(2))


def _share_of_sign_patterns(ranks, observed):
    """The share of the 2^m equally likely patterns of signs whose signed sum is as far from 0 as the observed one.

    Counts how many patterns reach each sum of positive ranks, rank after rank, in whole numbers: exact, ties or not.
    """
    total = sum(ranks)
    patterns = [1] + [0] * total
    for rank in ranks:
        for reached in range(total, rank - 1, -1):
            patterns[reached] += patterns[reached - rank]
    far = sum(count for positive, count in enumerate(patterns) if abs(2 * positive - total) >= abs(observed))
    return far / 2 ** len(ranks)


def _rank_biserial(differences, rounding):
    ranks = _signed_doubled_ranks([value for value in differences if abs(value) > rounding], rounding)
    return sum(ranks) / sum(map(abs, ranks)) if ranks else None


def _signed_doubled_ranks(differences, rounding):
    """Twice the average rank of each difference's size, with its sign: whole numbers in spite of ties. Zeros are ranked
    along and left out of the answer."""
    ordered = sorted(differences, key=abs)
    ranks = []
    start = 0
    for end in range(1, len(ordered) + 1):
        if end < len(ordered) and abs(ordered[end]) - abs(ordered[end - 1]) <= rounding:
            continue
        ranks += [int(math.copysign(start + 1 + end, value)) for value in ordered[start:end] if abs(value) > rounding]
        start = end
    return ranks
