"""The outbox: what goes outside, to whom, and what became of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incubator.base.models import Record
from incubator.notifications.choices import DeliveryState
from incubator.notifications.querysets import ChannelRestQuerySet, DeliveryQuerySet
from incubator.notifications.registries import channel_choices


class Delivery(Record):
    """One notice on one channel. Written with the notice in the transaction of its cause; a job sends it afterwards.

    "failed": a try failed and another one follows; "dead": nobody tries any more until a person says so; "skipped": when
    its time came, the recipient was gone, had no address or had switched the kind off. ``in_digest``: goes with others.
    """

    notification = models.ForeignKey(
        "notifications.Notification", verbose_name=_("notification"), on_delete=models.PROTECT,
        related_name="deliveries",
    )  # fmt: skip
    channel = models.CharField(_("channel"), max_length=20, choices=channel_choices)
    state = models.CharField(_("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.QUEUED)
    due_at = models.DateTimeField(_("not before"))
    in_digest = models.BooleanField(_("goes with the daily digest"), default=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("last error"), blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-due_at", "-pk"]
        indexes = [
            models.Index(name="delivery_dead_idx", fields=["-due_at", "-id"], condition=Q(state="dead")),
            models.Index(name="delivery_digest_idx", fields=["due_at"], condition=Q(state="queued", in_digest=True)),
        ]
        constraints = [
            models.UniqueConstraint(name="delivery_once", fields=["notification", "channel"]),
            models.CheckConstraint(
                name="delivery_sent_has_time",
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="delivery_failure_has_error", condition=~Q(state__in=["failed", "dead"]) | ~Q(error="")
            ),
        ]

    def __str__(self):
        return f"{self.notification}: {self.get_channel_display()}"


class ChannelRest(models.Model):
    """Who did not answer is left alone for a while, so that it holds up nobody else: "email" for the mail server,
    "robot:<key>" for one group."""

    key = models.CharField(_("who"), max_length=60, unique=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    until = models.DateTimeField(_("until"))
    error = models.TextField(_("last error"), blank=True)

    objects = ChannelRestQuerySet.as_manager()

    class Meta:
        verbose_name = _("rest of a channel")
        verbose_name_plural = _("rests of channels")
        ordering = ["key"]

    def __str__(self):
        return self.key
