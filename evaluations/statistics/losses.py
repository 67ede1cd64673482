"""Who was lost between two waves, and how much the loss could change."""

import math
from dataclasses import dataclass

from evaluations.statistics.samples import Description, describe, mean, numbers, rounding_of


@dataclass(frozen=True, slots=True)
class Attrition:
    n_before: int
    n_after: int
    n_matched: int
    n_lost: int
    n_new: int
    matched: Description
    lost: Description
    baseline_gap: float | None
    change: float | None
    change_low: float | None
    change_high: float | None


def attrition(before, after, lowest=None, highest=None):
    """The attrition table of two waves, and the bounds within which the mean change of **all** who began must lie.

    ``before``, ``after``: {key of the person: score}; ``lowest``, ``highest``: the ends of the scale's possible scores.
    Returns an ``Attrition``, scores in the unit of the scale:

    * counts: ``n_before``, ``n_after`` answered, ``n_matched`` both times, ``n_lost`` before alone, ``n_new`` after alone;
    * ``matched``, ``lost``: the **baseline** scores of those who stayed and those who did not, as ``describe`` gives them;
      ``baseline_gap`` = mean of the lost − mean of the matched (None when either is empty);
    * ``change``: mean change of the matched pairs (None without any);
    * ``change_low, change_high``: the mean change of all who began if every lost person had come out at ``lowest``, at
      ``highest`` (bounds without assumptions, Manski 1990; Horowitz & Manski 2000). No sampling error is in them. Both
      equal ``change`` when nobody was lost; None when nobody began, or when somebody was lost and the scale has no ends.

    Raises ``ValueError`` for a missing score, a score beyond the ends, or ends the wrong way round.
    """
    before = dict(zip(before, numbers(before.values(), "before"), strict=True))
    after = dict(zip(after, numbers(after.values(), "after"), strict=True))
    ends = [None if end is None else numbers([end], "ends")[0] for end in (lowest, highest)]
    _check_ends(*ends, [*before.values(), *after.values()])
    matched = [key for key in before if key in after]
    lost = [value for key, value in before.items() if key not in after]
    changes = [after[key] - before[key] for key in matched]
    baseline_matched, baseline_lost = describe(before[key] for key in matched), describe(lost)
    return Attrition(
        n_before=len(before),
        n_after=len(after),
        n_matched=len(matched),
        n_lost=len(lost),
        n_new=len(after) - len(matched),
        matched=baseline_matched,
        lost=baseline_lost,
        baseline_gap=baseline_lost.mean - baseline_matched.mean if matched and lost else None,
        change=mean(changes) if changes else None,
        change_low=_mean_change_if(ends[0], changes, lost),
        change_high=_mean_change_if(ends[1], changes, lost),
    )


def _check_ends(lowest, highest, scores):
    if lowest is not None and highest is not None and lowest >= highest:
        raise ValueError("the lowest possible score lies below the highest")
    rounding = rounding_of(scores)
    if lowest is not None and any(score < lowest - rounding for score in scores):
        raise ValueError("a score lies below the lowest possible one")
    if highest is not None and any(score > highest + rounding for score in scores):
        raise ValueError("a score lies above the highest possible one")


def _mean_change_if(end, changes, lost):
    """The mean change of all who began, had the lost ones come out at this end of the scale."""
    if not lost:
        return mean(changes) if changes else None
    if end is None:
        return None
    return math.fsum([*changes, *(end - value for value in lost)]) / (len(changes) + len(lost))
