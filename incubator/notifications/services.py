"""Telling people. The row is written with its cause; the delivery is a job, so a crash loses nothing and sends once."""

from incubator.jobs.services import enqueue
from incubator.notifications.models import Notification
from incubator.notifications.registries import kinds


def notify(kind, *, recipient, dedup_key, data=None, link=""):
    """Write one notice of a registered ``kind`` (KeyError otherwise) and ask for its delivery; once per ``dedup_key`` and
    recipient. ``data`` is what the templates need, JSON-able; ``link`` an address within the site."""
    kinds[kind]
    notification, is_new = Notification.objects.get_or_create(
        dedup_key=f"{dedup_key}:{recipient.pk}",
        defaults={"kind": kind, "recipient": recipient, "data": data or {}, "link": link},
    )
    if is_new:
        enqueue("notifications.deliver", key=str(notification.uuid), notification_id=notification.pk)
    return notification
