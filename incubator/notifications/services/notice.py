"""Writing notices, in the transaction of their cause and once per key.

A notice, its deliveries and the jobs that send them are written together, in a fixed number of queries for a thousand.
"""

from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils import timezone

from incubator.jobs.services import enqueue_many
from incubator.notifications.models import (
    Delivery,
    GroupRobot,
    Notification,
    NotificationPreference,
    NotificationRhythm,
)
from incubator.notifications.registries import kinds
from incubator.notifications.timing import after_quiet, due_email

BATCH = 5000
DELIVER, DIGEST = "notifications.deliver", "notifications.digest"


@dataclass(frozen=True)
class Row:
    """One notice to be written: to a person or to a robot."""

    target: models.Model
    dedup_key: str
    data: dict = field(default_factory=dict)
    link: str = ""

    @property
    def key(self):
        if isinstance(self.target, GroupRobot):
            return f"{self.dedup_key}:robot:{self.target.pk}"
        return personal_key(self.dedup_key, self.target.pk)


def personal_key(dedup_key, recipient):
    return f"{dedup_key}:{recipient}"


def notify(kind, *, recipient, dedup_key, data=None, link=""):
    """Write one notice of a registered ``kind`` (KeyError otherwise) and ask for its delivery; once per ``dedup_key``
    and recipient. ``data`` is what the templates need, JSON-able; ``link`` an address within the site (ValueError)."""
    row = Row(recipient, dedup_key, data or {}, link)
    _write_personal(kinds[kind], [row], now=timezone.now())
    return Notification.objects.get(dedup_key=row.key)


def notify_many(kind, rows):
    """The same for many at once: ``rows`` are (recipient's key, dedup_key, data, link). Returns how many are new; those told
    already stay as they were, and cost one query for all of them. At most nine queries for 5,000 rows on PostgreSQL; SQLite,
    which takes fewer values in one statement, needs more INSERTs. KeyError for an unknown kind or recipient."""
    kind, rows, new = kinds[kind], list(rows), 0
    for start in range(0, len(rows), BATCH):
        batch, now = rows[start : start + BATCH], timezone.now()
        keys = [personal_key(key, pk) for pk, key, _data, _link in batch]
        told = set(Notification.objects.filter(dedup_key__in=keys).values_list("dedup_key", flat=True))
        batch = [row for key, row in zip(keys, batch, strict=True) if key not in told]
        if batch:
            people = get_user_model().objects.only("pk", "email", "is_active").in_bulk({row[0] for row in batch})
            written = [Row(people[pk], key, data or {}, link) for pk, key, data, link in batch]
            new += _write_personal(kind, written, now=now)
    return new


def notify_group(kind, *, division, dedup_key, data=None, link=""):
    """Tell the chat groups of a place: the robots of the place that take this kind, or of the nearest place above that has
    such. Each gets it once per ``dedup_key``, also when several places ask. Returns how many messages are new."""
    return notify_groups([(kind, division, dedup_key, data, link)])


def notify_groups(rows):
    """The same for many places and kinds: ``rows`` are (kind, division, dedup_key, data, link). ValueError for a kind that
    is not for groups.

    A robot that is paused gets nothing, and nobody above gets it in its stead: the place has a group, and wants quiet.
    """
    rows, new = [(kinds[kind], *rest) for kind, *rest in rows], 0
    for kind in {row[0] for row in rows}:
        if not kind.for_groups:
            raise ValueError(f"{kind.code} is not for chat groups: say for_groups = True on the kind")
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        here = {}
        for robot in GroupRobot.objects.reaching({row[1] for row in batch}).select_related("division"):
            here.setdefault(robot.division.code, []).append(robot)
        written = {}
        for kind, division, key, data, link in batch:
            taken = (
                [robot for robot in here.get(code, ()) if robot.takes(kind.code)]
                for code in division.ancestor_codes[::-1]
            )
            nearest = next(filter(None, taken), [])
            written.setdefault(kind, []).extend(
                Row(robot, key, data or {}, link) for robot in nearest if robot.is_active
            )
        new += sum(_write_for_groups(kind, told, now=timezone.now()) for kind, told in written.items() if told)
    return new


def _write_personal(kind, rows, *, now):
    _demand_own_links(rows)
    people = {row.target.pk for row in rows}
    chosen = {
        preference.user_id: preference
        for preference in NotificationPreference.objects.filter(kind=kind.code, user_id__in=people)
    }

    def in_inbox(row):
        return kind.duty or row.target.pk not in chosen or chosen[row.target.pk].in_inbox

    def by_email(row):
        person = row.target
        return bool(person.is_active and person.email) and (person.pk not in chosen or chosen[person.pk].by_email)

    with transaction.atomic(savepoint=False):
        made = _write(kind, rows, in_inbox=in_inbox)
        mailed = [row for row in _once(rows) if row.key in made and by_email(row)]
        if mailed:
            rhythms = NotificationRhythm.objects.filter(user_id__in={row.target.pk for row in mailed})
            rhythms = {rhythm.user_id: rhythm for rhythm in rhythms}
            waits = not (kind.duty or kind.urgent)
            sent = []
            for row in mailed:
                due_at, in_digest = due_email(now, rhythms.get(row.target.pk), waits_for_digest=waits)
                sent.append(
                    Delivery(notification_id=made[row.key], channel="email", due_at=due_at, in_digest=in_digest)
                )
            _ask(sent, {delivery.notification_id: row for delivery, row in zip(sent, mailed, strict=True)})
    return len(made)


def _write_for_groups(kind, rows, *, now):
    _demand_own_links(rows)
    with transaction.atomic(savepoint=False):
        made = _write(kind, rows, in_inbox=lambda _row: False)
        sent = [
            Delivery(
                notification_id=made[row.key], channel=row.target.kind,
                due_at=after_quiet(now, row.target.quiet_from, row.target.quiet_to),
            )
            for row in _once(rows) if row.key in made
        ]  # fmt: skip
        if sent:
            _ask(sent, {})
    return len(made)


def _write(kind, rows, *, in_inbox):
    """{key: primary key} of the notices that are new."""
    notices = [
        Notification(
            kind=kind.code, dedup_key=row.key, data=row.data, link=row.link, in_inbox=in_inbox(row),
            **{"robot" if isinstance(row.target, GroupRobot) else "recipient": row.target},
        )
        for row in rows
    ]  # fmt: skip
    Notification.objects.bulk_create(notices, ignore_conflicts=True, batch_size=BATCH)
    # What was there already kept its own identifier.
    new = Notification.objects.filter(uuid__in=[notice.uuid for notice in notices])
    return dict(new.values_list("dedup_key", "pk"))


def _demand_own_links(rows):
    for row in rows:
        if row.link and (not row.link.startswith("/") or row.link.startswith("//")):
            raise ValueError(f"{row.link!r} leads out of the site")


def _once(rows):
    return {row.key: row for row in reversed(rows)}.values()


def _ask(deliveries, rows):
    """Write the deliveries, and one job for each; those of a digest share the job of their person and hour."""
    Delivery.objects.bulk_create(deliveries, batch_size=BATCH)
    single = [delivery for delivery in deliveries if not delivery.in_digest]
    digests = {
        (rows[delivery.notification_id].target.pk, delivery.due_at) for delivery in deliveries if delivery.in_digest
    }
    if single:
        enqueue_many(DELIVER, [(str(one.uuid), {"delivery_id": one.pk}, one.due_at) for one in single])
    if digests:
        enqueue_many(DIGEST, [(f"{pk}:{at.isoformat()}", {"user_id": pk}, at) for pk, at in sorted(digests)])
