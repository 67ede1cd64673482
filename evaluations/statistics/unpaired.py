"""Two waves whose answers nobody can link: different people, or anonymous ones."""

import math
from dataclasses import dataclass

from evaluations.statistics.samples import UPPER_TAIL, mean, numbers, rounding_of, sd


@dataclass(frozen=True, slots=True)
class UnpairedComparison:
    n_before: int
    n_after: int
    mean_before: float
    mean_after: float
    difference: float
    ci_low: float | None
    ci_high: float | None
    t: float | None
    df: float | None
    p: float | None


def compare_unpaired(before, after):
    """Welch's comparison of two independent samples, each in any order and of any size from 1.

    Returns an ``UnpairedComparison``: ``difference`` = mean after − mean before with its 95 % interval, t of the same
    sign, the degrees of freedom of Welch (1947) and Satterthwaite, p two-sided. Interval, t, df and p are None when a
    sample has fewer than two values, or when neither has any variance. Raises ``ValueError`` for an empty sample or a
    missing value. Never for linked answers: it would throw away what the link tells (see ``compare_paired``).
    """
    before, after = numbers(before, "before"), numbers(after, "after")
    if not before or not after:
        raise ValueError("before and after need at least one value each")
    difference = mean(after) - mean(before)
    return UnpairedComparison(
        len(before), len(after), mean(before), mean(after), difference, *_welch(before, after, difference)
    )


def _welch(before, after, difference):
    """(ci_low, ci_high, t, df, p)"""
    if min(len(before), len(after)) < 2:
        return (None,) * 5
    rounding = rounding_of(before, after)
    errors = [sd(sample, rounding) / math.sqrt(len(sample)) for sample in (before, after)]
    error = math.hypot(*errors)
    if error == 0:
        return (None,) * 5

    from scipy import special  # noqa: PLC0415 - slow to load

    weights = [(part / error) ** 2 for part in errors]
    df = 1 / math.fsum(weight**2 / (len(sample) - 1) for weight, sample in zip(weights, (before, after), strict=True))
    t = difference / error
    reach = float(special.stdtrit(df, UPPER_TAIL)) * error
    return difference - reach, difference + reach, t, df, 2 * float(special.stdtr(df, -abs(t)))
