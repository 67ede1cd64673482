"""Tasks that nobody wrote down: read from what the data lack, in a fixed number of queries, and gone when it is there."""

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.accounts.choices import Role
from incubator.divisions.models import Division
from projects.choices import RUNNING, ActivityStatus
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


def derived_tasks(user, today):
    """[DerivedTask] of what the person has to do by ``today`` and the next days, the oldest first."""
    found = [
        *_returned(user),
        *_summaries(user, today),
        *_plans(user, today),
        *_answers(user),
        *_unrecorded(user, today),
    ]
    return sorted(found, key=lambda task: (task.due_on, task.kind, task.title))


def _returned(user):
    rows = Activity.objects.filter(recorded_by=user, status=ActivityStatus.RETURNED).select_related("organization")
    return [
        DerivedTask(
            _("Change the returned record: %(title)s") % {"title": _named(row)},
            timezone.localdate(row.reviewed_at),
            reverse("projects:activity-update", args=[row.uuid]),
            "returned",
        )
        for row in rows.order_by("reviewed_at", "pk")[:MOST]
    ]


def _summaries(user, today):
    begin = datetime.datetime.combine(today - LOOKED_BACK, datetime.time.min, timezone.get_current_timezone())
    rows = Activity.objects.counted().filter(
        recorded_by=user, kind=SUMMED_UP, starts_at__gte=begin, status=ActivityStatus.SUBMITTED
    )
    rows = rows.filter(Q(summary="") | Q(details__reached="", details__reflection=""))
    return [
        DerivedTask(
            _("Write the summary of %(title)s") % {"title": _named(row)},
            timezone.localdate(row.starts_at) + datetime.timedelta(days=SUMMARY_DAYS),
            reverse("projects:activity-update", args=[row.uuid]),
            "summary",
        )
        for row in rows.select_related("organization").order_by("starts_at", "pk")[:MOST]
    ]


def _plans(user, today):
    mine = Q(responsible=user) | Q(responsible__isnull=True, project__lead=user)
    rows = ActivityPlan.objects.due(today).filter(mine, planned_on__lt=today, project__stage__in=RUNNING)
    return [
        DerivedTask(
            _("Planned and not recorded: %(title)s") % {"title": row.title},
            row.planned_on,
            row.get_absolute_url(),
            "plan",
        )
        for row in rows.select_related("project").order_by("planned_on", "pk")[:MOST]
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
