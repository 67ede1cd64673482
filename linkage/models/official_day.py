from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incubator.base.models import Record
from linkage.querysets.official_day import OfficialDayQuerySet


class OfficialDay(Record):
    """A day of a notice of the State Council that the calendar library does not know yet: a day off, or a weekend day
    that is worked. A year with such days is not provisional any more; they go before what the library computes."""

    day = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(_("is worked"))
    name = models.CharField(_("why"), max_length=60, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = OfficialDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("day of the official calendar")
        verbose_name_plural = _("days of the official calendar")
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(
                name="official_day_work_on_weekend",
                condition=Q(is_working=False) | Q(day__week_day__in=(1, 7)),
                violation_error_message=_("Only a Saturday or a Sunday is made a working day."),
            )
        ]

    def __str__(self):
        return f"{self.day:%Y-%m-%d}"
