"""Telling people. The row is written with its cause; the delivery is a job, so a crash loses nothing and sends once."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from incubator.jobs.services import enqueue, enqueue_many
from incubator.notifications.models import Notification, NotificationPreference
from incubator.notifications.registries import kinds

MANY = 3_000  # rows of one statement


def notify(kind, *, recipient, dedup_key, data=None, link=""):
    """Write one notice of a registered ``kind`` (KeyError otherwise) and ask for its delivery; once per ``dedup_key``
    and recipient. ``data`` is what the templates need, JSON-able; ``link`` an address within the site (ValueError)."""
    code = kinds[kind].code
    if link and (not link.startswith("/") or link.startswith("//")):
        raise ValueError(f"{link!r} leads out of the site")
    notification, is_new = Notification.objects.get_or_create(
        dedup_key=f"{dedup_key}:{recipient.pk}",
        defaults={
            "kind": code,
            "recipient": recipient,
            "data": data or {},
            "link": link,
            "in_inbox": preference(recipient, code).in_inbox,
        },
    )
    if is_new:
        enqueue("notifications.deliver", key=str(notification.uuid), notification_id=notification.pk)
    return notification


@transaction.atomic
def notify_many(notices):
    """The same for many at once, in a number of queries that grows with thousands: ``notices`` are (kind, key of the
    recipient, dedup_key, data, link). Those that were written before stay as they are. Returns how many are new."""
    keys = {f"{notice[2]}:{notice[1]}": notice for notice in notices}
    for start in range(0, len(known := list(keys)), MANY):
        part = known[start : start + MANY]
        for key in Notification.objects.filter(dedup_key__in=part).values_list("dedup_key", flat=True):
            del keys[key]
    codes = {kinds[kind].code for kind, *_rest in keys.values()}
    optional = [code for code in codes if not kinds[code].duty]
    away = NotificationPreference.objects.filter(kind__in=optional, in_inbox=False)
    away = set(away.values_list("user_id", "kind")) if optional else set()
    made = [
        Notification(
            kind=kind, recipient_id=person, dedup_key=key, data=data or {}, link=link,
            in_inbox=(person, kind) not in away,
        )
        for key, (kind, person, _key, data, link) in keys.items()
    ]  # fmt: skip
    Notification.objects.bulk_create(made, ignore_conflicts=True, batch_size=MANY)
    # What another process wrote meanwhile under the same key is not ours to deliver.
    uuids = [notice.uuid for notice in made]
    ours = []
    for start in range(0, len(uuids), MANY):
        part = Notification.objects.filter(uuid__in=uuids[start : start + MANY])
        ours += part.values_list("uuid", "pk")
    enqueue_many("notifications.deliver", [(str(uuid), {"notification_id": key}) for uuid, key in ours])
    return len(ours)


def preference(user, kind):
    """What the person set for this kind, or what holds without a word from them. Duty kinds are always in the inbox."""
    found = NotificationPreference.objects.filter(user=user, kind=kind).first()
    found = found or NotificationPreference(user=user, kind=kind)
    if kinds[kind].duty:
        found.in_inbox = True
    return found


def unread_count(user):
    """How many notices wait, for the bell."""
    return Notification.objects.visible_to(user).unread().count()


def deliver_notification(*, notification_id):
    """Send one notice by e-mail, if its recipient is active, has an address and wants it; says whether it was sent.

    Renders in the recipient's language; sends; marks the row, so that a second delivery finds nothing to do. Outside a
    transaction: a slow mail server must not hold the database, and the job is held by one worker at a time. When
    sending fails nothing is marked, and the job tries again.
    """
    notification = Notification.objects.undelivered().select_related("recipient").filter(pk=notification_id).first()
    if notification is None:
        return False
    sent = _send(notification)
    Notification.objects.filter(pk=notification_id).undelivered().update(delivered_at=timezone.now())
    return sent


def _send(notification):
    person = notification.recipient
    if notification.kind not in kinds or not person.is_active or not person.email:
        return False
    if not preference(person, notification.kind).by_email:
        return False
    with translation.override(person.language or settings.LANGUAGE_CODE):
        subject, body = render(notification)
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    message = EmailMessage(
        subject,
        body,
        to=[person.email],
        # The same for each try: a mailbox that got a letter twice after a crash shows it once.
        headers={"Message-ID": f"<{notification.uuid}@{domain}>"},
    )
    message.send()
    return True


def render(notification):
    """(subject, body) in the active language. Plain text: nothing is escaped."""
    kind = kinds[notification.kind]
    link = f"{settings.SITE_URL}{notification.link}" if settings.SITE_URL and notification.link else ""
    context = {**kind.context(notification.data), "recipient": notification.recipient, "link": link}
    subject = render_to_string(f"{kind.template}_subject.txt", context)
    body = render_to_string(f"{kind.template}_body.txt", context)
    return " ".join(subject.split()), body.strip() + "\n"


def title(notification):
    """The notice in one line, in the active language."""
    kind = kinds.get(notification.kind)
    if kind is None:
        return notification.kind
    return " ".join(render_to_string(f"{kind.template}_subject.txt", kind.context(notification.data)).split())


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
def set_preferences(*, actor, chosen):
    """Keep what the person chose: {kind: {"in_inbox": bool, "by_email": bool}}. Duty kinds stay in the inbox."""
    for kind, values in chosen.items():
        in_inbox = values["in_inbox"] or kinds[kind].duty
        NotificationPreference.objects.update_or_create(
            user=actor, kind=kind, defaults={"in_inbox": in_inbox, "by_email": values["by_email"]}
        )
