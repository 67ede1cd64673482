"""Who decides on growth is data of the place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from evaluations.querysets.growth_rule import GrowthRuleQuerySet
from incubator.base.models import Record
from organizations.choices import RATED_CHOICES


class GrowthRule(Record):
    """Who decides in a place that an organization is of this stage, and whether the service centre recommends first. The
    nearest place up the tree that has a rule is asked; else ``policies.review.DEFAULT_DECIDERS``."""

    division = models.ForeignKey(
        "divisions.Division", verbose_name=_("place"), on_delete=models.PROTECT, related_name="+"
    )
    stage = models.CharField(_("growth stage"), max_length=20, choices=RATED_CHOICES)
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
