"""What may honestly be said about a change: reliability, paired and unpaired comparison, effect sizes with their
intervals, the correction for many scales, who was lost on the way.

Pure: no Django, no clock, no database. SciPy and NumPy are loaded inside the functions that need them, for they take
seconds and 50 MB. Conventions that hold everywhere:

* A change or difference is **after − before**, and the signs of t, of the effect sizes and of the intervals follow it.
* What cannot be said is ``None``, never NaN, never infinite, and never a warning.
* Values are finite numbers. A missing answer (``None``, NaN) raises ``ValueError``: who leaves an answer out decides
  so before, where it can be counted.
* Scores in, scores out: means, SDs, changes and intervals are in the unit of the scale; p-values lie in 0…1, two-sided;
  intervals hold with 95 %.
* Sums are exact (``math.fsum``), and differences that rounding alone keeps apart (3.4 − 3.2 and 3.6 − 3.4) count as
  equal: as ties, as zeros, as no variance.
"""

from evaluations.statistics.families import holm
from evaluations.statistics.goals import goal_attainment
from evaluations.statistics.losses import Attrition, attrition
from evaluations.statistics.paired import PairedComparison, compare_paired, mcnemar_exact
from evaluations.statistics.reliability import cronbach_alpha
from evaluations.statistics.resampling import bootstrap_mean_change
from evaluations.statistics.samples import Description, Interval, describe
from evaluations.statistics.shares import wilson_interval
from evaluations.statistics.unpaired import UnpairedComparison, compare_unpaired

__all__ = [
    "Attrition",
    "Description",
    "Interval",
    "PairedComparison",
    "UnpairedComparison",
    "attrition",
    "bootstrap_mean_change",
    "compare_paired",
    "compare_unpaired",
    "cronbach_alpha",
    "describe",
    "goal_attainment",
    "holm",
    "mcnemar_exact",
    "wilson_interval",
]
