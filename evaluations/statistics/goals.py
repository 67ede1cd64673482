"""Goals of one person or one organization, agreed on before and rated after."""

import math

from evaluations.statistics.samples import numbers

WORST, BEST = -2, 2


def goal_attainment(levels, weights=None, rho=0.3):
    """The T-score of goal attainment scaling (Kiresuk & Sherman 1968):
    50 + 10 Σwx / √((1 − ρ)Σw² + ρ(Σw)²).

    ``levels``: the level x reached on each goal, from −2 (much less than expected) over 0 (as expected) to 2 (much
    more). ``weights``: one w > 0 for each goal; all equal when not given. ``rho``: the assumed mean correlation between
    goals, 0…1; 0.3 by custom. Returns a float: 50 when all came out as expected. Raises ``ValueError`` for no goals, for
    a level, a weight or a ρ out of range, and when levels and weights differ in number.
    """
    levels = numbers(levels, "levels")
    weights = [1.0] * len(levels) if weights is None else numbers(weights, "weights")
    (rho,) = numbers([rho], "rho")
    if not levels or len(levels) != len(weights):
        raise ValueError("every goal needs a level and a weight")
    if any(not WORST <= level <= BEST for level in levels):
        raise ValueError("levels lie between -2 and 2")
    if min(weights) <= 0:
        raise ValueError("weights are greater than 0")
    if not 0 <= rho <= 1:
        raise ValueError("rho lies between 0 and 1")
    largest = max(weights)
    weights = [weight / largest for weight in weights]
    spread = (1 - rho) * math.fsum(weight**2 for weight in weights) + rho * math.fsum(weights) ** 2
    return 50 + 10 * math.fsum(w * x for w, x in zip(weights, levels, strict=True)) / math.sqrt(spread)
