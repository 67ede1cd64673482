"""Notices to people. A row is written with its cause in one transaction; delivering it is a job of its own."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from incubator.base.models import Record
from incubator.notifications.querysets import NotificationQuerySet


class Notification(Record):
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("to"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=60)
    dedup_key = models.CharField(_("key"), max_length=200, unique=True)
    data = models.JSONField(_("content"), default=dict, blank=True)
    link = models.CharField(_("address within the site"), max_length=300, blank=True)
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
                name="notification_unread_idx", fields=["recipient"], condition=models.Q(read_at__isnull=True)
            ),
        ]

    def __str__(self):
        return self.kind
