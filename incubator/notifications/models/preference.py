"""What people chose: which kinds reach them where, and when it may."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from incubator.base.models import Record
from incubator.notifications.querysets import NotificationPreferenceQuerySet, NotificationRhythmQuerySet


class NotificationPreference(Record):
    """What a person set for one kind of notice. Without a row: shown in the inbox, and sent by e-mail."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=60)
    in_inbox = models.BooleanField(_("shown in the inbox"), default=True)
    by_email = models.BooleanField(_("sent by e-mail"), default=True)

    objects = NotificationPreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification preference")
        verbose_name_plural = _("notification preferences")
        ordering = ["kind", "pk"]
        constraints = [models.UniqueConstraint(name="notification_preference_once", fields=["user", "kind"])]

    def __str__(self):
        return self.kind


class NotificationRhythm(Record):
    """When a person's e-mails go. Without a row: at once, at any hour.

    ``digest_hour`` (0–23): all of a day go as one, at this hour; kinds of duty and urgent ones do not wait for it.
    ``quiet_from``–``quiet_to``: nothing is sent between them, over midnight too; what falls due then goes at the end.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="+"
    )
    digest_hour = models.PositiveSmallIntegerField(_("hour of the daily digest"), null=True, blank=True)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_to = models.TimeField(_("quiet until"), null=True, blank=True)

    objects = NotificationRhythmQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification rhythm")
        verbose_name_plural = _("notification rhythms")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="notification_digest_hour", condition=Q(digest_hour__lte=23)),
            models.CheckConstraint(
                name="notification_rhythm_quiet",
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | (Q(quiet_from__isnull=False, quiet_to__isnull=False) & ~Q(quiet_from=F("quiet_to"))),
                violation_error_message=_("Quiet hours need a beginning and an end."),
            ),
        ]

    def __str__(self):
        return str(self.pk)
