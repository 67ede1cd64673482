"""Looking through records, by exception: what nobody returns in time is accepted by itself; the month is closed."""

import datetime
from itertools import groupby

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.audit.services import COUNTY_DIGITS
from incubator.base.errors import RuleViolation
from incubator.notifications.services import notify
from projects.choices import ActivityStatus
from projects.models import Activity, ActivityNote, WorkRule
from projects.notifications.telling import tell

CHUNK = 500


@transaction.atomic
def return_activity(*, activity_id, reason, actor):
    """Give the record back to its author with what to change; it does not count until corrected. Audit; notice."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity_id)
    if not reason.strip():
        raise RuleViolation(_("Please say what to change."))
    before = activity.status
    activity.return_for_changes(by=actor, at=timezone.now(), reason=reason.strip())
    activity.save(update_fields=["status", "reviewed_by", "reviewed_at", "returned_reason", "updated_at"])
    event = audit.record(
        "activity.returned", target=activity, actor=actor, area=activity.community,
        data={"from": before, "to": activity.status},
    )  # fmt: skip
    notify(
        "activity.returned", recipient=activity.recorded_by, dedup_key=f"activity.returned:{event.pk}",
        link=activity.get_absolute_url(),
        data={
            "title": str(activity), "organization": str(activity.organization), "reason": activity.returned_reason,
            "reviewer": str(actor),
        },
    )  # fmt: skip
    return activity


@transaction.atomic
def accept_activity(*, activity_id, actor):
    """The record is good and stays as it is. Audit; nobody is told."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity_id)
    before = activity.status
    activity.accept(by=actor, at=timezone.now())
    activity.save(update_fields=["status", "reviewed_by", "reviewed_at", "updated_at"])
    audit.record(
        "activity.accepted", target=activity, actor=actor, area=activity.community,
        data={"from": before, "to": activity.status},
    )  # fmt: skip
    return activity


@transaction.atomic
def thank_activity(*, activity_id, actor):
    """Thanks in one tap: a note without words, once per person and record; notice to the author, audit. Thanking again
    changes nothing. Nobody's thanks are counted anywhere."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity_id)
    note, is_new = ActivityNote.objects.get_or_create(activity=activity, author=actor, is_thanks=True)
    if is_new:
        event = audit.record("activity.thanked", target=activity, actor=actor, area=activity.community)
        _tell_of_note("activity.thanked", activity, {activity.recorded_by_id}, event, actor)
    return note


@transaction.atomic
def comment_activity(*, uuid, activity_id, text, actor):
    """Say something to a record; the second of two clicks finds the note of the first. Audit without the words; notice to
    the author and to those who commented before."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity_id)
    if there := ActivityNote.objects.filter(uuid=uuid, activity=activity, author=actor).first():
        return there
    if not text.strip():
        raise RuleViolation(_("Please write a word or two."))
    earlier = ActivityNote.objects.filter(activity=activity, is_thanks=False).order_by()
    people = {activity.recorded_by_id, *earlier.values_list("author_id", flat=True)}
    note = ActivityNote.objects.create(uuid=uuid, activity=activity, author=actor, text=text.strip())
    event = audit.record("activity.commented", target=activity, actor=actor, area=activity.community)
    _tell_of_note("activity.commented", activity, people, event, actor, text=note.text)
    return note


def accept_due_activities(*, now):
    """Accept what was handed in long enough ago and not returned; says how many. By nobody (``reviewed_by`` None).

    Each street's number of days holds, counted in whole local days. Works in chunks, each with its own transaction: lock
    those that still wait, write them in one update, history in one insert per district. Doing it twice, or going on after
    a crash, accepts each record once. Nobody is told.
    """
    accepted = 0
    for days, places in streets_by("accept_after_days"):
        before = midnight(timezone.localdate(now) - datetime.timedelta(days=days - 1))
        waiting = Activity.objects.filter(places, status=ActivityStatus.SUBMITTED, submitted_at__lt=before)
        while chunk := list(waiting.order_by("submitted_at", "pk").values_list("pk", flat=True)[:CHUNK]):
            accepted += _accept_chunk(chunk, now)
    return accepted


@transaction.atomic
def _accept_chunk(keys, now):
    rows = list(
        Activity.objects.select_for_update(of=("self",))
        .filter(pk__in=keys, status=ActivityStatus.SUBMITTED)
        .select_related("community")
        .order_by("community__code", "pk")
    )
    before = {row.pk: row.status for row in rows}
    for row in rows:
        row.accept(by=None, at=now)
    Activity.objects.filter(pk__in=before).update(
        status=ActivityStatus.ACCEPTED, reviewed_by=None, reviewed_at=now, updated_at=now
    )
    record_for_all("activity.accepted", rows, before=before, actor=None)
    return len(rows)


def record_for_all(verb, rows, *, before, actor):
    """History for many records, ordered by community: one chain per district, in a bounded number of queries."""
    for _county, group in groupby(rows, key=lambda row: row.community.code[:COUNTY_DIGITS]):
        members = list(group)
        targets = [(row, {"from": before[row.pk], "to": row.status}) for row in members]
        audit.record_many(verb, targets=targets, actor=actor, area=members[0].community)


def accepted_on(activity, rule):
    """The day on which the record is accepted by itself, when nobody returns it."""
    return timezone.localdate(activity.submitted_at) + datetime.timedelta(days=rule.accept_after_days)


def streets_by(name):
    """[(value, Q of activities)]: the streets that set this value of the rule, and all others with the usual one."""
    usual = WorkRule._meta.get_field(name).default
    own = WorkRule.objects.order_by()
    found = []
    for value in sorted({*own.values_list(name, flat=True).distinct()} | {usual}):
        streets = own.filter(**{name: value}).values("division_id")
        places = Q(community__parent__in=streets)
        if value == usual:
            places = ~Q(community__parent__in=own.exclude(**{name: value}).values("division_id"))
        found.append((value, places))
    return found


def midnight(day):
    return datetime.datetime.combine(day, datetime.time.min, timezone.get_current_timezone())


def _tell_of_note(kind, activity, people, event, actor, **data):
    tell(
        kind, people, dedup_key=f"{kind}:{event.pk}", link=activity.get_absolute_url(), actor=actor,
        data={"title": str(activity), "organization": str(activity.organization), "from": str(actor), **data},
    )  # fmt: skip
