from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incubator.base.models import Record
from linkage.choices import Party, Presence
from linkage.querysets.meeting import OfMeetingQuerySet


class MeetingAttendance(Record):
    """Who came, for which party. ``member`` is empty for guests, who are written down by name.

    Name, party and body are kept as they were on the day: the roster may change afterwards.
    """

    meeting = models.ForeignKey(
        "linkage.JointMeeting", verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="attendances"
    )
    member = models.ForeignKey(
        "linkage.SeriesMember",
        verbose_name=_("member"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="attendances",
    )
    party = models.CharField(_("party"), max_length=20, choices=Party.choices)
    name = models.CharField(_("name"), max_length=60)
    body = models.CharField(_("of which body"), max_length=120, blank=True)
    presence = models.CharField(_("presence"), max_length=10, choices=Presence.choices, default=Presence.PRESENT)
    proxy_name = models.CharField(_("represented by"), max_length=60, blank=True)
    excuse = models.CharField(_("excuse"), max_length=200, blank=True)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("presence in a meeting")
        verbose_name_plural = _("presences in meetings")
        ordering = ["party", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="meeting_attendance_once", fields=["meeting", "member"], condition=Q(member__isnull=False)
            ),
            models.UniqueConstraint(
                name="meeting_attendance_guest_once",
                fields=["meeting", "party", "name", "body"],
                condition=Q(member__isnull=True),
                violation_error_message=_("This person is on the list already."),
            ),
            models.CheckConstraint(
                name="meeting_attendance_proxy_has_name",
                condition=Q(presence="proxy") & ~Q(proxy_name="") | ~Q(presence="proxy") & Q(proxy_name=""),
                violation_error_message=_("Please say who came instead."),
            ),
        ]

    def __str__(self):
        return self.name
