"""Closing a month: from then on a change is a correction, shown beside the old value."""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.divisions.models import Division
from projects.choices import ActivityStatus
from projects.models import Activity, MonthLock
from projects.services.activity_review import CHUNK, midnight, record_for_all, streets_by

LOCKABLE = (ActivityStatus.SUBMITTED, ActivityStatus.ACCEPTED)
ONE_DAY = datetime.timedelta(days=1)


def open_since(today, lock_day):
    """The first month that is not due to be closed on ``today``: this one, or the last one before its day has come."""
    this = today.replace(day=1)
    return this if today.day >= lock_day else (this - ONE_DAY).replace(day=1)


def lock_due_months(*, now):
    """Close every month whose day has come, street by street; says how many records were locked.

    For each street with records of such a month: one row that says so, with the number of records that counted at that
    time; then the records, in chunks of their own transaction. What was handed in later is locked by the next run. Doing
    it twice, or going on after a crash, changes nothing that is done.
    """
    locked, today = 0, timezone.localdate(now)
    for day, places in streets_by("lock_day"):
        first_open = open_since(today, day)
        due = Activity.objects.filter(places, status__in=LOCKABLE, starts_at__lt=midnight(first_open))
        for street_id, month in _months_of(due):
            _write_lock(street_id, month, now=now, actor=None)
        locked += _lock_all(due, now=now, actor=None)
    return locked


@transaction.atomic
def lock_month(*, street, month, now, actor):
    """Close the street's ``month`` (a date) by hand. RuleViolation while it goes on, and when nothing is left to close.
    Writes the row that says so, locks the records, audit for both."""
    month = month.replace(day=1)
    after = _next(month)
    if timezone.localdate(now) < after:
        raise RuleViolation(_("The month is not over yet. It can be closed from the first of the next."))
    rows = Activity.objects.filter(community__parent=street, status__in=LOCKABLE).in_month(month)
    lock, is_new = _write_lock(street.pk, month, now=now, actor=actor)
    if not _lock_all(rows, now=now, actor=actor) and not is_new:
        raise RuleViolation(_("This month is closed already."))
    return lock


def is_late(activity, lock):
    """Whether the record came in after its month was closed (``lock`` None: it is not)."""
    return bool(lock and activity.submitted_at and activity.submitted_at > lock.locked_at)


def lock_of(activity):
    """The row that says that the record's month is closed, or None."""
    month = timezone.localdate(activity.starts_at).replace(day=1)
    return MonthLock.objects.filter(division=activity.community.parent_id, month=month).first()


def _months_of(due):
    """{(street, first day of the month)} of the records, in few rows: one per street and month."""
    zone = timezone.get_current_timezone()

    pairs = (
        due.order_by().annotate(month=TruncMonth("starts_at", tzinfo=zone)).values_list("community__parent", "month")
    )
    return sorted({(street, month.date()) for street, month in pairs.distinct()})


def count_by_month(activities):
    """{first day of the month: number of records}."""
    month = TruncMonth("starts_at", tzinfo=timezone.get_current_timezone())
    rows = activities.order_by().annotate(month=month).values_list("month").annotate(n=Count("pk"))
    return {month.date(): number for month, number in rows}


def _write_lock(street_id, month, *, now, actor):
    """(lock, whether it is new)."""
    found = MonthLock.objects.filter(division=street_id, month=month).first()
    if found:
        return found, False
    counted = Activity.objects.counted().filter(community__parent=street_id).in_month(month).count()
    try:
        with transaction.atomic():
            lock = MonthLock.objects.create(
                division_id=street_id, month=month, locked_at=now, locked_by=actor, activities=counted
            )
            area = Division.objects.get(pk=street_id)
            audit.record("month.locked", target=lock, actor=actor, area=area, data={"activities": counted})
    except IntegrityError:  # somebody else closed it in the same moment
        return MonthLock.objects.get(division=street_id, month=month), False
    return lock, True


def _lock_all(due, *, now, actor):
    number = 0
    while chunk := list(due.order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        number += _lock_chunk(chunk, now, actor)
    return number


@transaction.atomic
def _lock_chunk(keys, now, actor):
    rows = list(
        Activity.objects.select_for_update(of=("self",))
        .filter(pk__in=keys, status__in=LOCKABLE)
        .select_related("community")
        .order_by("community__code", "pk")
    )
    before = {row.pk: row.status for row in rows}
    for row in rows:
        row.lock(at=now)
    Activity.objects.filter(pk__in=before).update(status=ActivityStatus.LOCKED, locked_at=now, updated_at=now)
    record_for_all("activity.locked", rows, before=before, actor=actor)
    return len(rows)


def _next(month):
    return (month + datetime.timedelta(days=32)).replace(day=1)
