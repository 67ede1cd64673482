"""Growth standards: what an office looks at when it reviews how an organization grows. Data, not code."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from evaluations.querysets.standard import GrowthRuleQuerySet, StandardQuerySet, StandardVersionQuerySet
from incubator.base.models import Record
from organizations.choices import GrowthStage

RATED = [choice for choice in GrowthStage.choices if choice[0]]


class GrowthStandard(Record):
    """A standard with the draft of its next edition (content: docs/growth-standards.md). The nearest one up the tree that
    has a published edition holds in a place; the one without a division holds where nobody made their own."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=120, blank=True)
    division = models.ForeignKey(
        "divisions.Division", verbose_name=_("place"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_sample = models.BooleanField(_("sample"), default=False)
    is_active = models.BooleanField(_("in use"), default=True)
    draft = models.JSONField(_("content of the next edition"), default=dict)
    current = models.ForeignKey(
        "evaluations.StandardVersion",
        verbose_name=_("edition in use"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = StandardQuerySet.as_manager()

    class Meta:
        verbose_name = _("growth standard")
        verbose_name_plural = _("growth standards")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                name="growth_standard_one_in_use_a_place",
                fields=["division"],
                condition=Q(is_active=True, division__isnull=False),
                violation_error_message=_("This place has a standard in use already. Please make a new edition of it."),
            ),
            models.CheckConstraint(
                name="growth_standard_platform_wide_is_sample",
                condition=Q(division__isnull=False) | Q(is_sample=True),
            ),
        ]

    def __str__(self):
        return self.title_en if self.title_en and (get_language() or "").startswith("en") else self.title

    def get_absolute_url(self):
        return reverse("evaluations:standard-detail", args=[self.uuid])


class StandardVersion(Record):
    """A published edition, immutable, with the hash of its content; its sums were checked when it was published."""

    standard = models.ForeignKey(
        GrowthStandard, verbose_name=_("growth standard"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("edition"))
    content = models.JSONField(_("content"))
    sha256 = models.CharField(_("content hash"), max_length=64)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = StandardVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of a standard")
        verbose_name_plural = _("editions of standards")
        ordering = ["standard", "-number"]
        constraints = [
            models.UniqueConstraint(name="standard_version_number_once", fields=["standard", "number"]),
            models.UniqueConstraint(
                name="standard_version_content_once",
                fields=["standard", "sha256"],
                violation_error_message=_("This very content is published already."),
            ),
        ]

    def __str__(self):
        return f"{self.standard} · {self.number}"


class GrowthRule(Record):
    """Who decides in a place that an organization is of this stage, and whether the service centre recommends first. The
    nearest place up the tree that has a rule is asked; else ``policies.review.DEFAULT_DECIDERS``."""

    division = models.ForeignKey(
        "divisions.Division", verbose_name=_("place"), on_delete=models.PROTECT, related_name="+"
    )
    stage = models.CharField(_("growth stage"), max_length=20, choices=RATED)
    roles = models.JSONField(_("who decides"), default=list)
    wants_recommendation = models.BooleanField(_("the service centre recommends first"), default=False)

    objects = GrowthRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of deciding on growth")
        verbose_name_plural = _("rules of deciding on growth")
        ordering = ["division__code", "stage"]
        constraints = [models.UniqueConstraint(name="growth_rule_once", fields=["division", "stage"])]

    def __str__(self):
        return f"{self.division} · {self.get_stage_display()}"
