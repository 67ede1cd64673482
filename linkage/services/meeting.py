"""A meeting before it begins: called, moved, cancelled."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.audit import services as audit
from incubator.base.errors import RuleViolation
from incubator.base.months import add_months
from linkage.choices import RUNNING, MeetingKind, MeetingStatus
from linkage.models import JointMeeting, MeetingSeries
from linkage.notifications.meeting import tell_of_meeting
from linkage.services.official_day import WorkCalendar
from linkage.services.schedule import INVITED, day_of, times_on

FURTHEST = datetime.timedelta(days=366)
MONTHS_AHEAD = 13


@transaction.atomic
def call_meeting(*, uuid, series, title, starts_at, minutes, actor, place_text=""):
    """Call a special meeting (专题会议) besides the regular ones. RuleViolation: in the past, over a year ahead, after the
    series' end, or while another meeting of the series runs. Audit; the roster is invited at once."""
    series = MeetingSeries.objects.select_for_update(of=("self",)).get(pk=series.pk)
    ends_at = starts_at + datetime.timedelta(minutes=minutes)
    _demand_coming(starts_at, timezone.now())
    if not series.is_running_on(timezone.localdate(starts_at)):
        raise RuleViolation(_("On that day the series does not run."))
    _demand_free(series, starts_at, ends_at)
    meeting = JointMeeting(
        uuid=uuid, series=series, kind=MeetingKind.SPECIAL, period=timezone.localdate(starts_at).replace(day=1),
        title=title.strip(), starts_at=starts_at, ends_at=ends_at, place_text=place_text.strip() or series.place_text,
        chair_id=series.chair_id, recorder_id=series.recorder_id, status=MeetingStatus.AGENDA_OPEN,
    )  # fmt: skip
    meeting.save_or_refuse(force_insert=True)
    audit.record(
        "meeting.called", target=meeting, actor=actor, area=series.division, data={"starts_at": _told(starts_at)}
    )
    tell_of_meeting(INVITED, meeting, key=meeting.uuid)
    return meeting


@transaction.atomic
def open_agenda(*, meeting_id, actor):
    """Open the agenda by hand, before its day. Audit; the roster is told, and by the scheduler not again."""
    meeting = _locked(meeting_id)
    before = meeting.status
    meeting.open_agenda()
    meeting.save(update_fields=["status", "sequence", "updated_at"])
    audit.record(
        "meeting.agenda_opened", target=meeting, actor=actor, area=meeting.series.division,
        data={"from": before, "to": meeting.status},
    )  # fmt: skip
    tell_of_meeting("meeting.agenda_opened", meeting, key=meeting.uuid)
    return meeting


@transaction.atomic
def move_meeting(*, meeting_id, starts_at, minutes, place_text, reason, actor):
    """To another time or place, with its reason; which month it is for stays.

    RuleViolation: without a reason, into the past, while another meeting of the series runs, and for a regular meeting
    past the next one or before the one before. Audit; everybody on the roster is told. TransitionNotAllowed once it has
    begun.
    """
    meeting = _locked(meeting_id)
    if not reason.strip():
        raise RuleViolation(_("Please say why it is moved."))
    before, ends_at = meeting.starts_at, starts_at + datetime.timedelta(minutes=minutes)
    meeting.move(starts_at=starts_at, ends_at=ends_at, place_text=place_text.strip(), reason=reason.strip())
    _demand_coming(starts_at, timezone.now())
    if meeting.kind == MeetingKind.REGULAR:
        _demand_between(meeting, timezone.localdate(starts_at))
    _demand_free(meeting.series, starts_at, ends_at, but=meeting)
    meeting.save(
        update_fields=["starts_at", "ends_at", "place_text", "move_reason", "sequence", "updated_at"]
    )  # fmt: skip
    event = audit.record(
        "meeting.moved", target=meeting, actor=actor, area=meeting.series.division,
        data={"from": _told(before), "to": _told(starts_at)},
    )  # fmt: skip
    tell_of_meeting("meeting.moved", meeting, key=event.pk, actor=actor, reason=meeting.move_reason)
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting_id, reason, actor):
    """It is not held, for this reason (RuleViolation without one). What is open stands on the next agenda by itself.
    Audit; everybody on the roster is told."""
    if not reason.strip():
        raise RuleViolation(_("Please say why."))
    return cancel(_locked(meeting_id), reason=reason.strip(), actor=actor)


def cancel(meeting, *, reason, actor):
    """The same for a meeting that the caller has locked."""
    before = meeting.status
    meeting.cancel(reason=reason)
    meeting.save(update_fields=["status", "cancelled_reason", "sequence", "updated_at"])
    event = audit.record(
        "meeting.cancelled", target=meeting, actor=actor, area=meeting.series.division,
        data={"from": before, "to": meeting.status},
    )  # fmt: skip
    tell_of_meeting("meeting.cancelled", meeting, key=event.pk, actor=actor, reason=reason)
    return meeting


