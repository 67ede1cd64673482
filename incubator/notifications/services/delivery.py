"""Sending what stands in the outbox. A job claims one delivery, sends it outside any transaction (a slow server must not
hold the database) and notes what became of it.

What was sent and not noted, because the worker was killed in between, is sent once more: see the channels for what each of
them does about that.
"""

from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import Conflict
from incubator.jobs.models import Job, JobState
from incubator.jobs.registries import HopelessError, LaterError
from incubator.jobs.runner import error_text
from incubator.jobs.services import enqueue, revive
from incubator.notifications.choices import OPEN_STATES, DeliveryState
from incubator.notifications.errors import ChannelError, RefusedError, UnreachableError
from incubator.notifications.models import ChannelRest, Delivery, NotificationPreference, NotificationRhythm
from incubator.notifications.registries import Message, channels, kinds
from incubator.notifications.services.notice import DELIVER
from incubator.notifications.services.rendering import render
from incubator.notifications.timing import after_quiet

# Between one failure and the next: 1 min, 2, 4, 8, then a quarter of an hour.
REST, LONGEST_REST = timedelta(minutes=1), timedelta(minutes=15)
# What could not even be tried for so long, because the other side rests, is a matter of yesterday.
PATIENCE = timedelta(days=1)
# How long a try that nobody noted the end of may still be going on: longer than a mail server is waited for.
IN_HANDS = timedelta(minutes=2)
MOST_AT_ONCE = 500
EMAIL = "email"


def deliver(*, delivery_id):
    """Send one delivery; says whether it went out. Nothing happens to one that is done, or that somebody else has claimed.

    Looks whether it is still wanted (else "skipped"); waits for the end of quiet hours and of a rest (LaterError); claims
    the try; renders in the language of the reader; sends; notes "sent". A failure is noted and raised for the job,
    which knows when to try again; HopelessError when that cannot help.
    """
    found = Delivery.objects.open().select_related("notification__recipient", "notification__robot")
    delivery = found.filter(pk=delivery_id).first()
    if delivery is None:
        return False
    now, notice = timezone.now(), delivery.notification
    target = notice.robot or notice.recipient
    if not (_robot_takes(target) if notice.robot else _person_takes(target, [notice.kind])):
        _close([delivery], DeliveryState.SKIPPED)
        return False
    rest_key = target.rest_key if notice.robot else EMAIL
    rhythm = target if notice.robot else NotificationRhythm.objects.filter(user=target).first()
    _hold([delivery], rhythm, rest_key, now)
    if not Delivery.objects.claim(delivery):
        return False
    language = settings.LANGUAGE_CODE if notice.robot else target.language or settings.LANGUAGE_CODE
    with _failures_noted([delivery], rest_key, now):
        with translation.override(language):
            message = render(notice)
        channels[delivery.channel].send(target, message, now=now)
    _close([delivery], DeliveryState.SENT)
    return True


def deliver_digest(*, user_id):
    """Send all that waits for a person's digest as one e-mail; says whether one went out. Kinds that the person switched off
    meanwhile are left out. Two jobs of one person (yesterday's, tried again, and today's) never send the same notice
    both: what another one has in hands is left to it for a while (LaterError), in case its worker dies."""
    now = timezone.now()
    waiting = list(
        Delivery.objects.of_digest(user_id, now).select_related("notification__recipient").order_by("due_at", "pk")
    )
    if not waiting:
        return False
    if taken := [delivery.updated_at for delivery in waiting if _is_in_hands(delivery, now)]:
        raise LaterError(max(taken) + IN_HANDS)
    person = waiting[0].notification.recipient
    wanted = _person_takes(person, {delivery.notification.kind for delivery in waiting})
    unwanted = [delivery for delivery in waiting if delivery.notification.kind not in wanted]
    waiting = [delivery for delivery in waiting if delivery.notification.kind in wanted]
    _close(unwanted, DeliveryState.SKIPPED)
    if not waiting:
        return False
    _hold(waiting, NotificationRhythm.objects.filter(user=person).first(), EMAIL, now)
    waiting = [delivery for delivery in waiting if Delivery.objects.claim(delivery)]
    if not waiting:
        return False
    with _failures_noted(waiting, EMAIL, now):
        with translation.override(person.language or settings.LANGUAGE_CODE):
            message = _digest(waiting, person, now)
        channels[EMAIL].send(person, message, now=now)
    _close(waiting, DeliveryState.SENT)
    return True


def deliver_notification(*, notification_id):
    """Send at once what of one notice has not gone yet; says whether anything went out."""
    waiting = Delivery.objects.open().filter(notification_id=notification_id).order_by("pk")
    sent = [deliver(delivery_id=pk) for pk in waiting.values_list("pk", flat=True)]
    return any(sent)


def give_up(*, delivery_id, error):
    """The job tried for the last time: a dead letter, with the reason."""
    _bury(Delivery.objects.open().filter(pk=delivery_id), error)


def give_digest_up(*, user_id, error):
    _bury(Delivery.objects.of_digest(user_id, timezone.now()), error)


