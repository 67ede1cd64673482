"""When an organization counts as fading is a habit of the place."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evaluations.querysets.fading_rule import FadingRuleQuerySet
from incubator.base.models import Record

DAYS, PERCENT = 60, 20
DAYS_RANGE, PERCENT_RANGE = (7, 730), (5, 100)


class FadingRule(Record):
    """The nearest place up the tree that has one is followed; without any the usual numbers hold."""

    division = models.OneToOneField(
        "divisions.Division", verbose_name=_("place"), on_delete=models.PROTECT, related_name="+"
    )
    days_without_activity = models.PositiveSmallIntegerField(_("days without an activity"), default=DAYS)
    members_lost_percent = models.PositiveSmallIntegerField(
        _("share of members lost within six months, in percent"), default=PERCENT
    )

    objects = FadingRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of fading")
        verbose_name_plural = _("rules of fading")
        ordering = ["division__code"]
        constraints = [
            models.CheckConstraint(
                name="fading_rule_in_range",
                condition=Q(
                    days_without_activity__gte=DAYS_RANGE[0],
                    days_without_activity__lte=DAYS_RANGE[1],
                    members_lost_percent__gte=PERCENT_RANGE[0],
                    members_lost_percent__lte=PERCENT_RANGE[1],
                ),
                violation_error_message=_("Please check the numbers."),
            )
        ]

    def __str__(self):
        return str(self.division)
