"""A comparison of two surveys."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from evaluations.models.wave import Wave
from evaluations.querysets.effect import AnalysisRunQuerySet
from incubator.base.models import Record


class AnalysisRun(Record):
    """What was computed from two waves at a moment, with the hash of what went in. Runs are kept; a new look is a new
    run. Until a job has computed it (``computed_at``) there are no results. ``results``, scores in points of the scale:

    ``mode``: "paired" (the same people) or "unpaired"; ``tests``: how many p-values were corrected together;
    ``counts`` (and ``comparison``, the same of the comparison group): ``before``, ``after``, ``matched``, ``lost``, ``new``:
    people; ``reasons``: {why: how many of the lost};
    ``left_out``: [{``code``, ``label``, ``why``}] of scales asked once only or changed in between;
    ``scales``, in the order of the first questionnaire: ``code``, ``label`` {language: text}, ``level``, ``points``,
    ``higher_is_better``, ``fingerprint``; ``before``, ``after``: fields of ``Description``, of everybody who answered;
    ``alpha_before``, ``alpha_after``: {``value``, ``n``, ``items``}; ``p``, ``p_holm``;
    paired also ``pairs`` [[before, after]] in order of size, ``n``, ``rose``, ``fell``, ``same``: people; ``paired``:
    fields of ``PairedComparison`` or None; ``bootstrap``: [low, high] or None; ``attrition``: fields of ``Attrition``;
    unpaired ``unpaired``: fields of ``UnpairedComparison`` or None, ``values_before``, ``values_after``;
    beside a comparison group ``comparison``: {``n``: its pairs, ``change``: its mean, ``did``: fields of
    ``UnpairedComparison`` of the changes there and here, ``p``, ``p_holm``} or None.
    """

    before = models.ForeignKey(Wave, verbose_name=_("before"), on_delete=models.PROTECT, related_name="runs_before")
    after = models.ForeignKey(Wave, verbose_name=_("after"), on_delete=models.PROTECT, related_name="runs_after")
    comparison_before = models.ForeignKey(
        Wave,
        verbose_name=_("comparison group, before"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    comparison_after = models.ForeignKey(
        Wave,
        verbose_name=_("comparison group, after"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    as_of = models.DateTimeField(_("as of"))
    computed_at = models.DateTimeField(_("computed at"), null=True, blank=True)
    answered_before = models.PositiveIntegerField(_("answered before"), default=0)
    answered_after = models.PositiveIntegerField(_("answered after"), default=0)
    matched = models.PositiveIntegerField(_("matched"), default=0)
    results = models.JSONField(_("results"), default=dict)
    input_sha256 = models.CharField(_("hash of the answers"), max_length=64, blank=True)
    run_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("computed by"), on_delete=models.PROTECT, related_name="+"
    )

    WAVES = ("before", "after", "comparison_before", "comparison_after")

    objects = AnalysisRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("analysis")
        verbose_name_plural = _("analyses")
        ordering = ["-as_of", "-pk"]
        constraints = [
            models.CheckConstraint(name="analysis_of_two_waves", condition=~Q(before=F("after"))),
            models.CheckConstraint(
                name="analysis_matched_within_answered",
                condition=Q(matched__lte=F("answered_before")) & Q(matched__lte=F("answered_after")),
            ),
            models.CheckConstraint(
                name="analysis_computed_has_hash",
                condition=Q(computed_at__isnull=True, input_sha256="")
                | (Q(computed_at__isnull=False) & ~Q(input_sha256="")),
            ),
            models.CheckConstraint(
                name="analysis_comparison_is_whole",
                condition=Q(comparison_before__isnull=True, comparison_after__isnull=True)
                | Q(comparison_before__isnull=False, comparison_after__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.before} → {self.after}"

    def get_absolute_url(self):
        return reverse("evaluations:effect-detail", args=[self.uuid])

    @property
    def waves(self):
        """The two surveys, and those of the comparison group where there is one."""
        return [wave for name in self.WAVES if (wave := getattr(self, name)) is not None]

    @property
    def has_comparison(self):
        return self.comparison_before_id is not None

    @cached_property
    def is_replaced(self):
        """Whether a newer run of the same surveys is computed."""
        return AnalysisRun.objects.like(self).computed().filter(as_of__gt=self.as_of).exists()