@transaction.atomic
def retry_delivery(*, delivery_id, actor):
    """Send a dead letter again, by itself and with all its tries; one audit event. Raises Conflict for any other."""
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("notification").get(pk=delivery_id)
    if delivery.state != DeliveryState.DEAD:
        raise Conflict(_("This notice is on its way again already."))
    error = delivery.error
    _put_back(delivery, timezone.now())
    audit.record("delivery.retried", target=delivery, actor=actor, data={"channel": delivery.channel, "error": error})
    return delivery


@transaction.atomic
def retry_all_deliveries(*, actor):
    """The same for all dead letters, the newest 500 at a time; returns how many."""
    dead = Delivery.objects.dead().select_for_update(of=("self",)).select_related("notification")
    dead, now = list(dead.order_by("-due_at", "-pk")[:MOST_AT_ONCE]), timezone.now()
    if dead:
        targets = [(delivery, {"channel": delivery.channel, "error": delivery.error}) for delivery in dead]
        audit.record_many("delivery.retried", targets=targets, actor=actor)
    for delivery in dead:
        _put_back(delivery, now)
    return len(dead)


def _put_back(delivery, now):
    delivery.state, delivery.due_at, delivery.in_digest = DeliveryState.QUEUED, now, False
    delivery.save(update_fields=["state", "due_at", "in_digest", "updated_at"])
    job = enqueue(DELIVER, key=str(delivery.uuid), delivery_id=delivery.pk)
    if job.state == JobState.DEAD:
        revive(Job.objects.select_for_update(of=("self",)).get(pk=job.pk), now=now)


def _is_in_hands(delivery, now):
    """Somebody began a try a moment ago and has not noted how it went."""
    began = delivery.attempts > 0 and delivery.state == DeliveryState.QUEUED
    return began and delivery.updated_at > now - IN_HANDS


def _robot_takes(robot):
    return robot.is_active


def _person_takes(person, codes):
    """Those of the kinds that may still be sent to the person by e-mail."""
    if not person.is_active or not person.email:
        return set()
    off = NotificationPreference.objects.filter(user=person, kind__in=codes, by_email=False)
    return {code for code in codes if code in kinds} - set(off.values_list("kind", flat=True))


def _hold(deliveries, rhythm, rest_key, now):
    """LaterError while the reader wants quiet or the other side rests; HopelessError when it has rested for a day."""
    rest = ChannelRest.objects.filter(key=rest_key, until__gt=now).first()
    if rest is not None:
        if all(delivery.due_at < now - PATIENCE for delivery in deliveries):
            _note(deliveries, rest.error)
            raise HopelessError(rest.error)
        raise LaterError(rest.until)
    free_at = after_quiet(now, rhythm.quiet_from, rhythm.quiet_to) if rhythm else now
    if free_at > now:
        raise LaterError(free_at)


@contextmanager
def _failures_noted(deliveries, rest_key, now):
    """Around sending: what went wrong is kept with the deliveries, and who did not answer rests."""
    try:
        yield
    except Exception as error:
        text = str(error) if isinstance(error, ChannelError) else error_text(error)
        _note(deliveries, text)
        if isinstance(error, UnreachableError):
            _rest(rest_key, text, now)
        if isinstance(error, RefusedError):
            raise HopelessError(text) from error
        raise
    ChannelRest.objects.filter(key=rest_key).delete()


def _rest(key, text, now):
    rest = ChannelRest.objects.filter(key=key).first()
    failures = rest.failures + 1 if rest else 1
    until = now + min(REST * 2 ** min(failures - 1, 10), LONGEST_REST)
    ChannelRest.objects.update_or_create(key=key, defaults={"failures": failures, "until": until, "error": text})


def _note(deliveries, text):
    keys = [delivery.pk for delivery in deliveries]
    Delivery.objects.filter(pk__in=keys, state__in=OPEN_STATES).update(
        state=DeliveryState.FAILED, error=text, updated_at=timezone.now()
    )


def _close(deliveries, state):
    now, keys = timezone.now(), [delivery.pk for delivery in deliveries]
    sent_at = now if state == DeliveryState.SENT else None
    if keys:
        Delivery.objects.filter(pk__in=keys, state__in=OPEN_STATES).update(
            state=state, sent_at=sent_at, error="", updated_at=now
        )


def _bury(deliveries, error):
    """``error``: what the job says, for those whose try left no word of its own (their worker was lost)."""
    now = timezone.now()
    keys = list(deliveries.values_list("pk", flat=True))
    Delivery.objects.filter(pk__in=keys, error="").update(error=error)
    Delivery.objects.filter(pk__in=keys).update(state=DeliveryState.DEAD, updated_at=now)


def _digest(deliveries, person, now):
    """One message of many, each with its subject and its link."""
    parts = []
    for delivery in deliveries:
        message = render(delivery.notification)
        parts.append({"subject": message.subject, "link": message.link})
    context = {"parts": parts, "recipient": person, "day": timezone.localdate(now), "number": len(parts)}
    subject = render_to_string("notifications/email/digest_subject.txt", context)
    body = render_to_string("notifications/email/digest_body.txt", context)
    link = settings.SITE_URL and f"{settings.SITE_URL}/notifications/"
    return Message(" ".join(subject.split()), body.strip() + "\n", link, f"digest-{deliveries[0].uuid}")
