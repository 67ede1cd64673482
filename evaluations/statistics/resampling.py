"""An interval that assumes no bell curve, for samples large enough to be drawn from."""

from numbers import Integral

from evaluations.statistics.samples import LOWER_TAIL, UPPER_TAIL, Interval, mean, numbers, rounding_of, sd

FEWEST_PAIRS = 30
FEWEST_DRAWS = 1000
BLOCK = 1_000_000  # numbers drawn at a time: 8 MB


def bootstrap_mean_change(before, after, seed, draws=10_000):
    """The 95 % bootstrap interval of the mean change (after − before), bias-corrected and accelerated (BCa; Efron 1987).

    ``before``, ``after``: scores matched by position. ``seed``: a whole number from 0; the same data and seed give the
    same interval, because the generator's stream is frozen (Mersenne Twister). ``draws``: resamples, at least 1,000.
    Returns an ``Interval(low, high)`` in the unit of the scale, or None below 30 pairs (where it is too narrow) and when
    all differences are equal. Raises ``ValueError`` for lengths that differ, missing values, a bad seed or too few draws.
    """
    before, after = numbers(before, "before"), numbers(after, "after")
    if len(before) != len(after):
        raise ValueError("before and after need one value each of every pair")
    if not isinstance(seed, Integral) or seed < 0:
        raise ValueError("the seed is a whole number from 0")
    if not isinstance(draws, Integral) or draws < FEWEST_DRAWS:
        raise ValueError("an interval needs at least 1,000 draws")
    rounding = rounding_of(before, after)
    differences = [end - start for start, end in zip(before, after, strict=True)]
    if len(differences) < FEWEST_PAIRS or sd(differences, rounding) == 0:
        return None

    import numpy as np  # noqa: PLC0415 - slow to load
    from scipy import special  # noqa: PLC0415

    change = mean(differences)
    deviations = np.array([value - change for value in differences])
    deviations /= np.abs(deviations).max()
    means = _resampled_means(np, np.array(differences), int(seed), int(draws))
    # Half of the draws that hit the mean itself count as below it: with whole scores there are many.
    below = np.mean(means < change - rounding) + np.mean(np.abs(means - change) <= rounding) / 2
    bias = special.ndtri(min(max(below, 0.5 / draws), 1 - 0.5 / draws))
    acceleration = np.sum(deviations**3) / (6 * np.sum(deviations**2) ** 1.5)
    corrected = bias + special.ndtri([LOWER_TAIL, UPPER_TAIL])
    shares = special.ndtr(bias + corrected / (1 - acceleration * corrected))
    return Interval(*(float(end) for end in np.quantile(means, shares)))


def _resampled_means(np, differences, seed, draws):
    stream = np.random.RandomState(np.random.MT19937(np.random.SeedSequence(seed)))
    size = len(differences)
    rows = max(BLOCK // size, 1)
    blocks = []
    for start in range(0, draws, rows):
        chosen = stream.randint(0, size, size=(min(rows, draws - start), size), dtype=np.int64)
        blocks.append(differences[chosen].mean(axis=1))
    return np.concatenate(blocks)
