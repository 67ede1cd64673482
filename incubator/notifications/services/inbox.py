"""What a person does with their notices, and what they chose."""

from django.db import transaction
from django.utils import timezone

from incubator.notifications.models import Notification, NotificationPreference, NotificationRhythm
from incubator.notifications.registries import kinds

UNREAD_CAP = 99


def unread_count(user):
    """How many notices wait, counted to 100 at most: one query."""
    return Notification.objects.visible_to(user).unread().order_by()[: UNREAD_CAP + 1].count()


@transaction.atomic
def mark_read(*, notification_id, actor):
    """The recipient has seen it; the first time counts."""
    own = Notification.objects.visible_to(actor).filter(pk=notification_id)
    own.filter(read_at__isnull=True).update(read_at=timezone.now())


@transaction.atomic
def mark_all_read(*, actor):
    """All notices of the inbox are seen; returns how many were new."""
    return Notification.objects.visible_to(actor).unread().update(read_at=timezone.now())


@transaction.atomic
def set_preferences(*, actor, chosen, rhythm=None):
    """Keep what the person chose: {kind: {"in_inbox": bool, "by_email": bool}}, and when their e-mails go: {"digest_hour":
    0–23 or None, "quiet_from": time or None, "quiet_to"}. Duty kinds stay in the inbox. What waits already goes as it
    was written, except that kinds switched off are no longer sent. Raises RuleViolation for half of the quiet hours."""
    rows = [
        NotificationPreference(
            user=actor, kind=kind, in_inbox=values["in_inbox"] or kinds[kind].duty, by_email=values["by_email"]
        )
        for kind, values in chosen.items()
    ]
    NotificationPreference.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["in_inbox", "by_email", "updated_at"],
    )
    if rhythm is not None:
        own = NotificationRhythm.objects.select_for_update(of=("self",)).filter(user=actor).first()
        own = own or NotificationRhythm(user=actor)
        own.digest_hour, own.quiet_from, own.quiet_to = rhythm["digest_hour"], rhythm["quiet_from"], rhythm["quiet_to"]
        own.save_or_refuse()
