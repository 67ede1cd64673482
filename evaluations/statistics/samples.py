"""One sample of scores: checked, summed exactly, described."""

import math
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from typing import NamedTuple

LARGEST, SMALLEST = 1e100, 1e-100  # beyond them squares run out of the range of floats; no scale reaches them
ROUNDING = 2.0**-47  # 32 units in the last place: what a few roundings of averages add up to, and no answer does
LOWER_TAIL, UPPER_TAIL = 0.025, 0.975  # of a 95 % interval


class Interval(NamedTuple):
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Description:
    n: int
    mean: float | None
    sd: float | None
    median: float | None
    lower_quartile: float | None
    upper_quartile: float | None


def describe(values):
    """A ``Description`` of one sample, in the unit of the scores.

    The SD divides by n − 1 and is None below two values; quartiles interpolate linearly between ranks (Hyndman & Fan
    1996, type 7: as Excel's QUARTILE.INC). No values: n is 0, the rest None. Raises ``ValueError`` for what is no finite
    number.
    """
    values = numbers(values, "values")
    if not values:
        return Description(0, None, None, None, None, None)
    ordered = sorted(values)
    lower, median, upper = (_quantile(ordered, share) for share in (0.25, 0.5, 0.75))
    return Description(len(values), mean(values), sd(values, rounding_of(values)), median, lower, upper)


def numbers(values, name):
    """The values as floats; raises ``ValueError`` at the first that is missing, infinite or no number."""
    found = []
    for position, value in enumerate(values, start=1):
        if not isinstance(value, (Real, Decimal)):
            raise ValueError(f"{name}: value {position} is no number")
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not abs(number) <= LARGEST:  # NaN compares as false
            raise ValueError(f"{name}: value {position} is not a finite score")
        found.append(number)
    return found


def rounding_of(*samples):
    """The distance up to which two numbers computed from these samples are the same number."""
    return max(ROUNDING * max((abs(value) for sample in samples for value in sample), default=0.0), SMALLEST)


def mean(values):
    """The mean, never outside the values by its own rounding."""
    return min(max(math.fsum(values) / len(values), min(values)), max(values))


def sd(values, rounding):
    """The standard deviation with n − 1; None below two values, exactly 0 where only rounding differs.

    Taken from the first value, so that a large common part (a year, an amount) costs no digits, and divided by the
    largest deviation before squaring, so that tiny scores do not vanish.
    """
    if len(values) < 2:
        return None
    if max(values) - min(values) <= rounding:
        return 0.0
    shifted = [value - values[0] for value in values]
    centre = math.fsum(shifted) / len(shifted)
    deviations = [value - centre for value in shifted]
    unit = max(map(abs, deviations))
    return unit * math.sqrt(math.fsum((deviation / unit) ** 2 for deviation in deviations) / (len(values) - 1))


def _quantile(ordered, share):
    place = (len(ordered) - 1) * share
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
