from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incubator.base.models import Record
from linkage.choices import Result
from linkage.querysets.meeting import OfMeetingQuerySet


class Resolution(Record):
    """议定事项. ``number`` like "2026-03-02", given when it is written down and unique in its series. A wrong one is not
    mended after the minutes were confirmed: a later one ``supersedes`` it."""

    meeting = models.ForeignKey(
        "linkage.JointMeeting", verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="resolutions"
    )
    series = models.ForeignKey(
        "linkage.MeetingSeries", verbose_name=_("series"), on_delete=models.PROTECT, related_name="resolutions"
    )
    item = models.ForeignKey(
        "linkage.AgendaItem",
        verbose_name=_("matter"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="resolutions",
    )
    number = models.CharField(_("number"), max_length=20)
    text = models.TextField(_("what was resolved"))
    result = models.CharField(_("result"), max_length=10, choices=Result.choices, default=Result.ADOPTED)
    supersedes = models.OneToOneField(
        "self",
        verbose_name=_("supersedes"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="superseded_by",
    )

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(name="resolution_number_once", fields=["series", "number"]),
            models.CheckConstraint(
                name="resolution_has_text",
                condition=~Q(text=""),
                violation_error_message=_("Please write what was resolved."),
            ),
        ]

    def __str__(self):
        return self.number
