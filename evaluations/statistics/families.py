"""Many tests in one report."""

from evaluations.statistics.samples import numbers


def holm(pvalues):
    """Holm's (1979) adjusted p-values, in the order given: the chance that any true null of the report is called a
    finding stays below the level, however the scales hang together.

    ``pvalues``: the p of every scale of one report. None (no test possible) stays None and does not count. Returns a
    list of floats in 0…1; an empty list for an empty one. Raises ``ValueError`` for what is not in 0…1.
    """
    pvalues = list(pvalues)
    tested = [place for place, value in enumerate(pvalues) if value is not None]
    values = dict(zip(tested, numbers([pvalues[place] for place in tested], "pvalues"), strict=True))
    if any(not 0 <= value <= 1 for value in values.values()):
        raise ValueError("a p-value lies between 0 and 1")
    adjusted = [None] * len(pvalues)
    floor = 0.0
    for step, place in enumerate(sorted(tested, key=values.get)):
        floor = max(floor, min(1.0, (len(tested) - step) * values[place]))
        adjusted[place] = floor
    return adjusted
