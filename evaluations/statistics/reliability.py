"""How far the items of a scale measure one thing."""

import math

from evaluations.statistics.samples import numbers, rounding_of, sd


def cronbach_alpha(rows):
    """Cronbach's α of a scale: k/(k − 1) × (1 − Σ variances of the items / variance of the sums) (Cronbach 1951).

    ``rows``: one sequence of item scores per respondent, the items in the same order, reverse items already turned.
    Returns a float of at most 1, negative where items contradict each other; None where α does not apply: fewer than two
    items, fewer than two respondents, or sums without variance. Raises ``ValueError`` for rows of unequal length and for
    a missing score: leave out the respondent before, and say how many.
    """
    rows = [numbers(row, f"row {place}") for place, row in enumerate(rows, start=1)]
    if len({len(row) for row in rows}) > 1:
        raise ValueError("rows: every respondent needs a score for every item")
    if len(rows) < 2 or len(rows[0]) < 2:
        return None
    items = len(rows[0])
    rounding = rounding_of(*rows)
    spread = sd([math.fsum(row) for row in rows], rounding * items)
    if spread == 0:
        return None
    shares = ((sd(item, rounding) / spread) ** 2 for item in zip(*rows, strict=True))
    return min(1.0, items / (items - 1) * (1 - math.fsum(shares)))