def place_between(meeting):
    """(first day, day after the last) that a regular meeting can be moved to: after the regular meeting before it and
    before the next one, as far as they are not cancelled; the next one by the rule when it is not made yet."""
    others = JointMeeting.objects.filter(series=meeting.series_id, kind=MeetingKind.REGULAR)
    others = others.exclude(status=MeetingStatus.CANCELLED)
    earlier = others.filter(period__lt=meeting.period).order_by("-period").first()
    later = others.filter(period__gt=meeting.period).order_by("period").first()
    first = timezone.localdate(earlier.starts_at) + datetime.timedelta(days=1) if earlier else None
    end = timezone.localdate(later.starts_at) if later else next_day_by_rule(meeting)
    return first, end


def next_day_by_rule(meeting):
    """The day of the next month in which the series meets, or None: there is none within a year. Months whose meeting is
    cancelled do not count."""
    dead = JointMeeting.objects.filter(
        series=meeting.series_id, kind=MeetingKind.REGULAR, status=MeetingStatus.CANCELLED
    )
    gone, calendar = set(dead.values_list("period", flat=True)), WorkCalendar()
    months = (add_months(meeting.period, number) for number in range(1, MONTHS_AHEAD))
    days = (day_of(meeting.series, month, calendar) for month in months if month not in gone)
    return next((day for day in days if day), None)


def is_of_another_month(meeting):
    """Whether it was moved across the end of the month that it is for."""
    return timezone.localdate(meeting.starts_at).replace(day=1) != meeting.period


def _demand_between(meeting, day):
    first, end = place_between(meeting)
    if end and day >= end:
        raise RuleViolation(
            _("The next meeting is on %(day)s; this one has to be before it. If it is not held at all, cancel it.")
            % {"day": end}
        )
    if first and day < first:
        raise RuleViolation(_("The meeting before this one is on %(day)s; it has to stay after it.") % {
            "day": first - datetime.timedelta(days=1)
        })  # fmt: skip


def _demand_coming(starts_at, now):
    if not now < starts_at < now + FURTHEST:
        raise RuleViolation(_("Please choose a time to come, within a year."))


def _demand_free(series, starts_at, ends_at, but=None):
    others = JointMeeting.objects.filter(
        series=series, status__in=RUNNING, starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    if other := others.exclude(pk=but.pk if but else None).order_by("starts_at", "pk").first():
        raise RuleViolation(
            _("At that time there is “%(title)s” already (%(when)s).")
            % {"title": other.title, "when": _told(other.starts_at)}
        )


def _locked(meeting_id):
    """The meeting, locked after its series: everything about a series waits in one line."""
    meeting = JointMeeting.objects.select_related("series").get(pk=meeting_id)
    MeetingSeries.objects.select_for_update(of=("self",)).get(pk=meeting.series_id)
    rows = JointMeeting.objects.select_for_update(of=("self",)).select_related("series__division")
    return rows.get(pk=meeting_id)


def _told(moment):
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def replan(series, *, actor, today, reason):
    """After the rule was changed: move the regular meetings that are only planned to their new days, in months to come or
    later in this one; what somebody moved by hand, or whose agenda is open, stays. Told to the roster. Returns how many
    were moved. The series is locked by the caller."""
    calendar, moved = WorkCalendar(), 0
    rows = JointMeeting.objects.select_for_update(of=("self",)).select_related("series__division")
    rows = rows.filter(series=series, kind=MeetingKind.REGULAR, status=MeetingStatus.PLANNED, move_reason="")
    for meeting in rows.filter(starts_at__gt=timezone.now()).order_by("period", "pk"):
        day = day_of(series, meeting.period, calendar)
        if day is None or day < today:
            continue
        begin, end = times_on(series, day)
        wanted = (begin, end, series.place_text, series.chair_id, series.recorder_id)
        was = (meeting.starts_at, meeting.ends_at, meeting.place_text, meeting.chair_id, meeting.recorder_id)
        if wanted == was:
            continue
        before = meeting.starts_at
        meeting.starts_at, meeting.ends_at, meeting.place_text, meeting.chair_id, meeting.recorder_id = wanted
        meeting.planned_for, meeting.sequence = day, meeting.sequence + 1
        meeting.save()
        if wanted[:3] == was[:3]:
            continue
        event = audit.record(
            "meeting.moved", target=meeting, actor=actor, area=series.division,
            data={"from": _told(before), "to": _told(begin)},
        )  # fmt: skip
        tell_of_meeting("meeting.moved", meeting, key=event.pk, actor=actor, reason=reason)
        moved += 1
    return moved
