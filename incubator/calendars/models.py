from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incubator.base.models import Record
from incubator.calendars.querysets import CalendarFeedQuerySet


class CalendarFeed(Record):
    """The secret address of a calendar for the phone: of a person's own, or of a place (``division``), then ``user`` is who
    made it. Only the hash of its token is kept; one is in force at a time, and revoking it ends it at once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="+"
    )
    division = models.ForeignKey(
        "divisions.Division",
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    token_sha256 = models.CharField(_("hash of the token"), max_length=64, unique=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="calendar_feed_one_in_force",
                fields=["user"],
                condition=Q(revoked_at__isnull=True, division__isnull=True),
            ),
            models.UniqueConstraint(
                name="calendar_feed_one_of_a_place",
                fields=["division"],
                condition=Q(revoked_at__isnull=True, division__isnull=False),
            ),
        ]

    def __str__(self):
        return str(self.division or self.user)
