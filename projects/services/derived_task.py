"""Tasks that nobody wrote down: read from what the data lack, in a fixed number of queries, and gone when it is there."""

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.divisions.models import Division
from projects.choices import RUNNING, ActivityStatus, Outcome
from projects.models import Activity, ActivityPlan, Announcement

MOST = 20  # of each kind: more than one can do today
SUMMARY_DAYS = 3  # 活动总结 within three days after the activity
LOOKED_BACK = datetime.timedelta(days=60)
SUMMED_UP = "service"  # the kind whose record has a review to be written afterwards


@dataclass(frozen=True)
class DerivedTask:
    """``kind``: summary, plan, answer, returned or tie; ``due_on`` may be past."""

    title: str
    due_on: datetime.date
    url: str
    kind: str


def derived_tasks(user, today, plans=None):
    """[DerivedTask] of what the person has to do by ``today`` and the next days, the oldest first. ``plans``: the
    :func:`due_plans`, when the caller has read them."""
    found = [
        *_own_records(user, today),
        *_left_behind(due_plans(user, today) if plans is None else plans, today),
        *_answers(user),
        *_unrecorded(user, today),
    ]
    return sorted(found, key=lambda task: (task.due_on, task.kind, task.title))


def _own_records(user, today):
    """What was returned, and what still waits for its summary: one query."""
    begin = datetime.datetime.combine(today - LOOKED_BACK, datetime.time.min, timezone.get_current_timezone())
    unsummed = Q(summary="") | Q(details__reached="", details__reflection="")
    unsummed &= Q(kind=SUMMED_UP, starts_at__gte=begin, status=ActivityStatus.SUBMITTED, outcome=Outcome.HELD)
    rows = Activity.objects.filter(Q(status=ActivityStatus.RETURNED) | unsummed, recorded_by=user)
    rows = rows.select_related("organization").order_by("starts_at", "pk")[: 2 * MOST]
    return [_returned(row) if row.status == ActivityStatus.RETURNED else _summary(row) for row in rows]


def _returned(row):
    return DerivedTask(
        _("Change the returned record: %(title)s") % {"title": _named(row)},
        timezone.localdate(row.reviewed_at),
        reverse("projects:activity-update", args=[row.uuid]),
        "returned",
    )


def _summary(row):
    return DerivedTask(
        _("Write the summary of %(title)s") % {"title": _named(row)},
        timezone.localdate(row.starts_at) + datetime.timedelta(days=SUMMARY_DAYS),
        reverse("projects:activity-update", args=[row.uuid]),
        "summary",
    )


def due_plans(user, today):
    """[ActivityPlan] of the person in running projects whose day has come and that were not held, the latest day first;
    one query, for what is on today and for what was left behind."""
    mine = Q(responsible=user) | Q(responsible__isnull=True, project__lead=user)
    rows = ActivityPlan.objects.due(today).filter(mine, project__stage__in=RUNNING)
    rows = rows.select_related("project__organization", "project__community")
    return list(rows.order_by("-planned_on", "starts_time", "pk")[: 2 * MOST])


def _left_behind(plans, today):
    return [
        DerivedTask(
            _("Planned and not recorded: %(title)s") % {"title": row.title},
            row.planned_on,
            row.get_absolute_url(),
            "plan",
        )
        for row in plans
        if row.planned_on < today
    ]


def _answers(user):
    places = user.access.divisions(Role.COMMUNITY_STAFF)
    if not places:
        return []
    waiting = Announcement.objects.to_answer(timezone.now()).exclude(filed_by=user)
    rows = waiting.filter(community__in=Division.objects.within(places).values("pk"))
    return [
        DerivedTask(
            _("Answer the announcement: %(title)s") % {"title": row.title}, row.due_on, row.get_absolute_url(), "answer"
        )
        for row in rows.order_by("due_at", "pk")[:MOST]
    ]


def _unrecorded(user, today):
    """Announced by the person, its day is past, and no record tells of it."""
    zone = timezone.get_current_timezone()
    begin = datetime.datetime.combine(today - LOOKED_BACK, datetime.time.min, zone)
    end = datetime.datetime.combine(today, datetime.time.min, zone)
    rows = Announcement.objects.filter(
        filed_by=user, status__in=["filed", "agreed"], activity__isnull=True, starts_at__gte=begin, starts_at__lt=end
    )
    return [
        DerivedTask(
            _("Announced and not recorded: %(title)s") % {"title": row.title},
            timezone.localdate(row.starts_at),
            row.get_absolute_url(),
            "tie",
        )
        for row in rows.order_by("starts_at", "pk")[:MOST]
    ]


def _named(activity):
    return f"{activity} · {activity.organization}"
