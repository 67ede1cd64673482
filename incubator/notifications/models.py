"""Notices to people. A row is written with its cause in one transaction; delivering it is a job of its own."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.base.models import Record
from incubator.notifications.querysets import NotificationPreferenceQuerySet, NotificationQuerySet


class Notification(Record):
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("to"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=60)
    dedup_key = models.CharField(_("key"), max_length=200, unique=True)
    data = models.JSONField(_("content"), default=dict, blank=True)
    link = models.CharField(_("address within the site"), max_length=300, blank=True)
    in_inbox = models.BooleanField(_("shown in the inbox"), default=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(name="notification_inbox_idx", fields=["recipient", "-created_at", "-id"]),
            models.Index(
                name="notification_unread_idx", fields=["recipient"], condition=Q(read_at__isnull=True, in_inbox=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="notification_link_is_local",
                condition=Q(link="") | (Q(link__startswith="/") & ~Q(link__startswith="//")),
                violation_error_message=_("A notice leads to a page of this site."),
            )
        ]

    def __str__(self):
        return self.kind

    def get_absolute_url(self):
        return self.link or reverse("notifications:notification-list")


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
