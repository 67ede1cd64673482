"""How many of a group said so, and how far the share of all could lie from it."""

import math
from numbers import Integral

from evaluations.statistics.paired import NORMAL_97_5
from evaluations.statistics.samples import Interval


def wilson_interval(count, total):
    """The 95 % interval of a share (Wilson 1927), as an ``Interval(low, high)`` in 0…1; it never leaves that range and has
    a width even where nobody or everybody said so.

    ``count`` of ``total`` people. None for an empty group. Raises ``ValueError`` for anything but whole numbers with
    0 ≤ count ≤ total.
    """
    for number in (count, total):
        if not isinstance(number, Integral) or number < 0:
            raise ValueError("counts of people are whole numbers from 0")
    if count > total:
        raise ValueError("no more people can have said so than were asked")
    if total == 0:
        return None
    z2 = NORMAL_97_5**2
    share = count / total
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    reach = NORMAL_97_5 * math.sqrt(share * (1 - share) / total + z2 / (4 * total**2)) / (1 + z2 / total)
    low = 0.0 if count == 0 else max(0.0, middle - reach)
    high = 1.0 if count == total else min(1.0, middle + reach)
    return Interval(low, high)
