"""Notices. A row is written with its cause in one transaction: that it is there is what "told in the app" means. What goes
outside has a :class:`~incubator.notifications.models.delivery.Delivery` beside it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from incubator.base.models import Record
from incubator.notifications.querysets import NotificationQuerySet


class Notification(Record):
    """One notice: to a person, or to the chat group of a robot."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("to"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    robot = models.ForeignKey(
        "notifications.GroupRobot", verbose_name=_("to the group"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="notifications",
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=60)
    dedup_key = models.CharField(_("key"), max_length=200, unique=True)
    data = models.JSONField(_("content"), default=dict, blank=True)
    link = models.CharField(_("address within the site"), max_length=300, blank=True)
    in_inbox = models.BooleanField(_("shown in the inbox"), default=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

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
            ),
            models.CheckConstraint(
                name="notification_to_one",
                condition=Q(recipient__isnull=False, robot__isnull=True)
                | Q(recipient__isnull=True, robot__isnull=False, in_inbox=False),
            ),
        ]

    def __str__(self):
        return self.kind

    def get_absolute_url(self):
        return self.link or reverse("notifications:notification-list")
