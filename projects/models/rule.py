from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incubator.base.models import Record
from projects.choices import Concern
from projects.querysets import RuleQuerySet


def all_concerns():
    """Without a word from the street everything special needs an answer."""
    return list(Concern.values)


class WorkRule(Record):
    """How a street works: what is a habit of a place is a row here. A street without a row works by the defaults."""

    division = models.OneToOneField(
        "divisions.Division", verbose_name=_("street"), on_delete=models.PROTECT, related_name="+"
    )
    accept_after_days = models.PositiveSmallIntegerField(_("records are accepted by themselves after days"), default=7)
    lock_day = models.PositiveSmallIntegerField(_("a month is closed on this day of the next"), default=10)
    announcement_days = models.PositiveSmallIntegerField(_("working days to answer an announcement"), default=3)
    concerns_to_answer = models.JSONField(_("these announcements need an answer"), default=all_concerns, blank=True)
    kinds_to_answer = models.JSONField(_("kinds that need an answer"), default=list, blank=True)
    flexible_staff_percent = models.PositiveSmallIntegerField(
        _("warning above this share of part-time staff and interns, in percent"), default=50
    )

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of work")
        verbose_name_plural = _("rules of work")
        ordering = ["division__code"]
        constraints = [
            models.CheckConstraint(
                name="work_rule_in_range",
                condition=Q(
                    accept_after_days__gte=1,
                    accept_after_days__lte=60,
                    lock_day__gte=1,
                    lock_day__lte=28,
                    announcement_days__gte=1,
                    announcement_days__lte=20,
                    flexible_staff_percent__lte=100,
                ),
                violation_error_message=_("Please check the numbers."),
            )
        ]

    def __str__(self):
        return str(self.division)


class MonthLock(Record):
    """A street's month that is closed; ``month`` is its first day."""

    division = models.ForeignKey(
        "divisions.Division", verbose_name=_("street"), on_delete=models.PROTECT, related_name="+"
    )
    month = models.DateField(_("month"))
    locked_at = models.DateTimeField(_("closed at"))
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("closed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    activities = models.PositiveIntegerField(_("records at that time"), default=0)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("closed month")
        verbose_name_plural = _("closed months")
        ordering = ["-month", "division__code"]
        constraints = [
            models.UniqueConstraint(
                name="month_lock_once",
                fields=["division", "month"],
                violation_error_message=_("This month is closed already."),
            ),
            models.CheckConstraint(name="month_lock_first_day", condition=Q(month__day=1)),
        ]

    def __str__(self):
        return f"{self.division} {self.month:%Y-%m}"
